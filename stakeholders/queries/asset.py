"""Reading what stakeholders can bring: of one of them, and who in the space has what is looked for."""

import json
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import BooleanField, Case, IntegerField, Q, QuerySet, Value, When
from django.db.models.expressions import RawSQL

from core.access.permissions import Permission
from core.access.viewer import Viewer
from core.access.visibility import Visibility
from core.web.space import space_url
from stakeholders.models import Affiliation, Asset, Stakeholder
from stakeholders.queries.stakeholder import MOST_FOUND, ids_found, kept_at, visible_at
from stakeholders.rules.asset import WILLING, Fit, Offer, Reason, Wish, fit_of
from stakeholders.rules.stakeholder import place_key

# Looked at and weighed for one question; more would say nothing to a reader.
MOST_WEIGHED = 300
# Of those that share a word with one of many wishes, where only the best few of each are told.
MOST_GLANCED_AT = 20
WILLING_ENOUGH = (Asset.Offered.YES, Asset.Offered.MAYBE)
COLUMNS = (
    "id", "kind", "title", "description", "conditions", "offered", "free_from", "free_until", "verified_on", "place",
    "search_text", "owner_id", "owner__name", "owner__place", "owner__territories", "owner__do_not_contact",
)  # fmt: skip

Weighed = tuple[Offer, dict[str, Any]]


@dataclass(frozen=True)
class FoundAsset:
    """Something somebody can bring, with why it fits; ``is_same`` when it is called as what is wished for."""

    id: uuid.UUID
    title: str
    kind: str
    text: str
    owner: str
    owner_id: uuid.UUID
    owner_url: str
    place: str
    reasons: Sequence[Reason]
    is_willing: bool
    is_same: bool


@dataclass(frozen=True)
class Answer:
    """What was found for a wish, the best first; ``is_cut`` when there was more than was looked at."""

    rows: list[FoundAsset]
    is_cut: bool


def assets_visible_to(viewer: Viewer) -> QuerySet[Asset]:
    """What a viewer may know of, by kind and title: never more than may be seen of its owner (domain 0.3)."""
    rows = Asset.objects.filter(visible_at(viewer, "owner__")).order_by("kind", "title", "id")
    if viewer.can_everywhere(Permission.SEE_STAKEHOLDERS):
        return rows.filter(visibility__gte=Visibility.COORDINATION)
    if not viewer.can(Permission.SEE_PARTNERSHIP):
        return rows.filter(visibility=Visibility.PUBLIC)
    own = Affiliation.objects.filter(person__user=viewer.user, is_active=True).values("organisation")
    ours = Q(owner__in=own) | kept_at(viewer, "owner__")
    return rows.filter(Q(visibility__gte=Visibility.PARTNERS) | Q(visibility=Visibility.COORDINATION) & ours)


def assets_of(viewer: Viewer, stakeholder: Stakeholder) -> QuerySet[Asset]:
    """What one stakeholder can bring, as far as the viewer may know."""
    return assets_visible_to(viewer).filter(owner=stakeholder)


def owners_kept_from_search(viewer: Viewer, words: Sequence[str], *, most: int) -> list[uuid.UUID]:
    """Who offers something not everybody may know of that the viewer may, and holds every word with it.

    It completes ``ids_found``, whose text holds only what everybody who sees the owner may know.
    """
    if not words:
        return []
    rows = assets_visible_to(viewer).filter(is_kept_back=True).exclude(offered=Asset.Offered.NO).order_by("owner_id")
    for word in words:
        rows = rows.filter(Q(search_text__contains=word) | Q(owner__search_text__contains=word))
    return list(rows.values_list("owner_id", flat=True).distinct()[:most])


def ids_found_for(viewer: Viewer, words: Sequence[str], *, most: int = MOST_FOUND) -> list[uuid.UUID]:
    """As ``ids_found``, with those found by an offer that only some may know of, the viewer among them."""
    return list(dict.fromkeys([*ids_found(words, most=most), *owners_kept_from_search(viewer, words, most=most)]))


def offers_found(wish: Wish, *, most: int, every: bool = True) -> list[uuid.UUID]:
    """What is offered in the tenant and holds every (or any) word of a wish, of its kind: the most willing, the newest.

    Not narrowed to what a viewer may see: use it inside ``assets_visible_to`` only. Without words all of the kind.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT search_assets(%s, %s, %s, %s)", [list(wish.words), wish.kind, every, most])
        return [found for (found,) in cursor.fetchall()]


def who_can_bring(viewer: Viewer, wish: Wish, *, today: date, most: int = 50) -> Answer:
    """Who has what is wished for, with reasons, the best fit first; what is refused is left out.

    ``wish.words`` narrow: all of them, or words that begin so, stand in its name or description. Without words its
    kind narrows.
    """
    rows = assets_visible_to(viewer).exclude(offered=Asset.Offered.NO)
    if wish.kind:
        rows = rows.filter(kind=wish.kind)
    if wish.words:
        rows = rows.filter(pk__in=offers_found(wish, most=MOST_FOUND))
    return _weighed(rows, wish, today=today, most=most)


def candidates_for(viewer: Viewer, wish: Wish, *, today: date, most: int = 8) -> Answer:
    """What of the wished kind comes nearest, with reasons: first what shares a word, then other things of the kind."""
    rows = assets_visible_to(viewer).exclude(offered=Asset.Offered.NO).filter(kind=wish.kind)
    return _weighed(rows, wish, today=today, most=most)


def best_for_each(viewer: Viewer, wishes: Sequence[Wish], *, today: date, most: int) -> list[list[FoundAsset]]:
    """The best of what shares a word with each of several wishes, in their order, found in one statement."""
    if not wishes:
        return []
    # Whoever does not see all of them may find theirs far behind.
    sees_all = viewer.can_everywhere(Permission.SEE_STAKEHOLDERS)
    found = _is_found_for_one(wishes, most=2 * MOST_GLANCED_AT if sees_all else MOST_WEIGHED)
    rows = assets_visible_to(viewer).exclude(offered=Asset.Offered.NO).filter(found)
    looked_at = _offers(_ordered(rows))
    best = [_best(_same_of(looked_at, wish), wish, today=today) for wish in wishes]
    same = [[(fit, values) for fit, values in ranked if fit.is_same] for ranked in best]
    return [[_found(values, fit) for fit, values in ranked[:most]] for ranked in same]


def _is_found_for_one(wishes: Sequence[Wish], *, most: int) -> RawSQL:
    """The condition under which an offer is among the ``most`` first of those that hold any word of one of the wishes.

    An array of ids, not a sub-query to join: so they are looked up by their key (performance: docs/adr/0004).
    """
    asked = [[" ".join(words), kind] for kind, words in dict.fromkeys((wish.kind, wish.words) for wish in wishes)]
    return RawSQL(
        """"stakeholders_asset"."id" = ANY(ARRAY(
          SELECT search_assets(string_to_array(wish->>0, ' '), wish->>1, false, %s)
          FROM jsonb_array_elements(%s::jsonb) AS wish
        ))""",
        [most, json.dumps(asked)],
        output_field=BooleanField(),
    )


def _weighed(rows: QuerySet[Asset], wish: Wish, *, today: date, most: int) -> Answer:
    looked_at = _looked_at(rows, MOST_WEIGHED + 1)
    ranked = _best(looked_at[:MOST_WEIGHED], wish, today=today)
    return Answer([_found(values, fit) for fit, values in ranked[:most]], is_cut=len(looked_at) > most)


def _same_of(looked_at: Sequence[Weighed], wish: Wish) -> list[Weighed]:
    """Those that can be the same as what is wished for; weighing each of them costs more than looking."""
    return [
        (offer, values)
        for offer, values in looked_at
        if offer.kind == wish.kind and (not wish.words or any(word in offer.words for word in wish.words))
    ]


def _looked_at(rows: QuerySet[Asset], most: int) -> list[Weighed]:
    return _offers(_ordered(rows)[:most])


def _ordered(rows: QuerySet[Asset]) -> QuerySet[Asset, dict[str, Any]]:
    willing = Case(
        *(When(offered=value, then=Value(rank)) for value, rank in WILLING.items()), output_field=IntegerField()
    )
    ordered: QuerySet[Asset, dict[str, Any]] = rows.order_by(willing, "-id").values(*COLUMNS)
    return ordered


def _offers(rows: Iterable[dict[str, Any]]) -> list[Weighed]:
    """Each row once, with what is weighed of it."""
    return [(_offer(values), values) for values in {values["id"]: values for values in rows}.values()]


def _best(looked_at: Sequence[Weighed], wish: Wish, *, today: date) -> list[tuple[Fit, dict[str, Any]]]:
    weighed = [(fit_of(wish, offer, today=today), values) for offer, values in looked_at]
    weighed.sort(key=lambda pair: (pair[0].rank, pair[1]["title"].casefold(), str(pair[1]["id"])))
    return weighed


def _offer(values: dict[str, Any]) -> Offer:
    # Where the thing is counts before where its owner sits.
    places = [values["place"]] if values["place"] else [values["owner__place"], *values["owner__territories"]]
    return Offer(
        kind=values["kind"],
        words=values["search_text"],
        offered=values["offered"],
        free_from=values["free_from"],
        free_until=values["free_until"],
        places=frozenset(filter(None, map(place_key, places))),
        verified_on=values["verified_on"],
        do_not_contact=values["owner__do_not_contact"],
    )


def _found(values: dict[str, Any], fit: Fit) -> FoundAsset:
    return FoundAsset(
        id=values["id"],
        title=values["title"],
        kind=str(Asset.Kind(values["kind"]).label),
        text=values["conditions"] or values["description"],
        owner=values["owner__name"],
        owner_id=values["owner_id"],
        owner_url=space_url("stakeholder_assets", stakeholder_id=values["owner_id"]),
        place=values["place"] or values["owner__place"],
        reasons=fit.reasons,
        is_willing=values["offered"] in WILLING_ENOUGH and not values["owner__do_not_contact"],
        is_same=fit.is_same,
    )
