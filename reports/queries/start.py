"""What each person's start page says: what needs them, four figures, their tasks, what comes."""

import uuid
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from core.access.permissions import Permission
from core.access.viewer import Viewer, visible_records
from core.access.visibility import Visibility
from core.queries.composed import Composed
from core.rules.waiting import Somewhere
from goals.models import Endorsement, Goal, Milestone
from metrics.models import Measurement
from metrics.queries.due import questioned_values, values_owed_by
from metrics.queries.measurement import values_to_check
from partnerships.models import Commitment, Partnership, PartnershipMember, Representative, Signature, Task
from partnerships.queries.agreement_answers import AnswersWaiting, answers_waiting
from partnerships.queries.communication import missed_rhythms
from partnerships.queries.ledger import Wish, kept_rate
from partnerships.queries.partnership import lapsed_for_members, partnerships_visible_to
from partnerships.queries.signal import raised_signals
from partnerships.queries.task import TaskRow, TaskRowMaker, next_tasks, rows_of, task_rows, tasks_visible_to
from partnerships.rules.task import PROMISED
from reports.models import ImpactReport
from reports.queries.counts import counts
from reports.queries.partner_page import stands_asked_of
from reports.queries.report import reports_visible_to

SHOWN_TASKS, SHOWN_MILESTONES = 6, 5
STILL_SHOWN = timedelta(days=120)
MOST_ASKED = 20


@dataclass(frozen=True)
class Waiting:
    """What waits for a coordinator, as counts."""

    overdue_tasks: int = 0
    counter_proposals: int = 0
    new_messages: int = 0
    urgent_messages: int = 0
    unchecked_values: Somewhere = field(default_factory=Somewhere)
    missing_voices: int = 0
    profile_edits: int = 0
    register_requests: int = 0
    decisions_to_review: Somewhere = field(default_factory=Somewhere)
    silent_partnerships: int = 0
    silent_url: str = ""
    lapsed_agreements: Somewhere = field(default_factory=Somewhere)
    agreement_answers: AnswersWaiting = field(default_factory=AnswersWaiting)
    goals_to_review: Somewhere = field(default_factory=Somewhere)
    goal_suggestions: Somewhere = field(default_factory=Somewhere)
    early_signs: Somewhere = field(default_factory=Somewhere)


@dataclass(frozen=True)
class Figures:
    """The figures of the start page, four for who coordinates; each a part of a whole, with the whole beside it."""

    promises_due: int = 0
    promises_kept: int = 0
    # None for whoever does not read them: not seen is not none.
    messages: int | None = None
    messages_answered: int = 0
    secured_cents: int | None = None
    need_cents: int = 0
    goals: int = 0
    goals_measured: int = 0


@dataclass(frozen=True)
class CoordinatorStart:
    """A coordinator's start page."""

    waiting: Waiting
    figures: Figures
    tasks: list[TaskRow] = field(default_factory=list)
    milestones: list[Milestone] = field(default_factory=list)
    partnership_count: int = 0


def coordinator_start(viewer: Viewer, *, today: date) -> CoordinatorStart:
    """Everything on the page, in seven queries."""
    told = counts(viewer, today=today)

    def of(register: str, place: int = 0) -> int:
        return told[register].numbers[place] if register in told else 0

    def waiting_in(register: str, place: int = 0) -> Somewhere:
        return Somewhere(of(register, place), told[register].place if register in told else "")

    silent = missed_rhythms(viewer, today=today)

    return CoordinatorStart(
        waiting=Waiting(
            overdue_tasks=of("overdue"),
            counter_proposals=of("countered"),
            new_messages=of("messages", 1),
            urgent_messages=of("messages", 2),
            unchecked_values=values_to_check(viewer),
            missing_voices=of("voices"),
            profile_edits=of("edits"),
            register_requests=of("requests"),
            decisions_to_review=waiting_in("decisions"),
            silent_partnerships=len(silent),
            silent_url=silent[0].url if silent else "",
            lapsed_agreements=waiting_in("lapsed"),
            agreement_answers=answers_waiting(viewer),
            goals_to_review=waiting_in("goals", 3),
            goal_suggestions=waiting_in("suggestions"),
            early_signs=raised_signals(viewer),
        ),
        figures=Figures(
            promises_due=of("promises"),
            promises_kept=of("promises", 1),
            messages=of("messages") if "messages" in told else None,
            messages_answered=of("messages", 3),
            secured_cents=of("money") if "money" in told else None,
            need_cents=of("goals", 2),
            goals=of("goals"),
            goals_measured=of("goals", 1),
        ),
        tasks=list(map(TaskRowMaker(today=today), _first_due(viewer))),
        milestones=_milestones(viewer, near=today - STILL_SHOWN),
    )


_first_due = Composed(lambda viewer: rows_of(next_tasks(viewer, most=SHOWN_TASKS)))


@Composed
def _milestones(viewer: Viewer, near: date) -> QuerySet[Milestone]:
    seen = visible_records(
        viewer, scope="goal__partnership__scope_id", chain=["goal__visibility", "goal__partnership__visibility"]
    )
    rows = Milestone.objects.filter(seen, due_on__gte=near).select_related("goal__partnership")
    return rows.order_by("due_on", "id")[:SHOWN_MILESTONES]


@dataclass(frozen=True)
class PartnerStart:
    """What a partner's organisation promised, and what waits for its word, also on goals, and for its numbers."""

    members: list[PartnershipMember]
    to_answer: list[TaskRow]
    open_tasks: list[TaskRow]
    done_count: int
    to_sign: list[Signature]
    promises_due: int = 0
    promises_kept: int = 0
    lapsed: list[Partnership] = field(default_factory=list)
    stands: list[Endorsement] = field(default_factory=list)
    # How many numbers each partnership misses.
    numbers: list[tuple[Partnership, int]] = field(default_factory=list)
    # Values somebody asked a question about.
    questioned: list[Measurement] = field(default_factory=list)

    @property
    def waits(self) -> bool:
        """Whether anything waits for the organisation's word or numbers."""
        return bool(self.to_answer or self.to_sign or self.stands or self.numbers or self.questioned)


def partner_start(viewer: Viewer, speaks_for: list[Representative], *, today: date) -> PartnerStart:
    """A partner's start page over all partnerships it is in; sees its own promises only."""
    members = list({found.member_id: found.member for found in speaks_for}.values())
    rights = {found.member_id: found.can_commit for found in speaks_for}
    ids = [member.pk for member in members]
    own = tasks_visible_to(viewer).filter(member_id__in=ids)
    done = own.filter(state=Task.State.DONE).count()
    promises = kept_rate(viewer, wish=Wish(organisations={member.organisation_id for member in members}), until=today)
    waiting = own.filter(state__in=[Task.State.PROPOSED, *PROMISED])
    tasks = task_rows(waiting.order_by(F("due_on").asc(nulls_last=True), "id")[:50], today=today)
    signatures = Signature.objects.filter(member_id__in=ids, state=Signature.State.REQUESTED)
    return PartnerStart(
        members=members,
        to_answer=[task for task in tasks if task.state == Task.State.PROPOSED],
        open_tasks=[task for task in tasks if task.state != Task.State.PROPOSED],
        done_count=done,
        to_sign=list(
            signatures.select_related("version__agreement__partnership", "member__organisation").order_by("id")
        ),
        promises_due=promises.due,
        promises_kept=promises.kept,
        lapsed=list(lapsed_for_members(ids, today=today)),
        stands=list(stands_asked_of(rights)[:MOST_ASKED]),
        numbers=_numbers(viewer, ids, today=today),
        questioned=list(questioned_values().filter(member_id__in=ids)[:MOST_ASKED]),
    )


def _numbers(viewer: Viewer, member_ids: list[uuid.UUID], *, today: date) -> list[tuple[Partnership, int]]:
    """The partnerships a viewer enters values in, with how many the organisations owe."""
    counts: dict[Partnership, int] = {}
    for owed in values_owed_by(member_ids, today=today):
        partnership = owed.indicator.partnership
        if viewer.can(Permission.ENTER_MEASUREMENTS, partnership.scope_id):
            counts[partnership] = counts.get(partnership, 0) + 1
    return list(counts.items())


def funder_start(viewer: Viewer) -> list[ImpactReport]:
    """The reports a funder may read, newest first."""
    return list(reports_visible_to(viewer)[:50])


def first_steps(viewer: Viewer) -> dict[str, bool]:
    """Which first steps of an empty space are done, in the order that makes sense (one query)."""
    partnerships = partnerships_visible_to(viewer)
    state = partnerships.aggregate(
        partnership=Count("id", distinct=True),
        promise=Count("id", distinct=True, filter=Q(Exists(Commitment.objects.filter(partnership=OuterRef("pk"))))),
        task=Count("id", distinct=True, filter=Q(Exists(Task.objects.filter(partnership=OuterRef("pk"))))),
        goal=Count("id", distinct=True, filter=Q(Exists(Goal.objects.filter(partnership=OuterRef("pk"))))),
        public=Count("id", distinct=True, filter=Q(visibility=Visibility.PUBLIC)),
    )
    return {name: bool(count) for name, count in state.items()}


def first_partnership(viewer: Viewer) -> Partnership | None:
    """The partnership an empty space's next step is about."""
    return partnerships_visible_to(viewer).first()
