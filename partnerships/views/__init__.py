"""Views of partnerships."""
