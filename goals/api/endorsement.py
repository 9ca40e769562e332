"""Who stands behind a goal, in the API."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from core.access.permissions import Permission
from core.api.fields import CleanTextField
from core.api.problems import ConflictError
from core.api.views import SpaceAPIView
from core.web.lookup import or_404
from goals.api.goal import GoalOut, answered, api_goal, editable_api_goal, refused
from goals.models import EndorsementAnswer, Goal
from goals.operations.endorsement import EndorsementRefusedError, answer_endorsement, record_voice
from goals.operations.endorsement_round import ask_newcomers
from goals.operations.goal import GoalRefusedError, move_goal
from goals.queries.endorsement import (
    adoption_findings_of,
    groups_to_hear,
    members_endorsed_by,
    places_in_open_rounds,
    round_sheets,
    sees_endorsement,
)
from goals.queries.endorsement_matrix import endorsement_matrix
from metrics.api.caller import caller
from partnerships.models import Position
from partnerships.queries.partnership import partnership_at

LONGEST_COMMENT = 1000


class StandAnswerOut(serializers.Serializer[Any]):
    """An answer on the five steps; ``how`` only for what a group of people affected said."""

    position = serializers.IntegerField()
    label = serializers.CharField()  # type: ignore[assignment]  # a field's own attribute of that name
    comment = serializers.CharField()
    name = serializers.CharField()
    on = serializers.DateField()
    how = serializers.CharField()


class GoalStandOut(serializers.Serializer[Any]):
    """Where one of those asked stands; ``answer`` null is no answer, which never counts as a yes."""

    id = serializers.UUIDField()
    member_id = serializers.UUIDField(allow_null=True)
    group_id = serializers.UUIDField(allow_null=True)
    name = serializers.CharField()
    asked_on = serializers.DateField()
    answer = StandAnswerOut(allow_null=True)
    earlier = StandAnswerOut(many=True)


class EndorsementRoundOut(serializers.Serializer[Any]):
    """One wording the partners were asked about, with everybody's answer."""

    number = serializers.IntegerField(source="round.number")
    version_number = serializers.IntegerField(source="round.version_number")
    sentence_en = serializers.CharField(source="sentence.text_en")
    sentence_it = serializers.CharField(source="sentence.text_it")
    asked_on = serializers.DateField(source="round.asked_on")
    answer_by = serializers.DateField(source="round.answer_by")
    outcome = serializers.CharField(source="round.outcome")
    ended_on = serializers.DateField(source="round.ended_on", allow_null=True)
    stands = GoalStandOut(many=True)


class GoalFindingOut(serializers.Serializer[Any]):
    """What keeps the goal from being adopted as the partners agreed."""

    code = serializers.CharField()
    message = serializers.CharField()


class EndorsementOut(serializers.Serializer[Any]):
    """All rounds of a goal, the newest first, and what adopting it still asks."""

    rounds = EndorsementRoundOut(many=True)
    findings = GoalFindingOut(many=True)


class GoalStandIn(serializers.Serializer[Any]):
    """Where a member stands. 1 needs a reason, 2 the changes it asks for."""

    member_id = serializers.UUIDField()
    position = serializers.ChoiceField(choices=Position.choices)
    comment = CleanTextField(max_length=LONGEST_COMMENT, multiline=True, required=False, allow_blank=True, default="")


class GoalVoiceIn(serializers.Serializer[Any]):
    """Where a group of people affected stands, who said it, on which day and how."""

    group_id = serializers.UUIDField()
    position = serializers.ChoiceField(choices=Position.choices)
    comment = CleanTextField(max_length=LONGEST_COMMENT, multiline=True, required=False, allow_blank=True, default="")
    said_by = CleanTextField(max_length=120)
    heard_on = serializers.DateField()
    heard_how = serializers.ChoiceField(choices=EndorsementAnswer.How.choices)


class MatrixCellOut(serializers.Serializer[Any]):
    """One place of the table; null where nobody was asked or answered."""

    name = serializers.CharField()
    position = serializers.IntegerField(source="cell.position", allow_null=True)


class MatrixRowOut(serializers.Serializer[Any]):
    """A goal with where everybody stands on its newest wording."""

    number = serializers.IntegerField()
    title = serializers.CharField()
    state = serializers.CharField()
    asked_on = serializers.DateField(allow_null=True)
    answered = serializers.IntegerField()
    total = serializers.IntegerField()
    stands = MatrixCellOut(many=True, source="named")


class GoalEndorsement(SpaceAPIView):
    """Who stands behind a goal."""

    reading = Permission.SEE_PARTNERSHIP
    writing = Permission.ENDORSE_GOALS
    serializer_class = EndorsementOut

    def get(self, request: Request, **kwargs: Any) -> Response:
        """All rounds with their answers."""
        return Response(_shown(goal_within(self)))

    @extend_schema(request=GoalStandIn, responses=EndorsementOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Answer for one's own organisation; 409 once the round ended."""
        goal = goal_within(self)
        wanted = GoalStandIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        said = dict(wanted.validated_data)
        member_id = said.pop("member_id")
        if member_id not in members_endorsed_by(caller(self), goal.partnership):
            raise PermissionDenied
        place = places_in_open_rounds().filter(round__goal=goal, member_id=member_id).first()
        if place is None:
            raise ConflictError(_("Nobody is asked about this goal now."))
        try:
            answer_endorsement(endorsement=place, by=caller(self), **said)
        except EndorsementRefusedError as refusal:
            raise ConflictError(str(refusal)) from refusal
        return Response(_shown(goal))


class GoalVoices(SpaceAPIView):
    """What groups of people affected said of a goal."""

    writing = Permission.EDIT_GOALS
    serializer_class = GoalVoiceIn

    @extend_schema(request=GoalVoiceIn, responses=EndorsementOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Write it down; 409 while nobody is asked."""
        goal = editable_api_goal(self)
        wanted = GoalVoiceIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        said = dict(wanted.validated_data)
        key = said.pop("group_id")
        group = next((one for one in groups_to_hear(self.viewer, goal.partnership) if one.pk == key), None)
        if group is None:
            raise serializers.ValidationError({"group_id": [str(key)]})
        try:
            record_voice(goal=goal, group=group, by=caller(self), today=timezone.localdate(), **said)
        except EndorsementRefusedError as refusal:
            raise ConflictError(str(refusal)) from refusal
        return Response(_shown(goal))


class GoalAsk(SpaceAPIView):
    """Asking the partners where they stand."""

    writing = Permission.EDIT_GOALS
    serializer_class = GoalOut

    @extend_schema(request=None, responses=GoalOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Begin a round, or ask who joined since it began; 409 for a goal that was not proposed."""
        goal = editable_api_goal(self)
        today = timezone.localdate()
        try:
            if goal.state == Goal.State.IN_ENDORSEMENT:
                ask_newcomers(goal=goal, by=caller(self), today=today)
            else:
                move_goal(goal=goal, to=Goal.State.IN_ENDORSEMENT, by=caller(self), today=today)
        except GoalRefusedError as refusal:
            raise refused(refusal) from refusal
        return answered(self)


class EndorsementMatrix(SpaceAPIView):
    """Who stands where on all goals of a partnership."""

    reading = Permission.SEE_PARTNERSHIP
    serializer_class = MatrixRowOut
    pagination_class = None

    @extend_schema(responses=MatrixRowOut(many=True))
    def get(self, request: Request, slug: str, **kwargs: Any) -> Response:
        """A row for each goal."""
        partnership = or_404(partnership_at.first(self.viewer, slug=slug))
        if not sees_endorsement(self.viewer, partnership):
            raise Http404
        return Response(MatrixRowOut(endorsement_matrix(self.viewer, partnership).rows, many=True).data)


def goal_within(view: SpaceAPIView) -> Goal:
    """The goal of an address for somebody who takes part in its partnership; 404 for others."""
    goal = api_goal(view)
    if not sees_endorsement(view.viewer, goal.partnership):
        raise Http404
    return goal


def _shown(goal: Goal) -> Any:
    is_asked = goal.state == Goal.State.IN_ENDORSEMENT
    findings = adoption_findings_of(goal, today=timezone.localdate()) if is_asked else []
    return EndorsementOut({"rounds": round_sheets(goal), "findings": findings}).data
