"""What the start page counts in all registers, by one statement composed once for all who ask alike."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import BigIntegerField, Count, Exists, Min, OuterRef, Q, QuerySet, Sum, TextField, Value
from django.db.models.functions import Cast

from core.access.permissions import Permission
from core.access.viewer import Viewer, visible_records, where_may
from core.queries.composed import Composed
from engagement.models import Submission
from engagement.queries.handler import without_complaints_about_own
from engagement.rules.submission import NO_MESSAGE, WAITING
from funding.models import FundingSource
from goals.models import Goal, GoalSuggestion
from goals.queries.review import is_due
from goals.queries.suggestion import suggestions_visible_to
from goals.rules.goal import RUNNING_STATES
from metrics.models import Measurement
from partnerships.models import Task
from partnerships.queries.decision import decisions_to_review
from partnerships.queries.ledger import Wish, rate_rows
from partnerships.queries.partnership import lapsed_partnerships
from partnerships.queries.task import tasks_visible_to
from partnerships.rules.task import PROMISED
from stakeholders.queries.profile import edits_to_look_at
from stakeholders.queries.register_request import requests_to_answer
from stakeholders.queries.representation import actions_due

# A register tells at most so many numbers.
WIDTH = 5
NOWHERE = Value("")


@dataclass(frozen=True)
class Told:
    """The numbers of a register, in the order in which they are named below; ``place`` is a partnership with one."""

    numbers: Sequence[int] = (0,) * WIDTH
    place: str = ""


def counts(viewer: Viewer, *, today: date) -> dict[str, Told]:
    """What each register tells the viewer; one that tells them nothing is not among them."""
    found: dict[str, Told] = {}
    for register, place, *numbers in _counted(viewer, today=today):
        before = found.get(register, Told())
        added = [one + int(other) for one, other in zip(before.numbers, numbers, strict=True)]
        found[register] = Told(added, before.place or place or "")
    return found


def _registers(viewer: Viewer, *, today: date) -> QuerySet[Any, Any]:
    told = [_goals(viewer, today), *_promises(viewer, today)]
    if viewer.can(Permission.PROPOSE_TASKS):
        told += _tasks(viewer, today)
    if viewer.can(Permission.SEE_FUNDING):
        told.append(_money(viewer))
    if viewer.user is not None and viewer.can(Permission.ANSWER_RESIDENTS):
        told.append(_messages(viewer, today))
    if viewer.can(Permission.EDIT_STAKEHOLDERS):
        told += [
            _told("voices", actions_due(viewer, today=today), Count("id")),
            _told("edits", edits_to_look_at(viewer), Count("id")),
            _told("requests", requests_to_answer(viewer), Count("id")),
            _told("decisions", decisions_to_review(viewer, today=today), Count("id"), place=Min("partnership__slug")),
            _told("lapsed", lapsed_partnerships(viewer, today=today), Count("id"), place=Min("slug")),
            _told("suggestions", _suggestions(viewer), Count("id"), place=Min("partnership__slug")),
        ]
    return told[0].union(*told[1:], all=True)


_counted: Composed[tuple[Any, ...]] = Composed(_registers)


def _told(register: str, rows: QuerySet[Any], *numbers: Any, place: Any = NOWHERE) -> QuerySet[Any, Any]:
    wide = [*numbers, *[Value(0)] * (WIDTH - len(numbers))]
    named = {f"number_{at}": Cast(number, BigIntegerField()) for at, number in enumerate(wide)}
    told = rows.order_by().values(register=Cast(Value(register), TextField()))
    told = told.annotate(place=Cast(place, TextField()), **named)
    values: QuerySet[Any, Any] = told.values_list("register", "place", *named)
    return values


def in_partnership(viewer: Viewer) -> Q:
    """The condition under which a record of a partnership is visible."""
    return visible_records(viewer, scope="partnership__scope_id", chain=["visibility", "partnership__visibility"])


def _where(viewer: Viewer, permission: Permission) -> Q:
    """The partnerships in which a viewer may do something: what waits elsewhere waits for others."""
    return where_may(viewer, permission, scope="partnership__scope_id")


def _suggestions(viewer: Viewer) -> QuerySet[GoalSuggestion]:
    """The suggestions the viewer may answer and nobody answered."""
    waiting = suggestions_visible_to(viewer).filter(state=GoalSuggestion.State.OPEN)
    return waiting.filter(_where(viewer, Permission.EDIT_GOALS))


def _tasks(viewer: Viewer, today: date) -> list[QuerySet[Any, Any]]:
    """Of those the viewer proposes: each kind apart, so that an index finds them.

    They are counted by a column of that index, which the key is not.
    """
    tasks = tasks_visible_to(viewer).filter(_where(viewer, Permission.PROPOSE_TASKS))
    return [
        _told("overdue", tasks.filter(state__in=PROMISED, due_on__lt=today), Count("state")),
        _told("countered", tasks.filter(state=Task.State.COUNTER_PROPOSED), Count("state")),
    ]


def _messages(viewer: Viewer, today: date) -> QuerySet[Any, Any]:
    """Of the messages the viewer's inbox is made of, never those about their own organisation (R-E8)."""
    assert viewer.user is not None, "nobody's inbox"
    waiting = Q(state__in=WAITING)
    seen = visible_records(viewer, scope="partnership__scope_id", chain=["partnership__visibility"])
    messages = Submission.objects.filter(seen & _where(viewer, Permission.ANSWER_RESIDENTS))
    return _told(
        "messages",
        without_complaints_about_own(messages, viewer.user, today=today).exclude(state__in=NO_MESSAGE),
        Count("id"),
        Count("id", filter=waiting),
        Count("id", filter=waiting & Q(is_urgent=True)),
        Count("id", filter=Q(answered_on__isnull=False)),
    )


def _money(viewer: Viewer) -> QuerySet[Any, Any]:
    sources = FundingSource.objects.filter(in_partnership(viewer), status=FundingSource.Status.SECURED)
    return _told("money", sources.exclude(kind=FundingSource.Kind.IN_KIND), Sum("amount_cents", default=0))


def _goals(viewer: Viewer, today: date) -> QuerySet[Any, Any]:
    verified = Measurement.objects.filter(indicator=OuterRef("indicator"), state=Measurement.State.VERIFIED)
    to_review = Q(is_due(today)) & _where(viewer, Permission.EDIT_GOALS)
    return _told(
        "goals",
        Goal.objects.filter(in_partnership(viewer), state__in=RUNNING_STATES),
        Count("id"),
        Count("id", filter=Q(Exists(verified))),
        Sum("need_cents", default=0),
        Count("id", filter=to_review),
        place=Min("partnership__slug", filter=to_review),
    )


def _promises(viewer: Viewer, today: date) -> list[QuerySet[Any, Any]]:
    """Due and kept, over everything the viewer sees; each place of promises apart."""
    return [_told("promises", rows, due, kept) for rows, due, kept in rate_rows(viewer, wish=Wish(), until=today)]
