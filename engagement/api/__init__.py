"""Api of engagement."""
