"""The early-warning signal that two needs count on one thing for the same days (domain 11)."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date
from itertools import combinations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.access.permissions import Permission
from core.access.viewer import Viewer
from core.access.visibility import Visibility
from core.web.dates import day_words
from core.web.space import space_url
from partnerships.early_signs import Facts, Found, Named, SignalRule
from partnerships.models import Partnership, ResourceNeed
from partnerships.rules.signal import Challenge
from stakeholders.models import Asset
from stakeholders.queries.asset import assets_visible_to

# What is in one place at a time, or spent once; knowledge and contacts are not.
ONLY_ONCE = (Asset.Kind.SKILL, Asset.Kind.PLACE, Asset.Kind.EQUIPMENT, Asset.Kind.MONEY)


def assets_claimed_twice(partnerships: Collection[Partnership], *, today: date) -> Iterator[Found]:
    """Assets that are to meet two needs of one partnership on the same days, from today on.

    A need without a first or last day is open to that side; one without both says nothing of days and is left out.
    """
    rows = ResourceNeed.objects.filter(
        partnership__in=partnerships, state=ResourceNeed.State.MET, met_by__kind__in=ONLY_ONCE
    ).exclude(needed_from=None, needed_until=None)
    claims: dict[tuple[uuid.UUID, uuid.UUID | None], list[ResourceNeed]] = defaultdict(list)
    for need in rows.select_related("met_by").order_by("partnership_id", "needed_from", "id"):
        claims[need.partnership_id, need.met_by_id].append(need)
    for (partnership_id, asset_id), needs in claims.items():
        shared = sorted(days for one, other in combinations(needs, 2) if (days := _shared(one, other, today=today)))
        if shared:
            facts: Facts = {"from": shared[0].isoformat(), "times": len(shared)}
            level = min(Visibility.PARTNERS, *(need.visibility for need in needs))
            yield Found(partnership_id, facts, asset_id, level)


def _shared(one: ResourceNeed, other: ResourceNeed, *, today: date) -> date | None:
    """The first day from today on that two needs share; None without one."""
    first = max(one.needed_from or date.min, other.needed_from or date.min, today)
    last = min(one.needed_until or date.max, other.needed_until or date.max)
    return first if first <= last else None


def asset_names(viewer: Viewer, ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Named]:
    """What some assets are called, with what their owner can bring."""
    rows = assets_visible_to(viewer).filter(pk__in=ids)
    return {row.pk: Named(row.title, space_url("stakeholder_assets", stakeholder_id=row.owner_id)) for row in rows}


def _words(facts: Facts, name: str) -> str:
    words = _("“%(name)s” is to meet two needs on the same days, the first on %(day)s.")
    return words % {"name": name, "day": day_words(date.fromisoformat(str(facts["from"])))}


def _where(slug: str) -> str:
    return space_url("resource_need_list", slug=slug)


CLAIMED_TWICE = SignalRule(
    "asset_claimed_twice",
    Challenge.PRIORITIES,
    12,
    gettext_lazy("One skill, place, thing or sum is to meet two needs of the partnership on the same days."),
    gettext_lazy("Agree who has it when, or look for a second one."),
    _where,
    _words,
    assets_claimed_twice,
    asset_names,
    step_permission=Permission.EDIT_PARTNERSHIP,
    measure=lambda facts: int(facts["times"]),
    step=1,
)
