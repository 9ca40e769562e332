"""Claims of contribution in the API."""

import uuid
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from core.access.permissions import Permission
from core.access.visibility import Visibility
from core.api.fields import CleanTextField, MeantIn
from core.api.problems import ConflictError
from core.api.views import SpaceAPIView
from goals.api.goal import api_goal, editable_api_goal
from goals.models import ClaimAlternative, ContributionClaim
from goals.operations.claim import (
    ClaimRefusedError,
    add_alternative,
    change_claim,
    examine_alternative,
    make_claim,
    remove_alternative,
    withdraw_claim,
)
from goals.queries.claim import claim_sheet, claims_visible_to
from goals.rules.claim import allowed_words
from metrics.api.caller import caller

LONG = 1000
LEVELS = [choice for choice in Visibility.choices if choice[0] > Visibility.SEALED]


class AlternativeOut(serializers.ModelSerializer[ClaimAlternative]):
    """Another explanation; ``outcome`` is empty until somebody looked at it."""

    class Meta:
        model = ClaimAlternative
        fields = ["id", "text", "outcome", "reason", "examined_on", "is_by_another"]
        read_only_fields = fields


class AllowedWordsOut(serializers.Serializer[Any]):
    """The phrases a text may use at a rung."""

    en = serializers.ListField(child=serializers.CharField())
    it = serializers.ListField(child=serializers.CharField())


class ClaimOut(serializers.ModelSerializer[ContributionClaim]):
    """A claim with its rung, what the next one asks for, its sentence and the words it may use (R-I11)."""

    strength = serializers.SerializerMethodField()
    missing = serializers.SerializerMethodField()
    sentence_en = serializers.SerializerMethodField()
    sentence_it = serializers.SerializerMethodField()
    allowed = serializers.SerializerMethodField()
    alternatives = AlternativeOut(many=True, read_only=True)
    theory_step = serializers.UUIDField(source="goal.outcome_node_id", allow_null=True, read_only=True)

    class Meta:
        model = ContributionClaim
        fields = [
            "id", "result_en", "result_it", "evidence_done", "evidence_steps", "people_say", "comparison",
            "comparison_note", "visibility", "strength", "missing", "sentence_en", "sentence_it", "allowed",
            "alternatives", "theory_step",
        ]  # fmt: skip
        read_only_fields = fields

    def get_strength(self, claim: ContributionClaim) -> str:
        """One of observed_alongside, plausible, supported, attributed."""
        return claim_sheet(claim).strength.code

    def get_missing(self, claim: ContributionClaim) -> list[str]:
        """In words."""
        return claim_sheet(claim).missing

    def get_sentence_en(self, claim: ContributionClaim) -> str:
        """What a report says, in English."""
        return claim_sheet(claim).sentence.text_en

    def get_sentence_it(self, claim: ContributionClaim) -> str:
        """The same in Italian."""
        return claim_sheet(claim).sentence.text_it

    def get_allowed(self, claim: ContributionClaim) -> AllowedWordsOut:
        """By language."""
        return AllowedWordsOut(allowed_words(claim_sheet(claim).strength)).data  # type: ignore[return-value]  # names the schema


class ClaimIn(serializers.Serializer[Any]):
    """A claim's fields; a result in one language at least."""

    result_en = CleanTextField(max_length=400, multiline=True, required=False, allow_blank=True)
    result_it = CleanTextField(max_length=400, multiline=True, required=False, allow_blank=True)
    evidence_done = CleanTextField(max_length=LONG, multiline=True, required=False, allow_blank=True)
    evidence_steps = CleanTextField(max_length=LONG, multiline=True, required=False, allow_blank=True)
    people_say = CleanTextField(max_length=LONG, multiline=True, required=False, allow_blank=True)
    comparison = serializers.ChoiceField(choices=ContributionClaim.Comparison.choices, required=False, allow_blank=True)
    comparison_note = CleanTextField(max_length=400, required=False, allow_blank=True)
    visibility = serializers.ChoiceField(choices=LEVELS, required=False)


class ClaimChangeIn(MeantIn, ClaimIn):
    """A claim in other words."""


class AlternativeIn(serializers.Serializer[Any]):
    """Something else that could explain the result."""

    text = CleanTextField(max_length=300)


class ExamineIn(serializers.Serializer[Any]):
    """What was found, and how that is known."""

    outcome = serializers.ChoiceField(choices=ClaimAlternative.Outcome.choices)
    reason = CleanTextField(max_length=400, multiline=True)


class ClaimView(SpaceAPIView):
    """Claims of the goal in the address."""

    serializer_class: Any = ClaimOut

    def get_queryset(self) -> QuerySet[ContributionClaim]:
        """Visible ones, oldest first."""
        slug, number = self.kwargs["slug"], self.kwargs["number"]
        return claims_visible_to(self.viewer).filter(goal__partnership__slug=slug, goal__number=number)

    def claim(self, permission: Permission) -> ContributionClaim:
        """The claim of the address for which the caller holds a permission."""
        claim: ContributionClaim = get_object_or_404(self.get_queryset(), pk=self.kwargs["claim_id"])
        self.require(permission, claim.goal.partnership.scope_id)
        return claim

    def answer(self, claim_id: uuid.UUID, status: int = 200) -> Response:
        """A claim as it stands now."""
        return Response(ClaimOut(get_object_or_404(self.get_queryset(), pk=claim_id)).data, status=status)

    def wanted(self, serializer: type[serializers.Serializer[Any]]) -> dict[str, Any]:
        """What was sent; a bad request when it does not fit."""
        sent = serializer(data=self.request.data)
        sent.is_valid(raise_exception=True)
        return dict(sent.validated_data)


class ClaimList(ClaimView):
    """What a partnership claims about a goal."""

    reading = Permission.SEE_PARTNERSHIP
    writing = Permission.EDIT_GOALS

    def get(self, request: Request, **kwargs: Any) -> Response:
        """A page of them."""
        api_goal(self)
        found = self.paginate_queryset(self.get_queryset())
        return self.get_paginated_response(ClaimOut(found, many=True).data)

    @extend_schema(request=ClaimIn, responses={201: ClaimOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Claim a part; 400 for words stronger than what is shown, with a hint."""
        goal = editable_api_goal(self)
        return self.answer(make_claim(goal=goal, by=caller(self), **self.wanted(ClaimIn)).pk, 201)


class ClaimDetail(ClaimView):
    """One claim."""

    reading = Permission.SEE_PARTNERSHIP
    writing = Permission.EDIT_GOALS

    def get(self, request: Request, **kwargs: Any) -> Response:
        """The claim."""
        return self.answer(self.kwargs["claim_id"])

    @extend_schema(request=ClaimIn, responses=ClaimOut)
    def patch(self, request: Request, **kwargs: Any) -> Response:
        """Change some fields; 400 for words stronger than what is shown, with a hint."""
        claim = self.claim(Permission.EDIT_GOALS)
        return self.answer(change_claim(claim=claim, by=caller(self), **self.wanted(ClaimChangeIn)).pk)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, **kwargs: Any) -> Response:
        """Take it back; 409 when the words of a noted change lean on it."""
        try:
            withdraw_claim(claim=self.claim(Permission.EDIT_GOALS), by=caller(self))
        except ClaimRefusedError as refusal:
            raise ConflictError(str(refusal)) from refusal
        return Response(status=204)


class AlternativeList(ClaimView):
    """What else could explain a result."""

    writing = Permission.TAKE_PART

    @extend_schema(request=AlternativeIn, responses={201: ClaimOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Name one more; 409 for too many."""
        claim = self.claim(Permission.TAKE_PART)
        try:
            add_alternative(claim=claim, by=caller(self), **self.wanted(AlternativeIn))
        except ClaimRefusedError as refusal:
            raise ConflictError(str(refusal)) from refusal
        return self.answer(claim.pk, 201)


class AlternativeDetail(ClaimView):
    """One other explanation."""

    writing = Permission.TAKE_PART

    @extend_schema(operation_id="partnerships_goals_claims_alternatives_examine", request=ExamineIn, responses=ClaimOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Say what was found; counts for the rung when the caller did not write the claim (R-I12)."""
        claim = self.claim(Permission.TAKE_PART)
        alternative = get_object_or_404(ClaimAlternative, claim=claim, pk=self.kwargs["alternative_id"])
        try:
            examine_alternative(
                alternative=alternative, by=caller(self), today=timezone.localdate(), **self.wanted(ExamineIn)
            )
        except ClaimRefusedError as refusal:
            raise ConflictError(str(refusal)) from refusal
        return self.answer(claim.pk)

    @extend_schema(responses=ClaimOut)
    def delete(self, request: Request, **kwargs: Any) -> Response:
        """Take it out; 409 when the claim's own words were too strong then."""
        claim = self.claim(Permission.EDIT_GOALS)
        alternative = get_object_or_404(ClaimAlternative, claim=claim, pk=self.kwargs["alternative_id"])
        try:
            remove_alternative(alternative=alternative, by=caller(self))
        except ClaimRefusedError as refusal:
            raise ConflictError(str(refusal)) from refusal
        return self.answer(claim.pk)
