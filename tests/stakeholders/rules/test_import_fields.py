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


GOOGLE = "First Name,Middle Name,Last Name,Organization Name,Organization Title,Notes,Labels,E-mail 1 - Label,E-mail 1 - Value"
OUTLOOK = "Title,First Name,Middle Name,Last Name,Company,Job Title,Business City,Business Phone,E-mail Address,Web Page,Categories"
OUTLOOK_IT = (
    "Titolo,Nome,Secondo Nome,Cognome,Società,Qualifica,Città di lavoro,Telefono di Lavoro,Indirizzo E-mail,Pagina Web"
)
THUNDERBIRD = (
    "First Name,Last Name,Display Name,Primary Email,Secondary Email,Work Phone,Mobile Number,Work City,Organization"
)
THUNDERBIRD_IT = (
    "Nome,Cognome,Nome visualizzato,E-mail primaria,E-mail secondaria,Telefono lavoro,Città di lavoro,Organizzazione"
)


@pytest.mark.parametrize(
    ("header", "facts"),
    [
        (GOOGLE, "given_name family_name organisation title description tags email"),
        (OUTLOOK, "given_name family_name organisation title place phone email website tags"),
        (OUTLOOK_IT, "given_name family_name organisation title place phone email website"),
        (THUNDERBIRD, "given_name family_name name email email2 phone phone2 place organisation"),
        (THUNDERBIRD_IT, "given_name family_name name email email2 phone place organisation"),
    ],
)
def test_address_books_of_programs_are_guessed_in_both_languages(header, facts):
    assert list(guess_columns(header.split(",")).values()) == facts.split()


def test_role_without_an_organisation_says_what_is_missing():
    with pytest.raises(MappingError, match="somebody in an organisation"):
        ColumnMapping({"A": "name", "B": "title"}).positions(["A", "B"])
    assert guess_columns(["Denominazione", "Qualifica"]) == {"Denominazione": "name"}
