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

from stakeholders.rules.representation import FEWEST_FOR_PERCENT, Band, Sheet, SheetRow, State
from stakeholders.rules.representation_hiding import SMALLEST_TOLD, Showing

# What fits beside the rest into the sentence an audit keeps.
LONGEST_LIST = 120


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


def share_words(part: int, whole: int) -> str:
    """Words like "7 of 9"; from twenty on the whole per cent instead (R-S10)."""
    if whole >= FEWEST_FOR_PERCENT:
        return percent_words(Fraction(part, whole))
    return _("%(part)d of %(whole)d") % {"part": part, "whole": whole}


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


def cell_words(row: SheetRow) -> str:
    """A count as it may be told."""
    if row.cell.showing is Showing.SMALL:
        return _("fewer than %(number)d") % {"number": SMALLEST_TOLD}
    return str(row.cell.count) if row.cell.showing is Showing.COUNT else _("not shown")


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
        if named and len(", ".join([*named, row.label])) > LONGEST_LIST - 30:
            break
        named.append(row.label)
    rest = len(rows) - len(named)
    if rest:
        more = ngettext("%(number)d more", "%(number)d more", rest) % {"number": rest}
        return f"{', '.join(named)}, {more}"
    return ", ".join(named)
