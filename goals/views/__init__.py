"""Views of goals."""
