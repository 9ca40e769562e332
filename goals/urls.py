"""Addresses of goals."""
