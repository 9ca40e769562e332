"""Views of metrics."""
