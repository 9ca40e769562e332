"""Mixed requests over two connections that are never closed (TEN-06): ``bench.inside.pool REQUESTS SLUG...``."""

import random
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from bench.inside import start, tell
from bench.inside.pages import pages_of

CONNECTIONS = 2


def main(requests: int, slugs: list[str]) -> dict[str, Any]:
    from django.conf import settings
    from django.db import connection
    from django.test import Client

    asked: list[tuple[str, str, bool]] = []
    for slug in slugs:
        pages = pages_of(slug)
        inner = ("list", "start", "record", "task", "search", "tasks")
        asked += [(pages[name], pages["coordinator"], False) for name in inner if pages[name]]
        asked += [(pages[name], "", False) for name in ("form", "public") if pages[name]]
        asked += [
            (f"/s/{slug}/no-such-page/", pages["coordinator"], False),
            (pages["list"], "", False),
            (f"{pages['list']}?page=nonsense", pages["coordinator"], False),
            (pages["update"], pages["partner"], True),
        ]

    def work(number: int) -> dict[str, Any]:
        chance = random.Random(number)
        left, statuses, backends = 0, {}, set()
        for _turn in range(requests // CONNECTIONS):
            path, session, posts = chance.choice(asked)
            client = Client(raise_request_exception=False, HTTP_HOST="localhost")
            if session:
                client.cookies[settings.SESSION_COOKIE_NAME] = session
            # Some posts carry no token and are refused, some words are not understood: errors must clear up, too.
            client.cookies[settings.CSRF_COOKIE_NAME] = "a" * 32
            body = {
                "csrfmiddlewaretoken": chance.choice(["", "a" * 32]),
                "state": chance.choice(["in_progress", "nonsense"]),
            }
            answer = client.post(path, body) if posts else client.get(path)
            statuses[answer.status_code] = statuses.get(answer.status_code, 0) + 1
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_backend_pid(), current_setting('app.tenant_id', true)")
                backend, value = cursor.fetchone()
            backends.add(backend)
            left += bool(value)
        connection.close()
        return {"left": left, "statuses": statuses, "backends": len(backends)}

    with ThreadPoolExecutor(CONNECTIONS) as pool:
        found = list(pool.map(work, range(CONNECTIONS)))
    statuses: dict[str, int] = {}
    for one in found:
        for status, number in one["statuses"].items():
            statuses[str(status)] = statuses.get(str(status), 0) + number
    return {
        "left": sum(one["left"] for one in found),
        "statuses": statuses,
        "backends": sum(one["backends"] for one in found),
    }


if __name__ == "__main__":
    start()
    tell(main(int(sys.argv[1]), sys.argv[2:]))
