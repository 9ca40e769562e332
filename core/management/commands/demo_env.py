"""``manage.py demo_env``: how to reach the demo that runs now."""

import json
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

NAMES = ("DATABASE_URL", "OWNER_DATABASE_URL", "APP_ROLE", "REDIS_URL", "BASE_URL", "MAIL_DIR")


class Command(BaseCommand):
    """Prints the addresses of the running demo, one ``NAME=value`` a line or as JSON."""

    help = "Print the addresses of the running demo (its folder is DATA_DIR)."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="as one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            facts = json.loads(settings.RUNNING_DEMO_FILE.read_text())
        except FileNotFoundError:
            raise CommandError(f"No demo runs on {settings.DATA_DIR}. Start one with: make demo") from None
        chosen = {name: facts.get(name, settings.APP_ROLE) for name in NAMES}
        if options["json"]:
            self.stdout.write(json.dumps(chosen, indent=2))
            return
        for name, value in chosen.items():
            self.stdout.write(f"{name}={value}")
