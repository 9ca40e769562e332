"""Public pages and forms in a language that people of the space write."""

import re

import pytest

from core.access.roles import Role
from core.models import AuditEvent
from engagement.models import PublicPhrase, Submission
from engagement.operations.public_phrase import save_phrases
from engagement.operations.public_settings import change_public_settings
from engagement.rules.public_phrase import key_of
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
