"""Addresses of engagement."""
