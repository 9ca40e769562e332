"""What volunteers' time is worth when it is written down as a gift in kind."""

from decimal import ROUND_HALF_UP, Decimal

ONE = Decimal(1)
# Ten thousand an hour, in cents: nobody's pay, only a slip of the pen.
MOST_RATE_CENTS = 1_000_000


def value_of_time(hours: Decimal, rate_cents: int) -> int:
    """Hours at the pay of the same task, in cents, rounded once (domain 6.4, 14.10)."""
    return int((hours * rate_cents).quantize(ONE, rounding=ROUND_HALF_UP))
