"""Keying in a paper sheet: one field a question, digits and tab."""

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.web.forms import KitForm
from engagement.rules.survey_answer import Given, checked
from engagement.rules.survey_form import IN_WORDS, TEXT_CHARACTERS, Asked, Kind
from engagement.rules.survey_keying import given_by_keys, keys_of

LONGEST_KEYS = 60
NAMES = {"en": "English", "it": "Italiano"}


class KeyInForm(KitForm):
    """What stands on one sheet; ``cleaned_data["given"]`` are the answers by code."""

    answer_id = forms.UUIDField(widget=forms.HiddenInput)
    language = forms.ChoiceField(label=_("Language of the sheet"), required=False)

    def __init__(self, *args: Any, questions: Sequence[Asked], languages: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [(code, NAMES[code]) for code in languages]  # type: ignore[attr-defined]
        if len(languages) == 1:
            del self.fields["language"]
        self.questions = [question for question in questions if question.kind != Kind.SECTION]
        self.fields["answer_id"].initial = uuid.uuid4()
        for question in self.questions:
            self.fields[f"q_{question.code}"] = _field(question)
        if self.questions and not self.is_bound:
            self.fields[f"q_{self.questions[0].code}"].widget.attrs["autofocus"] = True

    def clean(self) -> dict[str, Any]:
        """Every number stands beside an answer; what is left out on paper stays out."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        given: dict[str, Given] = {}
        for question in self.questions:
            try:
                given[question.code] = given_by_keys(question, cleaned.get(f"q_{question.code}", ""))
            except ValueError as error:
                self.add_error(f"q_{question.code}", str(error))
        try:
            cleaned["given"] = checked(self.questions, given, allows_gaps=True)
        except ValidationError as error:
            for code, found in error.message_dict.items():
                self.add_error(f"q_{code}", found)
        return cleaned


def _field(question: Asked) -> forms.CharField:
    keys = " · ".join(
        choice.label if choice.label.split(" ")[0] == key else f"{key} {choice.label}"
        for key, choice in keys_of(question)
    )
    in_words = question.kind in IN_WORDS
    widget: forms.Widget = (
        forms.Textarea(attrs={"rows": 2})
        if question.kind == Kind.LONG
        else forms.TextInput(attrs={"autocomplete": "off"} | ({} if in_words else {"inputmode": "numeric"}))
    )
    return forms.CharField(
        label=f"{question.code}. {question.text}",
        help_text=keys,
        required=False,
        max_length=TEXT_CHARACTERS[question.kind] if in_words else LONGEST_KEYS,
        widget=widget,
    )
