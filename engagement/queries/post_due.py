"""Posts to read, publish or take down, and plans to read through, for the reminders of those who see to it."""

import uuid
from collections.abc import Iterable
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from core.models import User
from core.web.space import space_url
from engagement.models import Post, SocialPlan
from partnerships.models import Partnership
from partnerships.queries.coordination import coordination_to_write_to, readers_of
from partnerships.queries.due import DueItem, Step, worded

State = Post.State


def post_due_items(*, today: date, within: timedelta) -> list[DueItem]:
    """Posts of the days until ``today + within`` and late ones, and withdrawn ones that are still out.

    A draft is for those of coordination who did not write it (R-M1), in a light partnership without any for its author;
    the others are for whoever publishes on the channel, else for coordination. Up to five queries, one without a post.
    """
    until = today + within + timedelta(days=1)
    near = Post.objects.filter(state__in=(State.DRAFT, State.SCHEDULED), planned_at__date__lt=until)
    still_out = Post.objects.filter(state=State.WITHDRAWN, published_on__isnull=False, taken_down_on=None)
    rows = (near | still_out).exclude(partnership__state=Partnership.State.CLOSED)
    posts = list(rows.select_related("partnership", "channel__publisher", "written_by").order_by("planned_at", "id"))
    if not posts:
        return []
    named = {one for post in posts if (one := post.written_by if _is_draft(post) else _publisher(post)) is not None}
    listed = readers_of(named) if named else {}
    free = {post.partnership for post in posts if _publisher(post) is None}
    coordination = coordination_to_write_to(free) if free else {}
    return [_item(post, reader, today=today) for post in posts for reader in _readers(post, listed, coordination)]


def plan_due_items(*, today: date, within: timedelta) -> list[DueItem]:
    """Social media plans to be read through until ``today + within``, for coordination. Up to three queries."""
    rows = SocialPlan.objects.filter(review_on__lte=today + within).exclude(partnership__state=Partnership.State.CLOSED)
    plans = list(rows.select_related("partnership").order_by("id"))
    people = coordination_to_write_to({plan.partnership for plan in plans}) if plans else {}
    return [
        DueItem(
            item_id=plan.pk,
            person_id=person_id,
            member_id=None,
            partnership_id=plan.partnership_id,
            title=worded(_plan_words, plan),
            due_on=plan.review_on,
            url=space_url("social_plan", slug=plan.partnership.slug),
            step=Step.SOCIAL_PLAN,
        )
        for plan in plans
        for person_id in people[plan.partnership_id]
    ]


def _plan_words(plan: SocialPlan) -> str:
    return _("Read the social media plan through: %(name)s") % {"name": plan.partnership.name}


def _post_words(post: Post) -> str:
    words = {"title": post.title, "channel": post.channel.name if post.channel else ""}
    if post.state == State.WITHDRAWN:
        return _("Take “%(title)s” down: %(channel)s") % words
    if _is_draft(post):
        return _("Read the post “%(title)s” and approve it") % words
    return _("Publish “%(title)s”: %(channel)s") % words


def _publisher(post: Post) -> User | None:
    """Who publishes it; nobody publishes a draft."""
    return post.channel.publisher if post.channel and not _is_draft(post) else None


def _is_draft(post: Post) -> bool:
    return post.state == State.DRAFT


def _readers(
    post: Post, listed: dict[uuid.UUID, uuid.UUID], coordination: dict[uuid.UUID, list[uuid.UUID]]
) -> Iterable[uuid.UUID]:
    publisher = _publisher(post)
    if publisher is None:
        people = coordination[post.partnership_id]
        if post.written_by is None or not _is_draft(post):
            return people
        author = listed.get(post.written_by.pk, post.written_by.pk)
        others = [one for one in people if one != author]
        return others or people if post.partnership.mode == Partnership.Mode.LIGHT else others
    return [listed.get(publisher.pk, publisher.pk)]


def _item(post: Post, reader: uuid.UUID, *, today: date) -> DueItem:
    if post.state == State.WITHDRAWN:
        due_on, step = post.withdrawn_on, Step.POST_DOWN
    else:
        due_on = timezone.localdate(post.planned_at) if post.planned_at else None
        is_late = due_on is not None and due_on < today
        step = Step.POST_TO_READ if _is_draft(post) else Step.POST_LATE if is_late else Step.POST
    return DueItem(
        item_id=post.pk,
        person_id=reader,
        member_id=None,
        partnership_id=post.partnership_id,
        title=worded(_post_words, post),
        due_on=due_on,
        url=space_url("post_detail", slug=post.partnership.slug, number=post.number),
        step=step,
    )
