import io
import uuid
from dataclasses import replace
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from core.access.roles import Role
from engagement.models import Survey, SurveyAnswer, SurveyInvitation, SurveyResponse
from engagement.rules.survey_answer import Given
from engagement.rules.survey_form import Nature
from metrics.models import Measurement
from tests.factories.core import make_user
from tests.factories.engagement import make_public_partnership
from tests.factories.surveys import QUESTIONS, answer, make_survey, people

API = "/s/borgo/api/v1/surveys/"


@pytest.fixture
def orti(space):
    return make_public_partnership()


@pytest.fixture
def api(coordinator, signed_in_as):
    return signed_in_as(coordinator)


@pytest.fixture
def partner(orti, signed_in_as):
    return signed_in_as(make_user("p@borgo.example", role=Role.PARTNER_MEMBER, scope=orti.scope))


def send(client, path, body, verb="post"):
    return getattr(client, verb)(path, body, content_type="application/json")


def test_sheet_of_paper_is_keyed_in_once(orti, api):
    one = f"{API}{make_survey(orti).pk}/answers/"
    body = {
        "sent_as": str(uuid.uuid4()), "channel": "paper_entered", "language": "en",
        "answers": [{"code": "Q1", "codes": ["1"]}, {"code": "Q2", "codes": ["4"]}],
    }  # fmt: skip
    assert [send(api, one, body).json() for _ in range(2)] == [{"is_new": True}, {"is_new": False}]
    assert SurveyResponse.objects.get().channel == "paper_entered"
    wrong = {**body, "sent_as": str(uuid.uuid4()), "answers": [{"code": "Q1", "codes": ["99"]}]}
    assert send(api, one, wrong).status_code == 400
    Survey.objects.update(state="cleaned")
    assert send(api, one, {**body, "sent_as": str(uuid.uuid4())}).status_code == 409


def test_odd_answers_are_looked_at(orti, api):
    survey = make_survey(orti)
    odd = people(survey, 1, Q1="1")[0]
    SurveyResponse.objects.filter(pk=odd.pk).update(review="to_check", review_reason="other")
    listed = api.get(f"{API}{survey.pk}/review/").json()["results"]
    assert [(row["review"], row["answers"][0]["code"]) for row in listed] == [("to_check", "Q1")]
    path = f"{API}{survey.pk}/review/{listed[0]['id']}/"
    assert send(api, path, {"review": "set_aside", "reason": "same_answers"}).json()["review"] == "set_aside"
    Survey.objects.update(state="published")
    assert send(api, path, {"review": "counted"}).status_code == 409


def test_words_are_read_before_anybody_else_sees_them(orti, api):
    survey = make_survey(orti)
    answer(survey, Q1="3", Q3=Given(text="Mr. Bianchi shouts"))
    row = api.get(f"{API}{survey.pk}/words/").json()["results"][0]
    assert (row["reading"], row["told_text"]) == ("unread", "")
    question = SurveyAnswer.objects.get(pk=row["id"]).question_id
    subjects = f"{API}{survey.pk}/questions/{question}/subjects/"
    subject = send(api, subjects, {"label_en": "Noise"}).json()["id"]
    assert send(api, subjects, {}).status_code == 400
    read = f"{API}{survey.pk}/words/{row['id']}/"
    told = send(api, read, {"is_told": True, "told_text": "Somebody shouts", "subjects": [subject]}, "put")
    assert (told.json()["told_text"], told.json()["subjects"]) == ("Somebody shouts", [subject])
    assert send(api, read, {"is_told": True, "told_text": ""}, "put").status_code == 400
    foreign = {"is_told": False, "subjects": [str(uuid.uuid4())]}
    assert send(api, read, foreign, "put").status_code == 400


def test_file_of_answers_comes_in_whole_or_not_at_all(orti, api):
    survey = make_survey(orti)
    path = f"{API}{survey.pk}/answers/import/"

    def brought(text):
        return api.post(path, {"file": SimpleUploadedFile("answers.csv", text.encode(), "text/csv"), "language": "en"})

    bad = brought("Q1,Q2\nOften,3\nNever heard,2\n")
    assert bad.status_code == 400
    assert "Q1" in str(bad.json())
    assert not SurveyResponse.objects.exists()
    assert brought("Q1,Q2\nOften,3\nAt times,2\n").json() == {"added": 2, "known": 0}
    assert brought("Q1,Q2\nOften,3\nAt times,2\n").json() == {"added": 0, "known": 2}


def test_questionnaire_goes_out_and_comes_back_in(orti, api):
    make_survey(orti)
    workbook = api.get(f"{API}{Survey.objects.get().pk}/xlsform/").content
    given = {"partnership": "orti", "file": SimpleUploadedFile("form.xlsx", io.BytesIO(workbook).getvalue())}
    made = api.post(f"{API}import/", given)
    assert (made.status_code, made.json()["state"]) == (201, "draft")
    questions = api.get(f"{API}{made.json()['id']}/questions/").json()["questions"]
    assert [one["code"] for one in questions] == ["Q1", "Q2", "Q3"]
    table = SimpleUploadedFile("table.csv", b"a,b\n1,2\n", "text/csv")
    assert api.post(f"{API}import/", {"partnership": "orti", "file": table}).status_code == 400


def test_answers_go_out_as_tables_without_what_was_not_asked_for(orti, api):
    survey = make_survey(orti, [QUESTIONS[0], replace(QUESTIONS[1], nature=Nature.SENSITIVE, basis="consent")])
    people(survey, 1, Q1="1", Q2="4")
    one = f"{API}{survey.pk}/answers/"
    plain, whole = (api.get(f"{one}csv/{wish}").content.decode() for wish in ("", "?sensitive=true"))
    assert ("Often" in plain, "Q2" in plain, "Q2" in whole) == (True, False, True)
    assert load_workbook(io.BytesIO(api.get(f"{one}xlsx/").content)).active["C2"].value == "Often"


def test_paper_goes_out_in_a_language_the_survey_has(orti, api):
    one = f"{API}{make_survey(orti).pk}/paper/"
    assert api.get(f"{one}?lang=xx").status_code == 400
    page = api.get(f"{one}?lang=it")
    assert page.content.startswith(b"%PDF")
    assert "orti-1-it.pdf" in page.headers["Content-Disposition"]


def test_survey_is_copied_worded_anew_and_mailed(orti, api):
    survey = make_survey(orti)
    one = f"{API}{survey.pk}/"
    assert send(api, f"{one}copy/", {"is_next_wave": True}).json()["number"] == 2
    assert send(api, f"{one}versions/", {}).status_code == 409
    emails = {"emails": ["anna@example.org", "anna@example.org"], "language": "en"}
    assert "language" in str(send(api, f"{one}invitations/", {**emails, "language": "pl"}).json())
    assert [send(api, f"{one}invitations/", emails).json()["invited"] for _ in range(2)] == [1, 0]
    assert SurveyInvitation.objects.count() == 1
    SurveyInvitation.objects.update(sent_on=date(2026, 6, 1))
    assert [send(api, f"{one}invitations/reminder/", {}).json()["reminded"] for _ in range(2)] == [1, 0]
    answer(survey, Q1="1", Q2="3")
    Survey.objects.filter(pk=survey.pk).update(state="piloted")
    assert send(api, f"{one}versions/", {}).json() == {"number": 2}


def test_question_without_an_indicator_feeds_none(orti, api):
    survey = make_survey(orti, state="closed")
    people(survey, 6, Q1="1")
    question = survey.versions.get().questions.get(code="Q1")
    fed = send(api, f"{API}{survey.pk}/questions/{question.pk}/feed/", {})
    assert (fed.status_code, Measurement.objects.count()) == (409, 0)


def test_who_only_reads_a_partnership_sees_and_enters_no_answer(orti, partner):
    survey = make_survey(orti)
    answer(survey, Q1="3", Q3=Given(text="Secret"))
    one = f"{API}{survey.pk}/"
    for path in ("review/", "words/", "answers/csv/", "answers/xlsx/", "xlsform/", "paper/"):
        assert partner.get(one + path).status_code == 403
    for path in ("answers/", "copy/", "versions/", "invitations/"):
        assert send(partner, one + path, {}).status_code == 403
