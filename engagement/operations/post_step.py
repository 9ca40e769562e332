"""The steps of a post: agreeing on it, writing down that people published it, how far it went, taking it back.

No step sends anything to a channel (R-M1 to R-M4).
"""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.models import User
from engagement.models import Post, PostReach
from engagement.operations.post import PostRefusedError, locked_post, post_facts, record_post, require, save_some
from engagement.rules.post import (
    FIGURES,
    PostFacts,
    approving_findings,
    can_approve,
    can_publish,
    can_review,
    can_schedule,
    can_withdraw,
    is_on_channel_still,
    needs_reason,
    own_approval_finding,
)
from partnerships.rules.severity import Finding, blocking

State = Post.State


@transaction.atomic
def approve_post(*, post: Post, by: User, reason: str = "", today: date | None = None) -> tuple[Post, list[Finding]]:
    """Agree that a draft is told; returns what its rules only warn of.

    Whoever wrote it is refused (R-M1); in a light partnership they say why nobody else could read it. Raises
    PostRefusedError for that and for what protects people: consents, guardians, the description of the picture.
    """
    locked, today = locked_post(post), today or timezone.localdate()
    facts, is_own = post_facts(locked, today=today), locked.written_by_id == by.pk
    require(can_approve(facts))
    findings = own_approval_finding(is_own=is_own) + approving_findings(facts, on=day_of(facts, today))
    _require_none(findings, locked)
    if needs_reason(locked.partnership.mode, is_own=is_own) and not reason.strip():
        raise PostRefusedError(_("Say why nobody else could read it."))
    locked.state, locked.approved_by = State.APPROVED, by
    locked.approved_alone_because = reason.strip() if is_own else ""
    locked.clean_fields(exclude={"tenant", "partnership", "channel", "goal", "picture"})
    save_some(locked, "state", "approved_by", "approved_alone_because")
    record_post("approved", locked, by, {"warned": [finding.code for finding in findings]})
    return locked, findings


@transaction.atomic
def schedule_post(*, post: Post, by: User, now: datetime | None = None) -> Post:
    """Put an approved post on its day: whoever publishes is reminded. Nothing is sent (R-M4).

    Raises PostRefusedError without channel or time to come, and when a consent does not hold until then.
    """
    locked, now = locked_post(post), now or timezone.now()
    facts = post_facts(locked)
    require(can_schedule(facts, now=now))
    _require_none(approving_findings(facts, on=day_of(facts, timezone.localdate(now))), locked)
    locked.state = State.SCHEDULED
    save_some(locked, "state")
    record_post("scheduled", locked, by)
    return locked


@transaction.atomic
def publish_post(*, post: Post, by: User, link: str = "", published_on: date | None = None) -> Post:
    """Write down that somebody published it, and where it is found. Nothing is sent (R-M4).

    Raises PostRefusedError for what was not approved, without an address where posts have one, for a day to come, and
    when a consent does not hold any more; ValidationError.
    """
    locked, today = locked_post(post), timezone.localdate()
    day = published_on or today
    facts = post_facts(locked, today=today)
    require(can_publish(facts, link=link))
    if day > today:
        raise PostRefusedError(_("That day is still to come."))
    _require_none(approving_findings(facts, on=day), locked)
    locked.state, locked.published_on, locked.published_link = State.PUBLISHED, day, link
    locked.clean_fields(exclude={"tenant", "partnership", "channel", "goal", "picture"})
    save_some(locked, "state", "published_on", "published_link")
    record_post("published", locked, by)
    return locked


@transaction.atomic
def review_post(
    *, post: Post, by: User, learned: str = "", read_on: date | None = None, **figures: int | None
) -> PostReach:
    """Write down how far it went and what was learned; again, it is replaced. An empty figure was not looked up.

    It is communication, never impact: it is handed on to no indicator (R-M3). Raises PostRefusedError before it is
    published, ValidationError.
    """
    locked = locked_post(post)
    require(can_review(post_facts(locked)))
    reach = PostReach.objects.filter(post=locked).first() or PostReach(post=locked)
    reach.read_on, reach.learned = read_on or timezone.localdate(), learned
    for name in FIGURES:
        setattr(reach, name, figures.get(name))
    reach.full_clean(exclude={"post"})
    reach.save()
    locked.state = State.REVIEWED
    save_some(locked, "state")
    record_post("reviewed", locked, by)
    return reach


@transaction.atomic
def withdraw_post(*, post: Post, reason: str, by: User, today: date | None = None) -> Post:
    """Take a post back. One that was out stays listed until somebody says that it is taken down (R-M4).

    Raises PostRefusedError the second time, ValidationError without a reason.
    """
    locked = locked_post(post)
    require(can_withdraw(post_facts(locked)))
    if not reason.strip():
        raise ValidationError({"reason": _("Say why.")})
    locked.state, locked.withdrawn_on, locked.withdrawn_reason = State.WITHDRAWN, today or timezone.localdate(), reason
    locked.clean_fields(exclude={"tenant", "partnership", "channel", "goal", "picture"})
    save_some(locked, "state", "withdrawn_on", "withdrawn_reason")
    record_post("withdrawn", locked, by)
    return locked


@transaction.atomic
def take_post_down(*, post: Post, by: User, today: date | None = None) -> Post:
    """Write down that a withdrawn post is on its channel no more. Raises PostRefusedError where none is waited for."""
    locked = locked_post(post)
    if not is_on_channel_still(locked):
        raise PostRefusedError(_("It is not on the channel."))
    locked.taken_down_on = today or timezone.localdate()
    save_some(locked, "taken_down_on")
    record_post("taken_down", locked, by)
    return locked


def day_of(facts: PostFacts, today: date) -> date:
    """The day consents have to hold on: the planned one, never before today."""
    return max(timezone.localdate(facts.planned_at), today) if facts.planned_at else today


def _require_none(findings: list[Finding], post: Post) -> None:
    if stopping := blocking(findings, post.partnership.mode):
        raise PostRefusedError(" ".join(str(finding.message) for finding in stopping), stopping)
