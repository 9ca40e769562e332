"""Forms of stakeholders."""
