"""Whom a decision affects and who was told: sectors, organisations and groups, never a person."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet

from partnerships.models import Decision, DecisionAudience, Partnership
from partnerships.queries.decision import VOICE_TONES
from partnerships.queries.member import active_members
from partnerships.rules.decision import Audience
from partnerships.rules.voices import Standing
from stakeholders.models import MapEntry, Stakeholder


@dataclass(frozen=True)
class AudienceRow:
    """One sector or group in words; ``standing`` is how it took part when the decision was taken, None before."""

    name: str
    is_affected: bool
    told_on: date | None
    standing: Standing | None
    tone: str


def groups_to_choose(partnership: Partnership) -> QuerySet[Stakeholder]:
    """The organisations and groups a decision of a partnership can name: its members, and who stands on its maps."""
    members = active_members(partnership).order_by().values("organisation_id")
    mapped = MapEntry.objects.filter(map__partnership_links__partnership=partnership).values("stakeholder_id")
    rows = Stakeholder.objects.filter(Q(pk__in=members) | Q(pk__in=mapped), merged_into=None)
    return rows.exclude(kind=Stakeholder.Kind.PERSON).order_by("sort_name", "id")


def affected_by(decision: Decision) -> Audience:
    """Whom a decision affects."""
    return _as_audience(DecisionAudience.objects.filter(decision=decision, is_affected=True))


def told_of(decision: Decision) -> Audience:
    """Who was told of a decision."""
    return _as_audience(DecisionAudience.objects.filter(decision=decision, told_on__isnull=False))


def _as_audience(rows: QuerySet[DecisionAudience]) -> Audience:
    found = list(rows.values_list("sector", "stakeholder_id"))
    return Audience(
        sectors=frozenset(sector for sector, _key in found if sector),
        groups=frozenset(key for sector, key in found if not sector),
    )


def audience_rows(decision: Decision) -> list[AudienceRow]:
    """Everybody named, sectors first, with how they took part and since when they know."""
    rows = DecisionAudience.objects.filter(decision=decision).select_related("stakeholder")
    # Kept by name, as the register knew them then.
    kept = {kind: dict(map(tuple, decision.voices.get(kind, []))) for kind in ("sectors", "affected")}
    found = []
    for row in rows.order_by(F("stakeholder__sort_name").asc(nulls_first=True), "sector", "id"):
        group = row.stakeholder
        said = kept["affected"].get(group.name) if group else kept["sectors"].get(row.sector)
        standing = Standing(said) if said else None
        tone = VOICE_TONES[standing] if standing else ""
        found.append(AudienceRow(str(row), row.is_affected, row.told_on, standing, tone))
    return found
