"""Api of partnerships."""
