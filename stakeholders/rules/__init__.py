"""Rules of stakeholders."""
