"""Residents: what they say without an account, what they are answered, and what became of it."""
