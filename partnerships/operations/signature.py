"""A party's answer to an agreement: accepting or declining, once, for exactly the text that was shown."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from core.models import User
from core.operations.audit import record
from core.operations.link import revoke_links_to
from partnerships.models import Agreement, AgreementVersion, PartnershipMember, Signature
from partnerships.operations.agreement import SIGNATURE_LINK
from partnerships.operations.agreement_signing import bring_agreement_into_force
from partnerships.operations.member import confirm_member
from partnerships.queries.authority import authority_to_sign
from partnerships.queries.representative import active_representation, representation_of
from partnerships.rules.agreement import can_answer_signature, can_bring_into_force, missing_for_answer, sha256_of
from partnerships.rules.authority import LinkHolder
from stakeholders.models import Stakeholder

State = AgreementVersion.State


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
    today: date | None = None,
) -> Signature:
    """Accept or decline an agreement for a party. It is a simple electronic signature and called that (R-A4).

    ``hash_seen`` is the fingerprint of the text the person read. Accepting makes the organisation a member; the last
    acceptance brings the version into force (R-A5). Parallel answers have one effect (INP-10): the later ones are
    refused.

    Raises SignatureRefusedError for somebody who may not commit for the party, for an answer already given, and for a
    text that changed meanwhile (R-A3); SignatureIncompleteError for a missing name, capacity or reason.
    """
    # The agreement first, as when a version is brought into force by hand: one order of locks, no deadlock.
    Agreement.objects.select_for_update().get(versions=signature.version_id)
    version = AgreementVersion.objects.select_for_update().get(pk=signature.version_id)
    locked = Signature.objects.select_for_update().get(pk=signature.pk)
    authority = authority_to_sign(locked.member, by)
    if not (verdict := can_answer_signature(version_state=version.state, state=locked.state, authority=authority)):
        raise SignatureRefusedError(str(verdict.reason))
    if not hash_seen == version.text_sha256 == sha256_of(version.text):
        raise SignatureRefusedError(_("The text changed while you were reading. Read it again, please."))
    if missing := missing_for_answer(accepts=accepts, name=name, capacity=capacity, reason=reason):
        raise SignatureIncompleteError(missing)
    locked.state = Signature.State.SIGNED if accepts else Signature.State.DECLINED
    locked.name, locked.capacity, locked.reason = name.strip(), capacity.strip(), reason.strip()
    locked.hash_signed = version.text_sha256 if accepts else ""
    locked.answered_at = timezone.now()
    locked.person = _person_behind(locked, by)
    locked.user = None if isinstance(by, LinkHolder) else by
    locked.save()
    revoke_links_to(locked.pk, purpose=SIGNATURE_LINK)
    _record(locked, version, by=by)
    if accepts:
        _follow_acceptance(locked, version, today=today or timezone.localdate())
    return locked


def accept_agreement(
    *, signature: Signature, by: User | LinkHolder, name: str, capacity: str, hash_seen: str, today: date | None = None
) -> Signature:
    """Accept an agreement for a party. Raises as ``answer_signature``."""
    return answer_signature(
        signature=signature, accepts=True, by=by, name=name, capacity=capacity, hash_seen=hash_seen, today=today
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
    answers = Signature.objects.filter(version=version).values_list("state", flat=True)
    if can_bring_into_force(state=version.state, answers=answers):
        bring_agreement_into_force(version=version, by=signature.user)


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
    }
    scope_id = version.agreement.partnership.scope_id
    if isinstance(by, LinkHolder):
        changes |= {"person": str(by.person.pk), "link": str(by.link_id)}
        record("signature.answered", signature, by=None, actor_label="link", scope_id=scope_id, changes=changes)
    else:
        record("signature.answered", signature, by=by, scope_id=scope_id, changes=changes)
