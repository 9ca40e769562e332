"""What hangs on the stakeholders of a register: other names, contacts, numbers, tags, talks, offers, maps and the rest.

What a page shows first is the same in a register of a hundred and in one of a hundred thousand, so that only the size
of the tables makes a difference between them. Twelve go by ``RARE_ALIAS``, nineteen offer ``RARE_OFFER``, thirty sit in
``RARE_PLACE``; three in five live the issue.
"""

from core.models import AuditEvent
from partnerships.models import ResourceNeed
from reports.seed.inserting import Sowing
from reports.seed.stakeholders import STAKEHOLDERS as BARE
from reports.seed.stakeholders import word_join
from stakeholders.models import (
    Assessment,
    Asset,
    AuditCount,
    ContactPoint,
    DuplicatePair,
    Identifier,
    InfluenceLink,
    Interaction,
    MapEntry,
    MapRater,
    MapRound,
    ProfileEdit,
    ReferenceCategory,
    ReferenceProfile,
    RepresentationAudit,
    SavedFilter,
    StakeholderMap,
    StakeholderTag,
    Tag,
)

RARE_ALIAS, RARE_OFFER, RARE_TAG = "Rete del Ginepro", "Furgone frigorifero", "Rete pilota"
RARE_PLACE = "Prati del Ginepro"
MAP_ENTRIES = 50
_TENANT = {"tenant_id": "current_tenant()"}
_STAKEHOLDER = "pg_temp.seed_key('stakeholder', n)"
_EVERYBODY = "generate_series(1, %(stakeholders)s) AS n"
_OFFER_KINDS = (
    "ARRAY['place', 'place', 'place', 'equipment', 'equipment', 'skill', 'skill', 'skill', 'economic', 'network', "
    "'knowledge_data', 'culture_story']"
)
# What is told of each one beside its own facts, empty where there is nothing.
_TOLD = f"""n, territory.word AS territory, territory.masked AS territory_key,
    CASE WHEN n <= 12 THEN '{RARE_ALIAS}' WHEN n % 10 IN (1, 2) THEN 'Rete ' || noun.word || ' ' || n ELSE '' END AS alias,
    CASE WHEN n <= 12 THEN lower('{RARE_ALIAS}') WHEN n % 10 IN (1, 2) THEN 'rete ' || noun.masked || ' ' || n
      ELSE '' END AS alias_key,
    CASE WHEN n % 5 IN (1, 2) THEN 'segreteria' || n || '@t' || current_tenant() || '.example' ELSE '' END AS second_email,
    CASE WHEN n % 5 = 1 THEN n::text ELSE '' END AS runts,
    n % 10 IN (1, 3, 7) AS has_offer, CASE WHEN n <= 61 THEN '{RARE_OFFER}' ELSE offer.word END AS offer,
    CASE WHEN n <= 61 THEN lower('{RARE_OFFER}') ELSE offer.masked END AS offer_key,
    CASE WHEN n <= 61 THEN 'equipment' ELSE ({_OFFER_KINDS})[offer.at] END AS offer_kind,
    CASE WHEN n <= 61 THEN 'yes' ELSE (ARRAY['yes', 'maybe', 'no', 'not_asked'])[pg_temp.seed_pick(n, 62, 4)]
      END AS offered""".replace("n % ", "n %% ")
_WORDS = " ".join([word_join("territory", "place", 63), word_join("noun", "noun", 64), word_join("offer", "offer", 65)])
_FACTS = f"(SELECT {_TOLD} FROM {_EVERYBODY} {_WORDS}) facts"  # noqa: S608 - our own words

# One query level: joined as two, a hundred thousand rows would be compared with as many.
_NAMED = f"""(
  SELECT named.is_person, named.place, named.place_key, named.province, named.province_key, named.name, named.sort_name,
    named.mailbox, named.tax_code, {_TOLD}
  FROM {BARE.source} {_WORDS}
) told"""  # noqa: S608 - our own words
STAKEHOLDERS = Sowing(
    BARE.model,
    _NAMED,
    {
        **BARE.columns,
        "aliases": "alias",
        "place": f"CASE WHEN n <= 30 THEN '{RARE_PLACE}' ELSE place END",
        "territories": "CASE WHEN n %% 4 = 1 THEN ARRAY[territory] ELSE ARRAY[]::text[] END",
        "stakes": "ARRAY[CASE WHEN n %% 5 < 3 THEN 'affected' ELSE (ARRAY['decides', 'delivers', 'funds', 'knows', "
        "'opposes'])[pg_temp.seed_pick(n, 66, 5)] END]",
        # Three of five, so that a page by state or basis is full among a hundred as among a hundred thousand.
        "status": "CASE WHEN n %% 5 < 3 THEN 'partner' ELSE (ARRAY['identified', 'researched', 'approached', "
        "'in_dialogue', 'dormant'])[pg_temp.seed_pick(n, 6, 5)] END",
        "lawful_basis": "CASE WHEN n %% 5 > 1 THEN '' ELSE (ARRAY['consent', 'legitimate_interest', 'public_task'])"
        "[pg_temp.seed_pick(n, 67, 3)] END",
        "do_not_contact": "n %% 50 = 0",
        "relationship_owner_id": "CASE WHEN n %% 20 = 1 THEN %(coordinator)s::uuid END",
        "search_text": "concat_ws(' ', sort_name, nullif(alias_key, ''), "
        f"CASE WHEN n <= 30 THEN lower('{RARE_PLACE}') ELSE place_key END, province_key, nullif(tax_code, ''), "
        f"translate({BARE.columns['email']}, '@.', '  '), CASE WHEN n %% 4 = 1 THEN territory_key END, "
        "nullif(translate(second_email, '@.', '  '), ''), nullif(runts, ''), "
        "CASE WHEN has_offer AND offered <> 'no' THEN offer_key END)",
    },
)
EVENTS = Sowing(
    AuditEvent,
    _EVERYBODY,
    {
        **_TENANT,
        "id": "pg_temp.seed_key('event', n)",
        "at": "%(now)s::timestamptz - make_interval(mins => %(stakeholders)s - n)",
        "actor_id": "%(coordinator)s::uuid",
        "verb": "'stakeholder.added'",
        "subject_type": "'stakeholders.stakeholder'",
        "subject_id": _STAKEHOLDER,
        "changes": """'{"kind": "organisation"}'::jsonb""",
    },
)
EMAILS = Sowing(
    ContactPoint,
    f"{_FACTS} WHERE second_email <> ''",
    {
        **_TENANT,
        "id": "pg_temp.seed_key('contact', n)",
        "stakeholder_id": _STAKEHOLDER,
        "kind": "'email'",
        "value": "second_email",
        "label": "'Segreteria'",
    },
)
NUMBERS = Sowing(
    Identifier,
    f"{_FACTS} WHERE runts <> ''",
    {
        **_TENANT,
        "id": "pg_temp.seed_key('identifier', n)",
        "stakeholder_id": _STAKEHOLDER,
        "scheme": "'RUNTS'",
        "value": "runts",
    },
)
TAGS = Sowing(
    Tag,
    "seed_word WHERE list = 'tag'",
    {**_TENANT, "id": "pg_temp.seed_key('tag', at)", "name": "word", "key": "masked"},
)
RARE_TAGS = Sowing(
    Tag,
    "(VALUES (0)) AS rare(at)",
    {**_TENANT, "id": "pg_temp.seed_key('tag', at)", "name": f"'{RARE_TAG}'", "key": f"lower('{RARE_TAG}')"},
)
TAGGED = Sowing(
    StakeholderTag,
    f"{_EVERYBODY} CROSS JOIN LATERAL (SELECT 0 AS tag WHERE n <= 30 "
    "UNION ALL SELECT pg_temp.seed_pick(n, 68, 12) WHERE n %% 2 = 1) given",
    {
        **_TENANT,
        "id": "pg_temp.seed_key('tagged', n * 100 + tag)",
        "stakeholder_id": _STAKEHOLDER,
        "tag_id": "pg_temp.seed_key('tag', tag)",
    },
)
TALKS = Sowing(
    Interaction,
    f"{_EVERYBODY} CROSS JOIN LATERAL generate_series(1, CASE WHEN n = 1 THEN 6 ELSE 1 END) AS t WHERE n %% 3 = 1",
    {
        **_TENANT,
        "id": "pg_temp.seed_key('talk', n * 10 + t)",
        "stakeholder_id": _STAKEHOLDER,
        "person_id": "CASE WHEN n %% 5 = 1 AND n + 4 <= %(stakeholders)s THEN pg_temp.seed_key('stakeholder', n + 4) END",
        "kind": "(ARRAY['call', 'meeting', 'mail', 'visit'])[pg_temp.seed_pick(n, 69, 4)]",
        "held_on": "%(today)s::date - pg_temp.seed_pick(n, 70, 400) - t",
        "summary": "'They would like to hear from us before the summer.'",
        "next_step": "CASE WHEN n %% 10 = 1 THEN 'Send the dates' ELSE '' END",
        "next_step_on": "CASE WHEN n %% 10 = 1 THEN %(today)s::date + pg_temp.seed_pick(n, 71, 60) END",
        "by_id": "%(coordinator)s::uuid",
    },
)
OFFERS = Sowing(
    Asset,
    f"{_FACTS} WHERE has_offer",
    {
        **_TENANT,
        "id": "pg_temp.seed_key('asset', n)",
        "owner_id": _STAKEHOLDER,
        "kind": "offer_kind",
        "title": "offer",
        "offered": "offered",
        "search_text": "offer_key",
    },
)
# Each organisation works with the next; the first funds eight others.
RELATIONS = Sowing(
    InfluenceLink,
    "(SELECT 5 * k - 4 AS source, 5 * k - 3 AS target, 'works_with' AS kind FROM generate_series(1, %(people)s) AS k"
    " UNION ALL SELECT 1, 5 * k - 4, 'funds' FROM generate_series(2, least(9, %(people)s)) AS k) related",
    {
        **_TENANT,
        "id": "pg_temp.seed_key('relation ' || kind, target)",
        "source_id": "pg_temp.seed_key('stakeholder', source)",
        "target_id": "pg_temp.seed_key('stakeholder', target)",
        "kind": "kind",
        "since": "%(today)s::date - 300",
    },
)
PAIRS = Sowing(
    DuplicatePair,
    "generate_series(1, least(%(people)s, greatest(20, %(stakeholders)s / 150))) AS k"
    " CROSS JOIN (VALUES (4, 3, 1), (3, 2, 2), (4, 2, 3)) AS pair(one, other, strength)",
    {
        **_TENANT,
        "id": "pg_temp.seed_key('pair', k * 10 + strength)",
        "first_id": "pg_temp.seed_key('stakeholder', 5 * k - one)",
        "second_id": "pg_temp.seed_key('stakeholder', 5 * k - other)",
        "strength": "strength",
        "reasons": "ARRAY['name']",
    },
)
_ONE = "(VALUES (1)) AS one(n)"
MAPS = Sowing(
    StakeholderMap,
    _ONE,
    {
        **_TENANT,
        "id": "pg_temp.seed_key('map', n)",
        "title": "'Who matters for Saturdays'",
        "issue": "'The library closes too early'",
        "place": "'Valdoro'",
        "created_by_id": "%(coordinator)s::uuid",
    },
)
ENTRIES = Sowing(
    MapEntry,
    f"{_EVERYBODY} WHERE n <= {MAP_ENTRIES}",
    {
        **_TENANT,
        "id": "pg_temp.seed_key('entry', n)",
        "map_id": "pg_temp.seed_key('map', 1)",
        "stakeholder_id": _STAKEHOLDER,
        "ring": "1 + n %% 4",
    },
)
ROUNDS = Sowing(
    MapRound,
    "generate_series(1, 2) AS r",
    {
        **_TENANT,
        "id": "pg_temp.seed_key('round', r)",
        "map_id": "pg_temp.seed_key('map', 1)",
        "number": "r",
        "opened_on": "%(today)s::date - 400 + 200 * r",
        "closed_on": "CASE WHEN r = 1 THEN %(today)s::date - 150 END",
    },
)
RATERS = Sowing(
    MapRater,
    "(VALUES (1, %(coordinator)s::uuid), (2, %(admin)s::uuid)) AS rater(n, person)",
    {
        **_TENANT,
        "id": "pg_temp.seed_key('rater', n)",
        "map_id": "pg_temp.seed_key('map', 1)",
        "user_id": "person",
    },
)
RATINGS = Sowing(
    Assessment,
    f"generate_series(1, least({MAP_ENTRIES}, %(stakeholders)s)) AS n CROSS JOIN generate_series(1, 2) AS r"
    " CROSS JOIN generate_series(1, 2) AS who",
    {
        **_TENANT,
        "id": "pg_temp.seed_key('rating', n * 100 + r * 10 + who)",
        "entry_id": "pg_temp.seed_key('entry', n)",
        "round_id": "pg_temp.seed_key('round', r)",
        "rater_id": "pg_temp.seed_key('rater', who)",
        "rated_on": "%(today)s::date - 390 + 200 * r",
        **{
            name: f"pg_temp.seed_pick(n, {72 + at} + 10 * r + 40 * who, 5)"
            for at, name in enumerate(("power", "interest", "legitimacy", "urgency", "attitude"))
        },
    },
)
EDITS = Sowing(
    ProfileEdit,
    "generate_series(1, 25 + %(stakeholders)s / 2000) AS k WHERE %(people)s > 0",
    {
        **_TENANT,
        "id": "pg_temp.seed_key('edit', k)",
        "stakeholder_id": "pg_temp.seed_key('stakeholder', 5 * ((k - 1) %% greatest(%(people)s, 1)) + 1)",
        "organisation_id": "pg_temp.seed_key('stakeholder', 5 * ((k - 1) %% greatest(%(people)s, 1)) + 1)",
        "by_id": "%(partner)s::uuid",
        "changes": """'{"website": ["", "https://valdoro.example"]}'::jsonb""",
        "edited_at": "%(now)s::timestamptz - make_interval(hours => k)",
    },
)
COMMUNITIES = Sowing(
    ReferenceProfile,
    _ONE,
    {
        **_TENANT,
        "id": "pg_temp.seed_key('community', n)",
        "dimension": "'age_band'",
        "area": "'Valdoro'",
        "year": "2025",
        "source": "'Municipal register of residents'",
    },
)
_GROUPS = (
    "(VALUES (1, '0-17', 900), (2, '18-39', 1700), (3, '40-64', 2600), (4, '65+', 1800)) AS part(n, label, people)"
)
GROUPS = Sowing(
    ReferenceCategory,
    _GROUPS,
    {
        **_TENANT,
        "id": "pg_temp.seed_key('group', n)",
        "profile_id": "pg_temp.seed_key('community', 1)",
        "position": "n",
        "label": "label",
        "population_count": "people",
    },
)
AUDITS = Sowing(
    RepresentationAudit,
    _ONE,
    {
        **_TENANT,
        "id": "pg_temp.seed_key('audit', n)",
        "profile_id": "pg_temp.seed_key('community', 1)",
        "body": "'Steering group'",
        "audited_on": "%(today)s::date - 40",
        "method": "'known_role'",
    },
)
COUNTS = Sowing(
    AuditCount,
    _GROUPS,
    {
        **_TENANT,
        "id": "pg_temp.seed_key('count', n)",
        "audit_id": "pg_temp.seed_key('audit', 1)",
        "category_id": "pg_temp.seed_key('group', n)",
        "count": "3 * n",
    },
)
FILTERS = Sowing(
    SavedFilter,
    "generate_series(1, 5) AS n",
    {
        **_TENANT,
        "id": "pg_temp.seed_key('filter', n)",
        "name": "'Schools ' || n",
        "query": "'sector=education'",
        "owner_id": "%(coordinator)s::uuid",
    },
)
NEEDS = Sowing(
    ResourceNeed,
    "generate_series(1, 10) AS n",
    {
        **_TENANT,
        "id": "pg_temp.seed_key('need', n)",
        "partnership_id": "pg_temp.seed_key('partnership', 1)",
        "kind": "'equipment'",
        "title": f"CASE WHEN n = 1 THEN '{RARE_OFFER}' ELSE 'Gazebo ' || n END",
        "needed_from": "%(today)s::date + 10 * n",
    },
)
HUNG: tuple[Sowing, ...] = (
    EVENTS, EMAILS, NUMBERS, TAGS, RARE_TAGS, TAGGED, TALKS, OFFERS, RELATIONS, PAIRS, MAPS, ENTRIES, ROUNDS, RATERS,
    RATINGS, EDITS, COMMUNITIES, GROUPS, AUDITS, COUNTS, FILTERS,
    NEEDS,
)  # fmt: skip
