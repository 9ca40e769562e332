import pytest

from core.access.roles import Role
from engagement.models import Survey
from engagement.queries.survey import current_version
from engagement.queries.survey_question import form_of
from tests.factories.core import make_user
from tests.factories.engagement import make_public_partnership
from tests.factories.surveys import QUESTIONS, answer, make_survey, people

API = "/s/borgo/api/v1/surveys/"


@pytest.fixture
def orti(space):
    return make_public_partnership(mode="full")


@pytest.fixture
def api(coordinator, signed_in_as):
    return signed_in_as(coordinator)


@pytest.fixture
def partner(orti, signed_in_as):
    return signed_in_as(make_user("p@borgo.example", role=Role.PARTNER_MEMBER, scope=orti.scope))


def send(client, path, body, verb="post"):
    return getattr(client, verb)(path, body, content_type="application/json")


def test_survey_is_begun_filled_and_opened(orti, api):
    begun = send(
        api, API, {"partnership": "orti", "title_en": "The park", "languages": "en", "pilot_reason": "Asked before"}
    )
    assert begun.status_code == 201
    one = f"{API}{begun.json()['id']}/"
    questions = [
        {"code": "Q1", "kind": "yes_no_dk", "text_en": "Do you come?"},
        {"code": "Q2", "kind": "short_text", "text_en": "Where to?", "asked_after": "Q1", "asked_if": ["yes"]},
    ]
    assert send(api, f"{one}questions/", {"questions": questions}, "put").status_code == 200
    assert [question["asked_if"] for question in api.get(f"{one}questions/").json()["questions"]] == [[], ["yes"]]
    refused = send(api, f"{one}step/", {"to": "open"})
    assert refused.status_code == 409
    assert "what it is for" in str(refused.json())
    known = {"purpose": "P", "decisions": "D", "population": "W", "report_back_by": "2099-01-01"}
    assert send(api, one, known, "patch").json()["purpose"] == "P"
    assert send(api, f"{one}step/", {"to": "open"}).json()["state"] == "open"


def test_questions_are_put_again_until_somebody_answers(orti, api):
    survey = make_survey(orti, state="draft")
    one = f"{API}{survey.pk}/questions/"
    body = api.get(one).json()
    assert send(api, one, body, "put").json() == body
    assert form_of(current_version(survey)) == list(QUESTIONS)
    Survey.objects.filter(pk=survey.pk).update(state="reviewed")
    survey.refresh_from_db()
    answer(survey, Q1="1", fields={"is_pilot": True})
    assert send(api, one, body, "put").status_code == 409


@pytest.mark.parametrize(
    "question",
    [
        {"code": "Q 1", "kind": "short_text", "text_en": "?"},
        {"code": "Q1", "kind": "single", "text_en": "?"},
        {"code": "Q1", "kind": "nonsense", "text_en": "?"},
        {"code": "Q1", "kind": "short_text"},
        {"code": "Q1", "kind": "yes_no_dk", "text_en": "?", "nature": "sensitive"},
    ],
)
def test_question_nobody_could_answer_is_a_bad_request(orti, api, question):
    survey = make_survey(orti, state="draft")
    assert send(api, f"{API}{survey.pk}/questions/", {"questions": [question]}, "put").status_code == 400
    assert len(form_of(current_version(survey))) == 3


def test_results_are_the_same_as_on_the_page_and_for_partners_once_published(orti, api, partner):
    survey = make_survey(orti)
    people(survey, 12, Q1="1")
    people(survey, 9, Q1="2")
    people(survey, 1, Q1="3")
    one = f"{API}{survey.pk}/results/"
    found = api.get(one).json()
    counts = {line["code"]: line["count"] for line in found["questions"][0]["lines"]}
    assert counts["3"] is None
    assert "because they wanted to" in found["honest"][0]
    assert partner.get(one).status_code == 403
    Survey.objects.filter(pk=survey.pk).update(state="published", learned_en="x")
    assert partner.get(one).json() == found


def test_partner_reads_what_is_open_and_writes_nothing(orti, partner):
    survey = make_survey(orti)
    draft = make_survey(orti, state="draft")
    assert [row["id"] for row in partner.get(API).json()["results"]] == [str(survey.pk)]
    assert partner.get(f"{API}{draft.pk}/").status_code == 404
    assert send(partner, API, {"partnership": "orti", "title_en": "X"}).status_code == 403
    assert send(partner, f"{API}{survey.pk}/", {"title_en": "X"}, "patch").status_code == 403
    assert send(partner, f"{API}{survey.pk}/step/", {"to": "closed"}).status_code == 403


def test_survey_of_the_neighbour_is_not_there(orti, api, in_neighbour):
    foreign = in_neighbour(lambda: make_survey(make_public_partnership("orti")))
    for path in ("", "questions/", "results/"):
        assert api.get(f"{API}{foreign.pk}/{path}").status_code == 404
