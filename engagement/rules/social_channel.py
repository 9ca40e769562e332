"""What is known of the kinds of channels: how long a post may be, and the address that offers something to share.

Limits are those of plain accounts as the services told them in 2026; they advise and stop nobody.
"""

from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from engagement.models import SocialChannel

Kind = SocialChannel.Kind


@dataclass(frozen=True)
class ChannelFacts:
    """``most`` characters a post may have, 0 where no post gets there; ``good`` as many are read; ``share`` an address.

    In ``share`` stand the gaps {url}, {text} and {both}; ``by_host``: it begins with the channel's own site.
    """

    most: int = 0
    good: int = 0
    share: str = ""
    by_host: bool = False
    # What is published there has an address of its own.
    has_address: bool = True


FACTS: dict[str, ChannelFacts] = {
    Kind.FACEBOOK: ChannelFacts(0, 400, "https://www.facebook.com/sharer/sharer.php?u={url}"),
    Kind.INSTAGRAM: ChannelFacts(2_200, 400),
    Kind.LINKEDIN: ChannelFacts(3_000, 600, "https://www.linkedin.com/sharing/share-offsite/?url={url}"),
    Kind.MASTODON: ChannelFacts(500, 500, "/share?text={both}", by_host=True),
    Kind.BLUESKY: ChannelFacts(300, 300, "https://bsky.app/intent/compose?text={both}"),
    Kind.THREADS: ChannelFacts(500, 500, "https://www.threads.net/intent/post?text={both}"),
    Kind.X: ChannelFacts(280, 280, "https://x.com/intent/post?text={text}&url={url}"),
    Kind.YOUTUBE: ChannelFacts(0, 400),
    Kind.WHATSAPP: ChannelFacts(0, 600, "https://wa.me/?text={both}", has_address=False),
    Kind.TELEGRAM: ChannelFacts(4_096, 600, "https://t.me/share/url?url={url}&text={text}"),
    Kind.WEBSITE: ChannelFacts(0, 2_000),
    Kind.NEWSLETTER: ChannelFacts(0, 1_200, has_address=False),
    Kind.NOTICE_BOARD: ChannelFacts(0, 800, has_address=False),
}


def share_address(kind: str, *, text: str, url: str, channel_url: str = "") -> str:
    """The address on a channel's own site that offers a page to share; empty where there is none, or no page.

    It is an ordinary link: nothing of the service is loaded before somebody follows it.
    """
    facts = FACTS[kind]
    if not facts.share or not url:
        return ""
    both = f"{text}\n{url}" if text else url
    filled = facts.share.format(url=quote(url, safe=""), text=quote(text, safe=""), both=quote(both, safe=""))
    if not facts.by_host:
        return filled
    site = urlsplit(channel_url)
    return f"https://{site.netloc}{filled}" if site.netloc else ""


def mail_address(*, subject: str, text: str, url: str) -> str:
    """A mailto address with subject and words (RFC 6068)."""
    body = "\r\n\r\n".join(part for part in (text.replace("\r\n", "\n").replace("\n", "\r\n"), url) if part)
    return f"mailto:?subject={quote(subject, safe='')}&body={quote(body, safe='')}"
