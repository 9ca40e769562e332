"""Reading who comes to an activity: only where the viewer answers residents."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, Q, QuerySet, Sum

from core.rules.text import mask_for_search
from engagement.models import ActivityRegistration, CardCount, EngagementActivity
from engagement.rules.door_code import CODE_LENGTH, hash_of_door_code
from engagement.rules.reference_code import normalised
from engagement.rules.waiting_list import HOLDING, LISTED, Room, room_of
from stakeholders.rules.representation import Group, sheet_of
from stakeholders.rules.representation_words import body_words, finding_of, percent_words

MANAGE = "activity_registration"
State = ActivityRegistration.State
# From here on the cards are compared with the community (R-E4).
FEWEST_CARDS = 20


@dataclass(frozen=True)
class DoorFigures:
    """How many people are expected, and how many are in."""

    expected: int
    came: int
    waiting: int


@dataclass(frozen=True)
class CardRow:
    """A group in words: how many cards named it, and its share of the community."""

    label: str
    words: str
    share: str


@dataclass(frozen=True)
class CardSheet:
    """What the cards say along one dimension; no ``rows`` and no ``finding`` until there are twenty."""

    community: str
    cards: int
    finding: str = ""
    rows: tuple[CardRow, ...] = ()


def listed_registrations(activity: EngagementActivity) -> QuerySet[ActivityRegistration]:
    """Everybody with a place, an offer or a wait, in the order of arrival."""
    return ActivityRegistration.objects.filter(activity=activity, state__in=LISTED).order_by("position")


def newest_position(activity: EngagementActivity) -> int:
    """The last place in the order of arrival; 0 before the first."""
    found = ActivityRegistration.objects.filter(activity=activity).aggregate(newest=Max("position"))["newest"]
    return int(found or 0)


def registrations_of(activity: EngagementActivity) -> QuerySet[ActivityRegistration]:
    """Everybody who registered and did not cancel, with what they need, in the order of arrival."""
    rows = ActivityRegistration.objects.filter(activity=activity).exclude(state=State.CANCELLED)
    return rows.prefetch_related("needs").order_by("position")


def registrations_at_door(activity: EngagementActivity, *, search: str = "") -> list[ActivityRegistration]:
    """Who may come in: by part of the name, or by the whole code; those not in yet first, then by name."""
    rows = ActivityRegistration.objects.filter(activity=activity, state__in=HOLDING)
    found = sorted(rows, key=lambda one: (one.people_came is not None, mask_for_search(one.name), one.position))
    if not search:
        return found
    if len(normalised(search)) == CODE_LENGTH:
        by_code = [one for one in found if one.code_hash == hash_of_door_code(search, activity.pk)]
        if by_code:
            return by_code
    wanted = mask_for_search(search)
    return [one for one in found if wanted and wanted in mask_for_search(one.name)]


def door_figures(activity: EngagementActivity) -> DoorFigures:
    """People expected, in, and waiting, in one query."""
    rows = ActivityRegistration.objects.filter(activity=activity)
    found = rows.aggregate(
        expected=Sum("people", filter=Q(state__in=HOLDING), default=0),
        came=Sum("people_came", default=0),
        waiting=Sum("people", filter=Q(state=State.WAITING), default=0),
    )
    return DoorFigures(**found)


def room_in(activity: EngagementActivity) -> Room:
    """The room left, in one query."""
    return room_of(activity.capacity, list(listed_registrations(activity)))


def to_remind(*, since: datetime, until: datetime) -> QuerySet[ActivityRegistration]:
    """Who comes to what begins in a span of time and left an address."""
    rows = ActivityRegistration.objects.filter(
        activity__state=EngagementActivity.State.ANNOUNCED,
        activity__starts_at__gte=since,
        activity__starts_at__lt=until,
        state=State.GOING,
    ).exclude(email="")
    return rows.select_related("activity__partnership").order_by("activity_id", "position")


def card_sheets(activity: EngagementActivity) -> list[CardSheet]:
    """What the cards say, each dimension beside its community; one query. Small counts are withheld (R-S9)."""
    by_dimension: dict[str, list[CardCount]] = {}
    for row in CardCount.objects.filter(activity=activity).order_by("dimension", "position"):
        by_dimension.setdefault(row.dimension, []).append(row)
    return [_card_sheet(rows) for rows in by_dimension.values()]


def _card_sheet(rows: Sequence[CardCount]) -> CardSheet:
    cards, community = sum(row.count for row in rows), rows[0].community
    if cards < FEWEST_CARDS:
        return CardSheet(community, cards)
    groups = [Group(row.label, row.population_count, row.count) for row in rows if row.label]
    not_stated = sum(row.count for row in rows if not row.label)
    sheet = sheet_of(groups, not_stated=not_stated, hides_small=True)
    told = tuple(
        CardRow(row.label, body_words(row, stated=sheet.stated or 0), percent_words(row.population_share))
        for row in sheet.rows
    )
    return CardSheet(community, cards, finding_of(sheet), told)


def card_choices(activity: EngagementActivity) -> dict[str, list[tuple[int, str]]]:
    """What a card offers, by dimension: position and label of each group, "not stated" last with an empty label."""
    found: dict[str, list[tuple[int, str]]] = {}
    rows = CardCount.objects.filter(activity=activity).order_by("dimension", "position")
    for dimension, position, label in rows.values_list("dimension", "position", "label"):
        found.setdefault(dimension, []).append((position, label))
    return found
