"""What of a partnership is written as a PDF."""
