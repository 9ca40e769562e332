"""Who looks at the demo's pages, where each begins, and the pages each can reach from there."""

import json

from tests.browser.crawl import Crawl
from tests.browser.running_demo import RunningDemo
from tests.browser.windows import Windows
from tests.browser.words import SPACE

PUBLIC, ADMIN, COORDINATOR = "public", "tenant_admin", "coordinator"
# Administrators may do everything coordinators may; what is theirs alone lies below settings.
ONLY = {ADMIN: "/s/{tenant}/settings/"}
# They see some of what coordinators see, with other things to do on it.
AGAIN = ("evaluator", "partner_lead", "partner_member", "treasurer", "funder")
# What they can do hangs on no record's state, so one of each kind is enough to find their way.
READERS = ("evaluator", "treasurer", "funder")
PEOPLE = [(language, who) for language in ("it", "en") for who in (PUBLIC, COORDINATOR, ADMIN, *AGAIN)]
# Where the demo has a task nobody answered yet, the only kind that may be reworded.
ASKED_IN = {"borgo": "scuola-lavoro", "riverside": "first-job"}
# A partnership with activities and posts at every point of their life.
LIVELY_IN = {"borgo": "vicini-di-casa", "riverside": "good-neighbours"}
# Where partners are asked about a goal at present.
GOAL_ASKED_IN = {"borgo": "sapere-comune", "riverside": "open-questions"}
# What two records of the demo have in their names: their page leads to comparing them.
TWIN_IN = {"borgo": "polisportiva", "riverside": "eastmere college"}
PRINT_LINKS = "from tests.browser.extra_links import print_links; print_links({roles!r})"

Pages = dict[str, str]


def links_by_mail(demo: RunningDemo) -> dict[str, list[str]]:
    """Links in each space that need no account: those of the demo, and some its people would get later."""
    roles = {
        tenant: {role: demo.account(role, tenant)["email"] for role in (COORDINATOR, ADMIN)}
        for tenant in SPACE.values()
    }
    made = json.loads(demo.in_shell(PRINT_LINKS.format(roles=roles)))
    found = {}
    for tenant in SPACE.values():
        own = [one["start_url"] for one in demo.accounts if one["tenant"] == tenant and not one["password"]]
        invitation = demo.mailed_link(to=f"guest@{tenant}.example", containing="", path="/invitation/")
        found[tenant] = [*own, *made[tenant], invitation]
    return found


class Explorer:
    """Finds the pages of each person once."""

    def __init__(self, demo: RunningDemo, windows: Windows) -> None:
        self.demo, self.windows = demo, windows
        self.by_mail = links_by_mail(demo)
        self.found: dict[tuple[str, str], Pages] = {}

    def pages(self, language: str, who: str) -> Pages:
        """One address for each route the person reaches in the space that speaks the language."""
        key = (language, who)
        if key not in self.found:
            tenant = SPACE[language]
            state = None if who == PUBLIC else self.windows.state_of(self.demo.account(who, tenant))
            context = self.windows.browser.new_context(base_url=self.demo.base_url, storage_state=state)
            only = ONLY.get(who, "/").format(tenant=tenant)
            starts = self._public_starts(tenant) if who == PUBLIC else starts_of(who, tenant)
            per_route = 3 if who == COORDINATOR else 1 if who in READERS else 2
            self.found[key] = Crawl(self.demo.base_url, context.request, tenant, only, per_route).follow(starts)
            context.close()
        return self.found[key]

    def _public_starts(self, tenant: str) -> list[str]:
        account = ["login/", "signup/", "inactive/", "password/reset/", "password/reset/done/", "login/code/"]
        own = ["/", f"/p/{tenant}/", "/demo/mail/", "/demo/components/"]
        return [*own, *(f"/accounts/{path}" for path in account), *self.by_mail[tenant]]


def starts_of(who: str, tenant: str) -> list[str]:
    """The addresses somebody who signed in begins at."""
    if who == ADMIN:
        return [f"/s/{tenant}/settings/"]
    asked = f"/s/{tenant}/partnerships/{ASKED_IN[tenant]}/tasks/?state=proposed"
    register = f"/s/{tenant}/stakeholders/?q={TWIN_IN[tenant]}"
    lively = f"/s/{tenant}/partnerships/{LIVELY_IN[tenant]}"
    space = [
        asked,
        register,
        f"/s/{tenant}/partnerships/{GOAL_ASKED_IN[tenant]}/goals/1/",
        f"{lively}/activities/",
        f"{lively}/social/?state=published",
        f"/s/{tenant}/",
        f"/s/{tenant}/search/?q=a",
        f"/s/{tenant}/tasks/",
        f"/s/{tenant}/settings/tokens/",
    ]
    return [*space, "/", "/new/", "/accounts/", "/accounts/logout/"] if who == COORDINATOR else space
