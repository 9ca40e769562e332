"""Public pages and forms in a language that people of the space write."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from core.access.roles import Role
from core.models import AuditEvent, OutboxMail
from engagement.document.survey import paper_html
from engagement.models import PublicPhrase, PublicSettings, Submission
from engagement.operations.public_phrase import save_phrases
from engagement.operations.public_settings import change_public_settings
from engagement.operations.submission import reply_to_submission
from engagement.rules.public_phrase import key_of
from engagement.rules.stamp import new_stamp
from tests.factories.activities import announce, come, make_shift, publish
from tests.factories.core import make_user
from tests.factories.engagement import make_public_partnership, make_theme
from tests.factories.surveys import make_survey

PAGE = "/p/borgo/orti/"
EDITOR = "/s/borgo/partnerships/orti/languages/ro/texts/"


@pytest.fixture
def orti(space, admin):
    change_public_settings(by=admin, extra_languages="ro,ar")
    return make_public_partnership(name="Orti", purpose="Three gardens")


@pytest.fixture
def browser(coordinator, signed_in_as):
    return signed_in_as(coordinator)


def name_of(source):
    return f"t_{key_of(source)[:16]}"


def test_form_is_written_text_by_text_and_read_in_the_language(orti, browser, client, coordinator):
    html = browser.get(f"{EDITOR}form/").content.decode()
    for text in ("Send the message", "I am 14 or older", "Write your message", "A problem", "Keep this code"):
        assert text in html
    given = {name_of("Send the message"): "Trimite mesajul", name_of("Write your message"): "Scrieți mesajul"}
    assert browser.post(f"{EDITOR}form/", {**given, "is_machine_helped": "on"}).status_code == 302
    shown = client.get(f"{PAGE}feedback/?lang=ro").content.decode()
    assert '<html lang="ro" dir="ltr"' in shown
    assert "Trimite mesajul" in shown
    assert "A machine helped to translate parts of this page" in shown
    assert "What nobody has translated yet" in shown
    assert 'action="?lang=ro"' in shown
    sent = client.post(f"{PAGE}feedback/?lang=ro", {"category": "idea"})
    assert (sent.status_code, "Scrieți mesajul" in sent.content.decode()) == (422, True)
    assert "Send the message" in client.get(f"{PAGE}feedback/?lang=en").content.decode()
    assert AuditEvent.objects.filter(verb="partnership.phrases_saved").count() == 1
    assert not Submission.objects.exists()


def test_what_people_wrote_is_on_the_list_as_soon_as_it_is_on_the_page(orti, browser, client, coordinator):
    make_theme(orti, "The park is dark", published_on="2026-11-01", outcome="partly", answer_en="Two lamps came")
    make_survey(orti)
    html = browser.get(f"{EDITOR}page/").content.decode()
    assert "The park is dark" in html
    assert "How safe is it in the evening?" in browser.get(f"{EDITOR}survey-1/").content.decode()
    texts = {"The park is dark": "Parcul e întunecat", "How safe is it in the evening?": "Cât de sigur e seara?"}
    save_phrases(partnership=orti, language_code="ro", texts=texts, by=coordinator)
    assert "Parcul e întunecat" in client.get(f"{PAGE}?lang=ro").content.decode()
    survey = client.get(f"{PAGE}surveys/1/?whole=1&lang=ro").content.decode()
    assert "Cât de sigur e seara?" in survey
    assert "lang=ro" in re.search(r'data-whole="([^"]+)"', survey)[1]


def test_what_nobody_translated_is_marked_as_what_it_is(orti, client, coordinator):
    texts = {"Send the message": "Trimite mesajul", "Tell us what you think": "Spuneți-ne ce credeți"}
    save_phrases(partnership=orti, language_code="ro", texts=texts, by=coordinator)
    page = client.get(f"{PAGE}feedback/?lang=ro").content.decode()
    assert '<span lang="en">An idea</span>' in page
    assert "<h1>Spuneți-ne ce credeți</h1>" in page
    assert '<span lang="en">' not in re.search(r"<title>.*</title>", page)[0]
    # Two sentences in one paragraph are each known.
    assert '<span lang="en">It takes two minutes, without an account.' in page


def test_whoever_writes_in_a_further_language_is_answered_in_it(orti, client, coordinator):
    texts = {
        "An answer to your message to %(name)s": "Răspuns la mesajul către %(name)s",
        "Your message": "Mesajul dumneavoastră",
    }
    save_phrases(partnership=orti, language_code="ro", texts=texts, by=coordinator)
    now = datetime.now(tz=UTC)
    given = {
        "category": "idea", "text": "O bancă", "email": "ana@example.org", "may_write": "on", "is_old_enough": "on",
        "consent": "on", "stamp": new_stamp(orti.pk, now=now - timedelta(minutes=1)),
    }  # fmt: skip
    sent = client.post(f"{PAGE}feedback/?lang=ro", given)
    submission = Submission.objects.get()
    assert submission.language == "ro"
    code = re.search(r"(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}", sent.content.decode())[0]
    reply_to_submission(submission=submission, text="We look at it", by=coordinator)
    mail = OutboxMail.objects.get()
    assert (mail.language, mail.subject) == ("ro", "Răspuns la mesajul către Orti")
    assert "follow/?lang=ro" in mail.text
    assert '<html lang="ro">' in mail.html
    assert '<span lang="en">You wrote to Orti. This is our answer:</span>' in mail.html
    shown = client.post("/p/borgo/follow/?lang=ro", {"code": code}).content.decode()
    assert "Mesajul dumneavoastră" in shown
    assert "We look at it" in shown
    # The space speaks it no more: its own language again.
    PublicSettings.objects.update(extra_languages="")
    reply_to_submission(submission=submission, text="Once more", by=coordinator)
    assert OutboxMail.objects.order_by("-created_at")[0].subject == "An answer to your message to Orti"


def test_links_mails_and_paper_are_on_the_list_and_read_in_the_language(orti, browser, client, coordinator):
    activity = announce(orti, coordinator, title="Breakfast")
    opportunity = publish(orti, coordinator, min_age=14)
    make_shift(opportunity, coordinator)
    survey = make_survey(orti)
    lists = {
        "activity-1": ("You have a place", "The reason: %(reason)s", "Your place went to the next: %(title)s"),
        "volunteering-1": ("I want to stop", "May %(name)s help?", "A question about your hours"),
        "survey-1": ("Do not write your name. Leave out what you do not want to answer.", "Answer now"),
        "follow": ("Your address is deleted", "You wrote to %(name)s. This is our answer:"),
    }
    for sheet, texts in lists.items():
        html = browser.get(f"{EDITOR}{sheet}/").content.decode()
        for text in texts:
            assert name_of(text) in html, (sheet, text)
    texts = {
        "You have a place": "Aveți un loc", "Breakfast": "Mic dejun", "Your volunteering": "Voluntariat",
        "You have a place: %(title)s": "Aveți un loc: %(title)s",
        "Do not write your name. Leave out what you do not want to answer.": "Nu scrieți numele.",
        "How safe is it in the evening?": "Cât de sigur e seara?",
    }  # fmt: skip
    save_phrases(partnership=orti, language_code="ro", texts=texts, by=coordinator)
    come(activity, language="ro", email="ana@example.org")
    mail = OutboxMail.objects.get(to="ana@example.org")
    assert mail.subject == "Aveți un loc: Mic dejun"
    link = re.search(r"http://[^/]+(/l/borgo/\S+)", mail.text)[1]
    assert link.endswith("?lang=ro")
    page = client.get(link).content.decode()
    assert "Aveți un loc" in page
    assert '<span lang="en">I do not come</span>' in page
    paper = paper_html(survey, language="ro")
    assert '<html lang="ro">' in paper
    assert "Cât de sigur e seara?" in paper
    assert '<span lang="en">For people of 14 and older.</span>' in paper
    assert b"paper.pdf?lang=ro" in browser.get("/s/borgo/partnerships/orti/surveys/1/").content


def test_right_to_left_language_is_read_that_way(orti, client):
    assert '<html lang="ar" dir="rtl"' in client.get(f"{PAGE}?lang=ar").content.decode()


def test_language_the_space_did_not_choose_is_not_spoken(orti, client, browser, coordinator):
    assert '<html lang="en"' in client.get(f"{PAGE}?lang=pl").content.decode()
    assert browser.get(EDITOR.replace("/ro/", "/pl/") + "form/").status_code == 404
    assert browser.get(f"{EDITOR}nothing/").status_code == 404


def test_mark_of_ones_own_is_refused_at_its_text_and_nothing_is_stored(orti, browser):
    given = {name_of("Send the message"): "<img src=x onerror=alert(1)>", name_of("A problem"): "O problemă"}
    answer = browser.post(f"{EDITOR}form/", given)
    assert answer.status_code == 422
    assert "Leave out the signs" in answer.content.decode()
    assert not PublicPhrase.objects.exists()


def test_other_partnership_only_offers_its_words_and_one_without_a_page_has_none(orti, browser, client, coordinator):
    save_phrases(partnership=orti, language_code="ro", texts={"Send the message": "Trimite"}, by=coordinator)
    riva = make_public_partnership("riva")
    assert "Trimite" not in client.get("/p/borgo/riva/feedback/?lang=ro").content.decode()
    editor = EDITOR.replace("/orti/", "/riva/")
    assert 'value="Trimite"' in browser.get(f"{editor}form/").content.decode()
    riva.visibility = 2
    riva.save()
    assert browser.get(f"{editor}form/").status_code == 404


def test_text_is_changed_and_taken_away_again(orti, coordinator):
    def save(text):
        return save_phrases(partnership=orti, language_code="ro", texts={"Send": text}, by=coordinator)

    assert [save("Trimite"), save("Trimite"), save("Trimiteți"), save("")] == [1, 0, 1, 1]
    assert not PublicPhrase.objects.exists()


def test_only_who_edits_the_partnership_writes(orti, client, signed_in_as):
    partner = signed_in_as(make_user("p@borgo.example", role=Role.PARTNER_MEMBER, scope=orti.scope))
    assert partner.get(f"{EDITOR}form/").status_code == 403
    assert partner.post(f"{EDITOR}form/", {}).status_code == 403


def test_the_same_goes_by_api(orti, browser, client):
    api = "/s/borgo/api/v1/partnerships/orti/languages/"

    def put(path, body):
        return browser.put(f"{api}{path}", body, content_type="application/json")

    assert put("ro/", {"title": "Grădini", "about": "Trei grădini"}).status_code == 200
    assert [text["language_code"] for text in browser.get(api).json()] == ["ro"]
    texts = [{"source": "Send the message", "text": "Trimite"}, {"source": "Tell us what you think", "text": "Spuneți"}]
    assert put("ro/phrases/", {"texts": texts, "is_machine_helped": True}).json() == {"changed": 2}
    assert browser.get(f"{api}ro/phrases/").json()["results"][0]["is_machine_helped"]
    assert "Trimite" in client.get(f"{PAGE}feedback/?lang=ro").content.decode()
    shown = client.get(f"{PAGE}in/ro/").content.decode()
    assert "Spuneți" in shown
    assert f'href="{PAGE}feedback/?lang=ro"' in shown
    wrong = {"texts": [{"source": "Send", "text": "<b>"}]}
    assert (put("ro/phrases/", wrong).status_code, put("pl/phrases/", wrong).status_code) == (400, 404)
    assert browser.delete(f"{api}ro/").status_code == 204
