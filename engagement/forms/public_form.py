"""The bases of every form a person without an account fills in: no robot, opened a human time ago (INP-05)."""

import uuid
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.web.forms import KitForm
from engagement.rules.limits import FASTEST
from engagement.rules.stamp import StampError, TooFastError, TooOldError, new_stamp, nonce_of


class PublicForm(KitForm):
    """A form bound to ``form_id``, the record it writes to.

    ``cleaned_data["nonce"]`` is the random part of the page it was written on: the same page sent twice has the same.
    """

    website = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    stamp = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, form_id: uuid.UUID, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.form_id, self.now = form_id, now
        self.fields["stamp"].initial = new_stamp(form_id, now=now)

    def clean(self) -> dict[str, Any]:
        """The hidden field is empty and the page was open for a human time; what was typed stays on the page."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("website"):
            # Nobody sees this field: what fills it in is a robot, or a browser that means well.
            self._show("website", "")
            self.add_error(None, _("Something filled in a hidden field. It is empty now: please send again."))
        try:
            cleaned["nonce"] = nonce_of(cleaned.get("stamp", ""), self.form_id, now=self.now)
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
        data: Any = self.data
        data = data.copy()
        data[name] = value
        self.data = data


class ConsentedForm(PublicForm):
    """A public form that needs the age of 14 and an agreement to the notice shown above it (PRI-01 to PRI-03)."""

    is_old_enough = forms.BooleanField(
        label=_("I am 14 or older"),
        error_messages={"required": _("You must be 14 or older. If you are younger, ask a parent to write for you")},
    )
    consent = forms.BooleanField(
        label=_("I agree that my message is used as explained here"),
        error_messages={"required": _("We need your agreement to receive the message")},
    )
