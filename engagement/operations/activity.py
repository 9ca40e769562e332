"""Planning an activity, announcing it with its promise, and closing the loop with those who took part."""

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from core.models import User
from core.operations.audit import changed_fields, record
from core.rules.membership import Verdict
from engagement.models import ActivityAnswer, ActivityQuote, EngagementActivity, Theme
from engagement.operations.activity_mail import Occasion, mail_registered, tell_what_became
from engagement.operations.waiting_list import move_waiting_list
from engagement.queries.activity import decisions_to_name, has_answer, themes_to_name
from engagement.rules.activity import (
    announcing_findings,
    can_announce,
    can_answer,
    can_cancel,
    can_change,
    can_close,
    can_hold,
    can_publish_summary,
    closing_findings,
    facts_of,
    report_back_for,
    words_of,
)
from partnerships.models import Decision, Partnership
from partnerships.rules.severity import Finding, blocking

State = EngagementActivity.State
# What people who registered have to hear of.
TOLD = ("title", "starts_at", "ends_at", "place", "online_link")
SET_BY_STEPS = ("partnership", "goal", "names_checked_by")


class ActivityRefusedError(Exception):
    """The activity cannot go there; the message says why, ``findings`` each rule that stops it."""

    def __init__(self, reason: str | Promise, findings: list[Finding] | None = None) -> None:
        super().__init__(str(reason))
        self.findings = findings or []


@transaction.atomic
def plan_activity(*, partnership: Partnership, by: User | None, **fields: Any) -> EngagementActivity:
    """An activity with the next number of the partnership; nobody is told yet.

    Without a day for the report back it gets thirty days after its end (R-E1). Raises ValidationError.
    """
    Partnership.objects.select_for_update().get(pk=partnership.pk)
    newest = EngagementActivity.objects.filter(partnership=partnership).aggregate(newest=Max("number"))["newest"] or 0
    activity = EngagementActivity(partnership=partnership, number=newest + 1, **fields)
    if activity.report_back_by is None:
        activity.report_back_by = report_back_for(activity.level, activity.ends_at)
    _check(activity)
    activity.save()
    _record("planned", activity, by, {"level": activity.level})
    return activity


@transaction.atomic
def change_activity(*, activity: EngagementActivity, by: User, **fields: Any) -> EngagementActivity:
    """Change what is said of it; who registered is told of another name, time or place, and more room is given out.

    Raises ActivityRefusedError once it is over and for an announced promise that becomes smaller than its rules allow,
    ValidationError.
    """
    locked = locked_activity(activity)
    _require(can_change(facts_of(locked)))
    changes = changed_fields(locked, fields)
    for name, value in fields.items():
        setattr(locked, name, value)
    _check(locked)
    is_told = locked.state == State.ANNOUNCED and bool(set(changes) & set(TOLD))
    if locked.state == State.ANNOUNCED and {"level", "what_is_open", "report_back_by"} & set(changes):
        # The notice of fourteen days was kept when it was announced.
        findings = [
            one for one in announcing_findings(facts_of(locked), today=timezone.localdate()) if one.code != "R-E3"
        ]
        _require_none(findings, locked)
    locked.sequence += is_told
    locked.save()
    _record("changed", locked, by, {"fields": sorted(changes)})
    if is_told:
        mail_registered(locked, Occasion.CHANGED)
    if locked.state == State.ANNOUNCED:
        move_waiting_list(activity=locked)
    return locked


@transaction.atomic
def announce_activity(
    *, activity: EngagementActivity, by: User, now: datetime | None = None
) -> tuple[EngagementActivity, list[Finding]]:
    """Let everybody read of it and register; returns what its rules only warn of.

    Raises ActivityRefusedError for what stops it: R-E1 to R-E3 in a full partnership (light ones are warned).
    """
    now = now or timezone.now()
    locked = locked_activity(activity)
    facts = facts_of(locked)
    _require(can_announce(facts, now=now))
    findings = announcing_findings(facts, today=timezone.localdate(now))
    _require_none(findings, locked)
    locked.state, locked.announced_on = State.ANNOUNCED, timezone.localdate(now)
    locked.save(update_fields=["state", "announced_on", "changed_at"])
    _record("announced", locked, by, {"warned": [finding.code for finding in findings]})
    return locked, findings


@transaction.atomic
def hold_activity(
    *, activity: EngagementActivity, head_count: int | None, by: User, now: datetime | None = None
) -> EngagementActivity:
    """Write down that it took place and how many came; None where nobody counted. Raises ActivityRefusedError."""
    locked = locked_activity(activity)
    _require(can_hold(facts_of(locked), now=now or timezone.now()))
    locked.state, locked.head_count = State.HELD, head_count
    locked.save(update_fields=["state", "head_count", "changed_at"])
    _record("held", locked, by, {"head_count": head_count})
    return locked


@transaction.atomic
def publish_summary(
    *,
    activity: EngagementActivity,
    summary: str,
    names_checked: bool,
    by: User,
    outputs: str = "",
    today: date | None = None,
) -> EngagementActivity:
    """Tell everybody in plain words what was said, once a person has looked for names (R-E5); again, it is replaced.

    Raises ActivityRefusedError, ValidationError.
    """
    locked = locked_activity(activity)
    _require(can_publish_summary(facts_of(locked), summary=summary, names_checked=names_checked))
    locked.summary, locked.outputs, locked.names_checked_by = summary, outputs, by
    if locked.state == State.HELD:
        locked.state, locked.summarised_on = State.SUMMARISED, today or timezone.localdate()
    _check(locked)
    locked.save()
    _record("summarised", locked, by)
    return locked


@transaction.atomic
def add_quote(
    *, activity: EngagementActivity, words: str, has_consent: bool, by: User, today: date | None = None
) -> ActivityQuote:
    """Publish words somebody said, with their consent alone (R-E5). Raises ActivityRefusedError, ValidationError."""
    locked = locked_activity(activity)
    _require(can_change(facts_of(locked)))
    if not has_consent:
        raise ActivityRefusedError(_("Only words whose speaker agreed can be published."))
    quote = ActivityQuote(activity=locked, words=words, consent_on=today or timezone.localdate())
    quote.full_clean(exclude={"activity"})
    quote.save()
    _record("quoted", locked, by)
    return quote


@transaction.atomic
def remove_quote(*, quote: ActivityQuote, by: User) -> None:
    """Take words back, as whoever said them may ask at any time."""
    _record("quote_removed", quote.activity, by)
    ActivityQuote.objects.filter(pk=quote.pk).delete()


@transaction.atomic
def answer_activity(
    *,
    activity: EngagementActivity,
    by: User,
    theme: Theme | None = None,
    decision: Decision | None = None,
    today: date | None = None,
) -> ActivityAnswer:
    """Name what came of it: a published theme, or a decision everybody is told of. Twice the same is kept once.

    Raises ActivityRefusedError, ValidationError for neither, both, or one that is not public or of elsewhere.
    """
    locked = locked_activity(activity)
    _require(can_answer(facts_of(locked)))
    if (theme is None) == (decision is None):
        raise ValidationError({"theme": _("Choose one: an answer or a decision.")})
    if theme is not None and not themes_to_name(locked.partnership).filter(pk=theme.pk).exists():
        raise ValidationError({"theme": _("This answer is not published.")})
    if decision is not None and not decisions_to_name(locked.partnership).filter(pk=decision.pk).exists():
        raise ValidationError({"decision": _("Residents are not told of this decision.")})
    answer, _is_new = ActivityAnswer.objects.get_or_create(activity=locked, theme=theme, decision=decision)
    if locked.state == State.SUMMARISED:
        locked.state, locked.answered_on = State.ANSWERED, today or timezone.localdate()
        locked.save(update_fields=["state", "answered_on", "changed_at"])
    _record("answered", locked, by)
    return answer


@transaction.atomic
def close_activity(*, activity: EngagementActivity, by: User, today: date | None = None) -> EngagementActivity:
    """Close the loop; whoever had a place is told once, and from then on counts the time until contacts are deleted.

    Raises ActivityRefusedError while nothing public came back to people who were asked something (R-E1).
    """
    locked = locked_activity(activity)
    facts = facts_of(locked, has_answer=has_answer(locked))
    _require(can_close(facts))
    _require_none(closing_findings(facts), locked)
    locked.state, locked.closed_on = State.CLOSED, today or timezone.localdate()
    locked.save(update_fields=["state", "closed_on", "changed_at"])
    _record("closed", locked, by)
    tell_what_became(locked)
    return locked


@transaction.atomic
def cancel_activity(
    *, activity: EngagementActivity, reason: str, by: User, today: date | None = None
) -> EngagementActivity:
    """Call it off; everybody with a place or a wait is mailed once. Raises ActivityRefusedError, ValidationError."""
    locked = locked_activity(activity)
    _require(can_cancel(facts_of(locked)))
    if not reason.strip():
        raise ValidationError({"reason": _("Say why: people planned to come.")})
    was_announced = locked.state == State.ANNOUNCED
    locked.state, locked.cancelled_reason = State.CANCELLED, reason
    locked.closed_on = today or timezone.localdate()
    locked.sequence += 1
    _check(locked)
    locked.save()
    _record("cancelled", locked, by)
    if was_announced:
        mail_registered(locked, Occasion.CANCELLED)
    return locked


def locked_activity(activity: EngagementActivity) -> EngagementActivity:
    """The activity as it is stored now, which nobody else changes until the transaction ends."""
    rows = EngagementActivity.objects.select_for_update(of=("self",)).select_related("partnership")
    locked: EngagementActivity = rows.get(pk=activity.pk)
    return locked


def _check(activity: EngagementActivity) -> None:
    activity.full_clean(exclude={*SET_BY_STEPS})
    if activity.goal_id and activity.goal is not None and activity.goal.partnership_id != activity.partnership_id:
        raise ValidationError({"goal": _("This goal belongs to another partnership.")})


def _require(verdict: Verdict) -> None:
    if not verdict:
        raise ActivityRefusedError(verdict.reason)


def _require_none(findings: list[Finding], activity: EngagementActivity) -> None:
    if stopping := blocking(findings, activity.partnership.mode):
        raise ActivityRefusedError(words_of(stopping), stopping)


def _record(what: str, activity: EngagementActivity, by: User | None, changes: dict[str, Any] | None = None) -> None:
    record(f"activity.{what}", activity, by=by, scope_id=activity.partnership.scope_id, changes=changes)
