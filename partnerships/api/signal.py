"""Early-warning signals in the API."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from core.access.permissions import Permission
from core.api.fields import CleanTextField
from core.api.problems import ConflictError
from core.api.views import SpaceAPIView
from core.web.lookup import or_404
from partnerships.models import Partnership, Signal
from partnerships.operations.signal import (
    SignalRefusedError,
    choose_action,
    dismiss_signal,
    look_for_signals,
    see_signal,
)
from partnerships.queries.member import active_members
from partnerships.queries.partnership import partnership_at
from partnerships.queries.signal import (
    cleared_signals,
    dismissed_signals,
    open_signals,
    signal_row,
    signal_rows,
)
from partnerships.rules.signal import TaskWish

SHOWN = ("open", "dismissed", "cleared")


class SignalOut(serializers.Serializer[Any]):
    """A signal with its sentence in the caller's language."""

    id = serializers.UUIDField(source="signal.pk")
    code = serializers.CharField(source="signal.code")
    challenge = serializers.CharField()
    sentence = serializers.CharField()
    about_id = serializers.UUIDField(source="signal.about_id", allow_null=True)
    about = serializers.CharField()
    facts = serializers.DictField(source="signal.facts")
    rule = serializers.CharField()
    next_step = serializers.CharField()
    state = serializers.ChoiceField(choices=Signal.State.choices, source="signal.state")
    raised_on = serializers.DateField(source="signal.raised_on")
    seen_on = serializers.DateField(source="signal.seen_on", allow_null=True)
    action = serializers.CharField(source="signal.action")
    task_number = serializers.IntegerField(source="signal.task.number", default=None, allow_null=True)
    chosen_on = serializers.DateField(source="signal.chosen_on", allow_null=True)
    dismissal_reason = serializers.CharField(source="signal.dismissal_reason")
    dismissed_on = serializers.DateField(source="signal.dismissed_on", allow_null=True)
    cleared_on = serializers.DateField(source="signal.cleared_on", allow_null=True)


class LookedOut(serializers.Serializer[Any]):
    """What a look changed."""

    raised = serializers.IntegerField()
    raised_again = serializers.IntegerField()
    cleared = serializers.IntegerField()


class SignalStepIn(serializers.Serializer[Any]):
    """What is done with a signal; ``action`` goes with "choose", ``reason`` with "dismiss"."""

    step = serializers.ChoiceField(choices=["seen", "choose", "dismiss"])
    action = CleanTextField(max_length=200, required=False, allow_blank=True, default="")
    as_task = serializers.BooleanField(required=False, default=False)
    member_id = serializers.UUIDField(required=False, allow_null=True, default=None)
    due_on = serializers.DateField(required=False, allow_null=True, default=None)
    reason = CleanTextField(max_length=300, required=False, allow_blank=True, default="")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Who and until when are said of a task only."""
        if not attrs["as_task"] and (alone := [name for name in ("member_id", "due_on") if attrs[name]]):
            raise serializers.ValidationError({name: [_("Only with as_task.")] for name in alone})
        return attrs


class SignalView(SpaceAPIView):
    """Signals of the partnership in the address."""

    reading: ClassVar[Permission | None] = Permission.SEE_PARTNERSHIP
    writing: ClassVar[Permission | None] = None
    serializer_class: Any = SignalOut

    def partnership(self) -> Partnership:
        """The partnership; 404 out of sight."""
        return or_404(partnership_at.first(self.viewer, slug=self.kwargs["slug"]))


class SignalList(SignalView):
    """What may be starting to go wrong."""

    @extend_schema(
        parameters=[OpenApiParameter("show", str, enum=SHOWN, description="Which signals; open ones without it.")],
        responses=SignalOut(many=True),
    )
    def get(self, request: Request, **kwargs: Any) -> Response:
        """A page of them: open ones, those put aside, or those that are over."""
        partnership = self.partnership()
        rows = self.paginate_queryset(self._asked(partnership, request.query_params.get("show", "open")))
        return self.get_paginated_response(SignalOut(signal_rows(self.viewer, rows or []), many=True).data)

    def _asked(self, partnership: Partnership, show: str) -> QuerySet[Signal]:
        if show not in SHOWN:
            raise serializers.ValidationError({"show": [", ".join(SHOWN)]})
        if show == "cleared":
            return cleared_signals(self.viewer, partnership, today=timezone.localdate())
        return (dismissed_signals if show == "dismissed" else open_signals)(self.viewer, partnership)


class SignalLook(SignalView):
    """Looking again."""

    reading = None
    writing = Permission.EDIT_PARTNERSHIP
    serializer_class = LookedOut

    @extend_schema(request=None, responses=LookedOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Look at the partnership now; says what changed."""
        partnership = self.partnership()
        self.require(Permission.EDIT_PARTNERSHIP, partnership.scope_id)
        looked = look_for_signals(today=timezone.localdate(), partnership=partnership, by=self.person)
        return Response(LookedOut(looked).data)


class SignalStep(SignalView):
    """What people do with a signal."""

    reading = None
    writing = Permission.EDIT_PARTNERSHIP

    @extend_schema(request=SignalStepIn, responses=SignalOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Seen, something is done, or put aside with a reason; 409 where that cannot be."""
        partnership = self.partnership()
        self.require(Permission.EDIT_PARTNERSHIP, partnership.scope_id)
        row = signal_row(self.viewer, partnership, self.kwargs["signal_id"])
        if row is None:
            raise Http404
        wanted = SignalStepIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        try:
            self._do(row.signal, wanted.validated_data)
        except SignalRefusedError as refusal:
            raise ConflictError(str(refusal)) from refusal
        return Response(SignalOut(signal_row(self.viewer, partnership, row.signal.pk)).data)

    def _do(self, signal: Signal, fields: dict[str, Any]) -> None:
        if fields["step"] == "seen":
            see_signal(signal=signal, by=self.person)
        elif fields["step"] == "dismiss":
            dismiss_signal(signal=signal, reason=fields["reason"], by=self.person)
        else:
            wish = self._wish(signal, fields) if fields["as_task"] else None
            choose_action(signal=signal, action=fields["action"], task=wish, by=self.person)

    def _wish(self, signal: Signal, fields: dict[str, Any]) -> TaskWish:
        key = fields["member_id"]
        member = get_object_or_404(active_members(signal.partnership), pk=key) if key else None
        return TaskWish(member, fields["due_on"])
