"""Kinds of data of this app that are more than rows of one table: the record, what they offer, files."""

import io

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.access.visibility import Visibility
from core.models import StoredFile
from core.queries.tenant import tenant_at_work
from core.tabular.errors import RowError, TableError
from core.tabular.reading import open_table
from stakeholders.models import Asset, ImportChange, PersonExport, Stakeholder, StakeholderImport
from stakeholders.personal_data.holding import Fate, Holding, Row, Rows, row_as_values
from stakeholders.personal_data.masking import Masker
from stakeholders.personal_data.subject import Subject
from stakeholders.rules.stakeholder import sort_name

RECORD = (
    "name", "aliases", "sector", "subtype", "tax_code", "vat_number", "place", "province", "region", "territories",
    "languages", "email", "phone", "website", "language", "description", "stakes", "interest_statement",
    "expected_benefit", "possible_loss", "limits", "status", "ask_again_on", "source", "lawful_basis",
    "do_not_contact", "relationship_owner", "created_at", "updated_at",
)  # fmt: skip
# Nothing of these says who it was.
TOMBSTONE_KEEPS = {"id", "tenant", "kind", "created_at", "merged_into"}


def tombstone_name() -> str:
    """What stands in a person's place, in the language of the space."""
    with translation.override(tenant_at_work().default_language or settings.LANGUAGE_CODE):
        return _("Erased person")


def _bury(subject: Subject) -> int:
    """Leave of the records only that a person was there; they are in nobody's list any more."""
    name = tombstone_name()
    plain = Stakeholder(kind=Stakeholder.Kind.PERSON, name=name, sort_name=sort_name(name), search_text="")
    values = {
        field.attname: getattr(plain, field.attname)
        for field in Stakeholder._meta.concrete_fields
        if field.name not in TOMBSTONE_KEEPS and not field.generated
    }
    values |= {"visibility": Visibility.SEALED, "do_not_contact": True}
    values |= {"erased_at": timezone.now(), "updated_at": timezone.now()}
    return Stakeholder.objects.filter(pk__in=subject.ids).update(**values)


RECORDS = Rows(Stakeholder, person=("pk",))
RECORD_HOLDING = Holding(
    "record",
    gettext_lazy("The record in the register"),
    ("stakeholders.Stakeholder",),
    Fate.EMPTIED,
    gettext_lazy("“Erased person” stays in its place, in nobody's list, so that counts stay true"),
    RECORDS.ids,
    lambda subject, masker: [row_as_values(row, RECORD, masker) for row in RECORDS.of(subject)],
    _bury,
)

ASSETS = Rows(Asset, person=("owner",))


def _erase_assets(subject: Subject) -> int:
    """Take out what nobody counts on; of the rest only that something was there."""
    found = list(ASSETS.of(subject))
    for asset in found:
        try:
            with transaction.atomic():
                asset.delete()
        except ProtectedError:
            empty = {"title": tombstone_name(), "offered": Asset.Offered.NO, "visibility": Visibility.COORDINATION}
            texts = dict.fromkeys(("description", "place", "conditions", "search_text"), "")
            Asset.objects.filter(pk=asset.pk).update(**empty, **texts)
    return len(found)


ASSET_SHOWS = ("kind", "title", "description", "place", "conditions", "offered", "free_from", "free_until")
ASSET_HOLDING = Holding(
    "assets",
    gettext_lazy("Can bring"),
    ("stakeholders.Asset",),
    Fate.GOES,
    gettext_lazy("What a partnership counts on stays as a nameless entry until somebody else brings it"),
    ASSETS.ids,
    lambda subject, masker: [row_as_values(row, ASSET_SHOWS, masker) for row in ASSETS.of(subject)],
    _erase_assets,
)


def _erase_exports(subject: Subject) -> int:
    rows = list(EXPORTS.of(subject).select_related("file"))
    for export in rows:
        remove_export(export)
    return len(rows)


def remove_export(export: PersonExport) -> None:
    """Remove a document made for a person, with its file."""
    file = export.file
    export.delete()
    if file is not None:
        forget_bytes(file)
        file.delete()


def forget_bytes(file: StoredFile) -> None:
    """Remove what a stored file holds, once the transaction is through."""
    key = file.storage_key
    transaction.on_commit(lambda: default_storage.delete(key))


EXPORTS = Rows(PersonExport, person=("person",))
EXPORT_HOLDING = Holding(
    "exports",
    gettext_lazy("Documents with all data"),
    ("stakeholders.PersonExport",),
    Fate.GOES,
    gettext_lazy("The files go too"),
    EXPORTS.ids,
    lambda subject, masker: [row_as_values(row, ("asked_at", "language"), masker) for row in EXPORTS.of(subject)],
    _erase_exports,
)


def _imports_with(subject: Subject) -> list[StakeholderImport]:
    """Imports whose file has the person in it: it added or changed them, or their address stands in the file."""
    touched = ImportChange.objects.filter(stakeholder__in=subject.ids).values("stakeholder_import")
    rows = StakeholderImport.objects.select_related("file").exclude(file__size_bytes=0).order_by("pk")
    certain = set(rows.filter(pk__in=touched).values_list("pk", flat=True))
    return [one for one in rows if one.pk in certain or _holds(one.file, subject)]


def _holds(file: StoredFile, subject: Subject) -> bool:

    try:
        with default_storage.open(file.storage_key) as source:
            content = source.read()
    except FileNotFoundError:
        return False
    if subject.naming.spans(content.decode("utf-8", errors="ignore")):
        return True
    try:
        with open_table(io.BytesIO(content), filename=file.name) as table:
            rows = (row.texts for row in table if not isinstance(row, RowError))
            return any(subject.naming.spans(" · ".join(texts)) for texts in rows)
    except TableError:
        return False


def _erase_import_files(subject: Subject) -> int:
    found = _imports_with(subject)
    for one in found:
        forget_bytes(one.file)
        name = f"{tombstone_name()}{one.file.name[one.file.name.rfind('.') :] if '.' in one.file.name else ''}"
        StoredFile.objects.filter(pk=one.file_id).update(name=name, size_bytes=0, sha256="")
        waiting = StakeholderImport.objects.filter(pk=one.pk).exclude(state__in=("done", "undone"))
        waiting.update(state=StakeholderImport.State.FAILED, errors=[])
    return len(found)


def _show_import_files(subject: Subject, _masker: Masker) -> list[Row]:
    return [{"created_at": one.created_at.isoformat(), "format": one.format} for one in _imports_with(subject)]


IMPORT_FILE_HOLDING = Holding(
    "import_files",
    gettext_lazy("Imported files with the person in them"),
    ("stakeholders.StakeholderImport", "core.StoredFile"),
    Fate.EMPTIED,
    gettext_lazy("The whole file goes; what it brought of others stays in the register"),
    lambda subject: [one.pk for one in _imports_with(subject)],
    _show_import_files,
    _erase_import_files,
)
