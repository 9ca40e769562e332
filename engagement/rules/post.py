"""The life of a post and what stands against approving it (domain 7.7, R-M1 and R-M2)."""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.rules.membership import ALLOWED, Verdict
from engagement.models import Post
from engagement.rules.picture_consent import ConsentFacts, why_not_carried
from engagement.rules.social_channel import FACTS
from partnerships.models import Partnership
from partnerships.rules.severity import Finding

State = Post.State
People = Post.People
UNPUBLISHED = (State.IDEA, State.DRAFT, State.APPROVED, State.SCHEDULED)
# What partners read as well: somebody agreed that it is told.
AGREED = (State.APPROVED, State.SCHEDULED, State.PUBLISHED, State.REVIEWED)
OUT = (State.PUBLISHED, State.REVIEWED)
# What may be looked up on a channel: how far a post went, never what it changed (R-M3).
FIGURES = ("people_reached", "reactions", "comments", "shares", "clicks")
TONES: dict[str, str] = {
    State.IDEA: "idle",
    State.DRAFT: "draft",
    State.APPROVED: "info",
    State.SCHEDULED: "now",
    State.PUBLISHED: "ok",
    State.REVIEWED: "done",
    State.WITHDRAWN: "idle",
}


class Consented(StrEnum):
    """What the agreement in force says of naming a partner (clause 25)."""

    YES = "yes"
    # The agreement in force was written freely: nobody can look for the clause.
    UNREAD = "unread"
    NO_CLAUSE = "no_clause"
    NOT_SIGNED = "not_signed"
    NO_AGREEMENT = "no_agreement"


@dataclass(frozen=True)
class MentionFacts:
    """A partner a post names: by what the agreement covers it, or how it agreed to this post."""

    name: str
    consented: Consented
    shows_logo: bool = False
    agreed_how: str = ""


@dataclass(frozen=True)
class Words:
    """Text and description of the picture in one language."""

    text: str = ""
    alt: str = ""


@dataclass(frozen=True)
class PostFacts:
    """What the rules look at. ``languages`` are those of the plan, ``names`` say them in words."""

    state: str
    words: Mapping[str, Words] = field(default_factory=dict)
    languages: Sequence[str] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    kind: str = ""
    channel_id: uuid.UUID | None = None
    planned_at: datetime | None = None
    has_picture: bool = False
    people_shown: str = People.UNSAID
    consents: Sequence[ConsentFacts] = ()
    mentions: Sequence[MentionFacts] = ()

    @property
    def written(self) -> list[str]:
        """The languages in which it says something."""
        return [code for code, words in self.words.items() if words.text.strip()]


def approving_findings(facts: PostFacts, *, on: date) -> list[Finding]:
    """What the rules do not like about approving it for a day: description, languages, people, partners, length."""
    return [
        *_alt_missing(facts),
        *_people(facts, on=on),
        *_partners(facts),
        *_languages_missing(facts),
        *_too_long(facts),
    ]


def _alt_missing(facts: PostFacts) -> Iterator[Finding]:
    if facts.has_picture:
        for code in facts.written:
            if not facts.words[code].alt.strip():
                said = _("Say what the picture shows for those who do not see it: %(language)s.")
                yield Finding("post alt text", said % {"language": facts.names.get(code, code)})


def _people(facts: PostFacts, *, on: date) -> Iterator[Finding]:
    if facts.people_shown == People.UNSAID:
        yield Finding("R-M2", _("Say whether somebody can be recognised in text or picture."))
    if facts.people_shown == People.CONSENTED and not facts.consents:
        yield Finding("R-M2", _("Choose the consent of each person who can be recognised."))
    for consent in facts.consents:
        if why := why_not_carried(consent, on=on, channel_id=facts.channel_id):
            yield Finding("R-M2", why)
        if consent.is_minor and not consent.guardian.strip():
            said = _("For %(who)s a parent or guardian has to agree.")
            yield Finding("R-M2-guardian", said % {"who": consent.who})


def needs_word(mention: MentionFacts) -> bool:
    """Whether a partner is to be asked: the agreement does not say it, and for this post nobody agreed."""
    return not mention.agreed_how.strip() and (mention.shows_logo or mention.consented != Consented.YES)


def _partners(facts: PostFacts) -> Iterator[Finding]:
    for mention in filter(needs_word, facts.mentions):
        name = {"name": mention.name}
        if mention.shows_logo:
            yield Finding("clause 25 logo", _("A logo needs its owner's consent: ask %(name)s and note it.") % name)
        elif mention.consented == Consented.NO_AGREEMENT:
            said = _("No agreement in force says that partners may be named: ask %(name)s and note it.")
            yield Finding("clause 25 without agreement", said % name)
        elif mention.consented == Consented.UNREAD:
            said = _("The agreement in force was written freely: see whether it lets you name %(name)s.")
            yield Finding("clause 25 without agreement", said % name)
        elif mention.consented == Consented.NOT_SIGNED:
            said = _("%(name)s has not signed the agreement that lets you name it: ask and note it.")
            yield Finding("clause 25", said % name)
        elif mention.consented == Consented.NO_CLAUSE:
            said = _("The agreement in force has no clause on names and social media: ask %(name)s and note it.")
            yield Finding("clause 25", said % name)


def _languages_missing(facts: PostFacts) -> Iterator[Finding]:
    missing = [facts.names.get(code, code) for code in facts.languages if code not in facts.written]
    if missing and facts.written:
        yield Finding(
            "post languages",
            _("The plan speaks another language too: %(languages)s.") % {"languages": ", ".join(missing)},
        )


def _too_long(facts: PostFacts) -> Iterator[Finding]:
    most = FACTS[facts.kind].most if facts.kind else 0
    for code in facts.written:
        over = len(facts.words[code].text) - most
        if most and over > 0:
            said = ngettext(
                "%(language)s: %(over)d character more than the channel takes.",
                "%(language)s: %(over)d characters more than the channel takes.",
                over,
            )
            yield Finding("post length", said % {"language": facts.names.get(code, code), "over": over})


def own_approval_finding(*, is_own: bool) -> list[Finding]:
    """R-M1: whoever wrote it does not approve it."""
    return [Finding("R-M1", _("Somebody else has to read and approve what you wrote."))] if is_own else []


def can_change(facts: PostFacts) -> Verdict:
    """Until it is out: what people have read is not reworded behind their back."""
    if facts.state in UNPUBLISHED:
        return ALLOWED
    return Verdict(False, _("It was published. Withdraw it, and write a new one."))


def can_approve(facts: PostFacts) -> Verdict:
    """A draft that says something."""
    if facts.state != State.DRAFT:
        return Verdict(False, _("Only a draft is approved."))
    if not facts.written:
        return Verdict(False, _("Write the text first."))
    return ALLOWED


def can_schedule(facts: PostFacts, *, now: datetime) -> Verdict:
    """An approved one with a channel and a time to come."""
    if facts.state != State.APPROVED:
        return Verdict(False, _("Only an approved post is scheduled."))
    if facts.channel_id is None:
        return Verdict(False, _("Choose the channel first."))
    if facts.planned_at is None or facts.planned_at <= now:
        return Verdict(False, _("Give a day and time to come."))
    return ALLOWED


def can_publish(facts: PostFacts, *, link: str) -> Verdict:
    """An approved or scheduled one; where posts have an address, with that address."""
    if facts.state not in {State.APPROVED, State.SCHEDULED}:
        return Verdict(False, _("Only an approved post is published."))
    if not facts.kind:
        return Verdict(False, _("Choose the channel first."))
    if FACTS[facts.kind].has_address and not link:
        return Verdict(False, _("Copy the address of the post on the channel here."))
    return ALLOWED


def can_review(facts: PostFacts) -> Verdict:
    """What is out."""
    return ALLOWED if facts.state in OUT else Verdict(False, _("First it has to be published."))


def can_withdraw(facts: PostFacts) -> Verdict:
    """Anything once."""
    return Verdict(False, _("It is withdrawn already.")) if facts.state == State.WITHDRAWN else ALLOWED


def is_on_channel_still(post: Post) -> bool:
    """Whether a withdrawn post was out and nobody said that it is taken down."""
    return post.state == State.WITHDRAWN and post.published_on is not None and post.taken_down_on is None


def is_late(post: Post, *, now: datetime) -> bool:
    """Whether its time passed by more than an hour and nobody published it."""
    waits = post.state in {State.APPROVED, State.SCHEDULED}
    return waits and post.planned_at is not None and post.planned_at < now - timedelta(hours=1)


def next_step(state: str, *, on_channel_still: bool) -> str:
    """The one thing to do next: "write", "approve", "schedule", "publish", "review", "take_down", or nothing."""
    if on_channel_still:
        return "take_down"
    return {
        State.IDEA: "write",
        State.DRAFT: "approve",
        State.APPROVED: "schedule",
        State.SCHEDULED: "publish",
        State.PUBLISHED: "review",
    }.get(State(state), "")


def needs_reason(mode: str, *, is_own: bool) -> bool:
    """Whether whoever approves their own words in a light partnership says why nobody else could read them."""
    return is_own and mode == Partnership.Mode.LIGHT
