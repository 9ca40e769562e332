"""Putting an agreement before its parties and bringing it into force."""

import uuid
from collections.abc import Collection, Iterable, Mapping
from datetime import date

from django.db import transaction
from django.db.models.functions import Coalesce, Least
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.models import User
from core.operations.audit import record
from core.operations.link import revoke_links_to
from partnerships.grounds import keep_grounds
from partnerships.models import Agreement, AgreementVersion, Partnership, PartnershipMember, Signature
from partnerships.operations.agreement import AgreementRefusedError
from partnerships.operations.agreement_document import ask_for_agreement_pdf
from partnerships.operations.review_link import mail_review_links
from partnerships.operations.signature_link import mail_signature_request
from partnerships.queries.agreement_text import annexed_text, clause_parts, text_of, whole_text
from partnerships.rules.agreement import (
    AGREED,
    DRAFT,
    SIGNATURE_LINK,
    SIGNING,
    can_bring_into_force,
    can_open_for_signing,
    first_review,
    last_order_asked,
    order_of_steps,
    sha256_of,
)
from partnerships.rules.clause import facts_of, findings_of
from partnerships.rules.instrument import methods_for
from partnerships.rules.member import can_act_for_member
from partnerships.rules.severity import Finding, blocking

State = AgreementVersion.State
Answer = Signature.State
Member = PartnershipMember.State
UNREAD = Finding("R-A1 own text", gettext_lazy("Read whether the text says all it needs, and tick it."))


class TextUnreadError(AgreementRefusedError):
    """A text written freely is opened for signing, and nobody said that it has all an agreement needs."""


@transaction.atomic
def open_agreement_for_signing(
    *,
    version: AgreementVersion,
    members: Iterable[PartnershipMember],
    by: User | None,
    orders: Mapping[uuid.UUID, int] | None = None,
    optional: Collection[uuid.UUID] = (),
    is_read: bool = False,
) -> AgreementVersion:
    """Fix the text by its fingerprint, ask the chosen members to sign, and mail those who may commit for them.

    Where it cannot be accepted here, the document to sign is made.

    ``orders`` by member says at which step each signs: those of a step are asked together, once all whose signature is
    needed at the steps before have signed; without it all are asked at once. Members in ``optional`` may sign, and
    nobody waits for them. Members that were only asked or interested are joining from now on. ``is_read`` says that
    somebody read a text written freely for what an agreement needs, which no machine can.

    Raises AgreementRefusedError for what is no draft, an empty text, no required party, a party outside the
    partnership, and in a full partnership for a required clause that is missing (R-A1); TextUnreadError there for a
    text written freely that nobody read for them.
    """
    Agreement.objects.select_for_update().get(pk=version.agreement_id)
    locked = AgreementVersion.objects.select_for_update().get(pk=version.pk)
    partnership = locked.agreement.partnership
    parties = sorted(members, key=lambda member: str(member.pk))
    text = text_to_sign(locked)
    required = [party for party in parties if party.pk not in optional]
    if not (verdict := can_open_for_signing(state=locked.state, text=text, party_count=len(required))):
        raise AgreementRefusedError(str(verdict.reason))
    _check_parties(parties, partnership)
    if not (locked.is_composed or is_read) and blocking([UNREAD], partnership.mode):
        raise TextUnreadError(str(UNREAD.message))
    fix_text(locked, text)
    # What was made of a draft is not what is signed.
    locked.state, locked.pdf = State.READY_TO_SIGN, None
    locked.save(update_fields=["state", "text", "text_sha256", "annexed", "pdf"])
    keep_grounds(locked)
    if Signature.Method.IN_APP not in methods_for(locked.agreement.instrument_type):
        ask_for_agreement_pdf(version=locked, by=by)
    orders = order_of_steps({party.pk: (orders or {}).get(party.pk, 0) for party in parties})
    Signature.objects.bulk_create(
        Signature(
            version=locked,
            member=party,
            order=orders[party.pk],
            is_required=party.pk not in optional,
            state=Answer.WAITING,
        )
        for party in parties
    )
    ask_next(locked, by=by)
    PartnershipMember.objects.filter(
        pk__in=[party.pk for party in parties], state__in=[Member.INVITED, Member.INTERESTED]
    ).update(state=Member.JOINING)
    changes = {"text_sha256": locked.text_sha256, "members": [str(party.pk) for party in parties], "is_read": is_read}
    record("agreement.opened", locked, by=by, scope_id=partnership.scope_id, changes=changes)
    return locked


def text_to_sign(locked: AgreementVersion) -> str:
    """The text as it stands now; raises AgreementRefusedError where a clause it cannot be signed without is missing."""
    if not locked.is_composed or locked.state not in DRAFT:
        return text_of(locked)
    parts = clause_parts(locked)
    agreement = locked.agreement
    findings = findings_of(parts, facts=facts_of(agreement), language=locked.language)
    if stopping := blocking(findings, agreement.partnership.mode):
        raise AgreementRefusedError(" ".join(str(finding.message) for finding in stopping))
    return whole_text(locked, parts)


def fix_text(locked: AgreementVersion, text: str) -> None:
    """Set the text of ``text_to_sign`` a version will be known by, with its fingerprint; not saved here."""
    locked.text_sha256 = sha256_of(text)
    if locked.is_composed:
        locked.text = text
    else:
        locked.annexed = annexed_text(locked)


def _check_parties(parties: list[PartnershipMember], partnership: Partnership) -> None:
    if any(party.partnership_id != partnership.pk for party in parties):
        raise AgreementRefusedError(_("This organisation is not in the partnership."))
    if gone := next((party for party in parties if not can_act_for_member(state=party.state)), None):
        raise AgreementRefusedError(str(can_act_for_member(state=gone.state).reason))


def ask_next(version: AgreementVersion, *, by: User | None) -> int:
    """Ask those whose turn it is and mail them; returns how many were asked. The version is locked by the caller."""
    rows = Signature.objects.filter(version=version)
    last = last_order_asked(rows.values_list("order", "state", "is_required"))
    waiting = rows.filter(state=Answer.WAITING)
    asked = list((waiting if last is None else waiting.filter(order__lte=last)).order_by("order", "id"))
    Signature.objects.filter(pk__in=[one.pk for one in asked]).update(state=Answer.REQUESTED)
    for one in asked:
        one.state = Answer.REQUESTED
        mail_signature_request(signature=one, by=by)
    return len(asked)


@transaction.atomic
def bring_agreement_into_force(
    *, version: AgreementVersion, by: User | None, valid_from: date | None = None, today: date | None = None
) -> AgreementVersion:
    """Start a version that every required party has signed, on its first day; the one before holds until then.

    Everybody who may commit for a partner gets a link to read and keep it, and the document is made.

    It happens by itself with the last signature; by hand after the request to an unwilling party was taken back. Who
    need not sign and has not is not waited for. Raises AgreementRefusedError while a required party has not signed
    (R-A5).
    """
    today = today or timezone.localdate()
    Agreement.objects.select_for_update().get(pk=version.agreement_id)
    locked = AgreementVersion.objects.select_for_update().get(pk=version.pk)
    if not (verdict := can_bring_into_force(state=locked.state, answers=required_answers(locked))):
        raise AgreementRefusedError(str(verdict.reason))
    locked.valid_from = valid_from or locked.valid_from or today
    take_place(locked, today=today)
    locked.full_clean()
    locked.save(update_fields=["state", "valid_from", "review_on"])
    for unsigned in Signature.objects.filter(version=locked, state__in=[Answer.WAITING, Answer.REQUESTED]):
        _void(unsigned)
    changes = {"valid_from": str(locked.valid_from)}
    verb = "agreement.in_force" if locked.state == State.IN_FORCE else "agreement.to_come"
    record(verb, locked, by=by, scope_id=locked.agreement.partnership.scope_id, changes=changes)
    ask_for_agreement_pdf(version=locked, by=by)
    mail_review_links(version=locked, by=by, template="agreement_in_force")
    return locked


def required_answers(version: AgreementVersion) -> list[str]:
    """The states of those whose signature a version needs."""
    return list(Signature.objects.filter(version=version, is_required=True).values_list("state", flat=True))


def take_place(locked: AgreementVersion, *, today: date) -> None:
    """Give a version that was agreed its place from its first day on, which is set; not saved here.

    It is read again after a year where no day was chosen (R-A6). Those that begin before stay until then; those that
    would begin on that day or later are superseded at once. The caller locked the agreement.
    """
    if locked.review_on is None and locked.valid_from is not None:
        locked.review_on = first_review(locked.valid_from, valid_to=locked.valid_to)
    others = AgreementVersion.objects.filter(agreement_id=locked.agreement_id, state__in=AGREED).exclude(pk=locked.pk)
    if locked.valid_from is None or locked.valid_from <= today:
        others.update(state=State.SUPERSEDED)
        locked.state = State.IN_FORCE
        return
    start_those_due(locked.agreement, today=today)
    others.filter(valid_from__gte=locked.valid_from).update(state=State.SUPERSEDED)
    others.update(replaced_on=Least(Coalesce("replaced_on", locked.valid_from), locked.valid_from))
    locked.state = State.TO_COME


def start_those_due(agreement: Agreement, *, today: date) -> int:
    """Store as in force what came into force by its day, and as superseded what it replaced; returns how many.

    Pages and rules go by the days alone. The caller locked the agreement.
    """
    rows = AgreementVersion.objects.filter(agreement=agreement)
    due = rows.filter(state=State.TO_COME, valid_from__lte=today).order_by("valid_from", "number")
    for version in due:
        rows.filter(state=State.IN_FORCE).update(state=State.SUPERSEDED)
        rows.filter(pk=version.pk).update(state=State.IN_FORCE)
        changes = {"valid_from": str(version.valid_from)}
        scope_id = agreement.partnership.scope_id
        record("agreement.in_force", version, by=None, scope_id=scope_id, changes=changes)
    return len(due)


@transaction.atomic
def withdraw_signature_request(*, signature: Signature, by: User) -> Signature:
    """Take back the request to a party that does not answer or declined; the others can then go on without it.

    Raises AgreementRefusedError for a signature given, and for a version that is not being signed.
    """
    Agreement.objects.select_for_update().get(versions=signature.version_id)
    version = AgreementVersion.objects.select_for_update().get(pk=signature.version_id)
    locked = Signature.objects.select_for_update().get(pk=signature.pk)
    is_open = locked.is_accession or version.state in SIGNING
    if not is_open or locked.state not in {Answer.WAITING, Answer.REQUESTED, Answer.DECLINED}:
        raise AgreementRefusedError(_("There is no open request to take back."))
    _void(locked)
    scope_id = version.agreement.partnership.scope_id
    record("signature.withdrawn", locked, by=by, scope_id=scope_id, changes={"member": str(locked.member_id)})
    if version.state in SIGNING:
        ask_next(version, by=by)
    return locked


def _void(locked: Signature) -> None:
    locked.state = Answer.VOID
    locked.save(update_fields=["state"])
    revoke_links_to(locked.pk, purpose=SIGNATURE_LINK)
