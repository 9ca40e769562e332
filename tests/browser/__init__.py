"""The product in a real browser, against a real demo: what tests and pictures stand on, and the sweep over every page."""
