import re
import subprocess
import sys

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.core import mail
from django.core.cache import cache
from django.test import Client

from core.access.roles import Role
from core.models import CacheEntry, Grant, OutboxMail, User
from core.operations.invitation import invite_person, revoke_invitation
from core.operations.membership import grant_role, take_role
from core.queries.tenant import root_scope
from core.web.accounts import MFAAdapter
from tests.conftest import REPOSITORY
from tests.factories.core import PASSWORD, make_user

LOGIN = "/accounts/login/"
PERSON = "nora@borgo.example"
# Allauth looks at addresses of people only, and those stand in no tenant.


@pytest.fixture
def person(space):
    user = make_user(PERSON, "Nora Verdi", role=Role.EVALUATOR)
    EmailAddress.objects.create(user=user, email=PERSON, verified=True, primary=True)
    return user


def sign_in(client, password=PASSWORD, email=PERSON, **more):
    return client.post(LOGIN, {"login": email, "password": password}, **more)


def code_in(message):
    return re.search(r"\n\n([A-Z0-9-]{4,})\n\n", message.body)[1]


# --- Sessions (AUT-05, AUT-06) -----------------------------------------------------------------------------------


def test_signing_in_changes_the_session_key(person, client, settings):
    client.get(f"{LOGIN}?next=/s/borgo/settings/")
    session = client.session
    session["x"] = 1
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = before = session.session_key
    assert sign_in(client).status_code == 302
    after = client.cookies[settings.SESSION_COOKIE_NAME].value
    assert after != before
    fixated = Client()
    fixated.cookies[settings.SESSION_COOKIE_NAME] = before
    assert "_auth_user_id" not in fixated.session


def test_changing_the_password_changes_the_session_key_and_ends_other_sessions(person, client, settings):
    other = type(client)()
    sign_in(client)
    sign_in(other)
    before = client.session.session_key
    new = {"oldpassword": PASSWORD, "password1": "another plain sentence", "password2": "another plain sentence"}
    assert client.post("/accounts/password/change/", new).status_code == 302
    assert client.session.session_key != before
    assert client.get("/accounts/").status_code == 200
    assert other.get("/accounts/").status_code == 302


def key_of(client, settings):
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def test_changed_role_changes_the_session_key_once_and_the_old_key_opens_nothing(person, client, settings):
    sign_in(client)
    before = key_of(client, settings)
    grant_role(user=person, role=Role.COORDINATOR, scope=root_scope(), by=None)
    assert client.get("/s/borgo/settings/history/").status_code == 200
    after = key_of(client, settings)
    assert after != before
    assert client.get("/s/borgo/settings/history/").status_code == 200
    assert key_of(client, settings) == after
    thief = type(client)()
    thief.cookies[settings.SESSION_COOKIE_NAME] = before
    assert thief.get("/s/borgo/settings/history/").status_code == 302
    assert thief.get("/s/borgo/api/v1/me/").status_code == 401
    assert UserSession.objects.filter(user=person, session_key=after).exists()
    assert not UserSession.objects.filter(session_key=before).exists()


def test_role_that_is_taken_changes_the_session_key_of_a_caller_of_the_api(person, client, settings):
    grant_role(user=person, role=Role.COORDINATOR, scope=root_scope(), by=None)
    sign_in(client)
    before = key_of(client, settings)
    take_role(
        grant=Grant.objects.get(user=person, role=Role.COORDINATOR), by=User.objects.get(email="admin@borgo.example")
    )
    client.get("/s/borgo/api/v1/me/")
    assert key_of(client, settings) != before


def test_session_keeps_its_key_while_roles_stay(person, client, settings):
    grant_role(user=person, role=Role.COORDINATOR, scope=root_scope(), by=None)
    sign_in(client)
    before = key_of(client, settings)
    client.get("/s/borgo/settings/history/")
    assert key_of(client, settings) == before


def test_signed_out_session_is_refused_by_the_server_and_the_browser_forgets(person, client, settings):
    sign_in(client)
    kept = client.cookies[settings.SESSION_COOKIE_NAME].value
    assert client.get("/s/borgo/settings/tokens/").status_code == 200
    answer = client.post("/accounts/logout/")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    thief = type(client)()
    thief.cookies[settings.SESSION_COOKIE_NAME] = kept
    assert thief.get("/s/borgo/settings/tokens/").status_code == 302


def test_opening_the_sign_out_page_signs_nobody_out(person, client):
    sign_in(client)
    assert client.get("/accounts/logout/").status_code == 200
    assert client.get("/accounts/").status_code == 200


def test_closed_account_is_out_at_the_next_request(person, client):
    sign_in(client)
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert client.get("/s/borgo/settings/tokens/").status_code == 302


# --- The same answer for known and unknown addresses (AUT-09) -----------------------------------------------------


def masked(answer, *addresses):
    text = answer.content.decode()
    for address in addresses:
        text = text.replace(address, "")
    return re.sub(r'(csrfmiddlewaretoken" value=|nonce=)"[^"]+"', "", text)


FLOWS = [
    (LOGIN, lambda email: {"login": email, "password": "wrong wrong wrong"}),
    ("/accounts/login/code/", lambda email: {"email": email}),
    ("/accounts/password/reset/", lambda email: {"email": email}),
    (
        "/accounts/signup/",
        lambda email: {
            "name": "N",
            "email": email,
            "password1": "some long sentence",
            "password2": "some long sentence",
        },
    ),
]


@pytest.mark.parametrize(("path", "fields"), FLOWS, ids=[path for path, _fields in FLOWS])
def test_known_and_unknown_address_get_the_same_answer(person, settings, path, fields):
    settings.SIGN_UP_OPEN = True
    pages = []
    for email in (PERSON, "unknown@borgo.example"):
        answer = Client().post(path, fields(email), follow=True)
        pages.append((answer.status_code, answer.redirect_chain, masked(answer, email)))
    assert pages[0] == pages[1]


def test_wrong_code_is_refused_alike_for_a_known_and_an_unknown_address(person):
    pages = []
    for email in (PERSON, "unknown@borgo.example"):
        browser = Client()
        browser.post("/accounts/login/code/", {"email": email})
        answer = browser.post("/accounts/login/code/confirm/", {"code": "WRONG1"})
        pages.append((answer.status_code, masked(answer, email)))
    assert pages[0] == pages[1]


def test_unknown_address_gets_no_mail(person):
    Client().post("/accounts/password/reset/", {"email": "unknown@borgo.example"})
    Client().post("/accounts/login/code/", {"email": "unknown@borgo.example"})
    assert mail.outbox == []


# --- Ways in -----------------------------------------------------------------------------------------------------


def test_code_from_the_mail_signs_in(person, client):
    client.post("/accounts/login/code/", {"email": PERSON})
    (message,) = mail.outbox
    assert "Your code for signing in" in message.subject
    answer = client.post("/accounts/login/code/confirm/", {"code": code_in(message)})
    assert answer.status_code == 302
    assert client.get("/accounts/").status_code == 200


def test_password_is_chosen_anew_with_the_mailed_link(person, client):
    client.post("/accounts/password/reset/", {"email": PERSON})
    link = re.search(r"http://testserver(/\S+)", mail.outbox[0].body)[1]
    form = client.get(link, follow=True)
    address = form.redirect_chain[-1][0]
    assert "set-password" in address
    new = {"password1": "quite another sentence", "password2": "quite another sentence"}
    assert client.post(address, new, follow=True).status_code == 200
    assert sign_in(type(client)(), "quite another sentence").status_code == 302
    assert sign_in(type(client)()).status_code == 200
    # The link works once.
    assert b"works no more" in type(client)().get(link, follow=True).content
    # And the person is told.
    assert "reset" in mail.outbox[-1].subject


def test_sign_in_leads_nowhere_else(person, client):
    for target in ("https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"):
        browser = type(client)()
        answer = sign_in(browser, query_params={"next": target})
        assert answer.headers["Location"] == "/"


@pytest.mark.parametrize(
    "password",
    ["short", "password1234", "nora@borgo.example", "x" * 129],
    ids=["short", "common", "own address", "129 characters"],
)
def test_password_that_is_easy_or_endless_is_refused(person, client, settings, password):
    settings.SIGN_UP_OPEN = True
    fields = {"name": "Nora", "email": "nora@borgo.examples", "password1": password, "password2": password}
    client.post("/accounts/signup/", fields)
    assert not User.objects.filter(email="nora@borgo.examples").exists()


# --- Sign-up and invitations (AUT-12) ------------------------------------------------------------------------------


@pytest.fixture
def invited(space, admin):
    invitation = invite_person(
        email="new@borgo.example", name="", role=Role.EVALUATOR, scope=root_scope(), language="en", by=admin
    )
    text = OutboxMail.objects.get(kind="invitation").text
    return invitation, re.search(r"(/l/borgo/invitation/\S+)", text)[1]


NEW = {"name": "Nino Neri", "email": "new@borgo.example", "password1": PASSWORD, "password2": PASSWORD}


def test_sign_up_is_closed_where_the_operator_closed_it(space, client, settings):
    settings.SIGN_UP_OPEN = False
    assert b"by invitation" in client.get("/accounts/signup/").content
    client.post("/accounts/signup/", NEW)
    assert not User.objects.filter(email=NEW["email"]).exists()


def test_invited_person_signs_up_and_joins_without_another_code(invited, client, settings):
    settings.SIGN_UP_OPEN = False
    _invitation, link = invited
    page = client.get(link)
    assert b"/accounts/signup/?next=" in page.content
    assert b'value="new@borgo.example"' in client.get("/accounts/signup/").content
    answer = client.post("/accounts/signup/", NEW, query_params={"next": link})
    assert answer.headers["Location"] == link
    assert mail.outbox == []
    user = User.objects.get(email=NEW["email"])
    assert (user.name, user.language) == ("Nino Neri", "en")
    # Opening the link again is not joining.
    client.get(link)
    assert not Grant.objects.filter(user=user).exists()
    assert client.post(link).headers["Location"] == "/s/borgo/"
    assert Grant.objects.get(user=user).role == Role.EVALUATOR


def test_invitation_opens_sign_up_for_its_own_address_only(invited, client, settings):
    settings.SIGN_UP_OPEN = False
    client.get(invited[1])
    answer = client.post("/accounts/signup/", {**NEW, "email": "other@borgo.example"})
    assert b"address your invitation was sent to" in answer.content
    assert not User.objects.filter(email="other@borgo.example").exists()


def test_sign_up_closes_again_when_the_invitation_is_taken_back(invited, client, settings, admin):
    settings.SIGN_UP_OPEN = False
    invitation, link = invited
    client.get(link)
    revoke_invitation(invitation=invitation, by=admin)
    assert b"by invitation" in client.get("/accounts/signup/").content


def test_invitation_for_somebody_else_is_explained_and_refused(invited, person, client):
    _invitation, link = invited
    sign_in(client)
    assert b"for another address" in client.get(link).content
    assert client.post(link).status_code == 403
    assert Grant.objects.filter(user=person).count() == 1


def test_used_invitation_says_so(invited, client):
    _invitation, link = invited
    browser = type(client)()
    browser.force_login(make_user("new@borgo.example"), backend="core.web.backend.SignInBackend")
    browser.post(link)
    gone = client.get(link)
    assert gone.status_code == 410
    assert b"works no more" in gone.content


def test_invitation_of_one_space_is_unknown_in_the_next(invited, client, neighbour):
    assert client.get(invited[1].replace("/borgo/", "/riverside/")).status_code == 410


def test_stranger_sees_the_invitation_without_an_account(invited, client):
    page = client.get(invited[1])
    assert page.status_code == 200
    assert b"Join Borgo Insieme" in page.content


def test_open_sign_up_asks_for_the_code_in_the_mail(space, client, settings):
    settings.SIGN_UP_OPEN = True
    answer = client.post("/accounts/signup/", NEW)
    assert answer.headers["Location"] == "/accounts/confirm-email/"
    assert client.get("/accounts/").status_code == 302
    assert client.post("/accounts/confirm-email/", {"code": code_in(mail.outbox[0])}).status_code == 302
    assert client.get("/accounts/").status_code == 200


# --- Limits (AUT-10) -----------------------------------------------------------------------------------------------


def test_account_is_shut_for_a_while_after_five_wrong_passwords(person, client):
    for _time in range(5):
        assert sign_in(client, "wrong wrong wrong").status_code == 200
    assert b"Too many" in sign_in(client, PASSWORD).content


def test_changing_the_forwarded_address_helps_nobody(person, client):
    for number in range(5):
        sign_in(client, "wrong wrong wrong", headers={"X-Forwarded-For": f"203.0.113.{number}"})
    refused = sign_in(client, PASSWORD, headers={"X-Forwarded-For": "203.0.113.99"})
    assert refused.status_code == 200


def test_limits_stand_in_the_database_as_keyed_hashes(person, client):
    sign_in(client, "wrong wrong wrong")
    keys = list(CacheEntry.objects.values_list("cache_key", flat=True))
    assert keys
    for key in keys:
        assert re.fullmatch(r"[0-9a-f]{64}", key)


OTHER_PROCESS = """
import django
django.setup()
from django.core.cache import cache
print(cache.get("telaio-test-limit"))
"""


def test_limits_hold_in_another_process(committed_space, settings):
    """The cache is one table for all web processes, not one dictionary in each."""
    cache.set("telaio-test-limit", [1, 2, 3], 60)
    try:
        from tests.core.conftest import _address

        environment = {"DJANGO_SETTINGS_MODULE": "config.settings", "DATABASE_URL": _address(settings.DATABASE_URL)}
        command = [sys.executable, "-c", OTHER_PROCESS]
        found = subprocess.run(
            command, env=environment, capture_output=True, text=True, check=True, cwd=settings.BASE_DIR
        )
    finally:
        cache.delete("telaio-test-limit")
    assert found.stdout.strip() == "[1, 2, 3]"


# --- Second factors ------------------------------------------------------------------------------------------------


def test_secret_of_the_second_factor_is_unreadable_at_rest(settings):
    adapter = MFAAdapter()
    kept = adapter.encrypt("JBSWY3DPEHPK3PXP")
    assert "JBSWY3DPEHPK3PXP" not in kept
    assert adapter.decrypt(kept) == "JBSWY3DPEHPK3PXP"


def test_secret_survives_a_change_of_key_as_long_as_the_old_one_is_known(settings):
    kept = MFAAdapter().encrypt("secret")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "a new key" * 8
    assert MFAAdapter().decrypt(kept) == "secret"
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(ValueError, match="No key"):
        MFAAdapter().decrypt(kept)


def code_now(secret):
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def switch_app_on(client):
    """Set up codes from an app as a person does; the secret."""
    asked_again = client.get("/accounts/2fa/totp/activate/").headers["Location"]
    assert client.post(asked_again, {"password": PASSWORD}).status_code == 302
    page = client.get("/accounts/2fa/totp/activate/")
    secret = client.session["mfa.totp.secret"]
    text = page.content.decode()
    assert "<svg" in text
    assert "data:image" not in text
    assert "style=" not in text
    assert client.post("/accounts/2fa/totp/activate/", {"code": code_now(secret)}).status_code == 302
    # The code just used would be refused for half a minute.
    CacheEntry.objects.all().delete()
    return secret


@pytest.fixture
def with_app(person, client):
    """The person, signed in, with codes from an app; the secret."""
    sign_in(client)
    return switch_app_on(client)


def test_second_step_is_asked_and_the_code_works_once(with_app, client):
    browser = type(client)()
    assert sign_in(browser).headers["Location"] == "/accounts/2fa/authenticate/"
    assert browser.get("/accounts/").status_code == 302
    before = browser.session.session_key
    code = code_now(with_app)
    assert browser.post("/accounts/2fa/authenticate/", {"code": code}).status_code == 302
    assert browser.get("/accounts/").status_code == 200
    assert browser.session.session_key != before
    again = type(client)()
    sign_in(again)
    assert again.post("/accounts/2fa/authenticate/", {"code": code}).status_code == 200


def test_person_is_told_by_mail_that_the_second_step_is_on(committed_space, client, settings):
    """Outside a test's transaction, because the mail waits for the commit."""
    email = f"admin@{committed_space.slug}.example"
    user = User.objects.get(email=email)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    assert sign_in(client, email=email).status_code == 302
    switch_app_on(client)
    client.session.flush()
    assert "Codes from an app are on" in [message.subject for message in mail.outbox]


def test_recovery_code_works_once(with_app, client):
    from allauth.mfa.models import Authenticator

    codes = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    for expected in (302, 200):
        browser = type(client)()
        sign_in(browser)
        assert browser.post("/accounts/2fa/authenticate/", {"code": codes[0]}).status_code == expected


def test_new_password_by_mail_does_not_pass_the_second_step(with_app, client):
    browser = type(client)()
    browser.post("/accounts/password/reset/", {"email": PERSON})
    link = re.search(r"http://testserver(/\S+)", mail.outbox[-1].body)[1]
    address = browser.get(link, follow=True).redirect_chain[-1][0]
    browser.post(address, {"password1": "quite another sentence", "password2": "quite another sentence"})
    sign_in(browser, "quite another sentence")
    assert browser.get("/accounts/").status_code == 302


def test_wrong_codes_are_limited(with_app, client):
    browser = type(client)()
    sign_in(browser)
    for _time in range(5):
        browser.post("/accounts/2fa/authenticate/", {"code": "000000"})
    refused = browser.post("/accounts/2fa/authenticate/", {"code": code_now(with_app)})
    assert refused.status_code == 200


# --- Every page of ours --------------------------------------------------------------------------------------------

ACCOUNT_PAGES = [
    "/accounts/",
    "/accounts/email/",
    "/accounts/password/change/",
    "/accounts/2fa/",
    "/accounts/2fa/webauthn/",
    "/accounts/2fa/webauthn/add/",
    "/accounts/2fa/recovery-codes/",
    "/accounts/2fa/recovery-codes/generate/",
    "/accounts/2fa/totp/deactivate/",
    "/accounts/sessions/",
    "/accounts/logout/",
]


@pytest.mark.parametrize("path", ACCOUNT_PAGES)
def test_account_page_looks_like_the_product(with_app, client, path):
    page = client.get(path, follow=True)
    assert page.status_code == 200
    assert b"css/app.css" in page.content
    assert page.content.count(b"<h1") == 1


def test_scripts_of_passkeys_come_from_files(with_app, client):
    for path in ("/accounts/2fa/webauthn/add/", "/accounts/login/"):
        page = (client if "2fa" in path else type(client)()).get(path).content.decode()
        for attributes, text in re.findall(r"<script([^>]*)>(.*?)</script>", page, re.DOTALL):
            assert "src=" in attributes or 'type="application/json"' in attributes, text
        assert not re.search(r"\son[a-z]+=", page)


# --- Cookies and keys in production (AUT-07, OPS-03) ---------------------------------------------------------------

SHOW = """
from config import settings as s
for name in ("SESSION", "CSRF", "LANGUAGE"):
    print(getattr(s, f"{name}_COOKIE_NAME"), getattr(s, f"{name}_COOKIE_SECURE"), getattr(s, f"{name}_COOKIE_HTTPONLY", True),
          getattr(s, f"{name}_COOKIE_SAMESITE"))
"""


def settings_process(**environment):
    command = [sys.executable, "-c", SHOW]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, cwd=REPOSITORY)


def test_cookies_are_bound_to_the_host_and_https_in_production():
    ran = settings_process(TELAIO_MODE="production", BASE_URL="https://telaio.example", SECRET_KEY="k" * 50)
    assert ran.stdout.splitlines() == [
        "__Host-session True True Lax",
        "__Host-csrf True True Lax",
        "__Host-language True True Lax",
    ]


def test_demo_without_https_has_plain_cookie_names():
    ran = settings_process(TELAIO_MODE="demo")
    assert ran.stdout.splitlines()[0] == "telaio_session False True Lax"


@pytest.mark.parametrize(
    "environment",
    [
        {"BASE_URL": "https://telaio.example"},
        {"BASE_URL": "https://telaio.example", "SECRET_KEY": "short"},
        {"BASE_URL": "http://telaio.example", "SECRET_KEY": "k" * 50},
    ],
    ids=["no key", "short key", "no https"],
)
def test_production_refuses_to_start_without_what_keeps_it_safe(environment):
    ran = settings_process(TELAIO_MODE="production", **environment)
    assert ran.returncode != 0
    assert "ImproperlyConfigured" in ran.stderr


def test_key_may_come_from_a_file(tmp_path):
    (tmp_path / "key").write_text("k" * 60)
    ran = settings_process(
        TELAIO_MODE="production", BASE_URL="https://x.example", SECRET_KEY_FILE=str(tmp_path / "key")
    )
    assert ran.returncode == 0, ran.stderr
