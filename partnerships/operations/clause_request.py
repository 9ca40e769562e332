"""What partners remark on a text and ask to change, and the answers."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.models import User
from core.operations.audit import record
from partnerships.models import AgreementClause, AgreementVersion, ClauseRequest, PartnershipMember
from partnerships.queries.authority import authority_to_sign
from partnerships.queries.representative import active_representation, representation_of
from partnerships.rules.authority import LinkHolder
from partnerships.rules.clause_request import can_answer_request, can_be_remarked

MOST_OPEN = 50


class ClauseRequestRefusedError(Exception):
    """Nothing can be asked for or answered here, or not by this person; the message says why."""


@transaction.atomic
def make_clause_request(
    *,
    version: AgreementVersion,
    member: PartnershipMember,
    by: User | LinkHolder,
    text: str,
    wish: str = ClauseRequest.Wish.COMMENT,
    clause_code: str = "",
) -> ClauseRequest:
    """Remark on a clause, or on the text as a whole without ``clause_code``, or ask for a change of it.

    Raises ClauseRequestRefusedError for somebody who does not speak for the member, a version not open for remarks, a
    clause it has not, and beyond 50 unanswered ones of a member; ValidationError for an empty text.
    """
    locked = AgreementVersion.objects.select_for_update().get(pk=version.pk)
    if not authority_to_sign(member, by).is_own or member.partnership_id != locked.agreement.partnership_id:
        raise ClauseRequestRefusedError(_("Only somebody who speaks for a partner can do this."))
    if not (verdict := can_be_remarked(state=locked.state)):
        raise ClauseRequestRefusedError(str(verdict.reason))
    if clause_code and not AgreementClause.objects.filter(version=locked, code=clause_code, is_on=True).exists():
        raise ClauseRequestRefusedError(_("This clause is not in the agreement any more."))
    open_ones = ClauseRequest.objects.filter(version=locked, member=member, answer="")
    if open_ones.count() >= MOST_OPEN:
        raise ClauseRequestRefusedError(_("Many of your remarks wait for an answer. Wait for those first."))
    return store_request(locked, member, by=by, wish=wish, text=text, clause_code=clause_code)


def store_request(
    version: AgreementVersion,
    member: PartnershipMember,
    *,
    by: User | LinkHolder,
    wish: str,
    text: str,
    clause_code: str = "",
) -> ClauseRequest:
    """Write down what a partner wishes; whether it may is decided by the caller. Raises ValidationError."""
    is_link = isinstance(by, LinkHolder)
    own = active_representation(by.person.pk, member.pk) if isinstance(by, LinkHolder) else None
    own = own or (None if isinstance(by, LinkHolder) else representation_of(by, member.pk))
    remark = ClauseRequest(
        version=version,
        member=member,
        person=own.person if own else None,
        user=None if isinstance(by, LinkHolder) else by,
        wish=wish,
        text=text.strip(),
        clause_code=clause_code,
    )
    remark.full_clean(exclude=["person", "user", "answered_by", "answered_at"])
    remark.save()
    record(
        "clause.requested",
        remark,
        by=None if isinstance(by, LinkHolder) else by,
        actor_label="link" if is_link else "",
        scope_id=version.agreement.partnership.scope_id,
        changes={"wish": wish, "clause": clause_code, "member": str(member.pk)},
    )
    return remark


@transaction.atomic
def answer_clause_request(*, remark: ClauseRequest, answer: str, reason: str, by: User) -> ClauseRequest:
    """Say what becomes of a remark: taken up, or not and why. Once.

    Raises ClauseRequestRefusedError for one answered already, and for a refusal without reason.
    """
    locked = ClauseRequest.objects.select_for_update(of=("self",)).get(pk=remark.pk)
    if not (verdict := can_answer_request(answer=answer, given=locked.answer, reason=reason)):
        raise ClauseRequestRefusedError(str(verdict.reason))
    locked.answer, locked.answer_reason = answer, reason.strip()
    locked.answered_by, locked.answered_at = by, timezone.now()
    locked.save(update_fields=["answer", "answer_reason", "answered_by", "answered_at"])
    scope_id = locked.version.agreement.partnership.scope_id
    record("clause.answered", locked, by=by, scope_id=scope_id, changes={"answer": answer})
    return locked
