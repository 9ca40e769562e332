"""Api of metrics."""
