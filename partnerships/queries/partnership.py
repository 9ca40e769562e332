"""Reading partnerships: who sees which, and what their pages show."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import BooleanField, Count, ExpressionWrapper, Q, QuerySet
from django.utils import timezone
from django.utils.text import slugify

from core.access.permissions import Permission
from core.access.roles import Role
from core.access.viewer import Viewer, visible_records
from core.access.visibility import Visibility
from core.models import AccessScope, Grant, User
from core.queries.composed import Composed
from core.web.space import space_url
from partnerships.models import AgreementVersion, Partnership, PartnershipMember
from partnerships.queries.agreement import only_lapsed, versions_visible_to
from partnerships.queries.partnership_review import with_last_review
from partnerships.rules.partnership import RESERVED_SLUGS, TONES

LONGEST_SLUG = 50
OPEN_STATES = [state for state in Partnership.State if state != Partnership.State.CLOSED]


@dataclass(frozen=True)
class PartnershipRow:
    """A partnership as a list shows it."""

    name: str
    url: str
    territory: str
    state: str
    state_label: str
    member_count: int
    tone: str
    has_lapsed: bool = False


def partnerships_visible_to(viewer: Viewer) -> QuerySet[Partnership]:
    """The partnerships a viewer may see, by name."""
    return Partnership.objects.filter(visible_records(viewer, scope="scope_id", chain=["visibility"])).order_by(
        "name", "id"
    )


def public_partnerships() -> QuerySet[Partnership]:
    """The partnerships everyone may see, by name."""
    return Partnership.objects.filter(visibility=Visibility.PUBLIC).order_by("name", "id")


partnership_at: Composed[Partnership] = Composed(
    lambda viewer, slug: partnerships_visible_to(viewer).filter(slug=slug).order_by()[:1]
)


def partnership_list(viewer: Viewer, *, search: str = "", state: str = "") -> QuerySet[Partnership]:
    """A viewer's partnerships, narrowed by words in the name and by state.

    With their number of members, whether their agreements lapsed, and the day of the last review.
    """
    rows = partnerships_visible_to(viewer)
    if search:
        rows = rows.filter(Q(name__icontains=search) | Q(territory__icontains=search))
    if state:
        rows = rows.filter(state=state)
    members = Q(members__state__in=[PartnershipMember.State.MEMBER, PartnershipMember.State.JOINING])
    lapsed = only_lapsed(versions_visible_to(viewer), today=timezone.localdate())
    counted = rows.annotate(
        member_count=Count("members", filter=members), has_lapsed=ExpressionWrapper(lapsed, output_field=BooleanField())
    )
    return with_last_review(counted)


def lapsed_partnerships(viewer: Viewer, *, today: date) -> QuerySet[Partnership]:
    """The partnerships a viewer coordinates, closed ones left out, that are without agreement in force (R-A7)."""
    rows = partnerships_visible_to(viewer).filter(state__in=OPEN_STATES)
    if not viewer.can_everywhere(Permission.EDIT_PARTNERSHIP):
        rows = rows.filter(scope_id__in=viewer.scopes_with(Permission.EDIT_PARTNERSHIP))
    return rows.filter(only_lapsed(versions_visible_to(viewer), today=today))


def lapsed_for_members(member_ids: Collection[uuid.UUID], *, today: date) -> QuerySet[Partnership]:
    """The partnerships of some members that are without agreement in force, as far as partners may read (R-A7)."""
    versions = AgreementVersion.objects.filter(agreement__visibility__gte=Visibility.PARTNERS)
    rows = Partnership.objects.filter(members__in=member_ids, state__in=OPEN_STATES)
    return rows.filter(only_lapsed(versions, today=today)).distinct().order_by("name", "id")


def as_row(partnership: Partnership) -> PartnershipRow:
    """What a list shows of a partnership of ``partnership_list``."""
    return PartnershipRow(
        name=partnership.name,
        url=space_url("partnership_detail", slug=partnership.slug),
        territory=partnership.territory,
        state=partnership.state,
        state_label=partnership.get_state_display(),
        member_count=partnership.member_count,  # type: ignore[attr-defined]  # annotated by partnership_list
        tone=TONES[partnership.state],
        has_lapsed=partnership.has_lapsed,  # type: ignore[attr-defined]  # likewise
    )


def coordinating_people(partnership: Partnership) -> QuerySet[User]:
    """Who may lead a partnership or stand in: people who coordinate it or the whole space, by name."""
    grants = Grant.objects.filter(role__in=[Role.TENANT_ADMIN, Role.COORDINATOR]).filter(
        Q(scope__kind=AccessScope.Kind.TENANT) | Q(scope_id=partnership.scope_id)
    )
    return User.objects.filter(pk__in=grants.values("user_id")).order_by("name", "email")


def free_slug(name: str) -> str:
    """A short name for addresses made of a name, not yet taken in the space."""
    root = slugify(name)[: LONGEST_SLUG - 4].strip("-") or "partnership"
    taken = set(Partnership.objects.filter(slug__startswith=root).values_list("slug", flat=True)) | RESERVED_SLUGS
    candidates = (root if number == 1 else f"{root}-{number}" for number in range(1, len(taken) + 2))
    return next(slug for slug in candidates if slug not in taken)
