"""Commands of stakeholders."""
