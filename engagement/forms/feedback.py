"""The forms residents fill in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.web.forms import KitForm, TextField
from engagement.forms.public_form import ConsentedForm
from engagement.models import Submission
from engagement.rules.reference_code import LONGEST_TYPED
from engagement.rules.submission import TEXT_CHARACTERS


class FeedbackForm(ConsentedForm):
    """A message to a partnership."""

    category = forms.ChoiceField(
        label=_("1. What is it about?"),
        choices=Submission.Category.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what it is about"), "invalid_choice": _("Choose what it is about")},
    )
    text = TextField(
        label=_("2. What do you want to tell us?"),
        max_length=TEXT_CHARACTERS,
        multiline=True,
        help_text=_("Please write no names of other people, no telephone numbers and nothing about anybody's health."),
        error_messages={"required": _("Write your message")},
    )
    place = TextField(
        label=_("3. Where?"),
        max_length=120,
        required=False,
        help_text=_("A street, a school, a park. Not your own address."),
    )
    email = forms.EmailField(
        label=_("4. Your e-mail, if you want the answer sent to you"),
        required=False,
        help_text=_("Without it you read the answer on this site, with the code you get next."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": _("Write the address like this: name@example.org")},
    )
    may_write = forms.BooleanField(label=_("You may use this address to answer this message"), required=False)

    def clean_email(self) -> str:
        """The address in lower case, which is how the same person is known as the same."""
        return str(self.cleaned_data["email"]).lower()

    def clean(self) -> dict[str, Any]:
        """An address without leave to use it is not kept."""
        cleaned = super().clean()
        if cleaned.get("email") and not cleaned.get("may_write"):
            self.add_error("may_write", _("Tick this so that we may write to you, or empty the address"))
        return cleaned


class CodeForm(KitForm):
    """The code of a message. Any text is looked up, so that nothing tells a good shape from a bad one."""

    code = forms.CharField(
        label=_("Your code"),
        max_length=LONGEST_TYPED,
        help_text=_("Four groups of four letters and digits, for example 7F3K-2M9Q-4TRB-W8XN."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "class": "code-input"}
        ),
        error_messages={"required": _("Write the code you were given")},
    )
