"""Handing a figure of a survey on to the indicator its question feeds."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.models import User
from engagement.models import Survey, SurveyQuestion
from engagement.queries.survey_question import as_asked
from engagement.queries.survey_result import counted_answers, results_of, smallest_of
from engagement.rules.survey import OVER
from engagement.rules.survey_feed import NotFedError, feed_for
from metrics.models import Measurement
from metrics.operations.measurement import record_measurement


@transaction.atomic
def feed_indicator(*, question: SurveyQuestion, by: User) -> Measurement:
    """Enter the figure as a value of the indicator for the days the survey was open; somebody else verifies it.

    What must be said of the sample goes with it as the remark. Raises NotFedError while the survey is open, without
    an indicator and for a figure that may not be told; ValidationError for a value that is there already.
    """
    survey: Survey = question.version.survey
    indicator = question.indicator
    if indicator is None:
        raise NotFedError(_("The question feeds no indicator."))
    if survey.state not in OVER or survey.opened_on is None:
        raise NotFedError(_("Close the survey first."))
    chosen = counted_answers(question.version).filter(question=question).values_list("codes", flat=True)
    feed = feed_for(
        indicator.unit,
        chosen=[frozenset(codes) for codes in chosen],
        counted=question.counted_codes.split(),
        smallest=smallest_of(survey, as_asked(question)),
    )
    return record_measurement(
        indicator=indicator,
        period_starts_on=survey.opened_on,
        period_ends_on=survey.closed_on or timezone.localdate(),
        by=by,
        value=feed.value,
        numerator=feed.numerator,
        denominator=feed.denominator,
        source=_("Survey: %(title)s, question %(code)s") % {"title": str(survey)[:120], "code": question.code},
        note=" ".join(results_of(survey, question.version).honest[:1])[:500],
    )
