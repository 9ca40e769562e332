"""The early-warning signals of residents who wait too long and of shifts that stay empty (domain 11)."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.access.permissions import Permission
from core.web.space import space_url
from engagement.models import Shift, Submission, VolunteerSignup
from engagement.rules.answering import share_in_words
from engagement.rules.signal import received_before, too_few_come, too_many_wait
from engagement.rules.submission import NO_MESSAGE, WAITING
from partnerships.early_signs import Facts, Found, SignalRule
from partnerships.models import Partnership
from partnerships.rules.signal import Challenge

QUARTER = timedelta(days=90)
# Shifts of so many days before today, and those so near that somebody should be found.
DAYS_BEHIND, DAYS_AHEAD = timedelta(days=60), timedelta(days=7)
Signup = VolunteerSignup.State
COMING = (Signup.ACCEPTED, Signup.CONFIRMED, Signup.CHECKED_IN, Signup.ATTENDED)


def waiting_residents(partnerships: Collection[Partnership], *, today: date) -> Iterator[Found]:
    """Partnerships in which over a fifth of the messages due an answer in the last ninety days wait for it still.

    A message that waits longer than that counts until it is answered; one said twice counts once.
    """
    until = datetime.combine(received_before(today), time(), UTC)
    rows = Submission.objects.filter(
        Q(received_hour__gte=until - QUARTER) | Q(state__in=WAITING),
        partnership__in=partnerships,
        received_hour__lt=until,
        duplicate_of=None,
        wants_reply=True,
    ).exclude(state__in=NO_MESSAGE)
    counted = (
        rows.order_by()
        .values_list("partnership_id")
        .annotate(due=Count("id"), overdue=Count("id", filter=Q(state__in=WAITING)))
    )
    for key, due, overdue in counted:
        if too_many_wait(overdue=overdue, due=due):
            yield Found(key, {"overdue": overdue, "due": due, "percent": 100 * overdue // due})


def _words(facts: Facts, _name: str) -> str:
    share = share_in_words(int(facts["overdue"]), int(facts["due"]))
    return _("Residents wait longer than promised for an answer: %(share)s messages.") % {"share": share}


def _where(slug: str) -> str:
    return f"{space_url('inbox')}?partnership={slug}"


RESIDENTS_WAITING = SignalRule(
    "residents_waiting",
    Challenge.COMMUNICATION,
    10,
    gettext_lazy(
        "Of the messages whose answer was due in the last 90 days, or that still wait for it, over 20 per cent got "
        "none within ten working days."
    ),
    gettext_lazy("Answer those who wait longest, if only to say when you will know more."),
    _where,
    _words,
    waiting_residents,
    step_permission=Permission.ANSWER_RESIDENTS,
    measure=lambda facts: int(facts["percent"]),
    step=10,
)


def empty_shifts(partnerships: Collection[Partnership], *, today: date) -> Iterator[Found]:
    """Partnerships of whose shifts, of two months and the week to come, fewer than 60 per cent have enough people."""
    begin = datetime.combine(today, time(), UTC)
    rows = Shift.objects.filter(
        opportunity__partnership__in=partnerships,
        cancelled_reason="",
        starts_at__range=(begin - DAYS_BEHIND, begin + DAYS_AHEAD),
    )
    come = Count("signups", filter=Q(signups__state__in=COMING))
    found: dict[uuid.UUID, list[bool]] = defaultdict(list)
    counted = rows.order_by("id").annotate(come=come)
    for key, come_number, needed in counted.values_list("opportunity__partnership_id", "come", "capacity_min"):
        found[key].append(come_number >= needed)
    for key, shifts in found.items():
        filled = sum(shifts)
        if too_few_come(filled=filled, shifts=len(shifts)):
            yield Found(key, {"filled": filled, "shifts": len(shifts), "percent": 100 - 100 * filled // len(shifts)})


def _shift_words(facts: Facts, _name: str) -> str:
    return _("%(filled)d of %(shifts)d shifts have as many volunteers as they need.") % facts


SHIFTS_EMPTY = SignalRule(
    "shifts_empty",
    Challenge.RESOURCES,
    35,
    gettext_lazy(
        "Of the shifts of the last 60 days and the next 7, three at least, fewer than 60 per cent have as many "
        "volunteers as they need."
    ),
    gettext_lazy("Ask those who came before, make shifts shorter, or plan fewer."),
    lambda slug: space_url("opportunity_list", slug=slug),
    _shift_words,
    empty_shifts,
    measure=lambda facts: int(facts["percent"]),
    step=15,
)
