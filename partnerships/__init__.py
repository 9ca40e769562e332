"""A partnership: its members, agreements and tasks, and what each partner promised."""
