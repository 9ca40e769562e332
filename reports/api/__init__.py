"""Api of reports."""
