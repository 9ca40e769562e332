import pytest
from django.db import DatabaseError, connection, transaction

from core.access.roles import Role
from core.access.viewer import PUBLIC
from core.access.visibility import Visibility
from stakeholders.queries.register import stakeholder_list
from stakeholders.queries.stakeholder import ids_found, people_of, stakeholders_visible_to
from stakeholders.rules.register import Narrowing
from stakeholders.rules.stakeholder import words_of
from tests.factories.core import make_user
from tests.factories.partnerships import make_partnership
from tests.factories.stakeholders import TAX_CODES, make_person, make_stakeholder


def names(rows):
    return [row.name for row in rows]


def found(text):
    return {str(pk) for pk in ids_found(words_of(text))}


@pytest.fixture
def partner(space):
    """Staff of the bakery, with an account and a place in a partnership."""
    user = make_user("partner@borgo.example", role=Role.PARTNER_MEMBER, scope=make_partnership().scope)
    bakery = make_stakeholder("Forno")
    make_person("Bruno Pane", of=bakery, user=user)
    make_person("Carla Lievito", of=bakery)
    return user


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.TREASURER, Role.EVALUATOR])
def test_whoever_coordinates_sees_the_whole_register_but_nothing_sealed(canary, space, viewer, role):
    make_stakeholder("Ours")
    make_stakeholder("Sealed", visibility=Visibility.SEALED)
    assert names(stakeholders_visible_to(viewer(make_user("c@borgo.example", role=role)))) == ["Ours"]


def test_partner_sees_the_own_organisation_its_people_and_what_is_shown_to_partners(canary, space, viewer, partner):
    make_stakeholder("Elsewhere")
    make_person("Dino Altrove", of=make_stakeholder("Other"))
    make_stakeholder("Shown", visibility=Visibility.PARTNERS)
    assert names(stakeholders_visible_to(viewer(partner))) == ["Bruno Pane", "Carla Lievito", "Forno", "Shown"]


def test_partner_sees_no_colleagues_once_gone(space, viewer, partner):
    from stakeholders.models import Affiliation

    Affiliation.objects.filter(person__user=partner).update(is_active=False)
    assert names(stakeholders_visible_to(viewer(partner))) == ["Bruno Pane"]


def test_funder_and_stranger_see_what_is_public(space, viewer):
    make_stakeholder("Public", visibility=Visibility.PUBLIC)
    make_stakeholder("For funders", visibility=Visibility.FUNDERS)
    funder = make_user("f@fund.example", role=Role.FUNDER)
    assert names(stakeholders_visible_to(viewer(funder))) == ["Public"]
    assert names(stakeholders_visible_to(PUBLIC)) == ["Public"]


def test_people_of_an_organisation_are_those_the_viewer_may_see(space, viewer, partner):
    shown = make_stakeholder("Shown", visibility=Visibility.PARTNERS)
    make_person("Hidden", of=shown)
    make_person("Open", of=shown, visibility=Visibility.PARTNERS)
    assert [person.name for person in people_of(viewer(partner), shown)] == ["Open"]


@pytest.mark.parametrize(
    "text",
    [
        "università",
        "UNIVERSITA forli",
        "forl univ",
        "l'univ",
        "80000440158",
        "8000044",
        "info uni",
        "univ'",
        "univ\\",
        "univ:*",
        "univ & forli",
        "!univ",
    ],
)
def test_search_forgives_accents_capitals_order_signs_and_unfinished_words(space, text):
    wanted = make_stakeholder("L'Università di Forlì", tax_code=TAX_CODES[3], email="info@uni.example")
    make_stakeholder("Scuola di Musica")
    assert found(text) == {str(wanted.pk)}


@pytest.mark.parametrize("text", ["", "   ", "''", "&", "università musica", "niversita", "<script>"])
def test_search_for_nothing_or_for_what_is_not_there_finds_nothing(space, text):
    make_stakeholder("L'Università di Forlì")
    make_stakeholder("Scuola di Musica")
    assert found(text) == set()


def test_search_never_finds_the_neighbours(canary, space):
    ours = make_stakeholder("Circolo Aurora", place="Borgo")
    assert found("circolo aurora") == {str(ours.pk)}
    assert found(f"tenant{canary.tenant_id}") == set()


def test_search_stops_at_the_number_asked_for_in_order_of_name(space):
    for name in ("Coro C", "Coro A", "Coro B"):
        make_stakeholder(name)
    assert len(ids_found(["coro"], most=2)) == 2
    assert ids_found(["coro"], most=1) == [stakeholders_visible_to_all().first().pk]


def stakeholders_visible_to_all():
    from stakeholders.models import Stakeholder

    return Stakeholder.objects.order_by("sort_name")


@pytest.mark.parametrize("call", ["search_stakeholders(ARRAY['a'], 5)", "search_assets(ARRAY['a'], '', true, 5)"])
def test_search_without_a_tenant_fails_loud(db, call):
    with pytest.raises(DatabaseError, match="no tenant is set"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SELECT {call}")


@pytest.mark.parametrize(
    ("function", "hidden"),
    [("search_stakeholders", "stakeholders_stakeholder.email"), ("search_assets", "stakeholders_asset.description")],
)
def test_search_function_belongs_to_a_role_nobody_signs_in_as_and_is_pinned(db, function, hidden):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT r.rolname, r.rolcanlogin, p.prosecdef, p.proconfig, has_schema_privilege(r.oid, 'public', 'CREATE'), "
            "has_function_privilege('telaio_backup', p.oid, 'EXECUTE'), "
            "has_column_privilege(r.oid, %s, %s, 'SELECT') "
            "FROM pg_proc p JOIN pg_roles r ON r.oid = p.proowner WHERE proname = %s",
            [*hidden.split("."), function],
        )
        owner, can_login, definer, settings, creates, others_may, reads_mail = cursor.fetchone()
    assert (owner, can_login, definer, creates, others_may, reads_mail) == (
        "telaio_search",
        False,
        True,
        False,
        False,
        False,
    )
    assert any(setting.startswith("search_path=pg_catalog") for setting in settings)


def test_list_is_narrowed_by_words_kind_sector_and_place(space, viewer, coordinator):
    make_stakeholder("Coro Borgo", place="Borgo", sector="nonprofit")
    make_stakeholder("Coro Colle", place="Colle", sector="nonprofit")
    make_person("Anna Coro", place="borgo")
    look = viewer(coordinator)
    assert names(stakeholder_list(look, Narrowing(query="coro", place="BORGO")).rows) == ["Anna Coro", "Coro Borgo"]
    assert names(stakeholder_list(look, Narrowing(kind="person")).rows) == ["Anna Coro"]
    assert names(stakeholder_list(look, Narrowing(sector="nonprofit"), sort="newest").rows) == [
        "Coro Colle",
        "Coro Borgo",
    ]
