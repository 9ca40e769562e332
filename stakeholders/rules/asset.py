"""What stakeholders bring: where to begin asking, and why an offer fits what is wanted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stakeholders.models import Asset, Stakeholder
from stakeholders.rules.stakeholder import place_key

# What was checked longer ago is asked again before anybody counts on it.
CHECKED_WITHIN = timedelta(days=365)
WILLING = {Asset.Offered.YES: 0, Asset.Offered.MAYBE: 1, Asset.Offered.NOT_ASKED: 2, Asset.Offered.NO: 3}


@dataclass(frozen=True)
class Starter:
    """Something organisations of a sector can usually bring: worth asking for."""

    code: str
    kind: Asset.Kind
    title: str | Promise


def _starters(*told: tuple[str, Asset.Kind, Promise]) -> tuple[Starter, ...]:
    return tuple(Starter(*one) for one in told)


_KIND, _SECTOR = Asset.Kind, Stakeholder.Sector
# Domain 1.2 and the five kinds of partners named there first.
STARTERS: dict[str, tuple[Starter, ...]] = {
    _SECTOR.LOCAL_BUSINESS: _starters(
        ("money", _KIND.MONEY, gettext_lazy("Money for a purpose")),
        ("mentoring", _KIND.SKILL, gettext_lazy("Mentors")),
        ("jobs", _KIND.INSTITUTION, gettext_lazy("Jobs and placements")),
    ),
    _SECTOR.NONPROFIT: _starters(
        ("services", _KIND.SKILL, gettext_lazy("Services to people")),
        ("advocacy", _KIND.NETWORK, gettext_lazy("A voice for people who are not heard")),
        ("outreach", _KIND.NETWORK, gettext_lazy("Reaching people at home and in the street")),
    ),
    _SECTOR.GOVERNMENT_AGENCY: _starters(
        ("funding", _KIND.MONEY, gettext_lazy("Public funding")),
        ("guidance", _KIND.KNOWLEDGE, gettext_lazy("Guidance through offices and procedures")),
        ("rules", _KIND.INSTITUTION, gettext_lazy("Rules and permits")),
    ),
    _SECTOR.EDUCATION: _starters(
        ("research", _KIND.KNOWLEDGE, gettext_lazy("Research and evaluation")),
        ("expertise", _KIND.SKILL, gettext_lazy("Teachers and experts")),
        ("volunteers", _KIND.SKILL, gettext_lazy("Students who volunteer")),
    ),
    _SECTOR.COMMUNITY: _starters(
        ("insight", _KIND.KNOWLEDGE, gettext_lazy("How it is to live with the issue")),
        ("participation", _KIND.ASSOCIATION, gettext_lazy("People who take part")),
        ("local_knowledge", _KIND.KNOWLEDGE, gettext_lazy("Knowing the place and its people")),
    ),
}


@dataclass(frozen=True)
class Wish:
    """What somebody looks for. ``words`` are masked as a search compares them; what is empty does not matter."""

    words: tuple[str, ...] = ()
    kind: str = ""
    place: str = ""
    starts_on: date | None = None
    ends_on: date | None = None

    @cached_property
    def near(self) -> str:
        """The key of its place."""
        return place_key(self.place)


@dataclass(frozen=True)
class Offer:
    """What is known of one thing somebody could bring; ``places`` are keys of where it and its owner are."""

    kind: str
    words: str
    offered: str
    free_from: date | None
    free_until: date | None
    places: frozenset[str]
    verified_on: date | None
    do_not_contact: bool = False


@dataclass(frozen=True)
class Reason:
    """Why an offer fits or does not, in words; ``tone`` as badges have it."""

    text: str
    tone: str


@dataclass(frozen=True)
class Fit:
    """How well an offer fits: the smaller ``rank``, the better.

    ``is_same``: it shares a word with what is wished for; without words anything is the same.
    """

    wish: Wish
    offer: Offer
    today: date
    rank: tuple[int, ...]
    is_same: bool

    @property
    def reasons(self) -> list[Reason]:
        """Why, in the order the reasons weigh; worded for those that are shown only."""
        checked = self.offer.verified_on
        reasons = [_willing(self.offer), _free(self.wish, self.offer, self.today), _near(self.wish, self.offer)]
        if checked and not _is_checked(self.offer, self.today):
            day = date_format(checked, "SHORT_DATE_FORMAT")
            reasons.append(Reason(_("last checked on %(day)s: ask again") % {"day": day}, "soon"))
        return [reason for reason in reasons if reason is not None]


def starters_for(sector: str, known_titles: Sequence[str]) -> list[Starter]:
    """What to ask an organisation of a sector for, without what is written down already."""
    known = {place_key(title) for title in known_titles}
    return [one for one in STARTERS.get(sector, ()) if place_key(str(one.title)) not in known]


def fit_of(wish: Wish, offer: Offer, *, today: date) -> Fit:
    """Weigh an offer as R-T1 weighs helpers: first the same thing, then willing, free, near; nothing is assigned."""
    there = f" {offer.words}"
    same = sum(f" {word}" in there for word in wish.words)
    rank = (
        -same,
        int(offer.do_not_contact),
        WILLING[Asset.Offered(offer.offered)],
        _FREE[_days_of(wish, offer, today)],
        _NEAR[_place_of(wish, offer)],
        int(not _is_checked(offer, today)),
    )
    return Fit(wish, offer, today, rank, is_same=bool(same or not wish.words))


def _is_checked(offer: Offer, today: date) -> bool:
    return offer.verified_on is not None and offer.verified_on >= today - CHECKED_WITHIN


def _willing(offer: Offer) -> Reason:
    if offer.do_not_contact:
        return Reason(_("asked not to be contacted"), "late")
    match Asset.Offered(offer.offered):
        case Asset.Offered.YES:
            return Reason(_("willing"), "ok")
        case Asset.Offered.MAYBE:
            return Reason(_("perhaps willing"), "soon")
        case Asset.Offered.NOT_ASKED:
            return Reason(_("not asked yet"), "idle")
        case Asset.Offered.NO:
            return Reason(_("not willing"), "late")


_FREE = {"whole": 0, "unknown": 1, "part": 2, "not": 3}
_NEAR = {"near": 0, "unknown": 1, "far": 2}


def _days_of(wish: Wish, offer: Offer, today: date) -> str:
    """Whether it is free on the days of a wish."""
    starts, ends = wish.starts_on or today, wish.ends_on or wish.starts_on or today
    if offer.free_from is None and offer.free_until is None:
        return "unknown"
    first, last = offer.free_from or starts, offer.free_until or ends
    if first > ends or last < starts:
        return "not"
    return "whole" if first <= starts and last >= ends else "part"


def _free(wish: Wish, offer: Offer, today: date) -> Reason | None:
    match _days_of(wish, offer, today):
        case "whole":
            return Reason(_("free"), "ok")
        case "part":
            return Reason(_("free for a part of the time"), "soon")
        case "not":
            return Reason(_("not free then"), "late")
    return Reason(_("days not known"), "idle") if wish.starts_on else None


def _place_of(wish: Wish, offer: Offer) -> str:
    """Where it is, seen from the place of a wish."""
    if not wish.near or not offer.places:
        return "unknown"
    return "near" if wish.near in offer.places else "far"


def _near(wish: Wish, offer: Offer) -> Reason | None:
    match _place_of(wish, offer):
        case "near":
            return Reason(_("near"), "ok")
        case "far":
            return Reason(_("in another place"), "idle")
    return Reason(_("place not known"), "idle") if wish.near else None
