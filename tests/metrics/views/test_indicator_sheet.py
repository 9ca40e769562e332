import re
from decimal import Decimal

import pytest

from metrics.models import Indicator, Measurement
from tests.factories.metrics import Q1, Q2, make_indicator, make_measurement, make_speaking_member
from tests.factories.partnerships import make_member, make_partnership

HERE = "/s/borgo/partnerships/own/indicators/"
API = "/s/borgo/api/v1/partnerships/own/indicators/"


@pytest.fixture
def partnership(space):
    return make_partnership("own", mode="full")


def defined(browser, **fields):
    return browser.post(f"{HERE}new/", {"name_en": "People", "unit": "count", "frequency": "quarterly", "kind": "output",
        "wants_increase": "yes", "visibility": "2", **fields})  # fmt: skip


def test_beginner_sees_five_fields_and_the_rest_folded(partnership, coordinator, signed_in_as):
    page = signed_in_as(coordinator).get(f"{HERE}new/").content.decode()
    above = page[page.index('<form class="form"') : page.index('<details class="fold"')]
    assert len(re.findall(r"<(?:input|select|textarea)(?![^>]*hidden)", above)) == 5
    assert 'name="deduplication_en"' in page


def test_each_word_of_the_sheet_has_both_languages_the_second_in_a_fold_of_its_own(
    space, partnership, coordinator, signed_in_as
):
    browser = signed_in_as(coordinator)
    page = browser.get(f"{HERE}new/").content.decode()
    first, second = page.split("The same words in Italian")
    words = {"definition", "numerator", "denominator", "unit_label", "source", "baseline_source", "method", "instrument",
        "deduplication", "responsible", "rationale", "limits", "ethics_note", "cost_note", "feedback_note"}  # fmt: skip
    assert set(re.findall(r'name="(\w+)_it"', second)) == words | {"name"}
    assert set(re.findall(r'name="(\w+)_en"', first)) == words | {"name"}
    said = {f"{name}_{code}": f"{name} {code}" for name in words for code in ("en", "it")}
    answer = defined(browser, **said, baseline="5", baseline_on="2026-01-31")
    sheets = {code: browser.get(answer.url, HTTP_ACCEPT_LANGUAGE=code).content.decode() for code in ("en",)}
    shown = words - {"unit_label"}
    assert all(f"{name} en" in sheets["en"] for name in shown)
    space.default_language = "it"
    space.save()
    again = browser.get(f"{answer.url}edit/").content.decode()
    assert again.index('name="source_it"') < again.index("The same words in English") < again.index('name="source_en"')


def test_people_counted_once_need_a_method_in_a_full_partnership(partnership, coordinator, signed_in_as):
    browser = signed_in_as(coordinator)
    answer = defined(browser, unit="unique_people")
    assert answer.status_code == 422
    assert "nobody is counted twice" in answer.content.decode()
    assert defined(browser, unit="unique_people", deduplication_it="Per numero di tessera").status_code == 302
    answer = browser.post(API, {"name_en": "P", "unit": "unique_people"}, content_type="application/json")
    assert list(answer.json()["errors"]) == ["deduplication_en"]


def test_light_partnership_is_only_told(space, coordinator, signed_in_as):
    make_partnership("own", mode="light")
    browser = signed_in_as(coordinator)
    answer = defined(browser, unit="unique_people")
    assert answer.status_code == 302
    assert "Say how you make sure that nobody is counted twice." in browser.get(answer.url).content.decode()


def test_whole_sheet_is_stored_and_shown(partnership, coordinator, signed_in_as):
    browser = signed_in_as(coordinator)
    answer = defined(
        browser,
        question="better_off",
        denominator_en="All who came",
        method_it="A mano",
        lag_days="45",
        highest="1,000",
    )
    page = browser.get(answer.url).content.decode()
    for words in ("Is anybody better off?", "All who came", "A mano"):
        assert words in page
    indicator = Indicator.objects.get()
    assert (indicator.lag_days, indicator.highest) == (45, 1000)
    # What it does not say is said too, in each language.
    for heading, name in (("In Italian only", "How it is measured"), ("Not written yet", "What it cannot say")):
        assert name in page.partition(f"<dt>{heading}</dt><dd>")[2].partition("</dd>")[0]
    api = f"/s/borgo/api/v1/partnerships/own/indicators/{indicator.code}/"
    gaps = {gap["name"]: gap["missing_in"] for gap in browser.get(api).json()["gaps"]}
    assert (gaps["method"], gaps["source"]) == (["en"], ["en", "it"])
    assert not {"question", "numerator", "deduplication"} & set(gaps)


def test_new_meaning_asks_for_a_reason_and_shows_what_it_meant(partnership, coordinator, signed_in_as):
    make_measurement(make_indicator(partnership, "N-1", definition_en="Families"), 3)
    browser = signed_in_as(coordinator)
    changed = {"name_en": "P", "unit": "count", "frequency": "quarterly", "kind": "output", "wants_increase": "yes",
        "visibility": "2", "definition_en": "People"}  # fmt: skip
    answer = browser.post(f"{HERE}N-1/edit/", changed)
    assert answer.status_code == 422
    assert "the series is broken here" in answer.content.decode()
    assert browser.post(f"{HERE}N-1/edit/", {**changed, "reason": "The law changed"}).status_code == 302
    page = browser.get(f"{HERE}N-1/").content.decode()
    assert "What it meant before" in page
    assert "The law changed" in page


def test_api_changes_with_a_reason(partnership, coordinator, signed_in_as):
    make_measurement(make_indicator(partnership, "N-1", definition_en="Families"), 3)
    browser = signed_in_as(coordinator)

    def patch(**fields):
        return browser.patch(f"{API}N-1/", fields, content_type="application/json")

    assert list(patch(definition_en="People").json()["errors"]) == ["reason"]
    assert patch(definition_en="People", reason="The law changed").json()["version"] == 2
    assert patch(unit="hours").status_code == 409
    assert Indicator.objects.get().limits_en == ""
    assert patch(limits_en="Not the weather").json()["limits_en"] == "Not the weather"


def test_context_stands_apart_without_a_partners_name(partnership, coordinator, evaluator, signed_in_as):
    member = make_speaking_member(partnership, coordinator, "Cooperativa Ponte")
    make_indicator(partnership, "N-1", name_en="Ours")
    context = make_indicator(partnership, "X-1", name_en="Unemployment", answers_for="population")
    make_measurement(context, 9, member=member)
    browser = signed_in_as(coordinator)
    page = browser.get(HERE).content.decode()
    assert page.index("Ours") < page.index("Background: everybody in the area") < page.index("Unemployment")
    page = browser.get(f"{HERE}X-1/").content.decode()
    assert "nobody here is its cause" in page
    assert "Cooperativa Ponte" not in page


@pytest.mark.parametrize("count", [1, 3])
def test_list_with_formulas_costs_the_same_queries(
    partnership, coordinator, signed_in_as, django_assert_num_queries, count
):
    make_measurement(make_indicator(partnership, "A"), 3)
    for number in range(count):
        make_indicator(partnership, f"C-{number}", unit="mean", formula="[A] * 2")
    browser = signed_in_as(coordinator)
    with django_assert_num_queries(LIST_QUERIES):
        page = browser.get(HERE).content.decode()
    assert page.count('<td class="t-date">6') == count


def test_library_is_folded_by_goal_and_opens_for_a_search(partnership, coordinator, signed_in_as):
    browser = signed_in_as(coordinator)
    page = browser.get(f"{HERE}library/").content.decode()
    assert page.count('<details class="fold">') == 17
    found = browser.get(f"{HERE}library/", {"q": "smoke"}).content.decode()
    assert found.count('<details class="fold" open>') == 1
    assert "SDG 3.a.1" in found


def test_library_gives_words_and_never_values(partnership, coordinator, signed_in_as):
    other = make_partnership("other")
    taken = make_indicator(other, "N-1", name_en="Meals served", definition_en="Hot meals")
    make_measurement(taken, 12345, period=Q1)
    browser = signed_in_as(coordinator)
    page = browser.get(f"{HERE}library/").content.decode()
    assert "Meals served" in page
    assert "SDG 8.6.1" in page
    assert "SDG 8.6.1" not in browser.get(f"{HERE}library/", {"q": "meals"}).content.decode()
    page = browser.get(f"{HERE}new/", {"like": str(taken.pk)}).content.decode()
    assert 'value="Meals served"' in page
    assert "Hot meals" in page
    assert "12345" not in page
    assert "SDG 8.6.1" in browser.get(f"{HERE}new/", {"like": "sdg-8.6.1"}).content.decode()
    found = browser.get(f"{API}library/").json()
    assert (len(found["own"]), len(found["sdg"])) == (1, 252)
    assert [row["key"] for row in browser.get(f"{API}library/", {"q": "meals"}).json()["own"]] == [str(taken.pk)]
    fields = browser.get(f"{API}library/sdg-8.6.1/").json()
    made = browser.post(API, fields, content_type="application/json")
    assert (made.status_code, made.json()["iati_reference"], made.json()["wants_increase"]) == (201, "8.6.1", False)
    assert browser.get(f"{API}library/nothing/").status_code == 404
    assert browser.get(f"{HERE}new/", {"like": "nothing"}).status_code == 200


def test_guide_makes_one_outcome_indicator(partnership, coordinator, signed_in_as):
    browser = signed_in_as(coordinator)
    answer = browser.post(
        f"{HERE}guide/",
        {"rationale": "Older people meet somebody", "name": "People who met somebody", "unit": "percent",
         "baseline": "40 of 180", "frequency": "quarterly", "visibility": "2", "feedback_note": "A poster"},
    )  # fmt: skip
    assert answer.status_code == 302, answer.content
    made = Indicator.objects.get()
    assert (made.kind, made.baseline_numerator, made.feedback_note_en) == ("outcome", 40, "A poster")
    assert made.name == "People who met somebody"
    # The way goes on to the goal it is for, with what is known already.
    page = browser.get(answer.url).content.decode()
    assert f'<option value="{made.pk}" selected>' in page
    assert 'value="Older people meet somebody"' in page


def test_guide_keeps_what_was_typed(partnership, coordinator, signed_in_as):
    answer = signed_in_as(coordinator).post(
        f"{HERE}guide/", {"name": "Kept words", "unit": "percent", "baseline": "22%"}
    )
    assert answer.status_code == 422
    assert "Kept words" in answer.content.decode()
    assert "Write the two numbers" in answer.content.decode()


def test_story_and_yes_or_no_are_entered_by_page(partnership, coordinator, signed_in_as):
    make_indicator(partnership, "S-1", unit="text_story")
    make_indicator(partnership, "Y-1", unit="yes_no", name_en="Open on Sundays")
    browser = signed_in_as(coordinator)
    period = {"period_starts_on": "2026-01-01", "period_ends_on": "2026-03-31", "member": "whole"}
    browser.post(f"{HERE}S-1/measurements/new/", {**period, "story": "Anna found a job"})
    browser.post(f"{HERE}Y-1/measurements/new/", {**period, "value": "0"})
    assert set(Measurement.objects.values_list("story", "value")) == {("Anna found a job", None), ("", 0)}
    assert "Anna found a job" in browser.get(f"{HERE}S-1/").content.decode()
    told = Measurement.objects.exclude(story="").get()
    page = browser.get(f"{HERE.removesuffix('indicators/')}measurements/{told.pk}/").content.decode()
    assert page.count("Anna found a job") == 1
    assert ">no<" in browser.get(f"{HERE}Y-1/").content.decode().replace("\n", "")


LIST_QUERIES = 12


RANDOM = {"unit": "percent", "sample": "random", "population_size": "900"}


def test_random_sample_says_on_the_page_how_sure_it_is_and_an_open_link_does_not(
    partnership, coordinator, signed_in_as
):
    browser = signed_in_as(coordinator)
    page = browser.get(f"{HERE}new/").content.decode()
    assert "Only a random sample says how sure a percentage is" in page
    url = defined(browser, **RANDOM).url
    indicator = Indicator.objects.get()
    make_measurement(indicator, numerator=Decimal(30), denominator=Decimal(90))
    make_measurement(indicator, numerator=Decimal(45), denominator=Decimal(90), period=Q2)
    page = browser.get(url).content.decode()
    assert "A random sample of 90: with 95 % certainty the share among all lies between" in page
    assert "The period before: 30 of 90; now: 45 of 90. With 95 % certainty the change lies between" in page
    assert "(95\xa0%: " in page
    assert "A random sample, of 900" in page
    Indicator.objects.update(sample="open")
    page = browser.get(url).content.decode()
    assert "certainty" not in page
    assert "The period before" not in page
    assert "(95" not in page


def test_partners_are_laid_beside_themselves_and_nobody_is_named(partnership, coordinator, signed_in_as):
    indicator = make_indicator(partnership)
    members = [make_member(partnership, name) for name in ("Riva", "School")]
    for member, before, now in zip(members, (4, 9), (7, 3), strict=True):
        make_measurement(indicator, before, member=member)
        make_measurement(indicator, now, member=member, period=Q2)
    page = signed_in_as(coordinator).get(f"{HERE}{indicator.code}/").content.decode()
    assert "Of 2 measured both times, 1 are better, 0 the same and 1 worse." in page


def test_codes_for_iati_are_derived_chosen_told_and_exported(partnership, coordinator, signed_in_as):
    browser = signed_in_as(coordinator)
    refused = defined(browser, iati_vocabulary="9")
    assert refused.status_code == 422
    assert "Write the code it has in that list." in refused.content.decode()
    url = defined(browser, iati_vocabulary="9", iati_reference="8.6.1").url
    page = browser.get(url).content.decode()
    assert "Codes for funders who publish in IATI" in page
    assert "9 UN Sustainable Development Goals" in page
    Indicator.objects.update(rationale_en="It tells who stays", rationale_it="Dice chi resta")
    header, line = browser.get(f"{HERE}?format=csv").content.decode().splitlines()
    assert "Why this indicator, in English,Why this indicator, in Italian" in header.replace('"', "")
    assert "It tells who stays,Dice chi resta" in line
    assert line.rstrip().endswith(("1,1,1,9,8.6.1", "1;1;1;9;8.6.1"))
    told = browser.get(f"{API}I-1/").json()
    assert told["iati"] == {
        "result_type": "1", "measure": "1", "is_aggregated": True, "vocabulary": "9", "reference": "8.6.1",
    }  # fmt: skip
    changed = browser.patch(f"{API}I-1/", {"iati_aggregates": "0", "sample": "open"}, content_type="application/json")
    assert (changed.json()["iati"]["is_aggregated"], changed.json()["sample"]) == (False, "open")
    wrong = browser.patch(f"{API}I-1/", {"iati_reference": ""}, content_type="application/json")
    assert (wrong.status_code, list(wrong.json()["errors"])) == (400, ["iati_reference"])
