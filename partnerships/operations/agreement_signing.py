"""Putting an agreement before its parties and bringing it into force."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.models import User
from core.operations.audit import record
from core.operations.link import revoke_links_to
from partnerships.models import Agreement, AgreementVersion, PartnershipMember, Signature
from partnerships.operations.agreement import SIGNATURE_LINK, AgreementRefusedError
from partnerships.operations.signature_link import mail_signature_request
from partnerships.rules.agreement import SIGNING, can_bring_into_force, can_open_for_signing, sha256_of
from partnerships.rules.member import can_act_for_member

State = AgreementVersion.State
Member = PartnershipMember.State


@transaction.atomic
def open_agreement_for_signing(
    *, version: AgreementVersion, members: Iterable[PartnershipMember], by: User | None
) -> AgreementVersion:
    """Fix the text by its fingerprint, ask the chosen members to sign, and mail those who may commit for them.

    Members that were only asked or interested are joining from now on. Raises AgreementRefusedError for what is no
    draft, an empty text, no party, or a party outside the partnership.
    """
    locked = AgreementVersion.objects.select_for_update().get(pk=version.pk)
    partnership = locked.agreement.partnership
    parties = sorted(members, key=lambda member: str(member.pk))
    verdict = can_open_for_signing(state=locked.state, text=locked.text, party_count=len(parties))
    if not verdict:
        raise AgreementRefusedError(str(verdict.reason))
    if any(party.partnership_id != partnership.pk for party in parties):
        raise AgreementRefusedError(_("This organisation is not in the partnership."))
    if gone := next((party for party in parties if not can_act_for_member(state=party.state)), None):
        raise AgreementRefusedError(str(can_act_for_member(state=gone.state).reason))
    locked.state, locked.text_sha256 = State.READY_TO_SIGN, sha256_of(locked.text)
    locked.save(update_fields=["state", "text_sha256"])
    for party in parties:
        mail_signature_request(signature=Signature.objects.create(version=locked, member=party), by=by)
    PartnershipMember.objects.filter(
        pk__in=[party.pk for party in parties], state__in=[Member.INVITED, Member.INTERESTED]
    ).update(state=Member.JOINING)
    changes = {"text_sha256": locked.text_sha256, "members": [str(party.pk) for party in parties]}
    record("agreement.opened", locked, by=by, scope_id=partnership.scope_id, changes=changes)
    return locked


@transaction.atomic
def bring_agreement_into_force(
    *, version: AgreementVersion, by: User | None, valid_from: date | None = None
) -> AgreementVersion:
    """Start a version that every party asked has signed; the one in force before is superseded.

    It happens by itself with the last signature; by hand after the request to an unwilling party was taken back.
    Raises AgreementRefusedError while a party asked has not signed (R-A5).
    """
    Agreement.objects.select_for_update().get(pk=version.agreement_id)
    locked = AgreementVersion.objects.select_for_update().get(pk=version.pk)
    answers = Signature.objects.filter(version=locked).values_list("state", flat=True)
    if not (verdict := can_bring_into_force(state=locked.state, answers=answers)):
        raise AgreementRefusedError(str(verdict.reason))
    AgreementVersion.objects.filter(agreement_id=locked.agreement_id, state=State.IN_FORCE).update(
        state=State.SUPERSEDED
    )
    locked.state = State.IN_FORCE
    locked.valid_from = valid_from or locked.valid_from or timezone.localdate()
    locked.full_clean()
    locked.save(update_fields=["state", "valid_from"])
    changes = {"valid_from": str(locked.valid_from)}
    record("agreement.in_force", locked, by=by, scope_id=locked.agreement.partnership.scope_id, changes=changes)
    return locked


@transaction.atomic
def withdraw_signature_request(*, signature: Signature, by: User) -> Signature:
    """Take back the request to a party that does not answer or declined; the others can then go on without it.

    Raises AgreementRefusedError for a signature given, and for a version that is not being signed.
    """
    version = AgreementVersion.objects.select_for_update().get(pk=signature.version_id)
    locked = Signature.objects.select_for_update().get(pk=signature.pk)
    if version.state not in SIGNING or locked.state not in {Signature.State.REQUESTED, Signature.State.DECLINED}:
        raise AgreementRefusedError(_("There is no open request to take back."))
    locked.state = Signature.State.VOID
    locked.save(update_fields=["state"])
    revoke_links_to(locked.pk, purpose=SIGNATURE_LINK)
    scope_id = version.agreement.partnership.scope_id
    record("signature.withdrawn", locked, by=by, scope_id=scope_id, changes={"member": str(locked.member_id)})
    return locked
