"""The groups of a cut as people write them: one a line, in both languages, with a target where there is one."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.rules.text import TextError, clean_text
from metrics.models import Cut, Indicator
from metrics.rules.breakdown import BREAKABLE, FEWEST_GROUPS, MOST_GROUPS, UNKNOWN, USUAL_GROUPS
from metrics.rules.measurement import checked_value, parse_figure

LONGEST_LABEL, MOST_CELLS = 80, 3


@dataclass(frozen=True)
class Group:
    """A group to be: its names, of which one is enough, and its own target."""

    label_en: str = ""
    label_it: str = ""
    target_value: Decimal | None = None


def usual_groups(kind: str) -> tuple[Group, ...]:
    """What a cut of a kind begins with; none where only the partnership can name them."""
    return tuple(Group(label.text_en, label.text_it) for label in USUAL_GROUPS.get(kind, ()))


def groups_from(text: str, language: str) -> list[Group]:
    """Groups from lines "English; Italian; target"; a line with one name stands for both languages.

    Raises ValidationError with a sentence naming the line.
    """
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), start=1) if line.strip()]
    return [_group(number, line, language) for number, line in lines]


def _group(number: int, line: str, language: str) -> Group:
    cells = [cell.strip() for cell in line.split(";")]
    if len(cells) > MOST_CELLS:
        raise ValidationError(_("Line %(line)d: at most two names and a target.") % {"line": number})
    cells += [""] * (MOST_CELLS - len(cells))
    try:
        names = [clean_text(cell, max_length=LONGEST_LABEL) for cell in cells[:2]]
        target = parse_figure(cells[2], language) if cells[2] else None
    except (TextError, ValidationError) as error:
        problem = error.messages[0] if isinstance(error, ValidationError) else str(error)
        raise ValidationError(_("Line %(line)d: %(problem)s") % {"line": number, "problem": problem}) from error
    return Group(names[0] or names[1], names[1] or names[0], target)


def lines_of(groups: Sequence[Group], language: str) -> str:
    """Groups as they are typed; ``groups_from`` reads the same ones."""
    found = []
    for group in groups:
        cells = [group.label_en, group.label_it]
        if group.target_value is not None:
            written = f"{group.target_value.normalize():f}"
            cells.append(written.replace(".", ",") if language == "it" else written)
        found.append("; ".join(cells))
    return "\n".join(found)


def checked_groups(groups: Sequence[Group], *, unit: str) -> list[Group]:
    """The groups with those of whom it is not known at the end; raises ValidationError for what is no breakdown."""
    if unit not in BREAKABLE:
        raise ValidationError(_("Only counts and percentages are broken down."))
    if not FEWEST_GROUPS <= len(groups) <= MOST_GROUPS:
        raise ValidationError({"groups": _("Write between two and twenty groups, one a line.")})
    for names in ([one.label_en.casefold() for one in groups], [one.label_it.casefold() for one in groups]):
        twice = next((name for name in names if name and names.count(name) > 1), "")
        if twice:
            raise ValidationError({"groups": _("“%(name)s” is there twice.") % {"name": twice}})
    for group in groups:
        if not (group.label_en or group.label_it):
            raise ValidationError({"groups": _("Each group needs a name.")})
        if group.target_value is not None:
            checked_value(group.target_value, unit=unit, field="groups")
    return [*groups, Group(UNKNOWN.text_en, UNKNOWN.text_it)]


def kinds_left(taken: Sequence[str]) -> list[str]:
    """The ways in which an indicator is not broken down yet, the usual ones first."""
    return [kind for kind in Cut.Kind.values if kind not in taken]


def is_breakable(indicator: Indicator) -> bool:
    """Whether an indicator's values can be broken down at all."""
    return indicator.unit in BREAKABLE
