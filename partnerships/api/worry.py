"""Worries in the API: one's own, and those told to one as a contact; no role opens others."""

import uuid
from typing import Any, ClassVar

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import exceptions, serializers, status
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from core.access.permissions import Permission
from core.api.fields import CleanTextField
from core.api.problems import ConflictError
from core.api.views import SpaceAPIView
from core.operations.rate import TooOftenError
from core.web.lookup import or_404
from partnerships.models import Worry
from partnerships.operations.worry import (
    WorryRefusedError,
    acknowledge_worry,
    answer_worry,
    close_worry,
    raise_worry,
    turn_to_other_contact,
)
from partnerships.queries.partnership import partnership_at
from partnerships.queries.worry import contacts_offered, open_worry, worries_of


class WorryOut(serializers.ModelSerializer[Worry]):
    """A worry without its words."""

    class Meta:
        model = Worry
        fields = ["id", "code", "state", "raised_at", "acknowledge_by", "acknowledged_at", "answered_at", "closed_at"]
        read_only_fields = fields


class WorrySheetOut(serializers.Serializer[Any]):
    """A worry with its words."""

    worry = WorryOut()
    text = serializers.CharField()
    about = serializers.CharField()
    answer = serializers.CharField()
    is_contact = serializers.BooleanField()


class WorryContactOut(serializers.Serializer[Any]):
    """Somebody the caller can turn to."""

    id = serializers.UUIDField()
    name = serializers.CharField(source="person.name")
    organisation = serializers.CharField(source="member.organisation.name")


class WorryContactsOut(serializers.Serializer[Any]):
    """Whom the caller can turn to in a partnership."""

    results = WorryContactOut(many=True)


class WorryIn(serializers.Serializer[Any]):
    """A worry to raise."""

    text = CleanTextField(max_length=4000, multiline=True)
    contact_id = serializers.UUIDField()
    about_member_id = serializers.UUIDField(required=False, allow_null=True, default=None)


class WorryStepIn(serializers.Serializer[Any]):
    """What is done with a worry; ``text`` is the answer."""

    step = serializers.ChoiceField(choices=["acknowledge", "answer", "close", "turn"])
    text = CleanTextField(max_length=4000, multiline=True, required=False, allow_blank=True, default="")


class WorryList(SpaceAPIView):
    """The caller's worries."""

    reading: ClassVar[Permission | None] = Permission.TAKE_PART
    serializer_class = WorryOut

    @extend_schema(responses=WorryOut(many=True))
    def get(self, request: Request, **kwargs: Any) -> Response:
        """A page of them, newest first."""
        found = self.paginate_queryset(worries_of(self.person))
        return self.get_paginated_response(WorryOut(found, many=True).data)


class WorryRaise(SpaceAPIView):
    """Raising a worry in a partnership."""

    limited = frozenset({"POST"})
    reading: ClassVar[Permission | None] = Permission.TAKE_PART
    writing: ClassVar[Permission | None] = Permission.TAKE_PART
    serializer_class = WorryOut

    @extend_schema(responses=WorryContactsOut)
    def get(self, request: Request, slug: str, **kwargs: Any) -> Response:
        """Whom the caller can turn to."""
        partnership = or_404(partnership_at.first(self.viewer, slug=slug))
        return Response(WorryContactsOut({"results": contacts_offered(partnership, self.person)}).data)

    @extend_schema(request=WorryIn, responses={201: WorryOut})
    def post(self, request: Request, slug: str, **kwargs: Any) -> Response:
        """Tell one of them; 409 for a contact that is too near to it, 429 above ten a day."""
        partnership = or_404(partnership_at.first(self.viewer, slug=slug))
        self.require(Permission.TAKE_PART, partnership.scope_id)
        wanted = WorryIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        fields = wanted.validated_data
        try:
            worry = raise_worry(
                partnership=partnership,
                by=self.person,
                text=fields["text"],
                contact_id=fields["contact_id"],
                about=fields["about_member_id"],
            )
        except WorryRefusedError as refusal:
            raise ConflictError(str(refusal)) from refusal
        except TooOftenError as error:
            raise exceptions.Throttled(wait=error.wait.total_seconds()) from error
        return Response(WorryOut(worry).data, status=status.HTTP_201_CREATED)


class WorryDetail(SpaceAPIView):
    """One worry."""

    reading: ClassVar[Permission | None] = Permission.TAKE_PART
    writing: ClassVar[Permission | None] = Permission.TAKE_PART
    serializer_class = WorrySheetOut

    @extend_schema(responses=WorrySheetOut)
    def get(self, request: Request, worry_id: uuid.UUID, **kwargs: Any) -> Response:
        """Its words, for who raised it and the contact; 404 for everybody else."""
        worry = get_object_or_404(worries_of(self.person), pk=worry_id)
        return Response(WorrySheetOut(open_worry(worry, self.person, today=timezone.localdate())).data)

    @extend_schema(request=WorryStepIn, responses=WorrySheetOut)
    def post(self, request: Request, worry_id: uuid.UUID, **kwargs: Any) -> Response:
        """Acknowledge, answer, close it or turn to the other contact; 409 where that cannot be."""
        worry = get_object_or_404(worries_of(self.person), pk=worry_id)
        wanted = WorryStepIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        try:
            moved = self._moved(worry, **wanted.validated_data)
        except WorryRefusedError as refusal:
            raise ConflictError(str(refusal)) from refusal
        return Response(WorrySheetOut(open_worry(moved, self.person, today=timezone.localdate())).data)

    def _moved(self, worry: Worry, *, step: str, text: str) -> Worry:
        if step == "answer":
            return answer_worry(worry=worry, text=text, by=self.person)
        steps = {"acknowledge": acknowledge_worry, "close": close_worry, "turn": turn_to_other_contact}
        return steps[step](worry=worry, by=self.person)
