"""The small pages: tokens, mail that did not go out, jobs, first page, new space, language, demo mails, health."""

import json
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from core.models import ApiToken, Job, Membership, OutboxMail, Tenant, User
from tests.factories.core import make_user

TOKENS = "/s/borgo/settings/tokens/"
MAIL = "/s/borgo/settings/mail/"


# --- Tokens --------------------------------------------------------------------------------------------------------


def test_token_is_shown_once_and_works(space, evaluator, signed_in_as, client):
    browser = signed_in_as(evaluator)
    answer = browser.post(TOKENS, {"name": "Site", "permissions": ["partnership.see"], "days": "30"})
    assert answer.status_code == 201
    text = re.search(r'class="code" id="code-([^"]+)"', answer.content.decode())[1]
    again = browser.get(TOKENS)
    assert text.encode() not in again.content
    assert b"Read partnerships" in again.content
    assert client.get("/s/borgo/api/v1/me/", headers={"Authorization": f"Bearer {text}"}).status_code == 200


def test_token_may_not_do_more_than_its_owner(space, evaluator, signed_in_as):
    answer = signed_in_as(evaluator).post(TOKENS, {"name": "Site", "permissions": ["space.administer"], "days": "30"})
    assert answer.status_code == 422
    assert not ApiToken.objects.exists()


def test_token_of_somebody_else_is_not_there(space, evaluator, coordinator, signed_in_as):
    signed_in_as(evaluator).post(TOKENS, {"name": "Site", "permissions": ["partnership.see"], "days": "30"})
    end = f"{TOKENS}{ApiToken.objects.get().pk}/revoke/"
    assert signed_in_as(coordinator).post(end).status_code == 404
    browser = signed_in_as(evaluator)
    assert b"End the token" in browser.get(end).content
    assert ApiToken.objects.get().revoked_at is None
    browser.post(end)
    assert ApiToken.objects.get().revoked_at is not None


# --- Mail that did not go out --------------------------------------------------------------------------------------


def a_mail(state="dead", **more):
    now = timezone.now()
    known = {"to": "lost@borgo.example", "subject": "Two tasks", "text": "x", "kind": "test", "message_id": "<1@x>"}
    return OutboxMail.objects.create(
        **known, dedup_key=str(OutboxMail.objects.count()), state=state, send_after=now, **more
    )


def test_mail_that_was_given_up_is_shown_and_tried_again(space, admin, signed_in_as):
    mail = a_mail(attempts=12)
    a_mail("sent", attempts=1)
    browser = signed_in_as(admin)
    page = browser.get(MAIL)
    assert page.content.decode().count("lost@borgo.example</small>") == 1
    assert browser.post(f"{MAIL}{mail.pk}/again/").status_code == 302
    mail.refresh_from_db()
    assert (mail.state, mail.attempts) == ("waiting", 0)


def test_mail_still_being_tried_is_shown_below(space, admin, signed_in_as):
    a_mail("waiting", attempts=3)
    page = signed_in_as(admin).get(MAIL).content
    assert b"All mail went out" in page
    assert b"Still trying" in page


def test_mail_that_is_not_dead_cannot_be_sent_again(space, admin, signed_in_as):
    mail = a_mail("sent")
    assert signed_in_as(admin).post(f"{MAIL}{mail.pk}/again/").status_code == 404


def test_coordinator_does_not_see_addresses_of_mails(space, coordinator, signed_in_as):
    assert signed_in_as(coordinator).get(MAIL).status_code == 403


# --- Jobs ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "words"), [("running", "Working on it"), ("done", "Done"), ("failed", "This did not work")]
)
def test_job_says_how_far_it_is(space, evaluator, signed_in_as, state, words):
    job = Job.objects.create(name="x", run_after=timezone.now(), state=state, progress_done=3, progress_total=4)
    browser = signed_in_as(evaluator)
    assert words in browser.get(f"/s/borgo/jobs/{job.pk}/").content.decode()
    fragment = browser.get(f"/s/borgo/jobs/{job.pk}/", headers={"HX-Request": "true"})
    assert b"<html" not in fragment.content
    assert (b"hx-get" in fragment.content) == (state == "running")


# --- First page and new space --------------------------------------------------------------------------------------


def test_stranger_reads_what_this_is(db, client, settings):
    settings.SIGN_UP_OPEN = False
    page = client.get("/").content
    assert b"Sign in" in page
    assert b"Make a space" not in page


def test_person_without_a_space_reads_what_to_do(db, signed_in_as):
    page = signed_in_as(make_user("new@borgo.example")).get("/")
    assert b"not in a space yet" in page.content


def test_person_makes_a_space_and_is_its_administrator(db, signed_in_as, settings):
    settings.SIGN_UP_OPEN = True
    user = make_user("new@borgo.example", "Nora")
    browser = signed_in_as(user)
    answer = browser.post("/new/", {"name": "Amici del Parco", "slug": "", "default_language": "it"})
    assert answer.headers["Location"] == "/s/amici-del-parco/"
    assert Membership.objects.get(user=user).tenant == Tenant.objects.get(slug="amici-del-parco")
    assert browser.get("/s/amici-del-parco/settings/").status_code == 200


@pytest.mark.parametrize("slug", ["borgo", "admin", "api", "static", "verify", "a b", "-x-", "Borgo", "été"])
def test_short_name_that_is_taken_or_odd_is_refused(space, signed_in_as, settings, slug):
    settings.SIGN_UP_OPEN = True
    browser = signed_in_as(make_user("new@borgo.example"))
    before = Tenant.objects.count()
    answer = browser.post("/new/", {"name": "Other", "slug": slug, "default_language": "it"})
    assert answer.status_code == 422
    assert Tenant.objects.count() == before


def test_name_without_letters_for_an_address_is_explained(db, signed_in_as, settings):
    settings.SIGN_UP_OPEN = True
    answer = signed_in_as(make_user("new@borgo.example")).post(
        "/new/", {"name": "!!!", "slug": "", "default_language": "it"}
    )
    assert answer.status_code == 422


def test_nobody_makes_a_space_where_that_is_closed(db, signed_in_as, settings):
    settings.SIGN_UP_OPEN = False
    assert signed_in_as(make_user("new@borgo.example")).get("/new/").status_code == 404


# --- Language ------------------------------------------------------------------------------------------------------


def test_chosen_language_stays_with_the_person(space, evaluator, signed_in_as, settings):
    browser = signed_in_as(evaluator)
    answer = browser.post("/language/", {"language": "it", "next": TOKENS})
    assert answer.headers["Location"] == TOKENS
    assert User.objects.get(pk=evaluator.pk).language == "it"
    assert answer.cookies[settings.LANGUAGE_COOKIE_NAME]["httponly"]
    assert browser.get(TOKENS).headers["Content-Language"] == "it"


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_language_switch_leads_nowhere_else(db, client, target):
    assert client.post("/language/", {"language": "it", "next": target}).headers["Location"] == "/"


def test_language_that_is_not_spoken_changes_nothing(db, client, settings):
    answer = client.post("/language/", {"language": "../../x", "next": "/"})
    assert settings.LANGUAGE_COOKIE_NAME not in answer.cookies


def test_profile_keeps_name_and_language(space, evaluator, signed_in_as):
    browser = signed_in_as(evaluator)
    assert browser.post("/accounts/", {"name": "Marta C.", "language": "it"}).status_code == 302
    user = User.objects.get(pk=evaluator.pk)
    assert (user.name, user.language) == ("Marta C.", "it")
    assert browser.post("/accounts/", {"name": "", "language": "xx"}).status_code == 422


# --- Demo mails ----------------------------------------------------------------------------------------------------


@pytest.fixture
def kept_mail(settings):
    settings.MAIL_DIR.mkdir()
    body = {"at": "2026-05-04T10:00:00+00:00", "to": ["a@x.example"], "subject": "Hello", "html": "", "from": "t"}
    text = 'See https://x.example/l/borgo/task/T0ken_-x/ and <b onclick="x">'
    mail_id = "01890000-0000-7000-8000-000000000000"
    (settings.MAIL_DIR / f"{mail_id}.json").write_text(json.dumps({**body, "text": text}))
    return f"/demo/mail/{mail_id}/"


def test_demo_mail_is_read_with_working_links_and_no_markup(db, client, settings, kept_mail):
    settings.DEMO = True
    assert b"Hello" in client.get("/demo/mail/").content
    page = client.get(kept_mail).content.decode()
    assert '<a href="https://x.example/l/borgo/task/T0ken_-x/">' in page
    assert "<b onclick" not in page


def test_mails_are_nobodys_business_outside_the_demo(db, client, settings, kept_mail):
    settings.DEMO = False
    assert client.get("/demo/mail/").status_code == 404
    assert client.get(kept_mail).status_code == 404


def test_folder_backend_keeps_what_the_page_reads(settings, tmp_path):
    from django.core.mail import EmailMultiAlternatives

    from core.mail import FolderBackend, kept_mails

    backend = FolderBackend(alias="default", folder=str(tmp_path / "m"))
    message = EmailMultiAlternatives("Città", "Testo", "a@x.example", ["b@x.example"], headers={"X-A": "1"})
    message.attach_alternative("<p>Testo</p>", "text/html")
    assert backend.send_messages([message]) == 1
    (kept,) = kept_mails(tmp_path / "m")
    assert (kept["subject"], kept["html"], kept["headers"]) == ("Città", "<p>Testo</p>", {"X-A": "1"})
    assert kept["at"] > timezone.now() - timedelta(minutes=1)


# --- Health --------------------------------------------------------------------------------------------------------


def test_health_says_alive_and_ready(db, client):
    assert client.get("/healthz").content == b"ok\n"
    ready = client.get("/readyz")
    assert ready.status_code == 200
    assert ready.json()["database"]
