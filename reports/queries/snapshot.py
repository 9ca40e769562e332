"""Taking the snapshot of a report: every figure with the record it comes from (R-R1).

Numbers are written as text and dates as ISO 8601, so the same facts always give the same canonical text.
"""

from datetime import date

from django.db.models import Count, Q, Sum
from django.utils import timezone

from core.access.visibility import Visibility
from core.queries.tenant import tenant_at_work
from engagement.models import Submission, Theme
from engagement.rules.submission import NO_MESSAGE
from funding.models import FundingSource
from goals.models import CommunityChange, Goal
from goals.queries.change import goals_of, reported_changes
from partnerships.models import AgreementVersion, Partnership, Signature
from partnerships.queries.agreement import in_force_on
from reports.queries.promises import promises_kept
from reports.queries.snapshot_goal import REPORTED_STATES, Facts, day_text, goal_facts, reported_goals

SCHEMA = 1


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
        "goals": [goal_facts(goal, ends_on) for goal in reported_goals(partnership)],
        "changes": [_change(change) for change in reported_changes(partnership) if change.since <= ends_on],
        "voice": _voice(partnership, starts_on, ends_on),
        "money": _money(partnership),
    }


def _members(partnership: Partnership) -> list[Facts]:
    rows = (
        partnership.members.filter(state="member")
        .select_related("organisation")
        .order_by("organisation__sort_name", "id")
    )
    return [
        {
            "id": str(member.pk),
            "name": member.organisation.name,
            "sector": member.organisation.sector,
            "role": member.role,
            "joined_on": day_text(member.joined_on),
        }
        for member in rows
    ]


def _agreement(partnership: Partnership) -> Facts | None:
    version = (
        AgreementVersion.objects.filter(in_force_on(timezone.localdate()), agreement__partnership=partnership)
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
        "valid_from": day_text(version.valid_from),
        "valid_to": day_text(version.valid_to),
        "sha256": version.text_sha256,
        "signed_by": [
            signature.member.organisation.name for signature in signed.order_by("member__organisation__sort_name")
        ],
    }


def _change(change: CommunityChange) -> Facts:
    """Something that is there now and was not before, and our part in it."""
    return {
        "id": str(change.pk),
        "kind": change.kind,
        "what_en": change.what_en,
        "what_it": change.what_it,
        "place": change.place,
        "since": day_text(change.since),
        "source": change.source,
        "our_part_en": change.our_part_en,
        "our_part_it": change.our_part_it,
        "goals": [goal.number for goal in goals_of(change)],
    }


def _voice(partnership: Partnership, starts_on: date, ends_on: date) -> Facts:
    heard = Submission.objects.filter(partnership=partnership, received_hour__date__range=(starts_on, ends_on)).exclude(
        state__in=NO_MESSAGE
    )
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
    need = Goal.objects.filter(partnership=partnership, state__in=REPORTED_STATES).aggregate(
        cents=Sum("need_cents", default=0)
    )["cents"]
    named = sources.filter(visibility__gte=Visibility.FUNDERS, status=FundingSource.Status.SECURED).order_by(
        "-amount_cents", "id"
    )
    return {
        **{name: int(cents) for name, cents in totals.items()},
        "need_cents": int(need),
        "sources": [
            {
                "id": str(source.pk),
                "name": source.name,
                "kind": source.kind,
                "cents": source.amount_cents,
                "currency": source.currency,
            }
            for source in named
        ],
    }
