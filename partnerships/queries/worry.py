"""Reading worries: only who raised one and the contact it was told to; nobody else by any role (R-X2)."""

import json
import uuid
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from core.models import User
from core.rules.sealing import unsealed
from partnerships.models import Partnership, PartnershipMember, Representative, Worry, WorryContact
from partnerships.queries.member import active_members
from partnerships.queries.representative import active_representatives, own_member_ids
from partnerships.rules.authority import LinkHolder
from partnerships.rules.worry import KeyHolder, can_turn_to, code_from, is_late, is_raised_by
from stakeholders.models import Stakeholder

WORDS, ANSWER = "worry.words", "worry.answer"
WAITING = (Worry.State.RAISED, Worry.State.ACKNOWLEDGED)


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
    is_left_alone: bool
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


def contacts_offered(
    partnership: Partnership, by: User | LinkHolder, *, about: uuid.UUID | None = None
) -> list[WorryContact]:
    """The contacts somebody can turn to: not of their own organisation, not of the one it is about, not themselves."""
    if isinstance(by, LinkHolder):
        return _offered(partnership, members_of(by.person), about, but=Q(person=by.person))
    return _offered(partnership, own_member_ids(by), about, but=Q(person__user=by))


def others_offered(worry: Worry, by: User | KeyHolder) -> list[WorryContact]:
    """The contacts who raised a worry can turn to instead of the one it was told to."""
    about = read_words(worry).get("about")
    if isinstance(by, KeyHolder):
        person = worry.raised_by_person
        own, but = (members_of(person), Q(person=person)) if person else ([], Q())
    else:
        own, but = own_member_ids(by), Q(person__user=by)
    offered = _offered(worry.partnership, own, uuid.UUID(about) if about else None, but=but)
    return [one for one in offered if one.pk != worry.contact_id]


def members_of(person: Stakeholder) -> list[uuid.UUID]:
    """The memberships a person without an account speaks for."""
    return list(dict.fromkeys(active_representatives().filter(person=person).values_list("member_id", flat=True)))


def _offered(partnership: Partnership, own: list[uuid.UUID], about: uuid.UUID | None, *, but: Q) -> list[WorryContact]:
    themselves = set(contacts_of(partnership).filter(but).values_list("pk", flat=True)) if but else set()
    return [
        contact
        for contact in contacts_that_serve(partnership)
        if contact.pk not in themselves
        and can_turn_to(contact_member_id=contact.member_id, own_member_ids=own, about_member_id=about)
    ]


def members_it_can_be_about(partnership: Partnership) -> QuerySet[PartnershipMember]:
    """The organisations a worry can be about."""
    return active_members(partnership)


def worries_of(user: User) -> QuerySet[Worry]:
    """The worries somebody raised or, as long as they are a contact, was told; newest first.

    Beside it ``worry_with_key`` is the only way to a worry.
    """
    mine = Q(raised_by=user) | Q(contact__person__user=user, contact__until=None)
    return _worries().filter(mine).defer("sealed_words", "sealed_answer").order_by("-raised_at", "-id")


def worry_with_key(code: str, key: str) -> Worry | None:
    """The worry of a code that a key opens; None for a wrong one of either."""
    found = _worries().filter(code=code_from(code)).exclude(key_sha256="").first()
    return found if found is not None and is_raised_by(found, KeyHolder(key)) else None


def _worries() -> QuerySet[Worry]:
    return Worry.objects.select_related("partnership", "contact__person", "contact__member__organisation")


def worries_waiting_for(user: User) -> int:
    """How many worries wait for somebody, as their contact, to say that they arrived."""
    return Worry.objects.filter(contact__person__user=user, contact__until=None, state=Worry.State.RAISED).count()


def worries_left_alone() -> QuerySet[Worry]:
    """Worries that wait for a contact who listens no longer: stepped back, speaks for nobody or cannot sign in."""
    speaking = active_representatives().filter(
        member=OuterRef("contact__member"), person=OuterRef("contact__person"), person__user__is_active=True
    )
    listening = Q(Exists(speaking.order_by()), contact__until=None)
    rows = Worry.objects.filter(state__in=WAITING).exclude(listening)
    return rows.select_related("partnership", "raised_by", "raised_by_person").order_by("raised_at", "id")


def worry_row(worry: Worry, user: User, *, today: date) -> WorryRow:
    """What a list shows of a worry."""
    return WorryRow(worry, worry.contact.person.user_id == user.pk, is_late(worry, today=today))


def open_worry(worry: Worry, user: User | None, *, today: date) -> WorrySheet:
    """A worry with its words, for one of ``worries_of`` the same user, or of ``worry_with_key`` for None."""
    words = read_words(worry)
    rows = PartnershipMember.objects.select_related("organisation")
    about = rows.filter(pk=words["about"]).first() if words.get("about") else None
    return WorrySheet(
        worry=worry,
        text=words.get("text", ""),
        about=str(about.organisation) if about else "",
        answer=unsealed(worry.sealed_answer, purpose=ANSWER),
        is_contact=user is not None and worry.contact.person.user_id == user.pk,
        is_late=is_late(worry, today=today),
        is_left_alone=worries_left_alone().filter(pk=worry.pk).exists(),
        answered_at=worry.answered_at,
    )


def read_words(worry: Worry) -> dict[str, str]:
    """What was sealed when the worry was raised: ``text`` and ``about``; empty once it was let go of."""
    text = unsealed(worry.sealed_words, purpose=WORDS)
    found: dict[str, str] = json.loads(text) if text else {}
    return found


def late_worries(today: date) -> QuerySet[Worry]:
    """Worries nobody acknowledged in time, for reminding the contact by code."""
    rows = Worry.objects.filter(state=Worry.State.RAISED, acknowledge_by__lt=today, contact__until=None)
    return rows.select_related("partnership", "contact__person__user").order_by("raised_at", "id")
