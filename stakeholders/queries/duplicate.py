"""Reading what looks like a duplicate: the cards a search compares, the pairs it found, lookalikes of one record."""

import uuid
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from core.access.viewer import Viewer
from core.models import AuditEvent
from core.rules.text import mask_for_search
from core.web.space import space_url
from stakeholders.models import (
    ContactPoint,
    DuplicatePair,
    Identifier,
    NotDuplicate,
    Stakeholder,
    StakeholderImport,
    StakeholderMerge,
)  # fmt: skip
from stakeholders.queries.stakeholder import ids_found, stakeholders_kept_by, stakeholders_visible_to
from stakeholders.rules.duplicate import Card, Likeness, likeness_of, phone_key, reasons_in_words, website_key
from stakeholders.rules.stakeholder import place_key, sort_name

MOST_LOOKALIKES = 5
MOST_LOOKED_AT = 60
ROWS_AT_ONCE = 2_000
CARD_FIELDS = (
    "id", "kind", "sort_name", "aliases", "place", "tax_code", "vat_number", "email", "phone", "website",
)  # fmt: skip
TONES = {
    DuplicatePair.Strength.CERTAIN: "late",
    DuplicatePair.Strength.LIKELY: "soon",
    DuplicatePair.Strength.PERHAPS: "idle",
}
Extras = Mapping[uuid.UUID, Mapping[str, set[str]]]


@dataclass(frozen=True)
class PairRow:
    """Two that look like one, as the list shows them."""

    first: str
    first_sub: str
    first_url: str
    second: str
    second_sub: str
    second_url: str
    why: str
    tone: str
    strength: str
    url: str
    two_url: str


@dataclass(frozen=True)
class Lookalike:
    """A known record that looks like the one being added."""

    name: str
    sub: str
    url: str
    why: str
    id: uuid.UUID


def is_changed_since(moment: datetime | None) -> bool:
    """Whether anything in the register was written since; None asks whether anything ever was."""
    kinds = [Stakeholder._meta.label_lower, StakeholderImport._meta.label_lower]
    events = AuditEvent.objects.filter(subject_type__in=kinds)
    return events.filter(at__gte=moment).exists() if moment else events.exists()


def cards() -> Iterator[Card]:
    """Every record of the tenant that may be one of a pair, as it is compared; erased and merged ones are not."""
    extras = _extras(Q())
    rows = Stakeholder.objects.filter(merged_into=None, erased_at=None).order_by("id").values(*CARD_FIELDS)
    for row in rows.iterator(chunk_size=ROWS_AT_ONCE):
        yield card_of(row, extras.get(row["id"], {}))


def card_of(row: Mapping[str, Any], extras: Mapping[str, set[str]]) -> Card:
    """A record as it is compared; ``extras`` are its further contacts and numbers."""
    aliases = (mask_for_search(line) for line in row["aliases"].splitlines())
    return Card(
        id=row["id"],
        is_person=row["kind"] == Stakeholder.Kind.PERSON,
        name=row["sort_name"],
        aliases=tuple(filter(None, aliases)),
        place=place_key(row["place"]),
        codes=frozenset(filter(None, (row["tax_code"], row["vat_number"]))),
        identifiers=frozenset(extras.get("identifier", ())),
        emails=_keys(row["email"], extras, "email", str.lower),
        phones=_keys(row["phone"], extras, "phone", phone_key),
        websites=_keys(row["website"], extras, "web", website_key),
    )


def pairs_said_two() -> set[tuple[uuid.UUID, uuid.UUID]]:
    """The pairs somebody said are two, in both orders."""
    said = list(NotDuplicate.objects.order_by().values_list("first_id", "second_id"))
    return {*said, *((second, first) for first, second in said)}


def pairs_visible_to(viewer: Viewer) -> QuerySet[DuplicatePair]:
    """The pairs of which the viewer keeps both, the surest first."""
    seen = stakeholders_kept_by(viewer).order_by()
    return (
        DuplicatePair.objects.filter(first__in=seen, second__in=seen)
        .select_related("first", "second")
        .order_by("-strength", "id")
    )


def as_pair_row(pair: DuplicatePair) -> PairRow:
    """What the list shows of a pair."""
    first, second = pair.first, pair.second
    return PairRow(
        first=first.name,
        first_sub=_sub(first),
        first_url=space_url("stakeholder_detail", stakeholder_id=first.pk),
        second=second.name,
        second_sub=_sub(second),
        second_url=space_url("stakeholder_detail", stakeholder_id=second.pk),
        why=", ".join(reasons_in_words(pair.reasons)),
        tone=TONES[DuplicatePair.Strength(pair.strength)],
        strength=pair.get_strength_display(),
        url=space_url("stakeholder_compare", stakeholder_id=first.pk, other_id=second.pk),
        two_url=space_url("stakeholder_not_duplicate", stakeholder_id=first.pk, other_id=second.pk),
    )


def lookalikes(viewer: Viewer, values: Mapping[str, Any], *, but: uuid.UUID | None = None) -> list[Lookalike]:
    """At most five records the viewer may see that look like what somebody is writing down, the likest first."""
    row = {name: str(values.get(name) or "") for name in CARD_FIELDS} | {"id": but}
    row["sort_name"] = sort_name(str(values.get("name") or ""))
    wanted = card_of(row, {})
    near = stakeholders_visible_to(viewer).filter(_near(row), erased_at=None).exclude(pk__in=[but] if but else [])
    found = list(near.order_by("sort_name", "id").values(*CARD_FIELDS, "name")[:MOST_LOOKED_AT])
    extras = _extras(Q(stakeholder__in=[one["id"] for one in found]))
    likely = [(one, likeness_of(wanted, card_of(one, extras.get(one["id"], {})))) for one in found]
    sure = sorted(((one, like) for one, like in likely if like), key=lambda pair: -pair[1].strength)
    return [_as_lookalike(one, like) for one, like in sure[:MOST_LOOKALIKES]]


def twins_of(viewer: Viewer, stakeholder: Stakeholder) -> QuerySet[DuplicatePair]:
    """The pairs one record is in, of which the viewer keeps both."""
    return pairs_visible_to(viewer).filter(Q(first=stakeholder) | Q(second=stakeholder))


def merges_visible_to(viewer: Viewer) -> QuerySet[StakeholderMerge]:
    """The merges in force whose kept record is one the viewer keeps, the latest first."""
    rows = StakeholderMerge.objects.filter(undone_at=None, kept__in=stakeholders_kept_by(viewer).order_by())
    return rows.select_related("kept", "absorbed", "by").order_by("-merged_at", "-id")


def _near(row: Mapping[str, Any]) -> Q:
    """What an index finds: equal keys, and all words of the name or of its beginning."""
    near = Q(sort_name=row["sort_name"])
    for name in ("tax_code", "email"):
        if row[name]:
            near |= Q(**{name: row[name].lower() if name == "email" else row[name]})
    words = row["sort_name"].split()
    asked = [words, *([word] for word in (row["tax_code"].lower(), row["vat_number"].lower()) if word)]
    if len(words) > 2:  # noqa: PLR2004 - with a word less it is still a name
        asked += [words[:-1], words[1:]]
    found = [pk for group in asked for pk in ids_found(group, most=MOST_LOOKED_AT)]
    contacts = [value for value in (row["email"].lower(), row["phone"], row["website"]) if value]
    reached = ContactPoint.objects.filter(value__in=contacts).order_by().values_list("stakeholder_id", flat=True)
    return near | Q(pk__in=[*found, *reached[:MOST_LOOKED_AT]])


def _as_lookalike(row: Mapping[str, Any], like: Likeness) -> Lookalike:
    return Lookalike(
        name=row["name"],
        sub=row["place"],
        url=space_url("stakeholder_detail", stakeholder_id=row["id"]),
        why=", ".join(reasons_in_words(like.reasons)),
        id=row["id"],
    )


def _extras(which: Q) -> Extras:
    found: dict[uuid.UUID, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    points = ContactPoint.objects.filter(which, kind__in=["email", "phone", "web"]).order_by()
    for pk, kind, value in points.values_list("stakeholder_id", "kind", "value"):
        found[pk][kind].add(value)
    for pk, scheme, value in (
        Identifier.objects.filter(which).order_by().values_list("stakeholder_id", "scheme", "value")
    ):
        found[pk]["identifier"].add(f"{scheme}-{value}")
    return found


def _keys(first: str, extras: Mapping[str, set[str]], kind: str, as_key: Any) -> frozenset[str]:
    return frozenset(filter(None, (as_key(value) for value in (first, *extras.get(kind, ())))))


def _sub(stakeholder: Stakeholder) -> str:
    parts = [stakeholder.get_sector_display(), stakeholder.place, stakeholder.tax_code or stakeholder.email]
    return " · ".join(filter(None, parts))
