"""What residents are invited to, and what was promised to them before (domain 7.1, 7.2)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.tenancy.models import TenantForeignKey, TenantModel
from engagement.models.theme import Theme
from goals.models import Goal
from partnerships.models import Decision, Partnership


class Level(models.IntegerChoices):
    """How much influence people have, from facts alone to a decision of theirs (domain 7.1)."""

    TELLING = 1, _("Telling")
    LISTENING = 2, _("Listening")
    SHAPING = 3, _("Shaping together")
    DECIDING = 4, _("Deciding together")
    LEADING = 5, _("Community leads")


class EngagementActivity(TenantModel):
    """One activity from its plan to the closed loop. ``sequence`` grows with each change registered people are told."""

    class Kind(models.TextChoices):
        COMMUNITY_MEETING = "community_meeting", _("Community meeting")
        SURVEY = "survey", _("Survey")
        FOCUS_GROUP = "focus_group", _("Focus group")
        WALK = "walk", _("Walk through the area")
        WORKSHOP = "workshop", _("Workshop")
        ASSEMBLY = "assembly", _("Assembly")
        DROP_IN = "drop_in", _("Drop-in")
        ONLINE_FORUM = "online_forum", _("Online forum")
        VOLUNTEER_DAY = "volunteer_day", _("Volunteer day")

    class State(models.TextChoices):
        PLANNED = "planned", pgettext_lazy("activity", "Planned")
        ANNOUNCED = "announced", pgettext_lazy("activity", "Announced")
        HELD = "held", pgettext_lazy("activity", "Held")
        SUMMARISED = "summarised", pgettext_lazy("activity", "Summarised")
        ANSWERED = "answered", pgettext_lazy("activity", "Answered")
        CLOSED = "closed_loop", pgettext_lazy("activity", "Loop closed")
        CANCELLED = "cancelled", pgettext_lazy("activity", "Cancelled")

    class StepFree(models.TextChoices):
        UNKNOWN = "unknown", _("Not known yet")
        YES = "yes", _("Yes, without steps")
        NO = "no", _("No, there are steps")

    partnership = TenantForeignKey(Partnership, related_name="activities")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=120)
    kind = models.CharField(max_length=17, choices=Kind.choices, default=Kind.COMMUNITY_MEETING)
    level = models.PositiveSmallIntegerField(choices=Level.choices, default=Level.LISTENING)
    goal = TenantForeignKey(Goal, null=True, blank=True, related_name="activities")
    question = models.CharField(max_length=300)
    what_is_open = models.TextField(max_length=1000, blank=True)
    what_is_fixed = models.TextField(max_length=1000, blank=True)
    who_decides = models.CharField(max_length=200, blank=True)
    decided_by = models.DateField(null=True, blank=True)
    target_groups = models.CharField(max_length=300, blank=True)
    outreach_plan = models.TextField(max_length=1000, blank=True)
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    place = models.CharField(max_length=200, blank=True)
    online_link = models.URLField(max_length=300, blank=True)
    step_free = models.CharField(max_length=7, choices=StepFree.choices, default=StepFree.UNKNOWN)
    has_childcare = models.BooleanField(default=False)
    languages = models.CharField(max_length=120, blank=True)
    other_ways = models.CharField(max_length=300, blank=True)
    access_note = models.CharField(max_length=500, blank=True)
    facilitators = models.CharField(max_length=200, blank=True)
    budget_cents = models.PositiveBigIntegerField(null=True, blank=True)
    compensation = models.CharField(max_length=300, blank=True)
    takes_registrations = models.BooleanField(default=True)
    capacity = models.PositiveIntegerField(null=True, blank=True)
    hours_to_accept = models.PositiveSmallIntegerField(default=48)
    expected_participants = models.PositiveIntegerField(null=True, blank=True)
    head_count = models.PositiveIntegerField(null=True, blank=True)
    outputs = models.TextField(max_length=2000, blank=True)
    report_back_by = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=11, choices=State.choices, default=State.PLANNED)
    summary = models.TextField(max_length=6000, blank=True)
    names_checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    cancelled_reason = models.CharField(max_length=300, blank=True)
    announced_on = models.DateField(null=True, blank=True)
    summarised_on = models.DateField(null=True, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    sequence = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("activity")
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "partnership", "number"], name="engagement_activity_number_once"),
            models.CheckConstraint(
                condition=models.Q(starts_at__isnull=True)
                | models.Q(ends_at__isnull=True)
                | models.Q(ends_at__gt=models.F("starts_at")),
                name="engagement_activity_ends_after_start",
                violation_error_message=_("It has to end after it begins."),
            ),
            models.CheckConstraint(
                condition=models.Q(state="planned") | models.Q(state="cancelled") | models.Q(starts_at__isnull=False),
                name="engagement_activity_announced_with_day",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "partnership", "-starts_at"], name="activity_by_partnership"),
            models.Index(fields=["tenant", "state", "starts_at"], name="activity_by_state"),
        ]

    def __str__(self) -> str:
        return self.title


class ActivityQuote(TenantModel):
    """Words somebody said at an activity and agreed to see published, without their name (R-E5)."""

    activity = TenantForeignKey(EngagementActivity, related_name="quotes")
    words = models.CharField(max_length=500)
    consent_on = models.DateField()

    class Meta(TenantModel.Meta):
        indexes = [models.Index(fields=["tenant", "activity"], name="quote_by_activity")]

    def __str__(self) -> str:
        return self.words[:80]


class ActivityAnswer(TenantModel):
    """What came back to those who took part: a theme that is published, or a decision everybody is told of (R-E1)."""

    activity = TenantForeignKey(EngagementActivity, related_name="answers")
    theme = TenantForeignKey(Theme, null=True, blank=True, related_name="activity_answers")
    decision = TenantForeignKey(Decision, null=True, blank=True, related_name="activity_answers")

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(theme__isnull=False, decision__isnull=True)
                | models.Q(theme__isnull=True, decision__isnull=False),
                name="engagement_activityanswer_one_of_both",
            ),
            models.UniqueConstraint(
                fields=["tenant", "activity", "theme"], name="engagement_activityanswer_theme_once"
            ),
            models.UniqueConstraint(
                fields=["tenant", "activity", "decision"], name="engagement_activityanswer_decision_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.theme or self.decision)
