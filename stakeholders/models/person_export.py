"""A document with everything held on one person, made for them."""

from django.conf import settings
from django.db import models

from core.models import Job, StoredFile
from core.tenancy.models import TenantForeignKey, TenantModel
from stakeholders.models.stakeholder import Stakeholder


class PersonExport(TenantModel):
    """Asked for by whoever handles personal data; goes by itself after some days, and with the person."""

    person = TenantForeignKey(Stakeholder)
    language = models.CharField(max_length=5)
    file = TenantForeignKey(StoredFile, null=True)
    job = TenantForeignKey(Job, null=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        indexes = [models.Index(fields=["tenant", "person", "-asked_at"], name="personexport_by_person")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.language}"

    @property
    def is_ready(self) -> bool:
        """Whether it can be downloaded."""
        return self.file_id is not None
