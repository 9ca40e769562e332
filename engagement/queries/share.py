"""The public pages of a partnership as things to share, each as its card shows it (Open Graph)."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from core.access.visibility import Visibility
from core.rules.bilingual import spoken
from core.web.space import absolute, space_url
from engagement.models import Post
from engagement.queries.activity import public_activities, public_url_of
from engagement.queries.public_page import public_goals
from engagement.queries.survey import surveys_for_everybody
from engagement.queries.volunteer import public_opportunities, public_opportunity_url
from engagement.rules.post import Words
from engagement.rules.social_channel import mail_address, share_address
from partnerships.models import Partnership

MOST_OFFERED = 30
CARD_CHARACTERS = 200


@dataclass(frozen=True)
class Card:
    """What a channel shows of a public page when its address is shared; ``key`` names the page in a post."""

    key: str
    kind: str
    title: str
    text: str
    url: str


@dataclass(frozen=True)
class ShareLink:
    """Something to follow: a mail, or a channel's own page for sharing."""

    name: str
    url: str
    icon: str


def _whole(partnership: Partnership) -> Iterator[Card]:
    url = space_url("public_page", slug=partnership.slug)
    yield _card("page", _("The partnership"), (partnership.name, partnership.purpose), url)


def _goals(partnership: Partnership) -> Iterator[Card]:
    for goal in public_goals(partnership)[:MOST_OFFERED]:
        url = space_url("public_goal", slug=partnership.slug, number=goal.number)
        yield _card(f"goal-{goal.number}", _("Goal"), (goal.title, partnership.purpose), url)


def _activities(partnership: Partnership) -> Iterator[Card]:
    for one in public_activities(partnership.slug)[:MOST_OFFERED]:
        yield _card(f"activity-{one.number}", _("Activity"), (one.title, one.question), public_url_of(one))


def _surveys(partnership: Partnership) -> Iterator[Card]:
    for one in surveys_for_everybody(partnership, today=timezone.localdate()):
        name = "survey_results_public" if one.published_on else "survey_answer"
        text = partnership.purpose if one.published_on else spoken(one, "intro")
        url = space_url(name, slug=partnership.slug, number=one.number)
        yield _card(f"survey-{one.number}", _("Survey"), (str(one), text), url)


def _work(partnership: Partnership) -> Iterator[Card]:
    for one in public_opportunities(partnership.slug)[:MOST_OFFERED]:
        yield _card(f"work-{one.number}", _("Volunteering"), (one.title, one.purpose), public_opportunity_url(one))


SOURCES = {"page": _whole, "goal": _goals, "activity": _activities, "survey": _surveys, "work": _work}


def pages_to_share(partnership: Partnership) -> list[Card]:
    """What of a partnership everybody may read today; nothing while the partnership itself is not public."""
    if partnership.visibility != Visibility.PUBLIC:
        return []
    return [card for source in SOURCES.values() for card in source(partnership)]


def card_of(post: Post) -> Card | None:
    """The card of the page a post leads to; None for none, and for one that is not public any more."""
    source = SOURCES.get(post.shared.partition("-")[0])
    if source is None or post.partnership.visibility != Visibility.PUBLIC:
        return None
    return next((card for card in source(post.partnership) if card.key == post.shared), None)


def address_of(post: Post, card: Card | None) -> str:
    """Where a post leads: the public page, else the address that was typed."""
    return card.url if card else post.link


def share_links(post: Post, words: Words, address: str) -> list[ShareLink]:
    """How the words of a post go on: by mail, and the channel's own page for sharing where it has one."""
    links = [ShareLink(_("By mail"), mail_address(subject=post.title, text=words.text, url=address), "mail")]
    if post.channel is not None:
        kind, channel_url = post.channel.kind, post.channel.url
        if found := share_address(kind, text=words.text, url=address, channel_url=channel_url):
            name = _("Open %(channel)s with it") % {"channel": post.channel.get_kind_display()}
            links.append(ShareLink(name, found, "external-link"))
        if channel_url:
            links.append(ShareLink(_("Open the channel"), channel_url, "external-link"))
    return links


def _card(key: str, kind: str, words: tuple[str, str], path: str) -> Card:
    title, text = words
    return Card(key, kind, title, Truncator(text).chars(CARD_CHARACTERS), absolute(path))
