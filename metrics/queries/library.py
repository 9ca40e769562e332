"""What an indicator can be made like: the framework's indicators, and those of other partnerships of the space."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from core.access.viewer import Viewer
from core.rules.text import mask_for_search
from metrics.models import Indicator
from metrics.queries.indicator import indicators_visible_to
from metrics.rules.library import BY_KEY, SDG
from metrics.rules.sdg import GOALS
from partnerships.models import Partnership

MOST_OWN = 100
# What is taken over from another partnership's indicator: its meaning, never its values.
TAKEN = (
    "name_en", "name_it", "definition_en", "definition_it", "kind", "unit", "unit_label_en", "unit_label_it",
    "is_cumulative", "source_en", "source_it", "frequency", "question", "answers_for", "numerator_en", "numerator_it",
    "denominator_en", "denominator_it", "aggregation", "method_en", "method_it", "instrument_en", "instrument_it",
    "deduplication_en", "deduplication_it", "rationale_en", "rationale_it", "limits_en", "limits_it",
    "ethics_note_en", "ethics_note_it", "lowest", "highest", "lag_days",
    "sample", "iati_measure", "iati_aggregates", "iati_vocabulary", "iati_reference",
)  # fmt: skip


@dataclass(frozen=True)
class LibraryRow:
    """One indicator to pick: ``where`` it comes from."""

    key: str
    name: str
    unit: str
    where: str


@dataclass(frozen=True)
class LibraryGoal:
    """A Sustainable Development Goal and its indicators."""

    number: int
    name: str
    rows: list[LibraryRow]


def own_library(viewer: Viewer, partnership: Partnership, search: str) -> list[LibraryRow]:
    """At most 100 indicators of other partnerships the viewer may see, by name; one query."""
    rows = indicators_visible_to(viewer).exclude(partnership=partnership).order_by("name_en", "name_it", "id")
    found = [
        LibraryRow(str(row.pk), row.name, str(row.get_unit_display()), row.partnership.name)
        for row in (rows if search else rows[:MOST_OWN])
    ]
    return _searched(found, search)[:MOST_OWN]


def sdg_library(language: str, search: str) -> list[LibraryGoal]:
    """The framework's indicators in a language under their goals; only goals of which something is found."""
    found = [LibraryGoal(number, name.in_language(language), []) for number, name in GOALS.items()]
    for goal in found:
        rows = [
            LibraryRow(
                one.key,
                one.name_it if language == "it" else one.name_en,
                str(Indicator.Unit(one.unit).label),
                f"SDG {one.number}",
            )
            for one in SDG
            if one.goal == goal.number
        ]
        goal.rows.extend(rows if mask_for_search(search) in mask_for_search(goal.name) else _searched(rows, search))
    return [goal for goal in found if goal.rows]


def picked(viewer: Viewer, key: str) -> dict[str, Any] | None:
    """The fields of an indicator made like the one picked; None when there is none the viewer may see."""
    if key in BY_KEY:
        return BY_KEY[key].fields()
    row = indicators_visible_to(viewer).filter(pk=key).first() if _is_id(key) else None
    if row is None:
        return None
    return {**{name: getattr(row, name) for name in TAKEN}, "wants_increase": "yes" if row.wants_increase else "no"}


def _is_id(key: str) -> bool:
    try:
        uuid.UUID(key)
    except ValueError:
        return False
    return True


def _searched(rows: Sequence[LibraryRow], search: str) -> list[LibraryRow]:
    wanted = mask_for_search(search)
    return [row for row in rows if wanted in mask_for_search(f"{row.name} {row.where}")]
