"""Annexes of an agreement: files that belong to a version and are signed with it (domain 5.3)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import StoredFile
from core.tenancy.models import TenantForeignKey, TenantModel
from partnerships.models.agreement import AgreementVersion


class AgreementAnnex(TenantModel):
    """A file of one version. The text of the version names it with its SHA-256, so a signature covers it.

    The next version begins with the same annexes: rows of its own that point at the same files.
    """

    version = TenantForeignKey(AgreementVersion, related_name="annexes")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=160)
    file = TenantForeignKey(StoredFile, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "version", "title"],
                name="partnerships_agreementannex_title_once",
                violation_error_message=_("This version has an annex of that title already."),
            ),
        ]

    def __str__(self) -> str:
        return self.title
