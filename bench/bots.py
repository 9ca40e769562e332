"""Robots that fill in a public form from many networks, and a reader beside them (INP-06)."""

import http.client
import itertools
import random
import re
import statistics
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import urlencode

from bench.web import CSRF, CSRF_COOKIE

HIDDEN = re.compile(r'name="(stamp|ticket)" value="([^"]*)"')
# As long as the form wants a person to read it, and a little more.
READING_SECONDS = 3.2
# Enough for seventeen posts a second, each read for as long.
ROBOTS = 64
CALM_READINGS = 150


@dataclass
class Robots:
    """A crowd of robots before one form. Each post comes from another network and says something else."""

    port: int
    path: str
    posts: int
    seconds: float
    statuses: Counter[int] = field(default_factory=Counter)
    _numbers: "itertools.count[int]" = field(default_factory=itertools.count)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def run(self) -> None:
        """Post at an even rate until all posts are sent; some robots come back with the ticket they were given."""
        self._began = time.monotonic()
        threads = [threading.Thread(target=self._robot, daemon=True) for _number in range(ROBOTS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def _robot(self) -> None:
        chance = random.Random()
        while (number := self._next()) is not None:
            page = self._ask("GET", chance, None)[1]
            # Each post has its place in the time of the run.
            due = self._began + READING_SECONDS + number * self.seconds / self.posts
            time.sleep(max(READING_SECONDS, due - time.monotonic()))
            status, answer = self._ask("POST", chance, self._filled(page, number))
            with self._lock:
                self.statuses[status] += 1
            if status == http.client.UNPROCESSABLE_ENTITY and number % 10 == 0:
                self._ask("POST", chance, self._filled(answer, number))

    def _next(self) -> int | None:
        with self._lock:
            number = next(self._numbers)
        return number if number < self.posts else None

    def _filled(self, page: str, number: int) -> str:
        given = {
            "csrfmiddlewaretoken": CSRF,
            "category": "idea",
            "text": f"Cheap watches {number}, see {random.random()}",
            "is_old_enough": "on",
            "consent": "on",
        }
        return urlencode(given | dict(HIDDEN.findall(page)))

    def _ask(self, method: str, chance: random.Random, body: str | None) -> tuple[int, str]:
        network = f"{chance.randint(11, 99)}.{chance.randint(0, 255)}.{chance.randint(0, 255)}.7"
        headers = {"Host": f"localhost:{self.port}", "X-Forwarded-For": network, "Cookie": f"{CSRF_COOKIE}={CSRF}"}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        try:
            connection.request(method, self.path, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.read().decode(errors="replace")
        except (OSError, http.client.HTTPException):
            return 0, ""
        finally:
            connection.close()


class Reader:
    """Somebody who reads another page meanwhile, over and over."""

    def __init__(self, port: int, path: str) -> None:
        self.port, self.path = port, path
        self.milliseconds: list[float] = []
        self._over = threading.Event()

    def read(self, times: int) -> list[float]:
        """How long each of some readings took, in milliseconds."""
        return [self._once() for _turn in range(times)]

    def start(self) -> threading.Thread:
        """Read until ``stop``."""
        thread = threading.Thread(target=self._again, daemon=True)
        thread.start()
        return thread

    def stop(self) -> None:
        """Read no more."""
        self._over.set()

    def _again(self) -> None:
        while not self._over.is_set():
            self.milliseconds.append(self._once())
            time.sleep(0.2)

    def _once(self) -> float:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        started = time.perf_counter()
        connection.request("GET", self.path, headers={"Host": f"localhost:{self.port}"})
        connection.getresponse().read()
        connection.close()
        return 1000 * (time.perf_counter() - started)


def p95(milliseconds: list[float]) -> float:
    """The time below which nineteen of twenty stay."""
    return statistics.quantiles(milliseconds, n=20)[-1]
