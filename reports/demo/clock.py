"""Letting the demo's year pass: what happens inside ``on_day`` is written with that day's date."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.utils import timezone

_real_now = timezone.now


def day(offset: int) -> datetime:
    """A working moment so many days from today, in UTC."""
    return _real_now().replace(hour=9, minute=20, second=0, microsecond=0) + timedelta(days=offset)


@contextmanager
def on_day(offset: int) -> Iterator[datetime]:
    """Run a block as if it were another day.

    Django's clock is replaced for the block, because operations rightly take no "written at" from outside. Used by
    the demo's loader alone, in a process of its own.
    """
    moment, outer = day(offset), timezone.now
    timezone.now = lambda: moment
    try:
        yield moment
    finally:
        timezone.now = outer
