"""The early-warning signals of goals: milestones late, members who promised too much, goals in dispute (domain 11)."""

import uuid
from collections.abc import Collection, Iterator
from datetime import date, timedelta

from django.db.models import Count, Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.access.viewer import Viewer
from core.access.visibility import Visibility
from core.web.space import space_url
from goals.models import Endorsement, EndorsementAnswer, EndorsementRound, Milestone
from goals.queries.deliverable import MONTH
from goals.queries.endorsement import HOLDING
from goals.queries.goal import goals_visible_to
from goals.rules.endorsement import DISSENTING
from goals.rules.goal import FINAL_STATES, RUNNING_STATES
from goals.rules.signal import LATE_DAYS, is_contested, is_long_late, is_overloaded, load_percent
from partnerships.early_signs import Facts, Found, Named, SignalRule
from partnerships.models import Partnership, Position, Task
from partnerships.queries.signal_rules import member_names
from partnerships.rules.member import GONE
from partnerships.rules.signal import Challenge
from partnerships.rules.task import PROMISED
from stakeholders.queries.strength import hours_of

Outcome = EndorsementRound.Outcome


def goal_names(viewer: Viewer, ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Named]:
    """The titles of some goals a viewer may see, with the page of each."""
    rows = goals_visible_to(viewer).filter(pk__in=ids).select_related("partnership")
    return {
        row.pk: Named(row.title, space_url("goal_detail", slug=row.partnership.slug, number=row.number)) for row in rows
    }


def milestone_names(viewer: Viewer, ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Named]:
    """The titles of some milestones of goals a viewer may see, with the page of the goal."""
    rows = Milestone.objects.filter(pk__in=ids, goal__in=goals_visible_to(viewer).order_by().values("pk"))
    return {
        row.pk: Named(row.title, space_url("goal_detail", slug=row.goal.partnership.slug, number=row.goal.number))
        for row in rows.select_related("goal__partnership")
    }


def late_milestones(partnerships: Collection[Partnership], *, today: date) -> Iterator[Found]:
    """Milestones of running goals that were not reached thirty days after their day."""
    rows = Milestone.objects.filter(
        goal__partnership__in=partnerships,
        goal__state__in=RUNNING_STATES,
        reached_on=None,
        dropped_on=None,
        due_on__lt=today - timedelta(days=LATE_DAYS),
    )
    for row in rows.select_related("goal").order_by("due_on", "id"):
        if is_long_late(row.due_on, today=today):
            level = min(Visibility.PARTNERS, row.goal.visibility)
            yield Found(row.goal.partnership_id, {"days": (today - row.due_on).days}, row.pk, level)


def contested_goals(partnerships: Collection[Partnership], *, today: date) -> Iterator[Found]:
    """Goals whose present wording somebody objects to, or a quarter of those asked cannot live with."""
    rounds = EndorsementRound.objects.filter(goal__partnership__in=partnerships).exclude(goal__state__in=FINAL_STATES)
    newest = {found.goal_id: found for found in rounds.select_related("goal").order_by("goal_id", "number")}
    holding = [found for found in newest.values() if found.outcome in (Outcome.OPEN, Outcome.ADOPTED)]
    counts = Endorsement.objects.filter(round__in=holding).order_by().values_list("round")
    asked = dict(counts.annotate(number=Count("pk")))
    answers = EndorsementAnswer.objects.filter(HOLDING, endorsement__round__in=holding, position__in=DISSENTING)
    against: dict[uuid.UUID, list[int]] = {}
    for key, position in answers.order_by("id").values_list("endorsement__round_id", "position"):
        against.setdefault(key, []).append(position)
    for found in holding:
        positions = against.get(found.pk, [])
        objections = positions.count(Position.OBJECTION)
        if is_contested(objections=objections, against=len(positions), asked=asked.get(found.pk, 0)):
            facts: Facts = {"objections": objections, "against": len(positions), "asked": asked[found.pk]}
            level = min(Visibility.PARTNERS, found.goal.visibility)
            yield Found(found.goal.partnership_id, facts, found.goal_id, level)


def overloaded_members(partnerships: Collection[Partnership], *, today: date) -> Iterator[Found]:
    """Members whose promises here, due in a month, ask for more than 110 per cent of the hours they said they have.

    Counted is what partners may see, in this partnership alone: the sentence would tell of other work otherwise. It
    is for those who may see the organisation's own page, where the hours stand.
    """
    due = Task.objects.filter(
        partnership__in=partnerships,
        member__isnull=False,
        state__in=PROMISED,
        due_on__lte=today + MONTH,
        visibility__gte=Visibility.PARTNERS,
        effort_hours__isnull=False,
    ).exclude(member__state__in=GONE)
    columns = ("partnership_id", "member_id", "member__organisation_id", "member__organisation__visibility")
    loads = list(due.order_by().values_list(*columns).annotate(hours=Sum("effort_hours")))
    stated = hours_of({organisation_id for _key, _member, organisation_id, *_rest in loads})
    for key, member_id, organisation_id, visibility, hours in loads:
        hours_month = stated.get(organisation_id) or 0
        if is_overloaded(needed_hours=hours, stated_hours=hours_month):
            percent = load_percent(needed_hours=hours, stated_hours=hours_month)
            facts: Facts = {"hours": hours, "stated": hours_month, "percent": percent}
            yield Found(key, facts, member_id, min(Visibility.PARTNERS, visibility))


def _milestone_words(facts: Facts, name: str) -> str:
    words = ngettext(
        "The milestone “%(name)s” is %(days)d day late.",
        "The milestone “%(name)s” is %(days)d days late.",
        int(facts["days"]),
    )
    return words % {"name": name, "days": facts["days"]}


def _overload_words(facts: Facts, name: str) -> str:
    words = _("%(name)s promised %(hours)d hours for the next month and said it has %(stated)d.")
    return words % {**facts, "name": name}


def _contested_words(facts: Facts, name: str) -> str:
    words = ngettext(
        "%(against)d of %(asked)d asked cannot live with the goal “%(name)s” yet.",
        "%(against)d of %(asked)d asked cannot live with the goal “%(name)s” yet.",
        int(facts["against"]),
    )
    return words % {**facts, "name": name}


def _goals_page(slug: str) -> str:
    return space_url("goal_list", slug=slug)


def _tasks_page(slug: str) -> str:
    return space_url("task_list", slug=slug)


OVERLOAD = SignalRule(
    "overload",
    Challenge.RESOURCES,
    25,
    gettext_lazy(
        "What a member promised here until a month from now, with hours estimated, is over 110 per cent of the hours a "
        "month it said it has."
    ),
    gettext_lazy("Talk about what can wait, or who could take something on."),
    _tasks_page,
    _overload_words,
    overloaded_members,
    member_names,
    measure=lambda facts: int(facts["percent"]),
    step=10,
)
MILESTONE_LATE = SignalRule(
    "milestone_late",
    Challenge.KEEPING_GOING,
    35,
    gettext_lazy("A milestone of a goal at work was not reached more than 30 days after its day."),
    gettext_lazy("Agree on a new day, or on what keeps it from being reached."),
    _goals_page,
    _milestone_words,
    late_milestones,
    milestone_names,
    measure=lambda facts: int(facts["days"]),
    step=30,
)
CONTESTED = SignalRule(
    "goal_contested",
    Challenge.PRIORITIES,
    10,
    gettext_lazy("Somebody objects to a goal, or a quarter of those asked or more cannot live with it yet."),
    gettext_lazy("Sit together about this goal, with somebody from outside to lead the talk."),
    _goals_page,
    _contested_words,
    contested_goals,
    goal_names,
    measure=lambda facts: int(facts["against"]),
    step=1,
)
