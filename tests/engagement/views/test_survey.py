import io
import re
from datetime import UTC, date, datetime, timedelta

import pikepdf
import pytest
from openpyxl import load_workbook

from core.access.roles import Role
from core.models import StoredFile
from engagement.document.survey import paper_html
from engagement.models import Survey, SurveyAnswer, SurveyQuestion, SurveyResponse
from engagement.queries.survey import current_version
from engagement.queries.survey_question import form_of
from engagement.rules.stamp import new_stamp
from engagement.rules.survey_answer import Given
from tests.factories.core import make_user
from tests.factories.engagement import make_public_partnership
from tests.factories.surveys import COMES, QUESTIONS, answer, make_survey, people

LIST = "/s/borgo/partnerships/orti/surveys/"
ONE = f"{LIST}1/"


@pytest.fixture
def orti(space):
    return make_public_partnership(mode="full")


@pytest.fixture
def browser(coordinator, signed_in_as):
    return signed_in_as(coordinator)


@pytest.fixture
def partner(orti, signed_in_as):
    return signed_in_as(make_user("p@borgo.example", role=Role.PARTNER_MEMBER, scope=orti.scope))


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_statements_for_one_and_three_rows(orti, browser, statements, count):
    for _number in range(count):
        answer(make_survey(orti), Q1="1")
    with statements() as found:
        page = browser.get(LIST)
    assert page.content.decode().count('scope="row"') == count
    assert len(found) == 4


@pytest.mark.parametrize("count", [1, 3])
def test_builder_costs_the_same_statements_for_one_and_three_questions(orti, browser, statements, count):
    make_survey(orti, QUESTIONS[:count], state="draft")
    with statements() as found:
        assert browser.get(f"{ONE}questions/").status_code == 200
    assert len(found) == 8


def test_empty_list_offers_the_first_step(orti, browser, partner):
    assert b"surveys/new/" in browser.get(LIST).content
    assert b"surveys/new/" not in partner.get(LIST).content


def test_partner_sees_what_is_open_and_results_once_published_and_changes_nothing(orti, partner):
    make_survey(orti)
    make_survey(orti, state="draft")
    make_survey(orti, state="published", learned_en="x")
    assert partner.get(LIST).content.decode().count('scope="row"') == 2
    assert [partner.get(f"{LIST}{number}/").status_code for number in (1, 2, 3)] == [200, 404, 200]
    assert [partner.get(f"{LIST}{number}/results/").status_code for number in (1, 3)] == [403, 200]
    for page in (
        "edit/",
        "questions/",
        "preview/",
        "review/",
        "words/",
        "answers.csv",
        "xlsform.xlsx",
        "paper.pdf",
        "key-in/",
        "assist/",
        "invite/",
        "learned/",
        "answers/import/",
    ):
        assert partner.get(f"{ONE}{page}").status_code == 403, page
    for page in ("step/", "copy/", "version/"):
        assert partner.post(f"{ONE}{page}", {"to": "closed"}).status_code == 403, page
    assert Survey.objects.get(number=1).state == "open"


def test_survey_of_the_neighbour_is_the_same_404_as_none(orti, browser, in_neighbour):
    in_neighbour(lambda: make_survey(make_public_partnership("orti")))
    assert browser.get(ONE).status_code == 404
    assert browser.get(f"{LIST}7/").status_code == 404


def test_survey_is_begun_written_tried_and_opened(orti, browser):
    terms = {
        "title_en": "The park",
        "title_it": "Il parco",
        "recruitment": "open_link",
        "languages": "both",
        "min_age": "14",
        "is_on_web": "on",
        "is_anonymous": "on",
    }
    page = browser.post(f"{LIST}new/", terms)
    assert page.headers["Location"] == f"{ONE}questions/"
    question = {
        "kind": "single",
        "text_en": "Do you come?",
        "text_it": "Vieni?",
        "options_en": "Yes\nNo",
        "options_it": "Sì\nNo",
        "has_dont_know": "on",
        "nature": "ordinary",
    }
    assert browser.post(f"{ONE}questions/new/", question).status_code == 302
    survey = Survey.objects.get()
    (asked,) = form_of(current_version(survey))
    assert [(choice.code, choice.label_en, choice.label_it) for choice in asked.options] == [
        ("1", "Yes", "Sì"),
        ("2", "No", "No"),
        ("dk", "I don't know", "Non so"),
    ]
    refused = browser.post(f"{ONE}step/", {"to": "open"}, follow=True)
    assert b"Write what it is for" in refused.content
    browser.post(
        f"{ONE}edit/",
        {
            **terms,
            "purpose": "P",
            "decisions": "D",
            "population": "W",
            "report_back_by": "2099-01-01",
            "pilot_reason": "Asked before",
        },
    )
    assert browser.post(f"{ONE}step/", {"to": "open"}).status_code == 302
    assert Survey.objects.get().state == "open"
    detail = browser.get(ONE).content.decode()
    assert "/p/borgo/orti/surveys/1/" in detail
    assert "<svg" in detail


def test_title_is_asked_in_each_language_offered(orti, browser):
    page = browser.post(
        f"{LIST}new/", {"title_en": "The park", "recruitment": "open_link", "languages": "both", "min_age": "14"}
    )
    assert page.status_code == 422
    assert b'href="#id_title_it"' in page.content
    assert b'value="The park"' in page.content


def test_code_of_an_answer_stays_with_its_words(orti, browser):
    survey = make_survey(orti, state="draft")
    first = SurveyQuestion.objects.get(code="Q1")
    browser.post(
        f"{ONE}questions/{first.pk}/edit/",
        {
            "kind": "single",
            "text_en": "Do you come?",
            "text_it": "Vieni?",
            "options_en": "Hardly\nNever\nOften",
            "options_it": "Quasi per nulla\nMai\nSpesso",
            "nature": "ordinary",
        },
    )
    assert [(choice.code, choice.label_en) for choice in form_of(current_version(survey))[0].options] == [
        ("3", "Hardly"),
        ("2", "Never"),
        ("1", "Often"),
    ]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"text_en": "", "text_it": ""}, "text_en"),
        ({"options_en": "One"}, "options_en"),
        ({"options_en": "One\nTwo", "options_it": "Uno"}, "options_it"),
        ({"nature": "sensitive"}, "basis"),
        ({"kind": "scale"}, "lowest"),
        ({"asked_when": ["Q1:1", "Q2:4"]}, "asked_when"),
        ({"kind": "nonsense"}, "kind"),
    ],
)
def test_question_with_something_wrong_is_shown_again_with_the_error_at_its_field(orti, browser, fields, field):
    make_survey(orti, state="draft")
    known = {
        "kind": "single",
        "text_en": "Which?",
        "text_it": "Quale?",
        "options_en": "A\nB",
        "options_it": "A\nB",
        "nature": "ordinary",
    }
    page = browser.post(f"{ONE}questions/new/", known | fields)
    assert page.status_code == 422
    assert f"id_{field}" in page.content.decode()
    assert SurveyQuestion.objects.count() == 3


def test_route_is_set_and_shown(orti, browser):
    survey = make_survey(orti, state="draft")
    browser.post(
        f"{ONE}questions/new/",
        {
            "kind": "short_text",
            "text_en": "Where?",
            "text_it": "Dove?",
            "nature": "ordinary",
            "asked_when": ["Q1:1", "Q1:2"],
        },
    )
    last = form_of(current_version(survey))[-1]
    assert (last.asked_after, last.asked_if) == ("Q1", ("1", "2"))
    assert "only after Q1: 1, 2" in browser.get(f"{ONE}questions/").content.decode()


def test_builder_shows_both_languages_hints_and_the_time(orti, browser):
    make_survey(orti, state="draft")
    html = browser.get(f"{ONE}questions/").content.decode()
    assert "Do you come to the park?" in html
    assert "Vieni al parco?" in html
    assert "2 minutes" in html
    assert "Whoever does not know must guess." in html


def test_questions_move_by_button_and_fragment_is_the_page(orti, browser):
    survey = make_survey(orti, state="draft")
    first = SurveyQuestion.objects.get(code="Q1")
    part = browser.post(f"{ONE}questions/{first.pk}/move/", {"to": "down"}, headers={"HX-Request": "true"})
    assert part.status_code == 200
    assert part.content.decode().strip() in browser.get(f"{ONE}questions/").content.decode() or b"Q1" in part.content
    assert [one.code for one in form_of(current_version(survey))] == ["Q2", "Q1", "Q3"]
    browser.post(f"{ONE}questions/{first.pk}/remove/")
    assert b"Put back" in browser.get(f"{ONE}questions/").content
    browser.post(f"{ONE}questions/{first.pk}/restore/")
    browser.post(f"{ONE}questions/{first.pk}/copy/")
    assert [one.code for one in form_of(current_version(survey))] == ["Q2", "Q1", "Q4", "Q3"]


def test_builder_is_locked_after_the_first_answer(orti, browser):
    survey = make_survey(orti, state="reviewed")
    answer(survey, Q1="1", fields={"is_pilot": True})
    html = browser.get(f"{ONE}questions/").content.decode()
    assert "Somebody has answered" in html
    assert "questions/new/" not in html
    first = SurveyQuestion.objects.get(code="Q1")
    page = browser.post(
        f"{ONE}questions/{first.pk}/edit/", {"kind": "long_text", "text_en": "Other", "nature": "ordinary"}
    )
    assert page.status_code == 422
    browser.post(f"{ONE}version/")
    assert current_version(survey).number == 2


def test_preview_shows_all_and_sends_nothing(orti, browser):
    make_survey(orti, state="draft")
    html = browser.get(f"{ONE}preview/").content.decode()
    assert 'class="card phone"' in html
    assert "What keeps you away?" in html
    assert 'name="consent"' not in html


def test_paper_is_a_tagged_document_with_codes(orti, browser):
    make_survey(orti)
    for language in ("en", "it"):
        page = browser.get(f"{ONE}paper.pdf?lang={language}")
        assert page["Content-Type"] == "application/pdf"
        with pikepdf.open(io.BytesIO(page.content)) as document:
            assert "/StructTreeRoot" in document.Root
            assert document.Root.Lang == language
            with document.open_metadata() as meta:
                assert meta["pdfuaid:part"] == "1"
    html = paper_html(Survey.objects.get(), language="it")
    assert "Q1. Vieni al parco?" in html
    assert "[88]" in html


def answer_id_in(sheet):
    return re.search(r'name="answer_id" value="([^"]+)"', sheet)[1]


def test_sheets_are_keyed_in_with_numbers(orti, browser):
    make_survey(orti, state="closed")
    sheet = browser.get(f"{ONE}key-in/").content.decode()
    terms = {"answer_id": answer_id_in(sheet), "language": "it"}
    terms |= {"q_Q1": "88", "q_Q2": "4"}
    assert re.search(r'<select name="language".+?<option value="en" selected', sheet, re.DOTALL)
    kept = browser.post(f"{ONE}key-in/", terms)
    assert browser.post(f"{ONE}key-in/", terms).status_code == 302
    assert '<option value="it" selected' in browser.get(kept["Location"]).content.decode()
    response = SurveyResponse.objects.get()
    assert (response.channel, response.language) == ("paper_entered", "it")
    assert SurveyAnswer.objects.get(question__code="Q1").codes == ["dk"]
    wrong = browser.post(f"{ONE}key-in/", {**terms, "q_Q1": "7"})
    assert wrong.status_code == 422
    assert b"No answer has the number 7" in wrong.content


def test_sheet_in_the_only_language_is_not_asked_for_it(orti, browser):
    make_survey(orti, state="closed", languages="it")
    sheet = browser.get(f"{ONE}key-in/").content.decode()
    assert '<select name="language"' not in sheet
    terms = {"answer_id": answer_id_in(sheet), "q_Q1": "88"}
    assert browser.post(f"{ONE}key-in/", terms).status_code == 302
    assert SurveyResponse.objects.get().language == "it"


def test_answers_are_given_with_help(orti, browser):
    survey = make_survey(orti)
    stamp = new_stamp(survey.pk, now=datetime.now(tz=UTC) - timedelta(minutes=1))
    assert browser.get(f"{ONE}assist/").status_code == 200
    terms = {"stamp": stamp, "q_Q1": "1", "q_Q2": "3", "is_old_enough": "on", "consent": "on"}
    assert browser.post(f"{ONE}assist/", terms).status_code == 302
    assert SurveyResponse.objects.get().channel == "assisted"


def test_results_page_and_table_hide_the_same(orti, browser):
    survey = make_survey(orti)
    people(survey, 12, Q1="1", Q2="5")
    people(survey, 9, Q1="2", Q2="1")
    people(survey, 2, Q1="3", Q2="1")
    page = browser.get(f"{ONE}results/?first=Q1&second=Q2").content.decode()
    assert "because they wanted to" in page
    table = browser.get(f"{ONE}results.csv").content.decode()
    assert "Hardly,,," in table.replace("\r", "")
    assert browser.get(f"{ONE}results/?first=x&second=%00").status_code == 200


def test_published_results_are_for_everybody_and_drafts_for_nobody(orti, browser, client):
    survey = make_survey(orti)
    people(survey, 12, Q1="1")
    people(survey, 9, Q1="2")
    public = "/p/borgo/orti/surveys/1/results/"
    assert client.get(public).status_code == 404
    Survey.objects.filter(pk=survey.pk).update(state="closed", closed_on=date(2026, 10, 31))
    browser.post(f"{ONE}learned/", {"learned_en": "Most come often.", "learned_it": "La maggior parte viene spesso."})
    browser.post(f"{ONE}step/", {"to": "published"})
    html = client.get(f"{public}?lang=it").content.decode()
    assert "La maggior parte viene spesso." in html
    assert "57% (12)" in html
    assert "Non c&#x27;è margine di errore" in html
    assert client.get("/p/borgo/orti/surveys/1/").status_code == 410


def test_words_are_read_one_after_the_other(orti, browser):
    survey = make_survey(orti)
    answer(survey, Q1="3", Q3=Given(text="Ask Dr. Rossi"))
    answer(survey, Q1="3", Q3=Given(text="Too dark"))
    row = SurveyAnswer.objects.get(text="Ask Dr. Rossi")
    page = browser.get(f"{ONE}words/{row.pk}/").content.decode()
    assert "Ask Dr. […]" in page
    named = {"told_text": "Ask […]", "label_en": "Light", "go": "tell"}
    unsaid = browser.post(f"{ONE}words/{row.pk}/", named | {"told_text": ""})
    assert (unsaid.status_code, 'value="Light"' in unsaid.content.decode()) == (422, True)
    assert not row.question.subjects.exists()
    assert "2 answers of this survey are still to be read" in page
    after = browser.post(f"{ONE}words/{row.pk}/", named)
    subject = row.question.subjects.get()
    other = SurveyAnswer.objects.get(text="Too dark")
    assert after.headers["Location"] == f"{ONE}words/{other.pk}/"
    assert browser.post(f"{ONE}words/{other.pk}/", {"go": "withhold"}).headers["Location"] == f"{ONE}words/"
    assert browser.post(f"{ONE}words/{other.pk}/", {"go": "tell", "told_text": ""}).status_code == 422
    row.refresh_from_db()
    assert (row.told_text, row.reading, row.codings.get().subject) == ("Ask […]", "clear", subject)
    page = browser.post(f"{ONE}words/{other.pk}/", {"go": "tell", "told_text": "", "subject": str(subject.pk)})
    assert f'value="{subject.pk}" checked' in page.content.decode()


def test_odd_answers_are_counted_or_set_aside(orti, browser):
    survey = make_survey(orti)
    response = answer(survey)
    assert b"Nothing was answered" in browser.get(f"{ONE}review/").content
    browser.post(f"{ONE}review/{response.pk}/", {"review": "set_aside"})
    response.refresh_from_db()
    assert response.review == "set_aside"
    browser.post(f"{ONE}review/{response.pk}/", {"review": "nonsense"})
    response.refresh_from_db()
    assert response.review == "set_aside"


def test_xlsform_goes_out_and_comes_in_again(orti, browser):
    make_survey(orti)
    page = browser.get(f"{ONE}xlsform.xlsx")
    workbook = load_workbook(io.BytesIO(page.content))
    assert workbook.sheetnames == ["survey", "choices", "settings"]
    upload = io.BytesIO(page.content)
    upload.name = "form.xlsx"
    check = browser.post(f"{LIST}import/", {"file": upload}).headers["Location"]
    assert b"3 questions were found" in browser.get(check).content
    assert browser.post(check).headers["Location"] == f"{LIST}2/questions/"
    assert form_of(current_version(Survey.objects.get(number=2))) == list(QUESTIONS)


def test_table_of_answers_becomes_a_survey_and_its_export_comes_in_again(orti, browser):
    upload = io.BytesIO(b"Do you come?,How safe?\n" + b"Often,4\nHardly,2\n" * 4)
    upload.name = "answers.csv"
    check = browser.post(f"{LIST}import/", {"file": upload}).headers["Location"]
    page = browser.get(check)
    assert b"8 people answered" in page.content
    terms = {"title": "Park", "language": "en", "column_0": "single", "column_1": "scale"}
    assert browser.post(check, terms).headers["Location"] == ONE
    assert SurveyResponse.objects.count() == 8
    export = browser.get(f"{ONE}answers.csv")
    again = io.BytesIO(export.content)
    again.name = "again.csv"
    check = browser.post(f"{ONE}answers/import/", {"file": again}).headers["Location"]
    assert b"Q1. Do you come?" in browser.get(check).content
    assert browser.post(check).status_code == 302
    assert SurveyResponse.objects.count() == 16
    assert not StoredFile.objects.filter(purpose="survey_import").exists()
    assert browser.get(f"{ONE}answers.xlsx").status_code == 200


def test_file_that_is_none_is_refused_with_words(orti, browser):
    bad = io.BytesIO(b"%PDF-1.4 no table")
    bad.name = "x.csv"
    assert browser.post(f"{LIST}import/", {"file": bad}).status_code == 422


def test_export_neutralises_what_a_spreadsheet_would_run(orti, browser):
    survey = make_survey(orti, [COMES, QUESTIONS[2]], state="open")
    answer(survey, Q1="3", Q3=Given(text="=cmd|x"))
    SurveyAnswer.objects.filter(question__code="Q3").update(reading="clear", told_text="=cmd|x")
    assert ",=cmd" not in browser.get(f"{ONE}answers.csv").content.decode()


def test_survey_is_copied_and_asked_again(orti, browser):
    make_survey(orti, state="published", learned_en="x")
    browser.post(f"{ONE}copy/", {"wave": "1"})
    assert Survey.objects.get(number=2).previous_wave.number == 1


def test_invitations_go_out(orti, browser):
    make_survey(orti)
    page = browser.post(f"{ONE}invite/", {"emails": "a@example.org; b@example.org\nc@example.org", "language": "it"})
    assert page.status_code == 302
    assert b"3, of whom 0" in browser.get(ONE).content
    assert browser.post(f"{ONE}invite/", {"emails": "nobody", "language": "it"}).status_code == 422
