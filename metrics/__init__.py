"""Indicators, targets and measurements: numbers with their date, source and second pair of eyes."""
