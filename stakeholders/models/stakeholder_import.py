"""One import of a stakeholder file, from upload to result."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import Job, StoredFile
from core.tenancy.models import TenantForeignKey, TenantModel
from stakeholders.models.stakeholder import Stakeholder


class StakeholderImport(TenantModel):
    """All or nothing: it adds every acceptable row of a checked file, or none (FIL-08)."""

    class State(models.TextChoices):
        UPLOADED = "uploaded", _("Choose the columns")
        CHECKED = "checked", _("Checked")
        RUNNING = "running", _("Being imported")
        DONE = "done", _("Imported")
        FAILED = "failed", _("Not imported")
        UNDONE = "undone", _("Undone")

    class Format(models.TextChoices):
        TABLE = "table", _("Table (CSV or Excel)")
        VCARD = "vcard", _("Contact cards (vCard)")
        HSDS = "hsds", _("Open Referral directory (HSDS)")

    file = TenantForeignKey(StoredFile)
    state = models.CharField(max_length=10, choices=State.choices, default=State.UPLOADED)
    format = models.CharField(max_length=6, choices=Format.choices, default=Format.TABLE)
    mapping = models.JSONField(default=dict)
    # Whether rows of stakeholders known already fill in what is empty, or are skipped.
    updates_known = models.BooleanField(default=False)
    # Whether those who are new are seen by whom the file says, or by the coordination alone; and how many of them the
    # file would show to more than the coordination, by the number of the level.
    takes_levels = models.BooleanField(default=False, db_default=False)
    shown_counts = models.JSONField(default=dict, db_default={})
    updated_count = models.PositiveIntegerField(default=0)
    row_count = models.PositiveIntegerField(default=0)
    added_count = models.PositiveIntegerField(default=0)
    known_count = models.PositiveIntegerField(default=0)
    error_count = models.PositiveIntegerField(default=0)
    mended_count = models.PositiveIntegerField(default=0)
    leaves_out_bad_rows = models.BooleanField(default=False)
    errors = models.JSONField(default=list)
    job = TenantForeignKey(Job, null=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        indexes = [models.Index(fields=["tenant", "-created_at"], name="stakeholder_import_recent")]

    def __str__(self) -> str:
        return f"import {self.id}"


class ImportProfile(TenantModel):
    """A mapping of columns kept for the next file of the same maker."""

    name = models.CharField(max_length=60)
    mapping = models.JSONField()
    # Masked headers of the file it was made for: a file with the same ones is offered this profile first.
    headers = models.JSONField(default=list)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "name"],
                name="stakeholders_importprofile_name_once",
                violation_error_message=_("There is a profile with this name already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ImportChange(TenantModel):
    """What an import did to one stakeholder, so that the whole import can be undone.

    ``before`` has ``values`` for one the register had: of each field filled in, the text before and the text written.
    ``made`` lists the rows hung on it (affiliation, contact, identifier, tag). After undoing, ``kept`` says why an
    added one stayed, ``stays`` which fields were changed since.
    """

    stakeholder_import = TenantForeignKey(StakeholderImport, related_name="changes")
    stakeholder = TenantForeignKey(Stakeholder)
    before = models.JSONField(default=dict)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "stakeholder_import", "stakeholder"], name="stakeholders_importchange_once"
            ),
        ]
        indexes = [models.Index(fields=["tenant", "stakeholder"], name="importchange_by_stakeholder")]

    def __str__(self) -> str:
        return f"{self.stakeholder_id}"
