"""Views of engagement."""
