"""Forms for entering, correcting and questioning a value."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from core.web.forms import NOT_FOUND, DateInput, KitForm, TextField
from metrics.forms.figure import FigureField
from metrics.models import Indicator, Measurement
from metrics.rules.measurement import PARTED
from metrics.rules.pairs import can_count_pairs, parse_pairs, value_of_pairs
from metrics.rules.period import Period
from partnerships.models import PartnershipMember

WHOLE_PARTNERSHIP = "whole"
NEEDED = _("Enter a value, or say why there is none.")
LONGEST_LIST = 40_000


class ValueForm(KitForm):
    """The value by the indicator's unit, or why there is none; where it comes from and a remark."""

    def __init__(self, *args: Any, indicator: Indicator, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A reason for having none takes the place of the value.
        needed: dict[str, Any] = {
            "required": not any(self.data.get(name, "").strip() for name in ("missing_reason", "pairs")),
            "error_messages": {"required": NEEDED},
        }
        if indicator.unit in PARTED:
            self.fields["numerator"] = FigureField(
                label=_("How many"), help_text=_("Those for whom it is true."), **needed
            )
            self.fields["denominator"] = FigureField(
                label=_("Out of how many"), help_text=_("All who were asked or counted."), **needed
            )
        elif indicator.unit == Indicator.Unit.STORY:
            self.fields["story"] = TextField(
                label=_("What happened"),
                max_length=4000,
                multiline=True,
                help_text=_("In words, as it was told."),
                **needed,
            )
        elif indicator.unit == Indicator.Unit.YES_NO:
            choices = [("", _("choose")), ("1", _("yes")), ("0", _("no"))]
            self.fields["value"] = forms.TypedChoiceField(
                label=_("Is it so?"), choices=choices, coerce=Decimal, empty_value=None, **needed
            )
        else:
            unit = indicator.get_unit_display()
            self.fields["value"] = FigureField(label=_("Value (%(unit)s)") % {"unit": unit}, **needed)
        self.fields["source"] = TextField(
            label=_("Where the figure comes from"), max_length=200, required=False, initial=indicator.source
        )
        self.fields["is_estimate"] = forms.BooleanField(label=_("This is an estimate"), required=False)
        self.fields["method_deviation"] = TextField(
            label=_("Measured in another way than usual"),
            max_length=300,
            required=False,
            help_text=_("Say what was different this time."),
        )
        self.fields["note"] = TextField(label=_("Remark"), max_length=500, required=False, multiline=True)
        self.fields["missing_reason"] = TextField(
            label=_("There is no value because"),
            max_length=200,
            required=False,
            help_text=_("A period without a value stays a gap. It never counts as zero."),
        )

    @property
    def figure_fields(self) -> list[forms.BoundField]:
        """The value, or the two numbers of a percentage."""
        return [self[name] for name in ("value", "numerator", "denominator", "story") if name in self.fields]

    @property
    def missing_fields(self) -> list[forms.BoundField]:
        """The way for those who have no value."""
        return [self["missing_reason"]]

    @property
    def about_fields(self) -> list[forms.BoundField]:
        """Source, how it was measured, and a remark."""
        return [self[name] for name in ("source", "is_estimate", "method_deviation", "note")]


class MeasurementForm(ValueForm):
    """A value with its period and, where there is a choice, the organisation it belongs to."""

    period_starts_on = forms.DateField(label=_("From"), widget=DateInput())
    period_ends_on = forms.DateField(label=_("To"), widget=DateInput())

    def __init__(
        self,
        *args: Any,
        indicator: Indicator,
        members: Iterable[PartnershipMember],
        for_all: bool,
        period: Period,
        **kwargs: Any,
    ) -> None:
        initial = {"period_starts_on": period.starts_on, "period_ends_on": period.ends_on, **kwargs.pop("initial", {})}
        super().__init__(*args, indicator=indicator, initial=initial, **kwargs)
        self.members = {str(member.pk): member for member in members}
        choices = [(key, member.organisation.name) for key, member in self.members.items()]
        if for_all:
            choices = [(WHOLE_PARTNERSHIP, _("The partnership as a whole")), *choices]
        if can_count_pairs(unit=indicator.unit, wants_increase=indicator.wants_increase):
            self.fields.update(pair_fields())
        self.only = choices[0][0] if len(choices) == 1 else ""
        if not self.only:
            self.fields["member"] = forms.ChoiceField(
                label=_("Whose value it is"), choices=choices, error_messages={"invalid_choice": NOT_FOUND}
            )

    @property
    def period_fields(self) -> list[forms.BoundField]:
        """The period, and whose value it is where there is a choice."""
        return [self[name] for name in ("period_starts_on", "period_ends_on", "member") if name in self.fields]

    @property
    def pair_fields(self) -> list[forms.BoundField]:
        """The same people before and after, where the value is a share of people."""
        return [self[name] for name in ("pairs", "more_is_better") if name in self.fields]

    def clean(self) -> dict[str, Any]:
        """The member as a record, None for the whole partnership; the period in order; a list of people counted."""
        fields = super().clean() or {}
        pairs, more_is_better = fields.pop("pairs", ""), fields.pop("more_is_better", None) is not False
        if pairs:
            language = (translation.get_language() or "en")[:2]
            try:
                fields |= value_of_pairs(
                    parse_pairs(pairs, language),
                    more_is_better=more_is_better,
                    note=fields.get("note", ""),
                    language=language,
                )
            except ValidationError as error:
                self.add_error("pairs", ValidationError(error.messages))
        fields["member"] = self.members.get(fields.get("member", self.only))
        starts_on, ends_on = fields.get("period_starts_on"), fields.get("period_ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("period_ends_on", _("The period must end after it starts."))
        return fields


def pair_fields() -> dict[str, forms.Field]:
    """A list of the same people before and after, and which way is better."""
    return {
        "pairs": TextField(
            label=_("One person a line: before and after"),
            max_length=LONGEST_LIST,
            required=False,
            multiline=True,
            help_text=_(
                "For example: 3; 5. A dash where somebody was not measured. Without names: the list itself is not "
                "kept, only how many are better, the same and worse."
            ),
        ),
        "more_is_better": forms.TypedChoiceField(
            label=_("What is better for a person?"),
            choices=[("yes", _("A higher value")), ("no", _("A lower value"))],
            coerce=lambda answer: answer == "yes",
            empty_value=None,
            initial="yes",
            required=False,
        ),
    }


class CorrectionForm(ValueForm):
    """The corrected value; begins with what is there."""

    def __init__(self, *args: Any, measurement: Measurement, **kwargs: Any) -> None:
        figures = ("value", "numerator", "denominator", "story", "missing_reason")
        names = (*figures, "source", "is_estimate", "method_deviation")
        initial = {name: getattr(measurement, name) for name in names}
        if measurement.indicator.unit == Indicator.Unit.YES_NO and measurement.value is not None:
            initial["value"] = str(int(measurement.value))
        super().__init__(*args, indicator=measurement.indicator, initial=initial, **kwargs)
        self.fields["note"].label = _("What was wrong")


class QuestionForm(KitForm):
    """What somebody would like to know before confirming a value."""

    question = TextField(label=_("Your question"), max_length=300, multiline=True)
