"""Reading sources: who sees which amount."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from core.access.permissions import Permission
from core.access.viewer import Viewer, visible_records
from core.access.visibility import Visibility
from core.queries.tenant import tenant_at_work
from core.web.space import space_url
from funding.models import FundingSource
from funding.rules.coverage import (
    IN_KIND,
    Columns,
    Coverage,
    Means,
    columns_of,
    coverage_of,
    weighted_cents,
    weighted_columns,
)
from funding.rules.money import money
from funding.rules.source import KIND_ICONS, STATUS_TONES, Status
from goals.models import Goal
from goals.queries.goal import goals_visible_to
from partnerships.models import Partnership
from stakeholders.models import Stakeholder
from stakeholders.queries.stakeholder import stakeholders_visible_to

ORDER = (Status.SECURED, Status.EXPECTED, Status.LOST)


@dataclass(frozen=True)
class SourceRow:
    """A source as a list shows it: its amount in one of two columns."""

    name: str
    url: str
    kind: str
    icon: str
    giver: str
    goal: str
    tone: str
    status_label: str
    decided_on: date | None
    probability_percent: int
    cash: str
    in_kind: str
    weighted: str


@dataclass(frozen=True)
class Group:
    """Sources of one status and currency with the totals of the two columns, in words."""

    status: str
    label: str
    rows: list[SourceRow]
    cash: str
    in_kind: str
    weighted_cash: str
    weighted_in_kind: str


@dataclass(frozen=True)
class GoalFunding:
    """What carries one goal. ``coverage`` is None, and ``figures`` empty, for whoever does not see all of it."""

    coverage: Coverage | None
    figures: list[tuple[str, str]]
    rows: list[SourceRow]


def sources_seen_by(viewer: Viewer) -> Q:
    """The condition under which somebody sees a source.

    Whoever may see the money of a partnership sees what coordination sees; everybody else only what was opened to
    partners, funders or everyone, so nobody sees another funder's amount by accident.
    """
    visible = visible_records(viewer, scope="partnership__scope_id", chain=["visibility", "partnership__visibility"])
    opened = Q(visibility__gte=Visibility.PARTNERS)
    if viewer.can_everywhere(Permission.SEE_FUNDING):
        opened = Q()
    elif scopes := viewer.scopes_with(Permission.SEE_FUNDING):
        opened |= Q(partnership__scope_id__in=scopes)
    return visible & opened


def sources_visible_to(viewer: Viewer) -> QuerySet[FundingSource]:
    """The sources a viewer may see, by name."""
    rows = FundingSource.objects.filter(sources_seen_by(viewer)).select_related("giver", "goal")
    return rows.order_by("name", "id")


def sources_of(viewer: Viewer, partnership: Partnership) -> QuerySet[FundingSource]:
    """The visible sources of one partnership, newest decision first."""
    return sources_visible_to(viewer).filter(partnership=partnership).order_by("-decided_on", "name", "id")


def source_of(viewer: Viewer, partnership: Partnership, source_id: uuid.UUID) -> QuerySet[FundingSource]:
    """One visible source, for ``get_object_or_404``."""
    return sources_of(viewer, partnership).filter(pk=source_id)


def goals_to_fund(viewer: Viewer, partnership: Partnership) -> QuerySet[Goal]:
    """The goals of a partnership the viewer may see, by number."""
    return goals_visible_to(viewer).filter(partnership=partnership)


def givers(viewer: Viewer) -> QuerySet[Stakeholder]:
    """The funders among the stakeholders, by name."""
    return stakeholders_visible_to(viewer).filter(sector=Stakeholder.Sector.FUNDER)


def means_of(source: FundingSource) -> Means:
    """A source as the rules of coverage read it."""
    return Means(source.kind, source.status, source.amount_cents, source.probability_percent, source.currency)


def groups_of(sources: Iterable[FundingSource], partnership: Partnership) -> list[Group]:
    """The sources by status, secured first, and by currency: amounts of two currencies are never one total."""
    everything = list(sources)
    currencies = sorted({source.currency for source in everything})
    groups = []
    for status in ORDER:
        for currency in currencies:
            chosen = [source for source in everything if source.status == status and source.currency == currency]
            if chosen:
                groups.append(_group(status, currency, chosen, partnership))
    return groups


def goal_funding_of(viewer: Viewer, goal: Goal) -> GoalFunding:
    """What carries a goal, as far as the viewer may see; the missing amount only for whoever sees all sources."""
    sources = list(sources_visible_to(viewer).filter(goal=goal).exclude(status=Status.LOST))
    coverage = None
    if viewer.can(Permission.SEE_FUNDING, goal.partnership.scope_id):
        coverage = coverage_of(goal.need_cents, map(means_of, sources), currency=tenant_at_work().currency)
    ordered = sorted(sources, key=lambda source: (ORDER.index(Status(source.status)), source.name))
    rows = [as_row(source, goal.partnership) for source in ordered]
    return GoalFunding(coverage, figures_of(coverage) if coverage else [], rows)


def figures_of(coverage: Coverage) -> list[tuple[str, str]]:
    """The figures of a coverage with their words. Secured and expected, money and in-kind, each stand alone."""

    def told(cents: int | None) -> str:
        return "" if cents is None else money(cents, coverage.currency)

    def expected(cents: int, weighted: int) -> str:
        words = _("%(amount)s; weighted by its chance %(weighted)s")
        return words % {"amount": told(cents), "weighted": told(weighted)} if cents else ""

    named = [
        (_("Needed"), told(coverage.need_cents)),
        (_("Secured in money"), told(coverage.secured.cash_cents)),
        (_("Accepted in kind"), told(coverage.secured.in_kind_cents)),
        (_("Missing"), told(coverage.missing_cents)),
        (_("Expected in money"), expected(coverage.expected.cash_cents, coverage.weighted.cash_cents)),
        (_("Expected in kind"), expected(coverage.expected.in_kind_cents, coverage.weighted.in_kind_cents)),
    ]
    return [(label, value) for label, value in named if value]


def csv_header() -> list[str]:
    """The columns of the list as CSV; money and in-kind apart (R-F15)."""
    return [
        _("Name"),
        _("Kind"),
        _("State"),
        _("From whom"),
        _("Goal"),
        _("Currency"),
        _("Money"),
        _("In kind"),
        _("Chance in per cent"),
        _("Decided on"),
    ]


def csv_row(source: FundingSource) -> list[Any]:
    """One source under ``csv_header``."""
    amount = Decimal(source.amount_cents).scaleb(-2)
    is_gift = source.kind == IN_KIND
    return [
        source.name,
        source.get_kind_display(),
        source.get_status_display(),
        source.giver.name if source.giver else "",
        source.goal.title if source.goal else "",
        source.currency,
        None if is_gift else amount,
        amount if is_gift else None,
        source.probability_percent if source.status == Status.EXPECTED else None,
        source.decided_on,
    ]


def as_row(source: FundingSource, partnership: Partnership) -> SourceRow:
    """What a list shows of a source."""
    amount = money(source.amount_cents, source.currency)
    expected = source.status == Status.EXPECTED
    weighted = weighted_cents(source.amount_cents, source.probability_percent)
    return SourceRow(
        name=source.name,
        url=space_url("funding_detail", slug=partnership.slug, source_id=source.pk),
        kind=source.get_kind_display(),
        icon=KIND_ICONS[source.kind],
        giver=source.giver.name if source.giver else "",
        goal=source.goal.title if source.goal else "",
        tone=STATUS_TONES[source.status],
        status_label=source.get_status_display(),
        decided_on=source.decided_on,
        probability_percent=source.probability_percent,
        cash="" if source.kind == IN_KIND else amount,
        in_kind=amount if source.kind == IN_KIND else "",
        weighted=money(weighted, source.currency) if expected else "",
    )


def _group(status: str, currency: str, sources: list[FundingSource], partnership: Partnership) -> Group:
    means = [means_of(source) for source in sources]
    weighted = weighted_columns(means)
    cash, in_kind = _in_words(columns_of(means, status), currency)
    weighted_cash, weighted_in_kind = _in_words(weighted, currency)
    rows = [as_row(source, partnership) for source in sources]
    return Group(status, str(Status(status).label), rows, cash, in_kind, weighted_cash, weighted_in_kind)


def _in_words(columns: Columns, currency: str) -> tuple[str, str]:
    cash, in_kind = columns.cash_cents, columns.in_kind_cents
    return (money(cash, currency) if cash else "", money(in_kind, currency) if in_kind else "")
