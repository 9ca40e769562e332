"""Slips for answering without a name: what stands on one, and how it is known again.

A slip is drawn, not addressed: it has ten signs drawn at random, says nothing of who holds it, and is stored as a hash
tied to the link of its round. Fifty bits cannot be guessed against the limit on tries, nor found from the hash without
that link, which is not stored either.
"""

import secrets
from datetime import timedelta

# Crockford's alphabet: no I, L, O or U, so no two signs look alike.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH, HALF = 10, 5
LONGEST_TYPED = 40
FEWEST_SLIPS, MOST_SLIPS = 5, 300
LONGEST_ROUND = timedelta(days=60)
_AS_MEANT = str.maketrans("ILO", "110", " -_.\t\u2010\u2011\u2012\u2013\u2014")


def new_code() -> str:
    """A code as it is printed: ``7F3K2-M9QXD``."""
    signs = "".join(secrets.choice(ALPHABET) for _place in range(LENGTH))
    return f"{signs[:HALF]}-{signs[HALF:]}"


def as_stored(typed: str) -> str:
    """What was typed, as it is hashed: no spaces or hyphens, capitals, and look-alikes read as what was meant."""
    return typed[:LONGEST_TYPED].upper().translate(_AS_MEANT)
