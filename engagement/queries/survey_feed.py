"""Which indicator a question of a survey feeds, and the value it took."""

import uuid
from dataclasses import dataclass

from core.access.viewer import Viewer
from core.web.space import space_url
from engagement.models import Survey, SurveyQuestion, SurveyVersion
from engagement.queries.survey_question import as_asked
from engagement.queries.survey_result import sampling_of
from engagement.rules.survey import OVER
from engagement.rules.survey_feed import why_apart
from engagement.rules.survey_result import Wave
from metrics.models import Measurement
from metrics.queries.indicator import indicators_visible_to
from metrics.queries.measurement import MeasurementRow, as_measurement_row, measurements_visible_to
from metrics.rules.measurement import NOT_COUNTED


@dataclass(frozen=True)
class Fed:
    """The indicator of a question, and its value for the days of the survey once it was entered."""

    name: str
    url: str
    value: MeasurementRow | None = None


def feeds_of(version: SurveyVersion, viewer: Viewer, *, language: str) -> dict[uuid.UUID, Fed]:
    """The indicators a viewer may see that the questions of a version feed, by question; three queries."""
    asked = dict(
        SurveyQuestion.objects.filter(version=version, indicator__isnull=False).values_list("pk", "indicator_id")
    )
    if not asked:
        return {}
    survey = version.survey
    seen = indicators_visible_to(viewer).filter(pk__in=asked.values())
    rows = measurements_visible_to(viewer).filter(indicator__in=asked.values(), member=None, **_days_of(survey))
    values = {row.indicator_id: row for row in rows.exclude(state__in=NOT_COUNTED)}
    indicators = {one.pk: one for one in seen}
    found = {}
    for question, key in asked.items():
        if (indicator := indicators.get(key)) is not None:
            value = values.get(key)
            url = space_url("indicator_detail", slug=survey.partnership.slug, code=indicator.code)
            found[question] = Fed(str(indicator), url, as_measurement_row(value, language) if value else None)
    return found


def apart_from_before(question: SurveyQuestion) -> str:
    """Why the figure of a question cannot be compared with what a survey gave its indicator last; empty when it can."""
    survey: Survey = question.version.survey
    rows = SurveyQuestion.objects.filter(
        indicator=question.indicator,
        version__survey__state__in=OVER,
        version__survey__closed_on__lt=survey.closed_on,
        is_removed=False,
    ).select_related("version__survey", "asked_after")
    before = rows.prefetch_related("options").order_by("-version__survey__closed_on", "-version__number").first()
    if before is None:
        return ""
    given = Measurement.objects.filter(indicator=question.indicator, member=None, **_days_of(before.version.survey))
    if not given.exclude(state__in=NOT_COUNTED).exists():
        return ""
    return why_apart(
        _wave(before), _wave(question), is_same_count=before.counted_codes.split() == question.counted_codes.split()
    )


def _wave(question: SurveyQuestion) -> Wave:
    survey = question.version.survey
    return Wave(survey.population, sampling_of(survey), (as_asked(question),))


def _days_of(survey: Survey) -> dict[str, object]:
    return {"period_starts_on": survey.opened_on, "period_ends_on": survey.closed_on}
