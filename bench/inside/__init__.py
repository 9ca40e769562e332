"""What is measured inside the product's own process: each module prints one JSON object as its last line."""

import json
import os
import sys
import time
from typing import Any, Self

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")


def start() -> None:
    """Load the product as ``manage.py`` would, connected as the app role; its log is not what is measured."""
    import logging

    import django

    django.setup()
    logging.disable(logging.ERROR)


def tell(found: dict[str, Any]) -> None:
    """Hand the result to the bench."""
    sys.stdout.flush()
    print(json.dumps(found), flush=True)


class Clock:
    """Seconds of wall time added up over several stretches."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __enter__(self) -> Self:
        self._from = time.perf_counter()
        return self

    def __exit__(self, *exc: object) -> None:
        self.seconds += time.perf_counter() - self._from
