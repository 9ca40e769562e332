"""Two records made one: which facts are chosen, which are joined, and when it may be done or undone."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.rules.membership import ALLOWED, Verdict
from stakeholders.models import Stakeholder

# Of each of these one value is chosen.
CHOSEN_FIELDS = (
    "name", "kind", "sector", "subtype", "tax_code", "vat_number", "place", "province", "region", "email", "phone",
    "website", "language", "description", "interest_statement", "expected_benefit", "possible_loss", "limits",
    "status", "ask_again_on", "source", "lawful_basis", "relationship_owner", "user", "visibility",
)  # fmt: skip
# Of these both are kept.
JOINED_FIELDS = ("aliases", "territories", "languages", "stakes")
KEPT, ABSORBED = "kept", "absorbed"
FAR_ALONG = {
    state: rank
    for rank, state in enumerate(
        ["not_relevant", "dormant", "declined", "identified", "researched", "prioritised", "approached", "in_dialogue",
         "informed_only", "interested", "supporter", "invited", "partner"]
    )
}  # fmt: skip


def can_merge(kept: Stakeholder, absorbed: Stakeholder) -> Verdict:
    """Whether two records can be one."""
    if kept.pk == absorbed.pk:
        return Verdict(False, _("Choose two different stakeholders."))
    if kept.merged_into_id or absorbed.merged_into_id:
        return Verdict(False, _("One of the two was merged already."))
    if kept.erased_at or absorbed.erased_at:
        return Verdict(False, _("One of the two was erased on request and stays as it is."))
    if (kept.kind == Stakeholder.Kind.PERSON) != (absorbed.kind == Stakeholder.Kind.PERSON):
        return Verdict(False, _("A person and an organisation cannot be one. Add the person to the organisation."))
    return ALLOWED


def better_kept(first: Stakeholder, second: Stakeholder) -> tuple[Stakeholder, Stakeholder]:
    """The two with the one to keep first: a partner, else who is known better, else the older record."""

    def worth(one: Stakeholder) -> tuple[bool, bool, int]:
        filled = sum(bool(getattr(one, _column(name))) for name in (*CHOSEN_FIELDS, *JOINED_FIELDS))
        return one.status == Stakeholder.Status.PARTNER, bool(one.user_id), filled

    if worth(second) > worth(first) or (worth(second) == worth(first) and second.pk < first.pk):
        return second, first
    return first, second


def default_choices(kept: Stakeholder, absorbed: Stakeholder) -> dict[str, str]:
    """Which record each value is taken from unless somebody says otherwise.

    The kept one's, where it has any; of two states the one further along; of two visibilities the narrower.
    """
    found = {}
    for name in CHOSEN_FIELDS:
        column = _column(name)
        mine, theirs = getattr(kept, column), getattr(absorbed, column)
        takes_theirs = not mine and bool(theirs)
        if name == "status":
            takes_theirs = FAR_ALONG[theirs] > FAR_ALONG[mine]
        if name == "visibility":
            takes_theirs = theirs < mine
        if name == "sector":
            takes_theirs = mine == Stakeholder.Sector.OTHER
        found[name] = ABSORBED if takes_theirs else KEPT
    return found


def fields_that_differ(kept: Stakeholder, absorbed: Stakeholder) -> list[str]:
    """The fields of which somebody has to choose one value."""
    return [name for name in CHOSEN_FIELDS if getattr(kept, _column(name)) != getattr(absorbed, _column(name))]


def merged_values(kept: Stakeholder, absorbed: Stakeholder, choices: Mapping[str, str]) -> dict[str, Any]:
    """The columns of the kept record afterwards; a field nobody chose for is taken by ``default_choices``.

    Who asked not to be contacted, under either name, is not contacted.
    """
    sources = {KEPT: kept, ABSORBED: absorbed}
    taken = default_choices(kept, absorbed) | {
        name: source for name, source in choices.items() if name in CHOSEN_FIELDS and source in sources
    }
    values = {_column(name): getattr(sources[source], _column(name)) for name, source in taken.items()}
    for name in ("territories", "languages", "stakes"):
        values[name] = _joined(getattr(kept, name), getattr(absorbed, name))
    names = _joined(kept.aliases.splitlines(), [kept.name, absorbed.name, *absorbed.aliases.splitlines()])
    others = [name for name in names if name.casefold() != values["name"].casefold()]
    values["aliases"] = "\n".join(others)[: Stakeholder._meta.get_field("aliases").max_length]
    values["do_not_contact"] = kept.do_not_contact or absorbed.do_not_contact
    return values


def _joined(first: Sequence[str], second: Sequence[str]) -> list[str]:
    return list(dict.fromkeys([*first, *second]))


def _column(name: str) -> str:
    return {"relationship_owner": "relationship_owner_id", "user": "user_id"}.get(name, name)
