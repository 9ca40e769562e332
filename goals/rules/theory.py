"""What may lead to what: upwards or on one level, and never in a circle (domain 4.2)."""

import uuid
from collections import defaultdict
from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from core.rules.membership import ALLOWED, Verdict
from goals.models import TocNode

Level = TocNode.Level

# From the top: how a reader goes down, and how high each level stands.
LEVELS = (Level.IMPACT, Level.LONG_OUTCOME, Level.OUTCOME, Level.OUTPUT, Level.ACTIVITY, Level.INPUT)
HEIGHTS: dict[str, int] = {level: len(LEVELS) - at for at, level in enumerate(LEVELS)}
# What a goal can lead to.
OUTCOMES = (Level.OUTCOME, Level.LONG_OUTCOME)
MOST_NODES = 60
MOST_LINKS = 200


def can_link(
    source: uuid.UUID,
    target: uuid.UUID,
    *,
    source_level: str,
    target_level: str,
    links: Iterable[tuple[uuid.UUID, uuid.UUID]],
) -> Verdict:
    """Whether one step may lead to another, beside the ``links`` there are."""
    if source == target:
        return Verdict(False, _("A step does not lead to itself."))
    if HEIGHTS[source_level] > HEIGHTS[target_level]:
        return Verdict(False, _("A link leads upwards, from what is done to what comes of it."))
    if source in _reached_from(target, links):
        return Verdict(False, _("This would go round in a circle: the second step leads to the first already."))
    return ALLOWED


def can_stand_at(level: str, *, below: Iterable[str], above: Iterable[str]) -> Verdict:
    """Whether a step may move to a level, given the levels of the steps that lead to it and of those it leads to."""
    height = HEIGHTS[level]
    if any(HEIGHTS[one] > height for one in below) or any(HEIGHTS[one] < height for one in above):
        return Verdict(False, _("Its links would lead downwards there. Remove them first."))
    return ALLOWED


def _reached_from(start: uuid.UUID, links: Iterable[tuple[uuid.UUID, uuid.UUID]]) -> set[uuid.UUID]:
    onwards: dict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
    for source, target in links:
        onwards[source].add(target)
    reached: set[uuid.UUID] = set()
    waiting = [start]
    while waiting:
        step = waiting.pop()
        if step not in reached:
            reached.add(step)
            waiting += onwards[step]
    return reached
