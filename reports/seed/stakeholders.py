"""Stakeholders as the register's operations would have written them, normalised columns included."""

from reports.seed.inserting import Sowing
from reports.seed.words import list_sizes
from stakeholders.models import Affiliation, Stakeholder

_SIZES = list_sizes()


def word_join(alias: str, name: str, salt: int, other: tuple[str, str] | None = None) -> str:
    """A join that picks a word of a list for row ``n``; ``other`` is (condition, list) to pick from instead."""
    if other is None:
        picked = f"pg_temp.seed_pick(n, {salt}, {_SIZES[name]})"
        return f"JOIN seed_word {alias} ON {alias}.list = '{name}' AND {alias}.at = {picked}"
    condition, instead = other
    return (
        f"JOIN seed_word {alias} ON {alias}.list = CASE WHEN {condition} THEN '{instead}' ELSE '{name}' END "
        f"AND {alias}.at = pg_temp.seed_pick(n, {salt}, "
        f"CASE WHEN {condition} THEN {_SIZES[instead]} ELSE {_SIZES[name]} END)"
    )


_PERSON = "n % 5 = 0"
_NAMED = f"""(
  SELECT n, {_PERSON} AS is_person, place.word AS place, place.masked AS place_key, province.word AS province,
    province.masked AS province_key,
    concat_ws(' ', a.word, b.word, nullif(c.word, ''),
      CASE WHEN {_PERSON} THEN NULL ELSE 'di ' || place.word END) AS name,
    concat_ws(' ', a.masked, b.masked, nullif(c.masked, ''),
      CASE WHEN {_PERSON} THEN NULL ELSE 'di ' || place.masked END) AS sort_name,
    CASE WHEN {_PERSON} THEN replace(a.masked, ' ', '') || '.' || replace(b.masked, ' ', '') ELSE 'info' END AS mailbox,
    CASE WHEN {_PERSON} THEN '' ELSE pg_temp.seed_tax_code(n) END AS tax_code
  FROM generate_series(1, %(stakeholders)s) AS n
  {word_join("a", "form", 1, (_PERSON, "given"))}
  {word_join("b", "noun", 2, (_PERSON, "family"))}
  {word_join("c", "quality", 3, (_PERSON, "none"))}
  {word_join("place", "place", 4)}
  JOIN seed_word province ON province.list = 'province' AND province.at = 1 + place.at %% {_SIZES["province"]}
) named""".replace("n % 5", "n %% 5")  # noqa: S608 - our own words
_EMAIL = "mailbox || n || '@t' || current_tenant() || '.example'"

STAKEHOLDERS = Sowing(
    Stakeholder,
    _NAMED,
    {
        "id": "pg_temp.seed_key('stakeholder', n)",
        "tenant_id": "current_tenant()",
        "kind": "CASE n %% 5 WHEN 0 THEN 'person' WHEN 4 THEN 'group' ELSE 'organisation' END",
        "name": "name",
        "sector": "CASE WHEN is_person THEN 'community_member_or_group' ELSE "
        "(ARRAY['nonprofit', 'education', 'local_business', 'government_agency', 'health', 'other'])"
        "[pg_temp.seed_pick(n, 5, 6)] END",
        "tax_code": "tax_code",
        "place": "place",
        "province": "province",
        "email": _EMAIL,
        "language": "'it'",
        "status": "(ARRAY['identified', 'researched', 'approached', 'in_dialogue', 'partner', 'dormant'])"
        "[pg_temp.seed_pick(n, 6, 6)]",
        "visibility": "CASE WHEN n %% 10 = 1 THEN 2 ELSE 1 END",
        "user_id": "CASE WHEN n = 5 THEN %(partner)s::uuid END",
        "sort_name": "sort_name",
        "search_text": "concat_ws(' ', sort_name, place_key, province_key, nullif(tax_code, ''), "
        f"translate({_EMAIL}, '@.', '  '))",
    },
)
AFFILIATIONS = Sowing(
    Affiliation,
    "generate_series(1, %(people)s) AS n",
    {
        "id": "pg_temp.seed_key('affiliation', n)",
        "tenant_id": "current_tenant()",
        "person_id": "pg_temp.seed_key('stakeholder', 5 * n)",
        "organisation_id": "pg_temp.seed_key('stakeholder', 5 * n - 4)",
        "title": "'Referente'",
    },
)
