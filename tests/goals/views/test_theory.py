"""How change comes about: begun gently, drawn and listed, changed and taken out again; the same in the API."""

from xml.etree import ElementTree as ET

import pytest
from django.core.exceptions import ValidationError

from core.models import AuditEvent
from goals.models import Goal, TocLink, TocNode
from goals.operations.theory import (
    TheoryRefusedError,
    add_step,
    change_step,
    link_steps,
    shift_step,
)
from goals.operations.why import set_goal_reasons
from goals.queries.theory import chart_of, theory_of
from partnerships.models import Partnership
from tests.factories.goals import make_goal
from tests.factories.partnerships import make_member, make_partner, make_partnership

HERE = "/s/borgo/partnerships/own/theory/"
API = "/s/borgo/api/v1/partnerships/own/theory/"
JSON = "application/json"
PAGE_QUERIES = 11


@pytest.fixture
def partnership(space):
    return make_partnership("own", mode=Partnership.Mode.FULL)


@pytest.fixture
def browser(coordinator, signed_in_as):
    return signed_in_as(coordinator)


def step(partnership, text, level="output", **more):
    return add_step(partnership=partnership, by=None, level=level, text_en=text, **more)


@pytest.fixture
def way(partnership):
    """Training leads to a desk, the desk to early help."""
    change = step(partnership, "Help comes early", "outcome")
    desk = step(partnership, "A desk is open", "output", leads_to=change)
    train = step(partnership, "Train volunteers", "activity", leads_to=desk)
    return change, desk, train


def test_three_questions_begin_it(partnership, browser, space):
    assert "Three questions" in browser.get(HERE).content.decode()
    sent = {"change": "Help comes early", "conditions": "A desk\n\nA phone", "activities": "Train volunteers"}
    assert browser.post(f"{HERE}start/", sent).headers["Location"] == HERE
    levels = dict(TocNode.objects.values_list(f"text_{space.default_language}", "level"))
    assert levels == {
        "Help comes early": "outcome", "A desk": "output", "A phone": "output", "Train volunteers": "activity",
    }  # fmt: skip
    assert TocLink.objects.count() == 3
    page = browser.get(HERE).content.decode()
    assert "For 3 arrows nobody wrote yet why they work" in page
    again = browser.post(f"{HERE}start/", sent)
    assert again.status_code == 422
    assert "begun already" in again.content.decode()
    assert browser.post(f"{API}start/", {"change": "x"}, content_type=JSON).status_code == 409


def test_the_api_begins_it_too(partnership, browser):
    sent = {"change": "Help comes early", "conditions": ["A desk"], "activities": ["Train volunteers"]}
    made = browser.post(f"{API}start/", sent, content_type=JSON)
    assert made.status_code == 201
    nodes = {node["id"]: node["level"] for node in made.json()["nodes"]}
    ties = {(nodes[link["source_id"]], nodes[link["target_id"]]) for link in made.json()["links"]}
    assert ties == {("output", "outcome"), ("activity", "output")}
    assert browser.post(f"{API}start/", {"change": " "}, content_type=JSON).status_code == 400


def test_drawing_and_list_say_the_same(partnership, way, browser, coordinator, viewer):
    change, desk, _train = way
    link = TocLink.objects.get(source=desk)
    browser.post(
        f"{HERE}links/{link.pk}/edit/",
        {"assumption": "People trust the desk", "strength": "weak", "outside": "The bus runs"},
    )
    goal = make_goal(partnership)
    set_goal_reasons(goal=goal, needs=[], outcome=change, by=coordinator)
    page = browser.get(HERE).content.decode()
    assert page.index("What changes for people") < page.index("What is there in the end") < page.index("What we do")
    for words in ("People trust the desk", "The bus runs", "Weak: single cases", "Good placements"):
        assert words in page
    theory = theory_of(viewer(coordinator), partnership)
    drawn = chart_of(theory)
    assert [[one.label for one in band.steps] for band in drawn.bands] == [
        ["Help comes early"], ["A desk is open"], ["Train volunteers"],
    ]  # fmt: skip
    assert {(one.source, one.target, one.weight) for one in drawn.links} == {
        (str(link.source_id), str(link.target_id), 1), (str(way[2].pk), str(desk.pk), 0),
    }  # fmt: skip
    assert theory.unexplained == 1
    for svg in page.split("<svg ")[1:]:
        if "</title>" in svg:
            ET.fromstring("<svg " + svg.partition("</svg>")[0] + "</svg>")


@pytest.mark.parametrize("count", [1, 3])
def test_page_asks_as_much_for_many_as_for_one(partnership, browser, django_assert_num_queries, count):
    change = step(partnership, "Help comes early", "outcome")
    for number in range(count):
        step(partnership, f"Desk {number}", leads_to=change)
    with django_assert_num_queries(PAGE_QUERIES):
        browser.get(HERE)


def test_a_link_downwards_in_a_circle_or_twice_is_refused_on_page_and_api(partnership, way, browser):
    change, desk, train = way
    beside = step(partnership, "Neighbours help", "outcome", leads_to=change)
    for source, target, words in (
        (change, train, "leads upwards"),
        (change, beside, "in a circle"),
        (desk, change, "there already"),
        (desk, desk, "lead to itself"),
    ):
        sent = {"source": str(source.pk), "target": str(target.pk), "strength": "none"}
        page = browser.post(f"{HERE}links/new/", sent)
        assert page.status_code == 422
        assert words in page.content.decode()
        answer = browser.post(
            f"{API}links/", {"source_id": str(source.pk), "target_id": str(target.pk)}, content_type=JSON
        )
        assert answer.status_code == 409
        assert words in answer.json()["detail"]
    assert TocLink.objects.count() == 3


def test_a_link_to_a_step_of_another_partnership_is_refused(partnership, way, browser):
    foreign = step(make_partnership("other"), "Far away", "impact")
    with pytest.raises(TheoryRefusedError, match="another partnership"):
        link_steps(source=way[0], target=foreign, by=None)
    sent = {"source_id": str(way[0].pk), "target_id": str(foreign.pk)}
    assert browser.post(f"{API}links/", sent, content_type=JSON).status_code == 404
    assert browser.get(f"/s/borgo/partnerships/own/theory/steps/{foreign.pk}/edit/").status_code == 404


def test_a_step_moves_to_a_level_only_where_its_links_still_lead_upwards(partnership, way, browser, coordinator):
    _change, desk, _train = way
    with pytest.raises(TheoryRefusedError, match="lead downwards"):
        change_step(node=desk, by=coordinator, level="impact")
    page = browser.post(f"{HERE}steps/{desk.pk}/edit/", {"level": "input", "text_en": "A desk"})
    assert page.status_code == 422
    assert browser.patch(f"{API}steps/{desk.pk}/", {"level": "input"}, content_type=JSON).status_code == 409
    kept = browser.patch(f"{API}steps/{desk.pk}/", {"text_en": "Two desks"}, content_type=JSON)
    assert (kept.json()["text_en"], kept.json()["level"]) == ("Two desks", "output")


def test_steps_change_places_on_their_level_alone(partnership, way, browser, coordinator):
    phone = step(partnership, "A phone")
    browser.post(f"{HERE}steps/{phone.pk}/shift/", {})
    assert list(TocNode.objects.filter(level="output").order_by("order").values_list("text_en", flat=True)) == [
        "A phone", "A desk is open",
    ]  # fmt: skip
    assert browser.post(f"{API}steps/{phone.pk}/shift/", {"earlier": False}, content_type=JSON).status_code == 200
    assert TocNode.objects.filter(level="output").order_by("order").last() == phone
    before = AuditEvent.objects.count()
    shift_step(node=phone, by=coordinator, earlier=False)
    assert AuditEvent.objects.count() == before


def test_removing_a_step_asks_first_and_takes_links_and_choices_along(partnership, way, browser, coordinator):
    change, desk, _train = way
    set_goal_reasons(goal=make_goal(partnership), needs=[], outcome=change, by=coordinator)
    asked = browser.get(f"{HERE}steps/{change.pk}/remove/").content.decode()
    assert "1 link goes too." in asked
    assert "1 goal that leads to it" in asked
    assert TocNode.objects.count() == 3
    browser.post(f"{HERE}steps/{change.pk}/remove/")
    assert not TocNode.objects.filter(pk=change.pk).exists()
    assert TocLink.objects.count() == 1
    assert Goal.objects.get().outcome_node_id is None
    assert browser.delete(f"{API}steps/{desk.pk}/").status_code == 204
    assert not TocLink.objects.exists()
    assert {"theory.step_added", "theory.step_removed"} <= set(AuditEvent.objects.values_list("verb", flat=True))


def test_a_link_is_taken_out_after_asking_and_its_steps_stay(partnership, way, browser):
    first, second = TocLink.objects.order_by("id")
    assert "Both steps stay" in browser.get(f"{HERE}links/{first.pk}/remove/").content.decode()
    browser.post(f"{HERE}links/{first.pk}/remove/")
    assert browser.delete(f"{API}links/{second.pk}/").status_code == 204
    assert not TocLink.objects.exists()
    assert TocNode.objects.count() == 3


def test_a_new_step_says_what_it_leads_to(partnership, way, browser):
    sent = {"level": "activity", "text_en": "Print leaflets", "leads_to": str(way[1].pk), "place": "Borgo"}
    assert browser.post(f"{HERE}steps/new/", sent).status_code == 302
    assert TocLink.objects.filter(source__text_en="Print leaflets", target=way[1]).exists()
    sent = {"level": "impact", "text_en": "A town that cares", "leads_to": str(way[1].pk)}
    assert browser.post(f"{API}steps/", sent, content_type=JSON).status_code == 409
    assert browser.post(f"{HERE}steps/new/", {"level": "activity"}).status_code == 422
    assert browser.post(f"{API}steps/", {"level": "activity"}, content_type=JSON).status_code == 400
    assert TocNode.objects.count() == 4


def test_partners_read_it_and_do_not_change_it(partnership, way, signed_in_as):
    member = make_member(partnership, "Scuola", state="member")
    partner = signed_in_as(make_partner(member, "lead@scuola.example"))
    page = partner.get(HERE).content.decode()
    assert "Help comes early" in page
    assert "Add a step" not in page
    assert len(partner.get(API).json()["nodes"]) == 3
    node, link = way[0], TocLink.objects.first()
    for address in (f"{HERE}start/", f"{HERE}steps/{node.pk}/remove/", f"{HERE}links/{link.pk}/edit/"):
        assert partner.get(address).status_code == 403
    assert partner.delete(f"{API}steps/{node.pk}/").status_code == 403
    elsewhere = signed_in_as(
        make_partner(make_member(make_partnership("other"), "Altri", state="member"), "x@y.example")
    )
    assert elsewhere.get(HERE).status_code == elsewhere.get(API).status_code == 404


def test_there_is_an_end_to_how_much_is_written(partnership, monkeypatch):
    monkeypatch.setattr("goals.operations.theory.MOST_NODES", 2)
    change = step(partnership, "Help comes early", "outcome")
    step(partnership, "A desk")
    with pytest.raises(ValidationError, match="enough"):
        step(partnership, "A phone", leads_to=change)
