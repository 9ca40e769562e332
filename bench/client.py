"""Asking pages one after another over a kept connection, the sides in turn so that a drifting machine hits both."""

import http.client
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from bench.processor import cpu_of

BLOCK = 20


class PageError(RuntimeError):
    """A page answered something else than it should."""


@dataclass
class Side:
    """One server and one page of it. ``watched`` names the processes whose time counts."""

    port: int
    path: str
    watched: Callable[[], list[int]]
    headers: Mapping[str, str] = field(default_factory=dict)
    method: str = "GET"
    body: Callable[[], str] | None = None
    expected: int = 200
    before_block: Callable[[], None] | None = None
    latencies: list[float] = field(default_factory=list)
    cpus: list[float] = field(default_factory=list)
    _connection: http.client.HTTPConnection | None = None

    def ask(self) -> bytes:
        """One request; raises PageError for an unexpected status."""
        connection = self._connection or http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        self._connection = connection
        headers = {"Host": f"localhost:{self.port}", **self.headers}
        body = None
        if self.body is not None:
            body = self.body()
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(self.method, self.path, body=body, headers=headers)
            answer = connection.getresponse()
        except (http.client.HTTPException, ConnectionError):
            # A server may close an idle connection; a second refusal is an error.
            connection.close()
            connection.request(self.method, self.path, body=body, headers=headers)
            answer = connection.getresponse()
        content = answer.read()
        if answer.status != self.expected:
            raise PageError(f"{self.path} answered {answer.status} instead of {self.expected}")
        return content

    def run_block(self, count: int) -> None:
        """Some requests, timed one by one, and the processor time of all of them together."""
        if self.before_block is not None:
            self.before_block()
            self.ask()
        before = {pid: cpu_of(pid) for pid in self.watched()}
        for _turn in range(count):
            started = time.perf_counter()
            self.ask()
            self.latencies.append(1000 * (time.perf_counter() - started))
        used = sum(cpu_of(pid) - before.get(pid, 0.0) for pid in self.watched())
        self.cpus.append(1000 * used / count)

    @property
    def p50(self) -> float:
        return statistics.median(self.latencies)

    @property
    def cpu(self) -> float:
        return statistics.median(self.cpus)

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()


@dataclass(frozen=True)
class Comparison:
    """Two sides measured in turn; times in milliseconds."""

    cpu: float
    p50: float
    other_cpu: float
    other_p50: float
    cpu_ratio: float
    p50_ratio: float

    @property
    def worse(self) -> float:
        """Both must hold, so the worse of the two is judged."""
        return max(self.cpu_ratio, self.p50_ratio)


def compare(ours: Side, other: Side, *, requests: int, warm_up: int = 12) -> Comparison:
    """Measure two sides in turn, each for about ``requests`` requests."""
    sides: Sequence[Side] = (ours, other)
    try:
        for side in sides:
            for _turn in range(warm_up):
                side.ask()
        for block in range(max(3, -(-requests // BLOCK))):
            for side in sides if block % 2 else reversed(sides):
                side.run_block(BLOCK)
    finally:
        for side in sides:
            side.close()
    cpu_ratio = statistics.median(one / two for one, two in zip(ours.cpus, other.cpus, strict=True))
    return Comparison(ours.cpu, ours.p50, other.cpu, other.p50, cpu_ratio, ours.p50 / other.p50)
