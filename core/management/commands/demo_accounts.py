"""``manage.py demo_accounts``: who can sign in to the demo, and the links of those who need no account."""

import json
from argparse import ArgumentParser
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

NAMES = ("tenant", "role", "email", "password", "start_url")


class Command(BaseCommand):
    """Prints every role with its way in, as a table or as JSON.

    Without an e-mail address ``start_url`` is all it takes; the password of a resident is the code of their message,
    typed on the page it opens.
    """

    help = "Print the demo's accounts and links."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="as one JSON list")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            stored = json.loads(settings.DEMO_FILE.read_text())
        except FileNotFoundError:
            raise CommandError(f"There are no demo data in {settings.DATA_DIR}. Load them with: make demo") from None
        people = [{name: person.get(name, "") for name in NAMES} for person in stored]
        for person in people:
            person["start_url"] = here(person["start_url"])
        if options["json"]:
            self.stdout.write(json.dumps(people, indent=2, ensure_ascii=False))
            return
        for person in people:
            self.stdout.write("  ".join(str(person[name]) for name in NAMES))


def here(address: str) -> str:
    """An address under the one this demo has now: the data may have been loaded when it ran on another port."""
    parts = urlsplit(address)
    return urljoin(settings.BASE_URL, parts._replace(scheme="", netloc="").geturl())
