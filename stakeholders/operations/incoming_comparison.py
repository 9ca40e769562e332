"""Which rows of an import are new, known to the register, said again by the file, or wrong.

Organisations come first: people without an e-mail address are recognised by their name and the organisation they
belong to. ``matched`` names the row or the record somebody is the same as. Everything is one statement for all rows.
"""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.tabular.errors import Message, RowError
from core.tenancy.context import current_tenant_id
from stakeholders.rules.stakeholder import place_key

# A tax code under two names in one file is somebody's mistake; under one name it is the same body twice.
_CONTRADICTIONS = """
UPDATE incoming SET verdict = 'wrong' FROM (
  SELECT later.pos, named.row AS first FROM incoming later
  JOIN (
    SELECT tax_code, min(pos) AS first FROM incoming WHERE tax_code <> '' GROUP BY tax_code HAVING count(*) > 1
  ) earlier USING (tax_code)
  JOIN incoming named ON named.pos = earlier.first
  WHERE later.pos <> earlier.first AND later.sort_name <> named.sort_name
) found WHERE incoming.pos = found.pos
RETURNING incoming.row, incoming.tax_code, found.first
"""
_SAME_CODE_IN_FILE = """
UPDATE incoming SET verdict = 'again', matched = named.id FROM (
  SELECT tax_code, min(pos) AS first FROM incoming WHERE tax_code <> '' GROUP BY tax_code HAVING count(*) > 1
) twice JOIN incoming named ON named.pos = twice.first
WHERE incoming.tax_code = twice.tax_code AND incoming.pos <> twice.first AND incoming.verdict IS NULL
"""
_SAME_NAME_IN_FILE = """
UPDATE incoming SET verdict = 'again', matched = twice.first FROM (
  SELECT pos, first FROM (
    SELECT pos, tax_code, row_number() OVER one AS turn, first_value(id) OVER one AS first
    FROM incoming WHERE verdict IS NULL AND NOT is_mention AND kind <> 'person'
    WINDOW one AS (PARTITION BY sort_name, place_key ORDER BY tax_code = '', pos)
  ) numbered WHERE tax_code = '' AND turn > 1
) twice WHERE incoming.pos = twice.pos
"""
# Records merged into another lead to that one.
_SAME_CODE_IN_REGISTER = """
UPDATE incoming SET verdict = 'known', matched = there.id FROM stakeholders_stakeholder there
WHERE there.tenant_id = %s AND there.tax_code = incoming.tax_code AND there.tax_code <> ''
  AND incoming.verdict IS NULL
"""
_PLACES_OF_NAMESAKES = """
SELECT DISTINCT there.place FROM incoming JOIN stakeholders_stakeholder there
  ON there.sort_name = incoming.sort_name AND (there.tax_code = '' OR incoming.tax_code = '')
WHERE there.tenant_id = %s AND incoming.verdict IS NULL
"""
_SAME_NAME_IN_REGISTER = """
UPDATE incoming SET verdict = 'known', matched = coalesce(there.merged_into_id, there.id)
FROM stakeholders_stakeholder there
WHERE there.tenant_id = %s AND there.sort_name = incoming.sort_name AND incoming.verdict IS NULL
  AND NOT incoming.is_mention AND incoming.kind <> 'person' AND there.kind <> 'person'
  AND (there.tax_code = '' OR incoming.tax_code = '')
  AND EXISTS (SELECT 1 FROM incoming_place WHERE place = there.place AND key = incoming.place_key)
"""
# An organisation named by somebody's row: the file's, else the register's, when there is one only.
_NAMED_IN_FILE = """
UPDATE incoming SET verdict = CASE WHEN there.count = 1 THEN 'again' ELSE 'ambiguous' END, matched = there.first
FROM (
  SELECT sort_name, count(*) AS count, (array_agg(id ORDER BY pos))[1] AS first FROM incoming
  WHERE NOT is_mention AND kind <> 'person' AND (verdict IS NULL OR verdict = 'known') GROUP BY sort_name
) there WHERE incoming.is_mention AND incoming.verdict IS NULL AND there.sort_name = incoming.sort_name
"""
_NAMED_IN_REGISTER = """
UPDATE incoming SET verdict = CASE WHEN named.count = 1 THEN 'known' ELSE 'ambiguous' END, matched = named.one
FROM (
  SELECT sort_name, count(DISTINCT coalesce(merged_into_id, id)) AS count,
    (array_agg(coalesce(merged_into_id, id)))[1] AS one
  FROM stakeholders_stakeholder
  WHERE tenant_id = %s AND kind <> 'person' AND sort_name IN (
    SELECT sort_name FROM incoming WHERE is_mention AND verdict IS NULL
  ) GROUP BY sort_name
) named WHERE incoming.is_mention AND incoming.verdict IS NULL AND named.sort_name = incoming.sort_name
"""
_NAMED_AGAIN = """
UPDATE incoming SET verdict = 'again', matched = named.first FROM (
  SELECT sort_name, min(pos) AS pos, (array_agg(id ORDER BY pos))[1] AS first
  FROM incoming WHERE is_mention AND verdict IS NULL GROUP BY sort_name
) named WHERE incoming.is_mention AND incoming.verdict IS NULL
  AND named.sort_name = incoming.sort_name AND named.pos <> incoming.pos
"""
_AMBIGUOUS = """
UPDATE incoming SET verdict = 'wrong', matched = NULL WHERE verdict = 'ambiguous' RETURNING row, name
"""
_PEOPLE_OF_WRONG = """
UPDATE incoming SET verdict = 'wrong' FROM incoming organisation
WHERE incoming.works_at = organisation.id AND organisation.verdict = 'wrong'
"""
_SAME_PERSON_BY_EMAIL_IN_FILE = """
UPDATE incoming SET verdict = 'again', matched = twice.first FROM (
  SELECT pos, first FROM (
    SELECT pos, row_number() OVER one AS turn, first_value(id) OVER one AS first
    FROM incoming WHERE verdict IS NULL AND kind = 'person' AND email <> ''
    WINDOW one AS (PARTITION BY email, words ORDER BY tax_code = '', pos)
  ) numbered WHERE turn > 1
) twice WHERE incoming.pos = twice.pos AND incoming.tax_code = ''
"""
# One mailbox may be several people's: the same words of the name make it one person.
_SAME_PERSON_BY_EMAIL = """
UPDATE incoming SET verdict = 'known', matched = coalesce(there.merged_into_id, there.id)
FROM stakeholders_stakeholder there
WHERE there.tenant_id = %s AND there.email = incoming.email AND there.email <> '' AND there.kind = 'person'
  AND incoming.kind = 'person' AND incoming.verdict IS NULL
  AND (there.tax_code = '' OR incoming.tax_code = '')
  AND incoming.words = (
    SELECT string_agg(word, ' ' ORDER BY word COLLATE "C") FROM unnest(string_to_array(there.sort_name, ' ')) word
  )
"""
_SAME_PERSON_IN_FILE = """
UPDATE incoming SET verdict = 'again', matched = twice.first FROM (
  SELECT pos, first FROM (
    SELECT person.pos, person.tax_code, person.email, row_number() OVER one AS turn,
      first_value(person.id) OVER one AS first
    FROM incoming person LEFT JOIN incoming organisation ON organisation.id = person.works_at
    WHERE person.verdict IS NULL AND person.kind = 'person'
    WINDOW one AS (
      PARTITION BY person.sort_name, person.place_key, coalesce(organisation.matched, organisation.id)
      ORDER BY person.tax_code = '', person.email = '', person.pos
    )
  ) numbered WHERE tax_code = '' AND email = '' AND turn > 1
) twice WHERE incoming.pos = twice.pos
"""
_SAME_PERSON_IN_REGISTER = """
UPDATE incoming SET verdict = 'known', matched = coalesce(there.merged_into_id, there.id)
FROM stakeholders_stakeholder there
WHERE there.tenant_id = %(tenant)s AND there.sort_name = incoming.sort_name AND incoming.verdict IS NULL
  AND incoming.kind = 'person' AND there.kind = 'person'
  AND (there.tax_code = '' OR incoming.tax_code = '') AND (there.email = '' OR incoming.email = '')
  AND CASE WHEN incoming.works_at IS NULL
    THEN EXISTS (SELECT 1 FROM incoming_place WHERE place = there.place AND key = incoming.place_key)
    ELSE EXISTS (
      SELECT 1 FROM incoming organisation JOIN stakeholders_affiliation affiliation
        ON affiliation.organisation_id = coalesce(organisation.matched, organisation.id)
      WHERE organisation.id = incoming.works_at AND affiliation.tenant_id = %(tenant)s
        AND affiliation.person_id = coalesce(there.merged_into_id, there.id)
    ) END
"""
# What repeats a row that is known is known as the same record.
FOLLOW = """
UPDATE incoming SET matched = first.matched FROM incoming first
WHERE incoming.verdict = 'again' AND incoming.matched = first.id AND first.matched IS NOT NULL
"""


def compare_all(cursor: Any, *, has_people: bool, has_mentions: bool) -> list[RowError]:
    """Give every row its verdict: none (new), known, again, wrong. Returns what is wrong."""
    tenant = current_tenant_id()
    cursor.execute("ANALYZE incoming")
    cursor.execute(_CONTRADICTIONS)
    wrong = [_contradiction(*found) for found in cursor.fetchall()]
    cursor.execute(_SAME_CODE_IN_FILE)
    cursor.execute(_SAME_NAME_IN_FILE)
    cursor.execute(_SAME_CODE_IN_REGISTER, [tenant])
    _note_places(cursor, tenant)
    cursor.execute(_SAME_NAME_IN_REGISTER, [tenant])
    if has_mentions:
        wrong += _compare_mentions(cursor, tenant)
    cursor.execute(FOLLOW)
    if has_people:
        _compare_people(cursor, tenant)
    return wrong


def _compare_mentions(cursor: Any, tenant: int) -> list[RowError]:
    cursor.execute(_NAMED_IN_FILE)
    cursor.execute(_NAMED_IN_REGISTER, [tenant])
    cursor.execute(_NAMED_AGAIN)
    cursor.execute(_AMBIGUOUS)
    return [_ambiguity(row, name) for row, name in cursor.fetchall()]


def _compare_people(cursor: Any, tenant: int) -> None:
    cursor.execute(_PEOPLE_OF_WRONG)
    cursor.execute(_SAME_PERSON_BY_EMAIL_IN_FILE)
    cursor.execute(_SAME_PERSON_BY_EMAIL, [tenant])
    cursor.execute(_SAME_PERSON_IN_FILE)
    cursor.execute(_SAME_PERSON_IN_REGISTER, {"tenant": tenant})
    cursor.execute(FOLLOW)


def _note_places(cursor: Any, tenant: int) -> None:
    """How the places of namesakes are written when compared: only Python knows (no ICU in the database)."""
    cursor.execute(_PLACES_OF_NAMESAKES, [tenant])
    places: Sequence[str] = [place for (place,) in cursor.fetchall()]
    with cursor.copy("COPY incoming_place (place, key) FROM STDIN") as copy:
        for place in places:
            copy.write_row((place, place_key(place)))


def _contradiction(row: int, tax_code: str, first: int) -> RowError:
    reason = Message(
        _("Row %(first)s has the same tax code %(code)s under another name."), {"first": first, "code": tax_code}
    )
    return RowError(row, reason)


def _ambiguity(row: int, name: str) -> RowError:
    reason = Message(
        _("There are several organisations called “%(name)s”: the row does not say which."), {"name": name}
    )
    return RowError(row, reason)
