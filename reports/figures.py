"""All figures of a report as rows of a table, each with its day, its source and the record it comes from."""

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from funding.models import FundingSource
from reports.rules.reading import Facts, Reader

Row = list[str | None]
CENTS = 100


def figure_columns() -> list[str]:
    """The header; in the language at work."""
    return [
        _("Figure"),
        _("Goal"),
        _("Indicator"),
        _("From"),
        _("To"),
        _("Value"),
        _("Of"),
        _("Unit"),
        _("Verified"),
        _("Why missing"),
        _("Source"),
        _("Record"),
        _("Version of the indicator"),
    ]


def figure_rows(facts: Facts, reader: Reader) -> Iterator[Row]:
    """Promises, messages and money first, then goal by goal: baseline, targets, values, milestones.

    Numbers are written with a point, dates as ISO 8601, money in whole units of its currency. A value that is missing
    is empty, never zero.
    """
    yield from _together(facts)
    yield from _money(facts)
    for goal in facts["goals"]:
        if indicator := goal["indicator"]:
            yield from _of_indicator(goal, indicator, reader)
        yield from _milestones(goal, reader)


def promise_register() -> str:
    """Where the figures of promises come from, in words."""
    return _("register of promises")


def money_register() -> str:
    """Where the figures of money come from, in words."""
    return _("register of funding")


def money_figures() -> list[tuple[str, str, str]]:
    """The totals of money: in words, their name in the snapshot, and where they come from."""
    return [
        (_("Needed for the goals"), "need_cents", _("goals")),
        (_("Secured in cash"), "secured_cents", money_register()),
        (_("Expected in cash, not secured"), "expected_cents", money_register()),
        (_("Gifts in kind, valued, not part of the cash"), "in_kind_cents", money_register()),
    ]


def _row(figure: str, **cells: str | None) -> Row:
    names = (
        "goal",
        "indicator",
        "since",
        "until",
        "value",
        "of",
        "unit",
        "verified",
        "missing",
        "source",
        "record",
        "version",
    )
    return [figure, *(cells.get(name) for name in names)]


def _together(facts: Facts) -> Iterator[Row]:
    since, until = facts["period"]
    promises, voice = facts["promises"], facts["voice"]
    record = facts["partnership"]["id"]
    yield _row(
        _("Promises kept"),
        since=since,
        until=until,
        value=str(promises["kept"]),
        of=str(promises["due"]),
        source=promise_register(),
        record=record,
    )
    yield _row(
        _("Residents answered"),
        since=since,
        until=until,
        value=str(voice["answered"]),
        of=str(voice["received"]),
        source=_("messages of residents"),
        record=record,
    )


def _money(facts: Facts) -> Iterator[Row]:
    money, day, currency = facts["money"], facts["frozen_on"], facts["space"]["currency"]
    record = facts["partnership"]["id"]
    for figure, name, source in money_figures():
        yield _row(figure, until=day, value=_units(money[name]), unit=currency, source=source, record=record)
    for given in money["sources"]:
        kind = str(FundingSource.Kind(given["kind"]).label)
        source = f"{given['name']} ({kind})"
        yield _row(
            _("Who gave"),
            until=day,
            value=_units(given["cents"]),
            unit=given["currency"],
            source=source,
            record=given["id"],
        )


def _units(cents: int) -> str:
    return f"{Decimal(cents) / CENTS:.2f}"


def _of_indicator(goal: Facts, indicator: Facts, reader: Reader) -> Iterator[Row]:
    about = {
        "goal": str(goal["number"]),
        "indicator": indicator["code"],
        "unit": reader.said(indicator, "unit_label") or indicator["unit"],
    }
    yield _row(
        _("Baseline"),
        until=indicator["baseline_on"],
        value=indicator["baseline_numerator"] or indicator["baseline"],
        of=indicator["baseline_denominator"],
        source=reader.source(indicator),
        record=indicator["id"],
        **about,
    )
    for target in indicator["targets"]:
        figure = _("Target, replaced since") if target["replaced_on"] else _("Target")
        named = {"value": target["value"], "source": _("goals"), "record": target["id"]}
        yield _row(figure, until=target["due_on"], **named, **about)
    for row in indicator["measurements"]:
        yield _row(
            _("Value"),
            since=row["starts_on"],
            until=row["ends_on"],
            value=row["numerator"] or row["value"],
            of=row["denominator"],
            verified="1" if row["verified"] else "0",
            missing=row["missing_reason"],
            source=row["source"] or reader.source(indicator),
            record=row["id"],
            # What was frozen before versions were kept says none.
            version=str(row["version"]) if "version" in row else None,
            **about,
        )


def _milestones(goal: Facts, reader: Reader) -> Iterator[Row]:
    for milestone in goal["milestones"]:
        yield _row(
            _("Milestone reached on"),
            goal=str(goal["number"]),
            until=milestone["due_on"],
            value=milestone["reached_on"],
            source=reader.said(milestone, "title"),
            record=milestone["id"],
        )
