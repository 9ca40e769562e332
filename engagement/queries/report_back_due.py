"""Reports back that people were promised, for the reminders of those who coordinate (R-E1, R-E23, P5)."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from core.web.space import space_url
from engagement.models import EngagementActivity, Survey
from engagement.rules.activity import OWING
from engagement.rules.survey import owed_by
from partnerships.models import Partnership
from partnerships.queries.coordination import coordination_to_write_to
from partnerships.queries.due import DueItem, Step, worded


@dataclass(frozen=True)
class _Owed:
    id: uuid.UUID
    partnership: Partnership
    title: str
    due_on: date
    url: str


def report_back_due_items(*, today: date, within: timedelta) -> list[DueItem]:
    """What coordinators and deputies owe to those who took part until ``today + within``, or did not say in time.

    Four queries at most.
    """
    owed = [*_by_activities(today + within), *_by_surveys(today + within)]
    people = coordination_to_write_to({one.partnership for one in owed}) if owed else {}
    return [
        DueItem(
            item_id=one.id,
            person_id=person_id,
            member_id=None,
            partnership_id=one.partnership.pk,
            title=one.title,
            due_on=one.due_on,
            url=one.url,
            step=Step.REPORT_LATE if one.due_on < today else Step.REPORT_BACK,
        )
        for one in owed
        for person_id in people[one.partnership.pk]
    ]


def _by_activities(last_day: date) -> Iterator[_Owed]:
    rows = EngagementActivity.objects.filter(state__in=OWING, report_back_by__lte=last_day)
    rows = rows.exclude(partnership__state=Partnership.State.CLOSED)
    for activity in rows.select_related("partnership").order_by("id"):
        title = worded(_activity_words, activity)
        url = space_url("activity_detail", slug=activity.partnership.slug, number=activity.number)
        if (due_on := activity.report_back_by) is not None:
            yield _Owed(activity.pk, activity.partnership, title, due_on, url)


def _by_surveys(last_day: date) -> Iterator[_Owed]:
    rows = Survey.objects.filter(closed_on__isnull=False).exclude(state=Survey.State.LOOP_CLOSED)
    rows = rows.exclude(partnership__state=Partnership.State.CLOSED)
    for survey in rows.select_related("partnership").order_by("id"):
        due_on = owed_by(survey)
        if due_on is None or due_on > last_day:
            continue
        url = space_url("survey_detail", slug=survey.partnership.slug, number=survey.number)
        yield _Owed(survey.pk, survey.partnership, worded(_survey_words, survey), due_on, url)


def _activity_words(activity: EngagementActivity) -> str:
    return _("Tell those who came to “%(title)s” what became of it") % {"title": activity.title}


def _survey_words(survey: Survey) -> str:
    if survey.state == Survey.State.PUBLISHED:
        return _("Tell those who answered “%(title)s” what became of it") % {"title": survey}
    return _("Tell the results of “%(title)s”") % {"title": survey}
