import pytest

from core.tabular.errors import RowError
from core.tabular.reading import Row
from stakeholders.rules.import_fields import ColumnMapping
from stakeholders.rules.stakeholder_import import STORED_FIELDS, Candidate, RowReader

HEADER = ["CF", "Nome", "Comune", "E-mail", "Sito", "Tipo", "Settore", "Lingua", "Note"]
FACTS = ["tax_code", "name", "place", "email", "website", "kind", "sector", "language", "description"]


def read(defaults=None, **cells):
    reader = RowReader(HEADER, ColumnMapping(dict(zip(HEADER, FACTS, strict=True)), defaults or {}))
    return reader.read(Row(7, tuple(cells.get(fact, "") for fact in FACTS)))


def values(found):
    assert isinstance(found, Candidate), found
    return dict(zip(STORED_FIELDS, found.values, strict=True))


def test_name_in_capitals_stays_as_it_is():
    found = read(name="ASSOCIAZIONE SPORTIVA DILETTANTISTICA'LIBERI TUTTI'")
    assert values(found)["name"] == "ASSOCIAZIONE SPORTIVA DILETTANTISTICA'LIBERI TUTTI'"
    assert found.sort_name == "associazione sportiva dilettantistica liberi tutti"


def test_row_without_kind_and_sector_gets_those_of_the_file():
    found = values(read({"sector": "nonprofit", "kind": "group"}, name="Orti"))
    assert (found["kind"], found["sector"]) == ("group", "nonprofit")


@pytest.mark.parametrize(
    ("fact", "text", "stored"),
    [
        ("kind", "Persona", "person"),
        ("kind", "ENTE", "organisation"),
        ("sector", "Sanità", "health"),
        ("sector", "Non-profit", "nonprofit"),
        ("language", "Italiano", "it"),
        ("website", "orti.example", "https://orti.example"),
        ("email", " Info@Orti.Example ", "info@orti.example"),
        ("description", "1.234,56 euro", "1.234,56 euro"),
    ],
)
def test_cells_are_taken_as_people_write_them(fact, text, stored):
    assert values(read(name="Orti", **{fact: text}))[fact] == stored


@pytest.mark.parametrize(
    ("fact", "text", "said"),
    [
        ("tax_code", "90000110801", "check digit"),
        ("email", "not an address", "not an e-mail address"),
        ("website", "java script", "not the address of a website"),
        ("kind", "unicorn", "none of the values"),
        ("name", "x" * 201, "1 character too long"),
        ("place", "a\ud800b", "cannot be stored"),
    ],
)
def test_cell_that_cannot_be_used_is_named_with_row_column_and_reason(fact, text, said):
    (problem,) = read(**{"name": "Orti", fact: text})
    assert problem.number == 7
    assert problem.column == HEADER[FACTS.index(fact)]
    assert said in str(problem.reason)


def test_everything_wrong_with_a_row_is_said_at_once():
    problems = read(tax_code="1", email="x")
    assert [problem.column for problem in problems] == ["CF", "E-mail", "Nome"]


def test_row_without_a_name_is_refused():
    (problem,) = read(place="Borgo", name="  ")
    assert isinstance(problem, RowError)
    assert str(problem.reason) == "The name is missing."


def test_lost_zero_is_put_back_and_told():
    found = read(name="Orti", tax_code="2000330205")
    assert values(found)["tax_code"] == "02000330205"
    assert "02000330205" in str(found.mended)
    assert read(name="Orti", tax_code="02000330205").mended is None


def test_stakeholder_is_found_by_name_place_code_and_mail():
    found = read(name="A.S.D. Borgo", place="Forlì", tax_code="90000110800", email="a@b.example")
    assert found.search_text == "a s d borgo forli 90000110800 a b example"
