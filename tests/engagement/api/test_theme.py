import uuid
from datetime import date

import pytest

from core.access.roles import Role
from tests.factories.core import make_user
from tests.factories.engagement import make_public_partnership, make_theme

API = "/s/borgo/api/v1/themes/"


@pytest.fixture
def orti(space):
    return make_public_partnership()


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_statements_for_one_and_three_rows(orti, coordinator, signed_in_as, statements, count):
    for number in range(count):
        make_theme(orti, f"Theme {number}")
    browser = signed_in_as(coordinator)
    with statements() as found:
        answer = browser.get(API)
    assert len(answer.json()["results"]) == count
    assert len(found) == 4


def test_partner_reads_published_themes_of_the_own_partnership_only(orti, signed_in_as, in_neighbour):
    published = make_theme(orti, "Published", published_on=date(2026, 11, 1))
    draft = make_theme(orti, "Draft")
    foreign = in_neighbour(
        lambda: make_theme(make_public_partnership("orti"), "CANARY", published_on=date(2026, 11, 1))
    )
    browser = signed_in_as(make_user("p@borgo.example", role=Role.PARTNER_LEAD, scope=orti.scope))
    assert [row["heard_en"] for row in browser.get(API).json()["results"]] == ["Published"]
    assert browser.get(f"{API}{published.pk}/").json()["partnership"] == "orti"
    for one in (draft.pk, foreign.pk, uuid.uuid4()):
        assert browser.get(f"{API}{one}/").status_code == 404


def test_funder_without_a_place_in_partnerships_is_refused(orti, signed_in_as):
    browser = signed_in_as(make_user("f@borgo.example", role=Role.FUNDER, scope=orti.scope))
    assert browser.get(API).status_code == 403
