"""Writing the reminder digest: one mail a person, each item once at each step."""

from datetime import date, timedelta
from uuid import UUID

from django.db import transaction

from core.operations.audit import record
from core.operations.link import make_link
from core.operations.mail import write_mail
from core.queries.tenant import tenant_at_work
from core.web.space import absolute, space_url
from partnerships.models import Signature, Task
from partnerships.operations.signature_link import make_signature_link
from partnerships.operations.task_link import make_task_link
from partnerships.queries.due import DueItem, Step
from reports.models import Delivery, ReminderPreference
from reports.queries.digest import Digest, digests_on
from reports.rules.digest import key_of
from stakeholders.models import Stakeholder

PREFERENCE_LINK = "reminders"
PREFERENCE_LASTS = timedelta(days=365)


def write_digests(*, today: date) -> int:
    """Write today's reminders of the tenant at work into the outbox; returns how many mails.

    A second run on the same day writes nothing, however many workers run it: mail and deliveries are written in one
    transaction, both unique. A finished task is not due and therefore not in it.
    """
    return sum(_write_digest(digest, today=today) for digest in digests_on(today) if digest.goes_out)


@transaction.atomic
def _write_digest(digest: Digest, *, today: date) -> int:
    person, tenant = digest.person, tenant_at_work()
    stop = absolute(space_url("reminder_choice", token=_preference_token(person)))
    mail = write_mail(
        to=person.email,
        kind="digest",
        dedup_key=f"digest:{person.pk}:{today}",
        language=person.language or tenant.default_language,
        template="digest",
        context={
            "name": person.name,
            "space_name": tenant.name,
            "entries": [
                {"item": item, "url": url, "is_late": item.step is Step.OVERDUE}
                for item, url in zip(digest.items, _ways_to(digest.items, person), strict=True)
            ],
            "stop_url": stop,
        },
        unsubscribe_url=stop,
        bulk=True,
    )
    if mail is None:
        return 0
    said = [key_of(item, today=today) for item in digest.items]
    Delivery.objects.bulk_create(
        [
            Delivery(person=person, item_id=item_id, due_on=due_on, step=step, mail=mail, sent_on=today)
            for item_id, due_on, step in said
        ],
        ignore_conflicts=True,
    )
    return 1


def _ways_to(items: list[DueItem], person: Stakeholder) -> list[str]:
    """For each item a link that needs no password (promises, signatures), or the page in the space."""
    ids = [item.item_id for item in items]
    tasks = Task.objects.in_bulk(ids)
    signatures = Signature.objects.select_related("version__agreement").in_bulk(ids)
    return [absolute(_way_to(item, tasks, signatures, person)) for item in items]


def _way_to(item: DueItem, tasks: dict[UUID, Task], signatures: dict[UUID, Signature], person: Stakeholder) -> str:
    if item.item_id in tasks:
        return make_task_link(task=tasks[item.item_id], person=person)[1]
    if item.item_id in signatures:
        return make_signature_link(signature=signatures[item.item_id], person=person)[1]
    return item.url


def _preference_token(person: Stakeholder) -> str:
    return make_link(
        purpose=PREFERENCE_LINK,
        subject_id=person.pk,
        person_id=person.pk,
        lasts=PREFERENCE_LASTS,
        by=None,
        recipient_email=person.email,
    )[1]


@transaction.atomic
def choose_rhythm(*, person: Stakeholder, rhythm: str) -> ReminderPreference:
    """Change how often a person is reminded, from their own mail; never means never until they choose again."""
    preference, _created = ReminderPreference.objects.update_or_create(person=person, defaults={"rhythm": rhythm})
    record("reminders.rhythm_chosen", preference, by=None, actor_label="link", changes={"rhythm": rhythm})
    return preference
