"""The early-warning signals of money: short means, too few sources, one organisation that has the say (domain 11)."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.access.permissions import Permission
from core.access.viewer import Viewer
from core.access.visibility import Visibility
from core.queries.tenant import tenant_at_work
from core.web.dates import day_words
from core.web.money import money
from core.web.space import space_url
from funding.models import FundingSource
from funding.queries.source import sources_visible_to
from funding.rules.signal import (
    Say,
    covered_percent,
    has_the_say,
    is_concentrated,
    is_short,
)
from goals.models import Goal
from goals.queries.signal import goal_names
from goals.rules.goal import RUNNING_STATES
from metrics.rules.statistics.summaries import concentration
from partnerships.early_signs import Facts, Found, Named, SignalRule
from partnerships.models import Partnership, PartnershipMember
from partnerships.queries.meeting import voices_in
from partnerships.queries.signal_rules import member_names
from partnerships.rules.member import GONE
from partnerships.rules.signal import Challenge

LATE_AFTER = timedelta(days=30)


def _secured() -> QuerySet[FundingSource]:
    """What is secured in the tenant's currency, gifts in kind too."""
    return FundingSource.objects.filter(status=FundingSource.Status.SECURED, currency=tenant_at_work().currency)


def _cash_by_giver(partnerships: Collection[Partnership]) -> dict[uuid.UUID, dict[uuid.UUID, int]]:
    """Secured money of each partnership by giver; a source of nobody named stands for itself."""
    rows = _secured().filter(partnership__in=partnerships).exclude(kind=FundingSource.Kind.IN_KIND)
    found: dict[uuid.UUID, dict[uuid.UUID, int]] = defaultdict(lambda: defaultdict(int))
    rows = rows.annotate(source=Coalesce("giver_id", "pk"))
    for key, source, cents in rows.values_list("partnership_id", "source", "amount_cents"):
        found[key][source] += cents
    return found


def goals_short_of_means(partnerships: Collection[Partnership], *, today: date) -> Iterator[Found]:
    """Running goals of which less than 80 per cent of the need is secured, in money and gifts (R-F14)."""
    running = Goal.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=today),
        partnership__in=partnerships,
        state__in=RUNNING_STATES,
        need_cents__gt=0,
    )
    goals = list(running.order_by("partnership_id", "number"))
    totals = _secured().filter(goal__in=goals).order_by().values_list("goal_id").annotate(total=Sum("amount_cents"))
    secured = dict(totals)
    for goal in goals:
        need, cents = goal.need_cents or 0, int(secured.get(goal.pk, 0))
        if is_short(secured_cents=cents, need_cents=need):
            facts: Facts = {
                "percent": covered_percent(secured_cents=cents, need_cents=need),
                "missing_cents": need - cents,
            }
            yield Found(goal.partnership_id, facts, goal.pk, min(Visibility.PARTNERS, goal.visibility))


def concentrated_money(partnerships: Collection[Partnership], *, today: date) -> Iterator[Found]:
    """Partnerships whose secured money comes from too few sources; of fewer than three only the shares are told.

    The day makes no difference.
    """
    for key, by_giver in _cash_by_giver(partnerships).items():
        found = concentration(list(by_giver.values()))
        if found is not None and is_concentrated(found):
            facts: Facts = {"sources": len(found.shares), "largest": round(100 * found.largest)}
            if found.index is not None:
                facts["index"] = round(100 * found.index)
            yield Found(key, facts)


def one_has_the_say(partnerships: Collection[Partnership], *, today: date) -> Iterator[Found]:
    """Members that give over half of the money, chair over half of the meetings and propose over half of the items."""
    voices = voices_in(partnerships, today=today)
    cash = _cash_by_giver(partnerships)
    members = PartnershipMember.objects.filter(partnership__in=partnerships).exclude(state__in=GONE)
    for member_id, key, organisation_id in members.order_by("pk").values_list(
        "pk", "partnership_id", "organisation_id"
    ):
        spoken = voices.get(key)
        if spoken is None:
            continue
        say = Say(
            money_cents=cash.get(key, {}).get(organisation_id, 0),
            all_money_cents=sum(cash.get(key, {}).values()),
            chaired=spoken.chaired[member_id],
            all_chaired=spoken.chaired.total(),
            proposed=spoken.proposed[member_id],
            all_proposed=spoken.proposed.total(),
        )
        if has_the_say(say):
            share, chairs, items = say.percents
            yield Found(key, {"money": share, "chairs": chairs, "items": items}, member_id)


def late_money(partnerships: Collection[Partnership], *, today: date) -> Iterator[Found]:
    """What a giver promised by a day and had not come more than 30 days after it."""
    rows = FundingSource.objects.filter(
        partnership__in=partnerships,
        status=FundingSource.Status.EXPECTED,
        due_on__lt=today - LATE_AFTER,
    )
    for source in rows.order_by("partnership_id", "due_on", "id"):
        if source.due_on is not None:
            facts: Facts = {"days": (today - source.due_on).days, "on": source.due_on.isoformat()}
            yield Found(source.partnership_id, facts, source.pk, source.visibility)


def source_names(viewer: Viewer, ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Named]:
    """The names of some sources, with the page of each."""
    rows = sources_visible_to(viewer).filter(pk__in=ids).select_related("partnership")
    return {
        row.pk: Named(row.name, space_url("funding_detail", slug=row.partnership.slug, source_id=row.pk))
        for row in rows
    }


def _late_words(facts: Facts, name: str) -> str:
    words = _("“%(name)s” was promised by %(day)s and has not come: %(days)d days late.")
    day = date.fromisoformat(str(facts["on"]))
    return words % {"name": name, "day": day_words(day), "days": facts["days"]}


def _short_words(facts: Facts, name: str) -> str:
    missing = money(int(facts["missing_cents"]), tenant_at_work().currency)
    words = _("“%(name)s”: %(percent)d%% of what it needs is secured, %(missing)s is missing.")
    return words % {"name": name, "percent": facts["percent"], "missing": missing}


def _concentration_words(facts: Facts, _name: str) -> str:
    sources, largest = int(facts["sources"]), int(facts["largest"])
    if sources == 1:
        return _("All the secured money comes from one source.")
    if "index" not in facts:
        words = _("The secured money comes from two sources: %(first)d%% and %(second)d%%.")
        return words % {"first": largest, "second": 100 - largest}
    index = number_format(Decimal(int(facts["index"])) / 100, 2)
    words = _("One of %(sources)d sources gives %(largest)d%% of the secured money (concentration %(index)s of 1).")
    return words % {"sources": sources, "largest": largest, "index": index}


def _say_words(facts: Facts, name: str) -> str:
    words = _(
        "%(name)s gives %(money)d%% of the money, chaired %(chairs)d%% of the meetings and proposed %(items)d%% of the "
        "items."
    )
    return words % {**facts, "name": name}


def _funding_page(slug: str) -> str:
    return space_url("funding_list", slug=slug)


def _meetings_page(slug: str) -> str:
    return space_url("meeting_list", slug=slug)


GOAL_SHORT_OF_MEANS = SignalRule(
    "goal_short_of_means",
    Challenge.RESOURCES,
    15,
    gettext_lazy(
        "Of what a goal at work needs, less than 80 per cent is secured, in money and accepted gifts together. What is "
        "only expected does not count."
    ),
    gettext_lazy("Look for more means, or agree on what the goal can do without."),
    _funding_page,
    _short_words,
    goals_short_of_means,
    goal_names,
    permission=Permission.SEE_FUNDING,
    step_permission=Permission.SEE_FUNDING,
    measure=lambda facts: -int(facts["percent"]),
    step=10,
)
ONE_HAS_THE_SAY = SignalRule(
    "one_has_the_say",
    Challenge.POWER,
    38,
    gettext_lazy(
        "One member gives over half of the secured money and, in the last twelve months, chaired over half of the "
        "meetings and proposed over half of the items. Counted from three meetings on."
    ),
    gettext_lazy("Let somebody else chair, give residents a seat, or talk about who decides."),
    _meetings_page,
    _say_words,
    one_has_the_say,
    member_names,
    permission=Permission.SEE_FUNDING,
    measure=lambda facts: min(int(facts["money"]), int(facts["chairs"]), int(facts["items"])),
    step=10,
)
FUNDING_CONCENTRATED = SignalRule(
    "funding_concentrated",
    Challenge.KEEPING_GOING,
    65,
    gettext_lazy(
        "The shares of the sources in the secured money are squared and added up (Herfindahl index). Over 0.5 it is as "
        "if the money came from fewer than two equal sources. With one or two sources only their shares are told."
    ),
    gettext_lazy("Look for another source before this one ends."),
    _funding_page,
    _concentration_words,
    concentrated_money,
    permission=Permission.SEE_FUNDING,
    step_permission=Permission.SEE_FUNDING,
    measure=lambda facts: int(facts["largest"]),
    step=10,
)
MONEY_LATE = SignalRule(
    "money_late",
    Challenge.RESOURCES,
    28,
    gettext_lazy("Something a giver promised by a day was not there more than 30 days after it."),
    gettext_lazy("Ask the giver, agree on a new day, or plan without it."),
    _funding_page,
    _late_words,
    late_money,
    source_names,
    permission=Permission.SEE_FUNDING,
    step_permission=Permission.SEE_FUNDING,
    measure=lambda facts: int(facts["days"]),
    step=30,
)
RULES = (MONEY_LATE, GOAL_SHORT_OF_MEANS, ONE_HAS_THE_SAY, FUNDING_CONCENTRATED)
