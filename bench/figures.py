"""The figures of the budget: what each compares, its gate and its aim; and how a result is judged."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Figure:
    """One budget. ``at_least`` turns gate and aim round."""

    code: str
    what: str
    gate: float
    aim: float | None
    at_least: bool = False


FIGURES = {
    figure.code: figure
    for figure in [
        Figure("W1", "list of 50 / floor list", 1.4, 0.7),
        Figure("W2", "coordinator's start page / floor dashboard", 1.5, 1.2),
        Figure("W3", "one record / floor record", 2.0, 1.5),
        Figure("W4", "public form / floor form", 1.5, 1.25),
        Figure("W5", "POST with its audit row / floor POST", 2.0, 1.6),
        Figure("W6", "list, RLS / no RLS", 1.08, 1.05),
        Figure("W6p", "POST, RLS / no RLS", 1.35, 1.25),
        Figure("W7", "all rows / 10,000 rows, same tenant", 1.10, 1.03),
        Figure("W8", "text search, RLS / no RLS", 2.0, 1.3),
        Figure("S1", "100,000 stakeholders / 100, same page", 1.2, 1.05),
        Figure("S2", "search among 100,000: p95 in ms", 100, 50),
        Figure("V1", "360,000 values / few, same page", 1.2, 1.05),
        Figure("W11l", "SQL statements: list", 8, 5),
        Figure("W11d", "SQL statements: dashboard", 10, 7),
        Figure("W11r", "SQL statements: one record", 9, 6),
        Figure("W11f", "SQL statements: public form", 2, 0),
        Figure("W11p", "SQL statements: POST", 6, 4),
        Figure("W11n", "SQL statements: 45 rows - 10 rows", 0, 0),
        Figure("W12", "memory of a web worker / floor", 2.0, 1.5),
        Figure("W13", "import of wsgi / floor", 4.0, 2.5),
        Figure("B1", "first page, kB gz of HTML + CSS + JS", 30, 22),
        Figure("B1r", "first page, requests", 4, 4),
        Figure("B2", "list, kB gz of HTML", 6, 4),
        Figure("P1", "20-page report / bare WeasyPrint", 1.2, 1.1),
        Figure("P3", "two PDF workers / one", 1.8, 1.95, at_least=True),
        Figure("P4", "same report again / first time", 0.02, 0.01),
        Figure("J1", "reminder run / bare INSERT ... SELECT", 1.5, 1.2),
        Figure("J1n", "rows a second reminder run adds", 0, 0),
        Figure("J2", "rows per writing Celery task", 100, None, at_least=True),
        Figure("J3", "mails/s of 2 senders / 1 bare connection", 0.75, 0.95, at_least=True),
        Figure("I1", "CSV import / raw COPY + upsert", 3.0, 2.0),
        Figure("I2", "undoing an import / a worker's time", 0.5, 0.25),
        Figure("I1m", "peak memory of the import / a tenth of it", 1.25, 1.1),
    ]
}
NOT_THERE = "not there"
FAILED = "FAILED"
MISSED = "MISSED"


@dataclass
class Result:
    """A measured figure. ``ratio`` is what the gate judges; ``note`` says what else was seen."""

    code: str
    ours: str = ""
    floor: str = ""
    ratio: float | None = None
    note: str = ""
    more: dict[str, Any] = field(default_factory=dict)
    problem: str = ""

    @property
    def figure(self) -> Figure:
        return FIGURES[self.code]

    @property
    def verdict(self) -> str:
        if self.problem:
            return self.problem
        if self.ratio is None:
            return NOT_THERE
        sign = -1 if self.figure.at_least else 1
        # Judged as it is printed, so that "1.40" never misses "1.4".
        ratio = round(self.ratio, 3)
        if self.figure.aim is not None and sign * ratio <= sign * self.figure.aim:
            return "aim"
        return "gate" if sign * ratio <= sign * self.figure.gate else MISSED

    @property
    def is_bad(self) -> bool:
        return self.verdict in {MISSED, FAILED}

    def as_json(self) -> dict[str, Any]:
        figure = self.figure
        return {
            "figure": self.code,
            "what": figure.what,
            "ours": self.ours,
            "floor": self.floor,
            "ratio": self.ratio,
            "gate": figure.gate,
            "aim": figure.aim,
            "verdict": self.verdict,
            "note": self.note,
            **self.more,
        }


def table(results: list[Result]) -> str:
    """All results as one table of plain text."""
    header = ("", "what", "ours", "floor", "ratio", "gate", "aim", "verdict", "note")
    rows = [header]
    for result in results:
        figure, sign = result.figure, ">=" if result.figure.at_least else "<="
        ratio = "" if result.ratio is None else f"{result.ratio:.3g}" if result.ratio < 0.1 else f"{result.ratio:.2f}"
        aim = "" if figure.aim is None else f"{figure.aim:g}"
        rows.append(
            (
                result.code,
                figure.what,
                result.ours,
                result.floor,
                ratio,
                f"{sign} {figure.gate:g}",
                aim,
                result.verdict,
                result.note,
            )
        )
    widths = [max(len(row[column]) for row in rows) for column in range(len(header))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return "\n".join([lines[0], "-" * max(map(len, lines)), *lines[1:]])
