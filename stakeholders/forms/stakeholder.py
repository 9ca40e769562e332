"""Forms for a stakeholder and for somebody of an organisation."""

from collections.abc import Callable, Iterator
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.access.visibility import Visibility
from core.web.forms import KitForm, TenantModelForm, TextField
from stakeholders.models import Stakeholder
from stakeholders.rules.stakeholder import FIELD_LABELS, VISIBILITIES, statuses_by_hand
from stakeholders.rules.tax_code import CheckedCode, TaxCodeError, checked_tax_code, checked_vat_number


class StakeholderForm(TenantModelForm):
    """A name and a kind are enough; ``basics`` stand open, ``depth`` is folded away."""

    name = TextField(label=FIELD_LABELS["name"], max_length=200)
    place = TextField(label=FIELD_LABELS["place"], max_length=120, required=False)
    subtype = TextField(
        label=FIELD_LABELS["subtype"],
        max_length=80,
        required=False,
        help_text=_("For example: social cooperative, school, parish."),
    )
    tax_code = TextField(label=FIELD_LABELS["tax_code"], max_length=40, required=False)
    vat_number = TextField(label=FIELD_LABELS["vat_number"], max_length=40, required=False)
    province = TextField(label=FIELD_LABELS["province"], max_length=60, required=False)
    region = TextField(label=FIELD_LABELS["region"], max_length=60, required=False)
    phone = TextField(label=FIELD_LABELS["phone"], max_length=40, required=False)
    language = forms.ChoiceField(
        label=FIELD_LABELS["language"], choices=[("", _("Not known")), *settings.LANGUAGES], required=False
    )
    description = TextField(label=FIELD_LABELS["description"], max_length=4000, multiline=True, required=False)
    source = TextField(label=FIELD_LABELS["source"], max_length=120, required=False)
    visibility = forms.TypedChoiceField(
        label=FIELD_LABELS["visibility"],
        coerce=int,
        choices=[(level.value, level.label) for level in VISIBILITIES],
        initial=Visibility.COORDINATION.value,
    )

    BASICS = ("name", "kind", "sector", "place", "email")

    class Meta:
        model = Stakeholder
        fields = [
            "name",
            "kind",
            "sector",
            "place",
            "email",
            "phone",
            "website",
            "subtype",
            "tax_code",
            "vat_number",
            "province",
            "region",
            "language",
            "description",
            "status",
            "source",
            "do_not_contact",
            "visibility",
        ]
        labels = {
            name: FIELD_LABELS[name] for name in ("kind", "sector", "email", "website", "status", "do_not_contact")
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        statuses = statuses_by_hand(self.instance.status)
        self.fields["status"].choices = [(status.value, status.label) for status in statuses]  # type: ignore[attr-defined]  # a ChoiceField

    def basics(self) -> Iterator[forms.BoundField]:
        """The fields everybody fills in."""
        return (self[name] for name in self.BASICS)

    def depth(self) -> list[forms.BoundField]:
        """The fields that may wait."""
        return [self[name] for name in self.fields if name not in self.BASICS]

    def has_errors_in_depth(self) -> bool:
        """Whether something folded away must be put right."""
        return any(field.errors for field in self.depth())

    def clean_tax_code(self) -> str:
        """The code as it is stored."""
        return _checked(checked_tax_code, self.cleaned_data["tax_code"])

    def clean_vat_number(self) -> str:
        """The number as it is stored."""
        return _checked(checked_vat_number, self.cleaned_data["vat_number"])


class PersonForm(KitForm):
    """Somebody of an organisation."""

    name = TextField(label=FIELD_LABELS["name"], max_length=200)
    title = TextField(
        label=_("What they do there"), max_length=120, required=False, help_text=_("For example: chair, head teacher.")
    )
    email = forms.EmailField(label=FIELD_LABELS["email"], required=False)
    phone = TextField(label=FIELD_LABELS["phone"], max_length=40, required=False)


def _checked(check: Callable[[str], CheckedCode], text: str) -> str:
    try:
        return check(text).value
    except TaxCodeError as error:
        raise ValidationError(error.message) from error
