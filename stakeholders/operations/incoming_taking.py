"""Taking the rows of an import over: new stakeholders, who works where, what stands beside them, and what was done."""

import uuid
from collections.abc import Iterator

from django.utils import timezone

from core.access.visibility import Visibility
from core.tenancy.context import current_tenant_id
from stakeholders.models import Stakeholder
from stakeholders.operations.incoming import ROWS_AT_ONCE, Incoming
from stakeholders.operations.incoming_comparison import FOLLOW
from stakeholders.operations.incoming_filling import FILLED_FIELDS, fill_in, refresh_words
from stakeholders.operations.tag import tag_named
from stakeholders.rules.import_entry import STORED_FIELDS

_FIELDS = ", ".join(STORED_FIELDS)
# The columns copied are texts; these become something else on the way.
_BECOMES = {
    "languages": "string_to_array(languages, ',')",
    "territories": "string_to_array(territories, E'\n')",
    "source": "coalesce(nullif(source, ''), %s)",
    "do_not_contact": "do_not_contact <> ''",
    "visibility": "CASE WHEN %s THEN coalesce(nullif(visibility, '')::smallint, %s) ELSE %s END",
}
_VALUES = ", ".join(_BECOMES.get(name, name) for name in STORED_FIELDS)
_TAKE_OVER = f"""
INSERT INTO stakeholders_stakeholder (
  id, tenant_id, {_FIELDS}, sort_name, search_text, status, created_at, updated_at
)
SELECT id, %s, {_VALUES}, sort_name, search_text, %s, %s, %s
FROM incoming WHERE verdict IS NULL AND row > %s AND row <= %s ORDER BY pos
ON CONFLICT DO NOTHING
"""  # noqa: S608 - put together from our own field names
# Somebody added the same body by hand meanwhile: no lock keeps people apart.
_KNOWN_MEANWHILE = """
UPDATE incoming SET verdict = 'known', matched = there.id FROM stakeholders_stakeholder there
WHERE there.tenant_id = %s AND incoming.verdict IS NULL AND there.tax_code = incoming.tax_code
  AND there.tax_code <> '' AND there.id <> incoming.id
"""
# One row of ``told`` a stakeholder: whom a row became, and whether it may be added to.
_TOLD = """
WITH told AS (
  SELECT id, coalesce(matched, id) AS target, verdict IS NULL OR (
    verdict = 'again' AND matched IN (SELECT id FROM incoming WHERE verdict IS NULL)
  ) AS is_new FROM incoming WHERE verdict IS DISTINCT FROM 'wrong'
)
"""
_LINK = f"""
{_TOLD}, made AS (
  INSERT INTO stakeholders_affiliation (id, tenant_id, person_id, organisation_id, title, is_active)
  SELECT DISTINCT ON (person.target, organisation.target)
    person.id, %(tenant)s, person.target, organisation.target, incoming.title, true
  FROM incoming
  JOIN told person ON person.id = incoming.id
  JOIN told organisation ON organisation.id = incoming.works_at
  WHERE (person.is_new OR organisation.is_new OR %(updates)s) AND NOT EXISTS (
    SELECT 1 FROM stakeholders_stakeholder gone WHERE gone.tenant_id = %(tenant)s AND gone.erased_at IS NOT NULL
      AND gone.id IN (person.target, organisation.target)
  )
  ORDER BY person.target, organisation.target, incoming.pos
  ON CONFLICT DO NOTHING
  RETURNING id, person_id
)
INSERT INTO incoming_made SELECT person_id, 'affiliation', id FROM made
"""  # noqa: S608 - our own texts
_ADDED_BESIDE = """
  JOIN told ON told.id = beside.owner
  JOIN stakeholders_stakeholder there ON there.tenant_id = %(tenant)s AND there.id = told.target
  WHERE (told.is_new OR %(updates)s) AND there.erased_at IS NULL
"""
_CONTACTS = f"""
{_TOLD}, made AS (
  INSERT INTO stakeholders_contactpoint (id, tenant_id, stakeholder_id, kind, value, label)
  SELECT DISTINCT ON (told.target, beside.kind, beside.value)
    beside.id, %(tenant)s, told.target, beside.kind, beside.value, beside.label
  FROM incoming_beside beside {_ADDED_BESIDE}
    AND beside.kind NOT IN ('tag', 'identifier') AND beside.value NOT IN (there.email, there.phone, there.website)
  ORDER BY told.target, beside.kind, beside.value, beside.id
  ON CONFLICT DO NOTHING
  RETURNING id, stakeholder_id
)
INSERT INTO incoming_made SELECT stakeholder_id, 'contact', id FROM made
"""  # noqa: S608 - as above
_IDENTIFIERS = f"""
{_TOLD}, made AS (
  INSERT INTO stakeholders_identifier (id, tenant_id, stakeholder_id, scheme, value)
  SELECT DISTINCT ON (beside.label, beside.value) beside.id, %(tenant)s, told.target, beside.label, beside.value
  FROM incoming_beside beside {_ADDED_BESIDE} AND beside.kind = 'identifier'
  ORDER BY beside.label, beside.value, beside.id
  ON CONFLICT DO NOTHING
  RETURNING id, stakeholder_id
)
INSERT INTO incoming_made SELECT stakeholder_id, 'identifier', id FROM made
"""  # noqa: S608 - as above
_TAGS = f"""
{_TOLD}, made AS (
  INSERT INTO stakeholders_stakeholdertag (id, tenant_id, stakeholder_id, tag_id)
  SELECT DISTINCT ON (told.target, tag.id) beside.id, %(tenant)s, told.target, tag.id
  FROM incoming_beside beside
  JOIN stakeholders_tag tag ON tag.tenant_id = %(tenant)s AND tag.key = beside.value {_ADDED_BESIDE}
    AND beside.kind = 'tag'
  ORDER BY told.target, tag.id, beside.id
  ON CONFLICT DO NOTHING
  RETURNING id, stakeholder_id
)
INSERT INTO incoming_made SELECT stakeholder_id, 'tag', id FROM made
"""  # noqa: S608 - as above
_MADE = """
SELECT stakeholder, jsonb_object_agg(what, ids) AS made, (array_agg(one))[1] AS one FROM (
  SELECT stakeholder, what, jsonb_agg(id) AS ids, (array_agg(id))[1] AS one
  FROM incoming_made GROUP BY stakeholder, what
) grouped GROUP BY stakeholder
"""
_NOTE_ADDED = f"""
INSERT INTO stakeholders_importchange (id, tenant_id, stakeholder_import_id, stakeholder_id, before)
SELECT incoming.id, %s, %s, incoming.id, CASE WHEN made IS NULL THEN '{{}}' ELSE jsonb_build_object('made', made) END
FROM incoming LEFT JOIN ({_MADE}) hung ON hung.stakeholder = incoming.id WHERE verdict IS NULL
"""  # noqa: S608 - our own texts
_WRITTEN = {name: f"jsonb_build_array('', {name})" for name in FILLED_FIELDS} | {
    "do_not_contact": "jsonb_build_array(false, true)"
}
_FILLED = ", ".join(f"'{name}', CASE WHEN {name} IS NOT NULL THEN {_WRITTEN[name]} END" for name in FILLED_FIELDS)
_NOTE_FILLED = f"""
INSERT INTO stakeholders_importchange (id, tenant_id, stakeholder_import_id, stakeholder_id, before)
SELECT coalesce(fill.change, hung.one), %s, %s, coalesce(fill.stakeholder, hung.stakeholder), jsonb_strip_nulls(
  jsonb_build_object('values', jsonb_strip_nulls(jsonb_build_object({_FILLED})), 'made', made)
)
FROM (SELECT * FROM incoming_fill WHERE %s) fill FULL JOIN ({_MADE}) hung ON hung.stakeholder = fill.stakeholder
WHERE coalesce(fill.stakeholder, hung.stakeholder) NOT IN (SELECT id FROM incoming WHERE verdict IS NULL)
"""  # noqa: S608 - our own texts


def take_over(incoming: Incoming, *, source: str, takes_levels: bool, last_row: int) -> Iterator[int]:
    """Put the new rows into the register, some thousand at a time; gives the number added each time.

    With ``takes_levels`` each may be seen by whom the file says, else by the coordination alone.
    """
    now = timezone.now()
    status, least = Stakeholder.Status.IDENTIFIED.value, Visibility.COORDINATION.value
    facts = [current_tenant_id(), source, takes_levels, least, least, status, now, now]
    for start in range(0, last_row, ROWS_AT_ONCE):
        incoming.cursor.execute(_TAKE_OVER, [*facts, start, start + ROWS_AT_ONCE])
        yield incoming.cursor.rowcount


def take_over_the_rest(
    incoming: Incoming, *, updates_known: bool, some_known_meanwhile: bool, import_id: uuid.UUID | None
) -> int:
    """Who works where, what stands beside them and, for known ones, what was empty; returns how many were filled in.

    Known stakeholders are only touched with ``updates_known``; a new person is always linked to a known organisation.
    With ``import_id`` every change is noted, so that the import can be undone.
    """
    facts: dict[str, object] = {"tenant": current_tenant_id(), "updates": updates_known}
    if some_known_meanwhile:
        incoming.cursor.execute(_KNOWN_MEANWHILE, [facts["tenant"]])
        incoming.cursor.execute(FOLLOW)
    filled = fill_in(incoming.cursor) if updates_known else 0
    if incoming.has_people:
        incoming.cursor.execute(_LINK, facts)
    if incoming.has_beside:
        _add_beside(incoming, facts)
    if import_id is not None:
        _note_changes(incoming, import_id, updates_known=updates_known)
    return filled


def _add_beside(incoming: Incoming, facts: dict[str, object]) -> None:
    incoming.cursor.execute("SELECT DISTINCT ON (value) label FROM incoming_beside WHERE kind = 'tag'")
    for (name,) in incoming.cursor.fetchall():
        tag_named(name)
    for statement in (_CONTACTS, _IDENTIFIERS, _TAGS):
        incoming.cursor.execute(statement, facts)
    incoming.cursor.execute("SELECT DISTINCT stakeholder FROM incoming_made WHERE what IN ('contact', 'identifier')")
    refresh_words(pk for (pk,) in incoming.cursor.fetchall())


def _note_changes(incoming: Incoming, import_id: uuid.UUID, *, updates_known: bool) -> None:
    tenant = current_tenant_id()
    incoming.cursor.execute(_NOTE_ADDED, [tenant, import_id])
    incoming.cursor.execute(_NOTE_FILLED, [tenant, import_id, updates_known])
