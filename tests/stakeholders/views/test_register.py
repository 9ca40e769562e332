"""Pages of the register: narrowing, saved filters, many at once, export; depth, contacts, tags and talks on a page."""

import uuid
from io import BytesIO

import pytest
from openpyxl import load_workbook

from core.access.roles import Role
from core.access.visibility import Visibility
from core.models import AuditEvent
from stakeholders.models import (
    ContactPoint,
    Identifier,
    Interaction,
    SavedFilter,
    Stakeholder,
    StakeholderTag,
)
from stakeholders.operations.interaction import log_interaction
from stakeholders.operations.tag import tag_stakeholder
from stakeholders.queries import register
from tests.factories.core import make_user
from tests.factories.partnerships import make_partnership
from tests.factories.stakeholders import make_person, make_stakeholder

LIST = "/s/borgo/stakeholders/"
FORM = {"name": "Banda", "kind": "group", "sector": "other", "status": "identified", "visibility": "1"}


@pytest.fixture
def browser(coordinator, signed_in_as):
    return signed_in_as(coordinator)


@pytest.fixture
def partner_browser(space, signed_in_as):
    """Staff of the bakery."""
    user = make_user("partner@borgo.example", role=Role.PARTNER_LEAD, scope=make_partnership().scope)
    make_person("Bruno Pane", of=make_stakeholder("Forno", place="Borgo"), user=user)
    return signed_in_as(user)


def names_in(page):
    return [part.split("</a>")[0].split(">")[-1] for part in page.split('<th class="t-main"')[1:]]


def test_long_register_says_that_there_are_more_and_all_can_still_be_changed(space, browser, monkeypatch):
    for number in range(55):
        make_stakeholder(f"Coro {number}", sector="education")
    monkeypatch.setattr(register, "MOST_COUNTED", 52)
    monkeypatch.setattr(register, "MOST_COUNTED_NARROWED", 51)
    whole, narrowed = (browser.get(f"{LIST}?sector={sector}").text for sector in ("", "education"))
    assert "More than 52 entries" in whole
    assert "1 to 50 of more than 51" in narrowed
    assert "Change all that fit" in narrowed
    assert "More than 51 stakeholders" in browser.get(f"{LIST}export/?sector=education").text


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("status=approached", ["Coro"]),
        ("stake=funds", ["Coro"]),
        ("place=colle", ["Banda"]),
        ("place=Valle", ["Banda"]),
        # A word of a name is no place, nor is the beginning of one, nor a sign.
        ("place=Borgo", []),
        ("place=Col", []),
        ("place=-", []),
        ("owner=me", ["Coro"]),
        ("owner=none", ["Banda"]),
        ("contact=refused", ["Banda"]),
        ("contact=allowed", ["Coro"]),
        ("basis=missing", ["Banda"]),
        ("seen=4", ["Coro"]),
        ("basis=consent", ["Coro"]),
        ("q=lavandaie", ["Coro"]),
        ("q=valle", ["Banda"]),
    ],
)
def test_register_is_narrowed(space, browser, coordinator, query, expected):
    make_stakeholder(
        "Coro", status="approached", stakes=["funds"], relationship_owner=coordinator, lawful_basis="consent",
        aliases="Le Lavandaie\nCoro di Borgo", visibility=Visibility.PUBLIC,
    )  # fmt: skip
    make_stakeholder("Banda", place="Colle", territories=["Valle"], do_not_contact=True)
    assert names_in(browser.get(f"{LIST}?{query}").content.decode()) == expected


def test_register_is_narrowed_by_tag_and_a_tag_of_the_neighbour_finds_nothing(neighbour, space, browser, admin):
    tag = tag_stakeholder(stakeholder=make_stakeholder("Coro"), name="Musica", by=admin)
    make_stakeholder("Banda")
    assert names_in(browser.get(f"{LIST}?tag={tag.pk}").content.decode()) == ["Coro"]
    assert names_in(browser.get(f"{LIST}?tag={uuid.uuid4()}").content.decode()) == []
    assert browser.get(f"{LIST}?tag=x").status_code == 400


@pytest.mark.parametrize("query", ["status=x", "stake=x", "contact=x", "basis=x", "owner=x", "seen=0"])
def test_what_is_not_on_the_lists_is_a_bad_request(space, browser, query):
    assert browser.get(f"{LIST}?{query}").status_code == 400


def test_saved_filter_is_made_renamed_shared_and_deleted(space, browser, coordinator):
    make_stakeholder("Coro")
    assert f"{LIST}filters/new/?q=coro" in browser.get(f"{LIST}?q=coro").content.decode()
    answer = browser.post(f"{LIST}filters/new/?q=coro", {"name": "Choirs"})
    saved = SavedFilter.objects.get()
    assert (answer["Location"], saved.owner, saved.is_shared) == (f"{LIST}?q=coro", coordinator, False)
    browser.post(f"{LIST}filters/{saved.pk}/", {"name": "Singers", "is_shared": "on"})
    assert "Singers" in browser.get(LIST).content.decode()
    assert browser.post(f"{LIST}filters/new/?q=banda", {"name": "Singers"}).status_code == 422
    browser.post(f"{LIST}filters/{saved.pk}/delete/")
    assert not SavedFilter.objects.exists()


def test_nobody_changes_a_filter_of_somebody_else(space, browser, admin):
    saved = SavedFilter.objects.create(name="Theirs", query="q=a", owner=admin, is_shared=True)
    for page in ("", "delete/"):
        assert browser.post(f"{LIST}filters/{saved.pk}/{page}", {"name": "Mine"}).status_code == 404


def test_ticked_ones_get_a_tag_and_the_toast_leads_back(space, browser):
    rows = [make_stakeholder(name) for name in ("Coro", "Banda", "Teatro")]
    answer = browser.post(
        f"{LIST}bulk/", {"id": [rows[0].pk, rows[1].pk], "do": "tag", "tag": "Musica", "query": "q=co"}
    )
    assert answer["Location"] == f"{LIST}?q=co"
    assert StakeholderTag.objects.count() == 2
    page = browser.get(LIST).content.decode()
    assert "2 stakeholders were changed." in page
    event = AuditEvent.objects.get(verb="stakeholders.bulk_tagged")
    assert f'<a href="{LIST}bulk/{event.pk}/undo/">' in page
    assert browser.get(f"{LIST}bulk/{event.pk}/undo/").status_code == 200
    assert StakeholderTag.objects.count() == 2
    browser.post(f"{LIST}bulk/{event.pk}/undo/")
    assert not StakeholderTag.objects.exists()


@pytest.mark.parametrize(
    ("asked", "said", "shown"),
    [
        ({"level": "4"}, "More people would see it", 0),
        ({"level": ""}, "Choose who may see them.", 0),
        ({"level": "4", "is_meant": "on"}, "2 stakeholders were changed.", 2),
    ],
)
def test_ticked_ones_are_shown_to_more_only_when_that_is_meant(space, browser, asked, said, shown):
    rows = [make_stakeholder(name) for name in ("Coro", "Banda")]
    page = browser.post(f"{LIST}bulk/", {"id": [row.pk for row in rows], "do": "show", **asked}, follow=True)
    assert said in page.content.decode()
    assert Stakeholder.objects.filter(visibility=Visibility.PUBLIC).count() == shown


def test_all_that_fit_are_changed_also_those_on_other_pages(space, browser, coordinator):
    for number in range(60):
        make_stakeholder(f"Coro {number}")
    make_stakeholder("Banda")
    form = {"everything": "on", "query": "q=coro", "do": "owner", "owner": coordinator.pk}
    browser.post(f"{LIST}bulk/", form)
    assert Stakeholder.objects.filter(relationship_owner=coordinator).count() == 60


def test_many_are_changed_only_when_they_are_visible_and_ours(canary, space, browser):
    sealed = make_stakeholder("Sealed", visibility=Visibility.SEALED)
    browser.post(f"{LIST}bulk/", {"id": [sealed.pk, canary.pk], "do": "tag", "tag": "x"})
    assert not StakeholderTag.objects.exists()
    assert not AuditEvent.objects.filter(verb__startswith="stakeholders.bulk").exists()


@pytest.mark.parametrize(
    "form",
    [
        {"do": "tag", "tag": ""},
        {"do": "move"},
        {"do": "explode"},
        {"do": "tag", "tag": "a"},
        {"do": "move", "status": "partner"},
    ],
)
def test_what_is_missing_is_said_and_nothing_is_done(space, browser, form):
    make_stakeholder()
    browser.post(f"{LIST}bulk/", form)
    assert 'class="toast"' in browser.get(LIST).content.decode()
    assert Stakeholder.objects.get().status == "identified"
    assert not StakeholderTag.objects.exists()


def test_ids_that_are_none_are_a_bad_request(space, browser):
    assert browser.post(f"{LIST}bulk/", {"id": ["x"], "do": "tag", "tag": "a"}).status_code == 400


def test_excel_holds_what_the_list_shows_free_of_formulas_and_confidences(space, browser):
    make_stakeholder("=cmd()", place="Borgo", interest_statement="Secret wish", possible_loss="Secret fear")
    make_stakeholder("Banda", place="Colle")
    answer = browser.get(LIST, {"format": "xlsx", "place": "Borgo"})
    rows = list(load_workbook(BytesIO(answer.content)).active.values)
    assert len(rows) == 2
    assert rows[1][0] == "'=cmd()"
    assert "Secret" not in str(rows)


def test_stakeholder_is_written_down_in_depth(space, browser, coordinator):
    facts = {
        "aliases": "Le Lavandaie", "territories": "Borgo\n\nColle\nBorgo", "languages": ["ar", "fr"],
        "stakes": ["affected", "knows"], "interest_statement": "A room", "possible_loss": "Its peace",
        "lawful_basis": "consent", "relationship_owner": coordinator.pk, "do_not_contact": "on",
    }  # fmt: skip
    browser.post(f"{LIST}new/", FORM | facts)
    added = Stakeholder.objects.get()
    assert (added.territories, added.languages, added.stakes) == (
        ["Borgo", "Colle"],
        ["ar", "fr"],
        ["affected", "knows"],
    )
    assert (added.relationship_owner, added.lawful_basis, added.do_not_contact) == (coordinator, "consent", True)
    page = browser.get(f"{LIST}{added.pk}/").content.decode()
    for shown in (
        "Le Lavandaie",
        "Borgo, Colle",
        "Arabic, French",
        "Lives the issue, Knows about it",
        "Its peace",
        "Consent",
    ):
        assert shown in page
    edit = browser.get(f"{LIST}{added.pk}/edit/").content.decode()
    assert "Borgo\nColle" in edit


def test_language_that_is_not_offered_survives_an_edit(space, browser):
    stakeholder = make_stakeholder("Banda", languages=["ti", "ar"])
    browser.post(f"{LIST}{stakeholder.pk}/edit/", FORM | {"languages": ["fr"]})
    stakeholder.refresh_from_db()
    assert stakeholder.languages == ["fr", "ti"]


def test_partner_reads_neither_wishes_nor_tags_nor_talks(space, partner_browser, admin):
    own = Stakeholder.objects.get(name="Forno")
    Stakeholder.objects.filter(pk=own.pk).update(interest_statement="Secret wish", lawful_basis="consent")
    tag_stakeholder(stakeholder=own, name="Secret tag", by=admin)
    log_interaction(stakeholder=own, by=admin, held_on="2026-01-02", summary="Secret talk")
    for page in ("", "timeline/"):
        answer = partner_browser.get(f"{LIST}{own.pk}/{page}")
        assert answer.status_code == 200
        assert b"Secret" not in answer.content
        assert b"Consent" not in answer.content
    for page in ("talks/new/", "move/", "tags/new/", "contacts/new/", "numbers/new/"):
        assert partner_browser.get(f"{LIST}{own.pk}/{page}").status_code == 403


def test_one_that_looks_like_a_known_one_is_shown_before_it_is_added(space, browser):
    known = make_stakeholder("Banda Musicale", place="Borgo")
    answer = browser.post(f"{LIST}new/", FORM | {"name": "Banda Musicale"})
    assert answer.status_code == 422
    assert f'href="{LIST}{known.pk}/"' in answer.content.decode()
    assert Stakeholder.objects.count() == 1
    assert browser.post(f"{LIST}new/", FORM | {"name": "Banda Musicale", "is_another": "1"}).status_code == 302
    assert Stakeholder.objects.count() == 2


def test_stakeholder_is_moved_on_and_told_when_it_may_not(space, browser):
    stakeholder = make_stakeholder()
    assert browser.post(f"{LIST}{stakeholder.pk}/move/", {"status": "approached"}).status_code == 302
    assert browser.post(f"{LIST}{stakeholder.pk}/move/", {"status": "partner"}).status_code == 422
    browser.post(f"{LIST}{stakeholder.pk}/move/", {"status": "declined", "ask_again_on": "2999-01-01"})
    answer = browser.post(f"{LIST}{stakeholder.pk}/move/", {"status": "approached"})
    assert answer.status_code == 422
    assert "not before" in answer.content.decode()


def test_contacts_numbers_and_tags_are_added_and_taken_out_on_the_page(space, browser):
    one = f"{LIST}{make_stakeholder().pk}/"
    browser.post(f"{one}contacts/new/", {"kind": "email", "value": "due@aurora.example", "label": "office"})
    browser.post(f"{one}numbers/new/", {"scheme": "other", "other": "DE-CR", "value": "HRB 1"})
    browser.post(f"{one}tags/new/", {"tag": "Musica"})
    page = browser.get(one).content.decode()
    for shown in ("due@aurora.example", "E-mail (office)", "HRB1", "Musica"):
        assert shown in page
    browser.post(f"{one}contacts/{ContactPoint.objects.get().pk}/remove/")
    browser.post(f"{one}numbers/{Identifier.objects.get().pk}/remove/")
    browser.post(f"{one}tags/{StakeholderTag.objects.get().pk}/remove/")
    assert not ContactPoint.objects.exists() | Identifier.objects.exists() | StakeholderTag.objects.exists()


@pytest.mark.parametrize(
    ("page", "form"),
    [
        ("contacts/new/", {"kind": "email", "value": "nobody"}),
        ("numbers/new/", {"scheme": "GB-CHC", "value": "1"}),
        ("numbers/new/", {"scheme": "other", "value": "1"}),
        ("tags/new/", {"tag": "★"}),
        ("talks/new/", {"kind": "call", "held_on": "2999-01-01", "summary": "a"}),
        ("talks/new/", {"kind": "call", "held_on": "2026-01-01"}),
    ],
)
def test_what_cannot_be_kept_comes_back_with_what_was_typed(space, browser, page, form):
    answer = browser.post(f"{LIST}{make_stakeholder().pk}/{page}", form)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()


def test_talk_is_written_down_put_right_and_taken_back(space, browser, coordinator):
    organisation = make_stakeholder()
    person = make_person(of=organisation)
    one = f"{LIST}{organisation.pk}/"
    said = {"kind": "call", "held_on": "2026-01-02", "person": person.pk, "summary": "Six places", "next_step": "Write"}
    assert browser.post(f"{one}talks/new/", said)["Location"] == f"{one}timeline/"
    talk = Interaction.objects.get()
    assert (talk.by, talk.person) == (coordinator, person)
    page = browser.get(f"{one}timeline/").content.decode()
    assert "Call with Anna Neri" in page
    assert f"{one}talks/{talk.pk}/" in page
    browser.post(f"{one}talks/{talk.pk}/", said | {"summary": "Seven places"})
    assert "Seven places" in browser.get(f"{one}timeline/?kind=talk").content.decode()
    browser.post(f"{one}talks/{talk.pk}/delete/")
    assert "Nothing has happened yet" in browser.get(f"{one}timeline/").content.decode()


def test_talk_of_somebody_else_cannot_be_changed(space, browser, admin):
    organisation = make_stakeholder()
    talk = log_interaction(stakeholder=organisation, by=admin, held_on="2026-01-02", summary="Theirs")
    for page in ("", "delete/"):
        assert browser.post(f"{LIST}{organisation.pk}/talks/{talk.pk}/{page}", {}).status_code == 404


def test_timeline_of_a_kind_there_is_not_is_a_bad_request(space, browser):
    assert browser.get(f"{LIST}{make_stakeholder().pk}/timeline/?kind=x").status_code == 400


@pytest.mark.parametrize("count", [1, 3])
def test_timeline_costs_the_same_queries_for_one_and_three_talks(
    space, browser, admin, django_assert_num_queries, count
):
    organisation = make_stakeholder()
    for number in range(count):
        log_interaction(stakeholder=organisation, by=admin, held_on="2026-01-02", summary=f"Talk {number}")
    with django_assert_num_queries(4 + 10):
        page = browser.get(f"{LIST}{organisation.pk}/timeline/").content.decode()
    assert page.count('class="dot') == count
