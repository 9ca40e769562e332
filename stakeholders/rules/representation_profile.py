"""Reading the groups of a community from pasted lines or a small file: a name and a number in each."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from core.rules.text import TextError, clean_text

FEWEST_GROUPS, MOST_GROUPS = 2, 30
FIRST_YEAR, LAST_YEAR = 1900, 2100
LONGEST_LABEL = 80
LARGEST_COUNT = 2_000_000_000
LARGEST_TEXT = 20_000
_PLAIN = re.compile(r"\d{1,10}")
# One kind of sign between thousands, as people and offices write them.
_GROUPED = re.compile(r"\d{1,3}(?:([.,'\u2019\u00a0\u202f ])\d{3})(?:\1\d{3})*")
_NOT_DIGITS = re.compile(r"\D")
_DELIMITERS = (";", "\t", ",")


class ProfileLinesError(ValueError):
    """The lines cannot be read; the message says which one and what is wrong with it."""


@dataclass(frozen=True)
class Category:
    """A group of the community and how many people it has."""

    label: str
    population_count: int


def categories_from(text: str) -> list[Category]:
    """Groups from lines "name;number"; a tab or a comma does too, and a first line of column names is passed over.

    Raises ProfileLinesError for fewer than 2 or more than 30 groups, a name twice, no name, what is no whole number,
    and when nobody is counted.
    """
    if len(text) > LARGEST_TEXT:
        raise ProfileLinesError(_("This is too long. At most thirty lines, each a group and a number."))
    return checked([_category(number, cells) for number, cells in _lines(text)])


def checked(groups: list[Category]) -> list[Category]:
    """The same groups; raises ProfileLinesError when they cannot be a community."""
    labels = [one.label.casefold() for one in groups]
    twice = next((one.label for one in groups if labels.count(one.label.casefold()) > 1), "")
    if twice:
        raise ProfileLinesError(_("“%(name)s” is there twice.") % {"name": twice})
    if not FEWEST_GROUPS <= len(groups) <= MOST_GROUPS:
        raise ProfileLinesError(_("Write between two and thirty groups, one a line."))
    if not sum(one.population_count for one in groups):
        raise ProfileLinesError(_("There is nobody in any group."))
    return groups


def decoded(content: bytes) -> str:
    """The text of an uploaded file, in UTF-8 or as older spreadsheets write it."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def as_lines(categories: list[Category]) -> str:
    """Groups as they are pasted; ``categories_from`` reads the same groups from it."""
    lines = io.StringIO()
    writer = csv.writer(lines, delimiter=";", lineterminator="\n")
    writer.writerows((one.label, one.population_count) for one in categories)
    return lines.getvalue()


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    delimiter = next((sign for sign in _DELIMITERS if sign in text), ";")
    is_first = True
    for number, line in enumerate(text.splitlines(), start=1):
        cells = [cell.strip() for cell in next(csv.reader([line], delimiter=delimiter), [])]
        if not any(cells):
            continue
        if not (is_first and len(cells) > 1 and not any(sign.isdigit() for sign in cells[1])):
            yield number, cells
        is_first = False


def _category(number: int, cells: list[str]) -> Category:
    expected = 2
    if len(cells) != expected:
        raise ProfileLinesError(_("Line %(line)d: write a name, a semicolon and a number.") % {"line": number})
    label, count = cells
    try:
        label = clean_text(label, max_length=LONGEST_LABEL)
    except TextError as error:
        raise ProfileLinesError(_("Line %(line)d: %(problem)s") % {"line": number, "problem": error}) from error
    if not label:
        raise ProfileLinesError(_("Line %(line)d has no name.") % {"line": number})
    if not (_PLAIN.fullmatch(count) or _GROUPED.fullmatch(count)):
        raise ProfileLinesError(
            _("Line %(line)d: “%(text)s” is no whole number.") % {"line": number, "text": count[:40]}
        )
    people = int(_NOT_DIGITS.sub("", count))
    if people > LARGEST_COUNT:
        raise ProfileLinesError(_("Line %(line)d: this number is too large.") % {"line": number})
    return Category(label, people)
