"""The forms residents fill in."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.web.forms import KitForm, TextField
from engagement.models import Submission
from engagement.rules.limits import FASTEST
from engagement.rules.reference_code import LONGEST_TYPED
from engagement.rules.stamp import StampError, TooFastError, TooOldError, new_stamp, nonce_of
from engagement.rules.submission import TEXT_CHARACTERS
from partnerships.models import Partnership


class FeedbackForm(KitForm):
    """A message to a partnership. ``cleaned_data["nonce"]`` is the random part of the page it was written on."""

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
    is_old_enough = forms.BooleanField(
        label=_("I am 14 or older"),
        error_messages={"required": _("You must be 14 or older. If you are younger, ask a parent to write for you")},
    )
    consent = forms.BooleanField(
        label=_("I agree that my message is used as explained here"),
        error_messages={"required": _("We need your agreement to receive the message")},
    )
    website = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    stamp = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, partnership: Partnership, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.partnership, self.now = partnership, now
        self.fields["stamp"].initial = new_stamp(partnership.pk, now=now)

    def clean_email(self) -> str:
        """The address in lower case, which is how the same person is known as the same."""
        return str(self.cleaned_data["email"]).lower()

    def clean(self) -> dict[str, Any]:
        """An address without leave to use it is not kept; the page must have been open for a human time."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("website"):
            # Nobody sees this field: what fills it in is a robot, or a browser that means well.
            self._show("website", "")
            self.add_error(None, _("Something filled in a hidden field. It is empty now: please send again."))
        if cleaned.get("email") and not cleaned.get("may_write"):
            self.add_error("may_write", _("Tick this so that we may write to you, or empty the address"))
        try:
            cleaned["nonce"] = nonce_of(cleaned.get("stamp", ""), self.partnership.pk, now=self.now)
        except TooFastError:
            wait = int(FASTEST.total_seconds())
            self.add_error(
                None, _("That was very fast. Wait %(seconds)d seconds and please send again.") % {"seconds": wait}
            )
        except TooOldError:
            self._show("stamp", self.fields["stamp"].initial)
            self.add_error(None, _("This page was open for more than a day. Nothing is lost: please send again."))
        except StampError:
            self._show("stamp", self.fields["stamp"].initial)
            self.add_error(None, _("This page could not be checked. Nothing is lost: please send again."))
        return cleaned

    def _show(self, name: str, value: str) -> None:
        """Put another value on the page that comes back."""
        self.data = {**{key: self.data.get(key) for key in self.data}, name: value}


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
