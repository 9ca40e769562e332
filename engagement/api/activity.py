"""Activities in the API: planning, announcing, and closing the loop."""

import uuid
from collections.abc import Callable
from typing import Any, ClassVar

from django.core.validators import MinValueValidator
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
from engagement.models import ActivityQuote, EngagementActivity, Level
from engagement.operations.activity import (
    ActivityRefusedError,
    add_quote,
    announce_activity,
    answer_activity,
    cancel_activity,
    change_activity,
    close_activity,
    hold_activity,
    plan_activity,
    publish_summary,
    remove_quote,
)
from engagement.queries.activity import activity_list, answers_of, decisions_to_name, promise_of, themes_to_name
from goals.models import Goal
from goals.queries.goal import goals_visible_to
from partnerships.models import Partnership
from partnerships.queries.partnership import partnership_at
from partnerships.rules.meeting import EARLIEST

MOST_COUNTED = 1_000_000
MOST_CENTS = 10**11


class ActivityOut(serializers.ModelSerializer[EngagementActivity]):
    """An activity as the API shows it, with the promise of its level."""

    goal = serializers.SerializerMethodField()
    promise = serializers.SerializerMethodField()

    class Meta:
        model = EngagementActivity
        fields = [
            "id", "number", "title", "kind", "level", "promise", "goal", "question", "what_is_open", "what_is_fixed",
            "who_decides", "decided_by", "target_groups", "outreach_plan", "starts_at", "ends_at", "place",
            "online_link", "step_free", "has_childcare", "languages", "other_ways", "access_note", "facilitators",
            "budget_cents", "compensation", "takes_registrations", "capacity", "hours_to_accept",
            "expected_participants", "head_count", "outputs", "report_back_by", "state", "summary", "cancelled_reason",
            "announced_on", "summarised_on", "answered_on", "closed_on", "sequence",
        ]  # fmt: skip
        read_only_fields = fields

    def get_goal(self, activity: EngagementActivity) -> int | None:
        """The number of the goal it serves."""
        return activity.goal.number if activity.goal else None

    def get_promise(self, activity: EngagementActivity) -> str:
        """In the caller's language."""
        return promise_of(activity)


class ActivityChangeIn(serializers.Serializer[Any]):
    """What of an activity shall change; the rest stays. ``goal`` is the number of one."""

    title = CleanTextField(max_length=120, required=False)
    kind = serializers.ChoiceField(choices=EngagementActivity.Kind.choices, required=False)
    level = serializers.ChoiceField(choices=Level.choices, required=False)
    goal = serializers.IntegerField(min_value=1, max_value=MOST_COUNTED, required=False, allow_null=True)
    question = CleanTextField(max_length=300, required=False)
    what_is_open = CleanTextField(max_length=1000, multiline=True, required=False, allow_blank=True)
    what_is_fixed = CleanTextField(max_length=1000, multiline=True, required=False, allow_blank=True)
    who_decides = CleanTextField(max_length=200, required=False, allow_blank=True)
    decided_by = serializers.DateField(required=False, allow_null=True)
    target_groups = CleanTextField(max_length=300, required=False, allow_blank=True)
    outreach_plan = CleanTextField(max_length=1000, multiline=True, required=False, allow_blank=True)
    starts_at = serializers.DateTimeField(validators=[MinValueValidator(EARLIEST)], required=False, allow_null=True)
    ends_at = serializers.DateTimeField(validators=[MinValueValidator(EARLIEST)], required=False, allow_null=True)
    place = CleanTextField(max_length=200, required=False, allow_blank=True)
    online_link = serializers.URLField(max_length=300, required=False, allow_blank=True)
    step_free = serializers.ChoiceField(choices=EngagementActivity.StepFree.choices, required=False)
    has_childcare = serializers.BooleanField(required=False)
    languages = CleanTextField(max_length=120, required=False, allow_blank=True)
    other_ways = CleanTextField(max_length=300, required=False, allow_blank=True)
    access_note = CleanTextField(max_length=500, required=False, allow_blank=True)
    facilitators = CleanTextField(max_length=200, required=False, allow_blank=True)
    budget_cents = serializers.IntegerField(min_value=0, max_value=MOST_CENTS, required=False, allow_null=True)
    compensation = CleanTextField(max_length=300, required=False, allow_blank=True)
    takes_registrations = serializers.BooleanField(required=False)
    capacity = serializers.IntegerField(min_value=1, max_value=10_000, required=False, allow_null=True)
    hours_to_accept = serializers.IntegerField(min_value=2, max_value=336, required=False)
    expected_participants = serializers.IntegerField(min_value=0, max_value=10_000, required=False, allow_null=True)
    report_back_by = serializers.DateField(required=False, allow_null=True)


class ActivityIn(ActivityChangeIn):
    """An activity to plan; nobody is told yet."""

    title = CleanTextField(max_length=120)
    question = CleanTextField(max_length=300)


class ActivityHeldIn(serializers.Serializer[Any]):
    """How many came; null where nobody counted."""

    head_count = serializers.IntegerField(min_value=0, max_value=MOST_COUNTED, allow_null=True)


class ActivitySummaryIn(serializers.Serializer[Any]):
    """What was said in plain words; ``names_checked`` says that a person looked for names."""

    summary = CleanTextField(max_length=6000, multiline=True)
    outputs = CleanTextField(max_length=2000, multiline=True, required=False, allow_blank=True)
    names_checked = serializers.BooleanField()


class ActivityQuoteIn(serializers.Serializer[Any]):
    """Words somebody said; ``has_consent`` that they agreed to see them published without a name."""

    words = CleanTextField(max_length=500, multiline=True)
    has_consent = serializers.BooleanField()


class ActivityQuoteOut(serializers.ModelSerializer[ActivityQuote]):
    """Published words."""

    class Meta:
        model = ActivityQuote
        fields = ["id", "words", "consent_on"]
        read_only_fields = fields


class ActivityAnswerIn(serializers.Serializer[Any]):
    """What came of it: the id of a published theme, or of a decision residents are told of."""

    theme_id = serializers.UUIDField(required=False)
    decision_id = serializers.UUIDField(required=False)


class ActivityAnswersOut(serializers.Serializer[Any]):
    """What came of it and is public."""

    themes = serializers.ListField(child=serializers.UUIDField())
    decisions = serializers.ListField(child=serializers.UUIDField())


class ActivityCancelIn(serializers.Serializer[Any]):
    """Why it does not take place; everybody who registered reads it."""

    reason = CleanTextField(max_length=300)


class ActivityView(SpaceAPIView):
    """Activities of the partnership in the address."""

    reading: ClassVar[Permission | None] = Permission.SEE_PARTNERSHIP
    writing: ClassVar[Permission | None] = Permission.ANSWER_RESIDENTS
    serializer_class: Any = ActivityOut

    def partnership(self) -> Partnership:
        """The partnership; 404 out of sight."""
        return or_404(partnership_at.first(self.viewer, slug=self.kwargs["slug"]))

    def activity(self) -> EngagementActivity:
        """The activity in the address; 404 out of sight."""
        rows = activity_list(self.viewer, self.partnership())
        found: EngagementActivity = get_object_or_404(rows, number=self.kwargs["number"])
        return found

    def editable(self) -> EngagementActivity:
        """The activity, which the caller prepares; 403 for who only reads."""
        found = self.activity()
        self.require(Permission.ANSWER_RESIDENTS, found.partnership.scope_id)
        return found

    def asked(self, serializer: type[serializers.Serializer[Any]]) -> dict[str, Any]:
        """What the caller sent; 400 with what has to be corrected."""
        wanted = serializer(data=self.request.data)
        wanted.is_valid(raise_exception=True)
        return dict(wanted.validated_data)

    def fields_of(self, serializer: type[serializers.Serializer[Any]], partnership: Partnership) -> dict[str, Any]:
        """An activity's fields with the goal itself; 400 for a number no visible goal has."""
        asked = self.asked(serializer)
        if asked.get("goal") is not None:
            goal: Goal | None = (
                goals_visible_to(self.viewer).filter(partnership=partnership, number=asked["goal"]).first()
            )
            if goal is None:
                raise serializers.ValidationError({"goal": [str(asked["goal"])]})
            asked["goal"] = goal
        return asked

    @staticmethod
    def done[Made](act: Callable[[], Made]) -> Made:
        """What a step makes; 409 with the reason where state or rules do not allow it."""
        try:
            return act()
        except ActivityRefusedError as refusal:
            raise ConflictError(str(refusal)) from refusal


class ActivityList(ActivityView):
    """The activities of a partnership."""

    @extend_schema(responses=ActivityOut(many=True))
    def get(self, request: Request, **kwargs: Any) -> Response:
        """A page of them, those without a day first, then the latest."""
        rows = activity_list(self.viewer, self.partnership())
        return self.get_paginated_response(ActivityOut(self.paginate_queryset(rows), many=True).data)

    @extend_schema(request=ActivityIn, responses={201: ActivityOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Plan one; 400 when it would end before it begins."""
        partnership = self.partnership()
        self.require(Permission.ANSWER_RESIDENTS, partnership.scope_id)
        activity = plan_activity(partnership=partnership, by=self.person, **self.fields_of(ActivityIn, partnership))
        return Response(ActivityOut(activity).data, status=status.HTTP_201_CREATED)


class ActivityDetail(ActivityView):
    """One activity."""

    @extend_schema(responses=ActivityOut)
    def get(self, request: Request, **kwargs: Any) -> Response:
        """The activity."""
        return Response(ActivityOut(self.activity()).data)

    @extend_schema(request=ActivityChangeIn, responses=ActivityOut)
    def patch(self, request: Request, **kwargs: Any) -> Response:
        """Change it; who registered is told of another name, time or place. 409 once it is over."""
        activity = self.editable()
        fields = self.fields_of(ActivityChangeIn, activity.partnership)
        return Response(
            ActivityOut(self.done(lambda: change_activity(activity=activity, by=self.person, **fields))).data
        )


class ActivityAnnounce(ActivityView):
    """Telling everybody."""

    reading = None

    @extend_schema(request=None, responses=ActivityOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Announce it; 409 with the rules that stop it (R-E1 to R-E3)."""
        activity = self.editable()
        announced, _findings = self.done(lambda: announce_activity(activity=activity, by=self.person))
        return Response(ActivityOut(announced).data)


class ActivityHold(ActivityView):
    """That it took place."""

    reading = None

    @extend_schema(request=ActivityHeldIn, responses=ActivityOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Write it down; 409 before it begins."""
        activity, asked = self.editable(), self.asked(ActivityHeldIn)
        return Response(ActivityOut(self.done(lambda: hold_activity(activity=activity, by=self.person, **asked))).data)


class ActivitySummary(ActivityView):
    """What was said."""

    reading = None

    @extend_schema(request=ActivitySummaryIn, responses=ActivityOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Publish it; 409 unless somebody looked for names (R-E5)."""
        activity, asked = self.editable(), self.asked(ActivitySummaryIn)
        return Response(
            ActivityOut(self.done(lambda: publish_summary(activity=activity, by=self.person, **asked))).data
        )


class ActivityQuotes(ActivityView):
    """Somebody's own words."""

    serializer_class = ActivityQuoteOut
    pagination_class = None

    @extend_schema(responses=ActivityQuoteOut(many=True))
    def get(self, request: Request, **kwargs: Any) -> Response:
        """All that are published."""
        return Response(ActivityQuoteOut(self.activity().quotes.order_by("id"), many=True).data)

    @extend_schema(request=ActivityQuoteIn, responses={201: ActivityQuoteOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Publish some; 409 without the speaker's consent."""
        activity, asked = self.editable(), self.asked(ActivityQuoteIn)
        quote = self.done(lambda: add_quote(activity=activity, by=self.person, **asked))
        return Response(ActivityQuoteOut(quote).data, status=status.HTTP_201_CREATED)


class ActivityQuoteDetail(ActivityView):
    """One of them."""

    reading = None
    serializer_class = ActivityQuoteOut

    @extend_schema(responses={204: None})
    def delete(self, request: Request, activity_quote_id: uuid.UUID, **kwargs: Any) -> Response:
        """Take it back, as whoever said it may ask at any time."""
        quotes = ActivityQuote.objects.filter(activity=self.editable()).select_related("activity__partnership")
        remove_quote(quote=get_object_or_404(quotes, pk=activity_quote_id), by=self.person)
        return Response(status=status.HTTP_204_NO_CONTENT)


class ActivityAnswers(ActivityView):
    """What came of it."""

    serializer_class = ActivityAnswersOut

    @extend_schema(responses=ActivityAnswersOut)
    def get(self, request: Request, **kwargs: Any) -> Response:
        """What is public still."""
        return self._told(self.activity())

    @extend_schema(request=ActivityAnswerIn, responses={201: ActivityAnswersOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Name one more; 400 for what is not public, 409 before the summary."""
        activity, asked = self.editable(), self.asked(ActivityAnswerIn)
        theme = decision = None
        if "theme_id" in asked:
            theme = get_object_or_404(themes_to_name(activity.partnership), pk=asked["theme_id"])
        if "decision_id" in asked:
            decision = get_object_or_404(decisions_to_name(activity.partnership), pk=asked["decision_id"])
        self.done(lambda: answer_activity(activity=activity, theme=theme, decision=decision, by=self.person))
        return self._told(activity, status.HTTP_201_CREATED)

    def _told(self, activity: EngagementActivity, code: int = status.HTTP_200_OK) -> Response:
        themes, decisions = answers_of(activity)
        told = {"themes": [one.pk for one in themes], "decisions": [one.pk for one in decisions]}
        return Response(ActivityAnswersOut(told).data, status=code)


class ActivityClose(ActivityView):
    """Closing the loop."""

    reading = None

    @extend_schema(request=None, responses=ActivityOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Close it; 409 while nothing public came back (R-E1)."""
        activity = self.editable()
        return Response(ActivityOut(self.done(lambda: close_activity(activity=activity, by=self.person))).data)


class ActivityCancel(ActivityView):
    """Calling it off."""

    reading = None

    @extend_schema(request=ActivityCancelIn, responses=ActivityOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Call it off; everybody who registered is mailed once. 409 once it is over."""
        activity, asked = self.editable(), self.asked(ActivityCancelIn)
        return Response(
            ActivityOut(self.done(lambda: cancel_activity(activity=activity, by=self.person, **asked))).data
        )
