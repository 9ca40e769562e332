"""The smallest valid stakeholder, person and import."""

from core.access.visibility import Visibility
from core.models import User
from stakeholders.models import Stakeholder
from stakeholders.operations.stakeholder import add_person_to_organisation, add_stakeholder

# Invented codes with right check digits.
TAX_CODES = ["80051890152", "91021170807", "02249020427", "93053200841", "90020330800"]
PERSON_CODE = "RSSMRA85T10A562S"


def make_stakeholder(
    name: str = "Circolo Aurora", *, visibility: Visibility = Visibility.COORDINATION, **fields: object
) -> Stakeholder:
    """An organisation seen by the coordination."""
    return add_stakeholder(name=name, visibility=visibility, by=None, **fields)


def make_person(
    name: str = "Anna Neri", *, of: Stakeholder | None = None, user: User | None = None, **fields: object
) -> Stakeholder:
    """A person, of an organisation and with an account when these are given."""
    person = make_stakeholder(name, kind=Stakeholder.Kind.PERSON, user=user, **fields)
    if of is not None:
        add_person_to_organisation(organisation=of, person=person, by=None)
    return person
