import json

import jsonschema
import pytest
import vobject
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from referencing import Registry, Resource

from core.access.roles import Role
from core.access.visibility import Visibility
from core.jobs.running import run_job
from core.models import Job
from stakeholders.models import Stakeholder, StakeholderImport
from stakeholders.operations.contact import add_contact_point, add_identifier
from stakeholders.operations.stakeholder_import import import_stakeholders
from stakeholders.operations.tag import tag_stakeholder
from stakeholders.queries.stakeholder import ids_found
from stakeholders.rules.import_fields import ColumnMapping, guess_columns
from tests.core.tabular.standards import standard_file
from tests.factories.core import make_user
from tests.factories.stakeholders import TAX_CODES, make_person, make_stakeholder, table_of

EXPORT = "/s/borgo/stakeholders/export/"
IMPORT = "/s/borgo/stakeholders/import/"
LIST = "/s/borgo/stakeholders/"


@pytest.fixture
def browser(coordinator, signed_in_as):
    return signed_in_as(coordinator)


def cards(answer):
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/vcard")
    return list(vobject.readComponents(answer.content.decode()))


def schema(name):
    folder = standard_file("hsds/schema/organization.json").parent
    told = {path.name: json.loads(path.read_text()) for path in folder.glob("*.json")}
    registry = Registry().with_resources(
        (key, Resource.from_contents(value, default_specification=jsonschema_default())) for key, value in told.items()
    )
    return jsonschema.Draft202012Validator({"$ref": name}, registry=registry, format_checker=jsonschema.FormatChecker())


def jsonschema_default():
    from referencing.jsonschema import DRAFT202012

    return DRAFT202012


def test_register_as_cards_is_narrowed_like_the_list(space, browser, coordinator):
    coro = make_stakeholder("Coro", email="info@coro.it", place="Borgo")
    add_contact_point(stakeholder=coro, kind="email", value="anna@coro.it", by=coordinator)
    tag_stakeholder(stakeholder=coro, name="Musica", by=coordinator)
    make_person("Anna Neri", of=coro)
    make_stakeholder("Banda", place="Colle")
    assert [card.fn.value for card in cards(browser.get(f"{EXPORT}cards/"))] == ["Anna Neri", "Banda", "Coro"]
    (anna,) = cards(browser.get(f"{EXPORT}cards/?kind=person"))
    assert anna.org.value == ["Coro"]
    (card,) = cards(browser.get(f"{EXPORT}cards/?place=Borgo"))
    assert [mail.value for mail in card.email_list] == ["info@coro.it", "anna@coro.it"]
    assert card.categories.value == ["Musica"]
    assert browser.get(f"{EXPORT}cards/?kind=circus").status_code == 400


def test_whoever_refused_contact_leaves_without_a_way_to_be_reached(space, browser, coordinator):
    shy = make_stakeholder(
        "Coro", email="info@coro.it", phone="0461 123", website="https://coro.it", do_not_contact=True
    )
    add_contact_point(stakeholder=shy, kind="phone", value="0461 999", by=coordinator)
    for address in (f"{EXPORT}cards/", f"{EXPORT}directory/", f"/s/borgo/stakeholders/{shy.pk}/card/"):
        content = browser.get(address).content
        assert b"Coro" in content
        for secret in (b"info@coro.it", b"0461", b"https://coro.it"):
            assert secret not in content


@pytest.mark.parametrize(
    ("address", "name"),
    [(f"{LIST}?format=csv", "a.csv"), (f"{EXPORT}cards/", "a.vcf"), (f"{EXPORT}directory/", "a.json")],
)
@pytest.mark.parametrize(("ticked", "level"), [({}, Visibility.COORDINATION), ({"takes_levels": "on"}, 2)])
def test_who_may_see_a_record_and_its_wish_travel_with_it(space, browser, address, name, ticked, level):
    make_stakeholder("Coro", visibility=Visibility.PARTNERS, do_not_contact=True)
    content = browser.get(address).content.replace(b"Coro", b"Banda")
    browser.post(IMPORT, {"file": SimpleUploadedFile(name, content)})
    found = StakeholderImport.objects.get()
    if name.endswith("csv"):
        header = content.decode("utf-8-sig").splitlines()[0].split(",")
        columns = {f"column_{n}": found.mapping["columns"].get(column, "") for n, column in enumerate(header)}
        browser.post(f"{IMPORT}{found.pk}/columns/", columns | {"default_kind": "group", "default_sector": "other"})
    assert "as the file says: Partners (1)" in browser.get(f"{IMPORT}{found.pk}/check/").content.decode()
    browser.post(f"{IMPORT}{found.pk}/check/", ticked)
    run_job(space.pk, str(Job.objects.get().pk))
    banda = Stakeholder.objects.get(name="Banda")
    assert (banda.visibility, banda.do_not_contact) == (level, True)


def test_table_of_ours_comes_in_again_in_either_language(space, browser):
    coro = make_stakeholder(
        "Coro", subtype="APS", territories=["Borgo", "Colle"], languages=["de"], source="Fair", lawful_basis="consent",
        sector="health",
    )  # fmt: skip
    content = browser.get(f"{LIST}?format=csv", headers={"Accept-Language": "en"}).content.decode("utf-8-sig")
    header, row, *_rest = content.splitlines()
    mapping = ColumnMapping(guess_columns(header.split(",")))
    with translation.override("it"):
        import_stakeholders(table=table_of(row.replace("Coro", "Banda"), header=header), mapping=mapping, by=None)
    banda = Stakeholder.objects.get(name="Banda")
    for name in ("kind", "sector", "subtype", "territories", "languages", "source", "lawful_basis", "visibility"):
        assert getattr(banda, name) == getattr(coro, name), name
    assert ids_found(["colle", "banda"]) == [banda.pk]


def test_one_card_and_nobody_elses(canary, space, browser):
    coro = make_stakeholder("Coro")
    answer = browser.get(f"/s/borgo/stakeholders/{coro.pk}/card/")
    assert [card.fn.value for card in cards(answer)] == ["Coro"]
    assert 'filename="coro-' in answer["Content-Disposition"]
    assert browser.get(f"/s/borgo/stakeholders/{canary.pk}/card/").status_code == 404
    assert b"Canarino" not in browser.get(f"{EXPORT}cards/").content


def test_others_take_only_what_they_see(space, signed_in_as):
    make_stakeholder("Hidden Circle", email="hidden@x.it")
    funder = signed_in_as(make_user("funder@borgo.example", role=Role.FUNDER))
    for address in (EXPORT, f"{EXPORT}cards/", f"{EXPORT}directory/"):
        answer = funder.get(address)
        assert answer.status_code in {200, 403, 404}
        assert b"Hidden Circle" not in answer.content


def test_directory_fits_the_schema_of_the_standard_and_comes_back(space, browser, coordinator):
    coro = make_stakeholder(
        "Coro", email="info@coro.it", phone="0461 1", website="https://coro.it", place="Borgo", tax_code=TAX_CODES[0],
        aliases="Alpino", description="Sings", subtype="APS",
    )  # fmt: skip
    add_contact_point(stakeholder=coro, kind="address", value="Via Roma 1", by=coordinator)
    add_identifier(stakeholder=coro, scheme="GB-CHC", value="1234567", by=coordinator)
    make_person("Anna Neri", of=coro, email="anna@coro.it", phone="0461 2")
    make_stakeholder("Bare")
    content = browser.get(f"{EXPORT}directory/").content
    told = json.loads(content)
    assert [one["name"] for one in told] == ["Bare", "Coro"]
    validator = schema("organization.json")
    assert [error.message for one in told for error in validator.iter_errors(one)] == []
    assert list(validator.iter_errors({"id": 7}))
    before = set(Stakeholder.objects.values_list("name", "tax_code", "email"))
    browser.post(IMPORT, {"file": SimpleUploadedFile("dir.json", content)})
    found = StakeholderImport.objects.get()
    assert (found.format, found.added_count, found.known_count, found.errors) == ("hsds", 0, 3, [])
    assert set(Stakeholder.objects.values_list("name", "tax_code", "email")) == before


@pytest.mark.parametrize(("count"), [1, 3])
def test_cards_cost_the_same_queries_for_one_and_three(space, browser, django_assert_num_queries, count):
    for number in range(count):
        make_person(f"Anna {number}", of=make_stakeholder(f"Coro {number}"))
    with django_assert_num_queries(13):
        browser.get(f"{EXPORT}cards/")


def test_export_page_says_what_each_format_has_no_place_for(space, browser):
    page = browser.get(f"{EXPORT}?kind=person").content.decode()
    assert "Departments, birthdays and pictures of cards are passed over" in page
    assert f'href="{EXPORT}cards/?kind=person"' in page
    assert "format=csv&amp;kind=person" in page


def test_cards_go_from_upload_to_result(space, browser):
    content = standard_file("vcard/gmail-list.vcf").read_bytes() + b"\r\nBEGIN:VCARD\r\nEMAIL:x\r\nEND:VCARD\r\n"
    answer = browser.post(IMPORT, {"file": SimpleUploadedFile("kontakte.vcf", content, content_type="text/vcard")})
    found = StakeholderImport.objects.get()
    assert answer["Location"] == f"{IMPORT}{found.pk}/check/"
    page = browser.get(answer["Location"]).content.decode()
    assert "Arnold Smith" in page
    assert "columns/" not in page
    assert browser.get(f"{IMPORT}{found.pk}/columns/")["Location"] == f"{IMPORT}{found.pk}/check/"
    browser.post(f"{IMPORT}{found.pk}/check/", {"leave_out_bad_rows": "on"})
    run_job(space.pk, str(Job.objects.get().pk))
    assert set(Stakeholder.objects.values_list("name", "kind")) == {
        ("Arnold Smith", "person"),
        ("Chris Beatle", "person"),
        ("Doug White", "person"),
    }


@pytest.mark.parametrize(("name", "content"), [("a.vcf", b"hello"), ("a.json", b"{}"), ("a.json", b"[" * 9999)])
def test_file_that_holds_nothing_for_us_is_refused(space, browser, name, content):
    answer = browser.post(IMPORT, {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 422
    assert not StakeholderImport.objects.exists()


def test_import_is_undone_from_its_result_page(space, browser, coordinator):
    content = standard_file("vcard/gmail-list.vcf").read_bytes()
    browser.post(IMPORT, {"file": SimpleUploadedFile("kontakte.vcf", content)})
    found = StakeholderImport.objects.get()
    undo = f"{IMPORT}{found.pk}/undo/"
    assert browser.get(undo)["Location"] == f"{IMPORT}{found.pk}/"
    browser.post(f"{IMPORT}{found.pk}/check/")
    run_job(space.pk, str(Job.objects.get().pk))
    assert undo in browser.get(f"{IMPORT}{found.pk}/").content.decode()
    Stakeholder.objects.filter(name="Doug White").update(user=coordinator)
    assert "Undo the whole import?" in browser.get(undo).content.decode()
    assert Stakeholder.objects.count() == 3
    page = browser.post(undo, follow=True).content.decode()
    assert "2 stakeholders were removed" in page
    assert "Doug White" in page
    assert "It was changed since." in page
    assert undo not in page


def test_profile_is_saved_from_the_columns_and_offered(space, browser):
    from tests.factories.stakeholders import upload_of

    def brought():
        browser.post(IMPORT, {"file": upload_of("Coro,Borgo", header="Chi,Dove")})
        return StakeholderImport.objects.order_by("-created_at").first()

    columns = {"column_0": "name", "column_1": "place", "default_kind": "group", "default_sector": "nonprofit"}
    assert "No profile yet" in browser.get(f"{IMPORT}profiles/").content.decode()
    address = f"{IMPORT}{brought().pk}/columns/"
    assert browser.post(address, columns | {"profile_name": "Region"}).status_code == 302
    page = browser.get(f"{IMPORT}{brought().pk}/columns/").content.decode()
    assert "as in the profile “Region”" in page
    assert '<option value="place" selected>' in page
    assert browser.post(address, columns | {"profile_name": "Region"}).status_code == 422
    assert "Region" in browser.get(f"{IMPORT}profiles/").content.decode()


def test_visibility_of_the_other_end_is_respected(space, browser, signed_in_as):
    coro = make_stakeholder("Coro", visibility=Visibility.PUBLIC)
    make_person("Anna Neri", of=coro, email="anna@coro.it")
    told = json.loads(browser.get(f"{EXPORT}directory/").content)
    assert told[0]["contacts"][0]["name"] == "Anna Neri"
    partner = signed_in_as(make_user("partner@borgo.example", role=Role.PARTNER_MEMBER))
    assert b"Anna" not in partner.get(f"{EXPORT}directory/").content
