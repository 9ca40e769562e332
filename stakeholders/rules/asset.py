"""What stakeholders bring: where to begin asking, and why an offer fits what is wanted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

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
    """How well an offer fits: the smaller ``rank``, the better; the reasons in the order they weigh.

    ``is_same``: it shares a word with what is wished for; without words anything is the same.
    """

    rank: tuple[int, ...]
    reasons: tuple[Reason, ...]
    is_same: bool


def starters_for(sector: str, known_titles: Sequence[str]) -> list[Starter]:
    """What to ask an organisation of a sector for, without what is written down already."""
    known = {place_key(title) for title in known_titles}
    return [one for one in STARTERS.get(sector, ()) if place_key(str(one.title)) not in known]


def fit_of(wish: Wish, offer: Offer, *, today: date) -> Fit:
    """Weigh an offer as R-T1 weighs helpers: first the same thing, then willing, free, near; nothing is assigned."""
    there = f" {offer.words}"
    same = sum(f" {word}" in there for word in wish.words)
    willing = _willing(offer)
    free_rank, free = _free(wish, offer, today)
    near_rank, near = _near(wish, offer)
    checked = offer.verified_on is not None and offer.verified_on >= today - CHECKED_WITHIN
    reasons = [willing, free, near]
    if offer.verified_on and not checked:
        reasons.append(Reason(_("last checked on %(day)s: ask again") % {"day": _day(offer.verified_on)}, "soon"))
    rank = (-same, offer.do_not_contact, WILLING[Asset.Offered(offer.offered)], free_rank, near_rank, not checked)
    return Fit(tuple(map(int, rank)), tuple(filter(None, reasons)), is_same=bool(same or not wish.words))


def _willing(offer: Offer) -> Reason:
    if offer.do_not_contact:
        return Reason(_("asked not to be contacted"), "late")
    return {
        Asset.Offered.YES: Reason(_("willing"), "ok"),
        Asset.Offered.MAYBE: Reason(_("perhaps willing"), "soon"),
        Asset.Offered.NOT_ASKED: Reason(_("not asked yet"), "idle"),
        Asset.Offered.NO: Reason(_("not willing"), "late"),
    }[Asset.Offered(offer.offered)]


def _free(wish: Wish, offer: Offer, today: date) -> tuple[int, Reason | None]:
    starts, ends = wish.starts_on or today, wish.ends_on or wish.starts_on or today
    if offer.free_from is None and offer.free_until is None:
        return 1, (Reason(_("days not known"), "idle") if wish.starts_on else None)
    late = offer.free_from is not None and offer.free_from > ends
    over = offer.free_until is not None and offer.free_until < starts
    if late or over:
        return 3, Reason(_("not free then"), "late")
    whole = (offer.free_from is None or offer.free_from <= starts) and (
        offer.free_until is None or offer.free_until >= ends
    )
    return (0, Reason(_("free"), "ok")) if whole else (2, Reason(_("free for a part of the time"), "soon"))


def _near(wish: Wish, offer: Offer) -> tuple[int, Reason | None]:
    wanted = place_key(wish.place)
    if not wanted:
        return 1, None
    if wanted in offer.places:
        return 0, Reason(_("near"), "ok")
    return (2, Reason(_("in another place"), "idle")) if offer.places else (1, Reason(_("place not known"), "idle"))


def _day(day: date) -> str:
    return date_format(day, "SHORT_DATE_FORMAT")
