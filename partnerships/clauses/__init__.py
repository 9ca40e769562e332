"""The clause library as data: thirty-six clauses in both languages, and what fills their gaps (domain 5.3)."""
