"""The smallest valid stakeholder and person, and files as people bring them."""

from django.core.files.uploadedfile import SimpleUploadedFile

from core.access.visibility import Visibility
from core.models import User
from core.tabular.reading import Table, open_table
from stakeholders.models import Stakeholder
from stakeholders.operations.stakeholder import add_person_to_organisation, add_stakeholder

# Made up, with right check digits; two begin with a zero, which spreadsheets lose.
TAX_CODES = ["90000110800", "90000220807", "02000330205", "80000440158", "03000660831"]
PERSON_CODE = "VRDNNA80A41F205K"


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


def csv_of(*rows: str, header: str = "Codice fiscale,Denominazione,Comune") -> bytes:
    """A small file in UTF-8."""
    return "\n".join([header, *rows, ""]).encode()


def table_of(*rows: str, header: str = "Codice fiscale,Denominazione,Comune") -> Table:
    """A small file, opened."""
    return open_table(csv_of(*rows, header=header), filename="enti.csv")


def upload_of(
    *rows: str, header: str = "Codice fiscale,Denominazione,Comune", name: str = "enti.csv"
) -> SimpleUploadedFile:
    """A small file as a browser sends it."""
    return SimpleUploadedFile(name, csv_of(*rows, header=header), content_type="text/csv")
