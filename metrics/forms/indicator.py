"""The form for an indicator: a name, a unit and a starting value first; everything else below."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from core.access.visibility import Visibility
from core.queries.tenant import tenant_at_work
from core.rules.bilingual import LANGUAGES
from core.web.forms import DateInput, KitForm, TextField, ask_if_meant
from metrics.forms.indicator_sheet import GROUPS, add_sheet_fields, sheet_values
from metrics.models import Indicator
from metrics.rules.figure import number_words, share_words
from metrics.rules.indicator import DEDUPLICATION, without_deduplication
from metrics.rules.measurement import Reported, parse_reported
from partnerships.rules.severity import blocking

NAMES = {"en": _("Name in English"), "it": _("Name in Italian")}
DEFINITIONS = {
    "en": _("What counts and what does not, in English"),
    "it": _("What counts and what does not, in Italian"),
}
# What stands above all words of the sheet in the language that is not the space's own.
SECOND = {"en": _("The same words in Italian"), "it": _("The same words in English")}
FIRST_WORDS = ("name", "definition", "unit_label")
UNIT_LABELS = {"en": _("What is counted, in English"), "it": _("What is counted, in Italian")}


class IndicatorForm(KitForm):
    """One language is enough. A percentage's starting value is written with its two numbers."""

    code = forms.SlugField(
        label=_("Code"),
        max_length=12,
        required=False,
        help_text=_("Letters, digits and hyphens. Left empty, it gets the next one."),
    )
    unit = forms.ChoiceField(label=_("Unit"), choices=Indicator.Unit.choices, initial=Indicator.Unit.COUNT)
    wants_increase = forms.TypedChoiceField(
        label=_("What would be good news?"),
        choices=[("yes", _("More of it")), ("no", _("Less of it"))],
        coerce=lambda answer: answer == "yes",
        initial="yes",
        widget=forms.RadioSelect,
    )
    frequency = forms.ChoiceField(
        label=_("How often it is measured"), choices=Indicator.Frequency.choices, initial=Indicator.Frequency.QUARTERLY
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
    baseline_due_on = forms.DateField(
        label=_("Or: to be measured by"),
        required=False,
        widget=DateInput(),
        help_text=_("When you do not know it yet."),
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=Indicator.Kind.choices, initial=Indicator.Kind.OUTPUT)
    is_cumulative = forms.BooleanField(label=_("Add the values of all periods up"), required=False)
    visibility = forms.TypedChoiceField(label=_("Who may see it"), coerce=int, initial=Visibility.PARTNERS)

    def __init__(
        self,
        *args: Any,
        cap: int,
        mode: str,
        indicator: Indicator | None = None,
        like: Mapping[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        """``like`` are the fields of an indicator picked from the library."""
        if indicator is not None:
            kwargs["initial"] = initial_of(indicator)
        elif like is not None:
            kwargs["initial"] = dict(like)
        super().__init__(*args, **kwargs)
        self.mode = mode
        self.own = own = tenant_at_work().default_language
        add_sheet_fields(self, own)
        for language in sorted(LANGUAGES, key=lambda code: code != own):
            first = language == own
            self.fields[f"name_{language}"] = TextField(
                label=_("Name") if first else NAMES[language], max_length=200, required=False
            )
            self.fields[f"definition_{language}"] = TextField(
                label=DEFINITIONS[language], max_length=2000, multiline=True, required=False
            )
            self.fields[f"unit_label_{language}"] = TextField(
                label=UNIT_LABELS[language],
                max_length=40,
                required=False,
                help_text=_("For example: families, pairs, days."),
            )
        self.fields[f"name_{own}"].help_text = _("What is measured, for example: families reached.")
        self.own_name = f"name_{own}"
        self.fields[self.own_name].error_messages["required"] = _("Write what is measured, in one language at least.")
        self.fields[self.own_name].required = not any(
            self._written(f"name_{language}", indicator) for language in LANGUAGES if language != own
        )
        levels = [(level.value, level.label) for level in Visibility if Visibility.SEALED < level <= cap]
        self.fields["visibility"].choices = levels  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["visibility"].initial = min(Visibility.PARTNERS, cap)
        if indicator is not None:
            # The code stands in addresses and reports.
            del self.fields["code"]
            ask_if_meant(self, now=indicator.visibility)
            self.fields["reason"] = TextField(
                label=_("Why its meaning changes"),
                max_length=300,
                required=False,
                help_text=_("Only when values are there already: those before cannot be compared with those after."),
            )

    def _written(self, name: str, indicator: Indicator | None) -> bool:
        """Whether another language has the name already."""
        return bool(self.data.get(name) if self.is_bound else getattr(indicator, name, ""))

    @property
    def main_fields(self) -> list[forms.BoundField]:
        """The questions everybody answers."""
        return [self[name] for name in (self.own_name, "unit", "frequency", "baseline", "baseline_on")]

    @property
    def groups(self) -> list[tuple[str, list[forms.BoundField], bool]]:
        """What makes the indicator complete, and can wait: heading, fields, and whether one of them has an error."""
        main = {field.name for field in self.main_fields}
        other = {language for language in LANGUAGES if language != self.own}
        second = sorted(
            (field for field in self if field.name.rpartition("_")[2] in other),
            key=lambda field: field.name.rpartition("_")[0] not in FIRST_WORDS,
        )
        taken = main | {field.name for field in second} | {name for group in GROUPS for name in group.names}
        grouped = [(str(_("Who may see it, and more")), [field for field in self if field.name not in taken])]
        left = taken - main - {field.name for field in second}
        grouped += [(str(group.title), [self[name] for name in group.names if name in left]) for group in GROUPS]
        grouped.append((str(SECOND[self.own]), second))
        return [(title, fields, any(field.errors for field in fields)) for title, fields in grouped]

    def clean(self) -> dict[str, Any]:
        """The starting value by its unit."""
        fields = super().clean() or {}
        text, unit = fields.pop("baseline", ""), fields.get("unit", "")
        reported = Reported()
        if text and unit:
            try:
                reported = parse_reported(text, unit=unit, language=(translation.get_language() or "en")[:2])
            except ValidationError as error:
                self.add_error("baseline", ValidationError(error.messages))
        fields["baseline_value"] = reported.value
        fields["baseline_numerator"], fields["baseline_denominator"] = reported.numerator, reported.denominator
        if reported.value is not None and not fields.get("baseline_on") and "baseline_on" not in self.errors:
            self.add_error("baseline_on", _("Enter the day the starting value was true."))
        findings = without_deduplication(unit, *(fields.get(name, "") for name in DEDUPLICATION))
        for finding in blocking(findings, self.mode):
            self.add_error(f"deduplication_{self.own}", str(finding.message))
        return sheet_values(fields)


def initial_of(indicator: Indicator) -> dict[str, Any]:
    """An indicator's fields as the form shows them."""
    names = [field.attname for field in Indicator._meta.concrete_fields]
    found = {name: getattr(indicator, name) for name in names}
    found["wants_increase"] = "yes" if indicator.wants_increase else "no"
    found["baseline"] = written_baseline(indicator, (translation.get_language() or "en")[:2])
    return found


def written_baseline(indicator: Indicator, language: str) -> str:
    """The starting value as a person would type it again."""
    if indicator.baseline_value is None:
        return ""
    if indicator.baseline_numerator is not None and indicator.baseline_denominator is not None:
        return share_words(indicator.baseline_numerator, indicator.baseline_denominator, language)
    return number_words(indicator.baseline_value, language, decimals=4)
