"""Choosing, fact by fact, what the one record of two says."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.web.forms import KitForm
from stakeholders.models import Stakeholder
from stakeholders.rules.merge import ABSORBED, CHOSEN_FIELDS, KEPT, default_choices, fields_that_differ
from stakeholders.rules.stakeholder import FIELD_LABELS


class Chosen(forms.ChoiceField):
    """Chosen before anybody looks, so nobody is told it is optional; what is not sent stays as it was chosen."""

    def validate(self, value: Any) -> None:
        """Only what was sent."""
        if value:
            super().validate(value)


class MergeForm(KitForm):
    """One pair of choices for each fact in which the two differ, the sensible one chosen."""

    def __init__(self, *args: Any, kept: Stakeholder, absorbed: Stakeholder, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wanted = default_choices(kept, absorbed)
        for name in fields_that_differ(kept, absorbed):
            self.fields[name] = Chosen(
                label=field_label(name),
                choices=[(KEPT, shown_value(kept, name)), (ABSORBED, shown_value(absorbed, name))],
                initial=wanted[name],
                widget=forms.RadioSelect(attrs={"class": "columns"}),
            )

    def choices(self) -> dict[str, str]:
        """From which record each value is taken; a fact nobody chose for is left out."""
        return {name: value for name, value in self.cleaned_data.items() if value}


def shared_facts(kept: Stakeholder, absorbed: Stakeholder) -> list[tuple[str, str]]:
    """What both say alike, as label and value; what neither says is left out."""
    differing = set(fields_that_differ(kept, absorbed))
    alike = [name for name in CHOSEN_FIELDS if name not in differing and getattr(kept, name) not in (None, "")]
    return [(field_label(name), shown_value(kept, name)) for name in alike]


def field_label(name: str) -> str:
    """What a fact is called."""
    return str(_("Account") if name == "user" else FIELD_LABELS[name])


def shown_value(stakeholder: Stakeholder, name: str) -> str:
    """A fact in words."""
    value = getattr(stakeholder, name)
    if value in (None, ""):
        return _("nothing")
    if name == "language":
        return str(dict(settings.LANGUAGES).get(value, value))
    display = getattr(stakeholder, f"get_{name}_display", None)
    if display:
        return str(display())
    return date_format(value, "DATE_FORMAT") if name == "ask_again_on" else str(value)
