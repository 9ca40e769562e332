"""Looking through the register for records of the same body."""

from datetime import date
from itertools import batched

from django.db import transaction

from core.jobs import enqueue
from core.models import Job
from stakeholders.models import DuplicatePair
from stakeholders.queries.duplicate import cards, is_changed_since, pairs_said_two
from stakeholders.rules.duplicate_search import likely_pairs

JOB = "stakeholders.find_duplicates"
# More pairs than anybody looks at; the surest of them are kept.
MOST_PAIRS = 2_000
PAIRS_AT_ONCE = 500


@transaction.atomic
def find_duplicates() -> int:
    """Compare the register with itself and keep the pairs found; how many there are. Safe to run twice."""
    said_two = pairs_said_two()
    found = [
        DuplicatePair(
            first_id=min(one.id, other.id), second_id=max(one.id, other.id), strength=like.strength,
            reasons=like.reasons,
        )
        for one, other, like in likely_pairs(cards())
        if (one.id, other.id) not in said_two
    ]  # fmt: skip
    found.sort(key=lambda pair: (-pair.strength, str(pair.first_id), str(pair.second_id)))
    DuplicatePair.objects.all().delete()
    for some in batched(found[:MOST_PAIRS], PAIRS_AT_ONCE):
        DuplicatePair.objects.bulk_create(some, ignore_conflicts=True)
    return min(len(found), MOST_PAIRS)


def ask_for_duplicates() -> Job:
    """Have a worker look through the register; asked twice it looks once."""
    return enqueue(JOB, dedup_key="find duplicates")


def look_daily(*, today: date) -> None:
    """Have the register looked through on a day on which something in it changed since the last look."""
    last = Job.objects.filter(name=JOB, state=Job.State.DONE).order_by("-created_at").first()
    if is_changed_since(last.created_at if last else None):
        ask_for_duplicates()
