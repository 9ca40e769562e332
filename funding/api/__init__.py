"""Api of funding."""
