"""Addresses of metrics."""
