"""Somebody makes signing in safer, loses the password, and gets in without one."""

import secrets
import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Page, expect

from tests.browser.checks import assert_good
from tests.browser.fixtures import BROWSER, PageAs
from tests.browser.running_demo import RunningDemo
from tests.browser.words import Words
from tests.journeys.steps import heading, open_link, press, unfold

pytestmark = BROWSER

PASSWORD, NEW_PASSWORD = "five herons on the weir", "six herons on the old weir"
MAKE_ACCOUNT = """
from allauth.account.models import EmailAddress
from core.models import User
user = User.objects.create_user({email!r}, {password!r}, name="Olga Ferri", language={language!r})
EmailAddress.objects.create(user=user, email={email!r}, verified=True, primary=True)
"""
SECONDS_PER_CODE = 30


@pytest.fixture
def email(demo: RunningDemo, language: str) -> str:
    """The address of an account of its own: nobody else's sign-in changes."""
    address = f"olga.{secrets.token_hex(3)}@accounts.example"
    demo.in_shell(MAKE_ACCOUNT.format(email=address, password=PASSWORD, language=language))
    return address


def give_password(page: Page, say: Words, email: str, password: str) -> None:
    page.goto("/accounts/login/")
    page.locator("input[type=email]").fill(email)
    page.locator("input[type=password]").fill(password)
    page.locator("main form").first.get_by_role("button", name=say("Sign in"), exact=True).click()


def prove_it_is_you(page: Page, language: str) -> None:
    """What is asked once more before anything about signing in changes."""
    page.wait_for_url("**/reauthenticate/**")
    assert_good(page, language)
    page.locator("input[type=password]").fill(PASSWORD)
    page.locator("main form button[type=submit]").first.click()


def code_for(secret: str) -> str:
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // SECONDS_PER_CODE)))


def test_second_factor_is_set_up_asked_for_and_replaced_by_a_paper_code(
    page_as: PageAs, language: str, say: Words, email: str
) -> None:
    page = page_as(None, language, width=390)
    give_password(page, say, email, PASSWORD)
    heading(page, say("You are not in a space yet"))
    page.goto("/accounts/2fa/")
    assert_good(page, language)
    open_link(page, say("Set it up"))
    prove_it_is_you(page, language)
    page.wait_for_url("**/totp/activate/")
    assert_good(page, language)
    unfold(page, say("No camera? Type the secret"))
    secret = page.locator(".code").inner_text()
    page.locator("main form input[type=text]").last.fill(code_for(secret))
    press(page, say("Switch it on"))
    expect(page.locator(".codes li").first).to_be_visible()
    assert_good(page, language)
    paper = page.locator(".codes li").first.inner_text()
    page.goto("/accounts/2fa/recovery-codes/generate/")
    assert_good(page, language)
    page.goto("/accounts/2fa/totp/deactivate/")
    assert_good(page, language)

    elsewhere = page_as(None, language)
    give_password(elsewhere, say, email, PASSWORD)
    heading(elsewhere, say("Second step"))
    assert_good(elsewhere, language)
    elsewhere.locator("main form input[type=text]").first.fill(paper)
    press(elsewhere, say("Sign in"))
    heading(elsewhere, say("You are not in a space yet"))


def test_passkey_opens_the_account_without_a_password(page_as: PageAs, language: str, say: Words, email: str) -> None:
    page = page_as(None, language)
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    key = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options = {**key, "isUserVerified": True, "automaticPresenceSimulation": True}
    device.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    give_password(page, say, email, PASSWORD)
    heading(page, say("You are not in a space yet"))
    page.goto("/accounts/2fa/webauthn/add/")
    prove_it_is_you(page, language)
    page.wait_for_url("**/webauthn/add/")
    assert_good(page, language)
    page.locator("main form input[type=text]").first.fill("Phone")
    press(page, say("Add the passkey"))
    page.wait_for_url("**/2fa/recovery-codes/**")
    page.goto("/accounts/2fa/webauthn/")
    assert_good(page, language)
    open_link(page, say("Rename"))
    page.wait_for_url("**/edit/")
    assert_good(page, language)
    page.goto("/accounts/2fa/webauthn/")
    open_link(page, say("Remove"))
    page.wait_for_url("**/remove/")
    assert_good(page, language)

    page.context.clear_cookies()
    page.goto("/accounts/login/")
    press(page, say("Use a passkey"))
    heading(page, say("You are not in a space yet"))


def test_forgotten_password_is_replaced_by_the_mailed_link(
    page_as: PageAs, demo: RunningDemo, language: str, say: Words, email: str
) -> None:
    page = page_as(None, language, width=390)
    page.goto("/accounts/password/reset/")
    page.locator("input[type=email]").fill(email)
    page.locator("main form button[type=submit]").first.click()
    page.goto(demo.mailed_link(to=email, containing="", path="/password/reset/key/"))
    assert_good(page, language)
    for box in page.locator("input[type=password]").all():
        box.fill(NEW_PASSWORD)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/key/done/")
    assert_good(page, language)
    give_password(page, say, email, NEW_PASSWORD)
    heading(page, say("You are not in a space yet"))


def test_mailed_code_opens_the_account(
    page_as: PageAs, demo: RunningDemo, language: str, say: Words, email: str
) -> None:
    page = page_as(None, language, width=390)
    page.goto("/accounts/login/")
    page.get_by_role("link", name=say("Send me a code by e-mail")).click()
    page.locator("input[type=email]").fill(email)
    page.locator("main form button[type=submit]").first.click()
    heading(page, say("Enter the code"))
    assert_good(page, language)
    page.locator("main form input[type=text]").first.fill(demo.mailed_code(to=email))
    press(page, say("Go on"))
    heading(page, say("You are not in a space yet"))
