"""How residents of a partnership are answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from engagement.models import LoopFigure, Submission, Theme
from engagement.rules.loop import Area, Quarter, Waited, by_area, is_place
from engagement.rules.submission import NO_MESSAGE
from partnerships.models import Partnership

COVERED = timedelta(days=365)


@dataclass(frozen=True)
class LoopBoard:
    """The last twelve months: themes and how many have an answer, messages by area."""

    themes: int
    answered_themes: int
    areas: Sequence[Area]


def loop_board(partnership: Partnership, *, today: date) -> LoopBoard:
    """The board of a partnership, in two queries."""
    outcomes = list(Theme.objects.filter(partnership=partnership).order_by("id").values_list("outcome", "published_on"))
    answered = sum(_is_answered(outcome, published_on, today) for outcome, published_on in outcomes)
    return LoopBoard(len(outcomes), answered, by_area(_waited(_messages(partnership, today - COVERED, today))))


def themes_answered(partnership: Partnership, quarter: Quarter) -> tuple[int, int]:
    """How many themes known by the end of a quarter had a published answer then, and how many there were."""
    known = Theme.objects.filter(partnership=partnership, created_at__date__lte=quarter.ends_on).order_by("id")
    found = list(known.values_list("outcome", "published_on"))
    return sum(_is_answered(outcome, on, quarter.ends_on) for outcome, on in found), len(found)


def messages_answered(partnership: Partnership, quarter: Quarter, place: str = "") -> list[Waited]:
    """The messages answered in a quarter and how long each had waited; of one area where it is named."""
    answered = Submission.objects.filter(
        partnership=partnership, duplicate_of=None, answered_on__range=(quarter.starts_on, quarter.ends_on)
    ).exclude(state__in=NO_MESSAGE)
    return _within(_waited(answered.order_by("received_hour", "id")), place)


def messages_of_a_year(partnership: Partnership, quarter: Quarter, place: str) -> list[Waited]:
    """What an area sent in the twelve months until the end of a quarter; answered is what was by then."""
    rows = _messages(partnership, quarter.ends_on - COVERED, quarter.ends_on)
    waited = _waited(rows, until=quarter.ends_on)
    return _within(waited, place)


def loop_figures(partnership: Partnership) -> QuerySet[LoopFigure]:
    """The figures a partnership records, with their indicators: of all of it first, then by area."""
    rows = LoopFigure.objects.filter(partnership=partnership).select_related("indicator")
    return rows.order_by("place", "kind")


def recorded_areas(board: LoopBoard, figures: Sequence[LoopFigure]) -> set[str]:
    """The areas of a board that are recorded, by the names the board has for them."""
    return {area.place for area in board.areas if any(is_place(area.place, figure.place) for figure in figures)}


def _is_answered(outcome: str, published_on: date | None, day: date) -> bool:
    return outcome != Theme.Outcome.OPEN and published_on is not None and published_on <= day


def _messages(partnership: Partnership, since: date, until: date) -> QuerySet[Submission]:
    period = Q(received_hour__date__gt=since, received_hour__date__lte=until)
    rows = Submission.objects.filter(period, partnership=partnership, duplicate_of=None).exclude(state__in=NO_MESSAGE)
    return rows.order_by("received_hour", "id")


def _within(messages: list[Waited], place: str) -> list[Waited]:
    return [one for one in messages if is_place(one.place, place)] if place else messages


def _waited(messages: QuerySet[Submission], *, until: date = date.max) -> list[Waited]:
    return [
        Waited(
            place,
            (answered_on - timezone.localdate(received)).days if answered_on and answered_on <= until else None,
        )
        for place, answered_on, received in messages.values_list("place", "answered_on", "received_hour")
    ]
