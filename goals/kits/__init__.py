"""Goals and indicators of the templates as data, in both languages; every figure is an example (R-P1)."""
