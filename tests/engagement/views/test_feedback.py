import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from core.access.visibility import Visibility
from core.models import OutboxMail
from core.operations.link import make_link
from engagement.models import Submission
from engagement.operations.resident_mail import STOP_PURPOSE
from engagement.operations.submission import reply_to_submission
from engagement.rules.stamp import new_stamp
from tests.factories.engagement import file_under, make_public_partnership, make_submission, make_theme, send, use_up
from tests.factories.partnerships import make_partnership

FORM = "/p/borgo/orti/feedback/"
FOLLOW = "/p/borgo/follow/"
CODE = re.compile(r"(?:[0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}(?=<)")


@pytest.fixture
def orti(space):
    return make_public_partnership(name="Orti di quartiere")


@pytest.fixture
def filled(orti):
    """A form as a person sends it a minute after opening the page."""
    opened = datetime.now(tz=UTC) - timedelta(minutes=1)
    return {
        "category": "idea",
        "text": "A bench by the fountain",
        "place": "Rose park",
        "is_old_enough": "on",
        "consent": "on",
        "stamp": new_stamp(orti.pk, now=opened),
    }


@pytest.fixture
def browser(coordinator, signed_in_as):
    """The coordinator at work."""
    return signed_in_as(coordinator)


def code_in(answer):
    return CODE.search(answer.content.decode())[0]


def test_form_costs_two_statements_and_sets_no_cookie_but_its_own(orti, client, statements, settings):
    with statements() as found:
        answer = client.get(FORM)
    assert len(found) == 2
    assert list(answer.cookies) == [settings.CSRF_COOKIE_NAME]


def test_form_works_without_script_and_names_no_other_host(orti, client):
    html = client.get(FORM).content.decode()
    assert not re.findall(r'<script(?! type="(?:application/ld\+json|module" src="/static/js/offline\.js))', html)
    assert "hx-" not in html
    assert not [link for link in re.findall(r'(?:href|src|action)="([^"]*)"', html) if link.startswith(("http", "//"))]
    assert html.count(" checked") == 0


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", ["Who is responsible", "Garante", "90 days", "article 6.1.a"]), ("it", ["garanteprivacy.it"])],
)
def test_notice_stands_before_the_button_in_both_languages(orti, client, language, words):
    html = client.get(f"{FORM}?lang={language}").content.decode()
    before = html[: html.index('type="submit"')]
    assert all(word in before for word in words)
    assert f'<html lang="{language}"' in html
    assert "Borgo Insieme" in before


def test_notice_tells_the_spaces_own_contact_and_time(orti, space, client):
    space.contact_email, space.retention_days["resident_contact"] = "hello@borgo.example", 30
    space.save()
    html = client.get(FORM).content.decode()
    assert "hello@borgo.example" in html
    assert "30 days" in html


def test_sent_form_shows_the_code_and_where_to_use_it(orti, client, filled):
    answer = client.post(FORM, filled)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    kept = Submission.objects.get()
    assert (kept.text, kept.place, kept.contact_email, kept.language) == (
        "A bench by the fountain",
        "Rose park",
        "",
        "en",
    )
    assert "/p/borgo/follow/" in answer.content.decode()
    assert code_in(answer)
    assert not answer.cookies


def test_sending_costs_no_more_than_eight_statements(orti, client, filled, statements):
    with statements() as found:
        assert client.post(FORM, filled).status_code == 200
    assert len(found) == 8


def test_reloading_the_answer_shows_the_same_code_and_keeps_one_message(orti, client, filled):
    assert code_in(client.post(FORM, filled)) == code_in(client.post(FORM, filled))
    assert Submission.objects.count() == 1


@pytest.mark.parametrize("missing", ["category", "text", "is_old_enough", "consent"])
def test_what_is_missing_is_named_in_a_summary_that_takes_focus_and_nothing_typed_is_lost(
    orti, client, filled, missing
):
    typed = {**filled, "place": "Typed place", "email": "anna@example.org", "may_write": "on"}
    del typed[missing]
    answer = client.post(FORM, typed)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "autofocus data-error-summary" in html
    assert f'href="#id_{missing}' in html
    assert "Typed place" in html
    assert "anna@example.org" in html
    assert not Submission.objects.exists()


def test_child_writes_with_a_parent_who_agrees_and_never_alone(orti, client, browser, filled):
    alone = {**filled, "is_old_enough": ""}
    assert client.post(FORM, alone).status_code == 422
    assert not Submission.objects.exists()
    assert client.post(FORM, {**alone, "has_guardian": "on"}).status_code == 200
    assert Submission.objects.get().has_guardian
    one = f"/s/borgo/residents/{Submission.objects.get().pk}/"
    assert "with a parent or guardian" in browser.get(one).content.decode()


def test_form_kept_on_a_phone_and_sent_twice_is_one_message_with_one_code(orti, client, filled):
    kept = {**filled, "sent_id": "8d3c7c1e-58a4-4c55-9d3c-1c6a3f0f3b10"}
    opened = datetime.now(tz=UTC) - timedelta(minutes=2)
    again = {**kept, "stamp": new_stamp(orti.pk, now=opened)}
    assert code_in(client.post(FORM, kept)) == code_in(client.post(FORM, again))
    assert Submission.objects.count() == 1
    assert client.post(FORM, {**kept, "sent_id": "x"}).status_code == 422


def test_address_needs_its_own_consent(orti, client, filled):
    answer = client.post(FORM, {**filled, "email": "anna@example.org"})
    assert answer.status_code == 422
    assert b"Tick this so that we may write to you" in answer.content
    assert not Submission.objects.exists()
    client.post(FORM, {**filled, "email": "Anna@Example.org", "may_write": "on"})
    assert Submission.objects.get().contact_email == "anna@example.org"


def test_filled_honeypot_keeps_nothing_and_is_empty_on_the_next_try(orti, client, filled):
    answer = client.post(FORM, {**filled, "website": "http://spam.example"})
    assert answer.status_code == 422
    assert b"spam.example" not in answer.content
    assert b"A bench by the fountain" in answer.content
    assert not Submission.objects.exists()


@pytest.mark.parametrize(
    ("age", "words"),
    [
        (timedelta(seconds=1), b"very fast"),
        (timedelta(hours=25), b"open for more than a day"),
        (None, b"could not be checked"),
    ],
)
def test_page_too_fresh_too_old_or_not_ours_asks_to_send_again_and_keeps_the_words(orti, client, filled, age, words):
    stamp = new_stamp(orti.pk, now=datetime.now(tz=UTC) - age) if age else "forged"
    answer = client.post(FORM, {**filled, "stamp": stamp})
    assert answer.status_code == 422
    assert words in answer.content
    assert b"A bench by the fountain" in answer.content
    assert not Submission.objects.exists()


@pytest.mark.parametrize("first", ["forged", ""])
def test_page_that_could_not_be_checked_comes_back_fit_to_be_sent(orti, client, filled, first):
    back = client.post(FORM, {**filled, "stamp": first}).content.decode()
    stamp = re.search(r'name="stamp" value="([^"]+)"', back)[1]
    with time_machine.travel(datetime.now(tz=UTC) + timedelta(seconds=10)):
        assert client.post(FORM, {**filled, "stamp": stamp}).status_code == 200


def test_stamp_of_another_partnership_is_refused(orti, client, filled):
    make_public_partnership("scuola")
    assert client.post("/p/borgo/scuola/feedback/", filled).status_code == 422


def test_too_many_from_one_network_are_told_to_wait_and_lose_nothing(orti, client, filled):
    use_up("feedback")
    answer = client.post(FORM, {**filled, "text": "The last words"})
    assert answer.status_code == 429
    assert b"The last words" in answer.content
    assert b"Nothing is lost" in answer.content


def test_limit_holds_when_the_caller_changes_the_forwarded_header(orti, client, filled, settings):
    settings.TRUSTED_PROXIES = 0
    use_up("feedback")
    answer = client.post(FORM, filled, headers={"X-Forwarded-For": "198.51.100.1"})
    assert answer.status_code == 429


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("NUL \x00 inside", None),
        ("x" * 1_000_000, None),
        ("right \u202eto left", "right to left"),
        ("<script>alert(1)</script> {{ 7 }} ${x} '\"", "<script>alert(1)</script> {{ 7 }} ${x} '\""),
        ("caffè ☕ 👩‍👩‍👧", "caffè ☕ 👩‍👩‍👧"),
        ("one\r\ntwo", "one\ntwo"),
    ],
)
def test_hostile_text_is_refused_clearly_or_stored_as_it_is_shown(client, filled, browser, text, kept):
    answer = client.post(FORM, {**filled, "text": text})
    if kept is None:
        assert answer.status_code == 422
        assert not Submission.objects.exists()
        return
    submission = Submission.objects.get()
    assert submission.text == kept
    page = browser.get(f"/s/borgo/residents/{submission.pk}/").content.decode()
    assert "<script>alert" not in page


def test_hidden_and_foreign_fields_change_nothing(orti, client, filled, neighbour):
    client.post(
        FORM, {**filled, "state": "answered", "tenant": neighbour.pk, "tenant_id": neighbour.pk, "is_urgent": "on"}
    )
    kept = Submission.objects.get()
    assert (kept.state, kept.tenant_id, kept.is_urgent) == ("received", orti.tenant_id, False)


@pytest.mark.parametrize(("language", "numbers"), [("it", ["112", "114", "1522"]), ("en", ["112"])])
def test_urgent_message_shows_who_helps_now(space, client, filled, language, numbers):
    space.default_language = language
    space.save()
    html = client.post(FORM, {**filled, "text": "There is violence in the park"}).content.decode()
    assert [number for number in ("112", "114", "1522") if f"tel:{number}" in html] == numbers


@pytest.mark.parametrize("visibility", [level for level in Visibility if level != Visibility.PUBLIC])
def test_form_of_a_partnership_that_is_not_public_is_a_404(space, client, visibility):
    make_partnership("orti", visibility=visibility)
    assert client.get(FORM).status_code == client.post(FORM, {}).status_code == 404


def test_form_of_a_partnership_that_ended_says_so(orti, client, filled):
    orti.state = "closed"
    orti.save()
    assert client.get(FORM).status_code == client.post(FORM, filled).status_code == 410
    assert not Submission.objects.exists()


def test_post_without_csrf_token_is_refused(orti, filled):
    from tests.conftest import TenantClient

    assert TenantClient(enforce_csrf_checks=True).post(FORM, filled).status_code == 403


def test_code_shows_state_and_answers(orti, client, coordinator):
    sent = send(orti, "A bench, please")
    reply_to_submission(submission=Submission.objects.get(), text="It comes <b>in May</b>", by=coordinator)
    html = client.post(FOLLOW, {"code": sent.code.lower()}).content.decode()
    assert "We have answered." in html
    assert "It comes &lt;b&gt;in May&lt;/b&gt;" in html
    assert "A bench, please" in html
    assert "Giulia" not in html


def test_published_theme_is_linked_and_a_draft_is_not(orti, client):
    sent = send(orti)
    theme = make_theme(orti)
    file_under(theme, Submission.objects.get())
    assert b"#said" not in client.post(FOLLOW, {"code": sent.code}).content
    theme.published_on = "2026-11-01"
    theme.save()
    assert b"#said" in client.post(FOLLOW, {"code": sent.code}).content


def test_unknown_malformed_and_foreign_codes_are_the_same_answer(orti, client, in_neighbour):
    foreign = in_neighbour(lambda: send(make_public_partnership("orti")).code)
    codes = ["0000-0000-0000-0000", "nonsense", "\x07☕", foreign, "x" * 60]
    answers = [client.post(FOLLOW, {"code": code}) for code in codes]
    bodies = {re.sub(r'value="[^"]*"', "", answer.content.decode()) for answer in answers}
    assert {answer.status_code for answer in answers} == {422}
    assert len(bodies) == 1


def test_unknown_code_costs_the_same_statements_as_an_impossible_one(orti, client, statements):
    counts = []
    for code in ("0000-0000-0000-0000", "?"):
        with statements() as found:
            client.post(FOLLOW, {"code": code})
        counts.append(len(found))
    assert counts == [4, 4]


def test_guessing_codes_is_stopped(orti, client):
    answers = [client.post(FOLLOW, {"code": f"{number}"}).status_code for number in range(11)]
    assert answers == [422] * 10 + [429]


def test_code_never_stands_in_an_address(orti, client):
    sent = send(orti)
    assert sent.code not in re.sub(
        r'name="code" value="[^"]*"', "", client.post(FOLLOW, {"code": sent.code}).content.decode()
    )
    assert client.get(f"{FOLLOW}?code={sent.code}").status_code == 200
    assert b"Where it is" not in client.get(f"{FOLLOW}?code={sent.code}").content


def test_taking_back_empties_the_message(orti, client):
    sent = send(orti, "Take me back")
    assert client.get(f"{FOLLOW}withdraw/").status_code == 405
    answer = client.post(f"{FOLLOW}withdraw/", {"code": sent.code})
    assert b"Taken back" in answer.content
    assert b"Take me back" not in answer.content
    assert Submission.objects.get().text == ""
    assert client.post(f"{FOLLOW}withdraw/", {"code": sent.code}).status_code == 422
    assert client.post(f"{FOLLOW}withdraw/", {"code": "wrong"}).status_code == 422


def test_address_is_deleted_with_the_code(orti, client):
    sent = send(orti, contact_email="anna@example.org")
    assert client.post(f"{FOLLOW}no-mail/", {"code": sent.code}).status_code == 200
    assert Submission.objects.get().contact_email == ""


def test_link_in_the_mail_deletes_the_address_by_post_only(orti, client, coordinator):
    submission = make_submission(orti, contact_email="anna@example.org")
    reply_to_submission(submission=submission, text="Hello", by=coordinator)
    path = OutboxMail.objects.get().unsubscribe_url.partition("localhost:8000")[2]
    answer = client.get(path)
    assert "noindex" in answer.headers["X-Robots-Tag"]
    submission.refresh_from_db()
    assert submission.contact_email
    assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    submission.refresh_from_db()
    assert submission.contact_email == ""


def test_link_of_another_purpose_or_of_nobody_is_a_404(orti, client):
    submission = make_submission(orti, contact_email="anna@example.org")
    _link, other = make_link(purpose="task", subject_id=submission.pk, lasts=timedelta(days=1), by=None)
    _link, over = make_link(purpose=STOP_PURPOSE, subject_id=submission.pk, lasts=timedelta(days=-1), by=None)
    for token in (other, over, "x"):
        assert client.post(f"/l/borgo/feedback/stop/{token}/").status_code == 404
    submission.refresh_from_db()
    assert submission.contact_email


def test_chosen_language_is_kept_in_the_address_and_never_in_a_cookie(orti, client):
    answer = client.get(f"{FORM}?lang=it", headers={"Accept-Language": "en"})
    assert answer.headers["Content-Language"] == "it"
    assert b'action="?lang=it"' in answer.content
    assert b'href="/p/borgo/orti/?lang=it"' in answer.content
    assert client.get(f"{FORM}?lang=xx").status_code == 200


def test_whole_first_visit_weighs_less_than_thirty_kilobytes(orti, client):
    import gzip
    from pathlib import Path

    html = client.get(FORM).content
    brand = client.get(re.search(rb'href="(/p/borgo/brand[^"]+)"', html)[1].decode()).content
    sheet = Path("static/css/app.css").read_bytes()
    assert sum(len(gzip.compress(part)) for part in (html, brand, sheet)) < 30_000
