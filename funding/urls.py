"""Addresses of funding."""
