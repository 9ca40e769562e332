"""The social media plan in the API, and its channels."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from core.access.permissions import Permission
from core.api.fields import CleanTextField
from core.api.problems import ConflictError
from core.api.views import SpaceAPIView
from core.web.lookup import or_404
from engagement.models import SocialChannel, SocialPlan
from engagement.operations.social_plan import (
    ChannelInUseError,
    remove_channel,
    review_social_plan,
    save_channel,
    save_social_plan,
)
from engagement.queries.social_plan import channels_of, people_to_publish, social_plans_visible_to
from goals.queries.goal import goals_visible_to
from partnerships.models import Partnership
from partnerships.queries.member import active_members
from partnerships.queries.partnership import partnership_at

MOST_GOALS = 50
MOST_COUNTED = 1_000_000


class SocialPlanOut(serializers.ModelSerializer[SocialPlan]):
    """A plan; ``goals`` are the numbers of those it serves."""

    languages = serializers.SerializerMethodField()
    goals = serializers.SerializerMethodField()

    class Meta:
        model = SocialPlan
        fields = [
            "id", "objectives", "goals", "audiences", "languages", "rhythm", "image_rule", "voice", "pillars",
            "approval_path", "accessibility", "credit_rule", "moderation", "crisis_steps", "measures", "review_on",
            "reviewed_on", "review_note",
        ]  # fmt: skip
        read_only_fields = fields

    def get_languages(self, plan: SocialPlan) -> list[str]:
        """Codes of the languages posts are written in."""
        return plan.language_codes

    def get_goals(self, plan: SocialPlan) -> list[int]:
        """Only those the caller sees."""
        links = plan.goal_links.filter(goal__in=goals_visible_to(self.context["viewer"]))
        return list(links.order_by("goal__number").values_list("goal__number", flat=True))


class SocialPlanIn(serializers.Serializer[Any]):
    """What of a plan shall change; the rest stays. ``goals`` are numbers."""

    objectives = CleanTextField(max_length=2000, multiline=True, required=False, allow_blank=True)
    goals = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=MOST_COUNTED), max_length=MOST_GOALS, required=False
    )
    audiences = CleanTextField(max_length=300, required=False, allow_blank=True)
    languages = serializers.ListField(child=CleanTextField(max_length=10), max_length=20, required=False)
    rhythm = CleanTextField(max_length=200, required=False, allow_blank=True)
    image_rule = CleanTextField(max_length=1000, multiline=True, required=False, allow_blank=True)
    voice = CleanTextField(max_length=1000, multiline=True, required=False, allow_blank=True)
    pillars = CleanTextField(max_length=1000, multiline=True, required=False, allow_blank=True)
    approval_path = CleanTextField(max_length=1000, multiline=True, required=False, allow_blank=True)
    accessibility = CleanTextField(max_length=1000, multiline=True, required=False, allow_blank=True)
    credit_rule = CleanTextField(max_length=1000, multiline=True, required=False, allow_blank=True)
    moderation = CleanTextField(max_length=1000, multiline=True, required=False, allow_blank=True)
    crisis_steps = CleanTextField(max_length=1000, multiline=True, required=False, allow_blank=True)
    measures = CleanTextField(max_length=1000, multiline=True, required=False, allow_blank=True)
    review_on = serializers.DateField(required=False)


class PlanReviewIn(serializers.Serializer[Any]):
    """What somebody found who read the plan through."""

    note = CleanTextField(max_length=1000, multiline=True, required=False, allow_blank=True, default="")


class SocialChannelOut(serializers.ModelSerializer[SocialChannel]):
    """A channel, the organisation it belongs to and who publishes there."""

    class Meta:
        model = SocialChannel
        fields = ["id", "kind", "name", "url", "owner_id", "publisher_id", "is_used"]
        read_only_fields = fields


class SocialChannelChangeIn(serializers.Serializer[Any]):
    """What of a channel shall change. The owner is a member, the publisher an account that takes part."""

    kind = serializers.ChoiceField(choices=SocialChannel.Kind.choices, required=False)
    name = CleanTextField(max_length=80, required=False)
    url = serializers.URLField(max_length=300, required=False, allow_blank=True)
    owner_member_id = serializers.UUIDField(required=False, allow_null=True)
    publisher_user_id = serializers.UUIDField(required=False, allow_null=True)
    is_used = serializers.BooleanField(required=False)


class SocialChannelIn(SocialChannelChangeIn):
    """A channel to add."""

    kind = serializers.ChoiceField(choices=SocialChannel.Kind.choices)
    name = CleanTextField(max_length=80)


class SocialView(SpaceAPIView):
    """What belongs to the social media plan of the partnership in the address."""

    reading: ClassVar[Permission | None] = Permission.SEE_PARTNERSHIP
    writing: ClassVar[Permission | None] = Permission.EDIT_PARTNERSHIP
    serializer_class: Any = SocialPlanOut

    def partnership(self) -> Partnership:
        """The partnership; 404 out of sight."""
        return or_404(partnership_at.first(self.viewer, slug=self.kwargs["slug"]))

    def editable(self) -> Partnership:
        """The partnership, which the caller edits; 403 for who only reads."""
        found = self.partnership()
        self.require(Permission.EDIT_PARTNERSHIP, found.scope_id)
        return found

    def asked(self, serializer: type[serializers.Serializer[Any]]) -> dict[str, Any]:
        """What the caller sent; 400 with what has to be corrected."""
        wanted = serializer(data=self.request.data)
        wanted.is_valid(raise_exception=True)
        return dict(wanted.validated_data)

    def plan_told(self, plan: SocialPlan) -> Response:
        """A plan as the answer."""
        return Response(SocialPlanOut(plan, context={"viewer": self.viewer}).data)


class SocialPlanDetail(SocialView):
    """The plan."""

    @extend_schema(responses=SocialPlanOut)
    def get(self, request: Request, **kwargs: Any) -> Response:
        """The plan; 404 before somebody wrote one."""
        return self.plan_told(get_object_or_404(social_plans_visible_to(self.viewer), partnership=self.partnership()))

    @extend_schema(request=SocialPlanIn, responses=SocialPlanOut)
    def patch(self, request: Request, **kwargs: Any) -> Response:
        """Write it or change it; 400 for a goal or a language that is not there."""
        partnership, asked = self.editable(), self.asked(SocialPlanIn)
        if "languages" in asked:
            asked["languages"] = " ".join(dict.fromkeys(asked["languages"]))
        if "goals" in asked:
            rows = goals_visible_to(self.viewer).filter(partnership=partnership, number__in=asked["goals"])
            found = list(rows)
            if missing := set(asked["goals"]) - {goal.number for goal in found}:
                raise serializers.ValidationError({"goals": [", ".join(map(str, sorted(missing)))]})
            asked["goals"] = found
        return self.plan_told(save_social_plan(partnership=partnership, by=self.person, **asked))


class SocialPlanReview(SocialView):
    """Reading the plan through."""

    reading = None

    @extend_schema(request=PlanReviewIn, responses=SocialPlanOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Say that it was read; it comes up again in a year."""
        plan = get_object_or_404(social_plans_visible_to(self.viewer), partnership=self.editable())
        return self.plan_told(review_social_plan(plan=plan, by=self.person, **self.asked(PlanReviewIn)))


class ChannelView(SocialView):
    """Channels of the partnership in the address."""

    serializer_class = SocialChannelOut

    def channel_fields(self, serializer: type[serializers.Serializer[Any]], partnership: Partnership) -> dict[str, Any]:
        """A channel's fields with owner and publisher themselves; 404 for those of elsewhere."""
        asked = self.asked(serializer)
        if "owner_member_id" in asked:
            key = asked.pop("owner_member_id")
            asked["owner"] = get_object_or_404(active_members(partnership), pk=key) if key else None
        if "publisher_user_id" in asked:
            key = asked.pop("publisher_user_id")
            asked["publisher"] = get_object_or_404(people_to_publish(partnership), pk=key) if key else None
        return asked


class SocialChannels(ChannelView):
    """The channels."""

    @extend_schema(responses=SocialChannelOut(many=True))
    def get(self, request: Request, **kwargs: Any) -> Response:
        """A page of them, those in use first."""
        rows = channels_of(self.viewer, self.partnership())
        return self.get_paginated_response(SocialChannelOut(self.paginate_queryset(rows), many=True).data)

    @extend_schema(request=SocialChannelIn, responses={201: SocialChannelOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Add one; 400 for a name that is there already."""
        partnership = self.editable()
        fields = self.channel_fields(SocialChannelIn, partnership)
        channel = save_channel(partnership=partnership, by=self.person, **fields)
        return Response(SocialChannelOut(channel).data, status=status.HTTP_201_CREATED)


class SocialChannelDetail(ChannelView):
    """One channel."""

    @extend_schema(request=SocialChannelChangeIn, responses=SocialChannelOut)
    def patch(self, request: Request, **kwargs: Any) -> Response:
        """Change it."""
        partnership, channel = self._channel()
        fields = self.channel_fields(SocialChannelChangeIn, partnership)
        kept = save_channel(partnership=partnership, channel=channel, by=self.person, **fields)
        return Response(SocialChannelOut(kept).data)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, **kwargs: Any) -> Response:
        """Take it out; 409 once it was used."""
        _partnership, channel = self._channel()
        try:
            remove_channel(channel=channel, by=self.person)
        except ChannelInUseError as refusal:
            raise ConflictError(str(refusal)) from refusal
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _channel(self) -> tuple[Partnership, SocialChannel]:
        partnership = self.editable()
        rows = channels_of(self.viewer, partnership)
        return partnership, get_object_or_404(rows, pk=self.kwargs["social_channel_id"])
