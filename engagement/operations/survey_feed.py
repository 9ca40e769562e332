"""Handing a figure of a survey on to the indicator its question feeds."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.models import User
from core.operations.audit import record
from core.web.space import absolute, space_url
from engagement.models import Survey, SurveyQuestion
from engagement.operations.survey_question import KEYS, require_known_codes
from engagement.queries.survey_feed import apart_from_before
from engagement.queries.survey_question import as_asked, as_choice, options_of
from engagement.queries.survey_result import counted_answers, results_of, smallest_of
from engagement.rules.survey import OVER
from engagement.rules.survey_feed import FED_UNITS, WRONG_UNIT, NotFedError, feed_for
from metrics.models import Indicator, Measurement
from metrics.operations.measurement import record_measurement
from metrics.operations.measurement_evidence import show_value_evidence
from partnerships.rules.task_evidence import Shown


@transaction.atomic
def set_feed(*, question: SurveyQuestion, indicator: Indicator | None, counted_codes: str, by: User) -> SurveyQuestion:
    """Say which indicator a question feeds and which answers count for it; also after people answered.

    Raises ValidationError for an indicator of another partnership, one that no number of people is, and a code that
    nobody can choose.
    """
    rows = SurveyQuestion.objects.select_for_update(of=("self",)).select_related("version__survey__partnership")
    locked = rows.prefetch_related("options").get(pk=question.pk)
    partnership = locked.version.survey.partnership
    if indicator is not None and indicator.partnership_id != partnership.pk:
        raise ValidationError({"indicator": _("This indicator belongs to another partnership.")})
    if indicator is not None and indicator.unit not in FED_UNITS:
        raise ValidationError({"indicator": WRONG_UNIT})
    locked.indicator, locked.counted_codes = indicator, counted_codes
    require_known_codes(locked, [as_choice(option) for option in options_of(locked)])
    locked.clean_fields(exclude=KEYS)
    locked.save(update_fields=["indicator", "counted_codes"])
    changes = {"question": locked.code, "indicator": indicator.code if indicator else ""}
    record("survey.feed_changed", locked.version.survey, by=by, scope_id=partnership.scope_id, changes=changes)
    return locked


@transaction.atomic
def feed_indicator(*, question: SurveyQuestion, by: User) -> Measurement:
    """Enter the figure as a value of the indicator for the days the survey was open; somebody else verifies it.

    What must be said of the sample goes with it as the remark, the page of the results as what shows it, and why it
    cannot be compared with what a survey gave before (R-E22). Raises NotFedError while the survey is open, without
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
    measurement = record_measurement(
        indicator=indicator,
        period_starts_on=survey.opened_on,
        period_ends_on=survey.closed_on or timezone.localdate(),
        by=by,
        value=feed.value,
        numerator=feed.numerator,
        denominator=feed.denominator,
        source=_("Survey: %(title)s, question %(code)s") % {"title": str(survey)[:120], "code": question.code},
        note=" ".join(results_of(survey, question.version).honest[:1])[:500],
        method_deviation=apart_from_before(question)[:300],
    )
    page = absolute(space_url("survey_results", slug=survey.partnership.slug, number=survey.number))
    show_value_evidence(measurement=measurement, shown=Shown(note=_("The results of the survey"), link=page), by=by)
    return measurement
