"""A minor change: in force at once with the signatures of the version before, unless a party objects."""

import uuid
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.models import User
from core.operations.audit import record
from core.rules.workdays import workdays_after
from partnerships.grounds import keep_grounds
from partnerships.models import Agreement, AgreementVersion, ClauseRequest, PartnershipMember, Signature
from partnerships.operations.agreement import AgreementRefusedError, void_signatures
from partnerships.operations.agreement_document import ask_for_agreement_pdf
from partnerships.operations.agreement_signing import fix_text, start_those_due, take_place, text_to_sign
from partnerships.operations.clause_request import ClauseRequestRefusedError, store_request
from partnerships.operations.review_link import mail_review_links
from partnerships.queries.agreement import in_force_on
from partnerships.queries.authority import authority_to_sign
from partnerships.rules.agreement import can_carry_over
from partnerships.rules.authority import LinkHolder
from partnerships.rules.clause_request import DAYS_TO_OBJECT, can_be_objected_to

State = AgreementVersion.State
Kind = AgreementVersion.ChangeKind
CARRIED = (
    "member_id",
    "person_id",
    "user_id",
    "name",
    "capacity",
    "state",
    "method",
    "authority",
    "is_required",
    "order",
    "is_accession",
    "file_id",
    "delegation_id",
    "hash_signed",
    "answered_at",
)


@transaction.atomic
def declare_minor_change(
    *, version: AgreementVersion, reason: str, by: User, today: date | None = None
) -> AgreementVersion:
    """Put a draft in force as a change that alters nobody's duties, at once or on its first day, and tell all why.

    The signatures of the version in force are carried over and listed as such, each with the fingerprint it was given
    for. For ten working days any party may object, which makes the change a material one.

    Raises AgreementRefusedError for what is no draft, without a version in force or a reason, for an empty text, and in
    a full partnership for a required clause that is missing (R-A1).
    """
    today = today or timezone.localdate()
    start_those_due(Agreement.objects.select_for_update().get(pk=version.agreement_id), today=today)
    before = _in_force(version, today=today)
    locked = AgreementVersion.objects.select_for_update().get(pk=version.pk)
    if not (verdict := can_carry_over(state=locked.state, has_one_in_force=before is not None, reason=reason)):
        raise AgreementRefusedError(str(verdict.reason))
    assert before is not None
    text = text_to_sign(locked)
    if not text.strip():
        raise AgreementRefusedError(_("Write the text first."))
    fix_text(locked, text)
    locked.change_kind, locked.minor_reason = Kind.MINOR, reason.strip()
    locked.based_on, locked.valid_from, locked.pdf = before, locked.valid_from or today, None
    locked.valid_to = locked.valid_to or before.valid_to
    locked.objections_until = workdays_after(today, DAYS_TO_OBJECT)
    take_place(locked, today=today)
    locked.full_clean()
    locked.save()
    keep_grounds(locked)
    carried = _carry_over(before, locked)
    ask_for_agreement_pdf(version=locked, by=by)
    mail_review_links(version=locked, by=by, template="agreement_minor")
    changes = {"from_version": before.number, "signatures_carried": carried, "text_sha256": locked.text_sha256}
    record("agreement.changed_slightly", locked, by=by, scope_id=_scope(locked), changes=changes)
    return locked


@transaction.atomic
def object_to_minor_change(
    *, version: AgreementVersion, member: PartnershipMember, text: str, by: User | LinkHolder, today: date | None = None
) -> ClauseRequest:
    """Object for a party: the version before is in force again, and the change waits as a draft all must sign.

    Raises ClauseRequestRefusedError for somebody who may not commit for a party, for a version that is no minor change
    and after the ten working days; ValidationError for an empty text.
    """
    Agreement.objects.select_for_update().get(pk=version.agreement_id)
    locked = AgreementVersion.objects.select_for_update().get(pk=version.pk)
    is_party = Signature.objects.filter(version=locked, member=member, state=Signature.State.SIGNED).exists()
    if not (is_party and authority_to_sign(member, by).may_commit):
        raise ClauseRequestRefusedError(_("Only somebody who may commit for a party can object."))
    verdict = can_be_objected_to(
        state=locked.state, objections_until=locked.objections_until, today=today or timezone.localdate()
    )
    if not verdict:
        raise ClauseRequestRefusedError(str(verdict.reason))
    before = AgreementVersion.objects.select_for_update().get(pk=locked.based_on.pk)
    objection = store_request(locked, member, by=by, wish=ClauseRequest.Wish.OBJECTION, text=text)
    void_signatures(locked)
    locked.state, locked.change_kind = State.PARTNER_REVIEW, Kind.MATERIAL
    locked.objections_until, locked.valid_from = None, None
    locked.save()
    before.state, before.replaced_on = State.IN_FORCE, None
    before.save(update_fields=["state", "replaced_on"])
    mail_review_links(version=locked, by=None, template="agreement_objected")
    changes = {"member": str(member.pk), "back_to_version": before.number}
    account = None if isinstance(by, LinkHolder) else by
    label = "" if account else "link"
    record("agreement.objected", locked, by=account, actor_label=label, scope_id=_scope(locked), changes=changes)
    return objection


def _in_force(version: AgreementVersion, *, today: date) -> AgreementVersion | None:
    rows = AgreementVersion.objects.select_for_update().filter(agreement_id=version.agreement_id)
    return rows.filter(in_force_on(today)).first()


def _carry_over(before: AgreementVersion, after: AgreementVersion) -> int:
    given = Signature.objects.filter(version=before, state=Signature.State.SIGNED).order_by("id")
    copies = [
        Signature(version=after, carried_from=one, **{name: getattr(one, name) for name in CARRIED}) for one in given
    ]
    return len(Signature.objects.bulk_create(copies))


def _scope(version: AgreementVersion) -> uuid.UUID:
    scope_id: uuid.UUID = version.agreement.partnership.scope_id
    return scope_id
