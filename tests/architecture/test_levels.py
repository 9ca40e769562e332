"""Domain 0.3: no form and no body shows a record to more people than now without asking whether that is meant."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import models, transaction

from core.access.visibility import Visibility
from core.management.commands.url_map import methods_of
from tests.architecture.forms import Form, forms_of
from tests.architecture.matrix import addresses_of, sent, without_log
from tests.architecture.urls import Route

LEVEL = "visibility"
# A level of these caps what stands in them: they are tried in a turn of their own.
PARENTS = ("partnerships.Partnership", "goals.Goal", "metrics.Indicator", "stakeholders.Stakeholder")
# Sharing a lesson is a step of its own, whose button says so.
PUBLISHING = ("lesson_share", "api_lesson_share")
# Has the level of what it is about; nobody chooses it.
FOLLOWING = "partnerships.Signal"


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


def widened(rows: dict[str, Any], client: Any, verb: str, path: str, **what: Any) -> set[str]:
    """The tables whose row more people see after a request, which is taken back."""
    client.raise_request_exception = False
    with transaction.atomic():
        answer = getattr(client, verb)(path, **what)
        found = set()
        if answer.status_code < 400:
            for label, row in rows.items():
                now = type(row)._default_manager.filter(pk=row.pk).values_list(LEVEL, flat=True).first()
                found |= {label} if now is not None and now > row.visibility else set()
        transaction.set_rollback(True)
    client.cookies.pop("messages", None)
    return found


def doors(own: Any, tokens: tuple[str, ...], client: Any) -> Iterator[tuple[Route, str, str, list[Form]]]:
    """Each form that offers a level and each address of the API that changes something: route, verb, path, forms."""
    for route, path in addresses_of(own, tokens):
        if route.door and route.door.api:
            verbs = {method.lower() for method in methods_of(route.view)} & {"patch", "put", "post"}
            yield from ((route, verb, path, []) for verb in sorted(verbs))
        elif "edit" in route.pattern or "shown" in route.pattern or route.name.endswith("_detail"):
            page = sent(client, "get", path)
            if page.status_code == 200 and not page.streaming and f'name="{LEVEL}"' in page.content.decode():
                forms = [one for one in forms_of(page.content.decode()) if LEVEL in one.choices]
                yield from ((route, "post", one.action or path, [one]) for one in forms)


def bodies(forms: list[Form], *, is_meant: bool) -> dict[str, Any]:
    """What is sent: the form with the widest level it offers, or the smallest change in JSON."""
    if forms:
        asked = {**forms[0].sends, LEVEL: [max(filter(None, forms[0].choices[LEVEL]))]}
        return {"data": asked | ({"is_meant": ["on"]} if is_meant else {})}
    body = {LEVEL: Visibility.PUBLIC.value, "is_meant": is_meant}
    return {"data": json.dumps(body), "content_type": "application/json"}


@pytest.mark.slow  # every form and body with a level, three times
def test_nobody_shows_more_than_is_meant(own, foreign, space, admin_browser):
    rows = with_level(own)
    turns = (
        tuple(label for label in rows if label not in PARENTS),
        PARENTS[1:],
        PARENTS[:1],
    )
    slipped, asked = set(), set()
    with without_log():
        for low in turns:
            set_levels(rows, low=low)
            for route, verb, path, forms in doors(own, foreign.tokens, admin_browser):
                if route.name in PUBLISHING:
                    continue
                for is_meant, found in ((False, slipped), (True, asked)):
                    tables = widened(rows, admin_browser, verb, path, **bodies(forms, is_meant=is_meant))
                    found |= {(route.name, table) for table in tables}
    assert slipped == set()
    assert len(asked) > 20, sorted(asked)
