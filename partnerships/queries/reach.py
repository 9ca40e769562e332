"""The stakeholders and maps partnerships have to do with, for who coordinates some of them."""

import uuid
from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet

from partnerships.models import Attendance, PartnershipMap, PartnershipMember, Representative
from stakeholders.models import Affiliation, MapEntry


def members_within(scope_ids: Collection[uuid.UUID]) -> QuerySet[Any, Any]:
    """The organisations that are, were or are asked to be members."""
    return PartnershipMember.objects.filter(partnership__scope__in=scope_ids).values("organisation")


def people_within(scope_ids: Collection[uuid.UUID]) -> QuerySet[Any, Any]:
    """The people of these organisations."""
    return Affiliation.objects.filter(organisation__in=members_within(scope_ids)).values("person")


def speakers_within(scope_ids: Collection[uuid.UUID]) -> QuerySet[Any, Any]:
    """Those who speak or spoke for a member."""
    return Representative.objects.filter(member__partnership__scope__in=scope_ids).values("person")


def guests_within(scope_ids: Collection[uuid.UUID]) -> QuerySet[Any, Any]:
    """Those who were asked to a meeting."""
    return Attendance.objects.filter(meeting__partnership__scope__in=scope_ids).values("person")


def maps_taken_along(scope_ids: Collection[uuid.UUID]) -> QuerySet[Any, Any]:
    """The maps made for these partnerships or taken along."""
    return PartnershipMap.objects.filter(partnership__scope__in=scope_ids).values("map")


def mapped_within(scope_ids: Collection[uuid.UUID]) -> QuerySet[Any, Any]:
    """Those on these maps."""
    return MapEntry.objects.filter(map__in=maps_taken_along(scope_ids)).values("stakeholder")
