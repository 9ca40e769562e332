"""What the night does with agreements: end those whose time is over, and look whether anything kept was changed."""

import hashlib
import uuid
from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from core.models import StoredFile
from core.operations.audit import record
from core.operations.file import read_file
from partnerships.models import Agreement, AgreementVersion, Signature
from partnerships.operations.agreement_signing import start_those_due
from partnerships.queries.agreement_annex import annexes_of
from partnerships.queries.agreement_text import text_of
from partnerships.rules.agreement import AGREED, is_lapsed, renewed_until, sha256_of

State = AgreementVersion.State


def start_agreements(*, today: date) -> int:
    """Store as in force the versions signed before whose first day has come. Safe to run twice; returns how many."""
    due = AgreementVersion.objects.filter(state=State.TO_COME, valid_from__lte=today)
    return sum(_start(agreement_id, today=today) for agreement_id in set(due.values_list("agreement_id", flat=True)))


@transaction.atomic
def _start(agreement_id: uuid.UUID, *, today: date) -> int:
    return start_those_due(Agreement.objects.select_for_update().get(pk=agreement_id), today=today)


def end_agreements(*, today: date) -> int:
    """Mark versions in force whose last day has passed as expired, or carry on those renewed by silence for a year.

    Those that were ended early and hold no more are marked as terminated.

    Safe to run twice. Returns how many were ended.
    """
    ended = Q(state__in=AGREED, terminated_on__lte=today)
    over = AgreementVersion.objects.filter(ended | Q(state=State.IN_FORCE, valid_to__lt=today)).order_by("id")
    return sum(_end(version, today=today) for version in over)


@transaction.atomic
def _end(version: AgreementVersion, *, today: date) -> bool:
    Agreement.objects.select_for_update().get(pk=version.agreement_id)
    locked = AgreementVersion.objects.select_for_update().get(pk=version.pk)
    scope_id = locked.agreement.partnership.scope_id
    if locked.state in AGREED and locked.terminated_on is not None and locked.terminated_on <= today:
        locked.state = State.TERMINATED
        locked.save(update_fields=["state"])
        return True
    if is_lapsed(state=locked.state, valid_to=locked.valid_to, renewal=locked.renewal, today=today):
        locked.state = State.EXPIRED
        locked.save(update_fields=["state"])
        record("agreement.expired", locked, by=None, scope_id=scope_id, changes={"valid_to": str(locked.valid_to)})
        return True
    if locked.state == State.IN_FORCE and locked.valid_to is not None and locked.valid_to < today:
        locked.valid_to = renewed_until(locked.valid_to, today=today)
        locked.save(update_fields=["valid_to"])
        record("agreement.renewed", locked, by=None, scope_id=scope_id, changes={"valid_to": str(locked.valid_to)})
    return False


def check_kept_agreements(*, today: date) -> int:
    """Compare every fixed text, its document, annexes and files of its signatures with their fingerprints (FIL-10).

    Returns how many versions differ.

    A difference stands on the agreement's page and once in the history; it goes when the bytes are back. ``today`` is
    not used: the check looks at everything each night.
    """
    fixed = (
        AgreementVersion.objects.exclude(text_sha256="").select_related("agreement__partnership", "pdf").order_by("id")
    )
    damaged = 0
    for version in fixed.iterator(chunk_size=100):
        wrong = list(_what_differs(version))
        damaged += bool(wrong)
        if bool(wrong) != (version.damaged_at is not None):
            _note(version, wrong)
    return damaged


def _what_differs(version: AgreementVersion) -> Iterable[str]:
    if sha256_of(text_of(version)) != version.text_sha256:
        yield "text"
    if version.pdf is not None and not _is_whole(version.pdf):
        yield str(version.pdf.pk)
    for annex in annexes_of(version):
        if not _is_whole(annex.file):
            yield str(annex.file.pk)
    for signature in Signature.objects.filter(version=version).select_related("file", "delegation").order_by("id"):
        for stored in (signature.file, signature.delegation):
            if stored is not None and not _is_whole(stored):
                yield str(stored.pk)


def _is_whole(stored: StoredFile) -> bool:
    try:
        return hashlib.sha256(read_file(stored)).hexdigest() == stored.sha256
    except OSError:
        return False


@transaction.atomic
def _note(version: AgreementVersion, wrong: list[str]) -> None:
    AgreementVersion.objects.filter(pk=version.pk).update(damaged_at=timezone.now() if wrong else None)
    verb = "agreement.damaged" if wrong else "agreement.whole_again"
    scope_id = version.agreement.partnership.scope_id
    record(verb, version, by=None, scope_id=scope_id, changes={"differs": wrong})
