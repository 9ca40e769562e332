"""Proposing decisions, taking them, and putting another in their place."""

import uuid
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from core.access.visibility import Visibility
from core.models import User
from core.operations.audit import record
from core.operations.levels import note_withdrawal, require_meant
from core.rules.membership import Verdict
from partnerships.models import Decision, DecisionAudience, DecisionPosition, Meeting, Partnership, Position
from partnerships.operations.meeting import locked_meeting
from partnerships.queries.decision import quorum_for, quorum_of, voices_for
from partnerships.queries.decision_audience import affected_by, groups_to_choose
from partnerships.queries.governance import governance_of
from partnerships.queries.member import active_members
from partnerships.rules.decision import (
    NOBODY,
    OUTCOMES,
    Audience,
    Positions,
    can_edit_decision,
    can_revoke,
    can_supersede,
    decision_findings,
    is_told,
    state_after,
    subject_of,
)
from partnerships.rules.meeting import can_take_notes
from partnerships.rules.severity import Finding, blocking
from partnerships.rules.visibility import can_show_at, first_level
from stakeholders.models import Stakeholder

State = Decision.State


class DecisionRefusedError(Exception):
    """The decision cannot be written or taken so; the message says why, ``findings`` each rule that stops it."""

    def __init__(self, message: str, findings: list[Finding] | None = None) -> None:
        super().__init__(message)
        self.findings = findings or []


@transaction.atomic
def record_decision(
    *,
    partnership: Partnership,
    by: User,
    title: str,
    outcome: str = "",
    positions: Positions | None = None,
    affected: Audience = NOBODY,
    supersedes: Decision | None = None,
    today: date | None = None,
    **fields: Any,
) -> Decision:
    """Write a decision with the next number of its year, and take it when there is an ``outcome``.

    Raises DecisionRefusedError for what blocks in the partnership's mode, for a meeting whose notes are closed, for
    one that cannot be replaced and for whom it cannot name as affected; ValidationError for bad fields.
    """
    day = today or timezone.localdate()
    meeting: Meeting | None = fields.get("meeting")
    if meeting is not None:
        # A meeting is locked before its partnership, here and wherever something is written in one.
        _require(can_take_notes(state=locked_meeting(meeting).state))
    Partnership.objects.select_for_update().get(pk=partnership.pk)
    if supersedes is not None:
        _require(can_supersede(state=_locked(supersedes).state))
    seen = meeting.visibility if meeting is not None else Visibility.PUBLIC
    fields.setdefault("visibility", min(first_level(partnership.visibility), seen))
    _require_level(fields["visibility"], partnership)
    year = (fields.get("decided_on") or day).year
    same_year = Decision.objects.filter(partnership=partnership, year=year)
    newest = same_year.aggregate(newest=Max("number"))["newest"] or 0
    decision = Decision(
        partnership=partnership, year=year, number=newest + 1, title=title, supersedes=supersedes, **fields
    )
    decision.full_clean(exclude=["partnership"])
    decision.save()
    _record("proposed", decision, by)
    _write_positions(decision, positions or {})
    _write_affected(decision, affected)
    return take_decision(decision=decision, outcome=outcome, by=by, today=day) if outcome else decision


@transaction.atomic
def change_decision(
    *,
    decision: Decision,
    by: User,
    positions: Positions | None = None,
    affected: Audience | None = None,
    **fields: Any,
) -> Decision:
    """Reword a proposal; without ``affected`` those it affects stay.

    Raises DecisionRefusedError once it was taken (R-C6) and for whom it cannot name, ValidationError.
    """
    locked = _locked(decision)
    _require(can_edit_decision(state=locked.state))
    if "visibility" in fields:
        _require_level(fields["visibility"], locked.partnership)
    require_meant(locked, fields)
    for name, value in fields.items():
        setattr(locked, name, value)
    locked.full_clean(exclude=["partnership"])
    locked.save()
    if positions is not None:
        _write_positions(locked, positions)
    if affected is not None:
        _write_affected(locked, affected)
    _record("changed", locked, by)
    return locked


@transaction.atomic
def take_decision(
    *, decision: Decision, outcome: str, by: User, positions: Positions | None = None, today: date | None = None
) -> Decision:
    """Write down what a proposal came to: decided, rejected or put off.

    With too few members taking part what was decided is kept as a recommendation (R-C4). Who was there, heard or
    missing is kept as it is now. Raises DecisionRefusedError for what blocks in the partnership's mode (R-C7, R-C8)
    and once it was taken.
    """
    day = today or timezone.localdate()
    locked = _locked(decision)
    _require(can_edit_decision(state=locked.state))
    if outcome not in OUTCOMES:
        raise DecisionRefusedError(_("Say what it came to."))
    if positions is not None:
        _write_positions(locked, positions)
    if outcome == State.DECIDED:
        _require_rules(locked)
    given = dict(DecisionPosition.objects.filter(decision=locked).values_list("member_id", "position"))
    quorum = quorum_for(locked.partnership, meeting=locked.meeting, positions=given)
    locked.state = state_after(outcome, quorum, effective_from=locked.effective_from, today=day)
    locked.decided_on = locked.decided_on or day
    locked.present_count, locked.entitled_count = quorum.present, quorum.entitled
    locked.quorum_percent = quorum.percent
    locked.voices = voices_for(
        locked.partnership, meeting=locked.meeting, positions=given, affected=affected_by(locked)
    )
    locked.save()
    _record("taken", locked, by, {"state": locked.state})
    if locked.supersedes_id and locked.state in {State.DECIDED, State.IN_FORCE}:
        _end(locked.supersedes, State.SUPERSEDED, by)
    return locked


@transaction.atomic
def review_decision(*, decision: Decision, by: User, review_on: date | None = None) -> Decision:
    """Keep a decision after looking at it again; ``review_on`` is when to look next. Raises DecisionRefusedError."""
    locked = _locked(decision)
    _require(can_revoke(state=locked.state))
    locked.state, locked.review_on = State.REVIEWED, review_on
    locked.save(update_fields=["state", "review_on"])
    _record("reviewed", locked, by, {"review_on": str(review_on or "")})
    return locked


@transaction.atomic
def revoke_decision(*, decision: Decision, by: User) -> Decision:
    """Take a decision back without putting another in its place. Raises DecisionRefusedError."""
    locked = _locked(decision)
    _require(can_revoke(state=locked.state))
    return _end(locked, State.REVOKED, by)


@transaction.atomic
def note_communicated(
    *, decision: Decision, by: User, on: date, to: str = "", told: Audience = NOBODY, today: date | None = None
) -> Decision:
    """Write down when those it concerns were told, and who they are; as often as it was told to others.

    Raises DecisionRefusedError for a proposal, a day to come and for whom it cannot name.
    """
    locked = _locked(decision)
    if can_edit_decision(state=locked.state):
        raise DecisionRefusedError(_("This is not decided yet."))
    if on > (today or timezone.localdate()):
        raise DecisionRefusedError(_("This day is still to come."))
    _write_told(locked, told, on=on)
    locked.communicated_on, locked.communicated_to = on, to or locked.communicated_to
    locked.save(update_fields=["communicated_on", "communicated_to"])
    _record("communicated", locked, by)
    return locked


@transaction.atomic
def show_decision_to(
    *, decision: Decision, visibility: int, by: User, today: date | None = None, is_meant: bool = False
) -> Decision:
    """Choose who may see a decision, also once it was taken: its words stay as they are.

    What everybody could read leaves the day of its withdrawal behind. Raises ValidationError for a level wider than
    the partnership's own, and for a wider one than now that nobody says is meant.
    """
    locked = _locked(decision)
    _require_level(visibility, locked.partnership)
    require_meant(locked, {"visibility": visibility, "is_meant": is_meant})
    before, was_told = locked.visibility, _is_told(locked)
    locked.visibility = visibility
    note_withdrawal(locked, was_told=was_told, is_told=_is_told(locked), today=today or timezone.localdate())
    locked.save(update_fields=["visibility", "withdrawn_on"])
    _record("shown_to", locked, by, {"visibility": [str(before), str(visibility)]})
    return locked


def bring_decisions_into_force(*, today: date) -> int:
    """Each day: decisions whose day has come are in force; returns how many. Safe to run twice."""
    rows = Decision.objects.filter(state=State.DECIDED, effective_from__lte=today)
    return int(rows.update(state=State.IN_FORCE))


def findings_of_decision(decision: Decision) -> list[Finding]:
    """What the rules do not like about a decision (R-C7, R-C8)."""
    governance = governance_of(decision.partnership)
    subject = subject_of(subject=decision.subject, about=decision.about)
    return decision_findings(
        method=decision.method,
        allowed=governance.methods_for(subject),
        asks_subject=bool(governance.by_subject) and not subject,
        affects_residents=decision.affects_residents,
        public_note=decision.public_note,
        not_public_reason=decision.not_public_reason,
    )


def _is_told(decision: Decision) -> bool:
    return is_told(
        state=decision.state,
        level=decision.visibility,
        cap=decision.partnership.visibility,
        public_note=decision.public_note,
        had_quorum=quorum_of(decision).is_met,
    )


def _require_level(level: int, partnership: Partnership) -> None:
    verdict = can_show_at(level, cap=partnership.visibility)
    if not verdict:
        raise ValidationError({"visibility": str(verdict.reason)})


def _require_rules(decision: Decision) -> None:
    stops = blocking(findings_of_decision(decision), decision.partnership.mode)
    if stops:
        raise DecisionRefusedError(" ".join(str(finding.message) for finding in stops), stops)


def _write_positions(decision: Decision, positions: Positions) -> None:
    members = {member.pk for member in active_members(decision.partnership)}
    if unknown := set(positions) - members:
        raise DecisionRefusedError(_("This organisation is not in the partnership."), [Finding("member", str(unknown))])
    for member_id, stand in positions.items():
        if stand.position is not None and stand.position not in Position.values:
            raise DecisionRefusedError(_("Choose one of the five positions."))
        DecisionPosition.objects.update_or_create(
            decision=decision, member_id=member_id, defaults={"position": stand.position, "note": stand.note[:500]}
        )


def _write_affected(decision: Decision, affected: Audience) -> None:
    _require_audience(decision, affected)
    DecisionAudience.objects.filter(decision=decision, told_on=None).delete()
    DecisionAudience.objects.filter(decision=decision).update(is_affected=False)
    for row in _audience_rows(decision, affected):
        row.is_affected = True
        row.save()


def _write_told(decision: Decision, told: Audience, *, on: date) -> None:
    # Who was told before keeps the first day.
    _require_audience(decision, told)
    for row in _audience_rows(decision, told):
        row.told_on = row.told_on or on
        row.save()


def _audience_rows(decision: Decision, audience: Audience) -> Iterable[DecisionAudience]:
    """A row for each of an audience, the one that is there or a new one."""
    keys: list[tuple[str, uuid.UUID | None]] = [(sector, None) for sector in sorted(audience.sectors)]
    keys += [("", key) for key in sorted(audience.groups)]
    known = {(one.sector, one.stakeholder_id): one for one in DecisionAudience.objects.filter(decision=decision)}
    for sector, key in keys:
        yield known.get((sector, key)) or DecisionAudience(decision=decision, sector=sector, stakeholder_id=key)


def _require_audience(decision: Decision, audience: Audience) -> None:
    wanted = audience.groups
    named_before = DecisionAudience.objects.filter(decision=decision, stakeholder__in=wanted)
    known = {
        *groups_to_choose(decision.partnership).filter(pk__in=wanted).values_list("pk", flat=True),
        *named_before.values_list("stakeholder_id", flat=True),
    }
    if not set(audience.sectors) <= set(Stakeholder.Sector.values) or not set(wanted) <= known:
        raise DecisionRefusedError(_("Name sectors, members and groups on a map of the partnership only."))


def _end(decision: Decision | None, state: State, by: User) -> Decision:
    locked = _locked(decision) if decision else None
    if locked is None:
        raise DecisionRefusedError(_("Only a decision that counts can be replaced."))
    locked.state = state
    locked.save(update_fields=["state"])
    _record(state.value, locked, by)
    return locked


def _locked(decision: Decision) -> Decision:
    rows = Decision.objects.select_for_update(of=("self",)).select_related("partnership", "meeting", "supersedes")
    found: Decision = rows.get(pk=decision.pk)
    return found


def _require(verdict: Verdict) -> None:
    if not verdict:
        raise DecisionRefusedError(str(verdict.reason))


def _record(what: str, decision: Decision, by: User | None, changes: dict[str, Any] | None = None) -> None:
    record(f"decision.{what}", decision, by=by, scope_id=decision.partnership.scope_id, changes=changes)
