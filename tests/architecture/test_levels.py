"""Domain 0.3: no form and no body shows a record to more people than now without asking whether that is meant."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import pytest
from django.db import models, transaction

from core.access.visibility import Visibility
from core.management.commands.url_map import methods_of
from tests.architecture.forms import Form, forms_of
from tests.architecture.matrix import addresses_of, sent, without_log

LEVEL = "visibility"
# A level of these caps what stands in them: they are tried in a turn of their own.
PARENTS = ("partnerships.Partnership", "goals.Goal", "metrics.Indicator", "stakeholders.Stakeholder")
# Sharing a lesson is a step of its own, whose button says so.
PUBLISHING = ("lesson_share", "api_lesson_share")
# Has the level of what it is about; nobody chooses it.
FOLLOWING = "partnerships.Signal"
# How a door answers that wants to know more, or allows it no longer: forms, bodies, conflicts.
ASKING = (HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.BAD_REQUEST, HTTPStatus.CONFLICT)


@dataclass(frozen=True)
class Door:
    """Where a level can be changed: a form, or an address of the API."""

    name: str
    verb: str
    path: str
    form: Form | None = None

    def body(self, *, is_meant: bool) -> dict[str, Any]:
        """What is sent: the form with the widest level it offers, or the smallest change in JSON."""
        if self.form:
            widest = max(filter(None, self.form.choices[LEVEL]))
            return {"data": {**self.form.sends, LEVEL: [widest]} | ({"is_meant": ["on"]} if is_meant else {})}
        body = {LEVEL: Visibility.PUBLIC.value, "is_meant": is_meant}
        return {"data": json.dumps(body), "content_type": "application/json"}


def with_level(own: dict[str, models.Model]) -> dict[str, Any]:
    """The rows that have a level, by table."""
    return {
        label: row
        for label, row in own.items()
        if label != FOLLOWING and any(field.name == LEVEL for field in row._meta.local_fields)
    }


def set_levels(rows: dict[str, Any], *, low: tuple[str, ...]) -> None:
    """Show everybody all rows but those of some tables, which coordination alone sees."""
    for label, row in rows.items():
        row.visibility = Visibility.COORDINATION if label in low else Visibility.PUBLIC
        row.save(update_fields=[LEVEL])


def widened(rows: dict[str, Any], client: Any, door: Door, *, is_meant: bool) -> tuple[int, set[str]]:
    """The status of a request, which is taken back, and the tables whose row more people see after it."""
    client.raise_request_exception = False
    found = set()
    with transaction.atomic():
        answer = getattr(client, door.verb)(door.path, **door.body(is_meant=is_meant))
        if answer.status_code < HTTPStatus.BAD_REQUEST:
            for label, row in rows.items():
                now = type(row)._default_manager.filter(pk=row.pk).values_list(LEVEL, flat=True).first()
                found |= {label} if now is not None and now > row.visibility else set()
        transaction.set_rollback(True)
    client.cookies.pop("messages", None)
    return answer.status_code, found


def doors(own: Any, tokens: tuple[str, ...], client: Any, words: tuple[str, ...]) -> Iterator[Door]:
    """Each form that offers a level and each address of the API that changes something; with ``words`` in its name."""
    for route, path in addresses_of(own, tokens):
        if route.name in PUBLISHING or not any(word in route.name for word in words):
            continue
        if route.door and route.door.api:
            verbs = {method.lower() for method in methods_of(route.view)} & {"patch", "put"}
            yield from (Door(route.name, verb, path) for verb in sorted(verbs))
        elif route.name.endswith(("_edit", "shown_to", "decision_detail")):
            page = sent(client, "get", path)
            if page.status_code == HTTPStatus.OK and f'name="{LEVEL}"' in page.content.decode():
                forms = [one for one in forms_of(page.content.decode()) if LEVEL in one.choices]
                yield from (Door(route.name, "post", one.action or path, one) for one in forms)


@pytest.mark.slow  # every form and body with a level
def test_nobody_shows_more_than_is_meant(own, foreign, space, admin_browser):
    rows = with_level(own)
    turns = (
        (tuple(label for label in rows if label not in PARENTS), ("",)),
        (PARENTS[1:], ("goal", "indicator", "stakeholder")),
        (PARENTS[:1], ("partnership",)),
    )
    slipped, asked = set(), set()
    with without_log():
        for low, words in turns:
            set_levels(rows, low=low)
            for door in doors(own, foreign.tokens, admin_browser, words):
                status, tables = widened(rows, admin_browser, door, is_meant=False)
                slipped |= {(door.name, table) for table in tables}
                if status in ASKING:
                    _status, tables = widened(rows, admin_browser, door, is_meant=True)
                    asked |= {(door.name, table) for table in tables}
    assert slipped == set()
    assert len(asked) > 20, sorted(asked)
