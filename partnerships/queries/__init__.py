"""Queries of partnerships."""
