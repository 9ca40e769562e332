"""Raising a worry in private, and answering it. Mails and history know its code alone (R-X2)."""

import json
import uuid
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.models import User
from core.operations.audit import record
from core.operations.mail import write_mail
from core.operations.rate import count_use_of
from core.queries.tenant import tenant_at_work
from core.rules.membership import Verdict
from core.rules.sealing import sealed
from core.web.space import absolute, space_url
from partnerships.models import Partnership, PartnershipMember, Worry, WorryContact
from partnerships.queries.worry import (
    ANSWER,
    WORDS,
    contacts_of,
    contacts_offered,
    late_worries,
    possible_contacts,
    read_words,
)
from partnerships.rules.worry import CONTACTS, acknowledge_by, can_close_worry, can_move_worry, new_code
from stakeholders.models import Stakeholder

State = Worry.State
MOST_A_DAY = 10


class WorryRefusedError(Exception):
    """The worry cannot be raised or moved; the message says why. ``field`` names what to correct."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


@transaction.atomic
def name_contacts(*, partnership: Partnership, representatives: list[uuid.UUID], by: User) -> list[WorryContact]:
    """Name the two people to turn to in private; who was a contact before and is named again stays one.

    Raises WorryRefusedError unless they are two of ``possible_contacts`` from different organisations (R-X1).
    """
    Partnership.objects.select_for_update().get(pk=partnership.pk)
    chosen = list(possible_contacts(partnership).filter(pk__in=representatives))
    if len(chosen) != CONTACTS or len({one.member_id for one in chosen}) != CONTACTS:
        raise WorryRefusedError(_("Choose two people from different organisations."))
    wanted = {(one.member_id, one.person_id) for one in chosen}
    today = timezone.localdate()
    for contact in contacts_of(partnership):
        if (contact.member_id, contact.person_id) in wanted:
            wanted.discard((contact.member_id, contact.person_id))
        else:
            WorryContact.objects.filter(pk=contact.pk).update(until=today)
    for member_id, person_id in sorted(wanted, key=str):
        WorryContact.objects.create(partnership=partnership, member_id=member_id, person_id=person_id, since=today)
    record("worry.contacts_named", partnership, by=by, scope_id=partnership.scope_id)
    return list(contacts_of(partnership))


def count_contact(member: PartnershipMember, person: Stakeholder) -> int:
    """Whether people turn to a person with a worry, as a number for the handover."""
    return WorryContact.objects.filter(member=member, person=person, until=None).count()


def move_contact(member: PartnershipMember, giver: Stakeholder, taker: Stakeholder) -> int:
    """Have people turn to the one who follows; only somebody who can sign in can read a worry, others do not follow.

    Worries told before stay with whom they were told to: nobody else reads them (R-X2).
    """
    contact = WorryContact.objects.filter(member=member, person=giver, until=None)
    can_follow = possible_contacts(member.partnership).filter(member=member, person=taker).exists()
    if not can_follow or not contact.exists():
        return 0
    today = timezone.localdate()
    contact.update(until=today)
    WorryContact.objects.create(partnership=member.partnership, member=member, person=taker, since=today)
    return 1


@transaction.atomic
def raise_worry(
    *,
    partnership: Partnership,
    contact_id: uuid.UUID,
    text: str,
    by: User,
    about: uuid.UUID | None = None,
    today: date | None = None,
) -> Worry:
    """Tell one of the contacts what worries one; they get a mail with its code.

    Raises WorryRefusedError for empty words and for a contact of the own organisation or of the one it is ``about``,
    TooOftenError above ten a day.
    """
    count_use_of(f"worry:{by.pk}", limit=MOST_A_DAY, per=timedelta(days=1))
    if not text.strip():
        raise WorryRefusedError(_("Write something first."), "text")
    contact = next((one for one in contacts_offered(partnership, by, about=about) if one.pk == contact_id), None)
    if contact is None:
        raise WorryRefusedError(_("Choose the other contact: this one is too near to it."), "contact")
    words = json.dumps({"text": text.strip(), "about": str(about or "")})
    worry: Worry = Worry.objects.create(
        partnership=partnership,
        code=new_code(),
        contact=contact,
        raised_by=by,
        sealed_words=sealed(words, purpose=WORDS),
        acknowledge_by=acknowledge_by(today or timezone.localdate()),
    )
    _record("raised", worry)
    _tell(worry, contact.person.user, "raised")
    return worry


@transaction.atomic
def acknowledge_worry(*, worry: Worry, by: User) -> Worry:
    """The contact says that it arrived. Raises WorryRefusedError for who is not the contact, and a second time."""
    locked = _locked_for_contact(worry, by)
    _require(can_move_worry(state=locked.state, to=State.ACKNOWLEDGED))
    locked.state, locked.acknowledged_at = State.ACKNOWLEDGED, timezone.now()
    locked.save(update_fields=["state", "acknowledged_at"])
    _record("acknowledged", locked)
    _tell(locked, locked.raised_by, "acknowledged")
    return locked


@transaction.atomic
def answer_worry(*, worry: Worry, text: str, by: User) -> Worry:
    """The contact answers, which also acknowledges; again, the answer is replaced. Raises WorryRefusedError."""
    locked = _locked_for_contact(worry, by)
    _require(can_move_worry(state=locked.state, to=State.ANSWERED))
    if not text.strip():
        raise WorryRefusedError(_("Write something first."), "text")
    now = timezone.now()
    locked.state, locked.answered_at = State.ANSWERED, now
    locked.acknowledged_at = locked.acknowledged_at or now
    locked.sealed_answer = sealed(text.strip(), purpose=ANSWER)
    locked.save(update_fields=["state", "answered_at", "acknowledged_at", "sealed_answer"])
    _record("answered", locked)
    _tell(locked, locked.raised_by, "answered")
    return locked


@transaction.atomic
def close_worry(*, worry: Worry, by: User) -> Worry:
    """Who raised it says that it is settled. Raises WorryRefusedError for anybody else, and a second time."""
    locked: Worry = Worry.objects.select_for_update().get(pk=worry.pk)
    if locked.raised_by_id != by.pk:
        raise WorryRefusedError(_("Only who raised it closes it."))
    _require(can_close_worry(state=locked.state))
    locked.state, locked.closed_at = State.CLOSED, timezone.now()
    locked.save(update_fields=["state", "closed_at"])
    _record("closed", locked)
    return locked


@transaction.atomic
def turn_to_other_contact(*, worry: Worry, by: User, today: date | None = None) -> Worry:
    """Give an open worry to the other contact; the first one sees it no longer, the days count anew.

    Raises WorryRefusedError for who did not raise it and when there is nobody else.
    """
    locked: Worry = Worry.objects.select_for_update().get(pk=worry.pk)
    if locked.raised_by_id != by.pk:
        raise WorryRefusedError(_("Only who raised it chooses to whom."))
    _require(can_close_worry(state=locked.state))
    about = read_words(locked).get("about")
    offered = contacts_offered(locked.partnership, by, about=uuid.UUID(about) if about else None)
    other = next((one for one in offered if one.pk != locked.contact_id), None)
    if other is None:
        raise WorryRefusedError(_("There is nobody else to turn to."))
    locked.contact, locked.state, locked.sealed_answer = other, State.RAISED, b""
    locked.acknowledged_at = locked.answered_at = None
    locked.acknowledge_by = acknowledge_by(today or timezone.localdate())
    locked.save()
    _record("turned", locked)
    _tell(locked, other.person.user, "raised")
    return locked


def remind_contacts(*, today: date) -> int:
    """Once for each worry that nobody acknowledged in time, remind its contact by code; returns how many mails."""
    return sum(
        _tell(worry, worry.contact.person.user, "late", key=f"late:{worry.acknowledge_by}")
        for worry in late_worries(today)
    )


def _locked_for_contact(worry: Worry, by: User) -> Worry:
    rows = Worry.objects.select_for_update(of=("self",)).select_related("contact__person", "partnership")
    locked: Worry = rows.get(pk=worry.pk)
    if locked.contact.person.user_id != by.pk:
        raise WorryRefusedError(_("Only the contact it was told to does this."))
    return locked


def _require(verdict: Verdict) -> None:
    if not verdict:
        raise WorryRefusedError(str(verdict.reason))


def _record(what: str, worry: Worry) -> None:
    """Without who acted and outside the partnership's own history: even that somebody raised one is private."""
    record(f"worry.{what}", worry, by=None, actor_label="private")


def _tell(worry: Worry, user: User | None, what: str, *, key: str = "") -> bool:
    if user is None or not user.is_active:
        return False
    written = write_mail(
        to=user.email,
        kind="worry",
        dedup_key=f"worry:{worry.pk}:{key or f'{what}:{timezone.now().timestamp()}'}",
        language=user.language or tenant_at_work().default_language,
        template="worry",
        context={
            "name": str(user),
            "code": worry.code,
            "what": what,
            "by": worry.acknowledge_by,
            "url": absolute(space_url("worry_detail", worry_id=worry.pk)),
        },
    )
    return written is not None
