"""Writing the reminder digest: one mail a person, each item once at each step."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import batched

from django.db import transaction

from core.models import AccessLink, OutboxMail
from core.operations.audit import record
from core.operations.link import draft_link, store_links
from core.operations.mail import draft_mail, store_mails
from core.queries.tenant import tenant_at_work
from core.web.space import absolute, space_url
from goals.operations.endorsement_link import draft_endorsement_link
from partnerships.operations.commitment_link import draft_commitment_link
from partnerships.operations.meeting_link import MEETING_LINK, MINUTES_LINK, draft_meeting_link
from partnerships.operations.signature_link import draft_signature_link
from partnerships.operations.task_link import draft_task_link
from partnerships.queries.due import Door, DueItem, Step
from reports.models import Delivery, ReminderPreference
from reports.queries.digest import Digest, Reader, digests_on, whose
from reports.rules.digest import key_of
from reports.rules.partner_page import LASTS, PARTNER_LINK
from stakeholders.models import Stakeholder

PREFERENCE_LINK = "reminders"
PREFERENCE_LASTS = timedelta(days=365)
PEOPLE_AT_ONCE = 200
# Doors to a person's place in a meeting, with what the link is for.
PLACES = {Door.MEETING: MEETING_LINK, Door.MINUTES: MINUTES_LINK}
# Whoever has more to do opens the rest from there; the mail says how much that is.
MOST_SHOWN = 20
LATE = {Step.OVERDUE, Step.LEAD, Step.COORDINATION, Step.REPORT_LATE, Step.POST_LATE, Step.EXIT_LATE}


@dataclass(frozen=True)
class _Draft:
    """A mail, and what is stored only if it is: its links, and what it says to whom."""

    mail: OutboxMail
    links: list[AccessLink]
    deliveries: list[Delivery]


def write_digests(*, today: date) -> int:
    """Write today's reminders of the tenant at work into the outbox; returns how many mails.

    A second run on the same day writes nothing, however many workers run it: mail and deliveries are written in one
    transaction, both unique. A finished task is not due and therefore not in it. A mail shows the 20 most urgent items
    and counts the others; all count as said.
    """
    going = (digest for digest in digests_on(today) if digest.goes_out)
    return sum(_write_batch(digests, today=today) for digests in batched(going, PEOPLE_AT_ONCE))


@transaction.atomic
def _write_batch(digests: Iterable[Digest], *, today: date) -> int:
    drafts = [_draft(digest, today=today) for digest in digests]
    stored = {mail.pk for mail in store_mails([draft.mail for draft in drafts])}
    kept = [draft for draft in drafts if draft.mail.pk in stored]
    store_links([link for draft in kept for link in draft.links])
    Delivery.objects.bulk_create([delivery for draft in kept for delivery in draft.deliveries], ignore_conflicts=True)
    return len(kept)


def _draft(digest: Digest, *, today: date) -> _Draft:
    person = digest.person
    shown = digest.items[:MOST_SHOWN]
    links, addresses = zip(*(_way_to(item, person) for item in shown), strict=True)
    stop_link, stop = way_to_stop(person)
    entries = [
        {
            "title": item.title,
            "due_on": item.due_on,
            "url": url,
            "is_review": item.step.is_review,
            "is_end": item.step.is_end,
            "is_late": item.step in LATE,
            "step": item.step.value,
            "since": item.since,
            "who": item.who,
        }
        for item, url in zip(shown, addresses, strict=True)
    ]
    mail = draft_mail(
        to=person.email,
        kind="digest",
        dedup_key=f"digest:{person.pk}:{today}",
        language=person.language or tenant_at_work().default_language,
        template="digest",
        context={
            "name": person.name,
            "number": len(digest.items),
            "entries": entries,
            "more": len(digest.items) - len(shown),
            "stop_url": stop,
            "coordinates": not isinstance(person, Stakeholder),
        },
        unsubscribe_url=stop,
        bulk=True,
    )
    return _Draft(mail, [stop_link, *filter(None, links)], _deliveries(digest, mail, today=today))


def _deliveries(digest: Digest, mail: OutboxMail, *, today: date) -> list[Delivery]:
    said = (key_of(item, today=today) for item in digest.items)
    return [
        Delivery(item_id=item_id, due_on=due_on, step=step, mail_id=mail.pk, sent_on=today, **whose(digest.person))
        for item_id, due_on, step in said
    ]


def _way_to(item: DueItem, person: Reader) -> tuple[AccessLink | None, str]:
    """A link that needs no password (for what has a door of its own), or the page in the space; with its address."""
    # Only what coordination is told goes to an account that is not listed, and that opens signed in.
    if not isinstance(person, Stakeholder):
        return None, absolute(item.url)
    if item.door is Door.TASK:
        link, path = draft_task_link(task_id=item.item_id, title=item.title, person=person)
    elif item.door is Door.SIGNATURE:
        version = f"{item.title} v{item.version}"
        link, path = draft_signature_link(signature_id=item.item_id, version=version, person=person)
    elif item.door is Door.PROMISE:
        link, path = draft_commitment_link(commitment_id=item.item_id, title=item.title, person=person)
    elif item.door is Door.ENDORSEMENT:
        link, path = draft_endorsement_link(endorsement_id=item.item_id, title=item.title, person=person)
    elif item.door is Door.VALUES:
        link, token = draft_link(
            purpose=PARTNER_LINK,
            subject_id=person.pk,
            person_id=person.pk,
            lasts=LASTS,
            by=None,
            recipient_email=person.email,
        )
        path = space_url("partner_values", token=token)
    elif purpose := PLACES.get(item.door):
        link, path = draft_meeting_link(attendance_id=item.item_id, title=item.title, person=person, purpose=purpose)
    else:
        return None, absolute(item.url)
    return link, absolute(path)


def way_to_stop(person: Reader) -> tuple[AccessLink, str]:
    """A link to choose how often to be reminded, not stored yet, with its address."""
    link, token = draft_link(
        purpose=PREFERENCE_LINK,
        subject_id=person.pk,
        person_id=person.pk if isinstance(person, Stakeholder) else None,
        lasts=PREFERENCE_LASTS,
        by=None,
        recipient_email=person.email,
    )
    return link, absolute(space_url("reminder_choice", token=token))


@transaction.atomic
def choose_rhythm(*, person: Reader, rhythm: str) -> ReminderPreference:
    """Change how often a person is reminded, from their own mail; never means never until they choose again."""
    preference, _created = ReminderPreference.objects.update_or_create(**whose(person), defaults={"rhythm": rhythm})
    record("reminders.rhythm_chosen", preference, by=None, actor_label="link", changes={"rhythm": rhythm})
    return preference
