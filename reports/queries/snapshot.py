"""Taking the snapshot of a report: every figure with the record it comes from (R-R1).

Numbers are written as text and dates as ISO 8601, so the same facts always give the same canonical text.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, Sum
from django.utils import timezone

from core.access.visibility import Visibility
from core.queries.tenant import tenant_at_work
from engagement.models import Submission, Theme
from funding.models import FundingSource
from goals.models import Goal
from metrics.models import Indicator, Measurement, Target
from partnerships.models import AgreementVersion, Partnership, Signature
from reports.queries.promises import promises_kept

SCHEMA = 1
FINAL_GOALS = [state for state in Goal.State if state not in {Goal.State.DRAFT, Goal.State.PROPOSED, Goal.State.IN_ENDORSEMENT}]
Facts = dict[str, Any]


def take_snapshot(partnership: Partnership, *, starts_on: date, ends_on: date, summary: str, not_working: str) -> Facts:
    """All facts of one partnership and period that its report may show. What is kept in coordination stays out."""
    tenant = tenant_at_work()
    return {
        "schema": SCHEMA,
        "frozen_on": timezone.localdate().isoformat(),
        "period": [starts_on.isoformat(), ends_on.isoformat()],
        "space": {"name": tenant.name, "contact": tenant.contact_email, "currency": tenant.currency},
        "partnership": {
            "id": str(partnership.pk),
            "name": partnership.name,
            "purpose": partnership.purpose,
            "territory": partnership.territory,
            "about_en": partnership.about_en,
            "about_it": partnership.about_it,
        },
        "summary": summary,
        "not_working": not_working,
        "members": _members(partnership),
        "agreement": _agreement(partnership),
        "promises": promises_kept(partnership, starts_on=starts_on, ends_on=ends_on),
        "goals": [_goal(goal, ends_on) for goal in _goals(partnership)],
        "voice": _voice(partnership, starts_on, ends_on),
        "money": _money(partnership),
    }


def _text(value: Decimal | None) -> str | None:
    return None if value is None else format(value.normalize(), "f")


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def _members(partnership: Partnership) -> list[Facts]:
    rows = partnership.members.filter(state="member").select_related("organisation").order_by("organisation__sort_name", "id")
    return [
        {
            "id": str(member.pk),
            "name": member.organisation.name,
            "sector": member.organisation.sector,
            "role": member.role,
            "joined_on": _day(member.joined_on),
        }
        for member in rows
    ]


def _agreement(partnership: Partnership) -> Facts | None:
    version = (
        AgreementVersion.objects.filter(agreement__partnership=partnership, state=AgreementVersion.State.IN_FORCE)
        .select_related("agreement")
        .order_by("-valid_from", "-id")
        .first()
    )
    if version is None:
        return None
    signed = version.signatures.filter(state=Signature.State.SIGNED).select_related("member__organisation")
    return {
        "id": str(version.pk),
        "title": version.agreement.title,
        "number": version.number,
        "valid_from": _day(version.valid_from),
        "valid_to": _day(version.valid_to),
        "sha256": version.text_sha256,
        "signed_by": [signature.member.organisation.name for signature in signed.order_by("member__organisation__sort_name")],
    }


def _goals(partnership: Partnership) -> Iterable[Goal]:
    return (
        Goal.objects.filter(partnership=partnership, visibility__gte=Visibility.FUNDERS, state__in=FINAL_GOALS)
        .select_related("indicator")
        .order_by("number")
    )


def _goal(goal: Goal, ends_on: date) -> Facts:
    return {
        "id": str(goal.pk),
        "number": goal.number,
        "title_en": goal.title_en,
        "title_it": goal.title_it,
        "state": goal.state,
        "direction": goal.direction,
        "population_en": goal.population_en,
        "population_it": goal.population_it,
        "place_en": goal.place_en,
        "place_it": goal.place_it,
        "target": _text(goal.target_value),
        "starts_on": _day(goal.starts_on),
        "ends_on": _day(goal.ends_on),
        "version": goal.version_number,
        "indicator": _indicator(goal.indicator, ends_on) if goal.indicator else None,
        "milestones": [
            {
                "id": str(milestone.pk),
                "title_en": milestone.title_en,
                "title_it": milestone.title_it,
                "due_on": _day(milestone.due_on),
                "first_due_on": _day(milestone.first_due_on),
                "reached_on": _day(milestone.reached_on),
            }
            for milestone in goal.milestones.order_by("due_on", "id")
        ],
    }


def _indicator(indicator: Indicator, ends_on: date) -> Facts:
    measured = Measurement.objects.filter(indicator=indicator, period_ends_on__lte=ends_on).exclude(
        state__in=[Measurement.State.CORRECTED, Measurement.State.QUERIED]
    )
    return {
        "id": str(indicator.pk),
        "code": indicator.code,
        "name_en": indicator.name_en,
        "name_it": indicator.name_it,
        "definition_en": indicator.definition_en,
        "definition_it": indicator.definition_it,
        "unit": indicator.unit,
        "unit_label_en": indicator.unit_label_en,
        "unit_label_it": indicator.unit_label_it,
        "kind": indicator.kind,
        "source": indicator.source,
        "is_cumulative": indicator.is_cumulative,
        "baseline": _text(indicator.baseline_value),
        "baseline_numerator": _text(indicator.baseline_numerator),
        "baseline_denominator": _text(indicator.baseline_denominator),
        "baseline_on": _day(indicator.baseline_on),
        "targets": [
            {"id": str(target.pk), "value": _text(target.value), "due_on": _day(target.due_on), "replaced_on": _day(target.replaced_on)}
            for target in Target.objects.filter(indicator=indicator).order_by("created_at", "id")
        ],
        "measurements": [_measurement(row) for row in measured.order_by("period_ends_on", "id")],
    }


def _measurement(row: Measurement) -> Facts:
    return {
        "id": str(row.pk),
        "starts_on": _day(row.period_starts_on),
        "ends_on": _day(row.period_ends_on),
        "value": _text(row.value),
        "numerator": _text(row.numerator),
        "denominator": _text(row.denominator),
        "missing_reason": row.missing_reason,
        "source": row.source,
        "verified": row.state == Measurement.State.VERIFIED,
    }


def _voice(partnership: Partnership, starts_on: date, ends_on: date) -> Facts:
    heard = Submission.objects.filter(
        partnership=partnership, received_hour__date__range=(starts_on, ends_on)
    ).exclude(state__in=[Submission.State.SPAM, Submission.State.WITHDRAWN])
    counts = heard.aggregate(received=Count("id"), answered=Count("id", filter=Q(answered_on__isnull=False)))
    themes = Theme.objects.filter(partnership=partnership, published_on__isnull=False, published_on__lte=ends_on)
    return {
        **counts,
        "themes": [
            {
                "id": str(theme.pk),
                "heard_en": theme.heard_en,
                "heard_it": theme.heard_it,
                "outcome": theme.outcome,
                "answer_en": theme.answer_en,
                "answer_it": theme.answer_it,
                "evidence": theme.evidence,
            }
            for theme in themes.order_by("published_on", "id")
        ],
    }


def _money(partnership: Partnership) -> Facts:
    """Totals of all sources; single amounts only where their visibility reaches funders (TEN-14)."""
    sources = FundingSource.objects.filter(partnership=partnership).exclude(status=FundingSource.Status.LOST)
    in_kind, secured = Q(kind=FundingSource.Kind.IN_KIND), Q(status=FundingSource.Status.SECURED)
    totals = sources.aggregate(
        secured_cents=Sum("amount_cents", filter=secured & ~in_kind, default=0),
        expected_cents=Sum("amount_cents", filter=~secured & ~in_kind, default=0),
        in_kind_cents=Sum("amount_cents", filter=secured & in_kind, default=0),
    )
    need = Goal.objects.filter(partnership=partnership, state__in=FINAL_GOALS).aggregate(cents=Sum("need_cents", default=0))["cents"]
    named = sources.filter(visibility__gte=Visibility.FUNDERS, status=FundingSource.Status.SECURED).order_by("-amount_cents", "id")
    return {
        **{name: int(cents) for name, cents in totals.items()},
        "need_cents": int(need),
        "sources": [
            {"id": str(source.pk), "name": source.name, "kind": source.kind, "cents": source.amount_cents, "currency": source.currency}
            for source in named
        ],
    }
