"""Queries of metrics."""
