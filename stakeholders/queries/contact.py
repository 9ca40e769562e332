"""Reading what stands beside a stakeholder: more contacts, numbers, tags."""

import uuid
from dataclasses import dataclass, field

from django.db.models import CharField, F, QuerySet, Value

from core.queries.composed import Composed
from stakeholders.models import ContactPoint, Identifier, StakeholderTag
from stakeholders.rules.contact import contact_link
from stakeholders.rules.identifier import scheme_label


@dataclass(frozen=True)
class Beside:
    """One thing beside a stakeholder: what kind of thing, its value and where it leads."""

    id: uuid.UUID
    label: str
    value: str
    url: str = ""


@dataclass(frozen=True)
class BesideAll:
    """Everything that stands beside one stakeholder."""

    contacts: list[Beside] = field(default_factory=list)
    identifiers: list[Beside] = field(default_factory=list)
    tags: list[Beside] = field(default_factory=list)


def beside(stakeholder_id: uuid.UUID) -> BesideAll:
    """Contacts, numbers and tags of a stakeholder, in the order they were added, in one statement."""
    found = BesideAll()
    kinds = dict(ContactPoint.Kind.choices)
    for what, pk, kind, value, label in sorted(_rows(stakeholder_id=stakeholder_id), key=lambda row: str(row[1])):
        if what == "contact":
            named = f"{kinds[kind]} ({label})" if label else str(kinds[kind])
            found.contacts.append(Beside(pk, named, value, contact_link(kind, value)))
        elif what == "identifier":
            found.identifiers.append(Beside(pk, scheme_label(kind), value))
        else:
            found.tags.append(Beside(pk, kind, value))
    return found


@Composed
def _rows(stakeholder_id: uuid.UUID) -> QuerySet[ContactPoint, tuple[str, uuid.UUID, str, str, str]]:
    def text(value: str) -> Value:
        return Value(value, output_field=CharField())

    columns = ("beside_what", "id", "beside_kind", "beside_value", "beside_label")
    contacts = ContactPoint.objects.filter(stakeholder_id=stakeholder_id).annotate(
        beside_what=text("contact"), beside_kind=F("kind"), beside_value=F("value"), beside_label=F("label")
    )
    identifiers = Identifier.objects.filter(stakeholder_id=stakeholder_id).annotate(
        beside_what=text("identifier"), beside_kind=F("scheme"), beside_value=F("value"), beside_label=text("")
    )
    tags = StakeholderTag.objects.filter(stakeholder_id=stakeholder_id).annotate(
        beside_what=text("tag"), beside_kind=text(""), beside_value=F("tag__name"), beside_label=text("")
    )
    return contacts.values_list(*columns).union(identifiers.values_list(*columns), tags.values_list(*columns), all=True)
