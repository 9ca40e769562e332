"""Addresses of stakeholders."""
