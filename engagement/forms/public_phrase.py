"""The form of a page's texts in a further language."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.rules.phrases import Phrase
from core.web.forms import KitForm, TextField
from engagement.rules.public_phrase import LONGEST, key_of

ONE_LINE = 80
KEY_LENGTH = 16


def _name_of(source: str) -> str:
    return f"t_{key_of(source)[:KEY_LENGTH]}"


class PhrasesForm(KitForm):
    """A field for each text, named by what stands on the page; ``said`` is what was written before."""

    is_machine_helped = forms.BooleanField(label=_("A machine helped to translate what I save now"), required=False)

    def __init__(
        self, *args: Any, texts: Mapping[str, str], said: Mapping[str, Phrase], attrs: Mapping[str, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.sources = {_name_of(source): source for source in texts}
        for name, source in self.sources.items():
            usual = texts[source]
            is_long = len(usual) > ONE_LINE or "\n" in usual
            field = TextField(label=usual, max_length=LONGEST, multiline=is_long, required=False, strip=True)
            field.widget.attrs.update({**attrs, **({"rows": "3"} if is_long else {})})
            field.initial = said[source].text if source in said else ""
            self.fields[name] = field
        self.order_fields([*self.sources, "is_machine_helped"])

    @property
    def texts(self) -> dict[str, str]:
        """What was written, by the texts it stands for."""
        return {source: self.cleaned_data[name] for name, source in self.sources.items()}

    def add_errors(self, error: ValidationError) -> None:
        """What is wrong, at the text it is wrong with."""
        names = {source: name for name, source in self.sources.items()}
        for source, messages in error.message_dict.items():
            self.add_error(names.get(source), messages)

    def rows(self) -> Iterator[forms.BoundField]:
        """The fields of texts."""
        return (self[name] for name in self.sources)
