"""What partnerships themselves offer for an agenda, and agendas read in order."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Prefetch, Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.access.visibility import Visibility
from core.web.space import space_url
from partnerships.agenda import DEFAULT_MINUTES, Suggestion
from partnerships.models import AgendaItem, AgreementVersion, Decision, Meeting, MeetingAction, Task
from partnerships.queries.agreement import reached_on
from partnerships.rules.agreement import state_on
from partnerships.rules.decision import VALID
from partnerships.rules.meeting import RUNNING, WITH_MINUTES
from partnerships.rules.task import PROMISED

MOST_OF_A_SOURCE = 10
AGREEMENT_AHEAD = timedelta(days=60)
LATE_MINUTES = 5


def items_of(meeting: Meeting, *, shown_at: int = Visibility.SEALED) -> QuerySet[AgendaItem]:
    """A meeting's subjects in order, with owners, papers, promises, and the decisions shown at least at a level."""
    actions = _with_tasks(MeetingAction.objects.all())
    decisions = Decision.objects.filter(visibility__gte=shown_at).order_by("year", "number")
    rows = AgendaItem.objects.filter(meeting=meeting).select_related(
        "owner_member__organisation", "owner_person", "proposed_by__organisation", "paper_file", "task"
    )
    found = rows.prefetch_related(Prefetch("actions", queryset=actions), Prefetch("decisions", queryset=decisions))
    return found.order_by("position", "id")


def actions_of(meeting: Meeting) -> QuerySet[MeetingAction]:
    """The promises made in a meeting, in the order of their tasks."""
    return _with_tasks(MeetingAction.objects.filter(meeting=meeting))


def _with_tasks(actions: QuerySet[MeetingAction]) -> QuerySet[MeetingAction]:
    return actions.select_related("task__member__organisation", "task__person").order_by("task__number", "id")


def overdue_tasks(meeting: Meeting, today: date) -> Iterator[Suggestion]:
    """Promises whose day has passed."""
    rows = Task.objects.filter(partnership=meeting.partnership_id, state__in=PROMISED, due_on__lt=today)
    for task in rows.order_by("due_on", "number")[:MOST_OF_A_SOURCE]:
        yield Suggestion(
            code=f"task:{task.pk}",
            title=task.title,
            why=_("Promised for %(day)s") % {"day": _day(task.due_on)},
            minutes=LATE_MINUTES,
            url=space_url("task_detail", slug=meeting.partnership.slug, number=task.number),
            member_id=task.member_id,
            task_id=task.pk,
        )


def agreements_due(meeting: Meeting, today: date) -> Iterator[Suggestion]:
    """Agreements in force whose review or end is near."""
    until = today + AGREEMENT_AHEAD
    rows = AgreementVersion.objects.filter(
        Q(review_on__lte=until) | Q(valid_to__lte=until),
        reached_on(today),
        agreement__partnership=meeting.partnership_id,
    ).select_related("agreement")
    for version in rows.order_by("valid_to", "id")[:MOST_OF_A_SOURCE]:
        ends = version.valid_to is not None and version.valid_to <= until
        is_over = state_on(version, today=today) == AgreementVersion.State.EXPIRED
        ending = _("Its time was over on %(day)s") if is_over else _("It ends on %(day)s")
        why = ending if ends else _("Its review is due on %(day)s")
        if not ends and version.review_cause:
            why = f"{version.get_review_cause_display()}. {why}"
        yield Suggestion(
            code=f"agreement:{version.pk}",
            title=version.agreement.title,
            why=why % {"day": _day(version.valid_to if ends else version.review_on)},
            url=space_url("agreement_detail", slug=meeting.partnership.slug, number=version.agreement.number),
        )


def decisions_to_review(meeting: Meeting, today: date) -> Iterator[Suggestion]:
    """Decisions that were to be looked at again by the day of the meeting."""
    rows = Decision.objects.filter(
        partnership=meeting.partnership_id, state__in=VALID, review_on__lte=max(today, meeting.starts_at.date())
    )
    for decision in rows.order_by("review_on", "id")[:MOST_OF_A_SOURCE]:
        yield Suggestion(
            code=f"decision:{decision.pk}:{decision.review_on}",
            title=_("Decision %(decision)s") % {"decision": decision},
            why=_("To be looked at again on %(day)s") % {"day": _day(decision.review_on)},
            url=space_url("decision_detail", slug=meeting.partnership.slug, year=decision.year, number=decision.number),
        )


def unfinished_items(meeting: Meeting, today: date) -> Iterator[Suggestion]:
    """What the last meeting of the same kind parked or did not come to."""
    before = Meeting.objects.filter(
        partnership=meeting.partnership_id, kind=meeting.kind, starts_at__lt=meeting.starts_at
    )
    last = before.filter(state__in=[*RUNNING, *WITH_MINUTES]).order_by("-starts_at").first()
    if last is None:
        return
    rows = AgendaItem.objects.filter(meeting=last).exclude(state=AgendaItem.State.DONE)
    for item in rows.exclude(kind=AgendaItem.Kind.CHECK_IN).order_by("position", "id"):
        parked = item.state == AgendaItem.State.PARKED
        yield Suggestion(
            code=f"item:{item.pk}",
            title=item.title,
            why=_("Parked at the last meeting") if parked else _("Not dealt with at the last meeting"),
            kind=item.kind,
            minutes=item.minutes_planned or DEFAULT_MINUTES,
            member_id=item.owner_member_id,
            item_id=item.pk,
        )


def _day(day: date | None) -> str:
    return date_format(day, "SHORT_DATE_FORMAT") if day else ""
