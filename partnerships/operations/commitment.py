"""Writing down what was promised elsewhere, and what became of it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from core.access.visibility import Visibility
from core.models import User
from core.operations.audit import record
from core.operations.file import store_upload
from core.operations.link import revoke_links_to
from core.rules.membership import Verdict
from core.rules.upload_content import UploadError
from partnerships.models import Commitment, Partnership, PartnershipMember
from partnerships.operations.member import invite_member
from partnerships.queries.authority import authority_over_member
from partnerships.queries.commitment import COMMITMENT_LINK
from partnerships.queries.representative import active_representatives
from partnerships.rules.authority import LinkHolder
from partnerships.rules.commitment import (
    can_ask_release,
    can_confirm_commitment,
    can_keep_commitment,
    can_move_commitment,
    can_release_commitment,
    missing_for_a_date,
    state_of_new,
)
from partnerships.rules.member import can_act_for_member
from partnerships.rules.task_evidence import ALLOWED, Shown
from stakeholders.models import Stakeholder
from stakeholders.operations.stakeholder import add_stakeholder

State = Commitment.State


class CommitmentRefusedError(Exception):
    """It cannot be said of the promise now, or not by this person; the message says why."""


class CommitmentIncompleteError(Exception):
    """Something is missing; ``fields`` says what, by field."""

    def __init__(self, fields: Mapping[str, str | Promise]) -> None:
        super().__init__("; ".join(str(message) for message in fields.values()))
        self.fields = {name: str(message) for name, message in fields.items()}


@transaction.atomic
def record_commitment(
    *,
    member: PartnershipMember,
    title: str,
    source: str,
    by: User | None,
    reference: str = "",
    due_on: date | None = None,
    visibility: Visibility = Visibility.PARTNERS,
) -> Commitment:
    """Write down what a member promised in a clause, a meeting or a talk.

    By somebody who may commit for the member it is promised, and its date the first agreed one. Written by others it is
    only proposed until the member's own people confirm it: nobody accepts for a partner (R-T10). Where that rule only
    warns, a member that has nobody who may commit yet is taken at its word.

    Raises CommitmentRefusedError for a member that left; ValidationError for bad fields.
    """
    if not (verdict := can_act_for_member(state=member.state)):
        raise CommitmentRefusedError(str(verdict.reason))
    partnership = Partnership.objects.select_for_update().get(pk=member.partnership_id)
    last = Commitment.objects.filter(partnership=partnership).aggregate(last=Max("number"))["last"] or 0
    commitment = Commitment(
        partnership=partnership,
        number=last + 1,
        member=member,
        title=title,
        source=source,
        reference=reference,
        due_on=due_on,
        recorded_by=by,
        visibility=visibility,
        state=state_of_new(
            authority_over_member(member, by) if by else None,
            mode=partnership.mode,
            is_anybody_there=active_representatives().filter(member=member, can_commit=True).exists(),
        ),
    )
    if commitment.state == State.OPEN:
        _promise(commitment, today=timezone.localdate())
    commitment.full_clean(exclude=["recorded_by"])
    commitment.save()
    changes = {"source": source, "due_on": str(due_on or ""), "state": commitment.state}
    record("commitment.recorded", commitment, by=by, scope_id=partnership.scope_id, changes=changes)
    return commitment


@transaction.atomic
def record_first_commitment(*, partnership: Partnership, group: str, by: User, **promise: Any) -> Commitment:
    """Write down a promise of a group that is not in the partnership yet: it comes in with its promise.

    A group or organisation of that name in the register is taken instead of a second record. ``promise`` and what is
    raised are those of ``record_commitment``; MemberRefusedError for a group that is in already.
    """
    known = Stakeholder.objects.exclude(kind=Stakeholder.Kind.PERSON).filter(
        name__iexact=group, erased_at=None, merged_into=None
    )
    organisation = known.order_by("id").first() or add_stakeholder(name=group, kind=Stakeholder.Kind.GROUP, by=by)
    member = invite_member(partnership=partnership, organisation=organisation, by=by)
    return record_commitment(member=member, by=by, **promise)


def _promise(commitment: Commitment, *, today: date) -> None:
    """From now on it counts, with its present date as the first agreed one; not saved here."""
    commitment.state, commitment.confirmed_on = State.OPEN, today
    commitment.first_agreed_on = commitment.due_on


@transaction.atomic
def confirm_commitment(*, commitment: Commitment, by: User | LinkHolder, today: date | None = None) -> Commitment:
    """Say for an organisation that what was written down is its promise: it counts from now on.

    Raises CommitmentRefusedError for anybody who may not commit for it, and for what was answered already.
    """
    locked = _locked(commitment)
    _require(can_confirm_commitment(state=locked.state, authority=authority_over_member(locked.member, by)))
    _promise(locked, today=today or timezone.localdate())
    locked.save(update_fields=["state", "confirmed_on", "first_agreed_on"])
    _record("commitment.confirmed", locked, by, {"due_on": str(locked.due_on or "")})
    return locked


@transaction.atomic
def decline_commitment(*, commitment: Commitment, reason: str, by: User | LinkHolder) -> Commitment:
    """Say for an organisation that it did not promise this; ``reason`` is what the others read.

    Raises CommitmentRefusedError as ``confirm_commitment`` and without a reason.
    """
    locked = _locked(commitment)
    _require(can_confirm_commitment(state=locked.state, authority=authority_over_member(locked.member, by)))
    if not reason.strip():
        raise CommitmentRefusedError(_("Write the reason. The others read it."))
    locked.state, locked.release_reason = State.DECLINED, reason.strip()
    locked.full_clean(exclude=["recorded_by"])
    locked.save(update_fields=["state", "release_reason"])
    _record("commitment.declined", locked, by, {})
    return locked


@transaction.atomic
def keep_commitment(
    *, commitment: Commitment, by: User | LinkHolder, shown: Shown | None = None, today: date | None = None
) -> Commitment:
    """Say that a promise is kept, with what shows it; saying it twice changes nothing.

    Raises CommitmentRefusedError for anybody but the people of the organisation and for a released one;
    CommitmentIncompleteError for a file that cannot be taken.
    """
    locked = _locked(commitment)
    authority = authority_over_member(locked.member, by)
    if locked.state == State.KEPT and authority.is_own:
        return locked
    _require(can_keep_commitment(state=locked.state, authority=authority))
    shown = shown or Shown()
    locked.state, locked.kept_on = State.KEPT, today or timezone.localdate()
    locked.evidence = " ".join(filter(None, [shown.note, shown.link]))
    locked.release_asked = ""
    if shown.upload:
        locked.evidence_file = _keep_file(locked, shown, by)
    locked.full_clean(exclude=["recorded_by"])
    locked.save()
    _record("commitment.kept", locked, by, {"kept_on": str(locked.kept_on)})
    return locked


@transaction.atomic
def ask_release(*, commitment: Commitment, reason: str, by: User | LinkHolder) -> Commitment:
    """Ask coordination to be released from a promise; it stays open until they answer.

    Raises CommitmentRefusedError for somebody who may not commit, without a reason, and for a closed one.
    """
    locked = _locked(commitment)
    _require(can_ask_release(state=locked.state, reason=reason, authority=authority_over_member(locked.member, by)))
    locked.release_asked = reason.strip()
    locked.full_clean(exclude=["recorded_by"])
    locked.save(update_fields=["release_asked"])
    _record("commitment.release_asked", locked, by, {})
    return locked


@transaction.atomic
def release_commitment(*, commitment: Commitment, reason: str, by: User) -> Commitment:
    """Release an organisation from a promise, which then counts neither as kept nor as broken.

    What it did not confirm yet is taken back and never was a promise.
    Raises CommitmentRefusedError for anybody but coordination, without a reason, and for a closed one.
    """
    locked = _locked(commitment)
    authority = authority_over_member(locked.member, by)
    _require(can_release_commitment(state=locked.state, reason=reason, authority=authority))
    after = State.DECLINED if locked.state == State.PROPOSED else State.RELEASED
    locked.state, locked.release_reason = after, reason.strip()
    locked.full_clean(exclude=["recorded_by"])
    locked.save(update_fields=["state", "release_reason"])
    revoke_links_to(locked.pk, purpose=COMMITMENT_LINK)
    _record("commitment.released", locked, by, {})
    return locked


@transaction.atomic
def move_commitment(
    *, commitment: Commitment, due_on: date, reason: str, by: User | LinkHolder, today: date | None = None
) -> Commitment:
    """Agree on another date; the first one is kept for good (R-T11).

    Raises CommitmentRefusedError for who may not, and for a closed one; CommitmentIncompleteError without a reason or
    for a past day.
    """
    locked = _locked(commitment)
    _require(can_move_commitment(state=locked.state, authority=authority_over_member(locked.member, by)))
    if missing := missing_for_a_date(due_on=due_on, reason=reason, today=today or timezone.localdate()):
        raise CommitmentIncompleteError(missing)
    before, locked.due_on = locked.due_on, due_on
    if locked.state == State.OPEN:
        locked.first_agreed_on = locked.first_agreed_on or due_on
    locked.date_reason = reason.strip()
    locked.full_clean(exclude=["recorded_by"])
    locked.save(update_fields=["due_on", "first_agreed_on", "date_reason"])
    _record("commitment.moved", locked, by, {"due_on": [str(before or ""), str(due_on)]})
    return locked


def _locked(commitment: Commitment) -> Commitment:
    rows = Commitment.objects.select_related("partnership", "member__partnership", "member__organisation")
    return rows.select_for_update(of=("self",)).get(pk=commitment.pk)


def _require(verdict: Verdict) -> None:
    if not verdict:
        raise CommitmentRefusedError(str(verdict.reason))


def _keep_file(commitment: Commitment, shown: Shown, by: User | LinkHolder) -> Any:
    try:
        return store_upload(
            upload=shown.upload,  # type: ignore[arg-type]  # asked by the caller
            purpose="commitment_evidence",
            allowed=ALLOWED,
            by=None if isinstance(by, LinkHolder) else by,
            scope_id=commitment.partnership.scope_id,
            visibility=Visibility(commitment.visibility),
        )
    except UploadError as error:
        raise CommitmentIncompleteError({"evidence_file": str(error)}) from error


def _record(verb: str, commitment: Commitment, by: User | LinkHolder, changes: dict[str, Any]) -> None:
    scope_id = commitment.partnership.scope_id
    if isinstance(by, LinkHolder):
        changes = {**changes, "person": str(by.person.pk), "link": str(by.link_id)}
        record(verb, commitment, by=None, actor_label="link", scope_id=scope_id, changes=changes)
    else:
        record(verb, commitment, by=by, scope_id=scope_id, changes=changes)
