"""What activities everybody reads of promise to groups on maps (R-S6)."""

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence

from core.access.viewer import PUBLIC
from engagement.queries.activity import activities_visible_to, promise_of, public_url_of
from engagement.rules.promise import BINDING, is_made_to
from partnerships.models import PartnershipMap
from stakeholders.models import MapEntry
from stakeholders.rules.promise import PublicPromise
from stakeholders.rules.stakeholder import names_of


def promises_of_activities(entries: Sequence[MapEntry]) -> Mapping[uuid.UUID, Sequence[PublicPromise]]:
    """By entry, the promises of public activities that are not kept yet; two statements however many entries."""
    here: dict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
    links = PartnershipMap.objects.filter(map__in={entry.map_id for entry in entries})
    for map_id, partnership_id in links.values_list("map_id", "partnership_id"):
        here[map_id].add(partnership_id)
    found: dict[uuid.UUID, list[PublicPromise]] = defaultdict(list)
    for activity in activities_visible_to(PUBLIC).filter(state__in=BINDING):
        promise = PublicPromise(activity.level, promise_of(activity), activity.title, public_url_of(activity))
        for entry in entries:
            lives_it_here = entry.ring == MapEntry.Ring.LIVING_IT and activity.partnership_id in here[entry.map_id]
            if is_made_to(activity.target_groups, names=names_of(entry.stakeholder), lives_it_here=lives_it_here):
                found[entry.pk].append(promise)
    return found
