"""Forms of partnerships."""
