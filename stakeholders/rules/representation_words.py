"""A sheet in words: shares as R-S10 wants them, bands, and the sentence of who is missing (P2, R-S11)."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.conf import settings
from django.utils import translation
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from stakeholders.models import ReferenceProfile
from stakeholders.rules.representation import FEWEST_FOR_PERCENT, Band, Sheet, SheetRow, State
from stakeholders.rules.representation_hiding import SMALLEST_TOLD, Showing

# What fits beside the rest into the sentence an audit keeps.
LONGEST_LIST = 90
NOT_STATED = gettext_lazy("Not stated")


@dataclass(frozen=True)
class BandWords:
    """A band as a badge shows it."""

    label: str | Promise
    tone: str
    icon: str


BANDS = {
    Band.STRONGLY_UNDER: BandWords(gettext_lazy("strongly under its share"), "late", "chevrons-down"),
    Band.UNDER: BandWords(gettext_lazy("under its share"), "soon", "chevron-down"),
    Band.IN_LINE: BandWords(gettext_lazy("in line"), "ok", "equal"),
    Band.OVER: BandWords(gettext_lazy("over its share"), "info", "chevron-up"),
    Band.TOO_SMALL: BandWords(gettext_lazy("body too small to judge"), "idle", "minus"),
    Band.UNKNOWN: BandWords(gettext_lazy("cannot be said"), "draft", "eye-off"),
}

_DIMENSION = ReferenceProfile.Dimension
QUESTIONS = {
    _DIMENSION.AGE: gettext_lazy("How old are you?"),
    _DIMENSION.GENDER: gettext_lazy("What is your gender?"),
    _DIMENSION.NEIGHBOURHOOD: gettext_lazy("Where do you live?"),
    _DIMENSION.LANGUAGE: gettext_lazy("Which language do you speak at home?"),
    _DIMENSION.DISABILITY: gettext_lazy("Do you live with a disability?"),
    _DIMENSION.MIGRATION: gettext_lazy("Where do you or your parents come from?"),
    _DIMENSION.EMPLOYMENT: gettext_lazy("What is your work situation?"),
    _DIMENSION.LIVED_EXPERIENCE: gettext_lazy("Have you lived through what this body works on?"),
    _DIMENSION.SECTOR: gettext_lazy("What kind of organisation are you here for?"),
    _DIMENSION.SIZE: gettext_lazy("How large is the organisation you are here for?"),
}


def question_of(dimension: str) -> str:
    """What a member of the body is asked."""
    return str(QUESTIONS[_DIMENSION(dimension)])


def body_words(row: SheetRow, *, stated: int) -> str:
    """How many of a group are in the body: "7 of 9", from twenty on with a whole per cent (R-S10), or why not."""
    if row.cell.showing is Showing.WITHHELD:
        return _("not shown")
    if row.cell.count is None:
        return _("fewer than %(number)d") % {"number": SMALLEST_TOLD}
    words = _("%(part)d of %(whole)d") % {"part": row.cell.count, "whole": stated}
    if stated < FEWEST_FOR_PERCENT:
        return words
    return f"{words} ({percent_words(Fraction(row.cell.count, stated))})"


def percent_words(share: Fraction) -> str:
    """A share as a whole per cent, halves away from zero; something is never "0 %" nor a part "100 %"."""
    percent = int(share * 100 + Fraction(1, 2))
    if not percent and share:
        return _("under 1 %")
    return _("%(percent)d %%") % {"percent": min(percent, 99) if share < 1 else percent}


def parity_words(parity: Fraction | None) -> str:
    """A parity ratio with two decimals; empty when it is not told. Cut, so that 0.799 does not look in line."""
    if parity is None:
        return ""
    return number_format(int(parity * 100) / 100, 2)


def finding_of(sheet: Sheet) -> str:
    """Which voices are missing, in the language at work; made of what is shown and nothing else."""
    if sheet.state is State.EMPTY:
        return _("Nobody has been counted yet.")
    if sheet.state is State.TOO_FEW:
        return ngettext(
            "%(answers)d person answered: too few to say who is missing.",
            "%(answers)d people answered: too few to say who is missing.",
            sheet.answers,
        ) % {"answers": sheet.answers}
    if sheet.state is State.WITHHELD:
        return _("Too few people in some groups: to show them would tell what single people said.")
    return " ".join(_sentences(sheet))


def finding_in_each_language(sheet: Sheet) -> dict[str, str]:
    """The sentence in every language of the product, by its code."""
    found = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            found[code] = finding_of(sheet)
    return found


def _sentences(sheet: Sheet) -> list[str]:
    strongly = sheet.rows_in(Band.STRONGLY_UNDER)
    told = (
        (_("Missing: %(groups)s."), [row for row in strongly if row.is_nobody]),
        (_("Hardly there: %(groups)s."), [row for row in strongly if not row.is_nobody]),
        (_("Fewer than their share: %(groups)s."), sheet.rows_in(Band.UNDER)),
    )
    found = [words % {"groups": _listed(rows)} for words, rows in told if rows]
    return found or [_("No group that can be judged is missing.")]


def _listed(rows: Sequence[SheetRow]) -> str:
    """Names until the room is full, then how many more."""
    named: list[str] = []
    for row in rows:
        if named and len(", ".join([*named, row.label])) > LONGEST_LIST:
            break
        named.append(row.label)
    rest = len(rows) - len(named)
    if rest:
        more = ngettext("%(number)d more", "%(number)d more", rest) % {"number": rest}
        return f"{', '.join(named)}, {more}"
    return ", ".join(named)
