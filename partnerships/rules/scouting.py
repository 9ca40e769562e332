"""Finding partners: which kinds of organisations are missing, and how to begin a talk with one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.rules.bilingual import spoken_item
from stakeholders.models import Stakeholder
from stakeholders.rules.asset import STARTERS
from stakeholders.rules.stakeholder import place_key

# The five kinds every partnership is looked at by when no kit says whom it takes (domain 1.2).
FIVE_KINDS = tuple(STARTERS)
# Nearer states come first; whoever refused or is of no use is not proposed.
CLOSENESS = (
    Stakeholder.Status.INTERESTED, Stakeholder.Status.INVITED, Stakeholder.Status.IN_DIALOGUE,
    Stakeholder.Status.SUPPORTER, Stakeholder.Status.PARTNER, Stakeholder.Status.APPROACHED,
    Stakeholder.Status.PRIORITISED, Stakeholder.Status.RESEARCHED, Stakeholder.Status.IDENTIFIED,
    Stakeholder.Status.INFORMED_ONLY,
)  # fmt: skip
KNOWN = CLOSENESS[:8]
# Words for the request in a first letter, by sector; the others are asked for what they see.
ASKS: dict[str, str | Promise] = {
    "local_business": gettext_lazy(
        "what you would want from it as a business, and what you could share: a place, hours, mentors"
    ),
    "nonprofit": gettext_lazy("whom you reach that we do not, and where we would get in each other's way"),
    "government_agency": gettext_lazy("which rules and plans touch this, and who in your house decides"),
    "education": gettext_lazy("what you know about it, and what your students and teachers could do"),
    "community_member_or_group": gettext_lazy("how it is for you, and what would have to change first"),
    "health": gettext_lazy("what you see every day, and what a partnership must not do"),
    "funder": gettext_lazy("what you look for in such work, before we ask for anything"),
}


@dataclass(frozen=True)
class Gap:
    """A kind of organisation that is missing; ``is_centre`` for the people who live the issue."""

    sector: str
    label: str
    why: str
    is_centre: bool = False


@dataclass(frozen=True)
class Known:
    """What is known of somebody who could close a gap; ``brings`` are kinds of things they would bring."""

    sector: str
    status: str
    stakes: Sequence[str]
    places: frozenset[str]
    brings: frozenset[str]


@dataclass(frozen=True)
class Point:
    """A point of an agenda with its minutes."""

    minutes: int
    text: str


def gaps_of(wanted: Iterable[Mapping[str, Any]], *, members: Mapping[str, int], known: Mapping[str, int]) -> list[Gap]:
    """Which of the wanted kinds are missing among the members, and which of these nobody is known of yet (R-S5).

    ``wanted`` are a kit's members; without any, each of the five kinds is wanted once. ``members`` counts members,
    ``known`` stakeholders beyond "identified", both by sector.
    """
    items = list(wanted) or [{"sector": sector, "at_least": 1} for sector in FIVE_KINDS]
    left = dict(members)
    found = []
    for item in items:
        sector, needed = str(item["sector"]), int(item.get("at_least", 1))
        here = min(left.get(sector, 0), needed)
        left[sector] = left.get(sector, 0) - here
        if here < needed and not item.get("is_optional"):
            label = spoken_item(item, "name") or str(Stakeholder.Sector(sector).label)
            found.append(Gap(sector, label, _why(here, needed, known.get(sector, 0)), bool(item.get("is_centre"))))
    return found


def _why(here: int, needed: int, known: int) -> str:
    if here:
        said = ngettext("%(here)d of %(needed)d is in.", "%(here)d of %(needed)d are in.", here)
        return said % {"here": here, "needed": needed}
    if not known:
        return _("None is in, and of none we know more than the name.")
    return _("None is in yet.")


def closeness(gap: Gap, one: Known, *, near: str, needed: frozenset[str]) -> tuple[tuple[int, ...], list[str]]:
    """How well somebody closes a gap (the smaller, the better), and why in words."""
    is_near = place_key(near) in one.places if near else False
    brings = one.brings & needed
    lives_it = "affected" in one.stakes
    rank = (
        not (gap.is_centre and lives_it),
        not is_near,
        -len(brings),
        CLOSENESS.index(Stakeholder.Status(one.status)),
    )
    reasons = []
    if lives_it:
        reasons.append(_("lives the issue"))
    if is_near:
        reasons.append(_("near"))
    if brings:
        reasons.append(_("could bring what is needed"))
    reasons.append(str(Stakeholder.Status(one.status).label))
    return tuple(map(int, rank)), reasons


def may_be_proposed(status: str, *, ask_again_on: date | None, today: date) -> bool:
    """Whether somebody is proposed at all: not who declined, fell silent, is of no use, or asked to be left alone."""
    return status in CLOSENESS and (ask_again_on is None or ask_again_on <= today)


def first_letter(
    *, name: str, purpose: str, territory: str, space: str, sector: str, their_words: str, signed: str
) -> str:
    """A first message to somebody, to be made one's own before it is sent; in the language in force."""
    lines = [
        _("Good morning,"),
        _("I write for %(space)s. We are putting together “%(name)s” in %(territory)s: %(purpose)s")
        % {"space": space, "name": name, "territory": territory or space, "purpose": purpose},
        _("You said: “%(words)s” That is why we thought of you.") % {"words": their_words} if their_words else "",
        _("Before we decide anything we would like to hear %(ask)s.")
        % {"ask": ASKS.get(sector, gettext_lazy("what you see and what you would change"))},
        _(
            "Could we meet for three quarters of an hour in the next two weeks, where it suits you? "
            "If it is not for you, tell us whom we should ask."
        ),
        _("Kind regards") + "\n" + signed,
    ]
    return "\n\n".join(filter(None, lines))


def first_agenda() -> list[Point]:
    """A first meeting of three quarters of an hour that listens before it asks."""
    return [
        Point(5, _("Who we are, and why we asked you")),
        Point(
            15, _("How you see it: what happens, to whom, what was tried. Repeat what you heard and ask if it is right")
        ),
        Point(10, _("What would be in it for you, and what you could lose")),
        Point(5, _("What you could bring, and what not")),
        Point(5, _("What must be true for you to take part; who decides in your house")),
        Point(5, _("The next step, with a name and a date. What may be written down about this talk?")),
    ]
