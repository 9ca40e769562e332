from datetime import date
from decimal import Decimal

import pytest
from django.utils.formats import date_format

from core.access.visibility import Visibility
from goals.models import Goal
from goals.operations.goal import change_goal
from metrics.models import Measurement
from partnerships.operations.partnership import change_partnership
from tests.factories.engagement import make_public_partnership
from tests.factories.goals import TODAY, make_adopted_goal
from tests.factories.metrics import make_measurement

PAGE = "/p/borgo/orti/goals/1/"
QUERIES = 4


@pytest.fixture
def goal(space, coordinator, time_machine):
    time_machine.move_to("2026-07-10")
    goal = make_adopted_goal(make_public_partnership(), coordinator, visibility=Visibility.PUBLIC)
    goal.indicator.visibility = Visibility.PUBLIC
    goal.indicator.save()
    make_measurement(goal.indicator, numerator=Decimal(58), denominator=Decimal(180))
    return goal


def test_everybody_reads_sentence_targets_values_and_points_in_both_languages(goal, client, coordinator):
    change_goal(goal=goal, by=coordinator, today=TODAY, target_value=Decimal(50), reason="Two firms closed in April")
    english, italian = (
        client.get(f"{PAGE}?lang={code}").content.decode().replace("\xa0", " ") for code in ("en", "it")
    )
    for words in (
        "from 22 % to 50 %",
        "60 %",
        "32 %",
        "31 March 2026",
        "not checked by a second person",
        "Step 3",
    ):
        assert words in english
    for words in ("dal 22 % al 50 %", "Primo valore atteso", "31 marzo 2026"):
        assert words in italian
    assert f'href="{PAGE}?lang=en"' in client.get("/p/borgo/orti/?lang=en").content.decode()


def test_page_names_nobody_and_needs_no_script(goal, client):
    milestone = goal.milestones.first()
    milestone.evidence, milestone.owner_person = "Asked Carla Bruni", goal.owner_person
    milestone.save()
    answer = client.get(PAGE)
    html = answer.content.decode()
    for name in ("Anna Neri", "Carla Bruni", "Scuola"):
        assert name not in html
    assert html.count("<script") == 2
    assert '<script type="module" src="/static/js/offline.js"' in html
    assert not answer.cookies
    assert len(answer.content) < 30_000


def test_page_costs_the_same_statements_whatever_hangs_on_the_goal(goal, client, statements):
    make_measurement(
        goal.indicator, period=(date(2026, 4, 1), date(2026, 6, 30)), numerator=Decimal(60), denominator=Decimal(180)
    )
    with statements() as found:
        assert client.get(PAGE).status_code == 200
    assert len(found) == QUERIES


@pytest.mark.parametrize(
    "hide",
    [
        lambda goal: Goal.objects.update(visibility=Visibility.FUNDERS),
        lambda goal: Goal.objects.update(state="in_endorsement"),
        lambda goal: type(goal.partnership).objects.update(visibility=Visibility.PARTNERS),
        lambda goal: type(goal.indicator).objects.update(visibility=Visibility.PARTNERS),
    ],
)
def test_goal_that_is_not_public_does_not_exist(goal, client, hide):
    hide(goal)
    nowhere = client.get("/p/borgo/orti/goals/99/")
    answer = client.get(PAGE)
    assert (answer.status_code, nowhere.status_code) == (404, 404)
    assert b"Good placements" not in answer.content


def test_small_totals_and_what_would_give_them_away_are_not_told(goal, client):
    indicator = goal.indicator
    Measurement.objects.all().delete()
    indicator.unit, indicator.aggregation = "unique_people", ""
    indicator.baseline_value, indicator.baseline_numerator, indicator.baseline_denominator = Decimal(3), None, None
    indicator.save()
    spring = (date(2026, 4, 1), date(2026, 6, 30))
    make_measurement(indicator, 11)
    page = client.get(f"{PAGE}?lang=en").content.decode().replace("\xa0", " ")
    assert "<dd>fewer than 5</dd>" in page
    assert " from 3" not in page
    assert "<strong>11" in page
    # With the bar and the reason the starting value could be worked out.
    assert "<progress" not in page
    assert " from 3" not in client.get("/p/borgo/orti/?lang=en").content.decode().replace("\xa0", " ")
    indicator.baseline_value = Decimal(0)
    indicator.save()
    assert "<progress" in client.get(PAGE).content.decode()
    make_measurement(indicator, 4, period=spring)
    page = client.get(f"{PAGE}?lang=it").content.decode().replace("\xa0", " ")
    assert "<strong>meno di 5" in page
    assert "<strong>11" in page
    assert "<progress" not in page
    assert "4 " not in page.partition('id="values"')[2].partition("</section>")[0].replace("2024", "")


def test_goal_that_was_withdrawn_leaves_its_day(goal, client, coordinator):
    change_goal(goal=goal, by=coordinator, today=TODAY, visibility=Visibility.PARTNERS)

    answer = client.get(f"{PAGE}?lang=en")

    assert answer.status_code == 410
    page = answer.content.decode()
    assert date_format(TODAY, "DATE_FORMAT") in page
    assert 'href="/p/borgo/orti/?lang=en"' in page
    assert "Good placements" not in page

    change_goal(goal=goal, by=coordinator, today=TODAY, visibility=Visibility.PUBLIC, is_meant=True)
    assert client.get(PAGE).status_code == 200
    assert Goal.objects.get().withdrawn_on is None


def test_partnership_that_was_withdrawn_leaves_its_day_and_nothing_of_what_is_in_it(goal, client, coordinator):
    change_partnership(partnership=goal.partnership, by=coordinator, visibility=Visibility.FUNDERS)

    answer = client.get("/p/borgo/orti/?lang=en")

    assert answer.status_code == 410
    assert "It was withdrawn on 10 July 2026." in answer.content.decode()
    assert goal.partnership.name not in answer.content.decode()
    assert client.get(PAGE).status_code == 404


def test_whoever_would_show_it_to_more_people_is_asked_first(goal, coordinator, signed_in_as):
    goal.partnership.visibility = Visibility.PARTNERS
    goal.partnership.save()
    browser, edit = signed_in_as(coordinator), "/s/borgo/partnerships/orti/edit/"
    form = browser.get(edit)
    assert "is_meant" not in form.content.decode()
    sent = {"name": "Orti", "slug": "orti", "mode": "light", "visibility": str(Visibility.PUBLIC.value)}

    asked = browser.post(edit, sent)

    assert asked.status_code == 422
    assert "Tick the box if that is meant" in asked.content.decode()
    assert browser.post(edit, sent | {"is_meant": "on"}).status_code == 302
    goal.partnership.refresh_from_db()
    assert goal.partnership.visibility == Visibility.PUBLIC
