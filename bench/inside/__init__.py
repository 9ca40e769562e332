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
    """Seconds of wall time and of processor time, added up over several stretches.

    Processor time is this process's, that of the children it waited for, and that of its database backend: on a busy
    machine it says what the work costs, where wall time says who else was there.
    """

    def __init__(self) -> None:
        self.seconds = self.cpu = 0.0

    def __enter__(self) -> Self:
        self._from, self._cpu_from = time.perf_counter(), _cpu()
        return self

    def __exit__(self, *exc: object) -> None:
        self.seconds += time.perf_counter() - self._from
        self.cpu += _cpu() - self._cpu_from


def _cpu() -> float:
    from django.db import connection

    from bench.processor import cpu_of

    used = os.times()
    backend = 0.0 if connection.connection is None else cpu_of(connection.connection.info.backend_pid)
    return used.user + used.system + used.children_user + used.children_system + backend
