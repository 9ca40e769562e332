import uuid
from datetime import date

import pytest

from core.access.roles import Role
from tests.factories.core import make_user
from tests.factories.engagement import make_public_partnership, make_submission, make_theme
from tests.factories.partnerships import make_task

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


def test_theme_is_written_published_and_taken_back_by_api(orti, coordinator, signed_in_as):
    browser = signed_in_as(coordinator)

    def call(path, verb="post", **given):
        return getattr(browser, verb)(path, given, content_type="application/json")

    assert call(API, partnership="orti").status_code == 400
    made = call(API, partnership="orti", heard_en="It is dark")
    assert (made.status_code, made.json()["published_on"]) == (201, None)
    one = f"{API}{made.json()['id']}/"
    assert call(f"{one}publish/").status_code == 200
    assert call(one, "patch", outcome="done", answer_en="Lamps came").status_code == 409
    assert call(one, "patch", task=str(uuid.uuid4())).status_code == 404
    task = make_task(orti, title="Lamps", state="done")
    did = call(one, "patch", outcome="done", answer_en="Lamps came", task=str(task.pk))
    assert (did.json()["outcome"], did.json()["task"]) == ("done", str(task.pk))
    assert call(f"{one}unpublish/").json()["published_on"] is None
    partner = signed_in_as(make_user("p@borgo.example", role=Role.PARTNER_LEAD, scope=orti.scope))
    assert partner.post(API, {"partnership": "orti", "heard_en": "x"}).status_code == 403


def test_message_is_put_into_a_theme_and_taken_out_by_api(orti, coordinator, signed_in_as):
    browser, message = signed_in_as(coordinator), make_submission(orti)
    path = f"/s/borgo/api/v1/submissions/{message.pk}/themes/"

    def put(**given):
        return browser.post(path, given, content_type="application/json")

    assert put().status_code == 400
    assert put(theme=str(make_theme(make_public_partnership("riva")).pk)).status_code == 404
    begun = put(heard="It is dark").json()
    assert begun["heard_en"] == "It is dark"
    known = make_theme(orti, published_on=date(2026, 11, 1), outcome="partly", answer_en="Two lamps came")
    assert put(theme=str(known.pk)).status_code == 201
    message.refresh_from_db()
    assert message.state == "answered"
    assert [browser.delete(f"{path}{begun['id']}/").status_code for _ in range(2)] == [204, 204]
    assert list(message.themes.all()) == [known]
