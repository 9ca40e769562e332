"""Addresses of reports."""
