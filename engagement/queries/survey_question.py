"""The questions of a survey as plain values."""

from collections.abc import Sequence

from django.db.models import QuerySet

from engagement.models import SurveyOption, SurveyQuestion, SurveyVersion
from engagement.rules.survey_form import Asked, Choice

OWN_FIELDS = (
    "code", "kind", "text_en", "text_it", "help_en", "help_it", "is_required", "lowest", "highest", "low_label_en",
    "low_label_it", "high_label_en", "high_label_it", "nature", "basis",
)  # fmt: skip


def questions_of(version: SurveyVersion) -> QuerySet[SurveyQuestion]:
    """The questions of a version in order, without those taken out, each with its options and what it hangs on."""
    rows = SurveyQuestion.objects.filter(version=version, is_removed=False)
    return rows.select_related("asked_after").prefetch_related("options").order_by("position", "id")


def removed_questions_of(version: SurveyVersion) -> QuerySet[SurveyQuestion]:
    """What was taken out and can be put back, the last one first."""
    return SurveyQuestion.objects.filter(version=version, is_removed=True).order_by("-position", "-id")


def as_asked(question: SurveyQuestion) -> Asked:
    """A question of ``questions_of`` as a plain value."""
    after = question.asked_after
    is_routed = after is not None and not after.is_removed
    return Asked(
        **{name: getattr(question, name) for name in OWN_FIELDS},
        options=tuple(as_choice(option) for option in options_of(question)),
        asked_after=after.code if after is not None and is_routed else "",
        asked_if=tuple(question.asked_if.split()) if is_routed else (),
    )


def options_of(question: SurveyQuestion) -> list[SurveyOption]:
    """Its options in order, from what was fetched with it."""
    return sorted(question.options.all(), key=lambda option: (option.position, str(option.pk)))


def as_choice(option: SurveyOption) -> Choice:
    """An option as a plain value."""
    return Choice(option.code, option.label_en, option.label_it, option.meaning)


def form_of(version: SurveyVersion) -> list[Asked]:
    """What a version asks, in order: two queries."""
    return asked_from(list(questions_of(version)))


def asked_from(questions: Sequence[SurveyQuestion]) -> list[Asked]:
    """Questions of ``questions_of`` as plain values."""
    return [as_asked(question) for question in questions]
