"""Forms for a stakeholder and for somebody of an organisation."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.access.visibility import Visibility
from core.models import User
from core.web.forms import DateInput, KitForm, TenantModelForm, TextField, ask_if_meant
from stakeholders.forms.fields import ChecksField, LanguagesField, LinesField
from stakeholders.models import Stakeholder
from stakeholders.queries.register import owners_to_choose
from stakeholders.queries.register_request import holder_of, refusal_of
from stakeholders.rules.register_request import TAKEN_CODE
from stakeholders.rules.stakeholder import FIELD_LABELS, VISIBILITIES, statuses_by_hand
from stakeholders.rules.stakeholder_status import next_statuses
from stakeholders.rules.tax_code import CheckedCode, TaxCodeError, checked_tax_code, checked_vat_number

LONG = 1000
BASICS = ("name", "kind", "sector", "place", "email")
GROUPS: tuple[tuple[str | Promise, tuple[str, ...]], ...] = (
    (_("How to reach it"), ("phone", "website", "language", "languages", "province", "region", "territories")),
    (_("What it is"), ("aliases", "subtype", "tax_code", "vat_number", "description")),
    (
        _("What it wants and what it fears"),
        ("stakes", "interest_statement", "expected_benefit", "possible_loss", "limits"),
    ),
    (
        _("How we deal with it"),
        (
            "status",
            "ask_again_on",
            "relationship_owner",
            "lawful_basis",
            "do_not_contact",
            "source",
            "visibility",
            "is_meant",
        ),
    ),
)


@dataclass(frozen=True)
class FieldGroup:
    """Fields folded away together; open when something in them must be put right."""

    label: str
    fields: list[forms.BoundField]
    is_open: bool


def _text(name: str, length: int, *, multiline: bool = False, **kwargs: Any) -> TextField:
    return TextField(label=FIELD_LABELS[name], max_length=length, multiline=multiline, required=False, **kwargs)


class StakeholderForm(TenantModelForm):
    """A name and a kind are enough; the basics stand open, the rest is folded away in groups."""

    name = TextField(label=FIELD_LABELS["name"], max_length=200)
    place = _text("place", 120)
    aliases = _text(
        "aliases", 600, multiline=True, help_text=_("One a line: what people call it. The search finds it by them.")
    )
    subtype = _text("subtype", 80, help_text=_("For example: social cooperative, school, parish."))
    tax_code = _text("tax_code", 40)
    vat_number = _text("vat_number", 40)
    province = _text("province", 60)
    region = _text("region", 60)
    territories = LinesField(
        label=FIELD_LABELS["territories"], most=30, line_length=120, required=False,
        help_text=_("One place a line, when it works in more than its own town."),
    )  # fmt: skip
    phone = _text("phone", 40)
    language = forms.ChoiceField(
        label=FIELD_LABELS["language"], choices=[("", _("Not known")), *settings.LANGUAGES], required=False,
        help_text=_("The one we write in."),
    )  # fmt: skip
    languages = LanguagesField(label=FIELD_LABELS["languages"])
    description = _text("description", 4000, multiline=True)
    stakes = ChecksField(label=FIELD_LABELS["stakes"], choices=Stakeholder.Stake.choices)
    interest_statement = _text("interest_statement", LONG, multiline=True)
    expected_benefit = _text("expected_benefit", LONG, multiline=True)
    possible_loss = _text("possible_loss", LONG, multiline=True)
    limits = _text("limits", LONG, multiline=True, help_text=_("Time, money, rules, bad experience."))
    ask_again_on = forms.DateField(
        label=FIELD_LABELS["ask_again_on"], widget=DateInput, required=False,
        help_text=_("For whoever declined or fell silent."),
    )  # fmt: skip
    relationship_owner = forms.ModelChoiceField(
        label=FIELD_LABELS["relationship_owner"],
        queryset=owners_to_choose(),
        required=False,
        empty_label=_("Nobody yet"),
    )
    source = _text("source", 120)
    visibility = forms.TypedChoiceField(
        label=FIELD_LABELS["visibility"], coerce=int, choices=[(level.value, level.label) for level in VISIBILITIES],
        initial=Visibility.COORDINATION.value,
    )  # fmt: skip

    class Meta:
        model = Stakeholder
        fields = [*BASICS, *(name for _label, names in GROUPS for name in names if name != "is_meant")]
        labels = {
            name: FIELD_LABELS[name]
            for name in ("kind", "sector", "email", "website", "status", "lawful_basis", "do_not_contact")
        }

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        status = self.fields["status"]
        status.choices = [(choice.value, choice.label) for choice in self._statuses()]  # type: ignore[attr-defined]  # a ChoiceField
        if not self.instance._state.adding:
            ask_if_meant(self, now=self.instance.visibility)

    def basics(self) -> Iterator[forms.BoundField]:
        """The fields everybody fills in."""
        return (self[name] for name in BASICS)

    def groups(self) -> list[FieldGroup]:
        """The fields that may wait, in groups."""
        return [
            FieldGroup(
                str(label),
                [self[name] for name in names if name in self.fields],
                any(name in self.errors for name in names),
            )
            for label, names in GROUPS
        ]

    def clean_languages(self) -> list[str]:
        """What was ticked, and what stands on the record without being offered."""
        offered = {code for code, _name in self.fields["languages"].choices}  # type: ignore[attr-defined]  # a ChoiceField
        return [*self.cleaned_data["languages"], *(code for code in self.instance.languages if code not in offered)]

    def clean_tax_code(self) -> str:
        """The code as it is stored."""
        code = _checked(checked_tax_code, self.cleaned_data["tax_code"])
        holder = holder_of(scheme="", value=code)
        if holder is not None and holder.pk != self.instance.pk:
            raise refusal_of(holder, by=self.by, taken=TAKEN_CODE)
        return code

    def clean_vat_number(self) -> str:
        """The number as it is stored."""
        return _checked(checked_vat_number, self.cleaned_data["vat_number"])

    def _get_validation_exclusions(self) -> set[str]:
        # That somebody has the code already is told above, by what the person may learn.
        return super()._get_validation_exclusions() | {"tax_code"}

    def _statuses(self) -> list[Stakeholder.Status]:
        if self.instance._state.adding:
            return statuses_by_hand()
        current = Stakeholder.Status(self.instance.status)
        return [status for status in Stakeholder.Status if status == current or status in next_statuses(current)]


class PersonForm(KitForm):
    """Somebody of an organisation."""

    name = TextField(label=FIELD_LABELS["name"], max_length=200)
    title = TextField(
        label=_("What they do there"), max_length=120, required=False, help_text=_("For example: chair, head teacher.")
    )
    email = forms.EmailField(label=FIELD_LABELS["email"], required=False)
    phone = TextField(label=FIELD_LABELS["phone"], max_length=40, required=False)


class MoveForm(KitForm):
    """Where a stakeholder is moved to, and when it may be asked again."""

    status = forms.ChoiceField(label=_("Where we are with it now"))
    ask_again_on = forms.DateField(
        label=FIELD_LABELS["ask_again_on"], widget=DateInput, required=False,
        help_text=_("Only when it declined or fell silent; without a date, in half a year."),
    )  # fmt: skip

    def __init__(self, *args: Any, stakeholder: Stakeholder, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        statuses = [(status.value, status.label) for status in next_statuses(stakeholder.status)]
        self.fields["status"].choices = statuses  # type: ignore[attr-defined]  # a ChoiceField


def _checked(check: Callable[[str], CheckedCode], text: str) -> str:
    try:
        return check(text).value
    except TaxCodeError as error:
        raise ValidationError(error.message) from error
