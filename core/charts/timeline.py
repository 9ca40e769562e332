"""Work and milestones along a calendar, with today marked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString

from core.charts.shapes import COMPACT, SMALL, WIDE, Pen, shorten, text_width
from core.rules.brand import DEFAULT_BRAND


@dataclass(frozen=True, slots=True)
class Span:
    """Work from its first to its last day; `done` is 0 to 1, `note` the words for it ("62 %")."""

    label: str
    starts_on: date
    ends_on: date
    done: float = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class Milestone:
    """A day on which something can be checked."""

    label: str
    on: date
    is_reached: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class TimelineChart:
    """Rows from top to bottom; `month` puts the first day of a month into words."""

    title: str
    starts_on: date
    ends_on: date
    rows: Sequence[Span | Milestone]
    month: Callable[[date], str]
    today: date | None = None
    today_label: str = ""


def timeline(chart: TimelineChart, *, compact: bool = False, brand: str = DEFAULT_BRAND) -> SafeString:
    """The drawing; notes stand in a column of their own, so that nothing crosses them."""
    return _Timeline(chart, compact=compact, brand=brand).draw()


class _Timeline:
    def __init__(self, chart: TimelineChart, *, compact: bool, brand: str) -> None:
        self.chart = chart
        self.compact = compact
        self.pen = Pen(COMPACT if compact else WIDE, brand)
        self.notes = max((text_width(row.note, SMALL) for row in chart.rows if row.note), default=0)
        names = max((text_width(row.label) for row in chart.rows), default=0)
        self.left = 0.0 if compact else min(names + 14, self.pen.width * 0.34)
        self.right = self.pen.width - (0 if compact or not self.notes else self.notes + 14)
        self.row = 42.0 if compact else 30.0
        self.days = max((chart.ends_on - chart.starts_on).days, 1)

    def draw(self) -> SafeString:
        bottom = 50 + self.row * len(self.chart.rows)
        self._months(bottom)
        self._today(bottom)
        for number, row in enumerate(self.chart.rows):
            self._row(row, 50 + self.row * number)
        return self.pen.svg(bottom + 2, self.chart.title)

    def _x(self, day: date) -> float:
        gone = min(max((day - self.chart.starts_on).days, 0), self.days)
        return self.left + gone / self.days * (self.right - self.left)

    def _months(self, bottom: float) -> None:
        months = _first_days(self.chart.starts_on, self.chart.ends_on)
        widest = max((text_width(self.chart.month(day), SMALL) for day in months), default=0) + 8
        room = (self.right - self.left) / max(self.days / 30.44, 1)
        every = next((step for step in (1, 2, 3, 6, 12, 24, 60) if room * step >= widest), 120)
        for day in months:
            if (day.year * 12 + day.month - 1) % every:
                continue
            x = self._x(day)
            self.pen.line(x, 20, x, bottom, "grid")
            words = self.chart.month(day)
            if x + text_width(words, SMALL) <= self.pen.width:
                self.pen.text(x + 3, 14, words, size=SMALL, tone="muted")

    def _today(self, bottom: float) -> None:
        today = self.chart.today
        if today is None or not self.chart.starts_on <= today <= self.chart.ends_on:
            return
        x = self._x(today)
        width = text_width(self.chart.today_label, SMALL) + 14
        left = min(max(x - width / 2, self.left), self.pen.width - width)
        self.pen.line(x, 40, x, bottom, "mark-line", width=1.5)
        self.pen.rect(left, 23, width, 18, "mark", radius=9)
        self.pen.text(left + width / 2, 36, self.chart.today_label, size=SMALL, anchor="middle", tone="card", bold=True)

    def _row(self, row: Span | Milestone, top: float) -> None:
        middle = top + (30 if self.compact else self.row / 2)
        name = shorten(row.label, self.pen.width - self.notes - 14 if self.compact else self.left - 14)
        if self.compact:
            # Names stand across the today line here, so they bring their own ground.
            self.pen.rect(0, top, text_width(name) + 4, 17, "card")
            self.pen.text(0, top + 13, name)
            if row.note:
                self.pen.rect(
                    self.pen.width - text_width(row.note, SMALL) - 4, top, text_width(row.note, SMALL) + 4, 17, "card"
                )
            self.pen.text(self.pen.width, top + 13, row.note, size=SMALL, anchor="end", tone="muted")
        else:
            self.pen.text(self.left - 14, middle + 4, name, anchor="end")
            self.pen.text(self.pen.width, middle + 4, row.note, size=SMALL, anchor="end", tone="muted")
        if isinstance(row, Milestone):
            x = min(max(self._x(row.on), self.left + 8), self.right - 8)
            self.pen.mark(x, middle, 7, "now" if row.is_reached else "mile", "diamond")
            return
        start, end = self._x(row.starts_on), self._x(row.ends_on)
        length = max(end - start, 4)
        self.pen.plan(start, middle - 7, length, 14, radius=4)
        self.pen.rect(start, middle - 7, length * min(max(row.done, 0), 1), 14, "now", radius=4)


def _first_days(start: date, end: date) -> list[date]:
    days = []
    number = start.year * 12 + start.month - (1 if start.day == 1 else 0)
    while (day := date(number // 12, number % 12 + 1, 1)) <= end:
        days.append(day)
        number += 1
    return days
