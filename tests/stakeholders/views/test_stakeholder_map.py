"""Pages of maps, rating and relations, and the same in the API."""

from datetime import timedelta

import pytest
from django.utils import timezone

from core.access.roles import Role
from stakeholders.models import Assessment, InfluenceLink, MapEntry, MapRater, MapRound, StakeholderMap
from stakeholders.operations.assessment import assess
from stakeholders.operations.influence_link import add_relation
from stakeholders.operations.rater_link import send_rating_link
from stakeholders.operations.stakeholder_map import add_rater, put_on_map, start_map
from stakeholders.rules.stakeholder_map import LOOKED_AT_EVERY
from tests.factories.core import make_user
from tests.factories.partnerships import make_partnership
from tests.factories.stakeholders import make_person, make_stakeholder

ALL = "/s/borgo/stakeholders/maps/"
API = "/s/borgo/api/v1/"
JSON = {"content_type": "application/json"}
# Seven of each enter and leave the tenant.
MAP_QUERIES, RATE_QUERIES, NETWORK_QUERIES, RATED_QUERIES = 17, 14, 10, 25


@pytest.fixture
def browser(coordinator, signed_in_as):
    return signed_in_as(coordinator)


@pytest.fixture
def orchard(space, coordinator):
    return start_map(title="Orchard", issue="Who decides about the orchard?", by=coordinator)


@pytest.fixture
def here(orchard):
    return f"{ALL}{orchard.pk}/"


def put(orchard, by, *names, **facts):
    some = [make_stakeholder(name, **facts) for name in names]
    put_on_map(found=orchard, stakeholders=some, by=by, ring=1)
    return [MapEntry.objects.get(stakeholder=one) for one in some]


def test_map_is_begun_filled_and_told_when_it_is_empty(space, browser):
    assert "No map yet" in browser.get(ALL).content.decode()
    assert browser.post(f"{ALL}new/", {"title": "", "issue": "x"}).status_code == 422
    browser.post(f"{ALL}new/", {"title": "Orchard", "issue": "Who decides?"})
    here = f"{ALL}{StakeholderMap.objects.get().pk}/"
    assert "Nobody is on the map yet" in browser.get(here).content.decode()
    club = make_stakeholder("Chess Club")
    assert "Nothing found" in browser.get(f"{here}add/?q=nothing").content.decode()
    assert browser.post(f"{here}add/?q=chess", {}).status_code == 422
    browser.post(f"{here}add/?q=chess", {"stakeholders": [str(club.pk)], "ring": "1", "done": "1"})
    page = browser.get(here).content.decode()
    assert "Chess Club" in page
    assert "not rated yet" in page


def test_rating_goes_on_to_the_next_and_asks_for_a_reason(orchard, here, coordinator, browser):
    first, second = put(orchard, coordinator, "Alba", "Banda")
    page = browser.get(f"{here}rate/").content.decode()
    assert "0 of 2 done" in page
    assert browser.post(f"{here}rate/?at={first.pk}", {"power": "5", "confidence": "high"}).status_code == 422
    answer = browser.post(f"{here}rate/?at={first.pk}", {"power": "4", "interest": "2", "confidence": "high"})
    assert answer.headers["Location"].endswith(f"?at={second.pk}")
    answer = browser.post(f"{here}rate/?at={second.pk}", {"interest": "4", "confidence": "low"})
    assert "You have looked at everybody" in browser.get(answer.headers["Location"]).content.decode()
    assert browser.get(f"{here}rate/?at=nonsense").status_code == 400


def test_words_about_a_person_are_confirmed_first(orchard, here, coordinator, browser):
    person = make_person("Anna Neri")
    put_on_map(found=orchard, stakeholders=[person], by=coordinator)
    at = f"{here}rate/?at={MapEntry.objects.get().pk}"
    said = {"power": "5", "reason": "Chairs the board", "confidence": "high"}
    assert browser.post(at, said).status_code == 422
    assert not Assessment.objects.exists()
    assert browser.post(at, said | {"may_be_read": "on"}).status_code == 302


def test_map_gives_advice_says_where_raters_differ_and_what_is_missing(orchard, here, coordinator, admin, browser):
    families, council = put(orchard, coordinator, "Families", "Council")
    raters = [MapRater.objects.get(), add_rater(found=orchard, by=coordinator, user=admin)]
    for rater, power in zip(raters, (1, 3), strict=True):
        assess(entry=families, rater=rater, by=None, power=power, interest=4, reason="No vote", legitimacy=4, urgency=4)
    assess(entry=council, rater=raters[0], by=None, power=4, interest=2)
    page = browser.get(here).content.decode()
    for said in (
        "Invest: help them take part",
        "Keep them satisfied",
        "raters differ",
        "power 1/3",
        "Families has much at stake and little power",
        "Depends on others",
        "Local business: nobody on the map is known beyond the name.",
    ):
        assert said in page
    answer = browser.post(f"{here}round/", {"to": "closed"}, follow=True).content.decode()
    assert "The round is closed" in answer
    assert "Round 2" in browser.post(f"{here}round/", {"to": "open"}, follow=True).content.decode()


def test_round_with_one_rater_stays_open_and_says_why(orchard, here, browser):
    said = browser.post(f"{here}round/", {"to": "closed"}, follow=True).content.decode()
    assert "At least two people have to rate" in said


def test_ring_is_set_and_an_entry_taken_off(orchard, here, coordinator, browser):
    (entry,) = put(orchard, coordinator, "Alba")
    one = f"{here}entries/{entry.pk}/"
    browser.post(one, {"ring": "3"})
    entry.refresh_from_db()
    assert entry.ring == 3
    browser.post(one, {"ring": "9"})
    browser.post(one, {"ring": "3; drop"})
    entry.refresh_from_db()
    assert entry.ring is None
    browser.post(one, {"remove": "1"})
    assert not MapEntry.objects.exists()


def test_rater_by_link_sees_one_stakeholder_and_a_look_changes_nothing(orchard, here, coordinator, browser, client):
    put(orchard, coordinator, "Alba")
    make_person("Anna Neri", email="anna@borgo.example")
    assert "Nobody with this name" in browser.get(f"{here}raters/?q=zeno").content.decode()
    person = make_person("Bruno Pane", email="bruno@borgo.example")
    browser.post(f"{here}raters/?q=bruno", {"person": str(person.pk), "user": ""})
    rater = MapRater.objects.get(person=person)
    link = send_rating_link(rater=rater, by=coordinator)
    page = client.get(link).content.decode()
    assert "Alba" in page
    assert not Assessment.objects.exists()
    entry = MapEntry.objects.get()
    client.post(f"{link}?at={entry.pk}", {"power": "3", "confidence": "medium"})
    assert Assessment.objects.get().rater == rater
    browser.post(f"{here}raters/{rater.pk}/link/")
    assert client.get(link).status_code == 410
    assert "has rated already" in browser.post(f"{here}raters/{rater.pk}/remove/", follow=True).content.decode()


def test_who_was_not_asked_does_not_rate_and_partners_see_no_map(orchard, here, admin, signed_in_as):
    assert signed_in_as(admin).get(f"{here}rate/").status_code == 404
    partner = signed_in_as(make_user("p@borgo.example", role=Role.PARTNER_LEAD, scope=make_partnership().scope))
    assert partner.get(ALL).status_code == 403
    assert partner.get(here).status_code == 403
    assert partner.get(f"{here}rate/").status_code == 404


def test_relations_are_found_written_ended_and_drawn(space, coordinator, browser):
    club, council = make_stakeholder("Chess Club"), make_stakeholder("Council")
    page = f"/s/borgo/stakeholders/{club.pk}/relations/"
    assert "No relation is written down" in browser.get(page).content.decode()
    assert "Council" in browser.get(f"{page}new/?q=council").content.decode()
    form = {"other": str(council.pk), "kind": "funds", "direction": "in", "strength": "2"}
    assert browser.post(f"{page}new/?q=council", form | {"other": ""}).status_code == 422
    browser.post(f"{page}new/?q=council", form)
    relation = InfluenceLink.objects.get()
    assert (relation.source, relation.target) == (council, club)
    assert browser.post(f"{page}new/?q=council", form).status_code == 422
    assert "<svg" in browser.get(page).content.decode()
    browser.post(f"{page}{relation.pk}/end/")
    relation.refresh_from_db()
    assert relation.until is not None
    browser.post(f"{page}{relation.pk}/end/", {"remove": "1"})
    assert not InfluenceLink.objects.exists()


def test_network_names_who_alone_connects_and_who_stands_alone(orchard, here, coordinator, browser):
    alba, banda, coro, _deserto = (
        one.stakeholder for one in put(orchard, coordinator, "Alba", "Banda", "Coro", "Deserto")
    )
    add_relation(source=alba, target=banda, by=None, kind="funds")
    add_relation(source=banda, target=coro, by=None, kind="advises")
    page = browser.get(f"{here}network/").content.decode()
    assert "Only Banda connects 2 parts of the network." in page
    assert "Deserto has no tie to anybody here." in page


def test_map_closed_half_a_year_ago_asks_for_the_next_round(orchard, here, coordinator, browser):
    put(orchard, coordinator, "Alba")
    rounds, long_ago = MapRound.objects.filter(map=orchard), timezone.localdate() - LOOKED_AT_EVERY
    for closed_on, is_due in ((long_ago, True), (long_ago + timedelta(days=1), False), (None, False)):
        rounds.update(opened_on=long_ago - timedelta(days=9), closed_on=closed_on)
        assert ("Time for the next round" in browser.get(here).content.decode()) is is_due
        assert ("time for the next round" in browser.get(ALL).content.decode()) is is_due
        assert browser.get(f"{API}stakeholder-maps/{orchard.pk}/").json()["is_due"] is is_due


def test_pages_cost_the_same_for_one_and_for_three(orchard, here, coordinator, browser, django_assert_num_queries):
    put(orchard, coordinator, "Alba")
    urls = {ALL: 8, here: 17, f"{here}network/": 10, f"{here}rate/": 14, f"{here}raters/": 11}
    for url in urls:
        browser.get(url)
    for url, expected in urls.items():
        with django_assert_num_queries(expected):
            browser.get(url)
    put(orchard, coordinator, "Banda", "Coro")
    for url, expected in urls.items():
        with django_assert_num_queries(expected):
            browser.get(url)


def test_api_offers_the_same(space, coordinator, admin, browser):
    maps = f"{API}stakeholder-maps/"
    made = browser.post(maps, {"title": "Orchard", "issue": "Who decides?"}, **JSON)
    assert made.status_code == 201
    one = f"{maps}{made.json()['id']}/"
    alba, banda = make_stakeholder("Alba"), make_stakeholder("Banda")
    assert (
        browser.post(f"{one}entries/", {"stakeholder_ids": [str(alba.pk), made.json()["id"]]}, **JSON).status_code
        == 404
    )
    picture = browser.post(
        f"{one}entries/", {"stakeholder_ids": [str(alba.pk), str(banda.pk)], "ring": 1}, **JSON
    ).json()
    entry = f"{one}entries/{picture['entries'][0]['id']}/"
    assert browser.post(f"{entry}rate/", {"power": 5}, **JSON).status_code == 400
    assert browser.post(f"{entry}rate/", {"power": 4, "interest": 4}, **JSON).json()["power"] == 4
    assert browser.post(f"{one}round/", {"to": "closed"}, **JSON).status_code == 409
    raters = browser.post(f"{one}raters/", {"user_id": str(admin.pk)}, **JSON).json()
    assert [rater["done"] for rater in raters] == [1, 0]
    found = browser.get(one).json()["entries"][0]
    assert (found["quadrant"], found["means"]["power"], found["means"]["urgency"]) == ("work_together", "4.00", None)
    assert browser.patch(entry, {"ring": 2}, **JSON).status_code == 204
    assert browser.delete(entry).status_code == 204
    assert browser.patch(one, {"is_archived": True}, **JSON).json()["is_archived"]
    assert browser.get(maps).json()["results"][0]["title"] == "Orchard"

    relations = f"{API}stakeholders/{alba.pk}/relations/"
    made = browser.post(relations, {"target_id": str(banda.pk), "kind": "funds"}, **JSON)
    assert made.status_code == 201
    assert browser.post(relations, {"target_id": str(banda.pk), "kind": "funds"}, **JSON).status_code == 400
    tie = f"{relations}{made.json()['id']}/"
    assert browser.patch(tie, {"until": "2026-11-27"}, **JSON).json()["until"] == "2026-11-27"
    assert browser.get(relations).json()["results"][0]["kind"] == "funds"
    assert browser.delete(tie).status_code == 204


def test_coordinators_read_why_raters_scored_so_and_not_who_did(orchard, here, coordinator, browser, signed_in_as):
    (entry,) = put(orchard, coordinator, "Alba")
    silent = add_rater(found=orchard, by=coordinator, person=make_person("Zeno Bruni", email="zeno@borgo.example"))
    one = MapRater.objects.get(user=coordinator)
    scores = {"power": 5, "interest": 3, "attitude": 4, "current_engagement": 1, "desired_engagement": 4}
    assess(rater=one, entry=entry, by=coordinator, reason="Owns the land", confidence="high", **scores)
    assess(rater=silent, entry=entry, by=None, reason="", confidence="low", power=4, attitude=3)
    page = browser.get(here).content.decode()
    told = page[page.index("What stands behind it") : page.index("</details>", page.index("What stands behind it"))]
    assert [words in told for words in ("“Owns the land”", "I know it first hand", "I am guessing", "3.5")] == [
        True
    ] * 4
    assert not any(name in told for name in ("Zeno", "Giulia"))
    (found,) = browser.get(f"{API}stakeholder-maps/{orchard.pk}/").json()["entries"]
    assert found["said"] == [{"reason": "Owns the land", "confidence": "high"}, {"reason": "", "confidence": "low"}]
    assert (found["current_engagement"], found["desired_engagement"]) == ("1.00", "4.00")
    assert found["means"]["attitude"] == "3.50"
    partner = make_user("p@borgo.example", role=Role.PARTNER_LEAD, scope=make_partnership("own").scope)
    assert signed_in_as(partner).get(f"{API}stakeholder-maps/{orchard.pk}/").status_code in {403, 404}


@pytest.mark.parametrize("count", [10, 100])
def test_map_and_rating_cost_the_same_queries_for_ten_and_a_hundred(
    orchard, here, coordinator, browser, django_assert_num_queries, count
):
    entries = put(orchard, coordinator, *(f"Club {number:03}" for number in range(count)))
    rater = MapRater.objects.get()
    for entry in entries[: count // 2]:
        assess(rater=rater, entry=entry, by=coordinator, power=3, interest=4, confidence="high")
    for address, queries in ((here, MAP_QUERIES), (f"{here}rate/", RATE_QUERIES), (f"{here}network/", NETWORK_QUERIES)):
        with django_assert_num_queries(queries):
            assert browser.get(address).status_code == 200
    form = {"power": "2", "confidence": "low"}
    at = f"{here}rate/?at={entries[-1].pk}"
    with django_assert_num_queries(RATED_QUERIES):
        assert browser.post(at, form).status_code == 302
