"""Reading posts: lists, one post with all the rules look at, and who publishes it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, Prefetch, Q, QuerySet, prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _

from core.access.permissions import Permission
from core.access.viewer import Viewer, where_may
from core.web.dates import day_words
from core.web.space import space_url
from engagement.models import Post, PostConsent, PostMention, PostReach, PostText, SocialChannel, SocialPlan
from engagement.queries.social_plan import languages_offered
from engagement.rules.picture_consent import consent_facts
from engagement.rules.post import (
    AGREED,
    TONES,
    Consented,
    MentionFacts,
    PostFacts,
    Words,
    is_late,
    is_on_channel_still,
)
from partnerships.models import AgreementClause, AgreementVersion, Partnership, Signature
from partnerships.queries.agreement import in_force_on

State = Post.State
# The clause on names, logos and social media: number 25 of the library.
CLAUSE = "visibility"


@dataclass(frozen=True)
class PostRow:
    """A post as lists and calendar show it."""

    title: str
    url: str
    channel: str
    day: str
    time: str
    tone: str
    state: str
    is_late: bool
    is_on_channel_still: bool


def posts_visible_to(viewer: Viewer) -> QuerySet[Post]:
    """Who edits a partnership sees all its posts; who takes part, what somebody approved or what was out once."""
    rows = Post.objects.all()
    if not viewer.can_everywhere(Permission.EDIT_PARTNERSHIP):
        edited = Q(partnership__scope_id__in=viewer.scopes_with(Permission.EDIT_PARTNERSHIP))
        agreed = Q(state__in=AGREED) | Q(published_on__isnull=False)
        rows = rows.filter(edited | (where_may(viewer, Permission.TAKE_PART, scope="partnership__scope_id") & agreed))
    return rows.select_related("partnership", "channel__publisher", "goal")


def post_list(
    viewer: Viewer, partnership: Partnership, *, state: str = "", channel: SocialChannel | None = None
) -> QuerySet[Post]:
    """The visible posts of one partnership: those without a time first, then the latest; by state and channel."""
    rows = posts_visible_to(viewer).filter(partnership=partnership)
    rows = rows.filter(state=state) if state else rows
    rows = rows.filter(channel=channel) if channel else rows
    return rows.order_by(F("planned_at").desc(nulls_first=True), "-number", "id")


def whole_posts(viewer: Viewer, partnership: Partnership) -> QuerySet[Post]:
    """The same, each with texts, consents, partners and reach."""
    rows = post_list(viewer, partnership).select_related("picture", "written_by", "approved_by")
    return rows.prefetch_related(*_everything())


def with_all(post: Post) -> Post:
    """A post as one of ``whole_posts``, read anew."""
    for name in ("all_texts", "all_consents", "all_mentions", "all_reach"):
        post.__dict__.pop(name, None)
    prefetch_related_objects([post], *_everything())
    return post


def _everything() -> list[Prefetch[str]]:
    return [
        Prefetch("texts", queryset=PostText.objects.order_by("language_code"), to_attr="all_texts"),
        Prefetch("consent_links", queryset=_consents(), to_attr="all_consents"),
        Prefetch("mentions", queryset=_mentions(), to_attr="all_mentions"),
        Prefetch("reach", queryset=PostReach.objects.order_by("id"), to_attr="all_reach"),
    ]


def _consents() -> QuerySet[PostConsent]:
    return PostConsent.objects.select_related("consent__channel").order_by("consent__given_on", "id")


def _mentions() -> QuerySet[PostMention]:
    return PostMention.objects.select_related("member__organisation").order_by("member__organisation__sort_name", "id")


def as_row(post: Post, *, now: datetime) -> PostRow:
    """What a list shows of a post of ``post_list``."""
    planned = timezone.localtime(post.planned_at) if post.planned_at else None
    return PostRow(
        title=post.title,
        url=space_url("post_detail", slug=post.partnership.slug, number=post.number),
        channel=post.channel.name if post.channel else "",
        day=day_words(planned.date() if planned else None),
        time=f"{planned:%H:%M}" if planned else "",
        tone=TONES[post.state],
        state=post.get_state_display(),
        is_late=is_late(post, now=now),
        is_on_channel_still=is_on_channel_still(post),
    )


def posts_for_today(viewer: Viewer, partnership: Partnership, *, now: datetime) -> QuerySet[Post]:
    """What is to be published today or is late, the earliest first."""
    ends = timezone.localtime(now).replace(hour=23, minute=59, second=59)
    rows = posts_visible_to(viewer).filter(partnership=partnership, state=State.SCHEDULED, planned_at__lte=ends)
    return rows.order_by("planned_at", "number", "id")


def words_of(post: Post) -> dict[str, Words]:
    """What a post of ``whole_posts`` says, by language."""
    texts: Iterable[PostText] = post.all_texts  # type: ignore[attr-defined]  # prefetched
    return {text.language_code: Words(text.text, text.alt) for text in texts}


def reach_of(post: Post) -> PostReach | None:
    """How far a post of ``whole_posts`` went; None before somebody looked."""
    found: Sequence[PostReach] = post.all_reach  # type: ignore[attr-defined]  # prefetched
    return found[0] if found else None


def facts_of(post: Post, *, plan: SocialPlan | None, today: date) -> PostFacts:
    """What the rules look at, of a post of ``whole_posts``; two to four queries for the partners it names."""
    consents: Sequence[PostConsent] = post.all_consents  # type: ignore[attr-defined]  # prefetched
    return PostFacts(
        state=post.state,
        words=words_of(post),
        languages=plan.language_codes if plan else (),
        names=dict(languages_offered()),
        kind=post.channel.kind if post.channel else "",
        channel_id=post.channel_id,
        planned_at=post.planned_at,
        has_picture=post.picture_id is not None,
        people_shown=post.people_shown,
        consents=[consent_facts(link.consent) for link in consents],
        mentions=mention_facts(post, today=today),
    )


def mention_facts(post: Post, *, today: date) -> list[MentionFacts]:
    """The partners a post names, with what the agreements in force say of naming them (clause 25)."""
    mentions: Sequence[PostMention] = post.all_mentions  # type: ignore[attr-defined]  # prefetched
    if not mentions:
        return []
    covered = _covered(post.partnership, today=today)
    return [
        MentionFacts(
            name=mention.member.organisation.name,
            consented=covered.get(mention.member_id, covered[None]),
            shows_logo=mention.shows_logo,
            agreed_how=mention.agreed_how,
        )
        for mention in mentions
    ]


def _covered(partnership: Partnership, *, today: date) -> dict[object, Consented]:
    """By member, and under None for who signed nothing: the best any agreement in force says."""
    versions = list(
        AgreementVersion.objects.filter(in_force_on(today), agreement__partnership=partnership).order_by("id")
    )
    if not versions:
        return {None: Consented.NO_AGREEMENT}
    clauses = AgreementClause.objects.filter(version__in=versions, code=CLAUSE, is_on=True)
    with_clause = set(clauses.values_list("version_id", flat=True))
    says = {
        version.pk: Consented.YES
        if version.pk in with_clause
        else (Consented.NO_CLAUSE if version.is_composed else Consented.UNREAD)
        for version in versions
    }
    found: dict[object, Consented] = {}
    signed = Signature.objects.filter(version__in=versions, state=Signature.State.SIGNED)
    for version_id, member_id in signed.values_list("version_id", "member_id"):
        found[member_id] = min(found.get(member_id, says[version_id]), says[version_id], key=list(Consented).index)
    best = min(says.values(), key=list(Consented).index)
    return {**found, None: Consented.NOT_SIGNED if best == Consented.YES else best}


def may_publish(viewer: Viewer, post: Post) -> bool:
    """Whether somebody writes down that a post is out: who edits the partnership, or publishes on that channel."""
    if viewer.can(Permission.EDIT_PARTNERSHIP, post.partnership.scope_id):
        return True
    publishes = post.channel is not None and viewer.user is not None and post.channel.publisher_id == viewer.user.pk
    return publishes and viewer.can(Permission.TAKE_PART, post.partnership.scope_id)


def who_publishes(post: Post) -> str:
    """The person who publishes it, in words."""
    if post.channel is None or post.channel.publisher is None:
        return _("Coordination")
    return str(post.channel.publisher)
