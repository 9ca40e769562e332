"""What activities everybody reads of promise to groups on maps (R-S6)."""

import uuid
from collections import defaultdict
from collections.abc import Sequence

from core.access.viewer import PUBLIC
from engagement.queries.activity import activities_visible_to, promise_of, public_url_of
from engagement.rules.promise import BINDING, is_made_to
from partnerships.models import PartnershipMap
from stakeholders.models import MapEntry
from stakeholders.rules.promise import MadePromise, PublicPromise
from stakeholders.rules.stakeholder import names_of


def promises_of_activities(entries: Sequence[MapEntry]) -> list[MadePromise]:
    """The promises of public activities that are not kept yet; two statements however many entries."""
    maps_of: dict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
    links = PartnershipMap.objects.filter(map__in={entry.map_id for entry in entries})
    for map_id, partnership_id in links.values_list("map_id", "partnership_id"):
        maps_of[partnership_id].add(map_id)
    found = []
    for activity in activities_visible_to(PUBLIC).filter(state__in=BINDING):
        here = maps_of[activity.partnership_id]
        meant = [
            entry.pk
            for entry in entries
            if is_made_to(
                activity.target_groups,
                names=names_of(entry.stakeholder),
                lives_it_here=entry.ring == MapEntry.Ring.LIVING_IT and entry.map_id in here,
            )
        ]
        words = promise_of(activity)
        promise = PublicPromise(activity.pk, activity.level, words, activity.title, public_url_of(activity))
        found.append(MadePromise(promise, frozenset(meant), frozenset(here)))
    return found
