"""A table of values, one a row: which column is which, and what each row says or what is wrong with it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.rules.text import TextError, clean_text, mask_for_search
from core.tabular.dates import DateError, DateOrder, parse_date
from core.tabular.errors import Message, RowError, TableError
from core.tabular.numbers import DecimalStyle
from core.tabular.reading import Row, Table
from metrics.models import Indicator
from metrics.rules.measurement import PARTED, Reported, parse_figure, reported_value
from metrics.rules.measurement_grid import LONGEST_REASON, CellValue, read_cell
from metrics.rules.period import Period, period_named, period_of
from partnerships.models import PartnershipMember

Unit = Indicator.Unit
# Names of columns as they are written in a downloaded list, in both languages, and by the API's names.
HEADINGS: dict[str, tuple[str, ...]] = {
    "code": ("code", "codice", "indicator code", "codice indicatore"),
    "indicator": ("indicator", "indicatore", "name", "nome"),
    "member": ("organisation", "organization", "organizzazione", "ente", "member"),
    "starts_on": ("from", "dal", "da", "period starts on", "period_starts_on", "period", "periodo"),
    "ends_on": ("to", "al", "a", "period ends on", "period_ends_on"),
    "value": ("value", "valore"),
    "numerator": ("how many", "quanti", "numerator", "numeratore"),
    "denominator": ("out of how many", "su quanti", "denominator", "denominatore"),
    "missing_reason": ("no value because", "manca perché", "missing_reason"),
    "source": ("source", "fonte"),
    "note": ("remark", "nota", "note"),
}
LENGTHS = {"missing_reason": LONGEST_REASON, "source": 200, "note": 500}
WHOLE_NAMES = (
    "the partnership as a whole",
    "il partenariato nel suo insieme",
    "la partnership nel suo insieme",
    "whole",
)


@dataclass(frozen=True)
class ImportedValue:
    """What one row says."""

    row: int
    indicator: Indicator
    member: PartnershipMember | None
    period: Period
    cell: CellValue
    source: str = ""
    note: str = ""


@dataclass(frozen=True)
class Known:
    """What a file may speak of: indicators by code and name, members by name, whether of the whole partnership too."""

    indicators: Mapping[str, Indicator]
    members: Mapping[str, PartnershipMember]
    for_all: bool

    @classmethod
    def of(cls, indicators: Iterable[Indicator], members: Iterable[PartnershipMember], *, for_all: bool) -> "Known":
        """The same by the words people write."""
        by_word: dict[str, Indicator] = {}
        for indicator in indicators:
            for word in (indicator.name_it, indicator.name_en, indicator.code):
                by_word[mask_for_search(word)] = indicator
        by_word.pop("", None)
        named = {mask_for_search(member.organisation.name): member for member in members}
        return cls(by_word, named, for_all)


@dataclass
class CellsRead:
    """The cells of one row by what they are, and what is wrong with them."""

    row: Row
    columns: Mapping[str, int]
    header: Sequence[str]
    errors: list[RowError] = field(default_factory=list)

    def text(self, name: str) -> str:
        """A cell as text; empty when there is no such column."""
        return self.row.texts[self.columns[name]].strip() if name in self.columns else ""

    def wrong(self, name: str, reason: str | Message) -> None:
        """Note what is wrong with a cell."""
        message = reason if isinstance(reason, Message) else Message("%(reason)s", {"reason": reason})
        column = self.header[self.columns[name]] if name in self.columns else None
        self.errors.append(RowError(self.row.number, message, column))


def columns_of(header: Sequence[str]) -> dict[str, int]:
    """Which column is which, by their names in either language; raises TableError when a needed one is missing."""
    words = {word: name for name, known in HEADINGS.items() for word in map(mask_for_search, known)}
    found: dict[str, int] = {}
    for position, heading in enumerate(header):
        name = words.get(mask_for_search(heading))
        if name is not None:
            found.setdefault(name, position)
    if (
        not ({"code", "indicator"} & set(found))
        or "starts_on" not in found
        or not ({"value", "numerator"} & set(found))
    ):
        raise TableError(
            _("This file needs columns named Code, From, To and Value. Download the template and fill it in.")
        )
    return found


def values_in(table: Table, known: Known, *, language: str) -> Iterable[ImportedValue | list[RowError]]:
    """What each row of a table says, or what is wrong with it; raises TableError for a table without the columns.

    Figures are read in the style the file shows, else in that of the language.
    """
    columns = columns_of(table.header)
    style = table.decimal_style or (DecimalStyle.COMMA if language == "it" else DecimalStyle.POINT)
    for row in table:
        if isinstance(row, RowError):
            yield [row]
            continue
        cells = CellsRead(row, columns, table.header)
        found = _value(cells, known, "it" if style is DecimalStyle.COMMA else "en")
        yield cells.errors if cells.errors or found is None else found


def _value(cells: CellsRead, known: Known, language: str) -> ImportedValue | None:
    indicator = _indicator(cells, known)
    member = _member(cells, known)
    words = {name: _words(cells, name) for name in LENGTHS}
    if indicator is None:
        return None
    if indicator.unit == Unit.STORY or indicator.formula:
        cells.wrong("code", str(_("Values of this indicator do not come from a file.")))
        return None
    period = _period(cells, indicator)
    cell = _figure(cells, indicator, language, words["missing_reason"])
    if period is None or cell is None:
        return None
    return ImportedValue(cells.row.number, indicator, member, period, cell, words["source"], words["note"])


def _indicator(cells: CellsRead, known: Known) -> Indicator | None:
    name = "code" if cells.text("code") else "indicator"
    text = cells.text(name)
    found = known.indicators.get(mask_for_search(text)) if text else None
    if found is None:
        template = _("“%(text)s” is no indicator of this partnership.") if text else _("Say which indicator it is.")
        cells.wrong(name if name in cells.columns else "code", Message(template, {"text": text[:60]} if text else {}))
    return found


def _member(cells: CellsRead, known: Known) -> PartnershipMember | None:
    text = mask_for_search(cells.text("member"))
    if not text and not known.for_all and len(known.members) == 1:
        return next(iter(known.members.values()))
    if known.for_all and (not text or text in map(mask_for_search, WHOLE_NAMES)):
        return None
    if text in known.members:
        return known.members[text]
    if not text:
        cells.wrong("member", str(_("Say whose value it is.")))
    else:
        shown = {"text": cells.text("member")[:60]}
        cells.wrong("member", Message(_("You do not enter values for “%(text)s”."), shown))
    return None


def _words(cells: CellsRead, name: str) -> str:
    try:
        return clean_text(cells.text(name), max_length=LENGTHS[name])
    except TextError as error:
        cells.wrong(name, str(error))
        return ""


def _period(cells: CellsRead, indicator: Indicator) -> Period | None:
    if not cells.text("ends_on") and (named := period_named(cells.text("starts_on"), indicator.frequency)):
        return named
    starts_on = _day(cells, "starts_on")
    if starts_on is None:
        return None
    if not cells.text("ends_on"):
        return period_of(starts_on, indicator.frequency)
    ends_on = _day(cells, "ends_on")
    if ends_on is None:
        return None
    if ends_on < starts_on:
        cells.wrong("ends_on", str(_("The period must end after it starts.")))
        return None
    return Period(starts_on, ends_on)


def _day(cells: CellsRead, name: str) -> date | None:
    cell = cells.row.cells[cells.columns[name]]
    try:
        return parse_date(cell if isinstance(cell, date) else cells.text(name), order=DateOrder.DAY_FIRST)
    except DateError as error:
        cells.wrong(name, error.message)
        return None


def _figure(cells: CellsRead, indicator: Indicator, language: str, reason: str) -> CellValue | None:
    name = "numerator" if indicator.unit in PARTED and cells.text("numerator") else "value"
    try:
        if name == "numerator":
            return _told_apart(_share(cells, indicator.unit, language), reason)
        text = cells.text("value")
        if not text:
            return _gap(cells, reason)
        found = read_cell(text, unit=indicator.unit, language=_style_of(cells, "value", language), reason=reason)
        return found if found.missing_reason else _told_apart(found.reported, reason)
    except ValidationError as error:
        cells.wrong(name, error.messages[0])
        return None


def _told_apart(reported: Reported, reason: str) -> CellValue:
    if reason:
        raise ValidationError(_("There is a value: leave the reason empty."))
    return CellValue(reported)


def _gap(cells: CellsRead, reason: str) -> CellValue | None:
    if not reason:
        cells.wrong("value", str(_("Enter a value, or say why there is none.")))
        return None
    return CellValue(missing_reason=reason)


def _share(cells: CellsRead, unit: str, language: str) -> Reported:
    def read(name: str) -> Decimal:
        return parse_figure(cells.text(name), _style_of(cells, name, language))

    if not cells.text("denominator"):
        raise ValidationError(_("Enter out of how many."))
    return reported_value(unit=unit, numerator=read("numerator"), denominator=read("denominator"))


def _style_of(cells: CellsRead, name: str, language: str) -> str:
    """A number of a spreadsheet is written with a point, whatever people write."""
    return "en" if isinstance(cells.row.cells[cells.columns[name]], Decimal) else language
