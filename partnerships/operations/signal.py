"""Looking for early-warning signals, and what people do with them."""

import uuid
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from core.models import User
from core.operations.audit import record
from core.rules.membership import Verdict
from partnerships.early_signs import Facts, Found, registered_signal_rules, signal_rule
from partnerships.models import Partnership, Signal, Task
from partnerships.operations.task import TaskRefusedError, propose_task
from partnerships.rules.signal import (
    OPEN,
    WATCHED,
    TaskWish,
    can_choose_action,
    can_dismiss_signal,
    can_see_signal,
    has_worsened,
    state_after_look,
)

State = Signal.State
Key = tuple[uuid.UUID, str, uuid.UUID | None]


class SignalRefusedError(Exception):
    """The signal cannot go there; the message says why. ``field`` names what to correct."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True)
class Looked:
    """What a look changed: how many signals are new, were raised again, and are over."""

    raised: int = 0
    raised_again: int = 0
    cleared: int = 0


@transaction.atomic
def look_for_signals(*, today: date, partnership: Partnership | None = None, by: User | None = None) -> Looked:
    """Let every rule look at one partnership, or each day at all of the space; safe to run twice.

    New findings are raised, those whose cause is gone cleared, those put aside raised again when they got worse or
    90 days have passed. A partnership that is not at work has no signals. The number of statements depends on what
    changed, not on how many partnerships there are.
    """
    rows = Partnership.objects.order_by("pk") if partnership is None else Partnership.objects.filter(pk=partnership.pk)
    found = _findings(list(rows.filter(state__in=WATCHED)), today=today)
    # Two looks at once would raise the same twice.
    scopes = dict(rows.select_for_update(no_key=True).values_list("pk", "scope_id"))
    lasting = Signal.objects.exclude(state=State.CLEARED).filter(partnership__in=list(scopes))
    signals: dict[Key, Signal] = {(one.partnership_id, one.code, one.about_id): one for one in lasting}
    verbs: list[tuple[str, Signal]] = []
    for key in sorted(found.keys() | signals.keys(), key=str):
        verb, signal = _after_look(key, signals.get(key), found.get(key), today=today)
        if signal is not None and verb:
            verbs.append((verb, signal))
    for verb, signal in verbs:
        record(f"signal.{verb}", signal, by=by, scope_id=scopes[signal.partnership_id], changes={"facts": signal.facts})
    counts = [sum(verb == wanted for verb, _signal in verbs) for wanted in ("raised", "raised_again", "cleared")]
    return Looked(*counts)


def look_daily(*, today: date) -> Looked:
    """Each day: look at every partnership of the space."""
    return look_for_signals(today=today)


def _findings(partnerships: list[Partnership], *, today: date) -> dict[Key, Found]:
    if not partnerships:
        return {}
    return {
        (one.partnership_id, rule.code, one.about_id): one
        for rule in registered_signal_rules().values()
        for one in rule.find(partnerships, today=today)
    }


def _after_look(key: Key, signal: Signal | None, found: Found | None, *, today: date) -> tuple[str, Signal | None]:
    """Write what a look changed of one signal; returns the verb for the history, empty when nothing happened."""
    after = state_after_look(
        signal.state if signal else None,
        is_found=found is not None,
        has_worsened=bool(signal and found and _has_worsened(signal, found.facts)),
        dismissed_on=signal.dismissed_on if signal else None,
        today=today,
    )
    if signal is None and found is not None:
        partnership_id, code, about_id = key
        facts = {"facts": found.facts, "visibility": found.visibility}
        made = Signal(partnership_id=partnership_id, code=code, about_id=about_id, raised_on=today, **facts)
        made.save(force_insert=True)
        return "raised", made
    if signal is None:
        return "", None
    if found is None:
        signal.state, signal.cleared_on = State.CLEARED, today
        signal.save(update_fields=["state", "cleared_on"])
        return "cleared", signal
    before = (signal.facts, signal.visibility, signal.state)
    signal.facts, signal.visibility = found.facts, found.visibility
    is_again = signal.state == State.DISMISSED and after == State.RAISED
    if is_again:
        signal.state, signal.raised_on, signal.seen_on, signal.seen_by = State.RAISED, today, None, None
    if before != (signal.facts, signal.visibility, signal.state):
        signal.save(update_fields=["facts", "visibility", "state", "raised_on", "seen_on", "seen_by"])
    return ("raised_again" if is_again else ""), signal


def _has_worsened(signal: Signal, facts: Facts) -> bool:
    rule = signal_rule(signal.code)
    return rule is not None and has_worsened(rule.measure(facts), before=signal.dismissed_measure, step=rule.step)


@transaction.atomic
def see_signal(*, signal: Signal, by: User, today: date | None = None) -> Signal:
    """Say that coordination has seen it. Raises SignalRefusedError for one that is not new."""
    locked = _locked(signal)
    _require(can_see_signal(state=locked.state))
    _mark_seen(locked, by, today or timezone.localdate())
    locked.state = State.SEEN
    locked.save(update_fields=["state", "seen_on", "seen_by"])
    _record("seen", locked, by)
    return locked


@transaction.atomic
def choose_action(
    *, signal: Signal, action: str, by: User, task: TaskWish | None = None, today: date | None = None
) -> Signal:
    """Say in words what is done about it, and with ``task`` make a task of it.

    Raises SignalRefusedError without words, for one that is put aside or over, and where the task is refused.
    """
    locked = _locked(signal)
    _require(can_choose_action(state=locked.state, action=action), "action" if locked.state in OPEN else "")
    day = today or timezone.localdate()
    _mark_seen(locked, by, day)
    locked.state, locked.action, locked.chosen_on, locked.chosen_by = State.ACTION_CHOSEN, action.strip(), day, by
    locked.task = _task(locked, task, by) if task else None
    locked.save(update_fields=["state", "action", "task", "chosen_on", "chosen_by", "seen_on", "seen_by"])
    _record("action_chosen", locked, by, {"task": str(locked.task_id or "")})
    return locked


@transaction.atomic
def dismiss_signal(*, signal: Signal, reason: str, by: User, today: date | None = None) -> Signal:
    """Put it aside with a reason all who see it can read.

    It stays aside for 90 days unless it gets worse. Raises SignalRefusedError without a reason, and for one that is
    put aside or over.
    """
    locked = _locked(signal)
    _require(can_dismiss_signal(state=locked.state, reason=reason), "reason" if locked.state in OPEN else "")
    day = today or timezone.localdate()
    _mark_seen(locked, by, day)
    rule = signal_rule(locked.code)
    locked.state, locked.dismissal_reason, locked.dismissed_on, locked.dismissed_by = (
        State.DISMISSED,
        reason.strip(),
        day,
        by,
    )
    locked.dismissed_measure = rule.measure(locked.facts) if rule else None
    fields = ["state", "dismissal_reason", "dismissed_on", "dismissed_by", "dismissed_measure", "seen_on", "seen_by"]
    locked.save(update_fields=fields)
    _record("dismissed", locked, by)
    return locked


def _mark_seen(signal: Signal, by: User, day: date) -> None:
    if signal.seen_on is None:
        signal.seen_on, signal.seen_by = day, by


def _task(signal: Signal, wish: TaskWish, by: User) -> Task:
    try:
        return propose_task(
            partnership=signal.partnership, title=signal.action, by=by, member=wish.member, due_on=wish.due_on
        )
    except TaskRefusedError as refusal:
        raise SignalRefusedError(str(refusal), "member") from refusal


def _locked(signal: Signal) -> Signal:
    """The signal as it stands now; its partnership is locked first, as by every look."""
    Partnership.objects.select_for_update().get(pk=signal.partnership_id)
    found: Signal = Signal.objects.select_for_update(of=("self",)).select_related("partnership").get(pk=signal.pk)
    return found


def _require(verdict: Verdict, field: str = "") -> None:
    if not verdict:
        raise SignalRefusedError(str(verdict.reason), field)


def _record(what: str, signal: Signal, by: User, changes: dict[str, object] | None = None) -> None:
    record(f"signal.{what}", signal, by=by, scope_id=signal.partnership.scope_id, changes=changes)
