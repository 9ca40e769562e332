"""Handing a person everything held on them, and taking them out (R-D7, PRI-08, PRI-09)."""

import uuid
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from core.access.visibility import Visibility
from core.jobs import enqueue
from core.models import Erasure, User
from core.operations.account_erasure import can_erase_account, erase_account
from core.operations.audit import record
from core.operations.erasure_list import remember_outside
from core.operations.file import store_bytes
from core.rules.membership import Verdict
from stakeholders.document import person_pdf
from stakeholders.models import PersonExport, Stakeholder
from stakeholders.personal_data import Fate, Subject, registered_holdings, subject_of
from stakeholders.personal_data.account import forget_in_history
from stakeholders.personal_data.mentions import take_out_mentions
from stakeholders.personal_data.records import remove_export, tombstone_name
from stakeholders.queries.personal_data import export_of
from stakeholders.rules.personal_data import EXPORT_DAYS, can_erase_person

PURPOSE = "person_export"


class ErasureRefusedError(Exception):
    """The person is not erased; the message says why."""


@transaction.atomic
def export_person(*, person: Stakeholder, by: User) -> dict[str, Any]:
    """Everything held on a person, as plain values; history keeps that it was handed over."""
    export = export_of(subject_of(person))
    record("person.exported", person, by=by, changes={"format": "json", "snapshot": export["snapshot"]})
    return export


@transaction.atomic
def ask_for_document(*, person: Stakeholder, language: str, by: User) -> PersonExport:
    """Have a worker make the PDF of everything held on a person."""
    export = PersonExport.objects.create(person=person, language=language, asked_by=by)
    export.job = enqueue("stakeholders.render_person", dedup_key=f"person:{export.pk}", export_id=export.pk)
    export.save(update_fields=["job"])
    record("person.exported", person, by=by, changes={"format": "pdf"})
    return export


@transaction.atomic
def render_person_export(*, export_id: uuid.UUID | str) -> PersonExport | None:
    """Make the document; when it is there already, or the person was erased since, nothing happens."""
    export: PersonExport | None = PersonExport.objects.select_for_update(of=("self",)).filter(pk=export_id).first()
    if export is None or export.file_id is not None:
        return export
    export.file = store_bytes(
        content=person_pdf(subject_of(export.person), export.language),
        # Whose it is, the page says; a file's name lies about on desks.
        name=f"{export.pk}.pdf",
        content_type="application/pdf",
        extension=".pdf",
        purpose=PURPOSE,
        by=None,
        visibility=Visibility.SEALED,
    )
    export.save(update_fields=["file"])
    return export


def forget_old_exports(*, today: date) -> int:
    """Remove documents made long enough ago to have been sent; returns how many."""
    old = PersonExport.objects.filter(asked_at__date__lte=today - timedelta(days=EXPORT_DAYS)).select_related("file")
    found = list(old.order_by("pk"))
    for export in found:
        remove_export(export)
    return len(found)


def can_erase(*, person: Stakeholder, by: User | None) -> Verdict:
    """Whether a person can be erased now, and if not, why."""
    verdict = can_erase_person(person, by_id=by.pk if by else None)
    if verdict and person.user_id:
        user = User.objects.filter(pk=person.user_id).first()
        return can_erase_account(user=user, by=by) if user else verdict
    return verdict


@transaction.atomic
def erase_person(*, person: Stakeholder, by: User | None, actor_label: str = "") -> Erasure:
    """Take a person out of the tenant at work, all or nothing; a tombstone stands in their place.

    Every registered kind of data is removed, emptied or left standing without a name, the account ends, and their
    name and addresses are cut out of every text that may be changed. Numbers, dates and states stay, so no count that
    others rely on changes. The erasure is written down by id alone, here and outside the database. Erasing somebody
    again changes nothing. Raises ErasureRefusedError.
    """
    locked = Stakeholder.objects.select_for_update().get(pk=person.pk)
    if not (verdict := can_erase(person=locked, by=by)):
        raise ErasureRefusedError(str(verdict.reason))
    if locked.erased_at:
        return Erasure.objects.get(person_id=locked.pk)
    subject = subject_of(locked)
    gone = _rows_that_lose_their_name(subject)
    name = tombstone_name()
    if subject.user:
        erase_account(user=subject.user, name=name, by=by)
    counts = {holding.code: count for holding in registered_holdings() if (count := holding.erase(subject))}
    counts["mentions"] = take_out_mentions(subject, name)
    found, _new = Erasure.objects.get_or_create(
        person_id=locked.pk, defaults={"erased_at": timezone.now(), "counts": counts}
    )
    forget_in_history(subject, rows=gone)
    locked.refresh_from_db()
    record("person.erased", locked, by=by, actor_label=actor_label, changes=counts)
    remember_outside(found)
    return found


def _rows_that_lose_their_name(subject: Subject) -> list[uuid.UUID]:
    """Rows that history may name as their subject; what only stands on the acts of others stays told."""
    going = [one for one in registered_holdings() if one.fate in {Fate.GOES, Fate.EMPTIED} and one.code != "history"]
    return [pk for holding in going for pk in holding.ids(subject)]


def replay_erasures(*, person_ids: Sequence[uuid.UUID]) -> tuple[int, list[str]]:
    """Erase again, after a restore, who was erased before; how many, and why some could not be.

    People who are not in the restored database have nothing to lose.
    """
    again, refused = 0, []
    for person in Stakeholder.objects.filter(pk__in=person_ids, erased_at=None).order_by("id"):
        try:
            erase_person(person=person, by=None, actor_label="restore")
        except ErasureRefusedError as refusal:
            refused.append(f"{person.pk}: {refusal}")
        else:
            again += 1
    return again, refused
