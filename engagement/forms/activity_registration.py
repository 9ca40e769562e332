"""What people fill in without an account: registering, and the card without a name."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.web.forms import TextField
from engagement.forms.activity import positions
from engagement.forms.public_form import ConsentedForm, PublicForm
from engagement.models import CardCount
from engagement.rules.waiting_list import MOST_PEOPLE

QUESTIONS = {
    CardCount.Dimension.AGE: _("How old are you?"),
    CardCount.Dimension.AREA: _("Where do you live?"),
}
CHOOSE = _("Choose one of the answers.")


class RegistrationForm(ConsentedForm):
    """A name, a way to be reached, and how many come."""

    name = TextField(
        label=_("1. Your name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Write your name: it is asked at the door")},
    )
    email = forms.EmailField(
        label=_("2. Your e-mail"),
        required=False,
        help_text=_("We confirm your place there, remind you the day before and tell you of changes."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": _("Write the address like this: name@example.org")},
    )
    phone = TextField(
        label=_("Or a telephone number"),
        max_length=40,
        required=False,
        help_text=_("Without an e-mail we can only call you: if a place gets free, or if something changes."),
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    people = forms.TypedChoiceField(
        label=_("3. How many of you come?"),
        coerce=int,
        choices=[(number, str(number)) for number in range(1, MOST_PEOPLE + 1)],
        initial=1,
    )
    access_needs = TextField(
        label=_("4. What do you need to take part?"),
        max_length=300,
        multiline=True,
        required=False,
        help_text=_(
            "For example: a place in front, sign language, food without pork. "
            "Write what we should prepare, not why. It is deleted the day after."
        ),
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["consent"].label = _("I agree that my data are used as explained here")
        self.fields["consent"].error_messages["required"] = _("We need your agreement to keep a place for you")

    def clean_email(self) -> str:
        """The address in lower case, which is how the same person is known as the same."""
        return str(self.cleaned_data["email"]).lower()

    def clean(self) -> dict[str, Any]:
        """One way to be reached is enough."""
        cleaned = super().clean()
        if not {"email", "phone"} & set(self.errors) and not cleaned.get("email") and not cleaned.get("phone"):
            self.add_error("email", _("Leave an address or a number, so that we can reach you."))
        return cleaned


class CardForm(PublicForm):
    """A card without a name; each question has "I would rather not say"."""

    def __init__(self, *args: Any, choices: Mapping[str, Sequence[tuple[int, str]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.dimensions = list(choices)
        for dimension, groups in choices.items():
            self.fields[dimension] = forms.TypedChoiceField(
                label=QUESTIONS[CardCount.Dimension(dimension)],
                coerce=int,
                choices=positions(groups),
                widget=forms.RadioSelect,
                error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
            )

    def questions(self) -> list[forms.BoundField]:
        """The questions in their order."""
        return [self[dimension] for dimension in self.dimensions]

    @property
    def said(self) -> dict[str, int]:
        """What was chosen, by dimension."""
        return {dimension: self.cleaned_data[dimension] for dimension in self.dimensions}
