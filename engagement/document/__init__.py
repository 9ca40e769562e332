"""Documents of engagement."""
