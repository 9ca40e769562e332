"""Fields for figures as people write them, and how a refusal finds its field."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils import translation

from metrics.rules.figure import number_words
from metrics.rules.measurement import parse_figure


class FigureField(forms.CharField):
    """A number in the style of the page's language: ``1,234.5`` or ``1.234,5``; what could be two is refused."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}))
        super().__init__(max_length=40, **kwargs)

    def clean(self, value: Any) -> Any:
        """The Decimal, or None when nothing was written; raises ValidationError."""
        text = super().clean(value)
        return parse_figure(text, _language()) if text else None

    def prepare_value(self, value: Any) -> Any:
        """A stored number as the field shows it."""
        return number_words(value, _language(), decimals=4) if isinstance(value, Decimal) else value


def add_refusal(form: forms.BaseForm, error: ValidationError) -> None:
    """Show an operation's refusal at the fields it names, or above the form when it names none of them."""
    by_field = error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
    for name, messages in by_field.items():
        for message in messages:
            form.add_error(name if name in form.fields else None, message)


def _language() -> str:
    return (translation.get_language() or "en")[:2]
