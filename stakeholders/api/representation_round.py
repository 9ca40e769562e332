"""Rounds of slips that answer without a name, in the API; answering itself is a page only."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from stakeholders.api.representation import AuditView, refusals_as_conflicts
from stakeholders.operations.representation_round import end_round, hand_out_slips
from stakeholders.rules.representation_slip import FEWEST_SLIPS, MOST_SLIPS


class SlipsIn(serializers.Serializer[Any]):
    """How many slips, and the last day to answer."""

    number = serializers.IntegerField(min_value=FEWEST_SLIPS, max_value=MOST_SLIPS)
    ends_on = serializers.DateField()


class SlipsOut(serializers.Serializer[Any]):
    """The link and the codes, told this once."""

    url = serializers.URLField()
    codes = serializers.ListField(child=serializers.CharField())
    ends_on = serializers.DateField()


class AuditRound(AuditView):
    """A round of slips that answer without a name."""

    @extend_schema(request=SlipsIn, responses={201: SlipsOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Hand out slips; 409 when it is closed, counted in another way or its counts are shown already."""
        audit = self.found()
        wanted = SlipsIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        with refusals_as_conflicts():
            handed_out = hand_out_slips(audit=audit, by=self.person, **wanted.validated_data)
        return Response(SlipsOut(handed_out).data, status=status.HTTP_201_CREATED)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, **kwargs: Any) -> Response:
        """End it, unused slips with it."""
        end_round(audit=self.found(), by=self.person)
        return Response(status=status.HTTP_204_NO_CONTENT)
