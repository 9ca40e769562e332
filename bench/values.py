"""The figures of many values: V1, a coordinator's pages with 360,000 of them beside the same pages with few."""

import http.client
from collections.abc import Callable, Iterator
from typing import Any

from bench.client import Side, compare
from bench.figures import Result
from bench.ground import VALUES, Ground, Server
from bench.web import COOKIE, inside, shown

MANY, FEW = "values-1", "few-1"


class Values:
    """One server before a database of two tenants: one with many values of many indicators, one with few."""

    def __init__(self, ground: Ground, wanted: Callable[[str], bool]) -> None:
        self.ground, self.wanted = ground, wanted

    def figures(self) -> Iterator[Result]:
        """Each page as a line of its own."""
        self.ground.prepare_values()
        with self.ground.server("values", VALUES) as server:
            many, few = (inside(self.ground, VALUES, "values", slug) for slug in (MANY, FEW))
            yield from (self.page(server, name, many, few) for name in many["pages"])

    def page(self, server: Server, name: str, many: dict[str, Any], few: dict[str, Any]) -> Result:
        """One page in both tenants; one that fails is a failed figure."""

        def side(of: dict[str, Any]) -> Side:
            return Side(server.port, of["pages"][name], server.watched, {"Cookie": f"{COOKIE}={of['reader']}"})

        try:
            return shown("V1", name, compare(side(many), side(few), requests=self.ground.sizes.measured_requests))
        except (OSError, RuntimeError, http.client.HTTPException) as error:
            return Result("V1", note=f"{name}: {str(error)[:120]}", problem="FAILED")
