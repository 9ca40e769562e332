"""Partnerships with members who signed, the people who speak for them, and tasks in every state."""

from core.models import AccessScope, Grant
from partnerships.models import (
    Agreement,
    AgreementVersion,
    Partnership,
    PartnershipMember,
    Representative,
    Signature,
    Task,
    TaskUpdate,
)
from reports.seed.inserting import Sowing
from reports.seed.words import list_sizes

_SIZES = list_sizes()
_TENANT = {"tenant_id": "current_tenant()"}
# Which organisation stands at place m of partnership p, counted from 0: they follow one another round the register.
_SLOT = "(((p - 1) * %(members)s + m - 1) %% %(people)s)"
_ORGANISATION = f"pg_temp.seed_key('stakeholder', 5 * {_SLOT} + 1)"
_SPEAKER = f"pg_temp.seed_key('stakeholder', 5 * {_SLOT} + 5)"
_MEMBER = "pg_temp.seed_key('member', p * 1000 + m)"
_PLACES = "generate_series(1, %(partnerships)s) AS p CROSS JOIN generate_series(1, %(members)s) AS m"
_EACH = "generate_series(1, %(partnerships)s) AS p"
_TEXT = "'We meet every month, share what we know, and keep our promises in the open.'"
_SHA256 = f"encode(sha256(convert_to({_TEXT}, 'UTF8')), 'hex')"

SCOPES = Sowing(
    AccessScope,
    "generate_series(0, %(partnerships)s) AS p",
    {
        **_TENANT,
        "id": "pg_temp.seed_key('scope', p)",
        "kind": "CASE WHEN p = 0 THEN 'tenant' ELSE 'partnership' END",
    },
)
# A partner speaks in every partnership; coordination and administration hold their role in the whole tenant.
GRANTS = Sowing(
    Grant,
    "(SELECT 'tenant_admin' AS role, 0 AS p, %(admin)s::uuid AS person"
    " UNION ALL SELECT 'coordinator', 0, %(coordinator)s"
    " UNION ALL SELECT 'partner_lead', p, %(partner)s FROM generate_series(1, %(partnerships)s) AS p) given",
    {
        **_TENANT,
        "id": "pg_temp.seed_key('grant ' || role, p)",
        "user_id": "person",
        "scope_id": "pg_temp.seed_key('scope', p)",
        "role": "role",
    },
)
PARTNERSHIPS = Sowing(
    Partnership,
    f"{_EACH} JOIN seed_word place ON place.list = 'place' AND place.at = pg_temp.seed_pick(p, 21, {_SIZES['place']})",
    {
        **_TENANT,
        "id": "pg_temp.seed_key('partnership', p)",
        "name": "'Insieme per ' || place.word || ' ' || p",
        "slug": "'insieme-' || p",
        "purpose": "'Young people find their way into work without leaving ' || place.word || '.'",
        "territory": "place.word",
        "about_en": "'Schools, firms and associations of the valley work on the same goals.'",
        "about_it": "'Scuole, imprese e associazioni della valle lavorano agli stessi obiettivi.'",
        "state": "'active'",
        "starts_on": "%(today)s::date - 400",
        "scope_id": "pg_temp.seed_key('scope', p)",
        "visibility": "4",
    },
)
MEMBERS = Sowing(
    PartnershipMember,
    _PLACES,
    {
        **_TENANT,
        "id": _MEMBER,
        "partnership_id": "pg_temp.seed_key('partnership', p)",
        "organisation_id": _ORGANISATION,
        "state": "'member'",
        "is_lead": "m = 1",
        "joined_on": "%(today)s::date - 380",
    },
)
REPRESENTATIVES = Sowing(
    Representative,
    _PLACES,
    {
        **_TENANT,
        "id": "pg_temp.seed_key('representative', p * 1000 + m)",
        "member_id": _MEMBER,
        "person_id": _SPEAKER,
        "can_commit": "true",
        "since": "%(today)s::date - 380",
    },
)
AGREEMENTS = Sowing(
    Agreement,
    _EACH,
    {
        **_TENANT,
        "id": "pg_temp.seed_key('agreement', p)",
        "partnership_id": "pg_temp.seed_key('partnership', p)",
        "number": "1",
        "title": "'How we work together'",
    },
)
VERSIONS = Sowing(
    AgreementVersion,
    _EACH,
    {
        **_TENANT,
        "id": "pg_temp.seed_key('version', p)",
        "agreement_id": "pg_temp.seed_key('agreement', p)",
        "number": "1",
        "text": _TEXT,
        "state": "'in_force'",
        "text_sha256": _SHA256,
        "valid_from": "%(today)s::date - 380",
    },
)
SIGNATURES = Sowing(
    Signature,
    _PLACES,
    {
        **_TENANT,
        "id": "pg_temp.seed_key('signature', p * 1000 + m)",
        "version_id": "pg_temp.seed_key('version', p)",
        "member_id": _MEMBER,
        "person_id": _SPEAKER,
        "state": "'signed'",
        "hash_signed": _SHA256,
        "answered_at": "%(now)s::timestamptz - interval '380 days'",
    },
)

# Of a hundred tasks ten are promises due about now, fifty are done, thirty-nine are promised for later, one waits for an
# answer.
_TASKS = f"""(
  SELECT n, 1 + (n - 1) %% %(partnerships)s AS p, 1 + (n - 1) / %(partnerships)s AS number, n %% 10 AS part, n %% 100 = 9 AS is_proposed,
    CASE WHEN %(members)s > 0 THEN 1 + ((n - 1) / %(partnerships)s) %% %(members)s END AS m,
    CASE WHEN n %% 10 = 0 THEN %(today)s::date + pg_temp.seed_pick(n, 31, 8) - 2
         WHEN n %% 10 <= 5 THEN %(today)s::date - pg_temp.seed_pick(n, 32, 300)
         ELSE %(today)s::date + 29 + pg_temp.seed_pick(n, 33, 300) END AS due_on,
    verb.word || ' ' || thing.word || ' (' || n || ')' AS title
  FROM generate_series(1, %(tasks)s) AS n
  JOIN seed_word verb ON verb.list = 'verb' AND verb.at = pg_temp.seed_pick(n, 34, {_SIZES["verb"]})
  JOIN seed_word thing ON thing.list = 'thing' AND thing.at = pg_temp.seed_pick(n, 35, {_SIZES["thing"]})
) task"""  # noqa: S608 - our own words
_STATE = "CASE WHEN part = 0 THEN 'accepted' WHEN part <= 5 THEN 'done' WHEN is_proposed THEN 'proposed' ELSE 'in_progress' END"
TASKS = Sowing(
    Task,
    _TASKS,
    {
        **_TENANT,
        "id": "pg_temp.seed_key('task', n)",
        "partnership_id": "pg_temp.seed_key('partnership', p)",
        "number": "number",
        "title": "title",
        "member_id": f"CASE WHEN m IS NOT NULL THEN {_MEMBER} END",
        "person_id": f"CASE WHEN m IS NOT NULL THEN {_SPEAKER} END",
        "requested_by_id": "%(coordinator)s::uuid",
        "due_on": "due_on",
        "first_agreed_due_on": "CASE WHEN NOT is_proposed THEN due_on END",
        "state": _STATE,
        "progress_percent": "CASE WHEN part BETWEEN 1 AND 5 THEN 100 WHEN part = 0 OR is_proposed THEN 0 ELSE 50 END",
        "finished_on": "CASE WHEN part BETWEEN 1 AND 5 THEN due_on - 3 + pg_temp.seed_pick(n, 36, 5) END",
    },
)
UPDATES = Sowing(
    TaskUpdate,
    f"{_TASKS} WHERE part > 5 AND NOT is_proposed",
    {
        **_TENANT,
        "id": "pg_temp.seed_key('update', n)",
        "task_id": "pg_temp.seed_key('task', n)",
        "person_id": f"CASE WHEN m IS NOT NULL THEN {_SPEAKER} END",
        "via": "'link'",
        "state_before": "'accepted'",
        "state": "'in_progress'",
        "progress_percent": "50",
        "note": "'Half of it is done.'",
    },
)
