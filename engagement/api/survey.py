"""Surveys in the API: the same rules, the same hiding. No answer of a single person ever stands here."""

import uuid
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.exceptions import ValidationError as DjangoValidationError
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from core.access.permissions import Permission
from core.api.fields import CleanTextField
from core.api.problems import ConflictError
from core.api.views import SpaceAPIView
from core.web.lookup import or_404
from engagement.models import Survey, SurveyOption, SurveyQuestion
from engagement.operations.survey import SurveyRefusedError, advance_survey, change_survey, create_survey
from engagement.operations.survey_question import WordingFrozenError, replace_questions
from engagement.queries.survey import current_version, survey_with_key, surveys_visible_to
from engagement.queries.survey_question import form_of
from engagement.queries.survey_result import results_of
from engagement.rules.survey import TOLD
from engagement.rules.survey_form import Asked, Choice
from partnerships.queries.partnership import partnership_at

EDITING = Permission.ANSWER_RESIDENTS
OWN = [
    "title_en", "title_it", "intro_en", "intro_it", "purpose", "decisions", "population", "recruitment",
    "population_size", "languages", "is_on_web", "is_on_paper", "is_by_interview", "min_age", "minutes",
    "is_anonymous", "opens_on", "closes_on", "report_back_by", "pilot_reason", "learned_en", "learned_it", "became_en",
    "became_it",
]  # fmt: skip


class SurveyOut(serializers.ModelSerializer[Survey]):
    """A survey as the API shows it."""

    partnership = serializers.SlugRelatedField[Any](slug_field="slug", read_only=True)

    class Meta:
        model = Survey
        fields = [
            "id", "partnership", "number", *OWN, "state", "opened_on", "closed_on", "published_on", "answered_on",
        ]  # fmt: skip
        read_only_fields = fields


class SurveyIn(serializers.Serializer[Any]):
    """What is said of a survey."""

    title_en = CleanTextField(max_length=160, required=False, allow_blank=True)
    title_it = CleanTextField(max_length=160, required=False, allow_blank=True)
    intro_en = CleanTextField(max_length=1000, multiline=True, required=False, allow_blank=True)
    intro_it = CleanTextField(max_length=1000, multiline=True, required=False, allow_blank=True)
    purpose = CleanTextField(max_length=300, required=False, allow_blank=True)
    decisions = CleanTextField(max_length=300, required=False, allow_blank=True)
    population = CleanTextField(max_length=200, required=False, allow_blank=True)
    recruitment = serializers.ChoiceField(choices=Survey.Recruitment.choices, required=False)
    population_size = serializers.IntegerField(min_value=1, max_value=100_000_000, required=False, allow_null=True)
    languages = serializers.ChoiceField(choices=Survey.Languages.choices, required=False)
    is_on_web = serializers.BooleanField(required=False)
    is_on_paper = serializers.BooleanField(required=False)
    is_by_interview = serializers.BooleanField(required=False)
    min_age = serializers.IntegerField(min_value=6, max_value=99, required=False)
    minutes = serializers.IntegerField(min_value=1, max_value=120, required=False, allow_null=True)
    is_anonymous = serializers.BooleanField(required=False)
    opens_on = serializers.DateField(required=False, allow_null=True)
    closes_on = serializers.DateField(required=False, allow_null=True)
    report_back_by = serializers.DateField(required=False, allow_null=True)
    pilot_reason = CleanTextField(max_length=300, required=False, allow_blank=True)
    learned_en = CleanTextField(max_length=3000, multiline=True, required=False, allow_blank=True)
    learned_it = CleanTextField(max_length=3000, multiline=True, required=False, allow_blank=True)
    became_en = CleanTextField(max_length=3000, multiline=True, required=False, allow_blank=True)
    became_it = CleanTextField(max_length=3000, multiline=True, required=False, allow_blank=True)


class NewSurveyIn(SurveyIn):
    """A survey to begin."""

    partnership = serializers.SlugField()


class SurveyStepIn(serializers.Serializer[Any]):
    """The state to go to."""

    to = serializers.ChoiceField(choices=Survey.State.choices)


class SurveyChoiceShape(serializers.Serializer[Any]):
    """An answer to choose from."""

    code = serializers.CharField(max_length=20)
    label_en = CleanTextField(max_length=200, required=False, allow_blank=True, default="")
    label_it = CleanTextField(max_length=200, required=False, allow_blank=True, default="")
    meaning = serializers.ChoiceField(choices=SurveyOption.Meaning.choices, default="answer")


class SurveyQuestionShape(serializers.Serializer[Any]):
    """A question; ``asked_after`` and ``asked_if`` name an earlier question and the answers with which it is asked."""

    code = serializers.CharField(max_length=20)
    kind = serializers.ChoiceField(choices=SurveyQuestion.Kind.choices)
    text_en = CleanTextField(max_length=400, required=False, allow_blank=True, default="")
    text_it = CleanTextField(max_length=400, required=False, allow_blank=True, default="")
    help_en = CleanTextField(max_length=400, required=False, allow_blank=True, default="")
    help_it = CleanTextField(max_length=400, required=False, allow_blank=True, default="")
    options = SurveyChoiceShape(many=True, required=False, default=list)
    is_required = serializers.BooleanField(default=False)
    lowest = serializers.IntegerField(
        required=False, allow_null=True, default=None, min_value=-1_000_000, max_value=1_000_000
    )
    highest = serializers.IntegerField(
        required=False, allow_null=True, default=None, min_value=-1_000_000, max_value=1_000_000
    )
    low_label_en = CleanTextField(max_length=60, required=False, allow_blank=True, default="")
    low_label_it = CleanTextField(max_length=60, required=False, allow_blank=True, default="")
    high_label_en = CleanTextField(max_length=60, required=False, allow_blank=True, default="")
    high_label_it = CleanTextField(max_length=60, required=False, allow_blank=True, default="")
    asked_after = serializers.CharField(max_length=20, required=False, allow_blank=True, default="")
    asked_if = serializers.ListField(
        child=serializers.CharField(max_length=20), max_length=60, required=False, default=list
    )
    nature = serializers.ChoiceField(choices=SurveyQuestion.Nature.choices, default="ordinary")
    basis = serializers.ChoiceField(choices=SurveyQuestion.Basis.choices, required=False, allow_blank=True, default="")


class SurveyFormShape(serializers.Serializer[Any]):
    """All questions of the newest version, in order."""

    questions = SurveyQuestionShape(many=True)


class ResultLineOut(serializers.Serializer[Any]):
    """One answer and how many chose it; null is not told, so that nobody's answer can be worked out."""

    code = serializers.CharField(source="choice.code")
    label_en = serializers.CharField(source="choice.label_en")
    label_it = serializers.CharField(source="choice.label_it")
    count = serializers.IntegerField(allow_null=True)
    percent = serializers.IntegerField(allow_null=True)


class QuestionResultOut(serializers.Serializer[Any]):
    """One question; nothing of it is told from fewer than five people, or as many as the space asks for."""

    code = serializers.CharField(source="asked.code")
    text_en = serializers.CharField(source="asked.text_en")
    text_it = serializers.CharField(source="asked.text_it")
    is_told = serializers.BooleanField()
    answers = serializers.SerializerMethodField()
    middle = serializers.CharField()
    lines = ResultLineOut(many=True)
    subjects = ResultLineOut(many=True)
    words = serializers.ListField(child=serializers.CharField())

    def get_answers(self, result: Any) -> int | None:
        """How many answered, where that is told."""
        return result.answers if result.is_told else None


class SurveyResultsOut(serializers.Serializer[Any]):
    """What may be told of a survey, with what must be said beside it."""

    honest = serializers.ListField(child=serializers.CharField())
    questions = QuestionResultOut(many=True)


class SurveyList(SpaceAPIView):
    """The surveys the caller may see."""

    reading = Permission.SEE_PARTNERSHIP
    writing = EDITING
    serializer_class = SurveyOut

    def get_queryset(self) -> QuerySet[Survey]:
        """Visible ones, newest first."""
        return surveys_visible_to(self.viewer)

    def get(self, request: Request, **kwargs: Any) -> Response:
        """A page of them."""
        found = self.paginate_queryset(self.get_queryset())
        return self.get_paginated_response(SurveyOut(found, many=True).data)

    @extend_schema(request=NewSurveyIn, responses={201: SurveyOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Begin a draft."""
        wanted = NewSurveyIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        fields = dict(wanted.validated_data)
        partnership = or_404(partnership_at.first(self.viewer, slug=fields.pop("partnership")))
        self.require(EDITING, partnership.scope_id)
        try:
            survey = create_survey(partnership=partnership, by=self.person, **fields)
        except DjangoValidationError as error:
            raise serializers.ValidationError(_told(error)) from error
        return Response(SurveyOut(survey).data, status=status.HTTP_201_CREATED)


class _OneSurvey(SpaceAPIView):
    """A survey the caller may see."""

    reading = Permission.SEE_PARTNERSHIP

    def survey(self, key: uuid.UUID, *, to_edit: bool = False) -> Survey:
        """The survey; 404 unseen, 403 where the caller does not answer residents."""
        found: Survey = get_object_or_404(survey_with_key(self.viewer, key))
        if to_edit:
            self.require(EDITING, found.partnership.scope_id)
        return found


class SurveyDetail(_OneSurvey):
    """One survey."""

    writing = EDITING
    serializer_class = SurveyOut

    def get(self, request: Request, survey_id: uuid.UUID, **kwargs: Any) -> Response:
        """The survey."""
        return Response(SurveyOut(self.survey(survey_id)).data)

    @extend_schema(request=SurveyIn, responses=SurveyOut)
    def patch(self, request: Request, survey_id: uuid.UUID, **kwargs: Any) -> Response:
        """Change what is said of it."""
        survey = self.survey(survey_id, to_edit=True)
        wanted = SurveyIn(data=request.data, partial=True)
        wanted.is_valid(raise_exception=True)
        try:
            changed = change_survey(survey=survey, by=self.person, **wanted.validated_data)
        except DjangoValidationError as error:
            raise serializers.ValidationError(_told(error)) from error
        return Response(SurveyOut(changed).data)


class SurveyStep(_OneSurvey):
    """Taking a survey on, or back."""

    writing = EDITING
    serializer_class = SurveyStepIn

    @extend_schema(request=SurveyStepIn, responses=SurveyOut)
    def post(self, request: Request, survey_id: uuid.UUID, **kwargs: Any) -> Response:
        """Go to a state; 409 with what stands in the way."""
        survey = self.survey(survey_id, to_edit=True)
        wanted = SurveyStepIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        try:
            advance_survey(survey=survey, by=self.person, to=wanted.validated_data["to"])
        except SurveyRefusedError as refusal:
            raise ConflictError(str(refusal)) from refusal
        return Response(SurveyOut(self.survey(survey_id)).data)


class SurveyQuestions(_OneSurvey):
    """The questions of a survey."""

    writing = EDITING
    serializer_class = SurveyFormShape

    def get(self, request: Request, survey_id: uuid.UUID, **kwargs: Any) -> Response:
        """All of the newest version."""
        return self._answer(self.survey(survey_id))

    @extend_schema(request=SurveyFormShape, responses=SurveyFormShape)
    def put(self, request: Request, survey_id: uuid.UUID, **kwargs: Any) -> Response:
        """Put these in the place of all; 409 once somebody has answered."""
        survey = self.survey(survey_id, to_edit=True)
        wanted = SurveyFormShape(data=request.data)
        wanted.is_valid(raise_exception=True)
        questions = [
            Asked(
                **{
                    **one,
                    "options": tuple(Choice(**choice) for choice in one["options"]),
                    "asked_if": tuple(one["asked_if"]),
                }
            )
            for one in wanted.validated_data["questions"]
        ]
        try:
            replace_questions(survey=survey, questions=questions, by=self.person)
        except WordingFrozenError as refusal:
            raise ConflictError(str(refusal)) from refusal
        except DjangoValidationError as error:
            raise serializers.ValidationError(_told(error)) from error
        return self._answer(survey)

    def _answer(self, survey: Survey) -> Response:
        return Response(SurveyFormShape({"questions": form_of(current_version(survey))}).data)


class SurveyResults(_OneSurvey):
    """What a survey found."""

    serializer_class = SurveyResultsOut

    def get(self, request: Request, survey_id: uuid.UUID, **kwargs: Any) -> Response:
        """The same as the page; before publishing only for whoever answers residents."""
        survey = self.survey(survey_id)
        if survey.state not in TOLD and not self.viewer.can(EDITING, survey.partnership.scope_id):
            raise PermissionDenied
        return Response(SurveyResultsOut(results_of(survey)).data)


def _told(error: DjangoValidationError) -> Any:
    return error.message_dict if hasattr(error, "error_dict") else {"detail": error.messages}
