import pytest
from django.core.exceptions import ValidationError

from stakeholders.models import ContactPoint, Identifier
from stakeholders.operations.contact import (
    add_contact_point,
    add_identifier,
    remove_contact_point,
    remove_identifier,
)
from stakeholders.queries.stakeholder import ids_found
from tests.factories.stakeholders import TAX_CODES, make_stakeholder


@pytest.mark.parametrize(
    ("kind", "value", "stored"),
    [
        ("email", " Segreteria@Aurora.Example ", "segreteria@aurora.example"),
        ("web", "aurora.example/chi", "https://aurora.example/chi"),
        ("phone", "055 12 34", "055 12 34"),
        ("address", "Via Roma 1", "Via Roma 1"),
    ],
)
def test_contact_is_stored_as_it_is_used(space, admin, kind, value, stored):
    assert add_contact_point(stakeholder=make_stakeholder(), kind=kind, value=value, by=admin).value == stored


@pytest.mark.parametrize(
    ("kind", "value"),
    [("email", "nobody"), ("web", "javascript:alert(1)"), ("phone", "12"), ("address", " "), ("x", "y")],
)
def test_contact_that_reaches_nobody_is_refused(space, admin, kind, value):
    with pytest.raises(ValidationError):
        add_contact_point(stakeholder=make_stakeholder(), kind=kind, value=value, by=admin)


@pytest.mark.parametrize(
    ("scheme", "value", "stored"),
    [
        ("runts", "123 456", "123456"),
        ("IT-CF", TAX_CODES[0], TAX_CODES[0]),
        ("gb-chc", "1090095", "1090095"),
        ("GB-SC", "sc042386", "SC042386"),
        ("XI-LEI", "213800KUD8LAJWSQ9D15", "213800KUD8LAJWSQ9D15"),
        ("DE-CR", "HRB 1234", "HRB1234"),
    ],
)
def test_number_is_stored_clean_and_found_by_the_search(space, admin, scheme, value, stored):
    stakeholder = make_stakeholder()
    added = add_identifier(stakeholder=stakeholder, scheme=scheme, value=value, by=admin)
    assert (added.scheme, added.value) == (scheme.upper(), stored)
    assert ids_found([stored.lower()]) == [stakeholder.pk]
    remove_identifier(identifier=added, by=admin)
    assert ids_found([stored.lower()]) == []


@pytest.mark.parametrize(
    ("scheme", "value"),
    [("IT-CF", "90000110801"), ("XI-LEI", "213800KUD8LAJWSQ9D16"), ("GB-CHC", "12"), ("RUNTS", ""), ("nonsense", "1")],
)
def test_number_that_cannot_be_right_is_refused(space, admin, scheme, value):
    with pytest.raises(ValidationError):
        add_identifier(stakeholder=make_stakeholder(), scheme=scheme, value=value, by=admin)
    assert not Identifier.objects.exists()


def test_number_another_one_has_is_refused(space, admin):
    add_identifier(stakeholder=make_stakeholder("First"), scheme="RUNTS", value="12", by=admin)
    with pytest.raises(ValidationError, match="already has this number"):
        add_identifier(stakeholder=make_stakeholder("Second"), scheme="RUNTS", value="12", by=admin)


def test_more_than_thirty_are_refused_and_one_can_be_taken_out(space, admin):
    stakeholder = make_stakeholder()
    for number in range(30):
        add_contact_point(stakeholder=stakeholder, kind="address", value=f"Via {number}", by=admin)
    with pytest.raises(ValidationError):
        add_contact_point(stakeholder=stakeholder, kind="address", value="Via 31", by=admin)
    remove_contact_point(point=ContactPoint.objects.first(), by=admin)
    assert ContactPoint.objects.count() == 29
