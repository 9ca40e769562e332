"""How a partnership speaks on social media: the plan, the goals it serves and its channels (domain 7.7)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.tenancy.models import TenantForeignKey, TenantModel
from goals.models import Goal
from partnerships.models import Partnership, PartnershipMember


class SocialPlan(TenantModel):
    """One plan a partnership. ``languages`` are the codes posts are written in, with spaces between them."""

    partnership = TenantForeignKey(Partnership, related_name="social_plans")
    objectives = models.TextField(max_length=2000, blank=True)
    audiences = models.CharField(max_length=300, blank=True)
    languages = models.CharField(max_length=120, blank=True)
    rhythm = models.CharField(max_length=200, blank=True)
    image_rule = models.TextField(max_length=1000, blank=True)
    voice = models.TextField(max_length=1000, blank=True)
    pillars = models.TextField(max_length=1000, blank=True)
    approval_path = models.TextField(max_length=1000, blank=True)
    accessibility = models.TextField(max_length=1000, blank=True)
    credit_rule = models.TextField(max_length=1000, blank=True)
    moderation = models.TextField(max_length=1000, blank=True)
    crisis_steps = models.TextField(max_length=1000, blank=True)
    measures = models.TextField(max_length=1000, blank=True)
    review_on = models.DateField()
    reviewed_on = models.DateField(null=True, blank=True)
    review_note = models.TextField(max_length=1000, blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("social media plan")
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "partnership"], name="engagement_socialplan_once"),
        ]

    def __str__(self) -> str:
        return str(self.partnership)

    @property
    def language_codes(self) -> list[str]:
        """The languages its posts are written in."""
        return self.languages.split()


class SocialPlanGoal(TenantModel):
    """That the plan serves a goal."""

    plan = TenantForeignKey(SocialPlan, related_name="goal_links")
    goal = TenantForeignKey(Goal, related_name="social_plan_links")

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "plan", "goal"], name="engagement_socialplangoal_once"),
        ]

    def __str__(self) -> str:
        return str(self.goal)


class SocialChannel(TenantModel):
    """A place where posts appear, the organisation it belongs to and the person who publishes there."""

    class Kind(models.TextChoices):
        FACEBOOK = "facebook", "Facebook"
        INSTAGRAM = "instagram", "Instagram"
        LINKEDIN = "linkedin", "LinkedIn"
        MASTODON = "mastodon", "Mastodon"
        BLUESKY = "bluesky", "Bluesky"
        THREADS = "threads", "Threads"
        X = "x", "X"
        YOUTUBE = "youtube", "YouTube"
        WHATSAPP = "whatsapp", "WhatsApp"
        TELEGRAM = "telegram", "Telegram"
        WEBSITE = "website", pgettext_lazy("channel", "Website")
        NEWSLETTER = "newsletter", pgettext_lazy("channel", "Newsletter")
        NOTICE_BOARD = "notice_board", pgettext_lazy("channel", "Notice board")

    partnership = TenantForeignKey(Partnership, related_name="social_channels")
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.FACEBOOK)
    name = models.CharField(max_length=80)
    url = models.URLField(max_length=300, blank=True)
    owner = TenantForeignKey(PartnershipMember, null=True, blank=True)
    publisher = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    is_used = models.BooleanField(default=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("channel")
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "partnership", "name"],
                name="engagement_socialchannel_name_once",
                violation_error_message=_("There is a channel of this name already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
