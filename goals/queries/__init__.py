"""Queries of goals."""
