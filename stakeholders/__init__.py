"""Organisations, groups and people around a community's issues: who matters, and how they were found."""
