"""Milestones, goals and risks to look at, and answers that are awaited, for the reminder digest."""

import uuid
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce

from core.access.visibility import Visibility
from core.models import AccessScope, Grant
from core.tenancy.context import current_tenant_id
from core.web.space import space_url
from goals.models import Endorsement, EndorsementAnswer, Goal, GoalSuggestion, Milestone, Risk, TrendReview
from goals.queries.endorsement import HOLDING, places_in_open_rounds
from goals.queries.goal import goal_url
from goals.queries.review import is_due
from goals.queries.risk import risk_url
from goals.queries.suggestion import place_of
from goals.rules.goal import RUNNING_STATES
from goals.rules.risk import LIVE
from partnerships.queries.coordination import coordinator_to_write_to, readers_of
from partnerships.queries.due import Door, DueItem, Step, worded
from partnerships.queries.representative import active_representatives

ASKED_FOR = timedelta(days=28)


def endorsement_items(*, today: date) -> list[DueItem]:
    """Members that have not said where they stand on a goal, for those who may answer; from an e-mailed link.

    Until four weeks after the day set for answers: after that only a talk helps. Two queries.
    """
    rows = places_in_open_rounds().filter(round__answer_by__gte=today - ASKED_FOR)
    silent = rows.exclude(Exists(EndorsementAnswer.objects.filter(HOLDING, endorsement=OuterRef("pk"))))
    places = list(silent.order_by("round__answer_by", "id"))
    speakers: dict[uuid.UUID, list[uuid.UUID]] = {}
    people = active_representatives().filter(member__in=[place.member_id for place in places], can_commit=True)
    for member_id, person_id in people.values_list("member_id", "person_id"):
        speakers.setdefault(member_id, []).append(person_id)
    return [
        _endorsement_item(place, person_id, today=today)
        for place in places
        if place.member_id is not None
        for person_id in speakers.get(place.member_id, [])
    ]


def _endorsement_item(place: Endorsement, person_id: uuid.UUID, *, today: date) -> DueItem:
    goal = place.round.goal
    return DueItem(
        item_id=place.pk,
        person_id=person_id,
        member_id=place.member_id,
        partnership_id=goal.partnership_id,
        title=worded(str, goal),
        due_on=place.round.answer_by,
        url=space_url("endorsement_detail", slug=goal.partnership.slug, number=goal.number),
        step=Step.OVERDUE if place.round.answer_by < today else Step.ENDORSE,
        door=Door.ENDORSEMENT,
    )


def trend_review_items(*, today: date) -> list[DueItem]:
    """Trend reviews whose day to look at the tasks has come, for who began them and still has a part there.

    A stakeholder, or the account of who is not listed. Two queries.
    """
    here = Q(scope_id=OuterRef("partnership__scope_id")) | Q(scope__kind=AccessScope.Kind.TENANT)
    has_part = Exists(Grant.objects.filter(here, user_id=OuterRef("started_by_id")))
    rows = TrendReview.objects.filter(
        has_part,
        state=TrendReview.State.ACTIONS_AGREED,
        check_on__lte=today,
        started_by__is_active=True,
        started_by__memberships__tenant_id=current_tenant_id(),
        started_by__memberships__is_active=True,
    )
    reviews = list(rows.select_related("partnership", "goal", "indicator", "started_by").order_by("check_on", "id"))
    accounts = [review.started_by for review in reviews if review.started_by is not None]
    readers = readers_of(accounts) if accounts else {}
    return [
        DueItem(
            item_id=review.pk,
            person_id=readers[review.started_by_id],
            member_id=None,
            partnership_id=review.partnership_id,
            title=worded(getattr, review, "subject"),
            due_on=review.check_on,
            url=space_url("trend_review_detail", slug=review.partnership.slug, number=review.number),
            step=Step.CHECK,
        )
        for review in reviews
        if review.started_by_id is not None
    ]


def suggestion_items() -> list[DueItem]:
    """Suggestions nobody answered, for who coordinates; the words of a suggestion stay on its page.

    One query, and three where something waits.
    """
    rows = GoalSuggestion.objects.filter(state=GoalSuggestion.State.OPEN)
    found = list(rows.select_related("partnership", "goal", "member__organisation").order_by("made_at", "id"))
    people = coordinator_to_write_to() if found else {}
    return [
        DueItem(
            item_id=one.pk,
            person_id=people[one.partnership_id],
            member_id=one.member_id,
            partnership_id=one.partnership_id,
            title=worded(str, one.goal) if one.goal else one.partnership.name,
            due_on=None,
            url=place_of(one),
            step=Step.SUGGESTION,
            who=one.member.organisation.name if one.member else one.heard_from,
        )
        for one in found
        if one.partnership_id in people
    ]


def review_items(*, today: date) -> list[DueItem]:
    """Goals and risks that should be looked at again by now, for who looks after them.

    Who coordinates is told where nobody with an account is named, and of what partners do not see. Two queries, and
    three where something waits.
    """
    goals = Goal.objects.filter(is_due(today)).select_related("partnership", "owner_person")
    risks = Risk.objects.filter(state__in=LIVE, review_on__lte=today).select_related("partnership", "owner_person")
    found: list[tuple[Goal | Risk, date | None, str, Step]] = [
        *((goal, goal.off_track_since or goal.next_review_on, goal_url(goal), Step.GOAL_REVIEW) for goal in goals),
        *((risk, risk.review_on, risk_url(risk), Step.RISK) for risk in risks),
    ]
    people = coordinator_to_write_to() if found else {}
    return [
        DueItem(
            item_id=one.pk,
            person_id=person_id,
            member_id=one.owner_member_id,
            partnership_id=one.partnership_id,
            title=worded(str, one),
            due_on=since,
            url=url,
            step=step,
        )
        for one, since, url, step in found
        if (person_id := _told_of(one) or people.get(one.partnership_id)) is not None
    ]


def _told_of(one: Goal | Risk) -> uuid.UUID | None:
    """Who looks after it, where partners see it and they have an account to open its page with."""
    is_open = min(one.visibility, one.partnership.visibility) >= Visibility.PARTNERS
    owner = one.owner_person if is_open else None
    return owner.pk if owner is not None and owner.user_id is not None else None


def due_items(*, today: date, within: timedelta) -> list[DueItem]:
    """Milestones of adopted goals not reached and due until ``today + within``, for who looks after them or the goal.

    One query.
    """
    rows = Milestone.objects.filter(
        reached_on=None,
        dropped_on=None,
        due_on__lte=today + within,
        goal__state__in=RUNNING_STATES,
    )
    asked = rows.annotate(asked_id=Coalesce("owner_person_id", "goal__owner_person_id")).exclude(asked_id=None)
    return [
        DueItem(
            item_id=milestone.pk,
            person_id=milestone.asked_id,
            member_id=milestone.owner_member_id or milestone.goal.owner_member_id,
            partnership_id=milestone.goal.partnership_id,
            title=worded(str, milestone),
            due_on=milestone.due_on,
            url=goal_url(milestone.goal),
            step=Step.OVERDUE if milestone.due_on < today else Step.DUE,
        )
        for milestone in asked.select_related("goal__partnership").order_by("due_on", "id")
    ]
