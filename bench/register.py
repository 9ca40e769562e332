"""The figures of a large register: S1, its pages beside those of a small one, and S2, how long a search takes."""

import http.client
import statistics
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote

from bench.client import Side, compare
from bench.figures import Result
from bench.ground import REGISTER, Ground, Server
from bench.web import COOKIE, inside, shown

BIG, SMALL = "register-1", "hundred-1"
TIMES_ASKED = 3
OF_PEOPLE = {"personal data"}


class Register:
    """One server before a database of two tenants: one with a large register, one with a hundred stakeholders."""

    def __init__(self, ground: Ground, wanted: Callable[[str], bool]) -> None:
        self.ground, self.wanted = ground, wanted

    def figures(self) -> Iterator[Result]:
        """Every wanted figure, as it comes."""
        self.ground.prepare_register()
        with self.ground.server("register", REGISTER) as server:
            big = inside(self.ground, REGISTER, "register", "pages", BIG)
            if self.wanted("S1"):
                small = inside(self.ground, REGISTER, "register", "pages", SMALL)
                yield from (self.page(server, name, big, small) for name in big["pages"])
            if self.wanted("S2"):
                yield self.searches(server, big)

    def page(self, server: Server, name: str, big: dict[str, Any], small: dict[str, Any]) -> Result:
        """One page in both tenants; one that fails is a failed figure."""

        def side(of: dict[str, Any]) -> Side:
            reader = of["of people"] if name in OF_PEOPLE else of["reader"]
            return Side(server.port, of["pages"][name], server.watched, {"Cookie": f"{COOKIE}={reader}"})

        try:
            return shown("S1", name, compare(side(big), side(small), requests=self.ground.sizes.register_requests))
        except (OSError, RuntimeError, http.client.HTTPException) as error:
            return Result("S1", note=f"{name}: {str(error)[:120]}", problem="FAILED")

    def searches(self, server: Server, big: dict[str, Any]) -> Result:
        """S2: the whole page of each search, the median of three times; whom a search must find is looked for."""
        count = self.ground.sizes.searches
        queries = inside(self.ground, REGISTER, "register", "queries", BIG, str(count))["queries"]
        times, cpus, missing = [], [], []
        headers = {"Cookie": f"{COOKIE}={big['reader']}"}
        for asked in queries:
            side = Side(server.port, f"{big['search']}?q={quote(asked['query'])}", server.watched, headers)
            try:
                answer = side.ask()
                side.run_block(TIMES_ASKED)
            finally:
                side.close()
            times.append(side.p50)
            cpus.append(side.cpu)
            if asked["finds"] and asked["finds"] not in answer.decode():
                missing.append(asked["query"])
        slowest = sorted(zip(times, (asked["query"] for asked in queries), strict=True))[-5:]
        more = {"slowest": slowest, "missing": missing}
        if missing:
            return Result("S2", note=f"{len(missing)} searches did not find theirs: {missing[0]}", problem="FAILED")
        p95 = _p95(times)
        note = f"{len(queries)} searches; processor time p50 {statistics.median(cpus):.0f}, p95 {_p95(cpus):.0f} ms"
        return Result("S2", f"p95 {p95:.0f} ms", f"p50 {statistics.median(times):.0f} ms", p95, note, more)


def _p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[-1]
