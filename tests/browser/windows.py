"""Browser windows that write down whatever no page of ours may do."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, Request, Response, expect

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage"]
# How long a page may take, in milliseconds, while other tests use the same processors.
PATIENCE = 20_000
HEIGHTS = {390: 844, 320: 640}
LOCALES = {"en": "en-GB", "it": "it-IT"}
# Own schemes of the browser: nothing leaves the machine.
LOCAL_SCHEMES = {"data", "blob", "about", "chrome-error"}
TELL_CSP = "document.addEventListener('securitypolicyviolation', (e) => console.error(`CSP ${e.violatedDirective} ${e.blockedURI} ${e.sourceFile}:${e.lineNumber}`))"


def chromium_path() -> str:
    """Where this machine's Chromium is; fails where there is none."""
    path = next((found for name in NAMES if (found := shutil.which(name))), None)
    if path is None:
        pytest.fail(
            "The browser tests need Chromium: run bin/setup, or: apt-get install chromium-headless-shell", pytrace=False
        )
    return path


def open_chromium(playwright: Playwright) -> Browser:
    """The system's Chromium, without a window."""
    expect.set_options(timeout=PATIENCE)
    return playwright.chromium.launch(executable_path=chromium_path(), args=ARGUMENTS)


@dataclass
class Watch:
    """Console errors, CSP messages, missing static files and requests to other hosts of one window."""

    base_url: str
    faults: list[str] = field(default_factory=list)

    def follow(self, context: BrowserContext) -> None:
        """Listen to all pages of a window."""
        context.add_init_script(TELL_CSP)
        context.on("console", self._console)
        context.on("weberror", lambda error: self.faults.append(f"script error: {error.error}"))
        context.on("request", self._request)
        context.on("response", self._response)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type not in {"error", "warning"}:
            return
        # The browser says this of every answer >= 400; those of static files are looked at below.
        if message.text.startswith("Failed to load resource"):
            return
        self.faults.append(f"console {message.type}: {message.text} ({message.location.get('url', '')})")

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in LOCAL_SCHEMES and parts.netloc != urlsplit(self.base_url).netloc:
            self.faults.append(f"another host: {request.url}")

    def _response(self, response: Response) -> None:
        path = urlsplit(response.url).path
        is_asset = path.startswith("/static/") or response.request.resource_type in {
            "stylesheet",
            "script",
            "font",
            "image",
        }
        if is_asset and response.status >= 400:
            self.faults.append(f"{response.status} {path}")
        elif response.status >= 500:
            self.faults.append(f"{response.status} {response.url}")


@dataclass
class Windows:
    """Opens windows of one browser on one demo; each is checked for faults when it closes."""

    browser: Browser
    base_url: str
    signed_in: dict[str, Any] = field(default_factory=dict)

    @contextmanager
    def window(
        self,
        *,
        account: dict[str, str] | None = None,
        language: str = "en",
        width: int = 1280,
        theme: str = "light",
        script: bool = True,
        **options: Any,
    ) -> Iterator[Page]:
        """A page in a window of its own, signed in when an account is given; fails at its end when a fault was seen."""
        context = self.browser.new_context(
            base_url=self.base_url,
            viewport={"width": width, "height": HEIGHTS.get(width, 900)},
            color_scheme=theme,  # type: ignore[arg-type]
            locale=LOCALES[language],
            java_script_enabled=script,
            storage_state=self.state_of(account) if account else None,
            **options,
        )
        context.set_default_timeout(PATIENCE)
        watch = Watch(self.base_url)
        watch.follow(context)
        try:
            yield context.new_page()
        finally:
            context.close()
        assert not watch.faults, "\n".join(sorted(set(watch.faults)))

    def state_of(self, account: dict[str, str]) -> Any:
        """The cookies of somebody who signed in; they sign in once."""
        email = account["email"]
        if email not in self.signed_in:
            context = self.browser.new_context(base_url=self.base_url)
            page = context.new_page()
            sign_in(page, account)
            self.signed_in[email] = context.storage_state()
            context.close()
        return self.signed_in[email]


def sign_in(page: Page, account: dict[str, str]) -> None:
    """Type address and password and send them, in whatever language the page speaks."""
    page.goto(account["start_url"])
    page.locator("input[type=email]").fill(account["email"])
    page.locator("input[type=password]").fill(account["password"])
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url(lambda url: "/accounts/" not in url)
