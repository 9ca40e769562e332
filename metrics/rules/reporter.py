"""Of how many partners a total should be made: those who were asked, and those who reported before."""

import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

# From when and until how long from now somebody may be asked.
EARLIEST, FURTHEST = date(2000, 1, 1), timedelta(days=366)


@dataclass(frozen=True)
class Asked:
    """From when to when an organisation is asked; ``since`` None: never by name, it only left or was let go."""

    member_id: uuid.UUID
    since: date | None
    until: date | None = None

    def covers(self, ends_on: date) -> bool:
        """Whether the value of a period that ends on a day is asked for."""
        return self.since is not None and self.since <= ends_on and (self.until is None or ends_on <= self.until)


def expected_of(ends_on: date, heard_of: Collection[uuid.UUID], asked: Iterable[Asked]) -> set[uuid.UUID]:
    """Who should report for a period that ends on a day.

    Those asked by name, and those heard of until then, less those who are not asked any more or left.
    """
    spans = list(asked)
    named = {one.member_id for one in spans if one.covers(ends_on)}
    over = [one for one in spans if one.until is not None and one.until < ends_on]
    left = {one.member_id for one in over if one.since is None}
    return ((set(heard_of) - {one.member_id for one in over}) | named) - left


def last_before(last: date | None, spans: Sequence[Asked]) -> date | None:
    """The day after which an organisation owes values, from its last reported one and how it was asked; None: nothing.

    ``spans`` are those of one organisation. Asked for the first time it owes from then on; asked again after it was
    let go it owes nothing of the time between.
    """
    if not spans:
        return last
    since = next((one.since for one in spans if one.until is None and one.since is not None), None)
    if since is None:
        return None
    begin = since - timedelta(days=1)
    is_again = any(one.until is not None for one in spans)
    return begin if last is None else max(last, begin) if is_again else last
