"""Which rows and columns a table of two questions has, so that all its totals are public anyway."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from engagement.rules.survey_crossing import crossed
from engagement.rules.survey_form import ONE_CODE, Asked
from engagement.rules.survey_result import Line

NO_ANSWER = ""


@dataclass(frozen=True)
class Side:
    """The answers to one question as rows or columns: label, and the codes that stand together in it."""

    labels: tuple[str, ...]
    codes: tuple[frozenset[str], ...]


@dataclass(frozen=True)
class CrossTable:
    """A table with its totals; None stands for what is not told."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[int | None, ...], ...]
    row_totals: tuple[int, ...]
    column_totals: tuple[int, ...]
    total: int

    def lines(self) -> list[tuple[str, tuple[int | None, ...], int]]:
        """Each row with its label and total."""
        return list(zip(self.rows, self.cells, self.row_totals, strict=True))


def can_be_crossed(question: Asked) -> bool:
    """Whether people give one answer of several, so that rows and columns add up to all."""
    return question.kind in ONE_CODE


def side_of(lines: Sequence[Line], people: int, *, smallest: int) -> Side:
    """The rows or columns of a question: what is told alone stands alone, the rest stands together.

    What is hidden beside the question alone is put together, also with those who did not answer where they are few, so
    that no total says more than the question alone does.
    """
    answered = lines[0].answers if lines else 0
    silent = people - answered
    told = [line for line in lines if line.count]
    rest = [line for line in lines if line.count is None]
    labels = [line.choice.label for line in told]
    codes = [frozenset({line.choice.code}) for line in told]
    together = answered - sum(line.count or 0 for line in told)
    rest_codes = {line.choice.code for line in rest}
    if silent >= smallest:
        labels.append(_("No answer, or not asked"))
        codes.append(frozenset({NO_ANSWER}))
    elif silent:
        rest_codes.add(NO_ANSWER)
        together += silent
    if not together:
        return Side(tuple(labels), tuple(codes))
    words = _("Other answers together")
    if together < smallest and labels:
        # Too few to stand alone even together: they join the last one.
        labels[-1] = _("%(one)s, or other answers") % {"one": labels[-1]}
        codes[-1] |= rest_codes
    else:
        labels.append(words)
        codes.append(frozenset(rest_codes))
    return Side(tuple(labels), tuple(codes))


def cross_table(rows: Side, columns: Side, pairs: Mapping[tuple[str, str], int], *, smallest: int) -> CrossTable | None:
    """The table of two questions of the same people; None when it cannot be told.

    ``pairs`` counts people by their two answers; ``NO_ANSWER`` stands for none.
    """
    counts = [[_count(pairs, first, second) for second in columns.codes] for first in rows.codes]
    cells = crossed(counts, smallest=smallest)
    if cells is None:
        return None
    return CrossTable(
        rows=rows.labels,
        columns=columns.labels,
        cells=tuple(tuple(row) for row in cells),
        row_totals=tuple(sum(row) for row in counts),
        column_totals=tuple(sum(column) for column in zip(*counts, strict=True)),
        total=sum(map(sum, counts)),
    )


def _count(pairs: Mapping[tuple[str, str], int], first: frozenset[str], second: frozenset[str]) -> int:
    return sum(count for (one, other), count in Counter(pairs).items() if one in first and other in second)
