"""What the answers to a survey say, as far as that may be told. Every view shows the outcome of these functions."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.db.models import Count, F, Func, QuerySet
from django.utils.translation import gettext as _

from core.queries.tenant import tenant_at_work
from core.rules.membership import Verdict
from engagement.models import (
    Survey,
    SurveyAnswer,
    SurveyCoding,
    SurveyQuestion,
    SurveyResponse,
    SurveySubject,
    SurveyVersion,
)
from engagement.queries.survey import current_version
from engagement.queries.survey_invitation import invitation_counts
from engagement.queries.survey_question import asked_from, questions_of
from engagement.rules.survey import TOLD
from engagement.rules.survey_cross_table import NO_ANSWER, CrossTable, can_be_crossed, cross_table, side_of
from engagement.rules.survey_form import CLOSED, IN_WORDS, Asked, Choice, Kind, Nature
from engagement.rules.survey_result import (
    Line,
    Sampling,
    Wave,
    can_compare_waves,
    cell_of_part,
    change_words,
    honest_words,
    is_same_wording,
    lines_of,
    middle_number,
    middle_of,
    smallest_for,
)

Reading = SurveyAnswer.Reading
MOST_WORDS = 200


@dataclass(frozen=True)
class QuestionResult:
    """One question and what may be told of the answers to it; nothing below the smallest count."""

    question: SurveyQuestion
    asked: Asked
    answers: int
    lines: Sequence[Line] = ()
    middle: str = ""
    subjects: Sequence[Line] = ()
    words: Sequence[str] = ()
    unread: int = 0
    is_told: bool = True

    @property
    def is_in_words(self) -> bool:
        """Whether people answered in their own words."""
        return self.asked.kind in IN_WORDS


@dataclass(frozen=True)
class SurveyResults:
    """Everything that may be told of a survey."""

    survey: Survey
    version: SurveyVersion
    answers: int
    is_told: bool
    honest: Sequence[str]
    questions: Sequence[QuestionResult]

    @property
    def crossable(self) -> list[QuestionResult]:
        """The questions that can be put side by side."""
        return [one for one in self.questions if can_be_crossed(one.asked) and one.is_told]


@dataclass(frozen=True)
class Change:
    """One answer in two waves, in words."""

    label: str
    words: str


@dataclass(frozen=True)
class WaveChange:
    """A question in two waves; ``why_not`` says why they are not compared."""

    text: str
    changes: Sequence[Change] = ()
    why_not: str = ""


def counted_responses(version: SurveyVersion) -> QuerySet[SurveyResponse]:
    """The answers of a version that count: no trial, nothing set aside or waiting to be looked at."""
    return SurveyResponse.objects.filter(version=version, is_pilot=False, review=SurveyResponse.Review.COUNTED)


def counted_answers(version: SurveyVersion) -> QuerySet[SurveyAnswer]:
    """Single answers of ``counted_responses``."""
    return SurveyAnswer.objects.filter(
        response__version=version, response__is_pilot=False, response__review=SurveyResponse.Review.COUNTED
    )


def sampling_of(survey: Survey) -> Sampling:
    """How people were found."""
    return Sampling(survey.recruitment, survey.population_size)


def smallest_of(survey: Survey, *questions: Asked) -> int:
    """The smallest number of people that is told of a survey, or of some of its questions (PRI-07)."""
    return smallest_for(tenant_at_work().smallest_count, min_age=survey.min_age, questions=questions)


def results_of(survey: Survey, version: SurveyVersion | None = None) -> SurveyResults:
    """All questions of a version (default: the newest one) with what may be told of them."""
    version = version or current_version(survey)
    rows = list(questions_of(version))
    tally = _Tally(version)
    total = counted_responses(version).count()
    sampling = sampling_of(survey)
    asked = asked_from(rows)
    smallest = smallest_of(survey)
    sensitive = [one for one in asked if one.nature == Nature.SENSITIVE]
    return SurveyResults(
        survey=survey,
        version=version,
        answers=total,
        is_told=total >= smallest,
        honest=honest_words(
            sampling,
            population=survey.population,
            answers=total,
            invited=invitation_counts(survey)["invited"],
            set_aside=SurveyResponse.objects.filter(
                version=version, review=SurveyResponse.Review.SET_ASIDE, is_pilot=False
            ).count(),
            smallest=smallest,
            smallest_sensitive=smallest_of(survey, *sensitive),
        ),
        questions=[
            tally.result(row, one, smallest=smallest_of(survey, one), sampling=sampling)
            for row, one in zip(rows, asked, strict=True)
            if one.kind != Kind.SECTION
        ],
    )


class _Tally:
    """How often each code was chosen, the numbers and the words of a version, in a few queries."""

    def __init__(self, version: SurveyVersion) -> None:
        answers = counted_answers(version)
        self.answered = dict(answers.order_by().values_list("question_id").annotate(Count("id")))
        self.codes: dict[object, Counter[str]] = defaultdict(Counter)
        chosen = answers.exclude(question__kind=Kind.RANKING).annotate(one=Func(F("codes"), function="unnest"))
        for key, code, count in chosen.order_by().values_list("question_id", "one").annotate(Count("id")):
            self.codes[key][code] = count
        first = answers.filter(question__kind=Kind.RANKING)
        for key, code, count in first.order_by().values_list("question_id", "codes__0").annotate(Count("id")):
            self.codes[key][code] = count
        self.numbers: dict[object, list[Decimal]] = defaultdict(list)
        for key, number in answers.filter(number__isnull=False).values_list("question_id", "number"):
            if number is not None:
                self.numbers[key].append(number)
        self.words: dict[object, list[str]] = defaultdict(list)
        clear = answers.filter(reading=Reading.CLEAR).order_by("id")
        for key, text in clear.values_list("question_id", "told_text"):
            self.words[key].append(text)
        unread = answers.filter(reading=Reading.UNREAD)
        self.unread = dict(unread.order_by().values_list("question_id").annotate(Count("id")))
        self.subjects = _subjects(version)

    def result(self, row: SurveyQuestion, asked: Asked, *, smallest: int, sampling: Sampling) -> QuestionResult:
        answered = self.answered.get(row.pk, 0)
        result = QuestionResult(row, asked, answered, unread=self.unread.get(row.pk, 0))
        if answered < smallest:
            return replace(result, is_told=False)
        if asked.kind in CLOSED:
            lines = lines_of(asked, self.codes[row.pk], answered, smallest=smallest, sampling=sampling)
            return replace(result, lines=lines, middle=middle_of(asked, lines, answered))
        if asked.kind == Kind.NUMBER:
            return replace(result, middle=middle_number(self.numbers[row.pk], smallest=smallest))
        subjects = [
            Line(Choice(str(key), english, italian), cell_of_part(count, answered, smallest=smallest), answered)
            for key, english, italian, count in self.subjects[row.pk]
        ]
        return replace(result, subjects=subjects, words=self.words[row.pk][:MOST_WORDS])


def _subjects(version: SurveyVersion) -> dict[object, list[tuple[object, str, str, int]]]:
    counted = {
        "codings__answer__response__is_pilot": False,
        "codings__answer__response__review": SurveyResponse.Review.COUNTED,
    }
    rows = SurveySubject.objects.filter(question__version=version, **counted).annotate(count=Count("codings"))
    found: dict[object, list[tuple[object, str, str, int]]] = defaultdict(list)
    for key, question, english, italian, count in rows.order_by("-count", "id").values_list(
        "pk", "question_id", "label_en", "label_it", "count"
    ):
        found[question].append((key, english, italian, count))
    return found


def cross_of(results: SurveyResults, first: str, second: str) -> CrossTable | None:
    """Two questions side by side, by code; None when they cannot be crossed or told."""
    by_code = {one.asked.code: one for one in results.crossable}
    if first == second or first not in by_code or second not in by_code:
        return None
    rows, columns = by_code[first], by_code[second]
    smallest = smallest_of(results.survey, rows.asked, columns.asked)
    pairs = _pairs(results.version, rows.question, columns.question, results.answers)
    return cross_table(
        side_of(rows.lines, results.answers, smallest=smallest),
        side_of(columns.lines, results.answers, smallest=smallest),
        pairs,
        smallest=smallest,
    )


def _pairs(
    version: SurveyVersion, first: SurveyQuestion, second: SurveyQuestion, people: int
) -> Counter[tuple[str, str]]:
    given: dict[object, dict[object, str]] = defaultdict(dict)
    rows = counted_answers(version).filter(question__in=[first, second])
    for response, question, code in rows.values_list("response_id", "question_id", "codes__0"):
        given[response][question] = code
    found = Counter((one.get(first.pk, NO_ANSWER), one.get(second.pk, NO_ANSWER)) for one in given.values())
    found[NO_ANSWER, NO_ANSWER] += people - len(given)
    return found


def wave_of(results: SurveyResults) -> Wave:
    """What must be the same for two waves to be compared."""
    survey = results.survey
    questions = tuple(one.asked for one in results.questions)
    return Wave(survey.population, sampling_of(survey), questions)


def changes_since(results: SurveyResults, *, is_public: bool = False) -> tuple[Verdict | None, list[WaveChange]]:
    """The survey beside the wave before it, question by question; None and nothing when it is the first (R-E22).

    Who may read published results only is not told through a later wave what an earlier one found.
    """
    earlier = results.survey.previous_wave
    if earlier is None:
        return None, []
    if is_public and earlier.state not in TOLD:
        return Verdict(False, _("The results of the time before are not published.")), []
    before = results_of(earlier)
    verdict = can_compare_waves(wave_of(before), wave_of(results))
    if not verdict:
        return verdict, []
    known = {one.asked.code: one for one in before.questions}
    are_random = sampling_of(earlier).is_random and sampling_of(results.survey).is_random
    return verdict, [
        _change(known.get(one.asked.code), one, are_random=are_random)
        for one in results.questions
        if one.asked.kind in CLOSED
    ]


def _change(before: QuestionResult | None, now: QuestionResult, *, are_random: bool) -> WaveChange:
    if before is None:
        return WaveChange(now.asked.text, why_not=_("Not asked the time before."))
    if not is_same_wording(before.asked, now.asked):
        return WaveChange(now.asked.text, why_not=_("Asked in other words than the time before: not to be compared."))
    if not (before.is_told and now.is_told):
        return WaveChange(now.asked.text, why_not=_("Too few answers to be told."))
    return WaveChange(
        now.asked.text,
        [
            Change(line.choice.label, change_words(old, line, are_random=are_random))
            for old, line in zip(before.lines, now.lines, strict=True)
        ],
    )


def subjects_of(question: SurveyQuestion) -> QuerySet[SurveySubject]:
    """The subjects found in the answers to a question."""
    return SurveySubject.objects.filter(question=question).order_by("created_at", "id")


def words_to_read(survey: Survey) -> QuerySet[SurveyAnswer]:
    """What people wrote, unread first, without trials and what was set aside; each with its question and subjects."""
    rows = SurveyAnswer.objects.filter(response__survey=survey, response__is_pilot=False)
    rows = rows.exclude(reading=Reading.NO_WORDS).exclude(response__review=SurveyResponse.Review.SET_ASIDE)
    return rows.select_related("question__version").order_by("-reading", "question__position", "id")


def codings_of(answers: Sequence[SurveyAnswer]) -> dict[object, set[object]]:
    """The subjects of some answers, by the answer's key."""
    found: dict[object, set[object]] = defaultdict(set)
    for answer, subject in SurveyCoding.objects.filter(answer__in=answers).values_list("answer_id", "subject_id"):
        found[answer].add(subject)
    return found


def responses_to_review(survey: Survey) -> QuerySet[SurveyResponse]:
    """Answers somebody should look at, and those that were set aside."""
    rows = SurveyResponse.objects.filter(survey=survey, is_pilot=False).exclude(review=SurveyResponse.Review.COUNTED)
    return rows.order_by("-review", "answered_hour", "id")
