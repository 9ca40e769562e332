"""What a row, a contact card or a directory entry brings: a stakeholder, its people, and what stands beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from core.rules.text import mask_for_search
from core.tabular.errors import RowError
from stakeholders.models import ContactPoint, Stakeholder
from stakeholders.rules.import_cells import READERS, CellError, masked
from stakeholders.rules.stakeholder import SORT_LENGTH

# The columns of a candidate, in the order in which they are copied into the database.
STORED_FIELDS = (
    "kind", "name", "sector", "subtype", "tax_code", "vat_number", "place", "province", "region", "email", "phone",
    "website", "language", "description", "aliases", "languages", "territories", "source", "lawful_basis",
    "do_not_contact", "visibility",
)  # fmt: skip
TAG, IDENTIFIER = "tag", "identifier"


class BesideFact(NamedTuple):
    """Something that stands beside a stakeholder: ``kind`` of a contact point, a tag, or a register's number.

    ``label`` is the contact's label, the tag as it is written, the number's list.
    """

    kind: str
    value: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who can be stored: the place in the file, the values of ``STORED_FIELDS``, how it is recognised.

    ``mended`` says what was put right on the way. ``people`` are those of an organisation, with ``title`` their role
    in it. A mention is an organisation known only by the name somebody's row says: it is the one of that name in the
    file or the register, and a new one when there is none.
    """

    row: int
    values: tuple[str, ...]
    sort_name: str
    place_key: str
    search_text: str
    mended: RowError | None = None
    people: tuple[Candidate, ...] = ()
    title: str = ""
    is_mention: bool = False
    beside: tuple[BesideFact, ...] = ()

    @property
    def subject(self) -> Candidate:
        """Whom the row is about: the person of a row that only mentions the organisation."""
        return self.people[0] if self.is_mention and self.people else self

    @property
    def is_person(self) -> bool:
        """Whether it is a person, not an organisation or a group."""
        return self.values[0] == Stakeholder.Kind.PERSON


# What a row, a card or an entry of a directory says, or everything that is wrong with it.
type Entry = Candidate | list[RowError]


def candidate_of(
    row: int, values: Mapping[str, str], *, beside: Sequence[BesideFact] = (), mended: RowError | None = None
) -> Candidate:
    """A candidate from values that were read already; fields left out are empty."""
    told = values.get
    name_key = mask_for_search(values["name"])
    place_key = masked(told("place", ""))
    aliases, vat_number, email = told("aliases", ""), told("vat_number", ""), told("email", "")
    searched = [
        name_key,
        mask_for_search(aliases) if aliases else "",
        place_key,
        masked(told("province", "")),
        masked(told("subtype", "")),
        told("tax_code", "").lower(),
        mask_for_search(vat_number) if vat_number else "",
        mask_for_search(email) if email else "",
    ]
    if territories := told("territories", ""):
        searched.append(mask_for_search(territories))
    if beside:
        searched += [mask_for_search(fact.value) for fact in beside if fact.kind == ContactPoint.Kind.EMAIL]
        searched += [mask_for_search(fact.value) for fact in beside if fact.kind == IDENTIFIER]
    sort_name = (name_key or values["name"].casefold())[:SORT_LENGTH]
    return Candidate(
        row=row,
        values=tuple(told(name, "") for name in STORED_FIELDS),
        sort_name=sort_name,
        place_key=place_key,
        search_text=" ".join(filter(None, searched)) or sort_name,
        mended=mended,
        beside=tuple(beside),
    )


def mention_of(row: int, name: str, defaults: Mapping[str, str]) -> Candidate:
    """The organisation somebody's row names."""
    kind = defaults.get("kind", Stakeholder.Kind.ORGANISATION.value)
    if kind == Stakeholder.Kind.PERSON:
        kind = Stakeholder.Kind.ORGANISATION.value
    sector = defaults.get("sector", Stakeholder.Sector.OTHER.value)
    return replace(candidate_of(row, {"name": name, "kind": kind, "sector": sector}), is_mention=True)


def with_person(organisation: Candidate, person: Candidate, title: str = "") -> Candidate:
    """The organisation with one more person in it."""
    return replace(organisation, people=(*organisation.people, replace(person, title=title)))


def read_facts(row: int, texts: Mapping[str, tuple[str, str]]) -> tuple[dict[str, str], list[RowError]]:
    """The values of facts told as ``(column, text)``, and what is wrong with them."""
    values: dict[str, str] = {}
    problems: list[RowError] = []
    for name, (column, text) in texts.items():
        try:
            values[name] = READERS[name](text) if text else ""
        except CellError as error:
            problems.append(RowError(row, error.reason, column))
    return values, problems
