"""The register as a list: narrowed, ordered, exported, and what it can be narrowed by."""

import uuid
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from core.access.permissions import Permission
from core.access.roles import ROLES
from core.access.viewer import Viewer
from core.access.visibility import Visibility
from core.models import Grant, User
from core.tenancy.context import current_tenant_id
from core.web.space import space_url
from stakeholders.models import SavedFilter, Stakeholder, StakeholderTag
from stakeholders.queries.asset import ids_found_for
from stakeholders.queries.stakeholder import MOST_FOUND, ids_found, stakeholders_kept_by
from stakeholders.rules.register import ME, NOBODY, Narrowing
from stakeholders.rules.stakeholder import FIELD_LABELS, words_of

SORTS: dict[str, Sequence[str]] = {
    "name": ("sort_name", "id"),
    "place": ("place", "sort_name", "id"),
    "newest": ("-created_at", "-id"),
}
# Counting a hundred thousand costs more than the rest of the page; beyond this a list is "more than". The whole
# register is counted in an index; narrowed, many are looked at for each that fits.
MOST_COUNTED, MOST_COUNTED_NARROWED = 5_000, 500
EXPORTED_FIELDS = (
    "name", "aliases", "kind", "sector", "subtype", "tax_code", "vat_number", "place", "province", "region",
    "territories", "languages", "email", "phone", "website", "status", "source", "lawful_basis", "do_not_contact",
    "visibility",
)  # fmt: skip
# Tags in use, ``owners_to_choose`` and ``filters_seen_by``, for every page of the register: composing it anew costs a
# sixth of the page.
CHOICES = """
SELECT 'tag', id, name, '', false FROM stakeholders_tag tag WHERE tenant_id = %(tenant)s AND EXISTS (
  SELECT FROM stakeholders_stakeholdertag given WHERE given.tenant_id = tag.tenant_id AND given.tag_id = tag.id
) UNION ALL
SELECT 'owner', id, coalesce(nullif(name, ''), email), '', false FROM core_user WHERE is_active AND id IN (
  SELECT user_id FROM core_grant WHERE tenant_id = %(tenant)s AND role = ANY(%(knowing)s)
) UNION ALL
SELECT 'filter', id, name, query, owner_id = %(person)s FROM stakeholders_savedfilter
WHERE tenant_id = %(tenant)s AND (owner_id = %(person)s OR is_shared)
"""
ROLES_THAT_KNOW = [role for role, defined in ROLES.items() if Permission.EDIT_STAKEHOLDERS in defined.permissions]


@dataclass(frozen=True)
class Listing:
    """A narrowed list; ``is_cut`` when the words fit more stakeholders than are looked at.

    ``most_counted`` is how far a page counts it.
    """

    rows: QuerySet[Stakeholder]
    is_cut: bool
    most_counted: int


@dataclass(frozen=True)
class SavedRow:
    """A filter somebody saved, as the list offers it."""

    id: uuid.UUID
    name: str
    url: str
    is_own: bool
    is_current: bool


@dataclass(frozen=True)
class Choices:
    """What the space itself brings to narrow by: its tags, who knows stakeholders best, saved filters."""

    tags: list[tuple[str, str]] = field(default_factory=list)
    owners: list[tuple[str, str]] = field(default_factory=list)
    saved: list[SavedRow] = field(default_factory=list)


def ids_to_change(viewer: Viewer, ids: Collection[uuid.UUID]) -> list[uuid.UUID] | None:
    """Those somebody chose to change together; None when one of them is gone or out of sight: then none is changed."""
    found = list(stakeholders_kept_by(viewer).filter(pk__in=ids).values_list("pk", flat=True))
    return found if len(found) == len(set(ids)) else None


def stakeholder_list(viewer: Viewer, narrowing: Narrowing, *, sort: str = "name") -> Listing:
    """What a viewer sees of the register, narrowed, in an order of ``SORTS``."""
    rows = stakeholders_kept_by(viewer).order_by(*SORTS[sort])
    is_cut = False
    if narrowing.query:
        found = ids_found_for(viewer, words_of(narrowing.query))
        rows, is_cut = rows.filter(pk__in=found), len(found) >= MOST_FOUND
    most_counted = MOST_COUNTED_NARROWED if narrowing else MOST_COUNTED
    return Listing(rows.filter(_narrowed(viewer, narrowing)), is_cut, most_counted)


def _narrowed(viewer: Viewer, narrowing: Narrowing) -> Q:
    wanted = Q(**{name: value for name in ("kind", "sector", "status") if (value := getattr(narrowing, name))})
    if narrowing.place:
        wanted &= _in_place(narrowing.place)
    if narrowing.stake:
        wanted &= Q(stakes__contains=[narrowing.stake])
    if narrowing.tag:
        wanted &= Q(pk__in=StakeholderTag.objects.filter(tag_id=uuid.UUID(narrowing.tag)).values("stakeholder_id"))
    if narrowing.contact:
        wanted &= Q(do_not_contact=narrowing.contact == "refused")
    if narrowing.basis:
        wanted &= Q(lawful_basis="" if narrowing.basis == "missing" else narrowing.basis)
    if narrowing.seen:
        wanted &= Q(visibility=int(narrowing.seen))
    if narrowing.owner == NOBODY:
        wanted &= Q(relationship_owner=None)
    elif narrowing.owner:
        wanted &= Q(relationship_owner=viewer.user.pk if narrowing.owner == ME and viewer.user else narrowing.owner)
    return wanted


def _in_place(place: str) -> Q:
    """Sits or works there. While few have its words anywhere, only these are looked at: no index serves the rest."""
    there = Q(place__iexact=place) | Q(territories__contains=[place])
    if not (words := words_of(place)):
        return there
    named = ids_found(words)
    return there if len(named) == MOST_FOUND else there & Q(pk__in=named)


def owners_to_choose() -> QuerySet[User]:
    """Who may be named as knowing a stakeholder best: everybody who keeps the register, by name."""
    keepers = Grant.objects.filter(role__in=ROLES_THAT_KNOW).values("user_id")
    return User.objects.filter(pk__in=keepers, is_active=True).order_by("name", "email")


def filters_seen_by(viewer: Viewer) -> QuerySet[SavedFilter]:
    """A person's own saved filters and everybody's shared ones, by name."""
    return SavedFilter.objects.filter(Q(owner=viewer.user) | Q(is_shared=True)).order_by("name", "id")


def choices_for(viewer: Viewer, narrowing: Narrowing) -> Choices:
    """What the space brings to narrow by, in one statement."""
    current, found = narrowing.as_query(), Choices()
    address = space_url("stakeholder_list")
    for what, pk, label, query, is_own in _choice_rows(viewer):
        if what == "tag":
            found.tags.append((str(pk), label))
        elif what == "owner":
            found.owners.append((str(pk), label))
        else:
            found.saved.append(SavedRow(pk, label, f"{address}?{query}", is_own, query == current))
    return found


def _choice_rows(viewer: Viewer) -> list[tuple[str, uuid.UUID, str, str, bool]]:
    """Kind, id, label, query and whether it is one's own: of tags in use, keepers and saved filters, by label."""
    asked: dict[str, Any] = {
        "tenant": current_tenant_id(),
        "person": viewer.user and viewer.user.pk,
        "knowing": [role.value for role in ROLES_THAT_KNOW],
    }
    with connection.cursor() as cursor:
        cursor.execute(CHOICES, asked)
        found: list[tuple[str, uuid.UUID, str, str, bool]] = cursor.fetchall()
    return sorted(found, key=lambda row: (row[0], row[2].casefold()))


def exported(rows: QuerySet[Stakeholder]) -> tuple[list[str], Iterator[list[str]]]:
    """The register as a table: header and cells, without assessments and without what was said in confidence.

    Each row ends with who may see the record (R-D10).
    """
    labels: dict[str, dict[Any, Any]] = {
        "kind": dict(Stakeholder.Kind.choices),
        "sector": dict(Stakeholder.Sector.choices),
        "status": dict(Stakeholder.Status.choices),
        "lawful_basis": dict(Stakeholder.LawfulBasis.choices),
        "visibility": dict(Visibility.choices),
    }
    yes = {True: _("yes"), False: ""}

    def cell(name: str, value: Any) -> str:
        if name in labels:
            return str(labels[name][value])
        if isinstance(value, list):
            return ", ".join(value)
        if isinstance(value, bool):
            return yes[value]
        return ", ".join(value.splitlines()) if name == "aliases" else value

    def cells() -> Iterator[list[str]]:
        for values in rows.values_list(*EXPORTED_FIELDS).iterator():
            yield [cell(name, value) for name, value in zip(EXPORTED_FIELDS, values, strict=True)]

    return [str(FIELD_LABELS[name]) for name in EXPORTED_FIELDS], cells()
