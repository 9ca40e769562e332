"""One e-mailed link with which a partner sees and answers everything asked of it."""

import uuid
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from core.models import AccessLink, OutboxMail, User
from core.operations.audit import record
from core.operations.link import (
    LinkExpiredError,
    count_use,
    draft_link,
    link_to_renew,
    make_link,
    open_link,
    store_links,
)
from core.operations.mail import draft_mail, store_mails
from core.queries.tenant import tenant_at_work
from core.tenancy.keys import new_id
from core.web.space import absolute
from engagement.models import HoursEntry
from engagement.operations.volunteer_mail import make_hours_link
from goals.models import Endorsement
from goals.operations.endorsement_link import make_endorsement_link
from metrics.models import Measurement
from metrics.operations.measurement import record_measurement
from metrics.operations.measurement_batch import EntriesRefusedError, enter_values
from metrics.rules.measurement_grid import Entry
from partnerships.models import AgreementVersion, Attendance, Commitment, HeardBack, Meeting, Signature, Task
from partnerships.operations.attendance import confirm_heard
from partnerships.operations.commitment_link import make_commitment_link
from partnerships.operations.meeting_link import MEETING_LINK, MINUTES_LINK, make_meeting_link
from partnerships.operations.notes_link import make_notes_link
from partnerships.operations.review_link import make_review_link
from partnerships.operations.signature_link import make_signature_link
from partnerships.operations.task_link import make_task_link
from partnerships.queries.representative import active_representatives
from partnerships.rules.authority import LinkHolder
from reports.models import ReminderPreference
from reports.operations.digest import way_to_stop
from reports.queries.partner_page import (
    AskedSection,
    asked_of,
    drafts_asked_of,
    has_page,
    heard_asked_of,
    hours_asked_of,
    meetings_asked_of,
    member_rights_of,
    minutes_asked_of,
    notes_asked_of,
    owed_value_for,
    people_asked_themselves,
    person_of,
    promises_asked_of,
    questions_asked_of,
    signatures_asked_of,
    stands_asked_of,
    tasks_asked_of,
)
from reports.rules.partner_page import A_DAY, LASTS, PARTNER_LINK
from stakeholders.models import Stakeholder

# In the first days of a month; whoever runs late then waits for the next one.
FIRST_DAYS = 7


class PartnerPageGoneError(Exception):
    """The link worked once: it expired, was revoked, or its holder speaks for nobody any more."""


class NotAskedError(Exception):
    """It is not asked of this person, or not any more."""


@transaction.atomic
def mail_partner_page(*, person: Stakeholder, by: User | None, today: date | None = None) -> OutboxMail | None:
    """Mail one person the link to everything asked of them.

    None for who has no address, wants no mail, or is asked nothing (``has_page``).
    """
    if not person.email or person.do_not_contact or not has_page(person):
        return None
    today = today or timezone.localdate()
    sections = asked_of(person, today=today)
    links, mail = _draft(person, sections, by=by, key=f"partner_page:{person.pk}:{new_id()}")
    store_links(links)
    stored = store_mails([mail])
    record("partner_page.sent", person, by=by)
    return stored[0] if stored else None


def write_partner_pages(*, today: date) -> int:
    """Mail everybody who speaks for an organisation, or is asked something themselves, their page once a month.

    Returns how many mails.

    Nobody to whom nothing is asked, who wants no reminders or was written to this month already. Safe to run twice.
    """
    if today.day > FIRST_DAYS:
        return 0
    speaking = Q(pk__in=active_representatives().order_by().values("person"))
    asked = Q(pk__in=people_asked_themselves().order_by().values("pk"))
    people = Stakeholder.objects.filter(speaking | asked, do_not_contact=False).exclude(email="")
    never = ReminderPreference.objects.filter(person__isnull=False, rhythm=ReminderPreference.Rhythm.NEVER)
    return sum(_write_monthly(person, today) for person in people.exclude(pk__in=never.values("person")).order_by("pk"))


def open_partner_page(token: str) -> tuple[Stakeholder, AccessLink]:
    """The person of a link; changes nothing (AUT-19). Raises LinkUnknownError or PartnerPageGoneError."""
    try:
        link = open_link(token, purpose=PARTNER_LINK)
    except LinkExpiredError as error:
        raise PartnerPageGoneError from error
    person = Stakeholder.objects.filter(pk=link.subject_id).first()
    if person is None or not has_page(person):
        raise PartnerPageGoneError
    return person, link


@transaction.atomic
def open_own_page(*, by: User) -> str:
    """The address of what is asked of a signed-in person, for a day; it is made for them alone.

    Raises NotAskedError for who is nobody of the register or is asked nothing.
    """
    person = person_of(by)
    if person is None or not has_page(person):
        raise NotAskedError
    _link, token = make_link(purpose=PARTNER_LINK, subject_id=person.pk, person_id=person.pk, lasts=A_DAY, by=by)
    return reverse("partner_page", kwargs={"tenant": tenant_at_work().slug, "token": token})


@transaction.atomic
def renew_partner_page(*, token: str) -> None:
    """Mail a new link to the address of an expired one, at most three times an hour; says nothing of what it did.

    Raises TooOftenError above the limit.
    """
    old = link_to_renew(token, purpose=PARTNER_LINK)
    person = Stakeholder.objects.filter(pk=old.subject_id).first() if old else None
    if old and person and person.email == old.recipient_email:
        mail_partner_page(person=person, by=None)


@transaction.atomic
def open_asked(*, token: str, kind: str, item_id: uuid.UUID, today: date | None = None) -> str:
    """The address where one thing asked is answered, living no longer than the page.

    Raises NotAskedError for what is not asked of this person, and as ``open_partner_page``.
    """
    person, link = open_partner_page(token)
    count_use(link)
    if kind in {"task", "answer"}:
        return _open_task(person, link, item_id)
    if opener := OPENERS.get(kind):
        return opener(person, item_id)
    if kind == "heard":
        return _open_heard(token, person, item_id)
    if kind == "question" and questions_asked_of(member_rights_of(person)).filter(pk=item_id).exists():
        return reverse("partner_values", kwargs={"tenant": tenant_at_work().slug, "token": token})
    if kind == "value" and owed_value_for(person, item_id, today=today or timezone.localdate()):
        return reverse("partner_value", kwargs={"tenant": tenant_at_work().slug, "token": token, "item_id": item_id})
    raise NotAskedError


@transaction.atomic
def give_value(
    *,
    token: str,
    item_id: uuid.UUID,
    value: Decimal | None = None,
    numerator: Decimal | None = None,
    denominator: Decimal | None = None,
    missing_reason: str = "",
    note: str = "",
    source: str = "",
    is_estimate: bool = False,
    method_deviation: str = "",
    story: str = "",
    today: date | None = None,
) -> Measurement:
    """Enter the value an organisation owes, or why there is none, by link; a second person checks it as any other.

    Raises ValidationError as ``record_measurement``, NotAskedError once it is there, and as ``open_partner_page``.
    """
    person, link = open_partner_page(token)
    owed = owed_value_for(person, item_id, today=today or timezone.localdate())
    if owed is None:
        raise NotAskedError
    member = active_representatives().filter(person=person, member=owed.member_id)[0].member
    count_use(link)
    return record_measurement(
        indicator=owed.indicator,
        period_starts_on=owed.period.starts_on,
        period_ends_on=owed.period.ends_on,
        by=None,
        by_person=person,
        member=member,
        value=value,
        numerator=numerator,
        denominator=denominator,
        missing_reason=missing_reason,
        note=note,
        source=source,
        is_estimate=is_estimate,
        method_deviation=method_deviation,
        story=story,
    )


@transaction.atomic
def answer_heard(*, token: str, item_id: uuid.UUID, correction: str = "") -> HeardBack:
    """Confirm for one's organisation what was heard, or say how it was meant, by link.

    Raises NotAskedError once it was answered, and as ``open_partner_page``.
    """
    person, link = open_partner_page(token)
    found = heard_asked_of(member_rights_of(person)).filter(pk=item_id).first()
    if found is None:
        raise NotAskedError
    count_use(link)
    return confirm_heard(heard=found, by=LinkHolder(person=person, link_id=link.pk), correction=correction)


def _open_heard(token: str, person: Stakeholder, item_id: uuid.UUID) -> str:
    if not heard_asked_of(member_rights_of(person)).filter(pk=item_id).exists():
        raise NotAskedError
    return reverse("partner_heard", kwargs={"tenant": tenant_at_work().slug, "token": token, "item_id": item_id})


def _open_draft(person: Stakeholder, item_id: uuid.UUID) -> str:
    version: AgreementVersion | None = drafts_asked_of(member_rights_of(person)).filter(pk=item_id).first()
    if version is None:
        raise NotAskedError
    _link, path = make_review_link(version=version, person=person, by=None)
    return path


@transaction.atomic
def give_values(*, token: str, entries: Sequence[Entry]) -> int:
    """Enter what organisations owe, or answer questions about values, by link; all or none. Returns how many.

    Raises EntriesRefusedError as ``enter_values``, NotAskedError for a value of an organisation the person does not
    speak for, and as ``open_partner_page``.
    """
    person, link = open_partner_page(token)
    rights = member_rights_of(person)
    by_partnership: dict[uuid.UUID, list[Entry]] = {}
    for entry in entries:
        if entry.member is None or entry.member.pk not in rights:
            raise NotAskedError
        by_partnership.setdefault(entry.indicator.partnership_id, []).append(entry)
    count_use(link)
    refused: dict[str, list[str]] = {}
    number = 0
    for some in by_partnership.values():
        try:
            entered = enter_values(entries=some, by=None, by_person=person)
        except EntriesRefusedError as refusal:
            refused |= refusal.by_place
        else:
            number += entered.sent + entered.corrected
    if refused:
        raise EntriesRefusedError(refused)
    return number


def _open_task(person: Stakeholder, link: AccessLink, item_id: uuid.UUID) -> str:
    task: Task | None = tasks_asked_of(person, member_rights_of(person)).filter(pk=item_id).first()
    if task is None:
        raise NotAskedError
    _link, path = make_task_link(task=task, person=person, expires_at=link.expires_at)
    return path


def _open_signature(person: Stakeholder, item_id: uuid.UUID) -> str:
    signature: Signature | None = signatures_asked_of(member_rights_of(person)).filter(pk=item_id).first()
    if signature is None:
        raise NotAskedError
    _link, path = make_signature_link(signature=signature, person=person)
    return path


def _open_promise(person: Stakeholder, item_id: uuid.UUID) -> str:
    promise: Commitment | None = promises_asked_of(member_rights_of(person)).filter(pk=item_id).first()
    if promise is None:
        raise NotAskedError
    _link, path = make_commitment_link(commitment=promise, person=person, by=None)
    return path


def _open_stand(person: Stakeholder, item_id: uuid.UUID) -> str:
    place: Endorsement | None = stands_asked_of(member_rights_of(person)).filter(pk=item_id).first()
    if place is None:
        raise NotAskedError
    _link, path = make_endorsement_link(endorsement=place, person=person)
    return path


def _open_hours(person: Stakeholder, item_id: uuid.UUID) -> str:
    entry: HoursEntry | None = hours_asked_of(person).filter(pk=item_id).first()
    if entry is None:
        raise NotAskedError
    return make_hours_link(entry)


def _open_meeting(person: Stakeholder, item_id: uuid.UUID) -> str:
    attendance: Attendance | None = meetings_asked_of(person).filter(pk=item_id).first()
    if attendance is None:
        raise NotAskedError
    return make_meeting_link(attendance=attendance, purpose=MEETING_LINK)


def _open_minutes(person: Stakeholder, item_id: uuid.UUID) -> str:
    attendance: Attendance | None = minutes_asked_of(person).filter(pk=item_id).first()
    if attendance is None:
        raise NotAskedError
    return make_meeting_link(attendance=attendance, purpose=MINUTES_LINK)


def _open_notes(person: Stakeholder, item_id: uuid.UUID) -> str:
    meeting: Meeting | None = notes_asked_of(person).filter(pk=item_id).first()
    if meeting is None:
        raise NotAskedError
    _link, path = make_notes_link(meeting=meeting, person=person, by=None)
    return path


# Where one thing of a kind is answered: a link of its own, as it would be mailed.
OPENERS: dict[str, Callable[[Stakeholder, uuid.UUID], str]] = {
    "signature": _open_signature,
    "draft": _open_draft,
    "promise": _open_promise,
    "stand": _open_stand,
    "hours": _open_hours,
    "meeting": _open_meeting,
    "minutes": _open_minutes,
    "notes": _open_notes,
}


def _write_monthly(person: Stakeholder, today: date) -> int:
    with transaction.atomic():
        sections = asked_of(person, today=today)
        if not sections:
            return 0
        links, mail = _draft(person, sections, by=None, key=f"partner_page:{person.pk}:{today:%Y-%m}")
        if not store_mails([mail]):
            return 0
        store_links(links)
        return 1


def _draft(
    person: Stakeholder, sections: list[AskedSection], *, by: User | None, key: str
) -> tuple[list[AccessLink], OutboxMail]:
    link, token = draft_link(
        purpose=PARTNER_LINK,
        subject_id=person.pk,
        person_id=person.pk,
        lasts=LASTS,
        by=by,
        recipient_email=person.email,
    )
    stop_link, stop = way_to_stop(person)
    mail = draft_mail(
        to=person.email,
        kind="partner_page",
        dedup_key=key,
        language=person.language or tenant_at_work().default_language,
        template="partner_page",
        context={
            "name": person.name,
            "space": tenant_at_work(),
            "number": sum(len(section.items) for section in sections),
            "url": absolute(reverse("partner_page", kwargs={"tenant": tenant_at_work().slug, "token": token})),
            "stop_url": stop,
            "days": LASTS.days,
            "speaks": bool(member_rights_of(person)),
        },
        unsubscribe_url=stop,
        bulk=True,
    )
    return [link, stop_link], mail
