"""One row of every tenant table, filled by reading the models, so that a new table is in the guards by itself."""

import hashlib
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.utils import timezone

from core.access.visibility import Visibility
from core.models import AccessScope
from core.tenancy.context import current_tenant_id, entered_tenant_id
from core.tenancy.models import TenantForeignKey, TenantModel

CANARY = "Xanthippe-Canary"
# What reading a model cannot know: states that make a row reachable, values a constraint asks for.
ASKED: dict[str, dict[str, Any]] = {
    "core.AccessScope": {"kind": "partnership"},
    "core.StoredFile": {"storage_key": "missing/file", "sha256": "0" * 64},
    "core.Job": {"state": "done"},
    "core.OutboxMail": {"state": "dead"},
    "core.AccessLink": {"expires_at": datetime(2099, 1, 1, tzinfo=UTC)},
    "core.Invitation": {"expires_at": datetime(2099, 1, 1, tzinfo=UTC)},
    "core.ApiToken": {"permissions": []},
    "stakeholders.Stakeholder": {"tax_code": "", "vat_number": "", "kind": "organisation", "erased_at": None},
    "stakeholders.MapRound": {"closed_on": None},
    "stakeholders.Assessment": dict.fromkeys(("power", "interest", "legitimacy", "urgency", "attitude"), 4),
    "stakeholders.StakeholderMerge": {"undone_at": None},
    "stakeholders.StakeholderImport": {"undone_at": None},
    "partnerships.Partnership": {"state": "active", "mode": "full", "deputy": None},
    "partnerships.AgreementVersion": {"state": "in_force"},
    "partnerships.ResourceNeed": {"met_by": None},
    "partnerships.Meeting": {"state": "minutes_circulated", "ends_at": datetime(2026, 11, 1, 11, tzinfo=UTC)},
    "partnerships.Decision": {"state": "in_force", "voices": {}},
    "partnerships.DecisionAudience": {"sector": ""},
    "partnerships.Commitment": {"state": "open", "kept_on": None},
    "partnerships.Comment": {"mentioned_person": None},
    "reports.Delivery": {"user": None},
    "reports.ReminderPreference": {"user": None},
    "partnerships.Recognition": {"state": "published", "consent": "yes", "member": None},
    "partnerships.Signal": {"code": "deputy_missing", "about_id": None, "cleared_on": None},
    "partnerships.Update": {"state": "published"},
    "partnerships.Task": {"progress_percent": 50, "state": "in_progress"},
    "metrics.Indicator": {"formula": ""},
    "metrics.Measurement": {"state": "submitted", "verified_by": None, "verified_at": None, "corrects": None},
    "goals.Goal": {"state": "active"},
    "goals.Risk": {"likelihood": 4, "impact": 4},
    "goals.Endorsement": {"group": None},
    "goals.Milestone": {"dropped_on": None},
    "engagement.Survey": {"state": "open", "closes_on": None},
    "engagement.SurveyQuestion": {"kind": "short_text", "lowest": None, "highest": None},
    "engagement.ActivityAnswer": {"decision": None},
    "engagement.EngagementActivity": {"state": "answered", "ends_at": datetime(2026, 11, 1, 11, tzinfo=UTC)},
    "engagement.HoursEntry": {"hours": 4},
    "engagement.Shift": {"ends_at": datetime(2026, 11, 1, 11, tzinfo=UTC)},
    "engagement.PictureConsent": {"ended_on": None, "expires_on": None},
    "engagement.Post": {"state": "scheduled", "shared": "page", "withdrawn_on": None, "taken_down_on": None},
    "engagement.PostText": {"language_code": "en"},
    "engagement.PublicSettings": {"emergency_numbers": "", "embed_hosts": "", "extra_languages": "ar"},
    "engagement.PublicText": {"language_code": "ar"},
    "engagement.SocialPlan": {"languages": "en"},
    "engagement.Theme": {"outcome": "done"},
    "engagement.VolunteerOpportunity": {"state": "published"},
    "funding.FundingSource": {"amount_cents": 4242, "currency": "EUR", "probability_percent": 50, "status": "secured"},
    "reports.ImpactReport": {"state": "published"},
}
# Tables whose two keys must point at different rows: the second key.
TWO_ENDED = {
    "stakeholders.InfluenceLink": "target",
    "stakeholders.NotDuplicate": "second",
    "stakeholders.DuplicatePair": "second",
    "goals.TocLink": "target",
    "partnerships.TaskDependency": "waits_for",
}


def tenant_models() -> list[type[models.Model]]:
    """All tenant tables, each after those its keys need."""
    waiting = [model for model in apps.get_models() if issubclass(model, TenantModel)]
    ordered: list[type[models.Model]] = []
    while waiting:
        ready = [model for model in waiting if _needs(model) <= set(ordered)]
        assert ready, f"keys in a circle: {waiting}"
        ordered += ready
        waiting = [model for model in waiting if model not in ordered]
    return ordered


def _needs(model: type[models.Model]) -> set[type[models.Model]]:
    keys = (field for field in model._meta.local_fields if isinstance(field, TenantForeignKey) and not field.null)
    return {key.related_model for key in keys if key.related_model is not model}


def make_everything(user: Any, *, label: str = CANARY) -> dict[str, models.Model]:
    """One row of every table in the tenant at work, every text carrying ``label``; by model label."""
    made: dict[str, models.Model] = {}
    for model in tenant_models():
        values = {field.name: _value(field, made, user, label) for field in model._meta.local_fields if _is_ours(field)}
        values |= ASKED.get(model._meta.label, {})
        if model._meta.label == "reports.ImpactReport":
            values |= {"snapshot": snapshot_saying(label), "code": f"{label[:4].upper()}-AAAA-BBBB"}
        if model._meta.label in TWO_ENDED:
            second = TWO_ENDED[model._meta.label]
            values[second] = _another(made[model._meta.get_field(second).related_model._meta.label])
        made[model._meta.label] = model.objects.create(**values)
    return made


def _another(row: models.Model) -> models.Model:
    values = {field.name: getattr(row, field.name) for field in row._meta.local_fields if _is_ours(field)}
    if "number" in values:
        values["number"] += 1
    return type(row).objects.create(**values)


def snapshot_saying(label: str) -> dict[str, Any]:
    """The smallest frozen report a page can show."""
    partnership = dict.fromkeys(("id", "name", "purpose", "territory", "about_en", "about_it"), label)
    return {
        "schema": 1,
        "frozen_on": "2026-11-30",
        "period": ["2026-10-01", "2026-11-30"],
        "space": {"name": label, "contact": "", "currency": "EUR"},
        "partnership": partnership,
        "summary": label,
        "not_working": label,
        "members": [],
        "agreement": None,
        "promises": {"due": 0, "kept": 0},
        "goals": [],
        "voice": {"received": 0, "answered": 0, "themes": []},
        "money": {"secured_cents": 0, "expected_cents": 0, "in_kind_cents": 0, "need_cents": 0, "sources": []},
    }


def _is_ours(field: models.Field[Any, Any]) -> bool:
    return not (field.primary_key or field.name == "tenant" or getattr(field, "auto_now_add", False) or field.generated)


def _value(field: Any, made: dict[str, models.Model], user: Any, label: str) -> Any:  # noqa: C901, PLR0911, PLR0912 - one line per kind of field
    if isinstance(field, models.ForeignKey):
        if field.related_model._meta.label == "core.User":
            return None if field.null and field.name == "verified_by" else user
        if field.related_model._meta.label in made:
            return made[field.related_model._meta.label]
        return None
    if field.name == "visibility":
        return Visibility.PUBLIC
    if field.choices:
        return next(value for value, _label in field.flatchoices if value not in {"", None})
    if isinstance(field, models.SlugField):
        return label.lower()[: field.max_length]
    if isinstance(field, models.EmailField):
        return f"{label.lower()}@example.org"
    if isinstance(field, models.URLField):
        return f"https://{label.lower()}.example.org/"
    if isinstance(field, models.CharField | models.TextField):
        if field.name.endswith(("hash", "sha256")):
            return hashlib.sha256(f"{label}{field}{current_tenant_id()}".encode()).hexdigest()[: field.max_length]
        if field.name.endswith("language"):
            return "en"
        return label[: field.max_length] if field.max_length else label
    if isinstance(field, models.BinaryField):
        return b""
    if isinstance(field, models.UUIDField):
        return None if field.null else made["core.AccessScope"].pk
    if isinstance(field, models.BooleanField):
        return bool(field.default) if field.default is not models.NOT_PROVIDED else False
    if isinstance(field, models.DateTimeField):
        return datetime(2026, 11, 1, 9, tzinfo=UTC)
    if isinstance(field, models.DateField):
        late = field.name.startswith(("ends", "valid_to", "until", "left", "replaced", "period_ends"))
        # What ends has not ended yet, on whichever day the tests run.
        return timezone.localdate() + timedelta(days=60) if late else date(2026, 10, 1)
    if isinstance(field, models.DecimalField):
        return Decimal(42)
    if isinstance(field, models.IntegerField):
        return field.default if isinstance(field.default, int) and field.default else 7
    if isinstance(field, ArrayField):
        return [_value(field.base_field, made, user, label)]
    if isinstance(field, models.JSONField):
        return field.get_default() if field.has_default() else {}
    if isinstance(field, models.TimeField):
        return time(9)
    raise AssertionError(f"teach make_everything about {field}")


def fingerprint(tenant_id: int) -> dict[str, str]:
    """A hash of all rows of one tenant, table by table, to see that nothing was changed."""
    found = {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.tenant_id', %s, true)", [str(tenant_id)])
        for model in tenant_models():
            table = connection.ops.quote_name(model._meta.db_table)
            cursor.execute(
                f"SELECT md5(coalesce(string_agg(t::text, '|' ORDER BY id), '')) FROM {table} t WHERE tenant_id = {tenant_id}"
            )
            found[model._meta.label] = cursor.fetchone()[0]
        cursor.execute("SELECT set_config('app.tenant_id', %s, true)", [str(entered_tenant_id() or "")])
    return found


def scope_of(made: dict[str, models.Model]) -> AccessScope:
    """The scope of the partnership made."""
    scope = made["core.AccessScope"]
    assert isinstance(scope, AccessScope)
    return scope
