"""The chapters of a report as the templates need them: words, formatted numbers and charts."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.charts import LineChart, line
from engagement.models import Theme
from funding.models import FundingSource
from goals.models import Goal
from reports.rules.reading import Facts, Reader, current_value, original_target, progress_share


@dataclass(frozen=True)
class Headline:
    """A figure of the first page, with its whole and its note."""

    name: str
    value: str
    of: str
    note: str


@dataclass(frozen=True)
class GoalChapter:
    """One goal: sentence, status, chart with its numbers, milestones."""

    number: int
    title: str
    sentence: str
    state: str
    finding: str
    provisional: bool
    chart: SafeString | None
    columns: list[str]
    rows: list[list[str]]
    milestones: list[list[str]]
    indicator: str
    source: str


def chapters(facts: Facts, reader: Reader, *, brand: str) -> dict[str, Any]:
    """Context of the report's templates; must be called with the report's language active."""
    return {
        "period": f"{reader.day(facts['period'][0])} – {reader.day(facts['period'][1])}",
        "frozen_on": reader.day(facts["frozen_on"]),
        "headlines": _headlines(facts, reader),
        "members": [[member["name"], member["role"], reader.day(member["joined_on"])] for member in facts["members"]],
        "agreement": _agreement(facts["agreement"], reader),
        "goals": [_goal(goal, reader, brand) for goal in facts["goals"]],
        "themes": [_theme(theme, reader) for theme in facts["voice"]["themes"]],
        "voice": _voice(facts["voice"]),
        "money": _money(facts, reader),
        "sources": _sources(facts, reader),
        "about": reader.said(facts["partnership"], "about"),
    }


def _headlines(facts: Facts, reader: Reader) -> list[Headline]:
    promises, voice, money = facts["promises"], facts["voice"], facts["money"]
    currency = facts["space"]["currency"]
    of = _("of %(total)s")
    found = [
        Headline(_("Promises kept"), str(promises["kept"]), of % {"total": promises["due"]}, _("by the first agreed date")),
        Headline(_("Residents answered"), str(voice["answered"]), of % {"total": voice["received"]}, _("messages in the period")),
        Headline(
            _("Money secured"),
            reader.money(money["secured_cents"], currency),
            of % {"total": reader.money(money["need_cents"], currency)} if money["need_cents"] else "",
            _("without gifts in kind"),
        ),
    ]
    for goal in facts["goals"][:3]:
        indicator = goal["indicator"]
        if indicator and (current := current_value(indicator)) is not None:
            target = of % {"total": reader.number(goal["target"], indicator["unit"])} if goal["target"] else ""
            name = reader.said(indicator, "name")
            found.append(Headline(name, reader.number(str(current), indicator["unit"]), target, _measured_note(indicator, reader)))
    return found


def _measured_note(indicator: Facts, reader: Reader) -> str:
    last = [row for row in indicator["measurements"] if row["value"] is not None][-1]
    note = reader.day(last["ends_on"])
    return note if last["verified"] else f"{note} · {_('provisional')}"


def _agreement(agreement: Facts | None, reader: Reader) -> str:
    if agreement is None:
        return _("No agreement is in force.")
    signed = ", ".join(agreement["signed_by"])
    return _("“%(title)s”, version %(number)s, in force since %(day)s, accepted by %(names)s.") % {
        "title": agreement["title"],
        "number": agreement["number"],
        "day": reader.day(agreement["valid_from"]),
        "names": signed,
    }


def _goal(goal: Facts, reader: Reader, brand: str) -> GoalChapter:
    indicator = goal["indicator"]
    measured = indicator["measurements"] if indicator else []
    unit = indicator["unit"] if indicator else ""
    return GoalChapter(
        number=goal["number"],
        title=reader.said(goal, "title"),
        sentence=goal.get(f"sentence_{reader.language}", ""),
        state=str(Goal.State(goal["state"]).label),
        finding=_finding(goal, reader),
        provisional=any(not row["verified"] and row["value"] is not None for row in measured),
        chart=_chart(goal, reader, brand) if any(row["value"] is not None for row in measured) else None,
        columns=[_("Period to"), _("Value"), _("Count"), _("Checked")],
        rows=[_value_row(row, reader, unit) for row in measured],
        milestones=[
            [reader.said(milestone, "title"), reader.day(milestone["due_on"]), reader.day(milestone["reached_on"]) or _("not yet")]
            for milestone in goal["milestones"]
        ],
        indicator=reader.said(indicator, "name") if indicator else "",
        source=indicator["source"] if indicator else "",
    )


def _value_row(row: Facts, reader: Reader, unit: str) -> list[str]:
    value = reader.number(row["value"], unit) if row["value"] is not None else row["missing_reason"]
    count = (
        _("%(part)s of %(whole)s") % {"part": reader.number(row["numerator"]), "whole": reader.number(row["denominator"])}
        if row["denominator"]
        else ""
    )
    return [reader.day(row["ends_on"]), value, count, _("verified") if row["verified"] else _("provisional")]


def _finding(goal: Facts, reader: Reader) -> str:
    indicator = goal["indicator"]
    if not indicator or (current := current_value(indicator)) is None:
        return _("Nothing was measured yet.")
    unit, target = indicator["unit"], goal["target"]
    said = {"name": reader.said(indicator, "name"), "value": reader.number(str(current), unit)}
    if target is None:
        return _("%(name)s: %(value)s.") % said
    said |= {"target": reader.number(target, unit), "day": reader.day(goal["ends_on"])}
    sentence = _("%(name)s: %(value)s; wanted are %(target)s by %(day)s.") % said
    share = progress_share(goal)
    if share is not None:
        sentence += " " + _("That is %(share)s %% of the way.") % {"share": reader.number(str(round(100 * share)))}
    count = sum(row["value"] is not None for row in indicator["measurements"])
    if count < 10:  # noqa: PLR2004 - domain 14.4: no verdict below ten points
        sentence += " " + ngettext(
            "%d measurement so far: too few to speak of a trend.", "%d measurements so far: too few to speak of a trend.", count
        ) % count
    return sentence


def _chart(goal: Facts, reader: Reader, brand: str) -> SafeString:
    indicator = goal["indicator"]
    rows = indicator["measurements"]
    values: list[float | None] = []
    total = Decimal(0)
    for row in rows:
        if row["value"] is None:
            values.append(None)
            continue
        total = total + Decimal(row["value"]) if indicator["is_cumulative"] else Decimal(row["value"])
        values.append(float(total))
    target = float(goal["target"]) if goal["target"] else None
    earlier = original_target(indicator)
    return line(
        LineChart(
            title=_finding(goal, reader),
            labels=[reader.month(row["ends_on"]) for row in rows],
            measured=values,
            measured_label=_("Result"),
            target=[target] * len(rows) if target is not None else (),
            target_label=_("Target"),
            original_target=[float(earlier)] * len(rows) if earlier else (),
            original_target_label=_("First target"),
            format=lambda value: reader.number(str(value), indicator["unit"]),
        ),
        brand=brand,
    )


def _theme(theme: Facts, reader: Reader) -> dict[str, str]:
    return {
        "heard": reader.said(theme, "heard"),
        "outcome": str(Theme.Outcome(theme["outcome"]).label),
        "answer": reader.said(theme, "answer"),
        "evidence": theme["evidence"],
    }


def _voice(voice: Facts) -> str:
    return _("%(received)s messages were received in the period, %(answered)s have an answer.") % voice


def _money(facts: Facts, reader: Reader) -> list[list[str]]:
    money, currency = facts["money"], facts["space"]["currency"]
    return [
        [_("Needed for the goals"), reader.money(money["need_cents"], currency)],
        [_("Secured in cash"), reader.money(money["secured_cents"], currency)],
        [_("Expected in cash, not secured"), reader.money(money["expected_cents"], currency)],
        [_("Gifts in kind, valued, not part of the cash"), reader.money(money["in_kind_cents"], currency)],
    ]


def _sources(facts: Facts, reader: Reader) -> list[list[str]]:
    return [
        [source["name"], str(FundingSource.Kind(source["kind"]).label), reader.money(source["cents"], source["currency"])]
        for source in facts["money"]["sources"]
    ]
