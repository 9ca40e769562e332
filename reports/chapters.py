"""The chapters of a report as the templates need them: words, formatted numbers and charts."""

from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.charts import Event, LineChart, line
from engagement.models import Theme
from funding.models import FundingSource
from goals.rules.claim import Strength
from metrics.rules.progress import Standing
from metrics.rules.sampling import interval_in_table, interval_of, parts_of
from metrics.rules.total import NOT_ADDED, partners_words
from reports.figures import money_figures, money_register, promise_register
from reports.rules.reading import Facts, Reader, decimal, latest_point, original_target

# What a report tells of an indicator's sheet beside its definition and source.
NOTES = (
    ("deduplication", gettext_lazy("How nobody is counted twice")),
    ("limits", gettext_lazy("What it cannot say")),
)


@dataclass(frozen=True)
class Headline:
    """A figure of the first page, with its whole and its note."""

    name: str
    value: str
    of: str
    note: str


@dataclass(frozen=True)
class GroupTable:
    """The last period of an indicator by groups."""

    caption: str
    columns: list[str]
    rows: list[list[str]]


@dataclass(frozen=True)
class GoalChapter:
    """One goal: sentence, status, chart with its numbers, groups, milestones."""

    number: int
    title: str
    sentence: str
    # As it was first adopted and when; empty while it is still the same.
    first: str
    first_on: str
    standing: str
    reason: str
    finding: str
    provisional: bool
    chart: SafeString | None
    columns: list[str]
    rows: list[list[str]]
    groups: list[GroupTable]
    milestones: list[list[str]]
    indicator: str
    definition: str
    source: str
    notes: list[tuple[str, str]]
    sampled: list[str]
    happened: list[str]
    claims: list[tuple[str, str]]


def chapters(facts: Facts, reader: Reader, *, brand: str) -> dict[str, Any]:
    """Context of the report's templates; must be called with the report's language active."""
    return {
        "period": f"{reader.day(facts['period'][0])} - {reader.day(facts['period'][1])}",
        "frozen_on": reader.day(facts["frozen_on"]),
        "headlines": _headlines(facts, reader),
        "members": [[member["name"], member["role"], reader.day(member["joined_on"])] for member in facts["members"]],
        "agreement": _agreement(facts["agreement"], reader),
        "goals": [_goal(goal, reader, brand) for goal in facts["goals"]],
        "changes": _changes(facts, reader),
        "change_columns": [_("What changed"), _("Since"), _("Source"), _("Our part")],
        "themes": [_theme(theme, reader) for theme in facts["voice"]["themes"]],
        "voice": _voice(facts["voice"]),
        "money": _money(facts, reader),
        "sources": _sources(facts, reader),
        "member_columns": [_("Organisation"), _("Role"), _("Since")],
        "milestone_columns": [_("Milestone"), _("Due"), _("Reached")],
        "money_columns": [_("What"), _("Amount"), _("As of"), _("Source")],
        "source_columns": [_("Name"), _("Kind"), _("Amount")],
        "about": reader.said(facts["partnership"], "about"),
    }


def _headlines(facts: Facts, reader: Reader) -> list[Headline]:
    promises, voice, money = facts["promises"], facts["voice"], facts["money"]
    period = f"{reader.day(facts['period'][0])} - {reader.day(facts['period'][1])}"
    currency = facts["space"]["currency"]
    of = _("of %(total)s")
    found = [
        Headline(
            _("Promises kept"),
            str(promises["kept"]),
            of % {"total": promises["due"]},
            _note(_("by the first agreed date"), period, promise_register()),
        ),
        Headline(
            _("Residents answered"),
            str(voice["answered"]),
            of % {"total": voice["received"]},
            _note(period, _("messages of residents")),
        ),
        Headline(
            _("Money secured"),
            reader.money(money["secured_cents"], currency),
            of % {"total": reader.money(money["need_cents"], currency)} if money["need_cents"] else "",
            _note(_("without gifts in kind"), reader.day(facts["frozen_on"]), money_register()),
        ),
    ]
    return found + [headline for goal in facts["goals"][:3] if (headline := _goal_headline(goal, reader))]


def _note(*parts: str) -> str:
    return " · ".join(parts)


def _goal_headline(goal: Facts, reader: Reader) -> Headline | None:
    indicator = goal["indicator"]
    point = latest_point(indicator) if indicator else None
    if point is None:
        return None
    target = _("of %(total)s") % {"total": reader.amount(indicator, goal["target"])} if goal["target"] else ""
    note = reader.day(point["ends_on"])
    if not point["verified"]:
        note = _note(note, _("provisional"))
    if partners := _partners(point, reader):
        note = _note(note, _("%(partners)s partners reported") % {"partners": partners})
    return Headline(reader.said(indicator, "name"), reader.value(indicator, point), target, note)


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
    points = indicator["points"] if indicator else []
    # A report frozen before the first version came along has none.
    first: Facts = goal.get("first") or {}
    of_partners = any(_partners(point, reader) for point in points)
    return GoalChapter(
        number=goal["number"],
        title=reader.said(goal, "title"),
        sentence=reader.said(goal, "sentence"),
        first=reader.said(first, "sentence"),
        first_on=reader.day(first.get("adopted_on")),
        standing=str(Standing(goal["standing"]).label) if goal["standing"] else "",
        reason=reader.said(goal, "reason"),
        finding=reader.said(goal, "finding") or _("Nothing was measured yet."),
        provisional=any(not point["verified"] and point["value"] is not None for point in points),
        chart=_chart(goal, reader, brand) if any(point["value"] is not None for point in points) else None,
        columns=[_("Period to"), _("Value"), _("Checked"), *([_("Partners who reported")] if of_partners else [])],
        rows=[_value_row(point, indicator, reader, of_partners=of_partners) for point in _with_breaks(points)],
        groups=_groups(indicator, reader) if indicator else [],
        milestones=[
            [
                reader.said(milestone, "title"),
                reader.day(milestone["due_on"]),
                reader.day(milestone["reached_on"]) or _("not yet"),
            ]
            for milestone in goal["milestones"]
        ],
        indicator=reader.said(indicator, "name") if indicator else "",
        definition=reader.said(indicator, "definition") if indicator else "",
        source=reader.source(indicator) if indicator else "",
        # A report frozen before the sheet came along has none.
        notes=[(str(label), words) for name, label in NOTES if indicator and (words := reader.said(indicator, name))],
        # A report frozen before samples were said has none.
        sampled=[words for name in ("sampled", "compared") if indicator and (words := reader.said(indicator, name))],
        happened=[
            f"{number} · {reader.day(one['on'])} · {reader.said(one, 'title')}"
            for number, one in enumerate(_happened(indicator) if indicator else [], start=1)
        ],
        # A report frozen before claims were kept has none.
        claims=[
            (str(Strength[claim["strength"].upper()].label), reader.said(claim, "sentence"))
            for claim in goal.get("claims", [])
        ],
    )


def _groups(indicator: Facts, reader: Reader) -> list[GroupTable]:
    """A report frozen before there were groups has none."""
    return [
        GroupTable(
            caption=f"{reader.said(found, 'name')}, {reader.day(found['ends_on'])}",
            columns=[_("Group"), _("Value")],
            rows=[[reader.said(group, "label"), reader.part(indicator, found, group)] for group in found["groups"]],
        )
        for found in indicator.get("breakdowns", [])
    ]


def _partners(point: Facts, reader: Reader) -> str:
    """Of how many partners a total is made; a report frozen before that was kept says nothing of it."""
    return partners_words(point.get("reported", 0), point.get("expected", 0), reader.language)


def _with_breaks(points: list[Facts]) -> list[Facts]:
    """The points with whether each begins a new meaning; before versions were frozen there was one (R-I1)."""
    versions = [point.get("version", 1) for point in points]
    return [{**point, "is_break": at > 0 and versions[at] != versions[at - 1]} for at, point in enumerate(points)]


def _value_row(point: Facts, indicator: Facts, reader: Reader, *, of_partners: bool) -> list[str]:
    partners = [_partners(point, reader)] if of_partners else []
    day = reader.day(point["ends_on"])
    if point["is_break"]:
        day = _note(day, _("New meaning"))
    if point["value"] is None:
        nothing = NOT_ADDED.in_language(reader.language) if point.get("reported") else _("not reported")
        return [day, point["missing_reason"] or nothing, "", *partners]
    checked = _("verified") if point["verified"] else _("provisional")
    value = reader.value(indicator, point, in_table=True) + _interval(point, indicator, reader)
    return [day, value, checked, *partners]


def _interval(point: Facts, indicator: Facts, reader: Reader) -> str:
    """How sure the share of a random sample is, behind its value."""
    parts = parts_of(decimal(point["numerator"]), decimal(point["denominator"]))
    # A report frozen before samples were said has none.
    sample, population = indicator.get("sample", ""), indicator.get("population")
    found = interval_of(parts, unit=indicator["unit"], sample=sample, population=population)
    return interval_in_table(found, parts[1], reader.language) if found and parts else ""


def _happened(indicator: Facts) -> list[Facts]:
    """What happened beside the values; a report frozen before that was kept tells of nothing."""
    found: list[Facts] = indicator.get("happened", [])
    return found


def _events(indicator: Facts, points: list[Facts]) -> list[Event]:
    """Where the meaning changed, and the numbers of what happened, each in its period; the words stand below."""
    breaks = [
        Event(at, _("New meaning"), is_break=True) for at, point in enumerate(_with_breaks(points)) if point["is_break"]
    ]
    marks: dict[int, list[str]] = {}
    for number, one in enumerate(_happened(indicator), start=1):
        at = next((at for at, point in enumerate(points) if one["on"] <= point["ends_on"]), None)
        if at is not None and (at or one["on"] >= points[0]["starts_on"]):
            marks.setdefault(at, []).append(str(number))
    return [*breaks, *(Event(at, ", ".join(numbers)) for at, numbers in marks.items())]


def _chart(goal: Facts, reader: Reader, brand: str) -> SafeString:
    indicator = goal["indicator"]
    points = indicator["points"]
    target, earlier = decimal(goal["target"]), decimal(original_target(indicator))
    return line(
        LineChart(
            title=reader.said(goal, "finding"),
            labels=[reader.month(point["ends_on"]) for point in points],
            measured=[decimal(point["value"]) for point in points],
            measured_label=_("Result"),
            target=[target] * len(points) if target is not None else (),
            target_label=_("Target"),
            original_target=[earlier] * len(points) if earlier is not None else (),
            original_target_label=_("First target"),
            events=_events(indicator, points),
            format=reader.figures(indicator).axis(reader.language),
        ),
        brand=brand,
    )


def _changes(facts: Facts, reader: Reader) -> list[list[str]]:
    """The log of the community; a report frozen before it was kept has none."""
    return [
        [
            ", ".join(text for text in (reader.said(change, "what"), change["place"]) if text),
            reader.day(change["since"]),
            change["source"],
            reader.said(change, "our_part"),
        ]
        for change in facts.get("changes", [])
    ]


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
    day = reader.day(facts["frozen_on"])
    return [[what, reader.money(money[name], currency), day, source] for what, name, source in money_figures()]


def _sources(facts: Facts, reader: Reader) -> list[list[str]]:
    return [
        [
            source["name"],
            str(FundingSource.Kind(source["kind"]).label),
            reader.money(source["cents"], source["currency"]),
        ]
        for source in facts["money"]["sources"]
    ]
