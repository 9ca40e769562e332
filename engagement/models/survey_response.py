"""What was answered to a survey, by whom nobody knows (PRI-04), and who was invited."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.rules.bilingual import spoken
from core.tenancy.keys import new_anonymous_id
from core.tenancy.models import TenantForeignKey, TenantModel
from engagement.models.survey import Survey, SurveyVersion
from engagement.models.survey_question import SurveyQuestion


class SurveyResponse(TenantModel):
    """The answers of one person. Kept without address, browser or exact time, and apart from any invitation."""

    class Channel(models.TextChoices):
        WEB = "web", _("Web")
        QR = "qr", _("QR code")
        OFFLINE = "offline", _("Web, sent later")
        ASSISTED = "assisted", _("With help")
        PAPER = "paper_entered", _("Paper, keyed in")
        IMPORTED = "imported", _("From a file")

    class Review(models.TextChoices):
        COUNTED = "counted", _("Counted")
        TO_CHECK = "to_check", _("To be looked at")
        SET_ASIDE = "set_aside", _("Set aside")

    class Reason(models.TextChoices):
        SAME_ANSWERS = "same_answers", _("The same answers as another one")
        STRAIGHT = "straight", _("The same answer to everything")
        NO_ANSWER = "no_answer", _("Nothing was answered")
        OTHER = "other", _("Another reason")

    id = models.UUIDField(primary_key=True, default=new_anonymous_id, editable=False)
    survey = TenantForeignKey(Survey, related_name="responses")
    version = TenantForeignKey(SurveyVersion, related_name="responses")
    # Of the random name that the form gave it: sent twice it is one.
    sent_hash = models.CharField(max_length=64)
    # Equal for equal answers.
    content_key = models.CharField(max_length=64, blank=True)
    answered_hour = models.DateTimeField()
    channel = models.CharField(max_length=13, choices=Channel.choices, default=Channel.WEB)
    language = models.CharField(max_length=5)
    is_pilot = models.BooleanField(default=False)
    review = models.CharField(max_length=9, choices=Review.choices, default=Review.COUNTED)
    review_reason = models.CharField(max_length=12, choices=Reason.choices, blank=True)
    notice_version = models.PositiveSmallIntegerField(null=True, blank=True)
    has_guardian = models.BooleanField(default=False)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "survey", "sent_hash"], name="engagement_surveyresponse_sent_once"
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "version", "review"], name="surveyresponse_counted"),
            models.Index(fields=["tenant", "survey", "content_key"], name="surveyresponse_alike"),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.answered_hour:%Y-%m-%d}"


class SurveyAnswer(TenantModel):
    """One answer: codes (in order where they are ranked), a number or words. Words are read before they are shared."""

    class Reading(models.TextChoices):
        NO_WORDS = "none", _("No words")
        UNREAD = "unread", _("Not read yet")
        CLEAR = "clear", _("May be told")
        WITHHELD = "withheld", _("Not told")

    id = models.UUIDField(primary_key=True, default=new_anonymous_id, editable=False)
    response = TenantForeignKey(SurveyResponse, related_name="answers")
    question = TenantForeignKey(SurveyQuestion, related_name="answers")
    codes = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    number = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    text = models.TextField(max_length=4000, blank=True)
    # The words without names, as a person left them; what may be told is this, never ``text``.
    told_text = models.TextField(max_length=4000, blank=True)
    reading = models.CharField(max_length=8, choices=Reading.choices, default=Reading.NO_WORDS)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "response", "question"], name="engagement_surveyanswer_once"),
            models.CheckConstraint(
                condition=~models.Q(reading="clear") | ~models.Q(told_text=""),
                name="engagement_surveyanswer_clear_says_what",
            ),
        ]
        indexes = [models.Index(fields=["tenant", "question", "reading"], name="surveyanswer_by_question")]

    def __str__(self) -> str:
        return str(self.pk)


class SurveySubject(TenantModel):
    """A subject that people find in the words of several answers to one question."""

    question = TenantForeignKey(SurveyQuestion, related_name="subjects")
    label_en = models.CharField(max_length=120, blank=True)
    label_it = models.CharField(max_length=120, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.CheckConstraint(
                condition=~models.Q(label_en="", label_it=""), name="engagement_surveysubject_has_label"
            ),
        ]
        indexes = [models.Index(fields=["tenant", "question"], name="surveysubject_by_question")]

    def __str__(self) -> str:
        return spoken(self, "label")


class SurveyCoding(TenantModel):
    """That an answer speaks of a subject, as a person read it."""

    id = models.UUIDField(primary_key=True, default=new_anonymous_id, editable=False)
    answer = TenantForeignKey(SurveyAnswer, related_name="codings")
    subject = TenantForeignKey(SurveySubject, related_name="codings")

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "answer", "subject"], name="engagement_surveycoding_once"),
        ]
        indexes = [models.Index(fields=["tenant", "subject"], name="surveycoding_by_subject")]

    def __str__(self) -> str:
        return str(self.pk)


class SurveyInvitation(TenantModel):
    """That somebody was invited by mail. Which answers are theirs is written nowhere: only that the link is used."""

    survey = TenantForeignKey(Survey, related_name="invitations")
    email = models.EmailField(blank=True)
    token_hash = models.CharField(max_length=64)
    language = models.CharField(max_length=8)
    sent_on = models.DateField(null=True, blank=True)
    # The reminder has a link of its own, as nobody knows the first one any more; both open the same.
    reminder_hash = models.CharField(max_length=64, blank=True, db_default="", default="")
    reminded_on = models.DateField(null=True, blank=True)
    # In place of the address of whoever wants no more mail, so that nobody writes to it again.
    declined_hash = models.CharField(max_length=64, blank=True, db_default="", default="")
    is_used = models.BooleanField(default=False)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "token_hash"], name="engagement_surveyinvitation_token_once"),
            models.UniqueConstraint(
                fields=["tenant", "reminder_hash"],
                condition=~models.Q(reminder_hash=""),
                name="engagement_surveyinvitation_reminder_once",
            ),
            models.UniqueConstraint(
                fields=["tenant", "survey", "email"],
                condition=~models.Q(email=""),
                name="engagement_surveyinvitation_once",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
