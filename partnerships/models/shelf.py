"""The document shelf of a partnership: papers everybody needs, each with its versions."""

from django.conf import settings
from django.db import models

from core.access.visibility import Visibility
from core.models import StoredFile
from core.tenancy.models import TenantForeignKey, TenantModel
from partnerships.models.partnership import Partnership


class ShelfDocument(TenantModel):
    """A paper on the shelf. Put away, it is no longer listed; its versions stay."""

    partnership = TenantForeignKey(Partnership, related_name="shelf_documents")
    title = models.CharField(max_length=160)
    visibility = models.PositiveSmallIntegerField(choices=Visibility.choices, default=Visibility.PARTNERS)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    put_away_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [*TenantModel.Meta.constraints]
        indexes = [models.Index(fields=["tenant", "partnership", "title", "id"], name="shelfdocument_by_title")]

    def __str__(self) -> str:
        return self.title


class ShelfVersion(TenantModel):
    """One state of a paper, never changed afterwards."""

    document = TenantForeignKey(ShelfDocument, related_name="versions")
    number = models.PositiveIntegerField()
    file = TenantForeignKey(StoredFile)
    note = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "document", "number"], name="partnerships_shelfversion_number_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document} v{self.number}"
