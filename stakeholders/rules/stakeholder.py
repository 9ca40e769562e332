"""What holds for one stakeholder: how it is found, which states a person may set by hand, what history may keep."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.access.visibility import Visibility
from core.rules.text import mask_for_search
from stakeholders.models import Stakeholder

SORT_LENGTH = 200
# What a search finds a stakeholder by.
SEARCHED_FIELDS = ("name", "aliases", "place", "province", "subtype", "tax_code", "vat_number", "email")
# Their values are words of ours; anything else may say something about a person and stays out of history.
CODED_FIELDS = frozenset(
    {"kind", "sector", "status", "visibility", "do_not_contact", "language", "languages", "stakes", "lawful_basis"}
)
# What a fact is called on every page, in a form, a table and history.
FIELD_LABELS = {
    "name": _("Name"),
    "aliases": _("Other names"),
    "kind": _("Kind"),
    "sector": _("Sector"),
    "subtype": _("Exact form"),
    "tax_code": _("Tax code"),
    "vat_number": _("VAT number"),
    "place": _("Town"),
    "province": _("Province"),
    "region": _("Region"),
    "territories": _("Works in"),
    "email": _("E-mail"),
    "phone": _("Phone"),
    "website": _("Website"),
    "language": _("Language"),
    "languages": _("Speaks also"),
    "description": _("What it does"),
    "stakes": _("What is at stake for it"),
    "interest_statement": _("What it wants, in its own words"),
    "expected_benefit": _("What it can gain"),
    "possible_loss": _("What it may lose"),
    "limits": _("What holds it back"),
    "status": _("Where we are with it"),
    "ask_again_on": _("May be asked again from"),
    "source": _("Where we know it from"),
    "lawful_basis": _("Why we may write to it"),
    "relationship_owner": _("Who of us knows it best"),
    "do_not_contact": _("Asked not to be contacted"),
    "visibility": _("Who may see it"),
}
# Nobody is named on a stakeholder, so none can be sealed.
VISIBILITIES = [level for level in Visibility if level != Visibility.SEALED]
MOST_WORDS = 8


def sort_name(name: str) -> str:
    """The name as lists are sorted and as a second record of the same body is recognised."""
    return (mask_for_search(name) or name.casefold())[:SORT_LENGTH]


def names_of(stakeholder: Stakeholder) -> list[str]:
    """All it goes by: its name and its other names."""
    return [stakeholder.name, *stakeholder.aliases.splitlines()]


@lru_cache(maxsize=4_096)
def place_key(place: str) -> str:
    """The place as two records of the same body are compared; a page compares the same few again and again."""
    return mask_for_search(place)


def search_text(values: Iterable[str]) -> str:
    """The column a search looks in, from the values of ``SEARCHED_FIELDS``."""
    return " ".join(filter(None, map(mask_for_search, values)))


def words_of(query: str) -> list[str]:
    """What somebody typed, as the words a search compares: at most eight, no accents, no capitals."""
    return mask_for_search(query[:200]).split()[:MOST_WORDS]


def least_level_told(*, kind: str, visibility: int) -> int:
    """How visible an offer must be to be in its owner's search text: seen by everybody who sees the owner.

    Colleagues see each other's records, not what is kept to coordination about one of them.
    """
    return max(visibility, Visibility.PARTNERS) if kind == Stakeholder.Kind.PERSON else visibility


def statuses_by_hand(current: str = "") -> list[Stakeholder.Status]:
    """The states a person may choose: a partner is made by a membership, never by hand (domain 1.3)."""
    return [status for status in Stakeholder.Status if status != Stakeholder.Status.PARTNER or status == current]


def history_of_change(changes: Mapping[str, list[str]]) -> dict[str, Any]:
    """Old and new value of coded fields; of the others only that they changed."""
    return {name: values if name in CODED_FIELDS else [] for name, values in changes.items()}
