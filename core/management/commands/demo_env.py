"""``manage.py demo_env``: how to reach the demo that runs now."""

import json
import os
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

NAMES = ("DATABASE_URL", "OWNER_DATABASE_URL", "APP_ROLE", "REDIS_URL", "BASE_URL", "MAIL_DIR")
# What the file says besides: which process wrote it.
PROCESS = "PID"


class Command(BaseCommand):
    """Prints the addresses of the running demo, one ``NAME=value`` a line or as JSON."""

    help = "Print the addresses of the running demo (its folder is DATA_DIR)."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="as one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        facts = running_demo()
        if facts is None:
            raise CommandError(f"No demo runs on {settings.DATA_DIR}. Start one with: make demo")
        facts["APP_ROLE"] = settings.APP_ROLE
        if missing := [name for name in NAMES if name not in facts]:
            raise CommandError(f"The demo that runs does not tell its {', '.join(missing)}. Start it anew.")
        chosen = {name: facts[name] for name in NAMES}
        if options["json"]:
            self.stdout.write(json.dumps(chosen, indent=2))
            return
        for name, value in chosen.items():
            self.stdout.write(f"{name}={value}")


def running_demo() -> dict[str, str] | None:
    """What the demo of this data folder told of itself; None when none runs, also when one ended without a word."""
    try:
        facts: dict[str, str] = json.loads(settings.RUNNING_DEMO_FILE.read_text())
        os.kill(int(facts[PROCESS]), 0)
    except PermissionError:
        # Somebody else's process, and alive.
        return facts
    except (OSError, ValueError, KeyError):
        return None
    return facts
