"""The ledger: every promise, wherever it was made, read from where it stands as one list (domain 2.6)."""

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Case, Count, F, Q, QuerySet, Value, When
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from core.access.viewer import Viewer
from core.web.dates import day_words
from partnerships.ledger import COLUMNS, LedgerSource, Tally, registered_ledger_sources
from partnerships.models import Partnership
from partnerships.rules.ledger import TONES, KeptRate, LedgerStatus, ledger_status

KEPT = Q(line_kept_on__isnull=False)
IN_TIME = Q(line_first_agreed_on=None) | Q(line_kept_on__lte=F("line_first_agreed_on"))


@dataclass(frozen=True)
class Wish:
    """What of the ledger is asked for; empty means all."""

    partnership_id: uuid.UUID | None = None
    organisations: Collection[uuid.UUID] | None = None
    status: str = ""
    origin: str = ""

    @property
    def is_narrowed(self) -> bool:
        """Whether status or place narrow the list."""
        return bool(self.status or self.origin)


class _Values(NamedTuple):
    id: uuid.UUID
    key: str
    partnership_id: uuid.UUID
    slug: str
    partnership: str
    organisation_id: uuid.UUID | None
    who: str
    title: str
    origin: str
    reference: str
    due_on: date | None
    first_agreed_on: date | None
    kept_on: date | None
    is_released: bool
    evidence: str | None
    source: str


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One promise as lists show it. ``who`` is empty for coordination's own, for which ``by`` has a word."""

    id: uuid.UUID
    source: str
    origin: str
    where: str
    url: str
    partnership: str
    slug: str
    organisation_id: uuid.UUID | None
    who: str
    by: str
    title: str
    due_on: date | None
    due: str
    first_agreed_on: date | None
    first_agreed: str
    kept_on: date | None
    kept: str
    status: LedgerStatus
    tone: str
    badge: str
    evidence: str


def ledger_of(viewer: Viewer | None, wish: Wish, *, today: date) -> QuerySet[Any, Any]:
    """The promises somebody sees (all for None) as one union, for ``LedgerLineMaker``.

    Open ones first, the earliest date first, those without a date last.
    """
    wanted = [_of_source(source, viewer, wish, today=today) for source in _sources_for(wish)]
    if not wanted:
        wanted = [_of_source(registered_ledger_sources()[0], viewer, wish, today=today)]
    lines: QuerySet[Any, Any] = wanted[0].union(*wanted[1:], all=True)
    return lines.order_by("line_rank", "line_due_on", "line_title", "line_id")


def _sources_for(wish: Wish) -> list[LedgerSource]:
    return [source for source in registered_ledger_sources() if not wish.origin or wish.origin in source.origins]


def _of_source(source: LedgerSource, viewer: Viewer | None, wish: Wish, *, today: date) -> QuerySet[Any, Any]:
    rows = _narrowed(source.lines(viewer), wish)
    if wish.status in LedgerStatus.values:
        rows = rows.filter(_in_status(wish.status, today))
    closed = Case(When(KEPT | Q(line_is_released=True), then=Value(1)), default=Value(0))
    rows = rows.annotate(line_source=Value(source.code), line_rank=closed).order_by()
    lines: QuerySet[Any, Any] = rows.values_list(*(f"line_{name}" for name in COLUMNS), "line_source", "line_rank")
    return lines


def _narrowed(rows: QuerySet[Any], wish: Wish) -> QuerySet[Any]:
    if wish.partnership_id:
        rows = rows.filter(line_partnership=wish.partnership_id)
    if wish.organisations is not None:
        rows = rows.filter(line_organisation__in=wish.organisations)
    if wish.origin:
        rows = rows.filter(line_origin=wish.origin)
    return rows


def _in_status(status: str, today: date) -> Q:
    """``ledger_status`` as a condition."""
    if status == LedgerStatus.RELEASED:
        return Q(line_is_released=True)
    past = Q(line_due_on__lt=today)
    conditions = {
        LedgerStatus.KEPT: KEPT & IN_TIME,
        LedgerStatus.KEPT_LATE: KEPT & Q(line_kept_on__gt=F("line_first_agreed_on")),
        LedgerStatus.LATE: ~KEPT & past,
        LedgerStatus.OPEN: ~KEPT & (Q(line_due_on=None) | Q(line_due_on__gte=today)),
    }
    return Q(line_is_released=False) & conditions[LedgerStatus(status)]


class LedgerLineMaker:
    """Turns the values of ``ledger_of`` into lines."""

    def __init__(self, *, today: date) -> None:
        self._today = today
        self._sources = {source.code: source for source in registered_ledger_sources()}

    def __call__(self, values: tuple[Any, ...]) -> LedgerLine:
        """One line."""
        line = _Values(*values[: len(_Values._fields)])
        source = self._sources[line.source]
        where = str(source.origins.get(line.origin, line.origin))
        status = ledger_status(
            due_on=line.due_on,
            first_agreed_on=line.first_agreed_on,
            kept_on=line.kept_on,
            is_released=line.is_released,
            today=self._today,
        )
        return LedgerLine(
            id=line.id,
            source=line.source,
            origin=line.origin,
            where=f"{where}: {line.reference}" if line.reference else where,
            url=source.url(line.slug, line.key),
            partnership=line.partnership,
            slug=line.slug,
            organisation_id=line.organisation_id,
            who=line.who,
            by=line.who or _("coordination"),
            title=line.title,
            due_on=line.due_on,
            due=day_words(line.due_on) or _("no date"),
            first_agreed_on=line.first_agreed_on,
            first_agreed=day_words(line.first_agreed_on),
            kept_on=line.kept_on,
            kept=day_words(line.kept_on),
            status=status,
            tone=TONES[status],
            badge=str(status.label),
            evidence=line.evidence or "",
        )


def origin_choices() -> list[tuple[str, str | Promise]]:
    """The places a promise can be made in, for a filter."""
    return [choice for source in registered_ledger_sources() for choice in source.origins.items()]


def kept_rates(*, wish: Wish, until: date, since: date | None = None) -> dict[uuid.UUID | None, KeptRate]:
    """For each organisation its promises with a first agreed date in a time, and how many were kept by it; one query.

    Over everything, whoever looks, so that everybody reads the same number; None stands for coordination.
    """
    rates: dict[uuid.UUID | None, KeptRate] = {}
    for organisation, due, kept in _counted("line_organisation", None, wish, since, until):
        before = rates.get(organisation, KeptRate(0, 0))
        rates[organisation] = KeptRate(before.kept + kept, before.due + due)
    return rates


def kept_rate(viewer: Viewer | None, *, wish: Wish, until: date, since: date | None = None) -> KeptRate:
    """The share over everything a viewer sees (all for None); one query."""
    first, *others = [
        rows.order_by().values(line_source=Value("")).annotate(line_due=due, line_kept=kept)
        for rows, due, kept in rate_rows(viewer, wish=wish, since=since, until=until)
    ]
    counted: QuerySet[Any, Any] = first.union(*others, all=True)
    return rate_of(KeptRate(row["line_kept"], row["line_due"]) for row in counted)


def rate_rows(
    viewer: Viewer | None, *, wish: Wish, until: date, since: date | None = None
) -> list[tuple[QuerySet[Any, Any], Count, Count]]:
    """What the share is made of: of each place of promises its rows, and what counts the due and the kept of them."""
    is_tallied = wish.organisations is None and not wish.is_narrowed
    return [
        _tallied(source, source.tally, viewer, wish, since, until)
        if source.tally and is_tallied
        else (_due_lines(source, viewer, wish, since, until), Count("pk"), Count("pk", filter=KEPT & IN_TIME))
        for source in registered_ledger_sources()
    ]


def rate_of(rates: Iterable[KeptRate]) -> KeptRate:
    """Several shares as one."""
    found = list(rates)
    return KeptRate(sum(rate.kept for rate in found), sum(rate.due for rate in found))


def _counted(group: str, viewer: Viewer | None, wish: Wish, since: date | None, until: date) -> QuerySet[Any, Any]:
    first, *others = [
        _due_lines(source, viewer, wish, since, until)
        .order_by()
        .values(group)
        .annotate(line_counted=Count("pk"), line_counted_kept=Count("pk", filter=KEPT & IN_TIME))
        .values_list(group, "line_counted", "line_counted_kept")
        for source in registered_ledger_sources()
    ]
    counted: QuerySet[Any, Any] = first.union(*others, all=True)
    return counted


def _tallied(  # noqa: PLR0917 - one call
    source: LedgerSource, tally: Tally, viewer: Viewer | None, wish: Wish, since: date | None, until: date
) -> tuple[QuerySet[Any, Any], Count, Count]:
    rows = source.seen_by(viewer).filter(tally.promised, **{f"{tally.agreed}__lte": until})
    if since:
        rows = rows.filter(**{f"{tally.agreed}__gte": since})
    if wish.partnership_id:
        rows = rows.filter(partnership=wish.partnership_id)
    return rows, Count(tally.counted), Count(tally.counted, filter=tally.kept_in_time)


def _due_lines(
    source: LedgerSource, viewer: Viewer | None, wish: Wish, since: date | None, until: date
) -> QuerySet[Any, Any]:
    lines = _narrowed(source.lines(viewer), wish)
    rows: QuerySet[Any, Any] = lines.filter(line_is_released=False, line_first_agreed_on__lte=until)
    if since:
        rows = rows.filter(line_first_agreed_on__gte=since)
    return rows


def rates_in(partnership: Partnership, *, today: date) -> dict[uuid.UUID | None, KeptRate]:
    """The shares of a partnership's organisations, for promises due before today."""
    return kept_rates(until=today, wish=Wish(partnership_id=partnership.pk))
