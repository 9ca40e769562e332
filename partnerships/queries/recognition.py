"""Reading thank-yous: which are seen by whom, what is worth one, and who got none for long."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.access.permissions import Permission
from core.access.viewer import Viewer, visible_records, where_may
from core.models import User
from core.web.space import space_url
from partnerships.models import (
    Commitment,
    Partnership,
    PartnershipMember,
    Recognition,
    Representative,
    ShelfVersion,
    Task,
)
from partnerships.queries.member import active_members
from partnerships.queries.representative import active_representatives, own_member_ids
from partnerships.queries.thread import reachable_people
from partnerships.rules.recognition import FRESH, QUIET_WORK, THANKED_WITHIN, anniversary_of
from partnerships.thanks import ThanksReason, reasons_for_thanks
from stakeholders.models import Stakeholder

State = Recognition.State
QUARTER = timedelta(days=91)


@dataclass(frozen=True)
class Thanked:
    """Who can be thanked; ``key`` is "m:" or "p:" and an id."""

    key: str
    label: str


def recognitions_visible_to(viewer: Viewer) -> QuerySet[Recognition]:
    """The thank-yous a viewer may see, newest first.

    Those given are for the people of the partnership, public ones for everybody who sees it, suggestions for
    coordination and who made them.
    """
    seen = visible_records(viewer, scope="partnership__scope_id", chain=["partnership__visibility"])
    shown = Q(state=State.PUBLISHED)
    shown |= where_may(viewer, Permission.SEE_PARTNERSHIP, scope="partnership__scope_id") & Q(state=State.GIVEN)
    shown |= where_may(viewer, Permission.EDIT_PARTNERSHIP, scope="partnership__scope_id") & Q(state=State.SUGGESTED)
    if viewer.user is not None:
        shown |= Q(state=State.SUGGESTED, suggested_by=viewer.user)
    rows = Recognition.objects.filter(seen & shown).select_related("partnership", "member__organisation", "person")
    return rows.order_by(F("given_on").desc(nulls_first=True), "-id")


def public_thanks(partnership: Partnership) -> QuerySet[Recognition]:
    """The thank-yous everybody may read, newest first."""
    rows = Recognition.objects.filter(partnership=partnership, state=State.PUBLISHED)
    return rows.select_related("member__organisation", "person").order_by("-published_on", "-id")


def name_of_thanked(recognition: Recognition) -> str:
    """The organisation or person thanked."""
    return str(recognition.member or recognition.person or "")


def suggestions_from_data(partnership: Partnership, *, today: date) -> list[ThanksReason]:
    """Facts worth a thank-you nobody said or put aside yet (R-U5)."""
    known = Recognition.objects.filter(partnership=partnership).exclude(source_key="")
    taken = set(known.values_list("source_key", flat=True))
    return [reason for reason in reasons_for_thanks(partnership, today=today) if reason.key not in taken]


def not_thanked_for_long(partnership: Partnership, *, today: date) -> list[str]:
    """The members of six months and more whom nobody thanked for as long, by name and not by time (R-U6, R-U7)."""
    since = today - THANKED_WITHIN
    thanks = Recognition.objects.filter(
        Q(member=OuterRef("pk")) | Q(person__representations__member=OuterRef("pk")),
        partnership=partnership,
        given_on__gt=since,
    )
    rows = active_members(partnership).filter(state=PartnershipMember.State.MEMBER, joined_on__lte=since)
    return [member.organisation.name for member in rows.filter(~Exists(thanks))]


def who_can_be_thanked(partnership: Partnership) -> list[Thanked]:
    """The members, and the people who speak for them."""
    found = [Thanked(f"m:{member.pk}", member.organisation.name) for member in active_members(partnership)]
    people = active_representatives().filter(member__partnership=partnership)
    labels = {one.person_id: f"{one.person.name} ({one.member.organisation.name})" for one in people}
    return found + [Thanked(f"p:{pk}", label) for pk, label in labels.items()]


def person_to_write_to(recognition: Recognition) -> Stakeholder | None:
    """Who gets the mail of a thank-you: the person, or of an organisation who may commit for it; None for nobody."""
    people: Iterable[Representative] = reachable_people(recognition.partnership)
    for one in people:
        if recognition.person_id in {None, one.person_id} and recognition.member_id in {None, one.member_id}:
            person: Stakeholder = one.person
            return person
    return None


def may_consent(recognition: Recognition, user: User) -> bool:
    """Whether a signed-in person answers for who was thanked."""
    if recognition.person is not None:
        return bool(recognition.person.user_id == user.pk)
    return recognition.member_id in own_member_ids(user)


def promises_kept(partnership: Partnership, *, today: date) -> list[ThanksReason]:
    """What members promised, as tasks or elsewhere, and kept by the first agreed date, lately."""
    return [*_tasks_kept(partnership, today=today), *_commitments_kept(partnership, today=today)]


def _commitments_kept(partnership: Partnership, *, today: date) -> list[ThanksReason]:
    rows = Commitment.objects.filter(
        partnership=partnership,
        state=Commitment.State.KEPT,
        kept_on__gte=today - FRESH,
        kept_on__lte=Coalesce("first_agreed_on", "due_on"),
    )
    return [
        ThanksReason(
            key=f"commitment:{commitment.pk}",
            on=commitment.kept_on or today,
            what=_("Kept its promise: %(what)s") % {"what": commitment.title},
            to=commitment.member.organisation.name,
            member_id=commitment.member_id,
            evidence_url=space_url("commitment_detail", slug=partnership.slug, number=commitment.number),
        )
        for commitment in rows.select_related("member__organisation").order_by("kept_on", "id")
    ]


def _tasks_kept(partnership: Partnership, *, today: date) -> list[ThanksReason]:
    rows = Task.objects.filter(
        partnership=partnership,
        state=Task.State.DONE,
        member__isnull=False,
        finished_on__gte=today - FRESH,
        finished_on__lte=F("first_agreed_due_on"),
    )
    return [
        ThanksReason(
            key=f"task:{task.pk}",
            on=task.finished_on or today,
            what=_("Kept its promise: %(what)s") % {"what": task.title},
            to=task.member.organisation.name if task.member else "",
            member_id=task.member_id,
            evidence_url=space_url("task_detail", slug=partnership.slug, number=task.number),
        )
        for task in rows.select_related("member__organisation")
    ]


def anniversaries(partnership: Partnership, *, today: date) -> list[ThanksReason]:
    """Members that have been in for a full number of years since a few days."""
    found = []
    for member in active_members(partnership):
        if member.joined_on and (since := anniversary_of(member.joined_on, today=today)):
            years, day = since
            words = ngettext("%d year in the partnership", "%d years in the partnership", years) % years
            key, name = f"joined:{member.pk}:{years}", member.organisation.name
            found.append(ThanksReason(key=key, on=day, what=words, to=name, member_id=member.pk))
    return found


def quiet_work(partnership: Partnership, *, today: date) -> list[ThanksReason]:
    """People who kept the shared documents up to date: three versions and more in a quarter."""
    versions = ShelfVersion.objects.filter(
        document__partnership=partnership, at__date__gt=today - QUARTER, by__isnull=False
    )
    busy = versions.values("by").annotate(number=Count("id"), last=Max("at__date")).filter(number__gte=QUIET_WORK)
    days: dict[object, date] = {row["by"]: row["last"] for row in busy}
    people = active_representatives().filter(member__partnership=partnership, person__user__in=list(days))
    once: dict[uuid.UUID, ThanksReason] = {}
    for one in people:
        last = days[one.person.user_id]
        once[one.person_id] = ThanksReason(
            key=f"shelf:{one.person_id}:{last.year}-{(last.month - 1) // 3}",
            on=last,
            what=_("Kept the shared documents up to date"),
            to=one.person.name,
            person_id=one.person_id,
            evidence_url=space_url("shelf", slug=partnership.slug),
        )
    return list(once.values())
