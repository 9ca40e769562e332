"""From numbers to action in the demo: talks about a number, claims, lessons and changes in the community."""

from dataclasses import dataclass
from typing import Any

from core.access.visibility import Visibility
from goals.models import ClaimAlternative, ContributionClaim, Goal, TrendReview
from goals.operations.change import note_change
from goals.operations.claim import add_alternative, examine_alternative, make_claim
from goals.operations.lesson import apply_lesson, check_lesson, share_lesson, write_lesson
from goals.operations.trend_review import (
    check_trend_review,
    fill_trend_review,
    move_trend_review,
    start_trend_review,
)
from goals.rules.trend_review import Action
from partnerships.models import Partnership
from reports.demo.clock import day, on_day
from reports.demo.learning_words import LEARNT, Changed, Claimed, Learnt, Looked, Talked
from reports.demo.people import Cast
from reports.demo.story import Story

State = TrendReview.State


@dataclass(frozen=True)
class Place:
    """The partnership in which it is told."""

    cast: Cast
    story: Story
    partnership: Partnership
    goals: list[Goal]


def bring_in_learning(cast: Cast, story: Story, partnership: Partnership, goals: list[Goal]) -> None:
    """What a partnership learned from its numbers, where its story has any."""
    words = LEARNT.get(story.slug)
    if words is None or not goals:
        return
    place = Place(cast, story, partnership, goals)
    reviews = [_talk(place, talk) for talk in words.talks]
    claims = [_claim(place, claim) for claim in words.claims]
    for change in words.changes:
        _change(place, change, claims)
    for lesson in words.lessons:
        _lesson(place, lesson, reviews)


def _talk(place: Place, talk: Talked) -> TrendReview:
    by = place.cast.coordinator
    with on_day(talk.day) as moment:
        review = start_trend_review(partnership=place.partnership, by=by, goal=place.goals[talk.goal])
        steps: dict[str, Any] = dict(
            zip(("wanted", "likely_future", "pushes", "drags", "helpers", "ideas"), talk.steps, strict=False)
        )
        fill_trend_review(review=review, by=by, free_idea=talk.free_idea, check_on=day(talk.check_on).date(), **steps)
        if not talk.is_held:
            return review
        move_trend_review(review=review, to=State.HELD, by=by, today=moment.date())
        for title, key, due in talk.tasks:
            member = place.cast.members[place.story.slug, key] if key else None
            fill_trend_review(review=review, by=by, action=Action(title, member, day(due).date()))
        review = move_trend_review(review=review, to=State.ACTIONS_AGREED, by=by, today=moment.date())
    if talk.became:
        with on_day(talk.check_on) as moment:
            review = check_trend_review(review=review, note=talk.became, by=by, today=moment.date())
    return review


def _claim(place: Place, told: Claimed) -> ContributionClaim:
    with on_day(told.day):
        claim = make_claim(
            goal=place.goals[told.goal],
            by=place.cast.coordinator,
            result_en=told.result_en,
            result_it=told.result_it,
            evidence_done=told.done,
            evidence_steps=told.steps,
            people_say=told.people_say,
            visibility=Visibility.FUNDERS,
        )
    for looked in told.others:
        _look(place, claim, told.day, looked)
    return claim


def _look(place: Place, claim: ContributionClaim, told: int, looked: Looked) -> ClaimAlternative:
    with on_day(told):
        other = add_alternative(claim=claim, text=looked.text, by=place.cast.coordinator)
    if not looked.outcome:
        return other
    with on_day(told + 6) as moment:
        return examine_alternative(
            alternative=other,
            outcome=looked.outcome,
            reason=looked.reason,
            by=place.cast.evaluator,
            today=moment.date(),
        )


def _change(place: Place, told: Changed, claims: list[ContributionClaim]) -> None:
    with on_day(told.since + 3) as moment:
        note_change(
            partnership=place.partnership,
            goals=[place.goals[number] for number in told.goals],
            by=place.cast.coordinator,
            today=moment.date(),
            kind=told.kind,
            what_en=told.what_en,
            what_it=told.what_it,
            place=told.place,
            since=day(told.since).date(),
            source=told.source,
            our_part_en=told.our_part_en,
            our_part_it=told.our_part_it,
            claim=claims[told.claim] if told.claim is not None else None,
            visibility=Visibility.FUNDERS,
        )


def _lesson(place: Place, told: Learnt, reviews: list[TrendReview]) -> None:
    with on_day(told.day):
        lesson = write_lesson(
            partnership=place.partnership,
            by=place.cast.coordinator,
            goal=place.goals[0],
            review=reviews[told.review] if told.review is not None else None,
            title=told.title,
            situation=told.situation,
            expected=told.expected,
            happened=told.happened,
            why=told.why,
            advice=told.advice,
            tags=told.tags,
            is_failure=told.is_failure,
        )
    if told.is_shared:
        with on_day(told.day + 5) as moment:
            check_lesson(lesson=lesson, by=place.cast.evaluator, today=moment.date())
            share_lesson(lesson=lesson, visibility=Visibility.PUBLIC, by=place.cast.coordinator)
    if told.applied:
        with on_day(told.day + 30):
            apply_lesson(lesson=lesson, where=told.applied, by=place.cast.coordinator)
