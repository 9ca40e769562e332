"""Raising a worry in private, and answering it. Mails and history know its code alone (R-X2)."""

import json
import uuid
from datetime import date, timedelta
from typing import Any

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
    others_offered,
    possible_contacts,
    worries_left_alone,
    worry_with_key,
)
from partnerships.rules.authority import LinkHolder
from partnerships.rules.worry import (
    CONTACTS,
    KeyHolder,
    acknowledge_by,
    can_close_worry,
    can_move_worry,
    code_from,
    is_raised_by,
    key_hash,
    new_code,
    new_key,
)
from stakeholders.models import Stakeholder

State = Worry.State
MOST_A_DAY = 10
MOST_TRIES_AN_HOUR = 10


class WorryRefusedError(Exception):
    """The worry cannot be raised or moved; the message says why. ``field`` names what to correct."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


@transaction.atomic
def name_contacts(*, partnership: Partnership, representatives: list[uuid.UUID], by: User) -> list[WorryContact]:
    """Name the two people to turn to in private; who was a contact before and is named again stays one.

    Who told something to one that is not named again is told so. Raises WorryRefusedError unless they are two of
    ``possible_contacts`` from different organisations (R-X1).
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
    tell_who_was_left_alone(today=today)
    return list(contacts_of(partnership))


def count_contact(member: PartnershipMember, person: Stakeholder) -> int:
    """Whether people turn to a person with a worry, as a number for the handover."""
    return WorryContact.objects.filter(member=member, person=person, until=None).count()


def move_contact(member: PartnershipMember, giver: Stakeholder, taker: Stakeholder) -> int:
    """Have people turn to the one who follows; only somebody who can sign in can read a worry, others do not follow.

    Worries told before go to nobody by themselves: who raised one is told, and chooses (R-X2).
    """
    contact = WorryContact.objects.filter(member=member, person=giver, until=None)
    can_follow = possible_contacts(member.partnership).filter(member=member, person=taker).exists()
    if not can_follow or not contact.exists():
        return 0
    today = timezone.localdate()
    contact.update(until=today)
    WorryContact.objects.create(partnership=member.partnership, member=member, person=taker, since=today)
    tell_who_was_left_alone(today=today)
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
    offered = contacts_offered(partnership, by, about=about)
    return _raise(offered, contact_id, text, about=about, today=today, raised_by=by)


@transaction.atomic
def raise_worry_by_link(
    *,
    partnership: Partnership,
    contact_id: uuid.UUID,
    text: str,
    by: LinkHolder,
    about: uuid.UUID | None = None,
    today: date | None = None,
) -> tuple[Worry, str]:
    """The same for somebody without an account, and the key with which they read it: it is shown once and not kept.

    Whoever is forwarded the link or a mail does not read it. Raises as ``raise_worry``.
    """
    count_use_of(f"worry_by_link:{by.person.pk}", limit=MOST_A_DAY, per=timedelta(days=1))
    key = new_key()
    who = {"raised_by_person": by.person, "key_sha256": key_hash(key)}
    offered = contacts_offered(partnership, by, about=about)
    return _raise(offered, contact_id, text, about=about, today=today, **who), key


def _raise(
    offered: list[WorryContact],
    contact_id: uuid.UUID,
    text: str,
    *,
    about: uuid.UUID | None,
    today: date | None,
    **who: Any,
) -> Worry:
    if not text.strip():
        raise WorryRefusedError(_("Write something first."), "text")
    contact = next((one for one in offered if one.pk == contact_id), None)
    if contact is None:
        raise WorryRefusedError(_("Choose the other contact: this one is too near to it."), "contact")
    words = json.dumps({"text": text.strip(), "about": str(about or "")})
    worry: Worry = Worry.objects.create(
        partnership_id=contact.partnership_id,
        code=new_code(),
        contact=contact,
        sealed_words=sealed(words, purpose=WORDS),
        acknowledge_by=acknowledge_by(today or timezone.localdate()),
        **who,
    )
    _record("raised", worry)
    _tell(worry, contact.person.user, "raised")
    return worry


def find_with_key(*, code: str, key: str) -> Worry | None:
    """The worry a code and its key open; None when they open nothing. Raises TooOftenError above ten tries an hour."""
    count_use_of(f"worry_key:{code_from(code)}", limit=MOST_TRIES_AN_HOUR, per=timedelta(hours=1))
    return worry_with_key(code, key)


@transaction.atomic
def acknowledge_worry(*, worry: Worry, by: User) -> Worry:
    """The contact says that it arrived. Raises WorryRefusedError for who is not the contact, and a second time."""
    locked = _locked_for_contact(worry, by)
    _require(can_move_worry(state=locked.state, to=State.ACKNOWLEDGED))
    locked.state, locked.acknowledged_at = State.ACKNOWLEDGED, timezone.now()
    locked.save(update_fields=["state", "acknowledged_at"])
    _record("acknowledged", locked)
    _tell_who_raised(locked, "acknowledged")
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
    _tell_who_raised(locked, "answered")
    return locked


@transaction.atomic
def close_worry(*, worry: Worry, by: User | KeyHolder) -> Worry:
    """Who raised it says that it is settled. Raises WorryRefusedError for anybody else, and a second time."""
    locked: Worry = Worry.objects.select_for_update().get(pk=worry.pk)
    if not is_raised_by(locked, by):
        raise WorryRefusedError(_("Only who raised it closes it."))
    _require(can_close_worry(state=locked.state))
    locked.state, locked.closed_at = State.CLOSED, timezone.now()
    locked.save(update_fields=["state", "closed_at"])
    _record("closed", locked)
    return locked


@transaction.atomic
def turn_to_other_contact(*, worry: Worry, by: User | KeyHolder, today: date | None = None) -> Worry:
    """Give an open worry to the other contact; the first one sees it no longer, the days count anew.

    Raises WorryRefusedError for who did not raise it and when there is nobody else.
    """
    rows = Worry.objects.select_for_update(of=("self",)).select_related("partnership", "raised_by_person")
    locked: Worry = rows.get(pk=worry.pk)
    if not is_raised_by(locked, by):
        raise WorryRefusedError(_("Only who raised it chooses to whom."))
    _require(can_close_worry(state=locked.state))
    other = next(iter(others_offered(locked, by)), None)
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


def tell_who_was_left_alone(*, today: date) -> int:
    """Tell who waits for a contact that listens no longer, once for each contact, by code; returns how many mails.

    Nobody else reads the words until they choose to whom (R-X2).
    """
    return sum(_tell_who_raised(worry, "left", key=f"left:{worry.contact_id}") for worry in worries_left_alone())


def _locked_for_contact(worry: Worry, by: User) -> Worry:
    rows = Worry.objects.select_for_update(of=("self",)).select_related(
        "contact__person", "partnership", "raised_by", "raised_by_person"
    )
    locked: Worry = rows.get(pk=worry.pk)
    if locked.contact.person.user_id != by.pk or locked.contact.until is not None:
        raise WorryRefusedError(_("Only the contact it was told to does this."))
    return locked


def _require(verdict: Verdict) -> None:
    if not verdict:
        raise WorryRefusedError(str(verdict.reason))


def _record(what: str, worry: Worry) -> None:
    """Without who acted and outside the partnership's own history: even that somebody raised one is private."""
    record(f"worry.{what}", worry, by=None, actor_label="private")


def _tell_who_raised(worry: Worry, what: str, *, key: str = "") -> bool:
    person = worry.raised_by_person
    if person is None:
        return _tell(worry, worry.raised_by, what, key=key)
    if not person.email or person.do_not_contact:
        return False
    return _write(worry, what, key, name=person.name, email=person.email, language=person.language)


def _tell(worry: Worry, user: User | None, what: str, *, key: str = "") -> bool:
    if user is None or not user.is_active:
        return False
    url = absolute(space_url("worry_detail", worry_id=worry.pk))
    return _write(worry, what, key, name=str(user), email=user.email, language=user.language, url=url)


def _write(worry: Worry, what: str, key: str, *, name: str, email: str, language: str, url: str = "") -> bool:
    """Without ``url`` the worry is read with its key."""
    context = {
        "name": name,
        "code": worry.code,
        "what": what,
        "by": worry.acknowledge_by,
        "url": url or absolute(space_url("worry_with_key")),
        "with_key": not url,
    }
    written = write_mail(
        to=email,
        kind="worry",
        dedup_key=f"worry:{worry.pk}:{key or f'{what}:{timezone.now().timestamp()}'}",
        language=language or tenant_at_work().default_language,
        template="worry",
        context=context,
    )
    return written is not None
