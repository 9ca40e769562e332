"""Indicators with their values, goals with milestones, residents' messages, and money."""

from engagement.models import Submission, Theme
from funding.models import FundingSource
from goals.models import Goal, Milestone
from metrics.models import Cut, CutGroup, GroupValue, Indicator, Measurement, Target
from reports.seed.inserting import Sowing
from reports.seed.plan import GROUPS_OF_A_CUT

_TENANT = {"tenant_id": "current_tenant()"}
_INDICATORS = (
    "(SELECT n, 1 + (n - 1) %% %(partnerships)s AS p, 1 + (n - 1) / %(partnerships)s AS number "
    "FROM generate_series(1, %(indicators)s) AS n) indicator"
)
_PARTNERSHIP = {"partnership_id": "pg_temp.seed_key('partnership', p)"}
_PERIODS = "generate_series(1, %(indicators)s) AS n CROSS JOIN generate_series(1, %(periods)s) AS q"
# Written where a value is missing; one that is broken down never is.
_IS_THERE = "(n + q) %% 9 > 0 OR %(groups)s > 0"
_VALUE = "40 + 5 * greatest(30 - q, 0) + pg_temp.seed_pick(n * 1000 + q, 41, 20)"
_CUTS = f"generate_series(1, %(indicators)s) AS n CROSS JOIN generate_series(1, %(groups)s / {GROUPS_OF_A_CUT}) AS c"
_GROUPS = f"{_CUTS} CROSS JOIN generate_series(1, {GROUPS_OF_A_CUT}) AS g"
_QUARTER = "date_trunc('quarter', %(today)s::date - make_interval(months => 3 * q))"
MESSAGES = 10

INDICATORS = Sowing(
    Indicator,
    _INDICATORS,
    {
        **_TENANT,
        **_PARTNERSHIP,
        "id": "pg_temp.seed_key('indicator', n)",
        "code": "'I' || number",
        "name_en": "'Families reached by action ' || number",
        "name_it": "'Famiglie raggiunte dall''azione ' || number",
        "definition_en": "'Families who came at least twice in the period, each counted once.'",
        "definition_it": "'Famiglie presenti almeno due volte nel periodo, contate una volta sola.'",
        "source_en": "'Attendance lists'",
        "source_it": "'Elenchi delle presenze'",
        "baseline_value": "40",
        "baseline_on": "%(today)s::date - 800",
        "visibility": "4",
    },
)
TARGETS = Sowing(
    Target,
    _INDICATORS,
    {
        **_TENANT,
        "id": "pg_temp.seed_key('target', n)",
        "indicator_id": "pg_temp.seed_key('indicator', n)",
        "value": "200",
        "due_on": "%(today)s::date + 365",
    },
)
# Every ninth value is missing and says why; the newest waits for a second person.
MEASUREMENTS = Sowing(
    Measurement,
    _PERIODS,
    {
        **_TENANT,
        "id": "pg_temp.seed_key('measurement', n * 1000 + q)",
        "indicator_id": "pg_temp.seed_key('indicator', n)",
        "period_starts_on": f"{_QUARTER}::date",
        "period_ends_on": f"({_QUARTER} + interval '3 months - 1 day')::date",
        "value": f"CASE WHEN {_IS_THERE} THEN {_VALUE} END",
        "missing_reason": f"CASE WHEN {_IS_THERE} THEN '' ELSE 'The lists were lost' END",
        "source": "'Attendance lists'",
        "entered_by_id": "%(admin)s::uuid",
        "state": "CASE WHEN q = 1 THEN 'submitted' ELSE 'verified' END",
        "verified_by_id": "CASE WHEN q > 1 THEN %(coordinator)s::uuid END",
        "verified_at": "CASE WHEN q > 1 THEN %(now)s::timestamptz END",
    },
)
CUTS = Sowing(
    Cut,
    _CUTS,
    {
        **_TENANT,
        "id": "pg_temp.seed_key('cut', n * 10 + c)",
        "indicator_id": "pg_temp.seed_key('indicator', n)",
        "kind": "(ARRAY['gender', 'age', 'area', 'own'])[c]",
        "name_en": "CASE WHEN c = 4 THEN 'School' ELSE '' END",
    },
)
CUT_GROUPS = Sowing(
    CutGroup,
    _GROUPS,
    {
        **_TENANT,
        "id": "pg_temp.seed_key('group', n * 100 + c * 10 + g)",
        "cut_id": "pg_temp.seed_key('cut', n * 10 + c)",
        "position": "g - 1",
        "label_en": f"CASE WHEN g < {GROUPS_OF_A_CUT} THEN 'Group ' || g ELSE 'Not known' END",
        "label_it": f"CASE WHEN g < {GROUPS_OF_A_CUT} THEN 'Gruppo ' || g ELSE 'Non noto' END",
        "is_unknown": f"g = {GROUPS_OF_A_CUT}",
    },
)
# Half, a quarter, an eighth; of the rest it is not known.
GROUP_VALUES = Sowing(
    GroupValue,
    f"(SELECT n, q, {_VALUE} AS whole FROM {_PERIODS}) measured "  # noqa: S608 - our own words
    f"CROSS JOIN generate_series(1, %(groups)s / {GROUPS_OF_A_CUT}) AS c "
    f"CROSS JOIN generate_series(1, {GROUPS_OF_A_CUT}) AS g",
    {
        **_TENANT,
        "id": "pg_temp.seed_key('part', (n * 1000 + q) * 100 + c * 10 + g)",
        "measurement_id": "pg_temp.seed_key('measurement', n * 1000 + q)",
        "group_id": "pg_temp.seed_key('group', n * 100 + c * 10 + g)",
        "count": f"CASE WHEN g < {GROUPS_OF_A_CUT} THEN whole / (2 ^ g)::integer "
        "ELSE whole - whole / 2 - whole / 4 - whole / 8 END",
        "entered_by_id": "%(admin)s::uuid",
    },
)
GOALS = Sowing(
    Goal,
    _INDICATORS,
    {
        **_TENANT,
        **_PARTNERSHIP,
        "id": "pg_temp.seed_key('goal', n)",
        "number": "number",
        "title_en": "'Reach more families with action ' || number",
        "title_it": "'Raggiungere più famiglie con l''azione ' || number",
        "population_en": "'families with children at school'",
        "population_it": "'famiglie con figli a scuola'",
        "place_en": "'Valdoro'",
        "place_it": "'Valdoro'",
        "indicator_id": "pg_temp.seed_key('indicator', n)",
        "target_value": "200",
        "starts_on": "%(today)s::date - 380",
        "ends_on": "%(today)s::date + 365",
        "need_cents": "500000",
        "state": "'active'",
        "version_number": "1",
        "visibility": "4",
        "examples": "'[]'::jsonb",
    },
)
MILESTONES = Sowing(
    Milestone,
    _INDICATORS,
    {
        **_TENANT,
        "id": "pg_temp.seed_key('milestone', n)",
        "goal_id": "pg_temp.seed_key('goal', n)",
        "title_en": "'Halfway'",
        "title_it": "'A metà strada'",
        "due_on": "%(today)s::date + pg_temp.seed_pick(n, 51, 300)",
        "first_due_on": "%(today)s::date + pg_temp.seed_pick(n, 51, 300)",
    },
)
SUBMISSIONS = Sowing(
    Submission,
    f"generate_series(1, %(partnerships)s) AS p CROSS JOIN generate_series(1, {MESSAGES}) AS n",
    {
        **_TENANT,
        **_PARTNERSHIP,
        "id": "pg_temp.seed_anonymous_key('submission', p * 1000 + n)",
        "category": "'idea'",
        "text": "'Could the library stay open on Saturday mornings? ' || n",
        "language": "'en'",
        "consented_hour": "date_trunc('hour', %(now)s::timestamptz) - make_interval(days => 20 * n)",
        "received_hour": "date_trunc('hour', %(now)s::timestamptz) - make_interval(days => 20 * n)",
        "code_hash": "md5('a' || p || '/' || n) || md5('b' || p || '/' || n)",
        "state": "CASE WHEN n > 2 THEN 'answered' ELSE 'received' END",
        "answered_on": "CASE WHEN n > 2 THEN %(today)s::date - 20 * n + 5 END",
    },
)
THEMES = Sowing(
    Theme,
    "generate_series(1, %(partnerships)s) AS p CROSS JOIN generate_series(1, 3) AS n",
    {
        **_TENANT,
        **_PARTNERSHIP,
        "id": "pg_temp.seed_key('theme', p * 1000 + n)",
        "heard_en": "'The library closes too early'",
        "heard_it": "'La biblioteca chiude troppo presto'",
        "outcome": "'planned'",
        "answer_en": "'From next month it stays open on Saturdays.'",
        "answer_it": "'Dal mese prossimo resta aperta il sabato.'",
        "outcome_on": "%(today)s::date - 30",
        "published_on": "%(today)s::date - 20",
    },
)
FUNDING = Sowing(
    FundingSource,
    "generate_series(1, %(partnerships)s) AS p",
    {
        **_TENANT,
        **_PARTNERSHIP,
        "id": "pg_temp.seed_key('source', p)",
        "kind": "'grant'",
        "name": "'Grant of the Fondazione Valdoro'",
        "amount_cents": "2500000",
        "currency": "'EUR'",
        "status": "'secured'",
        "visibility": "3",
    },
)
