"""Where a person stands in other texts: talks with others, notes, mails, snapshots, imports.

Every text, list and JSON column of every tenant's table is looked at, so a new table is covered by itself. What may
not be changed is named by ``register_kept_words`` with its reason.
"""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q, QuerySet
from django.db.models.functions import Cast
from django.utils.functional import Promise

from core.models import AuditEvent, Erasure
from core.tenancy.models import TenantModel
from stakeholders.personal_data.subject import Subject, any_of
from stakeholders.rules.naming import Naming, excerpt, spelt

# History has a door of its own; the list of erasures holds ids alone.
LEFT_OUT: tuple[type[models.Model], ...] = (AuditEvent, Erasure)


@dataclass(frozen=True)
class KeptWords:
    """Columns in which a name stays, and why: a signed text, a frozen report, the name of an organisation."""

    table: str
    columns: tuple[str, ...]
    label: str | Promise
    why: str | Promise
    only: Q = field(default_factory=Q)


@dataclass(frozen=True)
class Mention:
    """One text somebody stands in."""

    table: str
    row_id: uuid.UUID
    column: str
    words: str


_kept: dict[str, KeptWords] = {}


def register_kept_words(kept: KeptWords) -> None:
    """Have the words of some columns left as they are. The same table again replaces it."""
    _kept[kept.table] = kept


def kept_with_counts(subject: Subject) -> list[tuple[KeptWords, int]]:
    """What names the person and stays, with how many rows; what does not is left out."""
    found: list[tuple[KeptWords, int]] = []
    if not (subject.naming.keys or subject.naming.signs):
        return found
    for kept in _kept.values():
        model = apps.get_model(kept.table)
        rows = model._default_manager.filter(kept.only).exclude(pk__in=subject.ids)
        columns = [model._meta.get_field(name) for name in kept.columns]
        keys = {row.pk for _model, _column, row in _naming(model, columns, rows, subject)}
        if keys:
            found.append((kept, len(keys)))
    return found


def mentions_of(subject: Subject, *, but: Sequence[str] = ()) -> list[Mention]:
    """Every text that names the person, outside the tables named in ``but`` and what is kept."""
    return [
        Mention(model._meta.label, row.pk, column.name, words)
        for model, column, row in _rows_naming(subject)
        if model._meta.label not in but
        for words in _excerpts(getattr(row, column.name), subject.naming)
    ]


def take_out_mentions(subject: Subject, by: str) -> int:
    """Put other words where the person stands in texts; returns how many texts changed."""
    changed = 0
    for model, column, row in list(_rows_naming(subject)):
        before = getattr(row, column.name)
        after = _cut(_replaced(before, subject.naming, by), column)
        if after != before:
            changed += model._default_manager.filter(pk=row.pk).update(**{column.name: after})
    return changed


def text_columns(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    """The columns people's words can stand in."""
    return [column for column in model._meta.local_fields if _is_text(column)]


def _is_text(column: models.Field[Any, Any]) -> bool:
    if isinstance(column, models.JSONField):
        return True
    inner = column.base_field if isinstance(column, ArrayField) else column
    if inner.choices or isinstance(inner, models.SlugField) or column.name.endswith(("hash", "sha256", "_key")):
        return False
    return isinstance(inner, models.CharField | models.TextField)


def _rows_naming(subject: Subject) -> Iterator[tuple[type[models.Model], Any, Any]]:
    """Table, column and row of every text that names the person and may be changed."""
    if not (subject.naming.keys or subject.naming.signs):
        return
    for model in apps.get_models():
        if not issubclass(model, TenantModel) or issubclass(model, LEFT_OUT):
            continue
        kept = _kept.get(model._meta.label)
        columns = text_columns(model)
        free = [column for column in columns if not kept or column.name not in kept.columns]
        yield from _naming(model, free, model._default_manager.all(), subject)
        # Of a kept table the rows that are not kept yet: a draft, a signature that was only asked for.
        if kept and kept.only:
            rest = [column for column in columns if column.name in kept.columns]
            yield from _naming(model, rest, model._default_manager.exclude(kept.only), subject)


def _naming(
    model: type[models.Model], columns: Sequence[Any], rows: QuerySet[Any], subject: Subject
) -> Iterator[tuple[type[models.Model], Any, Any]]:
    for row in _candidates(rows, columns, subject) if columns else ():
        for column in columns:
            if _stands_in(getattr(row, column.name), subject.naming):
                yield model, column, row


def _candidates(rows: QuerySet[Any], columns: Sequence[Any], subject: Subject) -> QuerySet[Any]:
    """Rows with a name or sign in one of the columns: the database narrows in one pass, Python decides."""
    wanted: list[dict[str, Any]] = []
    for column in columns:
        name = column.name
        if not isinstance(column, models.CharField | models.TextField):
            name = f"{column.name}_as_text"
            rows = rows.alias(**{name: Cast(column.name, models.TextField())})
        wanted += [{f"{name}__iregex": spelt(key)} for key in sorted(subject.naming.keys)]
        wanted += [{f"{name}__icontains": sign} for sign in sorted(subject.naming.signs)]
    return rows.filter(any_of(wanted)).order_by("pk")


def _stands_in(value: Any, naming: Naming) -> bool:
    return any(naming.spans(text) for text in _texts(value))


def _excerpts(value: Any, naming: Naming) -> list[str]:
    return [excerpt(text, span) for text in _texts(value) for span in naming.spans(text)[:1]]


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield str(key)
            yield from _texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)


def _replaced(value: Any, naming: Naming, by: str) -> Any:
    if isinstance(value, str):
        return naming.replaced(value, by)
    if isinstance(value, dict):
        return {naming.replaced(key, by): _replaced(inner, naming, by) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_replaced(inner, naming, by) for inner in value]
    return value


def _cut(value: Any, column: models.Field[Any, Any]) -> Any:
    if isinstance(column, models.EmailField | models.URLField):
        return ""
    longest = getattr(column, "max_length", None)
    return value[:longest] if isinstance(value, str) and longest else value
