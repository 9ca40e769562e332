"""Views of funding."""
