"""Queries of funding."""
