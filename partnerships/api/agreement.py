"""Agreements in the API: reading versions and answering for one's own organisation."""

from typing import Any, cast

from django.db.models import QuerySet
from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from core.access.permissions import Permission
from core.api.problems import ConflictError
from core.api.views import SpaceAPIView
from core.models import User
from partnerships.models import AgreementVersion, Signature
from partnerships.operations.signature import SignatureIncompleteError, SignatureRefusedError, answer_signature
from partnerships.queries.agreement import live_signatures, signature_for_signing, versions_visible_to
from partnerships.queries.partnership import partnerships_visible_to

LARGEST_NUMBER = 32_767


class SignatureOut(serializers.ModelSerializer[Signature]):
    """A party's answer."""

    organisation = serializers.CharField(source="member.organisation.name", read_only=True)

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
            "hash_signed",
            "answered_at",
        ]
        read_only_fields = fields


class AgreementVersionOut(serializers.ModelSerializer[AgreementVersion]):
    """A version as lists show it."""

    agreement_number = serializers.IntegerField(source="agreement.number", read_only=True)
    title = serializers.CharField(source="agreement.title", read_only=True)

    class Meta:
        model = AgreementVersion
        fields = [
            "id", "agreement_number", "number", "title", "language", "state", "text_sha256", "valid_from", "valid_to",
            "review_on", "change_summary",
        ]  # fmt: skip
        read_only_fields = fields


class AgreementTextOut(AgreementVersionOut):
    """A version with its text and its parties' answers."""

    signatures = serializers.SerializerMethodField()

    class Meta(AgreementVersionOut.Meta):
        fields = [*AgreementVersionOut.Meta.fields, "text", "signatures"]
        read_only_fields = fields

    @extend_schema(responses=SignatureOut(many=True))
    def get_signatures(self, version: AgreementVersion) -> list[dict[str, Any]]:
        """The requests and answers that count."""
        return cast("list[dict[str, Any]]", SignatureOut(live_signatures().filter(version=version), many=True).data)


class AnswerIn(serializers.Serializer[Any]):
    """The answer of the caller's own organisation to exactly the text with this fingerprint."""

    accepts = serializers.BooleanField()
    name = serializers.CharField(max_length=120)
    capacity = serializers.CharField(max_length=120)
    hash_seen = serializers.CharField(max_length=64)
    reason = serializers.CharField(max_length=500, required=False, allow_blank=True, default="")


class AgreementList(SpaceAPIView):
    """The agreement versions of a partnership."""

    reading = Permission.SEE_PARTNERSHIP
    serializer_class = AgreementVersionOut

    def get_queryset(self) -> QuerySet[AgreementVersion]:
        """Those the caller may read, by agreement, the newest version first."""
        partnership = get_object_or_404(partnerships_visible_to(self.viewer), slug=self.kwargs["slug"])
        rows = versions_visible_to(self.viewer).filter(agreement__partnership=partnership)
        return rows.order_by("agreement__number", "-number", "id")

    def get(self, request: Request, **kwargs: Any) -> Response:
        """A page of them."""
        found = self.paginate_queryset(self.get_queryset())
        return self.get_paginated_response(AgreementVersionOut(found, many=True).data)


class AgreementDetail(SpaceAPIView):
    """One version."""

    reading = Permission.SEE_PARTNERSHIP
    serializer_class = AgreementTextOut

    def get(self, request: Request, slug: str, number: int, version: int, **kwargs: Any) -> Response:
        """The version with its text."""
        return Response(AgreementTextOut(_version(self, slug, number, version)).data)


class AgreementAnswer(SpaceAPIView):
    """Accepting or declining a version for one's own organisation."""

    writing = Permission.SIGN_AGREEMENT
    serializer_class = AnswerIn

    @extend_schema(request=AnswerIn, responses=SignatureOut)
    def post(self, request: Request, slug: str, number: int, version: int, **kwargs: Any) -> Response:
        """Answer; 404 without a request to the caller's organisation, 409 when the text or the state changed."""
        found = _version(self, slug, number, version)
        self.require(Permission.SIGN_AGREEMENT, found.agreement.partnership.scope_id)
        user = cast("User", request.user)
        signature = signature_for_signing(found, user)
        if signature is None:
            raise Http404
        wanted = AnswerIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        try:
            answered = answer_signature(signature=signature, by=user, **wanted.validated_data)
        except SignatureIncompleteError as missing:
            raise serializers.ValidationError(missing.fields) from missing
        except SignatureRefusedError as refusal:
            raise ConflictError(str(refusal)) from refusal
        return Response(SignatureOut(answered).data)


def _version(view: SpaceAPIView, slug: str, number: int, version: int) -> AgreementVersion:
    if max(number, version) > LARGEST_NUMBER:
        raise Http404
    rows = versions_visible_to(view.viewer).filter(agreement__partnership__slug=slug, agreement__number=number)
    found: AgreementVersion = get_object_or_404(rows, number=version)
    return found
