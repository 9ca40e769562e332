import uuid

import pytest

from core.models import Job
from stakeholders.models import DuplicatePair, NotDuplicate, StakeholderMerge
from stakeholders.operations.duplicate import find_duplicates
from stakeholders.operations.merge import merge_stakeholders
from tests.factories.stakeholders import TAX_CODES, make_person, make_stakeholder

LIST = "/s/borgo/stakeholders/"


@pytest.fixture
def browser(coordinator, signed_in_as):
    return signed_in_as(coordinator)


@pytest.fixture
def pair(space):
    return make_stakeholder("Circolo Aurora", place="Borgo", status="approached"), make_stakeholder(
        "Aurora, Circolo", place="Borgo", tax_code=TAX_CODES[0], phone="055 123456"
    )


@pytest.mark.parametrize("count", [1, 3])
def test_pairs_cost_the_same_queries(space, browser, django_assert_num_queries, count):
    for number in range(count):
        make_stakeholder(f"Coro {number}", place="Borgo")
        make_stakeholder(f"Coro {number}", place="Borgo")
    find_duplicates()
    with django_assert_num_queries(4 + 5):
        page = browser.get(f"{LIST}duplicates/").content.decode()
    assert page.count("These are two") == count


def test_pair_is_shown_with_reasons_and_put_away_as_two(pair, browser):
    find_duplicates()
    page = browser.get(f"{LIST}duplicates/").content.decode()
    assert "names that look alike, the same town" in page
    assert "It looks like another record" in browser.get(f"{LIST}{pair[0].pk}/").content.decode()
    browser.post(f"{LIST}{pair[0].pk}/same-as/{pair[1].pk}/two/")
    assert NotDuplicate.objects.count() == 1
    assert not DuplicatePair.objects.exists()


def test_two_are_compared_merged_and_the_old_address_leads_to_the_kept_one(pair, browser):
    first, second = pair
    address = f"{LIST}{first.pk}/same-as/{second.pk}/"
    page = browser.get(address).content.decode()
    assert "Are they one?" in page
    assert TAX_CODES[0] in page
    answer = browser.post(address, {"keep": first.pk, "name": "absorbed", "tax_code": "absorbed"})
    assert answer["Location"] == f"{LIST}{first.pk}/"
    first.refresh_from_db()
    assert (first.name, first.tax_code, first.phone) == ("Aurora, Circolo", TAX_CODES[0], "055 123456")
    assert browser.get(f"{LIST}{second.pk}/")["Location"] == f"{LIST}{first.pk}/"
    listed = browser.get(LIST).content.decode()
    assert "1 entry" in listed
    assert str(second.pk) not in browser.get(f"{LIST}?format=csv").content.decode()
    assert browser.get("/s/borgo/search/?q=aurora").content.decode().count('<th class="t-main"') == 1


def test_other_one_can_be_kept(pair, browser):
    first, second = pair
    browser.post(f"{LIST}{first.pk}/same-as/{second.pk}/", {"keep": second.pk})
    assert StakeholderMerge.objects.get().kept == second


def test_merge_is_asked_about_and_undone(pair, browser, admin):
    merge = merge_stakeholders(kept=pair[0], absorbed=pair[1], by=admin)
    undo = f"{LIST}merges/{merge.pk}/undo/"
    assert undo in browser.get(f"{LIST}{pair[0].pk}/same-as/").content.decode()
    assert browser.get(undo).status_code == 200
    browser.post(undo)
    assert browser.get(f"{LIST}{pair[1].pk}/").status_code == 200
    assert browser.get(undo).status_code == 404


def test_person_and_organisation_are_not_merged(space, browser):
    organisation, person = make_stakeholder("Anna Neri"), make_person("Anna Neri")
    address = f"{LIST}{organisation.pk}/same-as/{person.pk}/"
    assert "cannot be one" in browser.get(address).content.decode()
    assert browser.post(address, {}).status_code == 422
    assert not StakeholderMerge.objects.exists()


def test_look_is_asked_for(space, browser):
    browser.post(f"{LIST}duplicates/look/")
    assert Job.objects.get().name == "stakeholders.find_duplicates"


def test_strangers_records_and_readers_are_kept_out(canary, pair, browser, evaluator, signed_in_as):
    first, second = pair
    for address in (f"{first.pk}/same-as/{canary.pk}/", f"{canary.pk}/same-as/", f"{first.pk}/same-as/{first.pk}/"):
        assert browser.get(LIST + address).status_code == 404
    assert browser.post(f"{LIST}merges/{uuid.uuid4()}/undo/").status_code == 404
    reader = signed_in_as(evaluator)
    for address in (f"{first.pk}/same-as/{second.pk}/", "duplicates/"):
        assert reader.get(LIST + address).status_code == 403
