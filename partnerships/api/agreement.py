"""Agreements in the API: reading versions and answering for one's own organisation."""

from typing import Any, cast

from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.generics import get_object_or_404
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from core.access.permissions import Permission
from core.access.viewer import PUBLIC
from core.api.fields import CleanTextField
from core.api.parsing import BoundedJSONParser
from core.api.problems import ConflictError
from core.api.views import SpaceAPIView
from core.models import User
from core.rules.upload_content import UploadError
from core.web.lookup import or_404
from partnerships.forms.agreement import LANGUAGES, LONGEST_TEXT
from partnerships.forms.agreement_clause import LONGEST_NOTICE, LONGEST_QUESTION, MOST_VOICES
from partnerships.grounds import changes_since
from partnerships.models import AgreementVersion, DecisionMethod, DecisionSubject, InstrumentType, Signature
from partnerships.operations.agreement import AgreementRefusedError, begin_agreement, change_agreement_terms
from partnerships.operations.signature import (
    SignatureIncompleteError,
    SignatureRefusedError,
    answer_signature,
    note_viewed,
)
from partnerships.queries.agreement import (
    asked_before,
    live_signatures,
    signature_for_signing,
    standing_now,
    versions_visible_to,
)
from partnerships.queries.agreement_text import text_of
from partnerships.queries.kit import clauses_for
from partnerships.queries.partnership import partnership_at
from partnerships.rules.agreement import AGREED, DRAFT, state_on
from partnerships.rules.signature import Standing
from stakeholders.api.fields import optional_text

LARGEST_NUMBER = 32_767


class SignatureOut(serializers.ModelSerializer[Signature]):
    """A party's answer."""

    organisation = serializers.CharField(source="member.organisation.name", read_only=True)
    has_file = serializers.SerializerMethodField()
    has_delegation = serializers.SerializerMethodField()
    standing = serializers.SerializerMethodField()

    class Meta:
        model = Signature
        fields = [
            "id",
            "member_id",
            "organisation",
            "state",
            "method",
            "name",
            "capacity",
            "authority",
            "is_required",
            "is_accession",
            "order",
            "carried_from_id",
            "hash_signed",
            "has_file",
            "has_delegation",
            "standing",
            "viewed_at",
            "answered_at",
        ]
        read_only_fields = fields

    def get_has_file(self, signature: Signature) -> bool:
        """Whether a signed file is kept."""
        return signature.file_id is not None

    def get_has_delegation(self, signature: Signature) -> bool:
        """Whether the delegation of who signed is kept."""
        return signature.delegation_id is not None

    @extend_schema_field(serializers.ChoiceField(choices=Standing.choices))
    def get_standing(self, signature: Signature) -> str:
        """The state; of an open request also whether it was opened (viewed) or its mailed link ran out (expired)."""
        return standing_now(signature).value


class AgreementVersionOut(serializers.ModelSerializer[AgreementVersion]):
    """A version as lists show it."""

    agreement_number = serializers.IntegerField(source="agreement.number", read_only=True)
    title = serializers.CharField(source="agreement.title", read_only=True)
    instrument_type = serializers.CharField(source="agreement.instrument_type", read_only=True)

    class Meta:
        model = AgreementVersion
        fields = [
            "id", "agreement_number", "number", "title", "instrument_type", "language", "second_language",
            "prevailing_language", "state", "is_composed", "text_sha256", "valid_from", "valid_to", "review_on",
            "renewal", "notice_days", "quorum_percent", "decision_methods", "methods_by_subject",
            "endorsement_days", "endorsement_percent", "endorsement_voices", "change_summary", "change_kind",
            "minor_reason", "objections_until", "damaged_at", "replaced_on", "terminated_on", "termination_reason",
            "review_cause",
        ]  # fmt: skip
        read_only_fields = fields

    def to_representation(self, version: AgreementVersion) -> dict[str, Any]:
        """With the state it has today: one whose time is over is expired, whatever the night did."""
        return {**super().to_representation(version), "state": state_on(version, today=timezone.localdate()).value}


class GroundChangeOut(serializers.Serializer[Any]):
    """Something a version names that is another now, in the language of the version."""

    title = serializers.CharField()
    url = serializers.CharField(help_text="The page inside the space.")
    before = serializers.CharField()
    now = serializers.CharField()


class AskedBeforeOut(serializers.Serializer[Any]):
    """Whom a draft was opened for before its text was changed, at which step, and whether the signature was needed."""

    member_id = serializers.UUIDField()
    step = serializers.SerializerMethodField()
    is_required = serializers.BooleanField()

    def get_step(self, request: Signature) -> int:
        """Counted from one."""
        return request.order + 1


class AgreementTextOut(AgreementVersionOut):
    """A version with its text and its parties' answers."""

    text = serializers.SerializerMethodField()
    text_before = serializers.CharField(
        read_only=True,
        help_text="The wording that somebody had accepted before it was changed; empty where nothing accepted changed.",
    )
    signatures = serializers.SerializerMethodField()
    asked_before = serializers.SerializerMethodField()
    changed_since = serializers.SerializerMethodField()

    class Meta(AgreementVersionOut.Meta):
        fields = [
            *AgreementVersionOut.Meta.fields,
            "text",
            "text_before",
            "signatures",
            "asked_before",
            "changed_since",
        ]
        read_only_fields = fields

    def get_text(self, version: AgreementVersion) -> str:
        """As it stands: composed from clauses and data while a draft, fixed afterwards."""
        return text_of(version)

    @extend_schema(responses=SignatureOut(many=True))
    def get_signatures(self, version: AgreementVersion) -> list[dict[str, Any]]:
        """The requests and answers that count."""
        return cast("list[dict[str, Any]]", SignatureOut(live_signatures().filter(version=version), many=True).data)

    @extend_schema(responses=AskedBeforeOut(many=True))
    def get_asked_before(self, version: AgreementVersion) -> list[dict[str, Any]]:
        """Of a draft that was being signed until its text was changed: whom to ask again."""
        asked = asked_before(version).values() if version.state in DRAFT else []
        return cast("list[dict[str, Any]]", AskedBeforeOut(asked, many=True).data)

    @extend_schema(responses=GroundChangeOut(many=True))
    def get_changed_since(self, version: AgreementVersion) -> list[dict[str, Any]]:
        """What an agreement that holds names and is another since it was signed, as far as the caller may see it."""
        viewer = self.context.get("viewer", PUBLIC)
        holds = state_on(version, today=timezone.localdate()) in AGREED
        found = changes_since(viewer, version) if holds else []
        return cast("list[dict[str, Any]]", GroundChangeOut(found, many=True).data)


class YesOrNoField(serializers.BooleanField):
    """A yes or no that must be said: in a form, too, what is left out is not a no."""

    default_empty_html = serializers.empty


class AnswerIn(serializers.Serializer[Any]):
    """The answer of the caller's own organisation to exactly the text with this fingerprint."""

    accepts = YesOrNoField()
    name = CleanTextField(max_length=120)
    capacity = CleanTextField(max_length=120)
    hash_seen = serializers.CharField(max_length=64)
    reason = CleanTextField(max_length=500, multiline=True, required=False, allow_blank=True, default="")
    authority = serializers.ChoiceField(
        choices=Signature.Authority.choices, required=False, allow_blank=True, default=""
    )


class DelegateAnswerIn(AnswerIn):
    """The answer of somebody with a written delegation, whose file comes along."""

    delegation = serializers.FileField(required=False)


class AgreementIn(serializers.Serializer[Any]):
    """A new agreement of the clauses of the partnership's kit, or with a ``text`` of the partners' own, in Markdown."""

    title = CleanTextField(max_length=200)
    language = serializers.ChoiceField(choices=LANGUAGES)
    text = optional_text(LONGEST_TEXT, multiline=True)


class TermsIn(serializers.Serializer[Any]):
    """What stands beside the text."""

    title = CleanTextField(max_length=200)
    instrument_type = serializers.ChoiceField(choices=InstrumentType.choices)
    involves_minors = serializers.BooleanField()
    involves_volunteers = serializers.BooleanField()
    involves_money = serializers.BooleanField()
    involves_research = serializers.BooleanField()
    involves_public_body = serializers.BooleanField()
    change_summary = optional_text(300)
    valid_from = serializers.DateField(allow_null=True)
    valid_to = serializers.DateField(allow_null=True)
    review_on = serializers.DateField(allow_null=True)
    renewal = serializers.ChoiceField(choices=AgreementVersion.Renewal.choices)
    notice_days = serializers.IntegerField(min_value=1, max_value=LONGEST_NOTICE, allow_null=True)
    quorum_percent = serializers.IntegerField(min_value=1, max_value=100, allow_null=True)
    decision_methods = serializers.MultipleChoiceField(choices=DecisionMethod.choices)
    methods_by_subject = serializers.DictField(
        child=serializers.MultipleChoiceField(choices=DecisionMethod.choices),
        required=False,
        help_text="Other methods for some subjects; a subject that is not named goes by decision_methods.",
    )
    endorsement_days = serializers.IntegerField(
        min_value=1, max_value=LONGEST_QUESTION, allow_null=True, required=False
    )
    endorsement_percent = serializers.IntegerField(min_value=1, max_value=100, allow_null=True, required=False)
    endorsement_voices = serializers.IntegerField(min_value=0, max_value=MOST_VOICES, allow_null=True, required=False)
    second_language = serializers.ChoiceField(choices=[("", ""), *LANGUAGES], allow_blank=True)
    prevailing_language = serializers.ChoiceField(
        choices=[("", ""), *LANGUAGES],
        allow_blank=True,
        help_text="Which of two languages counts where they differ; empty for the first.",
    )

    def validate_decision_methods(self, chosen: set[str]) -> list[str]:
        """In the order the methods are listed."""
        return [method.value for method in DecisionMethod if method in chosen]

    def validate_methods_by_subject(self, chosen: dict[str, set[str]]) -> dict[str, list[str]]:
        """By subject in the order they are listed, each with its methods in theirs."""
        if unknown := set(chosen) - set(DecisionSubject.values):
            raise serializers.ValidationError(_("There is no such subject: %(names)s.") % {"names": ", ".join(unknown)})
        return {
            subject.value: [method.value for method in DecisionMethod if method in chosen[subject.value]]
            for subject in DecisionSubject
            if chosen.get(subject.value)
        }


class AgreementList(SpaceAPIView):
    """The agreement versions of a partnership."""

    reading = Permission.SEE_PARTNERSHIP
    writing = Permission.EDIT_PARTNERSHIP
    serializer_class = AgreementVersionOut

    def get_queryset(self) -> QuerySet[AgreementVersion]:
        """Those the caller may read, by agreement, the newest version first."""
        partnership = or_404(partnership_at.first(self.viewer, slug=self.kwargs["slug"]))
        rows = versions_visible_to(self.viewer).filter(agreement__partnership=partnership)
        return rows.order_by("agreement__number", "-number", "id")

    def get(self, request: Request, **kwargs: Any) -> Response:
        """A page of them."""
        found = self.paginate_queryset(self.get_queryset())
        return self.get_paginated_response(AgreementVersionOut(found, many=True).data)

    @extend_schema(request=AgreementIn, responses={201: AgreementTextOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Draft an agreement of clauses, or with the text given."""
        partnership = or_404(partnership_at.first(self.viewer, slug=self.kwargs["slug"]))
        self.require(Permission.EDIT_PARTNERSHIP, partnership.scope_id)
        wanted = AgreementIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        version = begin_agreement(
            partnership=partnership, clauses=clauses_for(partnership), by=self.person, **wanted.validated_data
        )
        return Response(AgreementTextOut(version, context={"viewer": self.viewer}).data, status=status.HTTP_201_CREATED)


class AgreementDetail(SpaceAPIView):
    """One version."""

    reading = Permission.SEE_PARTNERSHIP
    writing = Permission.EDIT_PARTNERSHIP
    serializer_class = AgreementTextOut

    def get(self, request: Request, slug: str, number: int, version: int, **kwargs: Any) -> Response:
        """The version with its text."""
        return Response(AgreementTextOut(version_of(self, slug, number, version), context={"viewer": self.viewer}).data)

    @extend_schema(request=TermsIn, responses=AgreementTextOut)
    def patch(self, request: Request, slug: str, number: int, version: int, **kwargs: Any) -> Response:
        """Change terms of a version; 409 once it is in force or past."""
        found = edited_version(self, slug, number, version)
        wanted = TermsIn(data=request.data, partial=True)
        wanted.is_valid(raise_exception=True)
        changed = change_terms(found, self.person, wanted.validated_data)
        return Response(AgreementTextOut(changed, context={"viewer": self.viewer}).data)


class AgreementAnswer(SpaceAPIView):
    """Accepting or declining a version for one's own organisation."""

    writing = Permission.SIGN_AGREEMENT
    serializer_class = AnswerIn
    parser_classes = [BoundedJSONParser, MultiPartParser]

    @extend_schema(
        request={"application/json": AnswerIn, "multipart/form-data": DelegateAnswerIn}, responses=SignatureOut
    )
    def post(self, request: Request, slug: str, number: int, version: int, **kwargs: Any) -> Response:
        """Answer; 404 without a request to the caller's organisation, 409 when the text or the state changed."""
        found = version_of(self, slug, number, version)
        self.require(Permission.SIGN_AGREEMENT, found.agreement.partnership.scope_id)
        user = cast("User", request.user)
        signature = signature_for_signing(found, user)
        if signature is None:
            raise Http404
        wanted = DelegateAnswerIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        try:
            answered = answer_signature(signature=signature, by=user, **wanted.validated_data)
        except SignatureIncompleteError as missing:
            raise serializers.ValidationError(missing.fields) from missing
        except SignatureRefusedError as refusal:
            raise ConflictError(str(refusal)) from refusal
        except UploadError as error:
            raise serializers.ValidationError({"delegation": [str(error)]}) from error
        return Response(SignatureOut(answered).data)


class AgreementViewed(SpaceAPIView):
    """Saying that the text is before somebody of the caller's own organisation."""

    writing = Permission.SIGN_AGREEMENT
    serializer_class = SignatureOut

    @extend_schema(request=None, responses=SignatureOut)
    def post(self, request: Request, slug: str, number: int, version: int, **kwargs: Any) -> Response:
        """Note it, the first time; 404 without a request to the caller's organisation, 409 for who may not sign."""
        found = version_of(self, slug, number, version)
        self.require(Permission.SIGN_AGREEMENT, found.agreement.partnership.scope_id)
        signature = signature_for_signing(found, self.person)
        if signature is None:
            raise Http404
        try:
            noted = note_viewed(signature=signature, by=self.person)
        except SignatureRefusedError as refusal:
            raise ConflictError(str(refusal)) from refusal
        return Response(SignatureOut(noted).data)


def change_terms(version: AgreementVersion, by: User, terms: dict[str, Any]) -> AgreementVersion:
    """The version with other terms; raises ConflictError when it stands as it is."""
    try:
        return change_agreement_terms(version=version, by=by, **terms)
    except AgreementRefusedError as refusal:
        raise ConflictError(str(refusal)) from refusal


def edited_version(view: SpaceAPIView, slug: str, number: int, version: int) -> AgreementVersion:
    """A version the caller may edit; Http404 out of sight, PermissionDenied without the right."""
    found = version_of(view, slug, number, version)
    view.require(Permission.EDIT_PARTNERSHIP, found.agreement.partnership.scope_id)
    return found


def version_of(view: SpaceAPIView, slug: str, number: int, version: int) -> AgreementVersion:
    """A version the caller may read; Http404 otherwise."""
    if max(number, version) > LARGEST_NUMBER:
        raise Http404
    rows = versions_visible_to(view.viewer).filter(agreement__partnership__slug=slug, agreement__number=number)
    found: AgreementVersion = get_object_or_404(rows, number=version)
    return found
