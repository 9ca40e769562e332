import pytest

from stakeholders.rules.import_fields import ColumnMapping, MappingError, guess_columns


@pytest.mark.parametrize(
    ("header", "facts"),
    [
        (["CODICE FISCALE", "DENOMINAZIONE", "COMUNE", "NUMERO SCELTE"], ["tax_code", "name", "place"]),
        (
            ["Ragione sociale", "P.IVA", "Città", "Prov.", "Telefono"],
            ["name", "vat_number", "place", "province", "phone"],
        ),
        (["Name", "Tax code", "Town", "E-mail", "Website"], ["name", "tax_code", "place", "email", "website"]),
        (["C.F.", "Nome", "Posta elettronica", "Note"], ["tax_code", "name", "email", "description"]),
        (["Colour", "Height"], []),
    ],
)
def test_columns_are_guessed_from_italian_and_english_headers(header, facts):
    assert list(guess_columns(header).values()) == facts


def test_each_fact_is_guessed_once_the_surest_header_first():
    assert guess_columns(["Ente", "Denominazione"]) == {"Denominazione": "name"}


def test_columns_are_found_whatever_their_capitals():
    assert ColumnMapping({"nome": "name"}).positions(["Codice", "NOME"]) == {"name": 1}


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"A": "name", "B": "name"}, "Two columns hold “Name”"),
        ({"A": "place"}, "column that holds the name"),
        ({"Z": "name"}, "no column “Z”"),
        ({"A": "tenant_id"}, "“tenant_id” is not something"),
    ],
)
def test_mapping_that_cannot_be_followed_says_what_to_change(columns, said):
    with pytest.raises(MappingError, match=said):
        ColumnMapping(columns).positions(["A", "B"])


@pytest.mark.parametrize("defaults", [{"sector": "circus"}, {"visibility": "4"}])
def test_only_kind_and_sector_may_stand_for_every_row(defaults):
    with pytest.raises(MappingError, match="every row"):
        ColumnMapping({"A": "name"}, defaults).positions(["A"])
