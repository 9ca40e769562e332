"""Reading partnerships: who sees which, and what their pages show."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils.text import slugify

from core.access.roles import Role
from core.access.viewer import Viewer, visible_records
from core.access.visibility import Visibility
from core.models import AccessScope, Grant, User
from core.web.space import space_url
from partnerships.models import Partnership, PartnershipMember
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


def partnerships_visible_to(viewer: Viewer) -> QuerySet[Partnership]:
    """The partnerships a viewer may see, by name."""
    return Partnership.objects.filter(visible_records(viewer, scope="scope_id", chain=["visibility"])).order_by(
        "name", "id"
    )


def public_partnerships() -> QuerySet[Partnership]:
    """The partnerships everyone may see, by name."""
    return Partnership.objects.filter(visibility=Visibility.PUBLIC).order_by("name", "id")


def partnership_list(viewer: Viewer, *, search: str = "", state: str = "") -> QuerySet[Partnership]:
    """A viewer's partnerships with their number of members, narrowed by words in the name and by state."""
    rows = partnerships_visible_to(viewer)
    if search:
        rows = rows.filter(Q(name__icontains=search) | Q(territory__icontains=search))
    if state:
        rows = rows.filter(state=state)
    members = Q(members__state__in=[PartnershipMember.State.MEMBER, PartnershipMember.State.JOINING])
    return rows.annotate(member_count=Count("members", filter=members))


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
