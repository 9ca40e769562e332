"""Whom to look for, what is needed and where to begin: the kits' starting points in words, in both languages."""
