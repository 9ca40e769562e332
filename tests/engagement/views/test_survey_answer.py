import gzip
import re
import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from engagement.models import Survey, SurveyInvitation, SurveyQuestion, SurveyResponse
from engagement.operations.survey_invitation import invite_to_survey
from engagement.rules.notice import NOTICE_VERSION
from engagement.rules.stamp import new_stamp
from engagement.rules.survey_form import Asked, Kind
from engagement.rules.survey_link import hash_of_invitation, pilot_token
from tests.factories.engagement import make_public_partnership, use_up
from tests.factories.partnerships import make_partnership
from tests.factories.surveys import COMES, QUESTIONS, SAFE, make_survey

HERE = "/p/borgo/orti/surveys/1/"
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


@pytest.fixture
def orti(space):
    return make_public_partnership(name="Orti di quartiere")


def stamp_of(survey):
    return new_stamp(survey.pk, now=datetime.now(tz=UTC) - timedelta(minutes=1))


def filled(survey, **fields):
    """The last page as a person sends it a minute after opening the first."""
    known = {"stamp": stamp_of(survey), "answer_id": uuid.uuid4(), "is_old_enough": "on", "consent": "on", "go": "send"}
    return known | fields


def hidden_in(answer):
    return dict(HIDDEN.findall(answer.content.decode()))


def test_page_costs_few_statements_and_sets_no_cookie_but_its_own(orti, client, statements, settings):
    make_survey(orti, [COMES, SAFE])
    with statements() as found:
        answer = client.get(HERE)
    assert len(found) == 5
    assert list(answer.cookies) == [settings.CSRF_COOKIE_NAME]


def test_page_says_what_it_costs_until_when_and_when_we_report_back(orti, client, settings):
    make_survey(orti, [COMES, SAFE], closes_on="2099-06-01", report_back_by="2099-07-01")
    html = client.get(f"{HERE}?lang=it").content.decode()
    assert "Il parco di sera" in html
    assert "1 minuto" in html
    assert "1 giugno 2099" in html
    assert "1 luglio 2099" in html
    assert "Garante" in html
    assert "http://" not in html.replace("http://www.w3.org", "").replace(settings.BASE_URL, "")


def test_one_page_is_sent_at_once(orti, client):
    survey = make_survey(orti, [COMES, SAFE], report_back_by="2099-07-01")
    answer = client.post(HERE, filled(survey, q_Q1="1", q_Q2="4", step="all"))
    assert answer.status_code == 200
    assert b"1 July 2099" in answer.content
    response = SurveyResponse.objects.get()
    assert (response.channel, response.language, response.notice_version) == ("web", "en", NOTICE_VERSION)
    assert {row.question.code: row.codes for row in response.answers.all()} == {"Q1": ["1"], "Q2": ["4"]}


def test_same_page_sent_twice_is_one_answer_and_thanked_twice(orti, client):
    survey = make_survey(orti, [COMES])
    form = filled(survey, q_Q1="1", step="all")
    assert [client.post(HERE, form).status_code for _time in range(2)] == [200, 200]
    assert SurveyResponse.objects.count() == 1


def test_answers_to_questions_that_were_put_right_meanwhile_are_looked_at_again(orti, client):
    survey = make_survey(orti, [COMES])
    shown = hidden_in(client.get(HERE))["asked"]
    assert client.post(HERE, filled(survey, q_Q1="9", step="all", asked=shown)).status_code == 422
    SurveyQuestion.objects.update(text_en="Do you avoid the park?")
    form = filled(survey, q_Q1="1", step="all", asked=shown)

    waited = client.post(HERE, {**form, "via": "offline"})
    again = client.post(HERE, form)

    assert (waited.status_code, again.status_code) == (410, 422)
    assert b"The questions were changed while you had them open" in again.content
    assert SurveyResponse.objects.count() == 0
    assert client.post(HERE, {**form, "asked": hidden_in(again)["asked"]}).status_code == 200


def test_route_is_resolved_sheet_by_sheet_and_no_answer_is_lost(orti, client):
    survey = make_survey(orti)
    page = client.get(HERE)
    assert b"What keeps you away" not in page.content
    first = {"stamp": stamp_of(survey), "answer_id": uuid.uuid4(), "step": "0", "go": "next", "q_Q1": "3", "q_Q2": "2"}
    second = client.post(HERE, first)
    assert b"What keeps you away" in second.content
    kept = hidden_in(second)
    assert (kept["q_Q1"], kept["q_Q2"], kept["step"], kept["answer_id"]) == ("3", "2", "1", str(first["answer_id"]))
    back = client.post(HERE, {**kept, "go": "back", "q_Q3": "Dark"})
    assert (
        'value="3" required' in back.content.decode()
        or 'value="3" checked' in back.content.decode()
        or "checked" in back.content.decode()
    )
    assert hidden_in(back)["q_Q3"] == "Dark"
    last = client.post(HERE, {**kept, "go": "next", "q_Q3": "Too dark"})
    assert b"Garante" in last.content
    sent = client.post(HERE, {**hidden_in(last), "go": "send", "is_old_enough": "on", "consent": "on"})
    assert sent.status_code == 200
    assert {row.question.code: row.codes or row.text for row in SurveyResponse.objects.get().answers.all()} == {
        "Q1": ["3"],
        "Q2": ["2"],
        "Q3": "Too dark",
    }


def test_sheet_that_is_not_meant_for_somebody_is_passed_over(orti, client):
    survey = make_survey(orti)
    answer = client.post(HERE, {"stamp": stamp_of(survey), "step": "0", "go": "next", "q_Q1": "1"})
    assert b"What keeps you away" not in answer.content
    assert b"Garante" in answer.content


def test_what_is_wrong_stands_at_its_question_and_nothing_typed_is_lost(orti, client):
    survey = make_survey(
        orti, [Asked("Q1", Kind.NUMBER, "Age?", "Età?", lowest=0), Asked("Q2", Kind.SHORT, "Street?", "Via?")]
    )
    answer = client.post(HERE, filled(survey, step="all", q_Q1="many", q_Q2="Rose street"))
    assert answer.status_code == 422
    html = answer.content.decode()
    assert 'href="#id_q_Q1"' in html
    assert 'value="many"' in html
    assert 'value="Rose street"' in html


@pytest.mark.parametrize("missing", ["is_old_enough", "consent", "stamp"])
def test_age_agreement_and_stamp_are_needed(orti, client, missing):
    survey = make_survey(orti, [COMES])
    form = filled(survey, step="all", q_Q1="1")
    del form[missing]
    assert client.post(HERE, form).status_code == 422
    assert SurveyResponse.objects.count() == 0


def test_robot_that_fills_in_everything_is_refused(orti, client):
    survey = make_survey(orti, [COMES])
    assert client.post(HERE, filled(survey, step="all", q_Q1="1", website="x")).status_code == 422
    assert SurveyResponse.objects.count() == 0


def test_child_answers_only_where_a_guardian_agrees(orti, client):
    survey = make_survey(orti, [COMES], min_age=10)
    form = filled(survey, step="all", q_Q1="1")
    del form["is_old_enough"]
    assert client.post(HERE, form).status_code == 422
    assert client.post(HERE, {**form, "has_guardian": "on"}).status_code == 200
    assert SurveyResponse.objects.get().has_guardian
    strict = make_survey(orti, [COMES])
    assert (
        client.post(
            "/p/borgo/orti/surveys/2/", {**filled(strict), "is_old_enough": "", "has_guardian": "on"}
        ).status_code
        == 422
    )


def test_too_many_from_one_network_wait_and_lose_nothing(orti, client):
    survey = make_survey(orti, [COMES])
    use_up("survey")
    answer = client.post(HERE, filled(survey, step="all", q_Q1="2"))
    assert answer.status_code == 429
    assert b"checked" in answer.content


def test_whole_survey_stands_on_one_page_for_phones_without_network(orti, client):
    survey = make_survey(orti)
    html = client.get(f"{HERE}?whole=1").content.decode()
    assert 'data-asked-after="q_Q1" data-asked-if="3"' in html
    assert "data-sends" in html
    part = client.get(f"{HERE}?whole=1", headers={"HX-Request": "true"})
    assert part.content.strip().startswith(b"<form")
    assert b"data-sends" in part.content
    assert "HX-Request" in part["Vary"]
    form = filled(survey, step="all", q_Q1="1", q_Q2="2", q_Q3="left over", via="offline")
    assert client.post(HERE, form).status_code == 200
    response = SurveyResponse.objects.get()
    assert (response.channel, response.answers.count()) == ("offline", 2)


def test_first_visit_with_all_it_keeps_for_later_weighs_less_than_thirty_kilobytes(orti, client):
    many = [replace(QUESTIONS[number % 2], code=f"Q{number}") for number in range(1, 15)]
    make_survey(orti, [*many, Asked("S1", Kind.SECTION, "You", "Tu"), replace(COMES, code="Q15")])
    html = client.get(HERE).content
    part = client.get(f"{HERE}?whole=1", headers={"HX-Request": "true"}).content
    brand = client.get(re.search(rb'href="(/p/borgo/brand[^"]+)"', html)[1].decode()).content
    worker = client.get("/p/borgo/worker.js").content
    static = [Path("static", name).read_bytes() for name in ("css/app.css", "js/offline.js", "img/icon.svg")]
    assert sum(len(gzip.compress(one, 6)) for one in (html, part, brand, worker, *static)) < 30_000


def test_worker_is_served_for_the_space_and_holds_no_name(orti, client):
    answer = client.get("/p/borgo/worker.js")
    assert answer["Content-Type"].startswith("text/javascript")
    assert answer["Service-Worker-Allowed"] == "/p/borgo/"
    assert b"borgo" not in answer.content


@pytest.mark.parametrize("state", ["draft", "reviewed", "piloted"])
def test_survey_that_is_not_open_is_not_there(orti, client, state):
    make_survey(orti, state=state)
    assert client.get(HERE).status_code == 404


def test_survey_taken_back_to_be_put_right_says_so(orti, client):
    Survey.objects.filter(pk=make_survey(orti).pk).update(state="draft")
    answer = client.get(HERE)
    assert (answer.status_code, b"being put right" in answer.content) == (410, True)


def test_survey_that_is_over_says_so(orti, client):
    survey = make_survey(orti, state="closed", report_back_by="2099-07-01")
    for answer in (client.get(HERE), client.post(HERE, filled(survey, step="all", q_Q1="1"))):
        assert answer.status_code == 410
        assert b"This survey is over" in answer.content


def test_survey_of_a_partnership_that_is_not_public_or_elsewhere_is_not_there(space, client, in_neighbour):
    make_survey(make_partnership("geheim"))
    in_neighbour(lambda: make_survey(make_public_partnership("orti")))
    for path in ("geheim/surveys/1/", "orti/surveys/1/", "orti/surveys/1/results/"):
        assert client.get(f"/p/borgo/{path}").status_code == 404


def test_pilots_come_with_a_secret_address_and_count_nowhere(orti, client):
    survey = make_survey(orti, [COMES], state="reviewed")
    address = f"{HERE}try/{pilot_token(survey.pk)}/"
    assert client.get(f"{HERE}try/{'0' * 32}/").status_code == 404
    assert b"This is a trial" in client.get(address).content
    assert client.post(address, filled(survey, step="all", q_Q1="1")).status_code == 200
    assert SurveyResponse.objects.get().is_pilot


def test_invited_people_answer_with_their_link_and_decline_with_another(orti, client, coordinator):
    survey = make_survey(orti, [COMES], recruitment="invited_list")
    assert client.get(HERE).status_code == 410
    invite_to_survey(survey=survey, emails=["anna@example.org"], language="en", by=coordinator)
    SurveyInvitation.objects.update(token_hash=hash_of_invitation("token"))
    address = "/l/borgo/survey/token/"
    assert client.get(address).status_code == 200
    assert client.post(address, filled(survey, step="all", q_Q1="1")).status_code == 200
    assert client.get(address).status_code == 410
    assert client.get("/l/borgo/survey/other/").status_code == 404
    assert client.get("/l/borgo/survey/no/token/").status_code == 200
    assert SurveyInvitation.objects.get().email == "anna@example.org"
    assert client.post("/l/borgo/survey/no/token/").status_code == 200
    assert SurveyInvitation.objects.get().email == ""


def test_public_page_offers_what_is_open_to_all(orti, client):
    make_survey(orti, closes_on="2099-06-01")
    make_survey(orti, recruitment="invited_list", title_en="SECRET")
    make_survey(orti, state="closed", title_en="SECRET")
    make_survey(orti, state="published", title_en="Long ago, SECRET", published_on="2020-01-01")
    make_survey(orti, state="published", title_en="Lamps", published_on=timezone.localdate())
    html = client.get("/p/borgo/orti/").content.decode()
    assert "The park in the evening" in html
    assert "/p/borgo/orti/surveys/5/results/" in html
    assert "SECRET" not in html


@pytest.mark.parametrize(
    "hostile",
    [
        {"step": "99999"},
        {"step": "-1"},
        {"step": "x"},
        {"answer_id": "x"},
        {"via": "x" * 500},
        {"q_Q1": ["1", "2"]},
        {"q_Q1": "\x00"},
        {"go": ["send", "back"]},
    ],
)
def test_hostile_input_is_refused_or_ignored(orti, client, hostile):
    survey = make_survey(orti, QUESTIONS)
    assert client.post(HERE, {**filled(survey, q_Q1="1"), **hostile}).status_code in {200, 422}
