"""Addresses of partnerships."""
