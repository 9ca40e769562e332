"""What goes out next: the reminders of each person, as the digest will write them."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from goals.queries import due as goals_due
from metrics.queries import due as metrics_due
from partnerships.queries import due as partnerships_due
from partnerships.queries.agreement_due import agreement_due_items
from partnerships.queries.due import DueItem, by_urgency
from reports.models import Delivery, ReminderPreference
from reports.rules.digest import LOOK_AHEAD, Told, has_news, may_write
from stakeholders.models import Stakeholder


@dataclass(frozen=True)
class Digest:
    """What one person is asked for, the most urgent first, and whether they get a mail about it on that day.

    Of the person only name, address and language are read.
    """

    person: Stakeholder
    items: list[DueItem]
    goes_out: bool


def digests_on(today: date) -> list[Digest]:
    """Everybody with something due, and whether they get a mail on a day; the same query the sending uses."""
    by_person = _due_by_person(today)
    people = Stakeholder.objects.filter(pk__in=by_person, do_not_contact=False).exclude(email="")
    people = people.only("name", "email", "language").order_by("sort_name", "id")
    rhythms = dict(ReminderPreference.objects.filter(person__in=by_person).values_list("person_id", "rhythm"))
    told = _told_before(list(by_person))
    return [
        Digest(
            person,
            by_person[person.pk],
            _goes_out(by_person[person.pk], told.get(person.pk), rhythms.get(person.pk), today),
        )
        for person in people
    ]


def _due_by_person(today: date) -> dict[UUID, list[DueItem]]:
    """Promises, signatures and meetings open from a link; values, milestones and reviews need an account."""
    inside = [
        *metrics_due.due_items(today=today, within=LOOK_AHEAD),
        *goals_due.due_items(today=today, within=LOOK_AHEAD),
        *agreement_due_items(today=today),
    ]
    asked = {item.person_id for item in inside}
    able = set(Stakeholder.objects.filter(pk__in=asked, user__isnull=False).values_list("pk", flat=True))
    items = partnerships_due.due_items(today=today, within=LOOK_AHEAD)
    items += [item for item in inside if item.person_id in able]
    found: dict[UUID, list[DueItem]] = {}
    for item in sorted(items, key=by_urgency):
        found.setdefault(item.person_id, []).append(item)
    return found


def _goes_out(items: list[DueItem], told: Told | None, rhythm: str | None, today: date) -> bool:
    told = told or Told(frozenset(), None)
    return has_news(items, told, today=today) and may_write(
        told, rhythm or ReminderPreference.Rhythm.WEEKLY, today=today
    )


def _told_before(people: list[UUID]) -> dict[UUID, Told]:
    rows = Delivery.objects.filter(person_id__in=people).values_list(
        "person_id", "item_id", "due_on", "step", "sent_on"
    )
    said: dict[UUID, set[tuple[UUID, date | None, str]]] = {}
    last: dict[UUID, date] = {}
    for person_id, item_id, due_on, step, sent_on in rows:
        said.setdefault(person_id, set()).add((item_id, due_on, step))
        last[person_id] = max(last.get(person_id, sent_on), sent_on)
    return {person_id: Told(frozenset(items), last[person_id]) for person_id, items in said.items()}


def rhythm_of(person: Stakeholder) -> str:
    """How often a person wants to be reminded."""
    found = ReminderPreference.objects.filter(person=person).first()
    return found.rhythm if found else ReminderPreference.Rhythm.WEEKLY
