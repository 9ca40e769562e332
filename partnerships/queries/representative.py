"""Who speaks for which organisation: the key to "own organisation only" (TEN-14)."""

import uuid
from datetime import date

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from core.access.viewer import Viewer
from core.models import User
from core.queries.composed import Composed
from partnerships.models import Partnership, PartnershipMember, Representative
from partnerships.rules.member import GONE
from stakeholders.queries.own import is_own


def active_representatives(*, today: date | None = None) -> QuerySet[Representative]:
    """People who speak for a member today, those who may commit first, with person and organisation."""
    today = today or timezone.localdate()
    return (
        Representative.objects.filter(Q(until=None) | Q(until__gt=today))
        .exclude(member__state__in=GONE)
        .select_related("person", "member__organisation")
        .order_by("-can_commit", "person__sort_name", "id")
    )


def representations_of(user: User, *, today: date | None = None) -> QuerySet[Representative]:
    """Where a signed-in person speaks for a member.

    Matched by the person's account, or by its address while no account is linked: an invited person's address is
    verified by signing in.
    """
    return active_representatives(today=today).filter(is_own(user, "person__"))


def representative_for(user: User, partnership: Partnership) -> Representative | None:
    """The strongest part a signed-in person has in a partnership; None for an outsider and for coordination."""
    return representations_of(user).filter(member__partnership=partnership).first()


def representation_of(user: User, member_id: uuid.UUID | None) -> Representative | None:
    """How a signed-in person speaks for one particular member; None when they do not."""
    return representations_of(user).filter(member_id=member_id).first() if member_id else None


def commit_right_of(user: User, member_id: uuid.UUID) -> bool | None:
    """Whether a signed-in person may commit for one particular member; None when they do not speak for it at all."""
    return _commit_right.first(Viewer(user=user), member_id=member_id, today=timezone.localdate())


@Composed
def _commit_right(viewer: Viewer, member_id: uuid.UUID, today: date) -> QuerySet[Representative, bool]:
    assert viewer.user is not None, "asked of an account"
    own = representations_of(viewer.user, today=today).filter(member_id=member_id).order_by("-can_commit", "pk")
    return own.values_list("can_commit", flat=True)[:1]


def acting_member(user: User, partnership: Partnership) -> PartnershipMember | None:
    """The member organisation a signed-in person acts for in a partnership."""
    found = representative_for(user, partnership)
    return found.member if found else None


def own_member_ids(user: User) -> list[uuid.UUID]:
    """The memberships a person speaks for, in all partnerships of the tenant."""
    return list(dict.fromkeys(representations_of(user).values_list("member_id", flat=True)))


def members_told_why(user: User) -> list[uuid.UUID]:
    """The memberships whose reasons a person may read: those they speak for, or did when it left the partnership."""
    rows = Representative.objects.filter(is_own(user, "person__")).filter(
        Q(until=None) | Q(until__gt=timezone.localdate()) | Q(until__gte=F("member__left_on"))
    )
    return list(dict.fromkeys(rows.order_by("member_id").values_list("member_id", flat=True)))


def active_representation(person_id: uuid.UUID | None, member_id: uuid.UUID | None) -> Representative | None:
    """How a person without an account speaks for a member today; None when they no longer do."""
    if person_id is None or member_id is None:
        return None
    return active_representatives().filter(person_id=person_id, member_id=member_id).first()


def people_to_mail(member: PartnershipMember) -> list[Representative]:
    """Who speaks for a member and can be written to, those who may commit first."""
    rows = active_representatives().filter(member=member)
    return list(rows.exclude(person__email="").exclude(person__do_not_contact=True))


def colleagues_of(representative: Representative) -> QuerySet[Representative]:
    """The others who speak for the same member and can be reached by mail."""
    others = active_representatives().filter(member_id=representative.member_id)
    return (
        others.exclude(person_id=representative.person_id)
        .exclude(person__email="")
        .exclude(person__do_not_contact=True)
    )
