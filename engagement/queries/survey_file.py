"""Reading files somebody brought: questionnaires as XLSForm, and tables of answers."""

import io
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from core.models import StoredFile
from core.operations.file import read_file
from core.tabular.errors import RowError, TableError
from core.tabular.limits import Limits
from core.tabular.reading import open_table
from engagement.rules import xlsform
from engagement.rules.survey_form import Asked
from engagement.rules.survey_import import Column, proposed_kind, question_with
from partnerships.models import Partnership

PURPOSE = "survey_import"
LIMITS = Limits(max_rows=5_000, max_columns=200)
SHEETS = {"survey", "choices"}


@dataclass(frozen=True)
class AnswerTable:
    """A table of answers: its columns, and its rows by number; ``errors`` are rows that cannot be read."""

    columns: Sequence[Column]
    rows: Sequence[tuple[int, tuple[str, ...]]]
    errors: Sequence[RowError]

    @property
    def header(self) -> list[str]:
        """The headings."""
        return [column.header for column in self.columns]

    def matched(self, questions: Sequence[Asked]) -> dict[int, Asked]:
        """Which question each column answers, by place; a question is answered by one column."""
        found: dict[int, Asked] = {}
        for place, header in enumerate(self.header):
            question = question_with(header, questions)
            if question is not None and question.code not in {one.code for one in found.values()}:
                found[place] = question
        return found


def survey_files(partnership: Partnership, file_id: uuid.UUID) -> QuerySet[StoredFile]:
    """A file brought to a partnership's surveys, for ``get_object_or_404``."""
    return StoredFile.objects.filter(pk=file_id, purpose=PURPOSE, scope_id=partnership.scope_id)


def is_xlsform(content: bytes, name: str) -> bool:
    """Whether a workbook has the sheets of an XLSForm."""
    try:
        with open_table(io.BytesIO(content), filename=name, limits=LIMITS) as table:
            return {title.casefold() for title in table.sheet_names} >= SHEETS
    except TableError:
        return False


def xlsform_in(stored: StoredFile, *, language: str) -> xlsform.Reading:
    """The questionnaire of a stored workbook, with everything that cannot be used. Raises TableError."""
    content = read_file(stored)
    survey, choices = (_sheet(content, stored.name, name) for name in ("survey", "choices"))
    settings = _sheet(content, stored.name, "settings", may_miss=True)
    title = settings[0][1].get("form_title", "") if settings else ""
    return xlsform.read(survey, choices, title=title or stored.name.rsplit(".", 1)[0], language=language)


def _sheet(content: bytes, name: str, sheet: str, *, may_miss: bool = False) -> list[tuple[int, Mapping[str, str]]]:
    try:
        with open_table(io.BytesIO(content), filename=name, limits=LIMITS, sheet=sheet) as table:
            header = [heading.strip() for heading in table.header]
            return [
                (row.number, dict(zip(header, row.texts, strict=True)))
                for row in table
                if not isinstance(row, RowError)
            ]
    except TableError:
        if may_miss:
            return []
        raise


def answers_in(stored: StoredFile) -> AnswerTable:
    """The answers of a stored table, every cell as text, with the kind each column seems to be. Raises TableError."""
    return answers_from(read_file(stored), stored.name)


def answers_from(content: bytes, name: str) -> AnswerTable:
    """As ``answers_in``, of a file's content."""
    rows: list[tuple[int, tuple[str, ...]]] = []
    errors: list[RowError] = []
    with open_table(io.BytesIO(content), filename=name, limits=LIMITS, number_repeated_names=True) as table:
        header = table.header
        for row in table:
            if isinstance(row, RowError):
                errors.append(row)
            else:
                rows.append((row.number, row.texts))
    columns = []
    for place, heading in enumerate(header):
        values = tuple(texts[place] for _number, texts in rows)
        columns.append(Column(heading, values, proposed_kind(values)))
    return AnswerTable(columns, rows, errors)
