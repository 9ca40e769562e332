"""What goes out next: the reminders of each person, as the digest will write them."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from core.access.permissions import Permission
from core.access.viewer import Viewer
from core.models import User
from engagement.queries.due import message_due_items, theme_due_items
from engagement.queries.post_due import plan_due_items, post_due_items
from engagement.queries.report_back_due import report_back_due_items
from engagement.queries.volunteer_due import signup_due_items
from goals.queries import due as goals_due
from metrics.queries import due as metrics_due
from partnerships.models import Partnership
from partnerships.queries import due as partnerships_due
from partnerships.queries.agreement_answers import answer_due_items
from partnerships.queries.agreement_due import agreement_due_items
from partnerships.queries.decision_due import decision_due_items
from partnerships.queries.due import DueItem, Step, by_urgency, tasks_asked_on
from partnerships.queries.exit_due import exit_due_items
from partnerships.queries.feedback_due import feedback_due_items
from partnerships.queries.partnership_review import partnership_due_items
from reports.models import Delivery, ReminderPreference
from reports.rules.digest import LOOK_AHEAD, Told, has_news, may_write
from stakeholders.models import Stakeholder

TO_RESIDENTS = {Step.RESIDENT, Step.RESIDENT_URGENT, Step.THEME, Step.VOLUNTEER}
TO_COORDINATION = TO_RESIDENTS | {
    Step.COORDINATION,
    Step.QUIET_LONG,
    Step.SIGN_ENDED,
    Step.DECLINED,
    Step.REMARK,
    Step.REFUSED,
    Step.FEEDBACK,
    Step.CHECK,
    Step.REPORT_BACK,
    Step.REPORT_LATE,
    Step.POST_TO_READ,
    Step.POST,
    Step.POST_LATE,
    Step.POST_DOWN,
    Step.SOCIAL_PLAN,
    Step.SUGGESTION,
    Step.GOAL_REVIEW,
    Step.RISK,
    Step.EXIT,
    Step.EXIT_LATE,
    *(step for step in Step if step.is_review or step.is_end),
}
DueByPerson = dict[UUID, list[DueItem]]
# Who is written to: a person of the register, or the account of somebody in coordination who is not listed.
Reader = Stakeholder | User


def whose(reader: Reader) -> dict[str, Any]:
    """The column by which a delivery or a preference is of somebody."""
    return {"user" if isinstance(reader, User) else "person": reader}


@dataclass(frozen=True)
class Digest:
    """What one person is asked for, the most urgent first, and whether they get a mail about it on that day.

    Of the person only name, address and language are read.
    """

    person: Reader
    items: list[DueItem]
    goes_out: bool


def digests_on(today: date) -> list[Digest]:
    """Everybody with something due, and whether they get a mail on a day; the same query the sending uses."""
    by_person = _due_by_person(today)
    people = Stakeholder.objects.filter(pk__in=by_person, do_not_contact=False).exclude(email="")
    people = people.only("name", "email", "language").order_by("sort_name", "id")
    accounts = User.objects.filter(pk__in=_accounts_of(by_person), is_active=True)
    accounts = accounts.only("name", "email", "language").order_by("name", "email")
    rhythms = _rhythms(by_person)
    told = _told_before(by_person)
    readers: list[Reader] = [*people, *accounts]
    return [
        Digest(
            reader,
            by_person[reader.pk],
            _goes_out(by_person[reader.pk], told.get(reader.pk), rhythms.get(reader.pk), today),
        )
        for reader in readers
    ]


def digests_seen_by(viewer: Viewer, day: date) -> list[Digest]:
    """The reminders of a day as somebody may see them: of the partnerships in which they may, and no others.

    Whether a mail goes out is told as it is, also when what it says besides is not shown.
    """
    found = digests_on(day)
    if viewer.can_everywhere(Permission.SEE_REMINDERS):
        return found
    scopes = viewer.scopes_with(Permission.SEE_REMINDERS)
    own = set(Partnership.objects.filter(scope_id__in=scopes).values_list("pk", flat=True))
    shown = (replace(digest, items=[item for item in digest.items if item.partnership_id in own]) for digest in found)
    return [digest for digest in shown if digest.items]


def _accounts_of(by_person: DueByPerson) -> list[UUID]:
    """Of whom something is due those that coordination is told: only among these are accounts."""
    return [key for key, items in by_person.items() if any(item.step in TO_COORDINATION for item in items)]


def _rhythms(by_person: DueByPerson) -> dict[UUID, str]:
    people = ReminderPreference.objects.filter(person__in=by_person).values_list("person_id", "rhythm")
    accounts = ReminderPreference.objects.filter(user__in=_accounts_of(by_person)).values_list("user_id", "rhythm")
    return dict([*people, *accounts])


def _due_by_person(today: date) -> DueByPerson:
    """Promises, signatures, meetings, stands on goals and values open from a link; milestones need an account.

    What somebody was asked that day in a mail of its own is not said again on it.
    """
    inside = goals_due.due_items(today=today, within=LOOK_AHEAD)
    asked = {item.person_id for item in inside}
    able = set(Stakeholder.objects.filter(pk__in=asked, user__isnull=False).values_list("pk", flat=True))
    items = partnerships_due.due_items(today=today, within=LOOK_AHEAD)
    items += [*agreement_due_items(today=today), *decision_due_items(today=today), *feedback_due_items()]
    items += [*partnership_due_items(today=today), *answer_due_items(today=today), *exit_due_items(today=today)]
    items += report_back_due_items(today=today, within=LOOK_AHEAD)
    items += [*post_due_items(today=today, within=LOOK_AHEAD), *plan_due_items(today=today, within=LOOK_AHEAD)]
    items += [*goals_due.endorsement_items(today=today), *goals_due.trend_review_items(today=today)]
    items += [*goals_due.suggestion_items(), *goals_due.review_items(today=today)]
    items += [*message_due_items(today=today), *theme_due_items(today=today), *signup_due_items(today=today)]
    items += metrics_due.due_items(today=today, within=LOOK_AHEAD)
    items += [item for item in inside if item.person_id in able]
    found: dict[UUID, list[DueItem]] = {}
    asked_today = tasks_asked_on(today)
    for item in sorted(items, key=by_urgency):
        if item.step == Step.ANSWER and (item.item_id, item.person_id) in asked_today:
            continue
        found.setdefault(item.person_id, []).append(item)
    return found


def _goes_out(items: list[DueItem], told: Told | None, rhythm: str | None, today: date) -> bool:
    told = told or Told(frozenset(), None)
    rhythm = rhythm or ReminderPreference.Rhythm.WEEKLY
    if rhythm == ReminderPreference.Rhythm.WEEKLY and any(item.step == Step.RESIDENT_URGENT for item in items):
        # Danger does not wait for the week (R-E6).
        rhythm = ReminderPreference.Rhythm.DAILY
    return has_news(items, told, today=today) and may_write(told, rhythm, today=today)


def _told_before(by_person: DueByPerson) -> dict[UUID, Told]:
    columns = ("item_id", "due_on", "step", "sent_on")
    rows = Delivery.objects.filter(person_id__in=list(by_person)).values_list("person_id", *columns)
    told = Delivery.objects.filter(user_id__in=_accounts_of(by_person)).values_list("user_id", *columns)
    said: dict[UUID, set[tuple[UUID, date | None, str]]] = {}
    last: dict[UUID, date] = {}
    for reader_id, item_id, due_on, step, sent_on in [*rows, *told]:
        said.setdefault(reader_id, set()).add((item_id, due_on, step))
        last[reader_id] = max(last.get(reader_id, sent_on), sent_on)
    return {reader_id: Told(frozenset(items), last[reader_id]) for reader_id, items in said.items()}


def reader_of(key: UUID) -> Reader | None:
    """The person, or the account, of a link to choose how often to be reminded."""
    return Stakeholder.objects.filter(pk=key).first() or User.objects.filter(pk=key, is_active=True).first()


def rhythm_of(person: Reader) -> str:
    """How often a person wants to be reminded."""
    found = ReminderPreference.objects.filter(**whose(person)).first()
    return found.rhythm if found else ReminderPreference.Rhythm.WEEKLY
