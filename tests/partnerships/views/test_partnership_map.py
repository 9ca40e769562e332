"""The page of a partnership's maps, and the same in the API."""

import pytest

from partnerships.models import PartnershipMap
from stakeholders.operations.stakeholder_map import start_map
from tests.factories.partnerships import make_member, make_partner, make_partnership

HERE = "/s/borgo/partnerships/scuola-lavoro/maps/"
API = "/s/borgo/api/v1/partnerships/scuola-lavoro/maps/"


@pytest.fixture
def partnership(space):
    return make_partnership(mode="full")


@pytest.fixture
def orchard(space, admin):
    return start_map(title="Orchard", issue="Who decides about the orchard?", by=admin)


@pytest.fixture
def browser(coordinator, signed_in_as):
    return signed_in_as(coordinator)


def test_map_is_taken_along_and_left_behind(partnership, orchard, browser):
    assert "Take a map along" in browser.get(HERE).content.decode()
    page = browser.post(HERE, {"map": str(orchard.pk)}, follow=True).content.decode()
    assert "No round has ended yet" in page
    assert "Take a map along" not in page
    assert browser.post(HERE, {"map": str(orchard.pk)}).status_code == 422
    assert browser.post(f"{HERE}{orchard.pk}/remove/").status_code == 302
    assert browser.post(f"{HERE}{orchard.pk}/remove/").status_code == 404
    assert not PartnershipMap.objects.exists()


def test_same_in_the_api(partnership, orchard, browser):
    made = browser.post(API, {"map_id": str(orchard.pk)}, content_type="application/json")
    assert (made.status_code, made.json()["assessed_on"], made.json()["affected"]) == (201, None, 0)
    assert [one["title"] for one in browser.get(API).json()["results"]] == ["Orchard"]
    nobody = {"map_id": "0198a000-0000-7000-8000-000000000000"}
    assert browser.post(API, nobody, content_type="application/json").status_code == 404
    assert browser.delete(f"{API}{orchard.pk}/").status_code == 204
    assert browser.delete(f"{API}{orchard.pk}/").status_code == 404


def test_partner_neither_sees_nor_takes_maps(partnership, orchard, signed_in_as):
    stranger = signed_in_as(make_partner(make_member(partnership)))
    for url in (HERE, API):
        assert stranger.get(url).status_code == 403
    assert stranger.post(HERE, {"map": str(orchard.pk)}).status_code == 403
