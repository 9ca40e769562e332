"""Rules of funding."""
