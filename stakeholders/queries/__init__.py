"""Queries of stakeholders."""
