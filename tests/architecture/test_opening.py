"""Opening what is ours: no page, list or export asks the database more often the more rows there are, and none writes.

AUT-19 where there is something to read.
"""

import hashlib
import re
from typing import Any

from django.db import DataError, IntegrityError, connection, models, transaction

from tests.architecture.everything import tenant_models
from tests.architecture.matrix import addresses_of, content_of, sent, without_log

# A visitor's session, and what is counted against misuse.
COUNTED = re.compile(r'"?(django_session|core_ratecount|usersessions_usersession|core_cache)"?')
WRITES = re.compile(r"\s*(INSERT INTO|UPDATE|DELETE FROM)\s")


def twins_of(rows: dict[str, models.Model], suffix: int) -> int:
    """Another row of every table, in the same partnership; returns how many tables had room for one."""
    twins: dict[str, models.Model] = {}
    for model in tenant_models():
        row = rows[model._meta.label]
        for twin in (_copy(row, {}, suffix), _copy(row, twins, suffix)):
            try:
                with transaction.atomic():
                    twin.save(force_insert=True)
            except (IntegrityError, DataError):
                continue
            twins[model._meta.label] = twin
            break
    return len(twins)


def _copy(row: models.Model, twins: dict[str, models.Model], suffix: int) -> models.Model:
    """As a row, but for its key, its number and what is unique; of ``twins`` rather than of the row's own parents."""
    unique = {name for one in row._meta.total_unique_constraints for name in one.fields}
    unique |= {name for one in row._meta.constraints for name in getattr(one, "fields", ())}
    copy = type(row)()
    for field in row._meta.local_fields:
        if field.primary_key or field.generated:
            continue
        value: Any = getattr(row, field.attname)
        if isinstance(field, models.ForeignKey):
            twin = twins.get(field.related_model._meta.label) if field.name != "partnership" else None
            value = twin.pk if twin is not None and value is not None else value
        elif field.name in unique or field.unique:
            value = _other(field, value, suffix)
        setattr(copy, field.attname, value)
    return copy


def _other(field: Any, value: Any, suffix: int) -> Any:
    if field.name.endswith("language_code"):
        return value
    if isinstance(value, str) and not field.choices:
        if field.name.endswith(("hash", "sha256")):
            return hashlib.sha256(f"{value}{suffix}".encode()).hexdigest()
        return f"{suffix}{value}"[: field.max_length]
    return value + suffix if isinstance(value, int) and not isinstance(value, bool) else value


def opened(client: Any, rows: dict[str, models.Model], tokens: tuple[str, ...]) -> tuple[dict[str, int], list[str]]:
    """How many statements each page costs that answers, and what any of them writes."""
    found: dict[str, int] = {}
    asked: list[str] = []
    written: list[str] = []

    def noted(execute: Any, sql: str, *more: Any) -> Any:
        asked.append(sql)
        return execute(sql, *more)

    for route, path in addresses_of(rows, tokens):
        asked.clear()
        with connection.execute_wrapper(noted):
            answer = sent(client, "get", path)
            shown = content_of(answer)
        written += [f"{path}: {sql[:80]}" for sql in asked if WRITES.match(sql) and not COUNTED.search(sql)]
        if answer.status_code == 200 and shown:
            found[route.pattern] = len(asked)
    return found, written


def test_pages_ask_as_often_for_four_rows_as_for_two_and_write_nothing(own, foreign, admin_browser):
    with without_log():
        twins_of(own, 1)
        two, written = opened(admin_browser, own, foreign.tokens)
        with_room = twins_of(own, 2) + twins_of(own, 3)
        four, _written = opened(admin_browser, own, foreign.tokens)
    # Two more rows; one statement more is asked once, when there is something to ask about.
    grown = [f"{route}: {two[route]}, {four.get(route)}" for route in two if four.get(route, 999) > two[route] + 1]
    assert not grown, "\n".join(grown)
    assert written == []
    assert with_room > 300
    assert len(two) > 500
