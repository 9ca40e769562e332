"""The gates of a partnership and its checklist for closing in the API."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from core.access.permissions import Permission
from core.api.fields import CleanTextField
from core.api.problems import ConflictError
from core.api.views import SpaceAPIView
from core.web.lookup import or_404
from partnerships.gates import gate_states
from partnerships.models import ClosingStep, Partnership
from partnerships.operations.closing import ClosingRefusedError, settle_closing_step
from partnerships.queries.closing import closing_rows
from partnerships.queries.partnership import partnership_at
from partnerships.rules.partnership import next_states


class GateOut(serializers.Serializer[Any]):
    """A condition of a step; ``blocks``: in the mode of the partnership it is passed with a written reason only."""

    code = serializers.CharField()
    words = serializers.CharField(source="label")
    is_open = serializers.BooleanField()
    blocks = serializers.BooleanField()


class StepAheadOut(serializers.Serializer[Any]):
    """A state the partnership may go to next, with what is asked before."""

    to = serializers.ChoiceField(choices=Partnership.State.choices)
    gates = GateOut(many=True)


class StepsAheadOut(serializers.Serializer[Any]):
    """Every state that may follow."""

    results = StepAheadOut(many=True)


class PartnershipGates(SpaceAPIView):
    """What is asked before a partnership goes on."""

    reading = Permission.SEE_PARTNERSHIP
    serializer_class = StepsAheadOut

    @extend_schema(responses=StepsAheadOut)
    def get(self, request: Request, slug: str, **kwargs: Any) -> Response:
        """Each state that may follow with its gates, checked now."""
        partnership = or_404(partnership_at.first(self.viewer, slug=slug))
        ahead = [{"to": to, "gates": gate_states(partnership, to)} for to in next_states(partnership.state)]
        return Response(StepsAheadOut({"results": ahead}).data)


class ClosingRowOut(serializers.Serializer[Any]):
    """A point of the checklist for closing."""

    kind = serializers.ChoiceField(choices=ClosingStep.Kind.choices)
    note = serializers.CharField()
    settled_on = serializers.DateField(allow_null=True)


class ClosingOut(serializers.Serializer[Any]):
    """The whole checklist."""

    results = ClosingRowOut(many=True)


class ClosingIn(serializers.Serializer[Any]):
    """A point settled, or open again."""

    kind = serializers.ChoiceField(choices=ClosingStep.Kind.choices)
    settled = serializers.BooleanField()
    note = CleanTextField(max_length=500, required=False, default="", allow_blank=True)


class PartnershipClosing(SpaceAPIView):
    """What has to be settled before a partnership is closed."""

    reading = Permission.SEE_PARTNERSHIP
    writing = Permission.EDIT_PARTNERSHIP
    serializer_class = ClosingOut

    @extend_schema(responses=ClosingOut)
    def get(self, request: Request, slug: str, **kwargs: Any) -> Response:
        """The seven points."""
        return Response(ClosingOut({"results": closing_rows(self._partnership(slug))}).data)

    @extend_schema(request=ClosingIn, responses=ClosingOut)
    def post(self, request: Request, slug: str, **kwargs: Any) -> Response:
        """Settle a point or open it again; 409 unless winding down and for a lesson without words."""
        partnership = self._partnership(slug)
        self.require(Permission.EDIT_PARTNERSHIP, partnership.scope_id)
        wanted = ClosingIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        fields = wanted.validated_data
        try:
            settle_closing_step(
                partnership=partnership,
                kind=fields["kind"],
                by=self.person,
                is_settled=fields["settled"],
                note=fields["note"],
            )
        except ClosingRefusedError as refusal:
            raise ConflictError(str(refusal)) from refusal
        return Response(ClosingOut({"results": closing_rows(partnership)}).data)

    def _partnership(self, slug: str) -> Partnership:
        return or_404(partnership_at.first(self.viewer, slug=slug))
