import re

import pytest

from core.access.roles import Role
from partnerships.models import Partnership
from tests.factories.core import make_user
from tests.factories.partnerships import make_partnership

NEW = "/s/borgo/partnerships/new/"
KIT_LIST_QUERIES = 9


def test_first_step_names_every_kit_in_one_sentence(space, coordinator, signed_in_as):
    page = signed_in_as(coordinator).get(NEW).content.decode()
    for words in ("Business and school", "Nonprofits and public bodies", "Community and university", "From scratch"):
        assert words in page


@pytest.mark.parametrize(
    ("kit", "code", "mode"), [("BS", "BS", "light"), ("BS", "BS", "full"), ("scratch", "", "light")]
)
def test_second_step_starts_the_partnership(space, coordinator, signed_in_as, kit, code, mode):
    browser = signed_in_as(coordinator)
    page = browser.get(f"{NEW}?kit={kit}").content.decode()
    assert re.findall(r'name="mode" value="(\w+)"[^>]* checked', page) == (["light"] if code else [])
    assert ('name="mode"' in page) == bool(code)
    sent = {"name": "Scuola e lavoro", "purpose": "Students find a way.", "mode": mode}
    answer = browser.post(f"{NEW}?kit={kit}", sent)
    made = Partnership.objects.get()
    assert answer["Location"] == f"/s/borgo/partnerships/{made.slug}/"
    assert (made.template_code, made.mode) == (code, mode)
    assert browser.get(answer["Location"]).status_code == 200


def test_kit_there_is_none_of_comes_back(space, coordinator, signed_in_as):
    assert signed_in_as(coordinator).get(f"{NEW}?kit=XX").status_code == 422
    assert signed_in_as(coordinator).post(f"{NEW}?kit=XX", {"name": "A"}).status_code == 422
    assert not Partnership.objects.exists()


def test_end_before_start_comes_back_with_what_was_typed(space, coordinator, signed_in_as):
    answer = signed_in_as(coordinator).post(
        f"{NEW}?kit=BS", {"name": "Kept", "mode": "light", "starts_on": "2026-05-01", "ends_on": "2026-04-01"}
    )
    assert answer.status_code == 422
    assert b"Kept" in answer.content


def test_partner_starts_no_partnership(space, signed_in_as):
    own = make_partnership("own")
    partner = make_user("partner@borgo.example", role=Role.PARTNER_LEAD, scope=own.scope)
    assert signed_in_as(partner).get(NEW).status_code == 403


def test_kits_are_shown_with_what_is_in_them(space, coordinator, signed_in_as):
    page = signed_in_as(coordinator).get("/s/borgo/partnerships/kits/").content.decode()
    for words in ("Business and school", "Head of school", "Sign the agreement", "Good placements for most students"):
        assert words in page


def test_partnership_shows_what_its_kit_changed_and_adds_it_on_request(space, coordinator, signed_in_as):
    browser = signed_in_as(coordinator)
    browser.post(f"{NEW}?kit=BS", {"name": "Scuola", "mode": "full"})
    made = Partnership.objects.get()
    made.template_snapshot["tasks"] = made.template_snapshot["tasks"][:-1]
    made.template_version = 1
    made.save()
    made.tasks.get(template_key="BS-T12").delete()
    page = browser.get("/s/borgo/partnerships/scuola/kit/").content.decode()
    assert "Thank-you event" in page
    assert browser.post("/s/borgo/partnerships/scuola/kit/renew/").status_code == 302
    assert made.tasks.filter(template_key="BS-T12").count() == 1
    assert "What you have stays as it is." not in browser.get("/s/borgo/partnerships/scuola/kit/").content.decode()


def test_own_kit_is_saved_offered_and_retired(space, coordinator, signed_in_as):
    browser = signed_in_as(coordinator)
    browser.post(f"{NEW}?kit=scratch", {"name": "Orti"})
    save = "/s/borgo/partnerships/orti/kit/save/"
    assert browser.post(save, {"name_en": "", "name_it": ""}).status_code == 422
    assert browser.post(save, {"name_en": "Garden kit"}).status_code == 302
    assert b"Garden kit" in browser.get(NEW).content
    assert browser.post(f"{NEW}?kit=own-1", {"name": "Orti nuovi", "mode": "light"}).status_code == 302
    assert browser.post("/s/borgo/partnerships/kits/own-1/retire/").status_code == 302
    assert b"Garden kit" not in browser.get(NEW).content
    assert browser.post("/s/borgo/partnerships/kits/own-9/retire/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_kits_cost_the_same_queries_whatever_there_is(
    space, coordinator, signed_in_as, django_assert_num_queries, count
):
    browser = signed_in_as(coordinator)
    browser.post(f"{NEW}?kit=scratch", {"name": "Orti"})
    for number in range(count):
        browser.post("/s/borgo/partnerships/orti/kit/save/", {"name_en": f"Kit {number}"})
    browser.get("/s/borgo/partnerships/kits/")
    with django_assert_num_queries(KIT_LIST_QUERIES):
        browser.get("/s/borgo/partnerships/kits/")
