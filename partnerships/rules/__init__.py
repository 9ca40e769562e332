"""Rules of partnerships."""
