"""The register as it leaves for other programs: what a viewer sees, without a way to whoever refused contact."""

import uuid
from collections.abc import Iterable, Iterator
from itertools import batched, islice

from django.db.models import QuerySet

from core.access.viewer import Viewer
from core.access.visibility import Visibility
from core.web.lists import MOST_EXPORTED
from stakeholders.models import Affiliation, ContactPoint, Identifier, Stakeholder, StakeholderTag
from stakeholders.queries.stakeholder import visible_at
from stakeholders.rules.exchange import Outgoing, Place
from stakeholders.rules.import_cells import LEVEL_WORDS

AT_ONCE = 500
VALUES = (
    "name", "aliases", "subtype", "tax_code", "vat_number", "place", "province", "region", "email", "phone", "website",
    "language", "description",
)  # fmt: skip
WAYS = frozenset({"email", "phone", "website"})


def outgoing(viewer: Viewer, rows: QuerySet[Stakeholder]) -> Iterator[Outgoing]:
    """Stakeholders of a list a viewer sees, in its order, at most 50,000."""
    found = islice(rows.iterator(chunk_size=AT_ONCE), MOST_EXPORTED)
    for some in batched(found, AT_ONCE, strict=False):
        yield from _together(viewer, some)


def _together(viewer: Viewer, rows: Iterable[Stakeholder]) -> Iterator[Outgoing]:
    """Some of them with everything that stands beside, in five statements however many they are."""
    known = {row.pk: row for row in rows}
    contacts, identifiers, tags = _beside(known)
    places = list(
        Affiliation.objects.filter(visible_at(viewer, "organisation__"), person__in=known, is_active=True)
        .select_related("organisation")
        .order_by("organisation__sort_name", "id")
    )
    people = list(
        Affiliation.objects.filter(visible_at(viewer, "person__"), organisation__in=known, is_active=True)
        .select_related("person")
        .order_by("person__sort_name", "id")
    )
    for pk, row in known.items():
        refused = row.do_not_contact
        yield Outgoing(
            id=pk,
            kind=row.kind,
            values={name: "" if refused and name in WAYS else getattr(row, name) for name in VALUES},
            languages=list(row.languages),
            level=LEVEL_WORDS[Visibility(row.visibility)],
            refuses_contact=refused,
            updated_at=row.updated_at,
            contacts=[] if refused else contacts.get(pk, []),
            identifiers=identifiers.get(pk, []),
            tags=tags.get(pk, []),
            organisations=[_place(place.organisation, place.title) for place in places if place.person_id == pk],
            people=[_place(place.person, place.title) for place in people if place.organisation_id == pk],
        )


def _place(one: Stakeholder, title: str) -> Place:
    refused = one.do_not_contact
    return Place(one.pk, one.name, title, "" if refused else one.email, "" if refused else one.phone)


def _beside(
    known: Iterable[uuid.UUID],
) -> tuple[
    dict[uuid.UUID, list[tuple[str, str, str]]], dict[uuid.UUID, list[tuple[str, str]]], dict[uuid.UUID, list[str]]
]:
    ids = list(known)
    contacts: dict[uuid.UUID, list[tuple[str, str, str]]] = {}
    for point in ContactPoint.objects.filter(stakeholder__in=ids).order_by("id"):
        contacts.setdefault(point.stakeholder_id, []).append((point.kind, point.value, point.label))
    identifiers: dict[uuid.UUID, list[tuple[str, str]]] = {}
    for number in Identifier.objects.filter(stakeholder__in=ids).order_by("id"):
        identifiers.setdefault(number.stakeholder_id, []).append((number.scheme, number.value))
    tags: dict[uuid.UUID, list[str]] = {}
    for pk, name in (
        StakeholderTag.objects.filter(stakeholder__in=ids).order_by("id").values_list("stakeholder_id", "tag__name")
    ):
        tags.setdefault(pk, []).append(name)
    return contacts, identifiers, tags
