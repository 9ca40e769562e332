"""Api of stakeholders."""
