"""Templates of partnerships as data: roles, tasks with relative dates, agreement clauses, in both languages."""
