"""What each person's start page says: what needs them, four figures, their tasks, what comes."""

import uuid
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum, Value

from core.access.permissions import Permission
from core.access.viewer import Viewer, visible_records, where_may
from core.access.visibility import Visibility
from engagement.models import Submission
from engagement.queries.handler import without_complaints_about_own
from engagement.rules.submission import NO_MESSAGE, WAITING
from funding.models import FundingSource
from goals.models import Endorsement, Goal, Milestone
from goals.queries.review import is_due
from goals.rules.goal import RUNNING_STATES
from metrics.models import Measurement
from metrics.queries.due import questioned_values, values_owed_by
from metrics.queries.measurement import ToCheck, values_to_check
from partnerships.models import Commitment, Partnership, PartnershipMember, Representative, Signature, Task
from partnerships.queries.agreement_answers import AnswersWaiting, answers_waiting
from partnerships.queries.communication import missed_rhythms
from partnerships.queries.decision import decisions_to_review
from partnerships.queries.ledger import Wish, kept_rate
from partnerships.queries.partnership import lapsed_for_members, lapsed_partnerships, partnerships_visible_to
from partnerships.queries.signal import RaisedSignals, raised_signals
from partnerships.queries.task import TaskRow, next_tasks, task_rows, tasks_visible_to
from partnerships.rules.task import PROMISED
from reports.models import ImpactReport
from reports.queries.partner_page import stands_asked_of
from reports.queries.report import reports_visible_to
from stakeholders.queries.profile import edits_to_look_at
from stakeholders.queries.register_request import requests_to_answer
from stakeholders.queries.representation import actions_due

SHOWN_TASKS, SHOWN_MILESTONES = 6, 5
MOST_ASKED = 20
NOBODY = uuid.UUID(int=0)


@dataclass(frozen=True)
class Waiting:
    """What waits for a coordinator, as counts."""

    overdue_tasks: int = 0
    counter_proposals: int = 0
    new_messages: int = 0
    urgent_messages: int = 0
    unchecked_values: ToCheck = field(default_factory=ToCheck)
    missing_voices: int = 0
    profile_edits: int = 0
    register_requests: int = 0
    decisions_to_review: int = 0
    silent_partnerships: int = 0
    lapsed_agreements: int = 0
    agreement_answers: AnswersWaiting = field(default_factory=AnswersWaiting)
    goals_to_review: int = 0
    early_signs: RaisedSignals = field(default_factory=RaisedSignals)


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


def in_partnership(viewer: Viewer, *, records: str = "visibility") -> Q:
    """The condition under which a record of a partnership is visible."""
    return visible_records(viewer, scope="partnership__scope_id", chain=[records, "partnership__visibility"])


def coordinator_start(viewer: Viewer, *, today: date) -> CoordinatorStart:
    """Everything on the page, in twelve queries."""
    tasks = tasks_visible_to(viewer)
    # Counted by a column of the index they are counted in (task_by_partnership), which the key is not.
    counts = tasks.aggregate(
        overdue=Count("state", filter=Q(state__in=PROMISED, due_on__lt=today)),
        counter=Count("state", filter=Q(state=Task.State.COUNTER_PROPOSED)),
    )
    heard = _messages(viewer)
    money = _money(viewer)
    goals = Goal.objects.filter(in_partnership(viewer), state__in=RUNNING_STATES)
    measured = Measurement.objects.filter(indicator=OuterRef("indicator"), state=Measurement.State.VERIFIED)
    results = goals.annotate(is_measured=Exists(measured)).aggregate(
        total=Count("id"),
        measured=Count("id", filter=Q(is_measured=True)),
        need=Sum("need_cents", default=0),
        to_review=Count("id", filter=Q(is_due(today)) & _where(viewer, Permission.EDIT_GOALS)),
    )
    register = _register(viewer, today=today)
    promises = kept_rate(viewer, wish=Wish(), until=today)
    return CoordinatorStart(
        waiting=Waiting(
            overdue_tasks=counts["overdue"],
            counter_proposals=counts["counter"],
            new_messages=heard["new"],
            urgent_messages=heard["urgent"],
            unchecked_values=values_to_check(viewer),
            missing_voices=register.get("voices", 0),
            profile_edits=register.get("edits", 0),
            register_requests=register.get("requests", 0),
            decisions_to_review=register.get("decisions", 0),
            silent_partnerships=len(missed_rhythms(viewer, today=today)),
            lapsed_agreements=register.get("lapsed", 0),
            agreement_answers=answers_waiting(viewer),
            goals_to_review=results["to_review"] if viewer.can(Permission.EDIT_GOALS) else 0,
            early_signs=raised_signals(viewer),
        ),
        figures=Figures(
            promises.due,
            promises.kept,
            heard.get("total"),
            heard["answered"],
            money,
            int(results["need"]),
            results["total"],
            results["measured"],
        ),
        tasks=task_rows(next_tasks(viewer, most=SHOWN_TASKS), today=today),
        milestones=list(_milestones(viewer, today=today)),
    )


def _register(viewer: Viewer, *, today: date) -> dict[str, int]:
    """What waits in the register of stakeholders, in that of decisions and among agreements, by one query."""
    if not viewer.can(Permission.EDIT_STAKEHOLDERS):
        return {}
    waiting = (
        ("voices", actions_due(viewer, today=today)),
        ("edits", edits_to_look_at(viewer)),
        ("requests", requests_to_answer(viewer)),
        ("decisions", decisions_to_review(viewer, today=today)),
        ("lapsed", lapsed_partnerships(viewer, today=today)),
    )
    counts = [rows.order_by().values(what=Value(what)).annotate(number=Count("id")) for what, rows in waiting]
    return {row["what"]: row["number"] for row in counts[0].union(*counts[1:], all=True)}


def _where(viewer: Viewer, permission: Permission) -> Q:
    """The partnerships in which a viewer may do something: what waits elsewhere waits for others."""
    if viewer.can(permission):
        return where_may(viewer, permission, scope="partnership__scope_id")
    # Beside an empty list Django answers every count of the same statement with zero.
    return Q(pk=NOBODY)


def _messages(viewer: Viewer) -> dict[str, int]:
    """Of the messages the viewer's inbox is made of, never those about their own organisation (R-E8)."""
    if viewer.user is None or not viewer.can(Permission.ANSWER_RESIDENTS):
        return {"new": 0, "urgent": 0, "answered": 0}
    seen = visible_records(viewer, scope="partnership__scope_id", chain=["partnership__visibility"])
    waiting = Q(state__in=WAITING)
    messages = Submission.objects.filter(seen & _where(viewer, Permission.ANSWER_RESIDENTS))
    messages = without_complaints_about_own(messages, viewer.user).exclude(state__in=NO_MESSAGE)
    return messages.aggregate(
        total=Count("id"),
        new=Count("id", filter=waiting),
        urgent=Count("id", filter=waiting & Q(is_urgent=True)),
        answered=Count("id", filter=Q(answered_on__isnull=False)),
    )


def _money(viewer: Viewer) -> int | None:
    if not viewer.can(Permission.SEE_FUNDING):
        return None
    sources = FundingSource.objects.filter(in_partnership(viewer), status=FundingSource.Status.SECURED)
    cash = sources.exclude(kind=FundingSource.Kind.IN_KIND).aggregate(cents=Sum("amount_cents", default=0))
    return int(cash["cents"])


def _milestones(viewer: Viewer, *, today: date) -> QuerySet[Milestone]:
    seen = visible_records(
        viewer, scope="goal__partnership__scope_id", chain=["goal__visibility", "goal__partnership__visibility"]
    )
    near = Milestone.objects.filter(seen, due_on__gte=today - timedelta(days=120))
    return near.select_related("goal__partnership").order_by("due_on", "id")[:SHOWN_MILESTONES]


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
