"""Posts for a partnership's channels: what is said, who agreed, where it stands (domain 7.7).

Nothing here is sent anywhere: people publish, and write down where (R-M4).
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.models import StoredFile
from core.tenancy.models import TenantForeignKey, TenantModel
from engagement.models.picture_consent import PictureConsent
from engagement.models.social_plan import SocialChannel
from goals.models import Goal
from partnerships.models import Partnership, PartnershipMember


class Post(TenantModel):
    """One post from an idea to what was learned of it. ``shared`` names the public page it leads to."""

    class State(models.TextChoices):
        IDEA = "idea", pgettext_lazy("post", "Idea")
        DRAFT = "draft", pgettext_lazy("post", "Draft")
        APPROVED = "approved", pgettext_lazy("post", "Approved")
        SCHEDULED = "scheduled", pgettext_lazy("post", "Scheduled")
        PUBLISHED = "published", pgettext_lazy("post", "Published")
        REVIEWED = "reviewed", pgettext_lazy("post", "Looked back on")
        WITHDRAWN = "withdrawn", pgettext_lazy("post", "Withdrawn")

    class People(models.TextChoices):
        UNSAID = "", _("Not said yet")
        NOBODY = "nobody", _("Nobody can be recognised")
        CONSENTED = "consented", _("People who agreed")

    partnership = TenantForeignKey(Partnership, related_name="posts")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=120)
    channel = TenantForeignKey(SocialChannel, null=True, blank=True, related_name="posts")
    planned_at = models.DateTimeField(null=True, blank=True)
    goal = TenantForeignKey(Goal, null=True, blank=True, related_name="posts")
    shared = models.CharField(max_length=40, blank=True)
    link = models.URLField(max_length=300, blank=True)
    picture = TenantForeignKey(StoredFile, null=True, blank=True)
    people_shown = models.CharField(max_length=9, choices=People.choices, blank=True, default=People.UNSAID)
    state = models.CharField(max_length=9, choices=State.choices, default=State.IDEA)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    approved_alone_because = models.CharField(max_length=300, blank=True)
    published_on = models.DateField(null=True, blank=True)
    published_link = models.URLField(max_length=300, blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)
    taken_down_on = models.DateField(null=True, blank=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("post")
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "partnership", "number"], name="engagement_post_number_once"),
            models.CheckConstraint(
                condition=~models.Q(state="scheduled") | models.Q(planned_at__isnull=False, channel__isnull=False),
                name="engagement_post_scheduled_with_day",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["published", "reviewed"]) | models.Q(published_on__isnull=False),
                name="engagement_post_published_on_a_day",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "partnership", "planned_at"], name="post_by_partnership"),
            models.Index(fields=["tenant", "state", "planned_at"], name="post_by_state"),
        ]

    def __str__(self) -> str:
        return self.title


class PostText(TenantModel):
    """What a post says in one language, and what its picture shows for those who do not see it."""

    post = TenantForeignKey(Post, related_name="texts")
    language_code = models.CharField(max_length=10)
    text = models.TextField(max_length=5000, blank=True)
    alt = models.CharField(max_length=500, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "post", "language_code"], name="engagement_posttext_once"),
        ]

    def __str__(self) -> str:
        return self.text[:80]


class PostConsent(TenantModel):
    """That a post rests on somebody's consent to be shown."""

    post = TenantForeignKey(Post, related_name="consent_links")
    consent = TenantForeignKey(PictureConsent, related_name="post_links")

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "post", "consent"], name="engagement_postconsent_once"),
        ]
        indexes = [models.Index(fields=["tenant", "consent"], name="postconsent_by_consent")]

    def __str__(self) -> str:
        return str(self.consent)


class PostMention(TenantModel):
    """A partner a post names or whose logo it shows. ``agreed_how``: who agreed to this one, beside the agreement."""

    post = TenantForeignKey(Post, related_name="mentions")
    member = TenantForeignKey(PartnershipMember)
    shows_logo = models.BooleanField(default=False)
    agreed_how = models.CharField(max_length=200, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "post", "member"], name="engagement_postmention_once"),
        ]

    def __str__(self) -> str:
        return str(self.member)


class PostReach(TenantModel):
    """How far a post went: communication, never impact. No indicator is fed from here (R-M3).

    An empty figure was not looked up; it is not zero.
    """

    post = TenantForeignKey(Post, related_name="reach")
    read_on = models.DateField()
    people_reached = models.PositiveIntegerField(null=True, blank=True)
    reactions = models.PositiveIntegerField(null=True, blank=True)
    comments = models.PositiveIntegerField(null=True, blank=True)
    shares = models.PositiveIntegerField(null=True, blank=True)
    clicks = models.PositiveIntegerField(null=True, blank=True)
    learned = models.CharField(max_length=500, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "post"], name="engagement_postreach_once"),
        ]

    def __str__(self) -> str:
        return f"{self.read_on:%Y-%m-%d}"
