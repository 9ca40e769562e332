"""The figures of pages: W1 to W8, W12, B1 and B2."""

import gzip
import json
import re
import sys
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import count
from typing import Any
from urllib.parse import urlencode

from bench.client import Comparison, Side, compare
from bench.figures import Result
from bench.ground import FLOOR, FULL, SMALL, Ground, Server, set_walls
from bench.processor import memory_of_largest

SLUG = "scale-1"
CSRF = "a" * 32
COOKIE, CSRF_COOKIE = "telaio_session", "telaio_csrf"


class Web:
    """The three servers and what is asked of them."""

    def __init__(self, ground: Ground, wanted: Callable[[str], bool]) -> None:
        self.ground, self.wanted = ground, wanted
        self.requests = ground.sizes.requests
        self.words = count(1)

    def figures(self) -> Iterator[Result]:
        """Every wanted figure, as it comes."""
        with ExitStack() as stack:
            self.full = stack.enter_context(self.ground.server("full", FULL))
            self.floor = stack.enter_context(self.ground.server("floor", FLOOR, "bench.floor.wsgi:application"))
            self.pages = pages_of(self.ground, FULL)
            self.session = floor_session(self.ground)
            groups: list[tuple[tuple[str, ...], Callable[[], Iterator[Result]]]] = [
                (("W1", "W2", "W3", "W4", "W5"), self.beside_the_floor),
                (("W6", "W6p"), self.without_walls),
                (("W7",), lambda: self.beside_few_rows(stack)),
                (("W8",), self.searches),
                (("W12",), self.memory),
                (("B1", "B1r", "B2"), self.sizes),
            ]
            for codes, measure in groups:
                if any(map(self.wanted, codes)):
                    yield from measure()

    # --- Sides ----------------------------------------------------------------------------------------------------

    def our_page(
        self, name: str, *, server: Server | None = None, pages: dict[str, Any] | None = None, query: str = ""
    ) -> Side | None:
        """A page of the product for its usual reader, or None while it is not there."""
        server, pages = server or self.full, pages or self.pages
        if pages[name] is None:
            return None
        headers = {} if name in {"form", "public"} else {"Cookie": f"{COOKIE}={pages['coordinator']}"}
        return Side(server.port, pages[name] + query, server.watched, headers)

    def our_post(self) -> Side | None:
        """A partner's word about a task, another one each time."""
        if self.pages["update"] is None:
            return None
        cookie = f"{COOKIE}={self.pages['partner']}; {CSRF_COOKIE}={CSRF}"

        def body() -> str:
            word = f"Half of it is done, word {next(self.words)}."
            return urlencode(
                {"csrfmiddlewaretoken": CSRF, "state": "in_progress", "progress_percent": "50", "note": word}
            )

        return Side(
            self.full.port, self.pages["update"], self.full.watched, {"Cookie": cookie}, "POST", body, expected=302
        )

    def floor_page(self, path: str) -> Side:
        return Side(self.floor.port, path, self.floor.watched, {"Cookie": f"sessionid={self.session['session']}"})

    def floor_post(self) -> Side:
        cookie = f"sessionid={self.session['session']}; csrftoken={CSRF}"

        def body() -> str:
            return urlencode(
                {"csrfmiddlewaretoken": CSRF, "progress_percent": "50", "note": f"word {next(self.words)}"}
            )

        path = f"/s/1/entries/{self.session['entry']}/change/"
        return Side(self.floor.port, path, self.floor.watched, {"Cookie": cookie}, "POST", body, expected=302)

    # --- Figures --------------------------------------------------------------------------------------------------

    def beside_the_floor(self) -> Iterator[Result]:
        """W1 to W5."""
        entry = f"/s/1/entries/{self.session['entry']}/"
        asked = [
            ("W1", "stakeholders", lambda: self.our_page("list"), "/s/1/entries/"),
            ("W1", "tasks", lambda: self.our_page("tasks"), "/s/1/entries/"),
            ("W2", "start", lambda: self.our_page("start"), "/s/1/"),
            ("W3", "stakeholder", lambda: self.our_page("record"), entry),
            ("W3", "task", lambda: self.our_page("task"), entry),
            ("W3", "partnership", lambda: self.our_page("partnership"), entry),
            ("W4", "feedback form", lambda: self.our_page("form"), "/s/1/message/"),
            ("W4", "public page", lambda: self.our_page("public"), "/s/1/message/"),
        ]
        for code, name, ours, path in asked:
            if self.wanted(code):
                yield self.compared(code, name, ours, lambda path=path: self.floor_page(path))
        if self.wanted("W5"):
            yield self.compared("W5", "word about a task", self.our_post, self.floor_post)

    def compared(self, code: str, name: str, ours: Callable[[], Side | None], other: Callable[[], Side]) -> Result:
        """One figure from two sides; a page that fails is a failed figure, not a failed run."""
        side = ours()
        if side is None:
            return Result(code, note=name)
        try:
            return shown(code, name, compare(side, other(), requests=self.requests))
        except Exception as error:
            return Result(code, note=f"{name}: {str(error)[:120]}", problem="FAILED")

    def without_walls(self) -> Iterator[Result]:
        """W6: the same server and page, its policies switched off and on again between blocks."""
        try:
            for code, name, make in (
                ("W6", "stakeholders", lambda: self.our_page("list")),
                ("W6p", "word about a task", self.our_post),
            ):
                if not self.wanted(code):
                    continue

                def walled(on: bool, make: Callable[[], Side | None] = make) -> Side | None:
                    side = make()
                    if side is not None:
                        side.before_block = lambda: set_walls(self.ground, on=on)
                    return side

                yield self.compared(code, name, lambda walled=walled: walled(True), lambda walled=walled: walled(False))
        finally:
            set_walls(self.ground, on=True)

    def beside_few_rows(self, stack: ExitStack) -> Iterator[Result]:
        """W7: each page in the full database and in one that holds only this tenant; the worst page is judged."""
        small = stack.enter_context(self.ground.server("small", SMALL))
        pages = pages_of(self.ground, SMALL)
        found = []
        for name, query in (
            ("list", ""),
            ("list", "?sector=education"),
            ("search", "?q=aurora"),
            ("start", ""),
            ("record", ""),
            ("tasks", ""),
        ):
            result = self.compared(
                "W7",
                f"{name}{query}",
                lambda name=name, query=query: self.our_page(name, query=query),
                lambda name=name, query=query: self.our_page(name, server=small, pages=pages, query=query),
            )
            found.append(result)
        yield from (result for result in found if result.problem)
        measured = [result for result in found if result.ratio is not None]
        if measured:
            worst = max(measured, key=lambda result: result.ratio or 0)
            worst.more["pages"] = {result.note: result.ratio for result in found}
            worst.note = f"worst of {len(measured)}: {worst.note}"
            yield worst

    def searches(self) -> Iterator[Result]:
        """W8: the statements of a search, inside the wall and without one."""
        repeats = str(max(50, self.requests))
        found = inside(self.ground, FULL, "searching", SLUG, repeats)
        yield Result(
            "W8",
            f"{found['ours']:.2f} ms",
            f"{found['floor']:.2f} ms",
            found["ours"] / found["floor"],
            f"{found['rows']:.0f} rows a search",
        )

    def memory(self) -> Iterator[Result]:
        """W12, after all the pages above."""
        ours, floor = memory_of_largest(self.full.child.process.pid), memory_of_largest(self.floor.child.process.pid)
        yield Result("W12", f"{ours:.0f} MiB", f"{floor:.0f} MiB", ours / floor, "resident, after the pages above")

    def sizes(self) -> Iterator[Result]:
        """B1 for both pages nobody signs in for, and B2."""
        for path in ("/", self.pages["public"]):
            if path and (self.wanted("B1") or self.wanted("B1r")):
                whole, requests, parts = weight_of(self.full.port, path)
                name = "home" if path == "/" else "public page"
                yield Result("B1", f"{whole:.1f} kB", "", whole, f"{name}: {parts}")
                yield Result("B1r", str(requests), "", requests, name)
        if self.wanted("B2") and (side := self.our_page("list")) is not None:
            size = len(gzip.compress(side.ask(), 6)) / 1000
            side.close()
            yield Result("B2", f"{size:.1f} kB", "", size)


def shown(code: str, name: str, found: Comparison) -> Result:
    """A comparison as a line of the table."""
    return Result(
        code,
        f"{found.cpu:.2f} / {found.p50:.2f} ms",
        f"{found.other_cpu:.2f} / {found.other_p50:.2f} ms",
        found.worse,
        name,
        {"cpu_ratio": found.cpu_ratio, "p50_ratio": found.p50_ratio},
    )


def inside(ground: Ground, database: str, module: str, *arguments: str, **more: str) -> dict[str, Any]:
    """Run a module of ``bench.inside`` and return what it tells."""
    said = ground.run(database, [sys.executable, "-m", f"bench.inside.{module}", *arguments], **more)
    found: dict[str, Any] = json.loads(said.strip().splitlines()[-1])
    return found


def pages_of(ground: Ground, database: str) -> dict[str, Any]:
    return inside(ground, database, "pages", SLUG)


def floor_session(ground: Ground) -> dict[str, Any]:
    env = {"DJANGO_SETTINGS_MODULE": "bench.floor.settings", "DATABASE_URL": ground.address.url("telaio_owner", FLOOR)}
    said = ground.run(FLOOR, [sys.executable, "-m", "bench.floor.prepare", "0", "0"], **env)
    found: dict[str, Any] = json.loads(said.strip().splitlines()[-1])
    return found


def weight_of(port: int, path: str) -> tuple[float, int, str]:
    """What a first visit to a page costs: kB gz of HTML, style sheets and scripts, and the number of requests."""

    def fetched(address: str) -> bytes:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{address}", timeout=30) as answer:
            return bytes(answer.read())

    html = fetched(path)
    text = html.decode()
    links = [tag for tag in re.findall(r"<link\b[^>]*>", text) if re.search(r"rel=.?(?:stylesheet|modulepreload)", tag)]
    styles = re.findall(r'href="([^"]+)"', " ".join(links))
    scripts = re.findall(r'<script\b[^>]*\bsrc="([^"]+)"', text)
    sizes = {name: len(gzip.compress(fetched(name), 6)) / 1000 for name in dict.fromkeys([*styles, *scripts])}
    sizes = {"HTML": len(gzip.compress(html, 6)) / 1000, **sizes}
    parts = ", ".join(f"{name.rpartition('/')[2][:24]} {size:.1f}" for name, size in sizes.items())
    return sum(sizes.values()), len(sizes), parts
