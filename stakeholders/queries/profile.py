"""Reading profiles as their organisations keep them, and the edits the coordination looks at."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from core.access.permissions import Permission
from core.access.viewer import Viewer
from core.access.visibility import Visibility
from core.models import User
from core.web.space import space_url
from stakeholders.models import Affiliation, Asset, ProfileEdit, Stakeholder
from stakeholders.queries.own import is_own
from stakeholders.queries.stakeholder import kept_at
from stakeholders.rules.profile import label_of, shown, waits

# How long an organisation is told what became of a change.
TOLD_FOR = timedelta(days=30)


@dataclass(frozen=True)
class Fact:
    """One fact of an edit, in words."""

    name: str
    label: str
    before: str
    after: str
    waits: bool
    is_put_back: bool = False


@dataclass(frozen=True)
class EditRow:
    """An edit as the coordination sees it."""

    id: uuid.UUID
    subject: str
    subject_url: str
    organisation: str
    by: str
    edited_at: datetime
    facts: Sequence[Fact]
    answer: str = ""

    @property
    def is_waiting(self) -> bool:
        """Whether something of it holds only once it was accepted."""
        return any(fact.waits for fact in self.facts)


def own_organisations(user: User) -> QuerySet[Stakeholder]:
    """The organisations a signed-in person belongs to, by name.

    Matched by the person's account, or by its address while no account is linked: the address is verified by signing
    in, and no organisation can change it by itself.
    """
    places = Affiliation.objects.filter(is_own(user, "person__"), is_active=True).values("organisation")
    return Stakeholder.objects.filter(pk__in=places, merged_into=None).order_by("sort_name", "id")


def places_in(organisation: Stakeholder) -> QuerySet[Affiliation]:
    """The people of an organisation as it sees them itself, by name."""
    rows = Affiliation.objects.filter(organisation=organisation, is_active=True, person__merged_into=None)
    return rows.select_related("person", "organisation").order_by("person__sort_name", "id")


def waiting_of(organisation: Stakeholder) -> list[EditRow]:
    """What the organisation said that the coordination has not looked at yet, the latest first."""
    rows = _edits().filter(organisation=organisation, state=ProfileEdit.State.NEW)
    return [as_edit_row(edit) for edit in rows[:20]]


def looked_at_lately(organisation: Stakeholder, *, today: date) -> list[EditRow]:
    """What of the last month came back or was answered, the latest first: an organisation sees what became of it."""
    rows = _edits().filter(organisation=organisation, decided_at__date__gt=today - TOLD_FOR)
    rows = rows.filter(~Q(answer="") | Q(state=ProfileEdit.State.PUT_BACK))
    return [as_edit_row(edit) for edit in rows[:20]]


def own_assets(organisation: Stakeholder) -> QuerySet[Asset]:
    """What an organisation can bring, as it sees it itself, by name.

    Without what the coordination keeps to itself and never asked about: that is its note, not the organisation's word.
    """
    known = Q(visibility__gte=Visibility.PARTNERS) | (
        Q(visibility=Visibility.COORDINATION) & ~Q(offered=Asset.Offered.NOT_ASKED)
    )
    return Asset.objects.filter(known, owner=organisation).order_by("title", "id")


def edits_to_look_at(viewer: Viewer) -> QuerySet[ProfileEdit]:
    """The edits nobody has looked at, the latest first; nothing for who may not edit the register."""
    if not viewer.can(Permission.EDIT_STAKEHOLDERS):
        return ProfileEdit.objects.none()
    return _edits().filter(kept_at(viewer, "stakeholder__"), state=ProfileEdit.State.NEW)


def as_edit_row(edit: ProfileEdit) -> EditRow:
    """An edit in words."""
    kind = edit.stakeholder.kind
    facts = [
        Fact(name, label_of(name), shown(before), shown(after), waits(name, kind=kind), name in edit.put_back_facts)
        for name, (before, after) in edit.changes.items()
    ]
    return EditRow(
        id=edit.pk,
        subject=edit.stakeholder.name,
        subject_url=space_url("stakeholder_detail", stakeholder_id=edit.stakeholder_id),
        organisation="" if edit.organisation_id == edit.stakeholder_id else edit.organisation.name,
        by=str(edit.by or edit.by_person or ""),
        edited_at=edit.edited_at,
        facts=facts,
        answer=edit.answer,
    )


def _edits() -> QuerySet[ProfileEdit, Any]:
    rows = ProfileEdit.objects.select_related("stakeholder", "organisation", "by", "by_person")
    return rows.order_by("-edited_at", "-id")
