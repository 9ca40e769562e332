"""Forms for a source of funding."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.access.visibility import Visibility
from core.tabular.numbers import NumberError
from core.web.forms import NOT_FOUND, DateInput, KitForm, TextField, ask_if_meant
from funding.models import FundingSource
from funding.rules.money import AmountError, cents_of, typed
from goals.models import Goal
from partnerships.models import Partnership
from stakeholders.models import Stakeholder

CERTAIN = 100


class AmountField(forms.CharField):
    """Money as people write it; the clean value is in cents."""

    def __init__(self, *, currency: str = "EUR", **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}))
        super().__init__(max_length=40, **kwargs)
        self.currency = currency

    def clean(self, value: Any) -> Any:
        """The amount in cents; raises ValidationError."""
        text = super().clean(value)
        if not text:
            return None
        try:
            return cents_of(text, currency=self.currency)
        except (AmountError, NumberError) as error:
            raise ValidationError(str(error)) from error


class SourceForm(KitForm):
    """What a source is, what it brings, and how sure it is."""

    kind = forms.ChoiceField(
        label=_("What kind of support is it?"), choices=FundingSource.Kind.choices, widget=forms.RadioSelect
    )
    name = TextField(
        label=_("Name"), max_length=160, help_text=_("As everybody calls it: “Spring call of the foundation”.")
    )
    amount_cents = AmountField(
        label=_("Amount, or value of the gift"),
        help_text=_("Like 1250 or 1.250,00. A gift in kind is never added to money."),
    )
    valued_by = TextField(
        label=_("Who valued it, and how"), max_length=200, required=False, help_text=_("Only for a gift in kind.")
    )
    giver = forms.ModelChoiceField(
        label=_("From whom"),
        queryset=Stakeholder.objects.none(),
        required=False,
        empty_label=_("Not named"),
        help_text=_("Funders of your stakeholders."),
        error_messages={"invalid_choice": NOT_FOUND},
    )
    goal = forms.ModelChoiceField(
        label=_("For which goal"),
        queryset=Goal.objects.none(),
        required=False,
        empty_label=_("For the whole partnership"),
        error_messages={"invalid_choice": NOT_FOUND},
    )
    status = forms.ChoiceField(label=_("How sure is it?"), choices=FundingSource.Status.choices, initial="expected")
    probability_percent = forms.IntegerField(
        label=_("Chance in per cent, while it is expected"), min_value=0, max_value=CERTAIN, initial=50
    )
    decided_on = forms.DateField(
        label=_("Decided on"), required=False, widget=DateInput(), help_text=_("Once it is secured, or did not come.")
    )
    due_on = forms.DateField(
        label=_("Promised for"),
        required=False,
        widget=DateInput(),
        help_text=_("By when whoever gives it said it would be there. The first date stays on record."),
    )
    evidence = TextField(
        label=_("What shows that it came"),
        max_length=300,
        required=False,
        help_text=_("A receipt, a letter, where a photo is."),
    )
    visibility = forms.TypedChoiceField(label=_("Who may see it"), coerce=int, initial=Visibility.COORDINATION)
    note = TextField(label=_("Note"), max_length=500, multiline=True, required=False)

    def __init__(
        self,
        *args: Any,
        partnership: Partnership,
        givers: QuerySet[Stakeholder],
        goals: QuerySet[Goal],
        currency: str,
        now: int | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["giver"].queryset = givers  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["goal"].queryset = goals  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["amount_cents"].currency = currency  # type: ignore[attr-defined]  # an AmountField
        self.fields["amount_cents"].label = _("Amount, or value of the gift, in %(currency)s") % {"currency": currency}
        offered = [(level.value, level.label) for level in Visibility if 0 < level <= partnership.visibility]
        self.fields["visibility"].choices = offered  # type: ignore[attr-defined]  # a ChoiceField
        if now is not None:
            ask_if_meant(self, now=now)


def initial_of(source: FundingSource) -> dict[str, Any]:
    """A source as its form first shows it."""
    names = ("kind", "name", "valued_by", "giver_id", "goal_id", "status", "probability_percent", "decided_on",
             "due_on", "evidence")  # fmt: skip
    values = {name.removesuffix("_id"): getattr(source, name) for name in names}
    return {**values, "amount_cents": typed(source.amount_cents), "visibility": source.visibility, "note": source.note}


class DecisionForm(KitForm):
    """What became of an expected source."""

    status = forms.ChoiceField(
        label=_("What became of it?"), choices=FundingSource.Status.choices, widget=forms.RadioSelect
    )
    decided_on = forms.DateField(label=_("Decided on"), required=False, widget=DateInput())
