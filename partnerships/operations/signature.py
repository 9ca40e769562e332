"""A party's answer to an agreement: accepting or declining, once, for exactly the text that was shown."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from core.access.visibility import Visibility
from core.models import StoredFile, User
from core.operations.audit import record
from core.operations.file import store_upload
from core.operations.link import revoke_links_to
from core.rules.membership import Verdict
from core.rules.upload import FileKind
from core.rules.upload_content import UploadError
from partnerships.models import Agreement, AgreementVersion, Partnership, PartnershipMember, Signature
from partnerships.operations.agreement_document import ask_for_agreement_pdf
from partnerships.operations.agreement_signing import ask_next, bring_agreement_into_force, required_answers
from partnerships.operations.member import confirm_member
from partnerships.operations.review_link import mail_review_links
from partnerships.queries.agreement_text import text_of
from partnerships.queries.authority import authority_to_sign
from partnerships.queries.representative import active_representation, representation_of
from partnerships.rules.agreement import (
    SIGNATURE_LINK,
    can_answer_signature,
    can_bring_into_force,
    can_still_be_signed,
    missing_for_answer,
    sha256_of,
    state_on,
)
from partnerships.rules.authority import LinkHolder
from partnerships.rules.instrument import can_sign_by
from stakeholders.models import Stakeholder

State = AgreementVersion.State
Method = Signature.Method
BY_FILE = (Method.PAPER_SCAN, Method.UPLOADED)


class SignatureRefusedError(Exception):
    """Nothing can be signed here, or not by this person, or the text is no longer the one they saw."""


class SignatureIncompleteError(Exception):
    """An answer lacks something; ``fields`` says what, by field."""

    def __init__(self, fields: Mapping[str, str | Promise]) -> None:
        super().__init__("; ".join(str(message) for message in fields.values()))
        self.fields = {name: str(message) for name, message in fields.items()}


@transaction.atomic
def answer_signature(
    *,
    signature: Signature,
    accepts: bool,
    by: User | LinkHolder,
    name: str,
    capacity: str,
    hash_seen: str,
    reason: str = "",
    authority: str = "",
    delegation: UploadedFile[Any] | None = None,
    today: date | None = None,
) -> Signature:
    """Accept or decline an agreement for a party. It is a simple electronic signature and called that (R-A4).

    ``hash_seen`` is the fingerprint of the text the person read; ``authority`` one of ``Signature.Authority``, and a
    delegate of a full partnership brings the file of the ``delegation``. Accepting makes the organisation a member; the
    last acceptance brings the version into force (R-A5). Parallel answers have one effect (INP-10): the later ones are
    refused.

    Raises SignatureRefusedError for somebody who may not commit for the party, for an answer already given, for a text
    that changed meanwhile (R-A3) and for a kind of agreement that asks for another signature (R-A4);
    SignatureIncompleteError for a missing name, capacity, delegation or reason; UploadError.
    """
    locked, version = _lock(signature)
    rights = authority_to_sign(locked.member, by)
    standing = state_on(version, today=today or timezone.localdate())
    verdict = can_answer_signature(
        version_state=standing, state=locked.state, authority=rights, is_accession=locked.is_accession
    )
    if verdict and accepts:
        verdict = can_sign_by(instrument=version.agreement.instrument_type, method=Method.IN_APP)
    if not verdict:
        raise SignatureRefusedError(str(verdict.reason))
    if not hash_seen == version.text_sha256 == sha256_of(text_of(version)):
        raise SignatureRefusedError(_("The text changed while you were reading. Read it again, please."))
    lacks = _lacks_delegation(version, authority, delegation)
    if missing := missing_for_answer(
        accepts=accepts, name=name, capacity=capacity, reason=reason, lacks_delegation=lacks
    ):
        raise SignatureIncompleteError(missing)
    locked.state = Signature.State.SIGNED if accepts else Signature.State.DECLINED
    locked.name, locked.capacity, locked.reason = name.strip(), capacity.strip(), reason.strip()
    locked.authority = authority if accepts else ""
    if accepts and delegation is not None:
        locked.delegation = store_signature_file(delegation, locked, purpose="delegation", by=_account(by))
    locked.person = _person_behind(locked, by)
    _settle(locked, version, by=by, today=today)
    return locked


def _lacks_delegation(version: AgreementVersion, authority: str, delegation: UploadedFile[Any] | None) -> bool:
    is_full = version.agreement.partnership.mode == Partnership.Mode.FULL
    return is_full and authority == Signature.Authority.DELEGATE and delegation is None


@transaction.atomic
def record_signed_file(
    *,
    signature: Signature,
    upload: UploadedFile[Any],
    method: str,
    name: str,
    capacity: str,
    by: User | LinkHolder,
    authority: str = "",
    delegation: UploadedFile[Any] | None = None,
    today: date | None = None,
) -> Signature:
    """Keep what a party signed on paper or in a file of its own, brought by the party or by coordination.

    ``method`` says truthfully what it is: a scan of paper, or a file with an advanced or qualified signature, which is
    kept unchanged and not verified here (R-A4). It counts as that party's signature to exactly the fixed text. Who
    signed by which right, and a delegation, are asked for as in ``answer_signature``.

    Raises SignatureRefusedError for somebody who neither may commit for the party nor coordinates, for an answer
    already given, and for a way of signing this kind of agreement does not allow; SignatureIncompleteError for a
    missing name, capacity or delegation, and for a delegation that cannot be kept; UploadError.
    """
    locked, version = _lock(signature)
    rights = authority_to_sign(locked.member, by)
    standing = state_on(version, today=today or timezone.localdate())
    if not (rights.may_commit or rights.coordinates):
        raise SignatureRefusedError(_("Only the party or the coordination can bring a signed file."))
    verdict = can_still_be_signed(version_state=standing, state=locked.state, is_accession=locked.is_accession)
    if verdict:
        allowed = can_sign_by(instrument=version.agreement.instrument_type, method=method)
        verdict = allowed if method in BY_FILE else Verdict(False, _("Choose how it was signed."))
    if not verdict:
        raise SignatureRefusedError(str(verdict.reason))
    lacks = _lacks_delegation(version, authority, delegation)
    if missing := missing_for_answer(accepts=True, name=name, capacity=capacity, reason="", lacks_delegation=lacks):
        raise SignatureIncompleteError(missing)
    if delegation is not None:
        locked.delegation = _kept_delegation(delegation, locked, by=_account(by))
    locked.authority = authority
    locked.file = store_signature_file(upload, locked, purpose="signature", by=_account(by))
    locked.state, locked.method = Signature.State.SIGNED, method
    locked.name, locked.capacity = name.strip(), capacity.strip()
    _settle(locked, version, by=by, today=today)
    return locked


def _kept_delegation(upload: UploadedFile[Any], signature: Signature, *, by: User | None) -> StoredFile:
    try:
        return store_signature_file(upload, signature, purpose="delegation", by=by)
    except UploadError as error:
        raise SignatureIncompleteError({"delegation": str(error)}) from error


def store_signature_file(
    upload: UploadedFile[Any], signature: Signature, *, purpose: str, by: User | None
) -> StoredFile:
    """Keep a file that belongs to a signature: a PDF, a picture of paper, or a signed container."""
    return store_upload(
        upload=upload,
        purpose=purpose,
        allowed=frozenset({FileKind.PDF, FileKind.IMAGE, FileKind.SIGNED}),
        by=by,
        scope_id=signature.version.agreement.partnership.scope_id,
        visibility=Visibility.COORDINATION,
    )


def _lock(signature: Signature) -> tuple[Signature, AgreementVersion]:
    # The agreement first, as when a version is brought into force by hand: one order of locks, no deadlock.
    Agreement.objects.select_for_update().get(versions=signature.version_id)
    version = AgreementVersion.objects.select_for_update().get(pk=signature.version_id)
    return Signature.objects.select_for_update(of=("self",)).get(pk=signature.pk), version


def _account(by: User | LinkHolder) -> User | None:
    return None if isinstance(by, LinkHolder) else by


def _settle(locked: Signature, version: AgreementVersion, *, by: User | LinkHolder, today: date | None) -> None:
    is_signed = locked.state == Signature.State.SIGNED
    locked.hash_signed = version.text_sha256 if is_signed else ""
    locked.answered_at = timezone.now()
    locked.user = _account(by)
    locked.save()
    revoke_links_to(locked.pk, purpose=SIGNATURE_LINK)
    _record(locked, version, by=by)
    if is_signed:
        _follow_acceptance(locked, version, today=today or timezone.localdate())


@transaction.atomic
def note_viewed(*, signature: Signature, by: User | LinkHolder) -> Signature:
    """Note that somebody who may answer for a party has the text before them; the first time counts.

    Who calls says that a person moved through it: opening an address alone is not that, robots do it too (AUT-19). An
    answer given meanwhile stays as it is. Raises SignatureRefusedError for somebody who may not commit for the party.
    """
    locked, version = _lock(signature)
    if not authority_to_sign(locked.member, by).may_commit:
        raise SignatureRefusedError(_("Only somebody who may commit for the organisation can sign for it."))
    if locked.state != Signature.State.REQUESTED or locked.viewed_at is not None:
        return locked
    locked.viewed_at = timezone.now()
    locked.save(update_fields=["viewed_at"])
    changes = {"member": str(locked.member_id), "version": str(version.pk)}
    _record_by("signature.viewed", locked, version, by=by, changes=changes)
    return locked


def accept_agreement(
    *,
    signature: Signature,
    by: User | LinkHolder,
    name: str,
    capacity: str,
    hash_seen: str,
    authority: str = "",
    delegation: UploadedFile[Any] | None = None,
    today: date | None = None,
) -> Signature:
    """Accept an agreement for a party. Raises as ``answer_signature``."""
    return answer_signature(
        signature=signature,
        accepts=True,
        by=by,
        name=name,
        capacity=capacity,
        hash_seen=hash_seen,
        authority=authority,
        delegation=delegation,
        today=today,
    )


def decline_agreement(
    *, signature: Signature, by: User | LinkHolder, name: str, capacity: str, hash_seen: str, reason: str
) -> Signature:
    """Decline an agreement for a party, with a reason. Raises as ``answer_signature``."""
    return answer_signature(
        signature=signature, accepts=False, by=by, name=name, capacity=capacity, hash_seen=hash_seen, reason=reason
    )


def _follow_acceptance(signature: Signature, version: AgreementVersion, *, today: date) -> None:
    signature.member = PartnershipMember.objects.select_for_update().get(pk=signature.member_id)
    confirm_member(member=signature.member, today=today)
    if version.state == State.READY_TO_SIGN:
        version.state = State.PARTIALLY_SIGNED
        version.save(update_fields=["state"])
    if signature.is_accession:
        # The document names who joined, and they keep it as the others do.
        ask_for_agreement_pdf(version=version, by=signature.user)
        mail_review_links(version=version, by=signature.user, template="agreement_acceded", member=signature.member)
        return
    ask_next(version, by=signature.user)
    if can_bring_into_force(state=version.state, answers=required_answers(version)):
        bring_agreement_into_force(version=version, by=signature.user, today=today)


def _person_behind(signature: Signature, by: User | LinkHolder) -> Stakeholder | None:
    if isinstance(by, LinkHolder):
        found = active_representation(by.person.pk, signature.member_id)
    else:
        found = representation_of(by, signature.member_id)
    return found.person if found else None


def _record(signature: Signature, version: AgreementVersion, *, by: User | LinkHolder) -> None:
    changes = {
        "state": signature.state,
        "member": str(signature.member_id),
        "version": str(version.pk),
        "hash": signature.hash_signed,
        "method": signature.method,
    }
    _record_by("signature.answered", signature, version, by=by, changes=changes)


def _record_by(
    verb: str, signature: Signature, version: AgreementVersion, *, by: User | LinkHolder, changes: dict[str, str]
) -> None:
    scope_id = version.agreement.partnership.scope_id
    if isinstance(by, LinkHolder):
        changes = changes | {"person": str(by.person.pk), "link": str(by.link_id)}
        record(verb, signature, by=None, actor_label="link", scope_id=scope_id, changes=changes)
    else:
        record(verb, signature, by=by, scope_id=scope_id, changes=changes)
