"""Views of stakeholders."""
