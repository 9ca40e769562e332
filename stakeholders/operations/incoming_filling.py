"""What a file knows of known stakeholders that the register does not: found, and filled in where it is empty."""

import uuid
from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.utils import timezone

from core.tenancy.context import current_tenant_id
from stakeholders.models import Asset, ContactPoint, Identifier, Stakeholder
from stakeholders.rules.stakeholder import SEARCHED_FIELDS, search_text

# Never the name, the kind and the sector, which are never empty. Asking not to be contacted counts as said, not
# asking as nothing said: a file can add the wish and never take it back.
FILLED_FIELDS = (
    "subtype", "tax_code", "vat_number", "place", "province", "region", "email", "phone", "website", "language",
    "description", "aliases", "lawful_basis", "do_not_contact",
)  # fmt: skip
AT_ONCE = 5_000

_KNOWN = ", ".join(
    f"(array_agg({name} ORDER BY pos) FILTER (WHERE {name} <> ''))[1] AS {name}" for name in FILLED_FIELDS
)
_IS_EMPTY = {name: f"there.{name} = ''" for name in FILLED_FIELDS} | {"do_not_contact": "NOT there.do_not_contact"}
_MISSING = ", ".join(f"CASE WHEN {_IS_EMPTY[name]} THEN told.{name} END AS {name}" for name in FILLED_FIELDS)
_ANY = ", ".join(f"found.{name}" for name in FILLED_FIELDS)
# Whoever was erased on request stays erased.
_FIND = f"""
INSERT INTO incoming_fill
SELECT * FROM (
  SELECT there.id, told.change, {_MISSING}
  FROM (
    SELECT matched, (array_agg(id ORDER BY pos))[1] AS change, {_KNOWN}
    FROM incoming WHERE verdict IN ('known', 'again') AND matched IS NOT NULL GROUP BY matched
  ) told JOIN stakeholders_stakeholder there ON there.id = told.matched
  WHERE there.tenant_id = %s AND there.erased_at IS NULL
) found WHERE coalesce({_ANY}) IS NOT NULL
"""  # noqa: S608 - put together from our own field names
_FILLED = {name: f"coalesce(fill.{name}, there.{name})" for name in FILLED_FIELDS} | {
    "do_not_contact": "there.do_not_contact OR fill.do_not_contact IS NOT NULL"
}
_FILL = f"""
UPDATE stakeholders_stakeholder there
SET updated_at = %s, {", ".join(f"{name} = {_FILLED[name]}" for name in FILLED_FIELDS)}
FROM incoming_fill fill WHERE there.tenant_id = %s AND there.id = fill.stakeholder
RETURNING there.id
"""  # noqa: S608 - as above


def find_what_is_empty(cursor: Any) -> None:
    """Note for each known stakeholder the empty fields the file has a value for, the first row's."""
    cursor.execute(_FIND, [current_tenant_id()])


def fill_in(cursor: Any) -> int:
    """Write what was noted; nothing that is there is overwritten. Returns how many stakeholders it was."""
    cursor.execute(_FILL, [timezone.now(), current_tenant_id()])
    ids = [pk for (pk,) in cursor.fetchall()]
    refresh_words(ids)
    return len(ids)


def refresh_words(ids: Iterable[uuid.UUID]) -> None:
    """Have searches find many stakeholders by what is known of them now."""
    known = list(ids)
    for start in range(0, len(known), AT_ONCE):
        _refresh(known[start : start + AT_ONCE])


def _refresh(ids: list[uuid.UUID]) -> None:
    words = _words_beside(ids)
    # Read before the copying begins: a connection does one thing at a time.
    rows = list(
        Stakeholder.objects.filter(pk__in=ids).order_by("id").values_list("id", "territories", *SEARCHED_FIELDS)
    )
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE IF NOT EXISTS words_anew (id uuid, words text) ON COMMIT DROP")
        cursor.execute("TRUNCATE pg_temp.words_anew")
        with cursor.copy("COPY words_anew (id, words) FROM STDIN") as copy:
            for pk, territories, *facts in rows:
                copy.write_row((pk, search_text([*facts, *territories, *words.get(pk, [])])))
        cursor.execute(
            "UPDATE stakeholders_stakeholder there SET search_text = coalesce(nullif(words, ''), there.sort_name)"
            " FROM words_anew WHERE there.tenant_id = %s AND there.id = words_anew.id",
            [current_tenant_id()],
        )


def _words_beside(ids: list[uuid.UUID]) -> dict[uuid.UUID, list[str]]:
    """What stands beside them and is searched: more e-mail addresses, numbers, what they offer."""
    emails = ContactPoint.objects.filter(stakeholder__in=ids, kind=ContactPoint.Kind.EMAIL)
    numbers = Identifier.objects.filter(stakeholder__in=ids)
    offered = Asset.objects.filter(owner__in=ids, is_kept_back=False).exclude(offered=Asset.Offered.NO)
    found: dict[uuid.UUID, list[str]] = {}
    for pk, word in (
        *emails.order_by("id").values_list("stakeholder_id", "value"),
        *numbers.order_by("id").values_list("stakeholder_id", "value"),
        *offered.order_by("id").values_list("owner_id", "title"),
    ):
        found.setdefault(pk, []).append(word)
    return found
