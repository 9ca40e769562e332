"""Reading surveys: drafts only where the viewer answers residents, what is open or told wherever they see in."""

import uuid
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, F, Q, QuerySet

from core.access.viewer import Viewer, visible_records
from core.web.space import space_url
from engagement.models import Survey, SurveyAnswer, SurveyResponse, SurveyVersion
from engagement.queries.survey_question import form_of
from engagement.queries.theme import scopes_answering
from engagement.rules.survey import OVER, STATE_TONES, TOLD, SurveyFacts, is_publishing_late
from engagement.rules.survey_form import Asked, Kind, broken_routes
from partnerships.models import Partnership
from partnerships.queries.partnership import public_partnerships

Review = SurveyResponse.Review
# For how long results are offered to read, and how many surveys a public page offers.
TOLD_FOR = timedelta(days=365)
MOST_SHOWN = 8
SHOWN_TO_PARTNERS = (Survey.State.OPEN, *OVER)
_COUNTED = Count("responses", filter=Q(responses__is_pilot=False, responses__review="counted"))


@dataclass(frozen=True)
class SurveyRow:
    """A survey as the list shows it."""

    title: str
    url: str
    tone: str
    state_label: str
    answers: int
    closes_on: date | None
    report_back_by: date | None
    owes_results: bool


def surveys_visible_to(viewer: Viewer) -> QuerySet[Survey]:
    """Surveys that are open or over in partnerships the viewer sees, all where they answer residents; newest first."""
    inside = visible_records(viewer, scope="partnership__scope_id", chain=["partnership__visibility"])
    working = scopes_answering(viewer, "partnership__scope_id")
    readable = Q(state__in=SHOWN_TO_PARTNERS) | working if working else Q()
    return Survey.objects.filter(inside & readable).select_related("partnership").order_by("-number", "id")


def survey_list(viewer: Viewer, partnership: Partnership) -> QuerySet[Survey]:
    """The visible surveys of one partnership with the number of answers that count."""
    return surveys_visible_to(viewer).filter(partnership=partnership).annotate(answers=_COUNTED)


def survey_of(viewer: Viewer, partnership: Partnership, number: int) -> QuerySet[Survey]:
    """One visible survey, for ``get_object_or_404``."""
    return survey_list(viewer, partnership).filter(number=number)


def survey_with_key(viewer: Viewer, survey_id: uuid.UUID) -> QuerySet[Survey]:
    """One visible survey by its key, for ``get_object_or_404``."""
    return surveys_visible_to(viewer).filter(pk=survey_id)


def public_survey(slug: str, number: int) -> QuerySet[Survey]:
    """A survey of a public partnership, in whatever state; the caller asks whether answers are taken."""
    return Survey.objects.filter(partnership__in=public_partnerships(), partnership__slug=slug, number=number)


def surveys_for_everybody(partnership: Partnership, *, today: date) -> QuerySet[Survey]:
    """The surveys anybody may answer today, what ends first before, then those told within a year, newest first."""
    begun = Q(opens_on=None) | Q(opens_on__lte=today)
    going_on = Q(closes_on=None) | Q(closes_on__gte=today)
    is_open = Q(state=Survey.State.OPEN, is_on_web=True) & begun & going_on
    told = Q(state__in=TOLD, published_on__gt=today - TOLD_FOR)
    rows = Survey.objects.filter((is_open & ~Q(recruitment=Survey.Recruitment.INVITED)) | told, partnership=partnership)
    return rows.order_by(F("published_on").desc(nulls_first=True), "closes_on", "number", "id")[:MOST_SHOWN]


def current_version(survey: Survey) -> SurveyVersion:
    """The newest wording, which is the one that is answered."""
    return survey.versions.order_by("-number")[:1].get()


def as_row(survey: Survey, *, today: date) -> SurveyRow:
    """What the list shows of a survey of ``survey_list``."""
    return SurveyRow(
        title=str(survey),
        url=space_url("survey_detail", slug=survey.partnership.slug, number=survey.number),
        tone=STATE_TONES[survey.state],
        state_label=survey.get_state_display(),
        answers=survey.answers,  # type: ignore[attr-defined]  # annotated by survey_list
        closes_on=survey.closes_on,
        report_back_by=survey.report_back_by,
        owes_results=is_publishing_late(survey, today=today),
    )


def facts_of(survey: Survey, questions: list[Asked] | None = None) -> SurveyFacts:
    """What the rules of its next step ask: three queries, and two more without ``questions``."""
    asked = form_of(current_version(survey)) if questions is None else questions
    counts = SurveyResponse.objects.filter(survey=survey).aggregate(
        pilots=Count("pk", filter=Q(is_pilot=True)),
        counted=Count("pk", filter=Q(is_pilot=False, review=Review.COUNTED)),
        to_check=Count("pk", filter=Q(is_pilot=False, review=Review.TO_CHECK)),
        answers=Count("pk", filter=Q(is_pilot=False)),
    )
    unread = SurveyAnswer.objects.filter(
        response__survey=survey, response__is_pilot=False, reading=SurveyAnswer.Reading.UNREAD
    ).exclude(response__review=Review.SET_ASIDE)
    return SurveyFacts(
        questions=sum(question.kind != Kind.SECTION for question in asked),
        broken=tuple(broken_routes(asked)),
        untranslated=tuple(_untranslated(survey, asked)),
        unread=unread.count(),
        **counts,
    )


def _untranslated(survey: Survey, asked: list[Asked]) -> list[str]:
    """Codes of questions with words missing in a language the survey is offered in."""
    codes = survey.language_codes
    return [
        question.code
        for question in asked
        if not all(getattr(question, f"text_{language}") for language in codes)
        or not all(getattr(choice, f"label_{language}") for choice in question.options for language in codes)
    ]
