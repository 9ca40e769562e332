"""Messages that wait for an answer and promises whose day is over, for the reminder digest (R-E6, R-E13)."""

import uuid
from collections.abc import Collection, Iterable
from datetime import date, timedelta

from django.db.models import Q
from django.utils import timezone

from core.rules.bilingual import spoken
from core.web.space import space_url
from engagement.models import Submission, Theme
from engagement.queries.handler import answerers_of, people_of
from engagement.rules.submission import WAITING, answer_due_on, is_for_today
from engagement.rules.theme import DATED
from partnerships.models import Partnership
from partnerships.queries.coordination import coordination_to_write_to, readers_of
from partnerships.queries.due import DueItem, Step, worded

REMINDED_BEFORE = timedelta(days=3)


def message_due_items(*, today: date) -> list[DueItem]:
    """Messages to answer within three days or overdue, and at once those that sound urgent.

    For whoever has one in hand, else for coordination; of a complaint never for people of the member it is about
    (R-E8). Words of residents are not told. Up to six queries, one without any message.
    """
    # Danger is for today, whether whoever wrote of it wants an answer or not.
    owed = Q(wants_reply=True) | Q(is_urgent=True)
    rows = Submission.objects.filter(owed, state__in=WAITING, duplicate_of=None)
    rows = rows.select_related("partnership", "about_member", "assigned_to").defer("text")
    waiting = [(one, due_on) for one in rows.order_by("received_hour", "id") if (due_on := _due_on(one, today))]
    if not waiting:
        return []
    readers = Readers([submission for submission, _due in waiting])
    return [
        DueItem(
            item_id=submission.pk,
            person_id=reader,
            member_id=None,
            partnership_id=submission.partnership_id,
            title=submission.partnership.name,
            due_on=due_on,
            url=space_url("submission_detail", submission_id=submission.pk),
            step=Step.RESIDENT_URGENT if is_for_today(submission) else Step.RESIDENT,
        )
        for submission, due_on in waiting
        for reader in readers.of(submission)
    ]


def theme_due_items(*, today: date) -> list[DueItem]:
    """Published promises whose day is over, for coordination; until they are worded anew. Up to four queries."""
    rows = Theme.objects.filter(outcome__in=DATED, outcome_on__lt=today, published_on__isnull=False)
    themes = list(
        rows.exclude(partnership__state=Partnership.State.CLOSED).select_related("partnership").order_by("id")
    )
    people = coordination_to_write_to({theme.partnership for theme in themes}) if themes else {}
    return [
        DueItem(
            item_id=theme.pk,
            person_id=person_id,
            member_id=None,
            partnership_id=theme.partnership_id,
            title=worded(spoken, theme, "heard"),
            due_on=theme.outcome_on,
            url=space_url("theme_detail", slug=theme.partnership.slug, theme_id=theme.pk),
            step=Step.THEME,
        )
        for theme in themes
        for person_id in people[theme.partnership_id]
    ]


def _due_on(submission: Submission, today: date) -> date | None:
    """The day to remind of, or none yet."""
    received_on = timezone.localdate(submission.received_hour)
    if is_for_today(submission):
        return received_on
    if not submission.wants_reply:
        return None
    due_on = answer_due_on(received_on)
    return due_on if due_on <= today + REMINDED_BEFORE else None


class Readers:
    """Who is written to about each of some messages."""

    def __init__(self, submissions: Collection[Submission]) -> None:
        held = {one.assigned_to for one in submissions if one.assigned_to}
        self._listed = readers_of(held) if held else {}
        free = {one.partnership for one in submissions if not one.assigned_to}
        self._coordination = coordination_to_write_to(free) if free else {}
        about = {one.about_member.organisation_id for one in submissions if one.about_member}
        self._theirs = people_of(about) if about else {}

    def of(self, submission: Submission) -> Iterable[uuid.UUID]:
        """People of the register, or accounts of those who are not listed."""
        if submission.assigned_to:
            return [self._listed.get(submission.assigned_to.pk, submission.assigned_to.pk)]
        coordination = self._coordination[submission.partnership_id]
        if submission.about_member is None:
            return coordination
        theirs = self._theirs.get(submission.about_member.organisation_id, set())
        outside = [reader for reader in coordination if reader not in theirs]
        if outside:
            return outside
        others = answerers_of(submission)[:1]
        return readers_of(others).values()
