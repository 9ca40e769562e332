"""Reading worries: only who raised one and the contact it was told to; nobody else by any role (R-X2)."""

import json
import uuid
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from core.models import User
from core.rules.sealing import unsealed
from partnerships.models import Partnership, PartnershipMember, Representative, Worry, WorryContact
from partnerships.queries.member import active_members
from partnerships.queries.representative import active_representatives, own_member_ids
from partnerships.rules.worry import can_turn_to, is_late

WORDS, ANSWER = "worry.words", "worry.answer"


@dataclass(frozen=True)
class WorryRow:
    """A worry as a list shows it: no word of it."""

    worry: Worry
    is_contact: bool
    is_late: bool


@dataclass(frozen=True)
class WorrySheet:
    """A worry opened by one of the two who may read it."""

    worry: Worry
    text: str
    about: str
    answer: str
    is_contact: bool
    is_late: bool
    answered_at: datetime | None


def contacts_of(partnership: Partnership) -> QuerySet[WorryContact]:
    """The contacts people can turn to today, the first named first."""
    rows = WorryContact.objects.filter(partnership=partnership, until=None)
    return rows.select_related("person__user", "member__organisation").order_by("since", "id")


def contacts_that_serve(partnership: Partnership) -> list[WorryContact]:
    """The contacts who still speak for their member and can sign in."""
    speaking = set(
        active_representatives()
        .filter(member__partnership=partnership, person__user__is_active=True)
        .values_list("member_id", "person_id")
    )
    return [one for one in contacts_of(partnership) if (one.member_id, one.person_id) in speaking]


def possible_contacts(partnership: Partnership) -> QuerySet[Representative]:
    """Who can be named: people who speak for a member and can sign in, by organisation."""
    people = active_representatives().filter(member__partnership=partnership, person__user__is_active=True)
    return people.select_related("person__user").order_by("member__organisation__sort_name", "person__sort_name", "id")


def contacts_offered(partnership: Partnership, user: User, *, about: uuid.UUID | None = None) -> list[WorryContact]:
    """The contacts somebody can turn to: not of their own organisation, not of the one it is about, not themselves."""
    own = own_member_ids(user)
    return [
        contact
        for contact in contacts_that_serve(partnership)
        if contact.person.user_id != user.pk
        and can_turn_to(contact_member_id=contact.member_id, own_member_ids=own, about_member_id=about)
    ]


def members_it_can_be_about(partnership: Partnership) -> QuerySet[PartnershipMember]:
    """The organisations a worry can be about."""
    return active_members(partnership)


def worries_of(user: User) -> QuerySet[Worry]:
    """The worries somebody raised or was told as contact, newest first. There is no other way to a worry."""
    mine = Q(raised_by=user) | Q(contact__person__user=user)
    rows = Worry.objects.filter(mine).select_related("partnership", "contact__person", "contact__member__organisation")
    return rows.defer("sealed_words", "sealed_answer").order_by("-raised_at", "-id")


def worries_waiting_for(user: User) -> int:
    """How many worries wait for somebody, as their contact, to say that they arrived."""
    return Worry.objects.filter(contact__person__user=user, state=Worry.State.RAISED).count()


def worry_row(worry: Worry, user: User, *, today: date) -> WorryRow:
    """What a list shows of a worry."""
    return WorryRow(worry, worry.contact.person.user_id == user.pk, is_late(worry, today=today))


def open_worry(worry: Worry, user: User, *, today: date) -> WorrySheet:
    """A worry with its words, for one of ``worries_of`` the same user."""
    words = read_words(worry)
    rows = PartnershipMember.objects.select_related("organisation")
    about = rows.filter(pk=words["about"]).first() if words.get("about") else None
    return WorrySheet(
        worry=worry,
        text=words.get("text", ""),
        about=str(about.organisation) if about else "",
        answer=unsealed(worry.sealed_answer, purpose=ANSWER),
        is_contact=worry.contact.person.user_id == user.pk,
        is_late=is_late(worry, today=today),
        answered_at=worry.answered_at,
    )


def read_words(worry: Worry) -> dict[str, str]:
    """What was sealed when the worry was raised: ``text`` and ``about``; empty once it was let go of."""
    text = unsealed(worry.sealed_words, purpose=WORDS)
    found: dict[str, str] = json.loads(text) if text else {}
    return found


def late_worries(today: date) -> QuerySet[Worry]:
    """Worries nobody acknowledged in time, for reminding the contact by code."""
    rows = Worry.objects.filter(state=Worry.State.RAISED, acknowledge_by__lt=today)
    return rows.select_related("partnership", "contact__person__user").order_by("raised_at", "id")
