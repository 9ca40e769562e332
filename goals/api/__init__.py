"""Api of goals."""
