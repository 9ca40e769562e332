"""One post as its page shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import ngettext

from core.access.permissions import Permission
from core.access.viewer import Viewer
from core.rules.membership import Verdict
from engagement.models import Post, PostConsent, PostMention, PostReach, SocialPlan
from engagement.queries.picture_consent import named
from engagement.queries.post import PostRow, as_row, facts_of, may_publish, reach_of, who_publishes
from engagement.queries.share import Card, ShareLink, address_of, card_of, share_links
from engagement.rules.languages import OFFERED, further_language
from engagement.rules.picture_consent import consent_facts, why_not_carried
from engagement.rules.post import (
    MentionFacts,
    PostFacts,
    approving_findings,
    can_approve,
    can_change,
    can_schedule,
    can_withdraw,
    needs_reason,
    needs_word,
    next_step,
    own_approval_finding,
)
from engagement.rules.social_channel import FACTS
from partnerships.rules.severity import Severity, severity_of

# Agreed, and not out yet: a consent may end before the day.
WAITING = (Post.State.APPROVED, Post.State.SCHEDULED)


@dataclass(frozen=True)
class Version:
    """A post in one language: ``whole`` is what is copied, words and address; ``length`` says how long it is."""

    code: str
    name: str
    direction: str
    text: str
    alt: str
    whole: str
    length: str
    is_too_long: bool
    links: list[ShareLink]


@dataclass(frozen=True)
class ShownConsent:
    """A consent a post rests on; ``why_not`` says why it does not carry it."""

    who: str
    guardian: str
    why_not: str


@dataclass(frozen=True)
class Named:
    """A partner a post names; ``needs_word``: nobody agreed yet, neither in the agreement nor for this post."""

    mention: PostMention
    facts: MentionFacts
    needs_word: bool


@dataclass(frozen=True)
class PostSheet:
    """Everything on the page of a post. ``findings`` are (words, whether they stop it).

    ``may_approve``: the viewer is one who may say yes to it; ``asks_reason``: they wrote it themselves.
    """

    row: PostRow
    facts: PostFacts
    versions: list[Version]
    consents: list[ShownConsent]
    named: list[Named]
    findings: list[tuple[str, bool]]
    card: Card | None
    is_card_gone: bool
    reach: PostReach | None
    step: str
    verdict: Verdict
    may_approve: bool
    asks_reason: bool
    can_edit: bool
    can_change: bool
    can_withdraw: bool
    may_publish: bool
    publisher: str


def post_sheet(viewer: Viewer, post: Post, *, plan: SocialPlan | None, now: datetime) -> PostSheet:
    """The page of a post of ``whole_posts`` as a viewer sees it."""
    today = timezone.localdate(now)
    facts = facts_of(post, plan=plan, today=today)
    row = as_row(post, now=now)
    can_edit = viewer.can(Permission.EDIT_PARTNERSHIP, post.partnership.scope_id)
    is_own = viewer.user is not None and post.written_by_id == viewer.user.pk
    step = next_step(post.state, on_channel_still=row.is_on_channel_still)
    card = card_of(post)
    day = max(timezone.localdate(post.planned_at), today) if post.planned_at else today
    findings = approving_findings(facts, on=day) if post.state in {Post.State.DRAFT, *WAITING} and can_edit else []
    if step == "approve" and can_edit:
        findings = own_approval_finding(is_own=is_own) + findings
    mode = post.partnership.mode
    asks_reason = needs_reason(mode, is_own=is_own)
    consents: Sequence[PostConsent] = post.all_consents  # type: ignore[attr-defined]  # prefetched
    return PostSheet(
        row=row,
        facts=facts,
        versions=_versions(post, facts, card),
        consents=[_shown(link, facts, day) for link in consents] if can_edit else [],
        named=_named(post, facts),
        findings=[(str(one.message), severity_of(one.code, mode) == Severity.BLOCKS) for one in findings],
        card=card,
        is_card_gone=bool(post.shared) and card is None,
        reach=reach_of(post),
        step=step,
        verdict=can_approve(facts) if step == "approve" else can_schedule(facts, now=now),
        may_approve=can_edit and (not is_own or asks_reason),
        asks_reason=asks_reason,
        can_edit=can_edit,
        can_change=can_edit and bool(can_change(facts)),
        can_withdraw=can_edit and bool(can_withdraw(facts)),
        may_publish=may_publish(viewer, post),
        publisher=who_publishes(post),
    )


def _versions(post: Post, facts: PostFacts, card: Card | None) -> list[Version]:
    address = address_of(post, card)
    limits = FACTS[facts.kind] if facts.kind else None
    found = []
    for code, words in facts.words.items():
        length = len(words.text)
        most = limits.most if limits else 0
        found.append(
            Version(
                code=code,
                name=facts.names.get(code, code),
                direction=further_language(code).direction if code in OFFERED else "ltr",
                text=words.text,
                alt=words.alt,
                whole=f"{words.text}\n\n{address}".strip() if address else words.text,
                length=_length(length, most, limits.good if limits else 0),
                is_too_long=bool(most) and length > most,
                links=share_links(post, words, address),
            )
        )
    return found


def _length(length: int, most: int, good: int) -> str:
    if most:
        return ngettext(
            "%(length)d character; the channel takes %(most)d, about %(good)d are read.",
            "%(length)d characters; the channel takes %(most)d, about %(good)d are read.",
            length,
        ) % {"length": length, "most": most, "good": good}
    if good:
        return ngettext(
            "%(length)d character; about %(good)d are read.", "%(length)d characters; about %(good)d are read.", length
        ) % {"length": length, "good": good}
    return ngettext("%(length)d character.", "%(length)d characters.", length) % {"length": length}


def _shown(link: PostConsent, facts: PostFacts, day: date) -> ShownConsent:
    consent = link.consent
    why = why_not_carried(consent_facts(consent), on=day, channel_id=facts.channel_id)
    return ShownConsent(named(consent), consent.guardian, why)


def _named(post: Post, facts: PostFacts) -> list[Named]:
    mentions: Sequence[PostMention] = post.all_mentions  # type: ignore[attr-defined]  # prefetched
    return [Named(mention, fact, needs_word(fact)) for mention, fact in zip(mentions, facts.mentions, strict=True)]
