"""Letting go of what was thought of stakeholders, and of imported files, in time (R-D6, R-S7)."""

from datetime import date

from django.db import transaction
from django.db.models import DateField, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Cast, Greatest
from django.utils.translation import gettext_lazy as _

from core.models import StoredFile
from core.operations.retention import end_of
from core.rules.retention import Keeping
from stakeholders.models import Assessment, Interaction, StakeholderImport
from stakeholders.personal_data.records import forget_bytes

OPEN_STATES = (StakeholderImport.State.UPLOADED, StakeholderImport.State.CHECKED, StakeholderImport.State.RUNNING)


def _old_assessments(last_day: date) -> QuerySet[Assessment]:
    """Written on or before a day, of somebody nobody of us has talked with since."""
    talks = Interaction.objects.filter(stakeholder=OuterRef("entry__stakeholder")).order_by("-held_on")
    talked_along = Interaction.objects.filter(person=OuterRef("entry__stakeholder")).order_by("-held_on")
    latest = Greatest(
        F("rated_on"),
        Cast(Subquery(talks.values("held_on")[:1]), DateField()),
        Cast(Subquery(talked_along.values("held_on")[:1]), DateField()),
    )
    return Assessment.objects.alias(contact_on=latest).filter(contact_on__lte=last_day)


def due_assessments(last_day: date) -> int:
    """How many assessments are of somebody not met since a day."""
    return _old_assessments(last_day).count()


def forget_assessments(last_day: date) -> int:
    """Remove assessments of whoever was not met since a day; rounds and entries of their maps stay."""
    return int(Assessment.objects.filter(pk__in=_old_assessments(last_day).values("pk")).delete()[0])


def _old_imports(last_day: date) -> QuerySet[StakeholderImport]:
    files = StakeholderImport.objects.exclude(file__size_bytes=0).exclude(state__in=OPEN_STATES)
    return files.filter(created_at__lt=end_of(last_day))


def due_import_files(last_day: date) -> int:
    """How many files of finished imports are this old."""
    return _old_imports(last_day).count()


@transaction.atomic
def forget_import_files(last_day: date) -> int:
    """Remove what files of finished imports hold; what was imported stays, and can still be undone."""
    found = [one.file for one in _old_imports(last_day).select_related("file").order_by("pk")]
    for file in found:
        forget_bytes(file)
    StoredFile.objects.filter(pk__in=[file.pk for file in found]).update(size_bytes=0, sha256="")
    return len(found)


ASSESSMENT = Keeping(
    code="assessment",
    label=_("Assessments of stakeholders"),
    clock=_("Counted from the last contact, or from the assessment where there was none since"),
    effect=_("Then numbers and reasons are removed; the map and its rounds stay"),
    default_days=730,
    least_days=30,
    due=due_assessments,
    forget=forget_assessments,
)
IMPORT_FILE = Keeping(
    code="import_file",
    label=_("Files of finished imports"),
    clock=_("Counted from the upload"),
    effect=_("Then the file is emptied; what was imported stays"),
    default_days=180,
    least_days=1,
    due=due_import_files,
    forget=forget_import_files,
)
