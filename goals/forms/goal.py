"""The form for a goal: one question for each letter of SMART first, everything else below."""

import uuid
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from core.access.visibility import Visibility
from core.queries.tenant import tenant_at_work
from core.rules.bilingual import LANGUAGES
from core.web.forms import NOT_FOUND, DateInput, KitForm, TextField, ask_if_meant
from goals.models import Goal
from goals.queries.choices import GoalChoices
from goals.rules.goal import RUNNING_STATES
from goals.rules.sdg import SdgGroup, sdg_choices, sdg_groups
from metrics.forms.figure import FigureField
from metrics.models import Indicator
from metrics.rules.measurement import Reported, parse_reported

NEW = "new"
CENTS = 100
LONGEST_TITLE = 160
TITLES = {"en": _("Title in English"), "it": _("Title in Italian")}
POPULATIONS = {"en": _("For whom, in English"), "it": _("For whom, in Italian")}
PLACES = {"en": _("Where, in English"), "it": _("Where, in Italian")}
PLAIN = (
    "direction", "starts_on", "ends_on", "why_realistic", "equity_note", "next_review_on", "review_every", "visibility",
    "target_value", "resources_needed", "joint_depth", "sdg_targets",
)  # fmt: skip


class GoalForm(KitForm):
    """One language is enough. An indicator is chosen, or described here by name, unit and starting value.

    ``measured`` is the indicator a new goal begins with, and what shall be different by it.
    """

    direction = forms.ChoiceField(
        label=_("What shall happen?"), choices=Goal.Direction.choices, initial=Goal.Direction.INCREASE
    )
    indicator = forms.ChoiceField(label=_("Indicator"), required=False, error_messages={"invalid_choice": NOT_FOUND})
    indicator_name = TextField(
        label=_("What you measure"), max_length=200, required=False, help_text=_("For example: families reached.")
    )
    indicator_unit = forms.ChoiceField(label=_("Unit"), choices=Indicator.Unit.choices, required=False)
    indicator_frequency = forms.ChoiceField(
        label=_("How often it is measured"),
        choices=Indicator.Frequency.choices,
        initial=Indicator.Frequency.QUARTERLY,
        required=False,
    )
    baseline = forms.CharField(
        label=_("Starting value"),
        max_length=60,
        required=False,
        help_text=_(
            "What it is today, before the change. For a percentage write both numbers, for example: 40 of 180."
        ),
    )
    baseline_on = forms.DateField(label=_("Day of the starting value"), required=False, widget=DateInput())
    baseline_due_on = forms.DateField(label=_("Or: to be measured by"), required=False, widget=DateInput())
    target_value = FigureField(label=_("Value to be reached"), required=False)
    why_realistic = TextField(
        label=_("Why can it be reached?"),
        max_length=1000,
        multiline=True,
        required=False,
        help_text=_("What was reached before, places, hours, people."),
    )
    equity_note = TextField(
        label=_("Who could be left out, and what do you do about it?"), max_length=1000, multiline=True, required=False
    )
    starts_on = forms.DateField(label=_("Starts on"), required=False, widget=DateInput())
    ends_on = forms.DateField(label=_("Ends on"), required=False, widget=DateInput())
    owner_member = forms.ChoiceField(
        label=_("Organisation that looks after it"), required=False, error_messages={"invalid_choice": NOT_FOUND}
    )
    owner_person = forms.ChoiceField(
        label=_("Person who looks after it"), required=False, error_messages={"invalid_choice": NOT_FOUND}
    )
    next_review_on = forms.DateField(label=_("Next common review"), required=False, widget=DateInput())
    review_every = forms.TypedChoiceField(
        label=_("How often you review it together"),
        choices=Goal.ReviewEvery.choices,
        coerce=int,
        empty_value=Goal.ReviewEvery.HALF_YEAR,  # type: ignore[arg-type]  # the stubs know texts alone
        initial=Goal.ReviewEvery.HALF_YEAR,
        required=False,
    )
    need = FigureField(
        label=_("Money needed"),
        required=False,
        help_text=_("In whole units of your currency. Leave empty when you do not know."),
    )
    resources_needed = TextField(
        label=_("What it takes besides money"),
        max_length=1000,
        multiline=True,
        required=False,
        help_text=_("People, rooms, vehicles, permissions."),
    )
    joint_depth = forms.ChoiceField(
        label=_("How closely you work together on it"),
        choices=[("", "-"), *Goal.Depth.choices],
        required=False,
        help_text=_("Closer is not better: choose what this goal needs."),
    )
    parent = forms.ChoiceField(
        label=_("Part of a larger goal"), required=False, error_messages={"invalid_choice": NOT_FOUND}
    )
    sdg_targets = forms.MultipleChoiceField(
        label=_("Sustainable Development Goals it serves"),
        required=False,
        widget=forms.CheckboxSelectMultiple(),
        error_messages={"invalid_choice": NOT_FOUND},
        help_text=_("For reports to funders. In our words; the full wording is the United Nations'."),
    )
    visibility = forms.TypedChoiceField(label=_("Who may see it"), coerce=int, initial=Visibility.PARTNERS)
    reason = TextField(
        label=_("Why the commitment changes"),
        max_length=300,
        required=False,
        help_text=_(
            "Needed when target, end, people, place or indicator change, but not for a typo. The first target stays."
        ),
    )

    def __init__(
        self,
        *args: Any,
        choices: GoalChoices,
        goal: Goal | None = None,
        measured: Indicator | None = None,
        **kwargs: Any,
    ) -> None:
        self.choices, self.goal = choices, goal
        if goal is not None:
            kwargs["initial"] = initial_of(goal)
        super().__init__(*args, **kwargs)
        self.own = tenant_at_work().default_language
        for language in LANGUAGES:
            self._add_texts(language)
        title = self.fields[f"title_{self.own}"]
        title.error_messages["required"] = _("Give it a title, in one language at least.")
        title.required = not any(self._written(f"title_{code}") for code in LANGUAGES if code != self.own)
        self._fill_choices()
        if measured is not None:
            self.fields["indicator"].initial = str(measured.pk)
            title.initial = getattr(measured, f"rationale_{self.own}").rstrip(".")[:LONGEST_TITLE]
        if goal is None or goal.state not in RUNNING_STATES:
            del self.fields["reason"]
        if goal is not None:
            ask_if_meant(self, now=goal.visibility)

    def _add_texts(self, language: str) -> None:
        is_own = language == self.own
        title = _("Title, in a few words") if is_own else TITLES[language]
        self.fields[f"title_{language}"] = TextField(label=title, max_length=LONGEST_TITLE, required=False)
        whom = _("For whom?") if is_own else POPULATIONS[language]
        where = _("Where?") if is_own else PLACES[language]
        self.fields[f"population_{language}"] = TextField(label=whom, max_length=160, required=False)
        self.fields[f"place_{language}"] = TextField(label=where, max_length=120, required=False)

    def _written(self, name: str) -> bool:
        """Whether another language has the title already."""
        return bool(self.data.get(name) if self.is_bound else getattr(self.goal, name, ""))

    def _fill_choices(self) -> None:
        offered: dict[str, list[tuple[str, Any]] | list[tuple[str, list[tuple[str, str]]]]] = {
            "indicator": [
                ("", "-"),
                *((str(found.pk), found.name) for found in self.choices.indicators),
                (NEW, _("Something new")),
            ],
            "owner_member": [("", "-"), *((str(found.pk), found.organisation.name) for found in self.choices.members)],
            "parent": [("", "-"), *((str(found.pk), found.title) for found in self.choices.above)],
            "sdg_targets": sdg_choices(_language()),
            "owner_person": [("", "-"), *((str(found.pk), found.name) for found in self.choices.people)],
            "visibility": [
                (str(level.value), level.label) for level in Visibility if Visibility.SEALED < level <= self.choices.cap
            ],
        }
        for name, choices in offered.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["visibility"].initial = min(Visibility.PARTNERS, self.choices.cap)
        self.fields["indicator"].initial = "" if self.choices.indicators else NEW

    @property
    def describes_indicator(self) -> bool:
        """Whether the part for a new indicator stands open."""
        names = ("indicator_name", "indicator_unit", "baseline", "baseline_on", "baseline_due_on")
        return (
            self["indicator"].value() == NEW or not self.choices.indicators or any(self[name].errors for name in names)
        )

    def group(self, *names: str) -> list[forms.BoundField]:
        """Some fields for the template, those that are there."""
        return [self[name] for name in names if name in self.fields]

    @property
    def specific(self) -> list[forms.BoundField]:
        """S: what, for whom, where."""
        return self.group(f"title_{self.own}", "direction", f"population_{self.own}", f"place_{self.own}")

    @property
    def new_indicator_fields(self) -> list[forms.BoundField]:
        """M: an indicator described here."""
        names = (
            "indicator_name",
            "indicator_unit",
            "indicator_frequency",
            "baseline",
            "baseline_on",
            "baseline_due_on",
        )
        return self.group(*names)

    @property
    def more(self) -> list[forms.BoundField]:
        """What can wait."""
        other = [
            f"{name}_{code}" for code in LANGUAGES if code != self.own for name in ("title", "population", "place")
        ]
        plain = (
            "owner_member",
            "owner_person",
            "next_review_on",
            "review_every",
            "need",
            "resources_needed",
            "visibility",
            "is_meant",
        )
        return self.group(*other, *plain)

    @property
    def fitting_in(self) -> list[forms.BoundField]:
        """Where the goal belongs, for who wants to say so."""
        return self.group("parent", "joint_depth")

    @property
    def sdg_groups(self) -> list[SdgGroup]:
        """The targets to tick, under their goals."""
        return sdg_groups(self["sdg_targets"].value() or (), _language())

    @property
    def fitting_in_has_errors(self) -> bool:
        """Whether something there has to be put right."""
        return any(field.errors for field in [*self.fitting_in, self["sdg_targets"]])

    @property
    def more_has_errors(self) -> bool:
        """Whether something in the folded part has to be put right."""
        return any(field.errors for field in self.more)

    def clean(self) -> dict[str, Any]:
        """An indicator that is chosen or described, and the days in order."""
        fields = super().clean() or {}
        fields["new_indicator"] = self._new_indicator(fields)
        starts_on, ends_on = fields.get("starts_on"), fields.get("ends_on")
        if starts_on and ends_on and ends_on <= starts_on:
            self.add_error("ends_on", _("The end must be after the start."))
        return fields

    def _new_indicator(self, fields: dict[str, Any]) -> dict[str, Any] | None:
        if fields.get("indicator") != NEW or not fields.get("indicator_name"):
            return None
        unit = fields.get("indicator_unit") or Indicator.Unit.COUNT
        reported = Reported()
        if fields.get("baseline"):
            try:
                reported = parse_reported(fields["baseline"], unit=unit, language=_language())
            except ValidationError as error:
                self.add_error("baseline", ValidationError(error.messages))
        if reported.value is not None and not fields.get("baseline_on") and "baseline_on" not in self.errors:
            self.add_error("baseline_on", _("Enter the day the starting value was true."))
        return {
            f"name_{self.own}": fields["indicator_name"],
            "unit": unit,
            "frequency": fields.get("indicator_frequency") or Indicator.Frequency.QUARTERLY,
            "wants_increase": fields.get("direction") != Goal.Direction.DECREASE,
            "baseline_value": reported.value,
            "baseline_numerator": reported.numerator,
            "baseline_denominator": reported.denominator,
            "baseline_on": fields.get("baseline_on"),
            "baseline_due_on": fields.get("baseline_due_on"),
            "visibility": fields.get("visibility") or self.choices.cap,
        }

    def goal_fields(self) -> dict[str, Any]:
        """The goal's fields for the operations, also from a form that is only half filled in."""
        fields = self.cleaned_data
        texts = [f"{name}_{language}" for name in ("title", "population", "place") for language in LANGUAGES]
        found = {name: fields[name] for name in (*texts, *PLAIN, "is_meant") if name in fields}
        found["indicator"] = self.choices.indicator(fields.get("indicator", ""))
        found["owner_member"] = self.choices.member(fields.get("owner_member", ""))
        found["parent"] = self.choices.goal_above(fields.get("parent", ""))
        found["owner_person"] = self.choices.person(fields.get("owner_person", ""))
        need = fields.get("need")
        found["need_cents"] = int(need * CENTS) if need is not None else None
        return found

    def draft(self, goal: Goal) -> tuple[Goal, Indicator | None]:
        """The goal and indicator as they would be, unsaved, for the live checks."""
        self.is_valid()
        for name, value in self.goal_fields().items():
            setattr(goal, name, value)
        described = self.cleaned_data.get("new_indicator")
        if described is not None:
            return goal, Indicator(partnership=goal.partnership, **described)
        return goal, goal.indicator


def initial_of(goal: Goal) -> dict[str, Any]:
    """A goal's fields as the form shows them."""
    found = {field.attname: getattr(goal, field.attname) for field in Goal._meta.concrete_fields}
    keys: dict[str, uuid.UUID | None] = {
        "indicator": goal.indicator_id,
        "owner_member": goal.owner_member_id,
        "owner_person": goal.owner_person_id,
        "parent": goal.parent_id,
    }
    found |= {name: str(key) if key else "" for name, key in keys.items()}
    found["need"] = Decimal(goal.need_cents) / CENTS if goal.need_cents is not None else None
    return found


def _language() -> str:
    return (translation.get_language() or "en")[:2]
