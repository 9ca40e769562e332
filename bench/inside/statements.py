"""How many SQL statements a page costs, as the app role: ``python -m bench.inside.statements BIG SOME FEW``."""

import re
import sys
from typing import Any

from bench.inside import start, tell
from bench.inside.pages import pages_of

# What the frame of every request costs is the same everywhere and not counted.
NOT_COUNTED = re.compile(r"^\s*(BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE|SELECT set_config)", re.IGNORECASE)
CSRF = "a" * 32


def counted(path: str | None, session: str = "", data: dict[str, str] | None = None) -> tuple[int, list[str]] | None:
    """The statements of the second request to a page, when all that is loaded once is loaded; -1 for a failed one."""
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    if path is None:
        return None
    client = Client(raise_request_exception=False, HTTP_HOST="localhost")
    if session:
        client.cookies[settings.SESSION_COOKIE_NAME] = session
    client.cookies[settings.CSRF_COOKIE_NAME] = CSRF
    statements: list[str] = []
    for turn in range(2):
        with CaptureQueriesContext(connection) as captured:
            answer = client.post(path, {**data, "note": f"word {turn}"}) if data else client.get(path)
        if answer.status_code >= 400:
            return -1, [f"{path} answered {answer.status_code}"]
        statements = [query["sql"] for query in captured.captured_queries if not NOT_COUNTED.match(query["sql"])]
    return len(statements), statements


def main(big: str, some: str, few: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, slug in (("big", big), ("some", some), ("few", few)):
        pages = pages_of(slug)
        update = {"csrfmiddlewaretoken": CSRF, "state": "in_progress", "progress_percent": "50"}
        asked = {
            "list": counted(pages["list"], pages["coordinator"]),
            "start": counted(pages["start"], pages["coordinator"]),
            "record": counted(pages["record"], pages["coordinator"]),
            "tasks": counted(pages["tasks"], pages["coordinator"]),
            "task": counted(pages["task"], pages["coordinator"]),
            "form": counted(pages["form"]),
        }
        if name == "big":
            asked["update"] = counted(pages["update"], pages["partner"], update)
        found[name] = {page: answer and answer[0] for page, answer in asked.items()}
        found[f"{name}_sql"] = {page: answer and [text[:160] for text in answer[1]] for page, answer in asked.items()}
    return found


if __name__ == "__main__":
    start()
    tell(main(*sys.argv[1:4]))
