"""Axes with round numbers."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil, floor, log10

_EXACT = 1e-9

type Number = Decimal | float
type Format = Callable[[Decimal], str]


def plain(number: Decimal) -> str:
    """The number as it is, for callers that bring no format."""
    return f"{number.normalize():f}"


def said(form: Format, number: Number) -> str:
    """The number in the caller's format."""
    return form(number if isinstance(number, Decimal) else Decimal(repr(number)))


@dataclass(frozen=True, slots=True)
class Scale:
    """Places values between two ends of the page; `steps` are the round values to mark."""

    low: float
    high: float
    start: float
    end: float
    steps: tuple[Decimal, ...]

    def at(self, value: Number) -> float:
        """Where the value stands."""
        return self.start + (float(value) - self.low) / (self.high - self.low) * (self.end - self.start)


def scale(
    values: Iterable[Number],
    start: float,
    end: float,
    *,
    from_zero: bool = True,
    top: Number | None = None,
    count: int = 4,
) -> Scale:
    """A scale that holds all values, with about so many round steps; a `top` (5 of 5, 100 %) ends it there."""
    known = [float(value) for value in values]
    low = min([0.0, *known] if from_zero else known, default=0.0)
    high = max([float(top)] if top is not None else known, default=1.0)
    high = max(high, *known) if known else high
    if high <= low:
        high = low + 1
    step = _round_step((high - low) / count)
    if top is not None and high == float(top) and low == 0:
        step = _step_that_ends_at(high, step)
    first, last = floor(low / step + _EXACT), ceil(high / step - _EXACT)
    unit = Decimal(repr(step))
    steps = tuple(unit * number for number in range(first, last + 1))
    return Scale(float(steps[0]), float(steps[-1]), start, end, steps)


def known_values(*rows: Sequence[Number | None]) -> list[Number]:
    """The values that are there; missing is not zero."""
    return [value for row in rows for value in row if value is not None]


def _step_that_ends_at(top: float, step: float) -> float:
    """A round step of which the top is a multiple, so that the axis ends there; else the step given."""
    smaller = (step, _round_step(step / 2.1), _round_step(step * 1.9))
    return next((found for found in smaller if abs(top / found - round(top / found)) < _EXACT), step)


def _round_step(rough: float) -> float:
    power = 10.0 ** floor(log10(rough))
    factor = next(nice for nice in (1, 2, 2.5, 5, 10) if rough <= nice * power * 1.0001)
    return float(f"{factor * power:.10g}")
