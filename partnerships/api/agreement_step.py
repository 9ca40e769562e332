"""Steps of an agreement in the API: sharing, opening, minor changes, accession, remarks and answers."""

import uuid
from collections.abc import Callable
from typing import Any

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from core.access.permissions import Permission
from core.api.fields import CleanTextField
from core.api.problems import ConflictError
from core.api.views import SpaceAPIView
from partnerships.api.agreement import AgreementTextOut, edited_version, version_of
from partnerships.forms.agreement import LONGEST_TEXT, MOST_STEPS
from partnerships.models import AgreementVersion, ClauseRequest, Partnership, PartnershipMember
from partnerships.operations.accession import ask_to_accede
from partnerships.operations.agreement import (
    AgreementRefusedError,
    change_agreement_text,
    draft_next_version,
    share_agreement_for_review,
)
from partnerships.operations.agreement_ending import terminate_agreement
from partnerships.operations.agreement_minor import declare_minor_change, object_to_minor_change
from partnerships.operations.agreement_review import keep_after_review
from partnerships.operations.agreement_signing import (
    bring_agreement_into_force,
    open_agreement_for_signing,
    withdraw_signature_request,
)
from partnerships.operations.clause_request import (
    ClauseRequestRefusedError,
    answer_clause_request,
    make_clause_request,
)
from partnerships.queries.agreement import live_signatures
from partnerships.queries.clause_request import requests_of
from partnerships.queries.member import active_members
from partnerships.queries.representative import acting_member
from stakeholders.api.fields import optional_text

MOST_PARTIES = 500
# What a change of the wording alone leaves as it was.
BESIDE_TEXT = ("change_summary", "valid_from", "valid_to", "review_on")


class TextIn(serializers.Serializer[Any]):
    """The wording of a version written freely, in Markdown."""

    text = CleanTextField(max_length=LONGEST_TEXT, multiline=True)


class StepIn(serializers.Serializer[Any]):
    """At which step a member signs."""

    member_id = serializers.UUIDField()
    step = serializers.IntegerField(min_value=1, max_value=MOST_STEPS)


class OpenIn(serializers.Serializer[Any]):
    """Who signs; ``steps`` in which order, and ``optional`` without being waited for.

    Members that ``steps`` does not name sign at step 1; those of a step are asked when all before have signed.
    """

    members = serializers.ListField(child=serializers.UUIDField(), min_length=1, max_length=MOST_PARTIES)
    steps = serializers.ListField(child=StepIn(), required=False, default=list, max_length=MOST_PARTIES)
    optional = serializers.ListField(
        child=serializers.UUIDField(), required=False, default=list, max_length=MOST_PARTIES
    )
    is_read = serializers.BooleanField(
        required=False,
        default=False,
        help_text="Somebody read a text written freely for all it needs; a full partnership asks for it.",
    )


class MinorIn(serializers.Serializer[Any]):
    """Why a change alters nobody's duties."""

    reason = CleanTextField(max_length=300)


class ForceIn(serializers.Serializer[Any]):
    """From which day a signed version holds; without one from the day it names, or today."""

    valid_from = serializers.DateField(required=False, allow_null=True, default=None)


class KeepIn(serializers.Serializer[Any]):
    """When an agreement that stays as it is will be read again; without a day in a year."""

    review_on = serializers.DateField(required=False, allow_null=True, default=None)


class EndIn(serializers.Serializer[Any]):
    """From which day an agreement holds no more, and why; ``all_agree`` that no notice is needed."""

    ends_on = serializers.DateField()
    reason = CleanTextField(max_length=500, multiline=True)
    all_agree = serializers.BooleanField(required=False, default=False)


class MemberIn(serializers.Serializer[Any]):
    """A member of the partnership."""

    member_id = serializers.UUIDField()


class ClauseRequestOut(serializers.ModelSerializer[ClauseRequest]):
    """A remark and its answer."""

    organisation = serializers.CharField(source="member.organisation.name", read_only=True)

    class Meta:
        model = ClauseRequest
        fields = [
            "id", "member_id", "organisation", "clause_code", "wish", "text", "answer", "answer_reason", "created_at",
            "answered_at",
        ]  # fmt: skip
        read_only_fields = fields


class ClauseRequestIn(serializers.Serializer[Any]):
    """A remark of the caller's own organisation; an objection is to a minor change."""

    clause_code = optional_text(20)
    wish = serializers.ChoiceField(choices=ClauseRequest.Wish.choices)
    text = CleanTextField(max_length=2000, multiline=True)


class ClauseAnswerIn(serializers.Serializer[Any]):
    """What becomes of a remark."""

    answer = serializers.ChoiceField(choices=["taken", "declined"])
    reason = optional_text(500)


class AgreementStep(SpaceAPIView):
    """A step of coordination."""

    writing = Permission.EDIT_PARTNERSHIP
    serializer_class = AgreementTextOut

    def step(self, act: Callable[[AgreementVersion], AgreementVersion], *, created: bool = False) -> Response:
        """Do it with the version of the address; 409 where its state does not allow it."""
        found = edited_version(self, self.kwargs["slug"], self.kwargs["number"], self.kwargs["version"])
        try:
            done = act(found)
        except AgreementRefusedError as refusal:
            raise ConflictError(str(refusal)) from refusal
        return Response(
            AgreementTextOut(done, context={"viewer": self.viewer}).data,
            status=status.HTTP_201_CREATED if created else status.HTTP_200_OK,
        )


class AgreementText(AgreementStep):
    """The wording of a version written freely."""

    @extend_schema(request=TextIn, responses=AgreementTextOut)
    def put(self, request: Request, **kwargs: Any) -> Response:
        """Change it; signatures given are void then, and 409 for one of clauses or one that stands as it is."""
        wanted = TextIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        return self.step(
            lambda version: change_agreement_text(
                version=version,
                text=wanted.validated_data["text"],
                by=self.person,
                **{name: getattr(version, name) for name in BESIDE_TEXT},
            )
        )


class AgreementShare(AgreementStep):
    """Letting the partners read a draft."""

    @extend_schema(request=None, responses=AgreementTextOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Show it, and mail those who may commit."""
        return self.step(lambda version: share_agreement_for_review(version=version, by=self.person))


class AgreementNext(AgreementStep):
    """A new version."""

    @extend_schema(request=None, responses={201: AgreementTextOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Draft one with the text of this version."""
        return self.step(lambda version: draft_next_version(version=version, by=self.person), created=True)


class AgreementOpen(AgreementStep):
    """Opening for signing."""

    @extend_schema(request=OpenIn, responses=AgreementTextOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Fix the text and ask the parties; 400 for a member that is not there."""
        wanted = OpenIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        chosen = wanted.validated_data["members"]
        steps = {row["member_id"]: row["step"] for row in wanted.validated_data["steps"]}

        def act(version: AgreementVersion) -> AgreementVersion:
            return open_agreement_for_signing(
                version=version,
                members=_members(version.agreement.partnership, chosen),
                orders={key: steps.get(key, 1) for key in chosen},
                optional=set(wanted.validated_data["optional"]),
                is_read=wanted.validated_data["is_read"],
                by=self.person,
            )

        return self.step(act)


class AgreementMinor(AgreementStep):
    """A minor change."""

    @extend_schema(request=MinorIn, responses=AgreementTextOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Put a draft in force with the signatures of the version before."""
        wanted = MinorIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        return self.step(lambda version: declare_minor_change(version=version, by=self.person, **wanted.validated_data))


class AgreementForce(AgreementStep):
    """Bringing into force by hand."""

    @extend_schema(request=ForceIn, responses=AgreementTextOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Start a version every required party has signed."""
        wanted = ForceIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        return self.step(
            lambda version: bring_agreement_into_force(version=version, by=self.person, **wanted.validated_data)
        )


class AgreementKeep(AgreementStep):
    """Reading an agreement again together."""

    @extend_schema(request=KeepIn, responses=AgreementTextOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Note that it stays as it is; 409 for a version that is not in force."""
        wanted = KeepIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        return self.step(lambda version: keep_after_review(version=version, by=self.person, **wanted.validated_data))


class AgreementEnd(AgreementStep):
    """Ending an agreement early."""

    @extend_schema(request=EndIn, responses=AgreementTextOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """End it and mail why; 409 within its notice, and for a version that is not signed or over."""
        wanted = EndIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        return self.step(lambda version: terminate_agreement(version=version, by=self.person, **wanted.validated_data))


class SignatureWithdrawal(AgreementStep):
    """Taking back a request to sign."""

    @extend_schema(request=None, responses=AgreementTextOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Go on without a party that does not answer or declined; 409 for a signature given."""

        def act(version: AgreementVersion) -> AgreementVersion:
            signature = get_object_or_404(live_signatures().filter(version=version), pk=self.kwargs["signature_id"])
            withdraw_signature_request(signature=signature, by=self.person)
            return version

        return self.step(act)


class AgreementAccession(AgreementStep):
    """A later partner."""

    @extend_schema(request=MemberIn, responses=AgreementTextOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Ask it to accede to the version in force."""
        wanted = MemberIn(data=request.data)
        wanted.is_valid(raise_exception=True)

        def act(version: AgreementVersion) -> AgreementVersion:
            (member,) = _members(version.agreement.partnership, [wanted.validated_data["member_id"]])
            ask_to_accede(version=version, member=member, by=self.person)
            return version

        return self.step(act)


def _members(partnership: Partnership, keys: list[uuid.UUID]) -> list[PartnershipMember]:
    found = list(active_members(partnership).filter(pk__in=keys))
    if len(found) != len(set(keys)):
        raise serializers.ValidationError({"members": ["Not a member of this partnership."]})
    return found


class ClauseRequestList(SpaceAPIView):
    """What partners remarked on a version."""

    reading = Permission.SEE_PARTNERSHIP
    writing = Permission.SEE_PARTNERSHIP
    serializer_class = ClauseRequestOut

    @extend_schema(responses=ClauseRequestOut(many=True))
    def get(self, request: Request, slug: str, number: int, version: int, **kwargs: Any) -> Response:
        """A page of it, the oldest first."""
        found = self.paginate_queryset(requests_of(version_of(self, slug, number, version)))
        return self.get_paginated_response(ClauseRequestOut(found, many=True).data)

    @extend_schema(request=ClauseRequestIn, responses={201: ClauseRequestOut})
    def post(self, request: Request, slug: str, number: int, version: int, **kwargs: Any) -> Response:
        """Remark on it for one's own organisation; 404 for whoever speaks for none, 409 when it is not open."""
        found = version_of(self, slug, number, version)
        member = acting_member(self.person, found.agreement.partnership)
        if member is None:
            raise Http404
        wanted = ClauseRequestIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        words = wanted.validated_data
        try:
            if words["wish"] == ClauseRequest.Wish.OBJECTION:
                made = object_to_minor_change(version=found, member=member, text=words["text"], by=self.person)
            else:
                made = make_clause_request(version=found, member=member, by=self.person, **words)
        except ClauseRequestRefusedError as refusal:
            raise ConflictError(str(refusal)) from refusal
        return Response(ClauseRequestOut(made).data, status=status.HTTP_201_CREATED)


class ClauseRequestAnswer(SpaceAPIView):
    """The answer to a remark."""

    writing = Permission.EDIT_PARTNERSHIP
    serializer_class = ClauseRequestOut

    @extend_schema(request=ClauseAnswerIn, responses=ClauseRequestOut)
    def post(
        self, request: Request, slug: str, number: int, version: int, clause_request_id: uuid.UUID, **kwargs: Any
    ) -> Response:
        """Say what becomes of it, once; 409 afterwards and for a refusal without reason."""
        found = edited_version(self, slug, number, version)
        remark = get_object_or_404(requests_of(found), pk=clause_request_id)
        wanted = ClauseAnswerIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        words = {"reason": "", **wanted.validated_data}
        try:
            answered = answer_clause_request(remark=remark, by=self.person, **words)
        except ClauseRequestRefusedError as refusal:
            raise ConflictError(str(refusal)) from refusal
        return Response(ClauseRequestOut(answered).data)
