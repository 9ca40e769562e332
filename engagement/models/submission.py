"""What a resident sends from a public form (domain 7.3)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.tenancy.keys import new_anonymous_id
from core.tenancy.models import TenantForeignKey, TenantModel
from engagement.models.theme import Theme, WhyNot
from partnerships.models import Partnership, PartnershipMember


class Submission(TenantModel):
    """Kept without address, browser or exact time; the code is the only way back to it (PRI-04)."""

    class Category(models.TextChoices):
        IDEA = "idea", _("An idea")
        NEED = "need", _("Something we need")
        PROBLEM = "problem", _("A problem")
        PRAISE = "praise", _("Praise")
        COMPLAINT = "complaint", _("A complaint")
        QUESTION = "question", _("A question")

    class State(models.TextChoices):
        RECEIVED = "received", _("Received")
        ACKNOWLEDGED = "acknowledged", pgettext_lazy("message", "Read")
        TRIAGED = "triaged", _("Sorted")
        MERGED = "merged", _("Joined with another")
        REDIRECTED = "out_of_scope_redirected", pgettext_lazy("message", "Passed on")
        REFERRED = "urgent_referred", _("Taken to who can act")
        ASSIGNED = "assigned", _("With somebody")
        ANSWERED = "answered", _("Answered")
        PLANNED = "action_planned", _("Planned")
        DONE = "done", _("Done")
        NOT_POSSIBLE = "not_possible", _("Not possible")
        CLOSED = "loop_closed", _("Closed")
        SPAM = "spam", _("Not a message")
        WITHDRAWN = "withdrawn", _("Taken back")

    class Channel(models.TextChoices):
        WEB = "web", _("On the site")
        QR = "QR", _("By QR code")
        PAPER = "paper_entered", _("On paper")
        PHONE = "phone", _("By telephone")
        MEETING = "meeting", _("At a meeting")

    class Moderation(models.TextChoices):
        ADVERTISING = "advertising", _("Advertising")
        INSULT = "insult", _("Insults or threats only")
        PERSONAL = "personal", _("Private matters of other people")
        NONSENSE = "nonsense", _("Nonsense or a test")

    id = models.UUIDField(primary_key=True, default=new_anonymous_id, editable=False)
    partnership = TenantForeignKey(Partnership, related_name="submissions")
    category = models.CharField(max_length=10, choices=Category.choices)
    text = models.TextField(max_length=2000)
    place = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=8)
    contact_email = models.EmailField(blank=True)
    # Written by somebody under 14 with a parent or guardian who agrees (PRI-03).
    has_guardian = models.BooleanField(default=False, db_default=False)
    notice_version = models.PositiveSmallIntegerField(default=1)
    consented_hour = models.DateTimeField()
    received_hour = models.DateTimeField()
    code_hash = models.CharField(max_length=64)
    # What makes two texts the same message; emptied with the text.
    text_key = models.CharField(max_length=64, blank=True)
    duplicate_of = TenantForeignKey("self", null=True, blank=True, related_name="duplicates")
    state = models.CharField(max_length=24, choices=State.choices, default=State.RECEIVED)
    # What was decided last; stays when the loop is closed.
    outcome = models.CharField(max_length=24, choices=State.choices, blank=True)
    why_not = models.CharField(max_length=29, choices=WhyNot.choices, blank=True)
    passed_to = models.CharField(max_length=160, blank=True)
    channel = models.CharField(max_length=13, choices=Channel.choices, default=Channel.WEB)
    wants_reply = models.BooleanField(default=True)
    is_urgent = models.BooleanField(default=False)
    moderation = models.CharField(max_length=11, choices=Moderation.choices, blank=True)
    # A complaint about a member: its people neither see nor handle it (R-E8).
    about_member = TenantForeignKey(PartnershipMember, null=True, blank=True, related_name="complaints")
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    themes = models.ManyToManyField(Theme, through="engagement.SubmissionTheme", related_name="submissions")
    answered_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "code_hash"], name="engagement_submission_code_once"),
        ]
        indexes = [
            models.Index(fields=["tenant", "partnership", "state", "-received_hour"], name="submission_by_state"),
            models.Index(fields=["tenant", "partnership", "text_key"], name="submission_by_text"),
            models.Index(fields=["tenant", "duplicate_of"], name="submission_by_first"),
            models.Index(
                fields=["tenant", "assigned_to"],
                condition=models.Q(assigned_to__isnull=False),
                name="submission_by_assigned",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.category} {self.received_hour:%Y-%m-%d}"


class SubmissionReply(TenantModel):
    """An answer to one resident, read with their code and mailed when they left an address."""

    submission = TenantForeignKey(Submission, related_name="replies")
    text = models.TextField(max_length=4000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        indexes = [models.Index(fields=["tenant", "submission", "at"], name="reply_by_submission")]

    def __str__(self) -> str:
        return f"reply {self.at:%Y-%m-%d}"
