"""Writing an agreement clause by clause."""

import uuid
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from core.models import User
from core.operations.audit import record
from partnerships.clauses.library import LIBRARY
from partnerships.models import AgreementClause, AgreementVersion
from partnerships.operations.agreement import AgreementRefusedError, changeable, settle_text

WORDS = ("title", "body", "second_title", "second_body", "is_on")
MOST_OWN = 40


@transaction.atomic
def change_clause(*, clause: AgreementClause, by: User, **words: Any) -> AgreementClause:
    """Change the words of a clause, or switch it on or off; an empty title or body is the library's own.

    A text already being signed that says something else then makes all signatures void (R-A3). Raises
    AgreementRefusedError once the version is in force or past, and for an own clause without title or text.
    """
    version = changeable(AgreementVersion(pk=clause.version_id, agreement_id=clause.version.agreement_id))
    locked = AgreementClause.objects.select_for_update().get(pk=clause.pk)
    for name in WORDS:
        if name in words:
            setattr(locked, name, words[name])
    if locked.is_on and locked.code not in LIBRARY and not (locked.title and locked.body):
        raise AgreementRefusedError(_("A clause of your own needs a title and a text."))
    locked.full_clean()
    locked.save()
    _record(version, by, changed=sorted(words), clause=locked.code)
    return locked


@transaction.atomic
def move_clause(*, clause: AgreementClause, up: bool, by: User) -> AgreementClause:
    """Change places with the nearest clause that is on, above or below; at the end nothing happens.

    Raises as ``change_clause``.
    """
    version = changeable(AgreementVersion(pk=clause.version_id, agreement_id=clause.version.agreement_id))
    used = list(AgreementClause.objects.filter(version=version, is_on=True).order_by("position", "id"))
    at = next((place for place, one in enumerate(used) if one.pk == clause.pk), None)
    to = None if at is None else at + (-1 if up else 1)
    if at is None or to is None or not 0 <= to < len(used):
        return clause
    mine, other = used[at], used[to]
    mine.position, other.position = other.position, mine.position
    AgreementClause.objects.bulk_update([mine, other], ["position"])
    _record(version, by, changed=["position"], clause=mine.code)
    return mine


@transaction.atomic
def add_clause(*, version: AgreementVersion, title: str, body: str, by: User) -> AgreementClause:
    """A clause of the partners' own, before the signatures.

    Raises AgreementRefusedError once the version is in force or past, for one written freely, for an empty title or
    text, and beyond 40.
    """
    locked = changeable(version)
    if not locked.is_composed:
        raise AgreementRefusedError(_("This version was written freely. Change its text."))
    own = AgreementClause.objects.filter(version=locked).exclude(code__in=LIBRARY)
    if own.count() >= MOST_OWN:
        raise AgreementRefusedError(_("That is enough clauses of your own."))
    if not (title.strip() and body.strip()):
        raise AgreementRefusedError(_("A clause of your own needs a title and a text."))
    last = AgreementClause.objects.filter(version=locked).aggregate(last=Max("position"))["last"] or 0
    clause = AgreementClause(
        version=locked, code=f"own-{uuid.uuid4().hex[:8]}", position=last + 1, title=title, body=body
    )
    clause.full_clean()
    clause.save()
    _signatures_last(locked)
    _record(locked, by, changed=["added"], clause=clause.code)
    return clause


@transaction.atomic
def remove_own_clause(*, clause: AgreementClause, by: User) -> None:
    """Take out a clause of the partners' own; those of the library are switched off instead. Raises as above."""
    version = changeable(AgreementVersion(pk=clause.version_id, agreement_id=clause.version.agreement_id))
    if clause.code in LIBRARY:
        raise AgreementRefusedError(_("Switch this clause off instead."))
    AgreementClause.objects.filter(pk=clause.pk).delete()
    _record(version, by, changed=["removed"], clause=clause.code)


def _signatures_last(version: AgreementVersion) -> None:
    last = AgreementClause.objects.filter(version=version).aggregate(last=Max("position"))["last"]
    AgreementClause.objects.filter(version=version, code="signatures").update(position=last + 1)


def _record(version: AgreementVersion, by: User, *, changed: list[str], clause: str) -> None:
    changes: dict[str, Any] = {"clause": clause, "fields": changed, "signatures_voided": settle_text(version)}
    record("agreement.clause_changed", version, by=by, scope_id=version.agreement.partnership.scope_id, changes=changes)
