"""Money and gifts: what is secured, what is expected, what is missing; cash and in-kind never added up."""
