"""A later partner joins the version in force by an accession form (R-A5)."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.models import User
from core.operations.audit import record
from partnerships.models import Agreement, AgreementVersion, PartnershipMember, Signature
from partnerships.operations.agreement import AgreementRefusedError
from partnerships.operations.signature_link import mail_signature_request
from partnerships.rules.agreement import state_on
from partnerships.rules.member import can_act_for_member

Member = PartnershipMember.State


@transaction.atomic
def ask_to_accede(*, version: AgreementVersion, member: PartnershipMember, by: User | None) -> Signature:
    """Ask a later partner to sign the form of accession to the version in force; signing makes it a member.

    Raises AgreementRefusedError for a version not in force, and for a party that signed it, was asked already, left, or
    is of another partnership.
    """
    Agreement.objects.select_for_update().get(pk=version.agreement_id)
    locked = AgreementVersion.objects.select_for_update().get(pk=version.pk)
    partnership = locked.agreement.partnership
    if state_on(locked, today=timezone.localdate()) != AgreementVersion.State.IN_FORCE:
        raise AgreementRefusedError(_("One can only accede to a version in force."))
    if member.partnership_id != partnership.pk:
        raise AgreementRefusedError(_("This organisation is not in the partnership."))
    if not (verdict := can_act_for_member(state=member.state)):
        raise AgreementRefusedError(str(verdict.reason))
    if Signature.objects.filter(version=locked, member=member).exclude(state=Signature.State.VOID).exists():
        raise AgreementRefusedError(_("This organisation signed or was asked already."))
    signature = Signature.objects.create(version=locked, member=member, is_accession=True, is_required=False)
    if member.state in {Member.INVITED, Member.INTERESTED}:
        PartnershipMember.objects.filter(pk=member.pk).update(state=Member.JOINING)
    mail_signature_request(signature=signature, by=by)
    changes = {"member": str(member.pk), "version": str(locked.pk)}
    record("signature.accession_asked", signature, by=by, scope_id=partnership.scope_id, changes=changes)
    return signature
