"""Answers to a survey in the API, for whoever answers residents: keyed in, looked at, read, and brought in files."""

import uuid
from collections.abc import Callable, Iterator
from typing import Any, ClassVar

from django.core.exceptions import ValidationError as DjangoValidationError
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.generics import get_object_or_404
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from core.access.permissions import Permission
from core.api.fields import CleanTextField
from core.api.problems import ConflictError
from core.api.views import SpaceAPIView
from core.operations.file import read_file
from core.rules.upload_content import UploadError
from core.tabular.errors import TableError
from core.web.lookup import or_404
from engagement.api.survey import SurveyOut
from engagement.models import Survey, SurveyAnswer, SurveyQuestion, SurveyResponse, SurveySubject
from engagement.operations.survey import SurveyRefusedError, begin_new_version, copy_survey
from engagement.operations.survey_feed import feed_indicator, set_feed
from engagement.operations.survey_import import (
    ImportRefusedError,
    create_survey_from_form,
    import_answers,
    store_survey_file,
)
from engagement.operations.survey_invitation import invite_to_survey, remind_invited
from engagement.operations.survey_response import AnswersRefusedError, Sent, enter_answers, review_response
from engagement.operations.survey_words import MOST_SUBJECTS, add_subject, read_words, set_subjects
from engagement.queries.survey import survey_with_key
from engagement.queries.survey_file import answers_in, is_xlsform, xlsform_in
from engagement.queries.survey_result import codings_of, responses_to_review, subjects_of, words_to_read
from engagement.rules.survey_answer import Given
from engagement.rules.survey_feed import NotFedError
from metrics.queries.indicator import indicators_visible_to
from partnerships.queries.partnership import partnership_at

EDITING = Permission.ANSWER_RESIDENTS
Channel = SurveyResponse.Channel
MOST_ADDRESSES = 500
NO_XLSFORM = _("This is no XLSForm: it has the sheets survey and choices.")


class GivenShape(serializers.Serializer[Any]):
    """One answer: codes of choices (in order where they are ranked), a number, or words."""

    code = serializers.CharField(max_length=20)
    codes = serializers.ListField(child=serializers.CharField(max_length=20), max_length=60, default=list)
    number = serializers.DecimalField(max_digits=18, decimal_places=4, required=False, allow_null=True, default=None)
    text = CleanTextField(max_length=4000, multiline=True, required=False, allow_blank=True, default="")


class AnswersIn(serializers.Serializer[Any]):
    """What one person answered, from paper or asked by somebody; sent again under the same name it is kept once."""

    sent_as = serializers.CharField(min_length=8, max_length=64, help_text="A random name nobody else has.")
    channel = serializers.ChoiceField(choices=[str(Channel.PAPER), str(Channel.ASSISTED)])
    language = serializers.ChoiceField(choices=["en", "it"])
    has_guardian = serializers.BooleanField(default=False)
    answers = GivenShape(many=True)


class AnswersKeptOut(serializers.Serializer[Any]):
    """Whether they are new; False when they were here before."""

    is_new = serializers.BooleanField()


class SurveySaidOut(serializers.ModelSerializer[SurveyAnswer]):
    """One answer of somebody."""

    code = serializers.CharField(source="question.code")

    class Meta:
        model = SurveyAnswer
        fields = ["code", "codes", "number", "text"]
        read_only_fields = fields


class ResponseOut(serializers.ModelSerializer[SurveyResponse]):
    """Answers that wait to be looked at, or were set aside; of whom is known to nobody."""

    review = serializers.ChoiceField(SurveyResponse.Review.choices, read_only=True)
    review_reason = serializers.ChoiceField(SurveyResponse.Reason.choices, allow_blank=True, read_only=True)
    answers = SurveySaidOut(many=True, read_only=True)

    class Meta:
        model = SurveyResponse
        fields = ["id", "channel", "language", "review", "review_reason", "answers"]
        read_only_fields = fields


class ReviewIn(serializers.Serializer[Any]):
    """Count the answers, or set them aside."""

    review = serializers.ChoiceField(choices=[str(SurveyResponse.Review.COUNTED), str(SurveyResponse.Review.SET_ASIDE)])
    reason = serializers.ChoiceField(
        choices=SurveyResponse.Reason.choices, required=False, allow_blank=True, default=""
    )


class WordsOut(serializers.ModelSerializer[SurveyAnswer]):
    """What somebody wrote, what of it may be told, and what it speaks of."""

    code = serializers.CharField(source="question.code")
    subjects = serializers.SerializerMethodField()

    class Meta:
        model = SurveyAnswer
        fields = ["id", "code", "text", "told_text", "reading", "subjects"]
        read_only_fields = fields

    def get_subjects(self, answer: SurveyAnswer) -> list[uuid.UUID]:
        """Keys of subjects."""
        return sorted(self.context["codings"][answer.pk])


class WordsIn(serializers.Serializer[Any]):
    """What may be told, names taken out by a person, and the subjects it speaks of."""

    is_told = serializers.BooleanField()
    told_text = CleanTextField(max_length=4000, multiline=True, required=False, allow_blank=True, default="")
    subjects = serializers.ListField(child=serializers.UUIDField(), max_length=MOST_SUBJECTS, required=False)


class SubjectShape(serializers.ModelSerializer[SurveySubject]):
    """A subject people find in the words of several answers."""

    label_en = CleanTextField(max_length=120, required=False, allow_blank=True)
    label_it = CleanTextField(max_length=120, required=False, allow_blank=True)

    class Meta:
        model = SurveySubject
        fields = ["id", "label_en", "label_it"]
        read_only_fields = ["id"]


class InviteIn(serializers.Serializer[Any]):
    """Whom to mail a link of their own."""

    emails = serializers.ListField(child=serializers.EmailField(), min_length=1, max_length=MOST_ADDRESSES)
    language = serializers.CharField(max_length=8, help_text="en, it or a further language of the space.")


class InvitedOut(serializers.Serializer[Any]):
    """How many were not invited before."""

    invited = serializers.IntegerField()


class RemindedOut(serializers.Serializer[Any]):
    """How many mails are on their way."""

    reminded = serializers.IntegerField()


class CopyIn(serializers.Serializer[Any]):
    """Whether the copy asks the same people again later."""

    is_next_wave = serializers.BooleanField(default=False)


class VersionOut(serializers.Serializer[Any]):
    """The number of the wording that is edited now."""

    number = serializers.IntegerField()


class FeedShape(serializers.Serializer[Any]):
    """The code of an indicator, and the answers that count for it."""

    indicator = serializers.CharField(max_length=20, allow_null=True)
    counted_codes = serializers.ListField(
        child=serializers.CharField(max_length=20), max_length=60, required=False, default=list
    )


class FedOut(serializers.Serializer[Any]):
    """The value an indicator took; a second person verifies it."""

    id = serializers.UUIDField()
    indicator = serializers.CharField(source="indicator.code")
    value = serializers.DecimalField(max_digits=18, decimal_places=4, allow_null=True)


class AnswersFileIn(serializers.Serializer[Any]):
    """A table, a row for each person and a column for each question, by its code or words."""

    file = serializers.FileField()
    language = serializers.ChoiceField(choices=["en", "it"], default="en")


class FormFileIn(serializers.Serializer[Any]):
    """An XLSForm, for a partnership."""

    partnership = serializers.SlugField()
    file = serializers.FileField()
    leave_out_bad_rows = serializers.BooleanField(default=False)


class ImportedOut(serializers.Serializer[Any]):
    """How many people's answers came in, and how many were here before."""

    added = serializers.IntegerField()
    known = serializers.IntegerField()


class SurveyWork(SpaceAPIView):
    """A survey whose residents the caller answers; 404 unseen, 403 for who only reads."""

    reading: ClassVar[Permission | None] = None
    writing: ClassVar[Permission | None] = EDITING

    def survey(self) -> Survey:
        """The survey in the address."""
        found: Survey = get_object_or_404(survey_with_key(self.viewer, self.kwargs["survey_id"]))
        self.require(EDITING, found.partnership.scope_id)
        return found

    def asked(self, serializer: type[serializers.Serializer[Any]]) -> dict[str, Any]:
        """What the caller sent; 400 with what has to be corrected."""
        wanted = serializer(data=self.request.data)
        wanted.is_valid(raise_exception=True)
        return dict(wanted.validated_data)

    @staticmethod
    def done[Made](act: Callable[[], Made]) -> Made:
        """What a step makes; 409 where state or rules do not allow it, 400 for what has to be corrected."""
        try:
            return act()
        except (SurveyRefusedError, AnswersRefusedError, NotFedError) as refusal:
            raise ConflictError(str(refusal)) from refusal
        except ImportRefusedError as refusal:
            raise serializers.ValidationError({"file": list(_lines(refusal))}) from refusal
        except (UploadError, TableError) as error:
            raise serializers.ValidationError({"file": [str(error)]}) from error
        except DjangoValidationError as error:
            raise serializers.ValidationError(serializers.as_serializer_error(error)) from error

    def question(self, survey: Survey) -> SurveyQuestion:
        """A question of the survey, of any of its wordings; 404 for another's."""
        rows = SurveyQuestion.objects.filter(version__survey=survey).select_related(
            "indicator", "version__survey__partnership"
        )
        found: SurveyQuestion = get_object_or_404(rows, pk=self.kwargs["survey_question_id"])
        return found


class SurveyAnswersEntered(SurveyWork):
    """Answers from paper, or given to somebody who asks."""

    serializer_class = AnswersIn

    @extend_schema(request=AnswersIn, responses={201: AnswersKeptOut})
    def post(self, request: Request, survey_id: uuid.UUID, **kwargs: Any) -> Response:
        """Keep one person's answers, without who they are; 409 while the survey takes none."""
        survey, asked = self.survey(), self.asked(AnswersIn)
        given = {
            one["code"]: Given(codes=tuple(one["codes"]), number=one["number"], text=one["text"])
            for one in asked.pop("answers")
        }
        answer_id = uuid.uuid5(survey.pk, asked.pop("sent_as"))
        sent = Sent(given=given, answer_id=answer_id, **asked)
        kept = self.done(lambda: enter_answers(survey=survey, sent=sent, by=self.person))
        return Response(AnswersKeptOut({"is_new": kept}).data, status=status.HTTP_201_CREATED)


class SurveyReview(SurveyWork):
    """Answers that look odd."""

    reading = EDITING
    serializer_class = ResponseOut

    @extend_schema(responses=ResponseOut(many=True))
    def get(self, request: Request, survey_id: uuid.UUID, **kwargs: Any) -> Response:
        """A page of those that wait, and of those set aside."""
        rows = responses_to_review(self.survey()).prefetch_related("answers__question")
        return self.get_paginated_response(ResponseOut(self.paginate_queryset(rows), many=True).data)


class SurveyResponseReview(SurveyWork):
    """Looking at answers."""

    serializer_class = ReviewIn

    @extend_schema(request=ReviewIn, responses=ResponseOut)
    def post(self, request: Request, survey_id: uuid.UUID, survey_response_id: uuid.UUID, **kwargs: Any) -> Response:
        """Count them, or set them aside; 409 once the results are published."""
        survey, asked = self.survey(), self.asked(ReviewIn)
        found = get_object_or_404(SurveyResponse, survey=survey, pk=survey_response_id)
        reviewed = self.done(lambda: review_response(response=found, by=self.person, **asked))
        return Response(ResponseOut(reviewed).data)


class SurveyWords(SurveyWork):
    """What people wrote."""

    reading = EDITING
    serializer_class = WordsOut

    @extend_schema(responses=WordsOut(many=True))
    def get(self, request: Request, survey_id: uuid.UUID, **kwargs: Any) -> Response:
        """A page of it, what nobody has read first."""
        found = self.paginate_queryset(words_to_read(self.survey())) or []
        context = {"codings": codings_of(list(found))}
        return self.get_paginated_response(WordsOut(found, many=True, context=context).data)


class SurveyWordsRead(SurveyWork):
    """Reading what somebody wrote."""

    serializer_class = WordsIn

    @extend_schema(request=WordsIn, responses=WordsOut)
    def put(self, request: Request, survey_id: uuid.UUID, survey_answer_id: uuid.UUID, **kwargs: Any) -> Response:
        """Say what of it may be told, and what it speaks of; 400 for another question's subject."""
        rows = words_to_read(self.survey()).select_related("question__version__survey__partnership")
        answer: SurveyAnswer = get_object_or_404(rows, pk=survey_answer_id)
        asked = self.asked(WordsIn)
        subjects = asked.pop("subjects", None)
        if subjects is not None:
            self.done(lambda: set_subjects(answer=answer, subjects=subjects, by=self.person))
        read = self.done(lambda: read_words(answer=answer, by=self.person, **asked))
        return Response(WordsOut(read, context={"codings": codings_of([read])}).data)


class SurveySubjects(SurveyWork):
    """Subjects of the words to one question."""

    reading = EDITING
    serializer_class = SubjectShape
    pagination_class = None

    @extend_schema(responses=SubjectShape(many=True))
    def get(self, request: Request, survey_id: uuid.UUID, survey_question_id: uuid.UUID, **kwargs: Any) -> Response:
        """All of them, at most sixty."""
        return Response(SubjectShape(subjects_of(self.question(self.survey())), many=True).data)

    @extend_schema(request=SubjectShape, responses={201: SubjectShape})
    def post(self, request: Request, survey_id: uuid.UUID, survey_question_id: uuid.UUID, **kwargs: Any) -> Response:
        """Name one, in one language or both."""
        question, asked = self.question(self.survey()), self.asked(SubjectShape)
        made = self.done(lambda: add_subject(question=question, by=self.person, **asked))
        return Response(SubjectShape(made).data, status=status.HTTP_201_CREATED)


class SurveyFeed(SurveyWork):
    """Answers that feed an indicator."""

    serializer_class = FedOut

    @extend_schema(request=FeedShape, responses=FeedShape)
    def put(self, request: Request, survey_id: uuid.UUID, survey_question_id: uuid.UUID, **kwargs: Any) -> Response:
        """Say which indicator it feeds, also after people answered; ``indicator`` null for none."""
        survey = self.survey()
        question, asked = self.question(survey), self.asked(FeedShape)
        seen = indicators_visible_to(self.viewer).filter(partnership=survey.partnership)
        code = asked["indicator"]
        indicator = get_object_or_404(seen, code=code) if code is not None else None
        counted = " ".join(asked["counted_codes"])
        self.done(lambda: set_feed(question=question, indicator=indicator, counted_codes=counted, by=self.person))
        return Response(asked)

    @extend_schema(request=None, responses={201: FedOut})
    def post(self, request: Request, survey_id: uuid.UUID, survey_question_id: uuid.UUID, **kwargs: Any) -> Response:
        """Enter the figure as a value of its indicator; 409 while the survey is open, or for too few people."""
        question = self.question(self.survey())
        made = self.done(lambda: feed_indicator(question=question, by=self.person))
        return Response(FedOut(made).data, status=status.HTTP_201_CREATED)


class SurveyInvitations(SurveyWork):
    """Inviting to a survey."""

    serializer_class = InviteIn

    @extend_schema(request=InviteIn, responses={201: InvitedOut})
    def post(self, request: Request, survey_id: uuid.UUID, **kwargs: Any) -> Response:
        """Mail each a link of their own, once; 409 while the survey is not open."""
        survey, asked = self.survey(), self.asked(InviteIn)
        invited = self.done(lambda: invite_to_survey(survey=survey, by=self.person, **asked))
        return Response(InvitedOut({"invited": invited}).data, status=status.HTTP_201_CREATED)


class SurveyReminder(SurveyWork):
    """Asking those who were invited and did not answer."""

    serializer_class = RemindedOut

    @extend_schema(request=None, responses={201: RemindedOut})
    def post(self, request: Request, survey_id: uuid.UUID, **kwargs: Any) -> Response:
        """Write once more to each whose link is unused after three days; 409 while the survey is not open."""
        survey = self.survey()
        reminded = self.done(lambda: remind_invited(survey=survey, by=self.person))
        return Response(RemindedOut({"reminded": reminded}).data, status=status.HTTP_201_CREATED)


class SurveyCopy(SurveyWork):
    """Asking again."""

    serializer_class = CopyIn

    @extend_schema(request=CopyIn, responses={201: SurveyOut})
    def post(self, request: Request, survey_id: uuid.UUID, **kwargs: Any) -> Response:
        """Begin a draft with the same questions."""
        survey, asked = self.survey(), self.asked(CopyIn)
        made = copy_survey(survey=survey, by=self.person, **asked)
        return Response(SurveyOut(made).data, status=status.HTTP_201_CREATED)


class SurveyVersions(SurveyWork):
    """Another wording."""

    serializer_class = VersionOut

    @extend_schema(request=None, responses={201: VersionOut})
    def post(self, request: Request, survey_id: uuid.UUID, **kwargs: Any) -> Response:
        """Begin one, once the wording is locked; the answers so far stay with the old one. 409 otherwise."""
        survey = self.survey()
        made = self.done(lambda: begin_new_version(survey=survey, by=self.person))
        return Response(VersionOut(made).data, status=status.HTTP_201_CREATED)


class SurveyAnswersFile(SurveyWork):
    """A table of answers."""

    serializer_class = ImportedOut
    parser_classes = [MultiPartParser]

    @extend_schema(request={"multipart/form-data": AnswersFileIn}, responses={201: ImportedOut})
    def post(self, request: Request, survey_id: uuid.UUID, **kwargs: Any) -> Response:
        """Take all of it over, or nothing: 400 with every cell that is no answer. The same file again adds nothing."""
        survey, asked = self.survey(), self.asked(AnswersFileIn)

        def brought() -> Any:
            stored = store_survey_file(partnership=survey.partnership, upload=asked["file"], by=self.person)
            table = answers_in(stored)
            terms = {"language": asked["language"], "stored": stored}
            return import_answers(survey=survey, table=table, by=self.person, **terms)

        return Response(ImportedOut(self.done(brought)).data, status=status.HTTP_201_CREATED)


class SurveyFormFile(SurveyWork):
    """A questionnaire in a file."""

    serializer_class = SurveyOut
    parser_classes = [MultiPartParser]

    @extend_schema(request={"multipart/form-data": FormFileIn}, responses={201: SurveyOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Begin a draft with the questions of an XLSForm; 400 with every row that cannot be used."""
        asked = self.asked(FormFileIn)
        partnership = or_404(partnership_at.first(self.viewer, slug=asked["partnership"]))
        self.require(EDITING, partnership.scope_id)

        def brought() -> Survey:
            stored = store_survey_file(partnership=partnership, upload=asked["file"], by=self.person)
            if not is_xlsform(read_file(stored), stored.name):
                raise ImportRefusedError(str(NO_XLSFORM))
            reading = xlsform_in(stored, language=partnership.tenant.default_language[:2])
            leaves_out = asked["leave_out_bad_rows"]
            return create_survey_from_form(
                partnership=partnership, reading=reading, by=self.person, leaves_out=leaves_out, stored=stored
            )

        return Response(SurveyOut(self.done(brought)).data, status=status.HTTP_201_CREATED)


def _lines(refusal: ImportRefusedError) -> Iterator[str]:
    yield str(refusal)
    yield from (f"{one.row}, {one.column}: {one.message}" for one in refusal.rows)
