"""Writing a social media plan, keeping its channels, and reading it through once a year."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.models import User
from core.operations.audit import changed_fields, record
from engagement.models import PictureConsent, Post, SocialChannel, SocialPlan, SocialPlanGoal
from engagement.queries.social_plan import languages_offered, people_to_publish
from engagement.rules.social_plan import next_review
from goals.models import Goal
from partnerships.models import Partnership


class ChannelInUseError(Exception):
    """The channel has posts; the message says what to do instead."""


@transaction.atomic
def save_social_plan(
    *,
    partnership: Partnership,
    by: User,
    goals: Iterable[Goal] | None = None,
    today: date | None = None,
    **fields: Any,
) -> SocialPlan:
    """Write the plan of a partnership or change it; ``goals`` None leaves those it serves.

    Without a day it is read through in a year. Raises ValidationError, also for a language the space does not offer and
    a goal of elsewhere.
    """
    Partnership.objects.select_for_update().get(pk=partnership.pk)
    plan = SocialPlan.objects.filter(partnership=partnership).first() or SocialPlan(partnership=partnership)
    changes = changed_fields(plan, fields)
    for name, value in fields.items():
        setattr(plan, name, value)
    if fields.get("review_on", plan.review_on) is None:
        plan.review_on = next_review(today or timezone.localdate())
    _check(plan, None if goals is None else list(goals))
    plan.save()
    if goals is not None:
        SocialPlanGoal.objects.filter(plan=plan).delete()
        SocialPlanGoal.objects.bulk_create(SocialPlanGoal(plan=plan, goal=goal) for goal in set(goals))
    record("social_plan.kept", plan, by=by, scope_id=partnership.scope_id, changes={"fields": sorted(changes)})
    return plan


def _check(plan: SocialPlan, goals: list[Goal] | None) -> None:
    if set(plan.language_codes) - dict(languages_offered()).keys():
        raise ValidationError({"languages": _("This is not in the list any more. Choose another one.")})
    if any(goal.partnership_id != plan.partnership_id for goal in goals or ()):
        raise ValidationError({"goals": _("This is not in the list any more. Choose another one.")})
    plan.full_clean(exclude={"partnership"})


@transaction.atomic
def review_social_plan(*, plan: SocialPlan, note: str, by: User, today: date | None = None) -> SocialPlan:
    """Somebody read the plan through and says what they found; it comes up again in a year. Raises ValidationError."""
    today = today or timezone.localdate()
    locked = SocialPlan.objects.select_for_update(of=("self",)).select_related("partnership").get(pk=plan.pk)
    locked.reviewed_on, locked.review_on, locked.review_note = today, next_review(today), note
    locked.full_clean(exclude={"partnership"})
    locked.save()
    record("social_plan.reviewed", locked, by=by, scope_id=locked.partnership.scope_id)
    return locked


@transaction.atomic
def save_channel(
    *, partnership: Partnership, by: User, channel: SocialChannel | None = None, **fields: Any
) -> SocialChannel:
    """Add a channel or change one. Raises ValidationError, also for an owner or a publisher of elsewhere."""
    kept = channel or SocialChannel(partnership=partnership)
    for name, value in fields.items():
        setattr(kept, name, value)
    if kept.owner is not None and kept.owner.partnership_id != partnership.pk:
        raise ValidationError({"owner": _("This organisation is not in the partnership.")})
    # Who published before and left the partnership may stay written down until somebody else is chosen.
    if (
        "publisher" in fields
        and kept.publisher
        and not people_to_publish(partnership).filter(pk=kept.publisher.pk).exists()
    ):
        raise ValidationError({"publisher": _("This is not in the list any more. Choose another one.")})
    kept.full_clean()
    kept.save()
    record("social_plan.channel_kept", kept, by=by, scope_id=partnership.scope_id)
    return kept


@transaction.atomic
def remove_channel(*, channel: SocialChannel, by: User) -> None:
    """Take a channel out that was never used. Raises ChannelInUseError for one with posts or consents."""
    is_used = (rows.filter(channel=channel).exists() for rows in (Post.objects.all(), PictureConsent.objects.all()))
    if any(is_used):
        raise ChannelInUseError(_("It has posts or consents. Say that it is not used any more instead."))
    record("social_plan.channel_removed", channel, by=by, scope_id=channel.partnership.scope_id)
    channel.delete()
