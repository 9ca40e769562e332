import json

import pytest
import vobject
from django.core.files.uploadedfile import SimpleUploadedFile

from core.access.roles import Role
from core.jobs.running import run_job
from core.models import Job
from stakeholders.models import ImportProfile, Stakeholder, StakeholderImport
from tests.factories.core import make_user
from tests.factories.stakeholders import make_person, make_stakeholder, upload_of

API = "/s/borgo/api/v1/"
CARD = b"BEGIN:VCARD\r\nFN:Anna Neri\r\nORG:Coro\r\nEND:VCARD\r\n"


@pytest.fixture
def browser(coordinator, signed_in_as):
    return signed_in_as(coordinator)


def sent(browser, upload, **fields):
    return browser.post(f"{API}stakeholder-imports/files/", {"file": upload, **fields})


@pytest.mark.parametrize(
    ("upload", "kind"),
    [
        (SimpleUploadedFile("a.vcf", CARD), "vcard"),
        (SimpleUploadedFile("a.json", b'{"name": "Coro", "contacts": [{"name": "Anna Neri"}]}'), "hsds"),
        (upload_of("Anna,Neri,Coro", header="Nome,Cognome,Organizzazione"), "table"),
    ],
)
def test_file_of_each_format_is_taken_over_and_undone(space, browser, upload, kind):
    answer = sent(browser, upload)
    assert (answer.status_code, answer.json()["format"]) == (202, kind)
    run_job(space.pk, str(Job.objects.get().pk))
    assert set(Stakeholder.objects.values_list("name", "kind")) == {("Anna Neri", "person"), ("Coro", "organisation")}
    address = f"{API}stakeholder-imports/{answer.json()['id']}/undo/"
    assert browser.post(address).json() == {"removed": 2, "kept_count": 0, "emptied": 0, "kept": []}
    assert browser.post(address).status_code == 409


def test_what_stayed_is_named(space, browser, coordinator):
    pk = sent(browser, SimpleUploadedFile("a.vcf", CARD)).json()["id"]
    run_job(space.pk, str(Job.objects.get().pk))
    Stakeholder.objects.filter(name="Coro").update(user=coordinator)
    kept = browser.post(f"{API}stakeholder-imports/{pk}/undo/").json()["kept"]
    assert [(one["name"], one["reason"]) for one in kept] == [("Coro", "It was changed since.")]


def test_file_that_cannot_be_used_is_refused(space, browser):
    assert sent(browser, SimpleUploadedFile("a.vcf", b"hello")).status_code == 400
    bad = CARD + b"BEGIN:VCARD\r\nFN:B\r\nEMAIL:x\r\nEND:VCARD\r\n"
    answer = sent(browser, SimpleUploadedFile("a.vcf", bad))
    assert (answer.status_code, "2, EMAIL" in answer.json()["detail"]) == (409, True)
    assert not StakeholderImport.objects.exists()
    assert sent(browser, SimpleUploadedFile("a.vcf", bad), leave_out_bad_rows="true").status_code == 202


def test_rows_name_people_and_organisations_and_fill_in(space, browser):
    coro = make_stakeholder("Coro")
    body = {"rows": [{"name": "Coro", "email": "info@coro.it", "person": "Anna Neri"}], "updates_known": True}
    browser.post(f"{API}stakeholder-imports/", json.dumps(body), content_type="application/json")
    run_job(space.pk, str(Job.objects.get().pk))
    coro.refresh_from_db()
    assert coro.email == "info@coro.it"
    assert coro.people.get().person.name == "Anna Neri"


def test_register_leaves_as_cards_and_directory(canary, space, browser):
    coro = make_stakeholder("Coro")
    make_person("Anna Neri", of=coro)
    cards = vobject.readComponents(browser.get(f"{API}stakeholder-export/cards/?kind=person").content.decode())
    assert [card.fn.value for card in cards] == ["Anna Neri"]
    assert [one["name"] for one in browser.get(f"{API}stakeholder-export/directory/").json()] == ["Coro"]
    assert browser.get(f"{API}stakeholder-export/cards/?kind=circus").status_code == 400
    assert b"FN:Coro" in browser.get(f"{API}stakeholders/{coro.pk}/card/").content
    assert browser.get(f"{API}stakeholders/{canary.pk}/card/").status_code == 404


def test_profiles_are_listed_renamed_and_deleted(space, browser):
    profile = ImportProfile.objects.create(name="Region", mapping={"columns": {"Chi": "name"}}, headers=["chi"])
    ImportProfile.objects.create(name="Town", mapping={"columns": {}})
    address = f"{API}import-profiles/{profile.pk}/"
    assert [one["name"] for one in browser.get(f"{API}import-profiles/").json()["results"]] == ["Region", "Town"]
    assert browser.get(address).json()["columns"] == {"Chi": "name"}

    def renamed(name):
        return browser.patch(address, json.dumps({"name": name}), content_type="application/json")

    assert renamed("Town").status_code == 400
    assert renamed("The region").json()["name"] == "The region"
    assert browser.delete(address).status_code == 204
    assert ImportProfile.objects.count() == 1


def test_who_may_not_import_finds_no_profile_and_undoes_nothing(space, signed_in_as):
    profile = ImportProfile.objects.create(name="Region", mapping={})
    partner = signed_in_as(make_user("partner@borgo.example", role=Role.PARTNER_MEMBER))
    assert partner.get(f"{API}import-profiles/{profile.pk}/").status_code in {403, 404}
    assert partner.get(f"{API}import-profiles/").status_code == 403
    assert partner.get("/s/borgo/stakeholders/import/profiles/").status_code == 403
