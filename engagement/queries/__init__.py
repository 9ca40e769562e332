"""Queries of engagement."""
