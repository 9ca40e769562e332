"""The folded part of an indicator's form: the whole sheet of domain 8.1, in groups people recognise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.rules.bilingual import LANGUAGES
from core.web.forms import TextField
from metrics.forms.figure import FigureField
from metrics.models import Indicator

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

LARGEST_POPULATION = 2_000_000_000
IN = {"en": _("in English"), "it": _("in Italian")}
# Texts in both languages: their label, length and hint.
WORDS: dict[str, tuple[StrPromise | str, int, StrPromise | str]] = {
    "source": (_("Where the figure comes from"), 200, ""),
    "baseline_source": (_("Where the starting value comes from"), 200, ""),
    "numerator": (_("Who or what is counted above the line"), 300, _("For a percentage: those for whom it is true.")),
    "denominator": (_("Out of whom"), 300, _("For a percentage: all who were asked or counted.")),
    "method": (_("How it is measured"), 500, ""),
    "rationale": (_("Why this indicator"), 500, ""),
    "limits": (_("What it cannot say"), 500, ""),
    "deduplication": (
        _("How nobody is counted twice"),
        300,
        _("Needed for people counted once, for example: by the number of their card."),
    ),
    "instrument": (_("With what it is measured"), 200, _("A register, a questionnaire, a counter.")),
    "responsible": (_("Who looks after it"), 120, _("A role, not a name.")),
    "ethics_note": (_("Care for people and their data"), 500, ""),
    "cost_note": (_("What collecting it costs"), 200, _("Hours or money, roughly.")),
    "feedback_note": (_("How people get to see it and answer"), 300, ""),
}
LINES: dict[str, tuple[StrPromise | str, int, StrPromise | str]] = {
    "iati_reference": (_("Its code in that list"), 60, _("For example: 8.6.1")),
    "formula": (
        _("Formula"),
        200,
        _("Only when it is computed from others, for example: [I-1] / [I-2] * 100."),
    ),
}


@dataclass(frozen=True)
class Group:
    """Some fields under one heading."""

    title: StrPromise | str
    names: tuple[str, ...]


# What stands above the words of a sheet in a table, with the words of the first lines of its form.
COLUMNS: dict[str, StrPromise | str] = {
    "name": _("Name"),
    "definition": _("What counts and what does not"),
    "unit_label": _("What is counted"),
    **{name: label for name, (label, _length, _hint) in WORDS.items()},
}


def sheet_header() -> list[str]:
    """The headings of the words of a sheet, each in both languages."""
    return [
        _("%(label)s, %(language)s") % {"label": label, "language": IN[language]}
        for label in COLUMNS.values()
        for language in LANGUAGES
    ]


def sheet_cells(indicator: Indicator) -> list[str]:
    """The words of a sheet in the order of ``sheet_header``, as they were written."""
    return [getattr(indicator, f"{name}_{language}") for name in COLUMNS for language in LANGUAGES]


def in_both(name: str) -> tuple[str, ...]:
    """The names of a text's fields."""
    return tuple(f"{name}_{language}" for language in LANGUAGES)


GROUPS = (
    Group(
        _("What it means"),
        ("question", "kind", "answers_for", *in_both("definition"), *in_both("numerator"), *in_both("denominator"),
         *in_both("unit_label"), "wants_increase", *in_both("deduplication")),
    ),
    Group(
        _("How it is measured"),
        (*in_both("source"), *in_both("method"), *in_both("instrument"), *in_both("responsible"), "lag_days", "lowest",
         "highest", "is_cumulative", "aggregation", "formula", "sample", "population_size"),
    ),
    Group(
        _("Why, and what to be careful about"),
        (*in_both("rationale"), *in_both("limits"), *in_both("ethics_note"), *in_both("cost_note"),
         *in_both("feedback_note")),
    ),
    Group(
        _("Codes for funders who publish in IATI"),
        ("iati_measure", "iati_aggregates", "iati_vocabulary", "iati_reference"),
    ),
)  # fmt: skip


def add_sheet_fields(form: forms.Form, own: str) -> None:
    """Add the fields of the sheet to an indicator's form; none of them is needed. ``own`` is the space's language."""
    choices: dict[str, list[Any]] = {
        "question": [("", _("not said")), *Indicator.Question.choices],
        "answers_for": Indicator.AnswersFor.choices,
        "aggregation": [("", _("as usual for the unit")), *Indicator.Aggregation.choices],
        "sample": [("", _("not said")), *Indicator.Sample.choices],
        "iati_measure": [("", _("as usual for the unit")), *Indicator.IatiMeasure.choices],
        "iati_aggregates": [("", _("as usual for the unit")), *Indicator.YesOrNo.choices],
        "iati_vocabulary": [("", _("none")), *Indicator.IatiVocabulary.choices],
    }
    labels = {
        "question": _("Which question it answers"),
        "answers_for": _("Whom it speaks of"),
        "aggregation": _("How values of several partners are put together"),
        "sample": _("Of whom the value is found"),
        "iati_measure": _("Indicator measure"),
        "iati_aggregates": _("May its values be added up?"),
        "iati_vocabulary": _("List it is taken from"),
    }
    for name, title in labels.items():
        form.fields[name] = forms.ChoiceField(label=title, choices=choices[name], required=False)
    form.fields["answers_for"].initial = Indicator.AnswersFor.OURS
    for name, (label, length, hint) in WORDS.items():
        for language in LANGUAGES:
            other = _("%(label)s, %(language)s") % {"label": label, "language": IN[language]}
            form.fields[f"{name}_{language}"] = TextField(
                label=label if language == own else other,
                max_length=length,
                required=False,
                multiline=length > 300,  # noqa: PLR2004 - more than a line
                help_text=hint,
            )
    for name, (label, length, hint) in LINES.items():
        form.fields[name] = TextField(label=label, max_length=length, required=False, help_text=hint)
    form.fields["lag_days"] = forms.IntegerField(
        label=_("Days after a period until its value is due"), min_value=0, max_value=400, initial=30, required=False
    )
    form.fields["sample"].help_text = _("Only a random sample says how sure a percentage is of everybody.")
    form.fields["population_size"] = forms.IntegerField(
        label=_("Of how many the sample is drawn"), min_value=1, max_value=LARGEST_POPULATION, required=False
    )
    form.fields["lowest"] = FigureField(label=_("Lowest possible value"), required=False)
    form.fields["highest"] = FigureField(label=_("Highest possible value"), required=False)


def sheet_values(cleaned: dict[str, Any]) -> dict[str, Any]:
    """What was left empty as the model keeps it."""
    filled = dict(cleaned)
    if filled.get("lag_days") is None:
        filled["lag_days"] = Indicator._meta.get_field("lag_days").default
    filled["answers_for"] = filled.get("answers_for") or Indicator.AnswersFor.OURS
    return filled
