"""The clauses a version is composed of, and what partners ask to change in them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.tenancy.models import TenantForeignKey, TenantModel
from partnerships.models.agreement import AgreementVersion
from partnerships.models.member import PartnershipMember
from stakeholders.models import Stakeholder


class AgreementClause(TenantModel):
    """One clause of a version. An empty title or body is the library's own; ``code`` is the library's, or ``own-N``.

    Text in braces is filled from data until the version is opened for signing.
    """

    version = TenantForeignKey(AgreementVersion, related_name="clauses")
    code = models.CharField(max_length=20)
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120, blank=True)
    body = models.TextField(max_length=8000, blank=True)
    second_title = models.CharField(max_length=120, blank=True)
    second_body = models.TextField(max_length=8000, blank=True)
    is_on = models.BooleanField(default=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "version", "code"], name="partnerships_agreementclause_once"),
        ]

    def __str__(self) -> str:
        return self.title or self.code


class ClauseRequest(TenantModel):
    """What a partner remarks on a clause or wants changed in it, and what became of it."""

    class Wish(models.TextChoices):
        COMMENT = "comment", _("A remark")
        CHANGE = "change", _("We need a change")
        OBJECTION = "objection", _("We object to the minor change")

    class Answer(models.TextChoices):
        OPEN = "", _("Not answered yet")
        TAKEN = "taken", _("Taken up")
        DECLINED = "declined", _("Not taken up")

    version = TenantForeignKey(AgreementVersion, related_name="requests")
    # Empty for the text as a whole.
    clause_code = models.CharField(max_length=20, blank=True)
    member = TenantForeignKey(PartnershipMember, related_name="clause_requests")
    person = TenantForeignKey(Stakeholder, null=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    wish = models.CharField(max_length=9, choices=Wish.choices, default=Wish.COMMENT)
    text = models.TextField(max_length=2000)
    answer = models.CharField(max_length=8, choices=Answer.choices, blank=True, default="")
    answer_reason = models.CharField(max_length=500, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    answered_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        constraints = [*TenantModel.Meta.constraints]
        indexes = [models.Index(fields=["tenant", "version", "answer"], name="clause_request_by_version")]

    def __str__(self) -> str:
        return f"{self.member} {self.wish}"
