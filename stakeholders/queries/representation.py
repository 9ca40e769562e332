"""Reading audits of who sits in a body; every count leaves here as the rules let it (R-S9, R-D8)."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from core.access.permissions import Permission
from core.access.viewer import Viewer
from core.models import AccessLink
from stakeholders.models import AuditCount, ReferenceCategory, ReferenceProfile, RepresentationAudit
from stakeholders.rules.representation import Group, Sheet, is_hidden_where_small, sheet_of

# What the link of a round and the slips of it are called among links. A used slip is deleted, never stamped.
ROUND, SLIP = "representation", "representation_slip"


class Counting(StrEnum):
    """How far the counting of an audit is."""

    NOT_BEGUN = "not_begun"
    OPEN = "open"
    OVER = "over"
    BY_HAND = "by_hand"


@dataclass(frozen=True)
class Round:
    """The counting of an audit. ``left`` slips are unused while it is open, until ``ends_on``."""

    counting: Counting
    answers: int
    left: int = 0
    ends_on: date | None = None

    @property
    def is_open(self) -> bool:
        """Whether answers may still come; until then nothing of them is shown."""
        return self.counting is Counting.OPEN

    @property
    def slips(self) -> int:
        """How many slips were used or still may be."""
        return self.left + self.answers


def profiles_visible_to(viewer: Viewer) -> QuerySet[ReferenceProfile]:
    """Communities to compare with, the newest first."""
    rows = ReferenceProfile.objects.order_by("dimension", "area", "-year", "id")
    return rows if viewer.can(Permission.SEE_STAKEHOLDERS) else rows.none()


def profiles_with_sizes(viewer: Viewer) -> QuerySet[ReferenceProfile]:
    """The same with ``people``, ``groups`` and whether an audit uses it, ``is_used``."""
    used = RepresentationAudit.objects.filter(profile=OuterRef("pk"))
    return profiles_visible_to(viewer).annotate(
        people=Sum("categories__population_count", default=0), groups=Count("categories"), is_used=Exists(used)
    )


def categories_of(profile: ReferenceProfile) -> list[ReferenceCategory]:
    """The groups of a community in their order."""
    return list(ReferenceCategory.objects.filter(profile=profile).order_by("position", "id"))


def audits_visible_to(viewer: Viewer) -> QuerySet[RepresentationAudit]:
    """Audits, the newest first, with the community each compares with and ``is_followed``: looked at again since."""
    rows = RepresentationAudit.objects.select_related("profile").annotate(is_followed=_followed())
    return rows.filter(_within_reach(viewer)).order_by("-audited_on", "-id")


def _within_reach(viewer: Viewer) -> Q:
    """In the whole space all; in some partnerships those of their bodies, and one's own that have no place."""
    if viewer.can_everywhere(Permission.SEE_STAKEHOLDERS):
        return Q()
    if not viewer.can(Permission.SEE_STAKEHOLDERS):
        return Q(pk__in=())
    return Q(scope__in=viewer.scopes_with(Permission.SEE_STAKEHOLDERS)) | Q(scope=None, created_by=viewer.user)


def actions_due(viewer: Viewer, *, today: date) -> QuerySet[RepresentationAudit]:
    """Audits whose action's day has come, and whose body nobody has looked at again since (R-S11, P5)."""
    return audits_visible_to(viewer).filter(~_followed(), closed_on__isnull=False, action_on__lte=today)


def _followed() -> Exists:
    nowhere = uuid.UUID(int=0)
    later = RepresentationAudit.objects.filter(
        profile__dimension=OuterRef("profile__dimension"),
        body__iexact=OuterRef("body"),
        audited_on__gt=OuterRef("audited_on"),
    )
    # A body of no partnership is followed by another such one, and null equals nothing.
    placed = later.annotate(place=Coalesce("scope", Value(nowhere))).filter(
        place=Coalesce(OuterRef("scope"), Value(nowhere))
    )
    return Exists(placed)


def round_of(audit: RepresentationAudit) -> Round:
    """How far the counting is, and how many answered; not what they said."""
    links = AccessLink.objects.filter(subject_id=audit.pk)
    live = Q(revoked_at=None, expires_at__gt=timezone.now())
    found = links.aggregate(
        rounds=Count("id", filter=Q(purpose=ROUND)),
        live=Count("id", filter=live & Q(purpose=ROUND)),
        left=Count("id", filter=live & Q(purpose=SLIP)),
    )
    answers = _answers(audit)
    if found["live"]:
        last = links.filter(live, purpose=ROUND).values_list("expires_at", flat=True)[0]
        # It ends as the day after its last one begins.
        return Round(Counting.OPEN, answers, found["left"], timezone.localdate(last - timedelta(seconds=1)))
    if not answers:
        return Round(Counting.NOT_BEGUN, 0)
    return Round(Counting.OVER if found["rounds"] else Counting.BY_HAND, answers)


def counts_by_hand(audit: RepresentationAudit) -> dict[uuid.UUID, int]:
    """What was typed in, for typing on; nothing where people were counted, because it would show what is hidden."""
    is_hidden = is_hidden_where_small(dimension=audit.profile.dimension, method=audit.method)
    if is_hidden and _answers(audit):
        return {}
    return dict(AuditCount.objects.filter(audit=audit).values_list("category_id", "count"))


def sheet_for(audit: RepresentationAudit) -> Sheet:
    """The only way in which counts of an audit are told, whoever asks. Not to be shown while its round is open."""
    rows = AuditCount.objects.filter(audit=audit).order_by("category__position", "category_id")
    groups = rows.annotate(label=F("category__label"), population=F("category__population_count"))
    return sheet_of(
        [Group(*values) for values in groups.values_list("label", "population", "count")],
        not_stated=audit.not_stated_count,
        hides_small=is_hidden_where_small(dimension=audit.profile.dimension, method=audit.method),
    )


def is_counted_that_day(
    *,
    profile: ReferenceProfile,
    scope_id: uuid.UUID | None,
    body: str,
    audited_on: date,
    but: uuid.UUID | None = None,
) -> bool:
    """Whether the body is counted along the dimension on that day: a second view of one count could be subtracted.

    Two partnerships may each have a steering group; a body of the whole space has no other of its name that day.
    ``but`` leaves one audit out, which is to change places.
    """
    rows = RepresentationAudit.objects.filter(profile__dimension=profile.dimension, audited_on=audited_on)
    rows = rows.exclude(pk=but) if but else rows
    if scope_id is not None:
        rows = rows.filter(scope=scope_id)
    return rows.filter(body__iexact=body).exists()


def bodies_known(viewer: Viewer) -> Iterable[str]:
    """Names of bodies a viewer looked at before, so that they are written alike."""
    rows = RepresentationAudit.objects.filter(_within_reach(viewer))
    return rows.order_by("body").values_list("body", flat=True).distinct()[:50]


def _answers(audit: RepresentationAudit) -> int:
    stated = AuditCount.objects.filter(audit=audit).aggregate(total=Sum("count", default=0))
    return int(stated["total"]) + audit.not_stated_count
