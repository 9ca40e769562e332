"""What a public page offers under "How to take part": each subject of engagement names its own."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.queries.composed import Composed
from core.web.space import space_url
from engagement.queries.activity import activities_ahead, public_url_of, when_of
from engagement.queries.survey import surveys_for_everybody
from engagement.queries.volunteer import public_opportunities, public_opportunity_url
from partnerships.models import Partnership


@dataclass(frozen=True)
class TakePart:
    """One thing a resident can do now: ``words`` say in a line what it is and what it costs."""

    title: str
    url: str
    words: str = ""


MOST_ACTIVITIES = 5
_surveys = Composed(surveys_for_everybody)
_activities = Composed(lambda partnership, now: activities_ahead(partnership, now=now)[:MOST_ACTIVITIES])
# Named with no more than their partnership: each further join is planned anew for every reader.
_opportunities = Composed(
    lambda slug: public_opportunities(slug).select_related(None).select_related("partnership")[:MOST_ACTIVITIES]
)


def surveys_to_take_part_in(partnership: Partnership) -> Iterator[TakePart]:
    """The surveys anybody may answer today, and what people said in those that are told."""
    for survey in _surveys(partnership=partnership, today=timezone.localdate()):
        where = {"slug": partnership.slug, "number": survey.number}
        if survey.published_on is None:
            yield TakePart(str(survey), space_url("survey_answer", **where), _until(survey.closes_on))
        else:
            yield TakePart(str(survey), space_url("survey_results_public", **where), _("what people said"))


def _until(last_day: date | None) -> str:
    return _("a survey, until %(day)s") % {"day": date_format(last_day)} if last_day else _("a survey")


Source = Callable[[Partnership], Iterator[TakePart]]


def activities_to_come(partnership: Partnership) -> Iterator[TakePart]:
    """The next activities everybody can come to."""
    for activity in _activities(partnership=partnership, now=timezone.now()):
        yield TakePart(activity.title, public_url_of(activity), when_of(activity))


def volunteering(partnership: Partnership) -> Iterator[TakePart]:
    """What volunteers can do now."""
    for opportunity in _opportunities(slug=partnership.slug):
        yield TakePart(opportunity.title, public_opportunity_url(opportunity), opportunity.time_needed)


SOURCES: tuple[Source, ...] = (activities_to_come, surveys_to_take_part_in, volunteering)


def ways_to_take_part(partnership: Partnership) -> list[TakePart]:
    """What is open to everybody in a public partnership now, in the order of ``SOURCES``."""
    return [way for source in SOURCES for way in source(partnership)]
