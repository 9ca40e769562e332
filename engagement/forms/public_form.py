"""The bases of every form a person without an account fills in: no robot, opened a human time ago (INP-05)."""

import uuid
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.web.forms import KitForm
from engagement.queries.public_load import is_busy
from engagement.rules.limits import FASTEST
from engagement.rules.proof import WAIT, WORK_BITS, is_proof, is_ticket_of, new_ticket, waited_enough
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
    proof = forms.CharField(widget=forms.HiddenInput, required=False)
    ticket = forms.CharField(widget=forms.HiddenInput, required=False)
    # Set while very many messages arrive: the browser has some work to do, or the person to wait.
    wants_work: bool = False
    work_bits = WORK_BITS

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
        else:
            self._ask_for_work(cleaned)
        return cleaned

    def _ask_for_work(self, cleaned: dict[str, Any]) -> None:
        """While the form is busy it takes only what the browser worked for or the person waited for (INP-05)."""
        if self.errors or not is_busy(self.form_id, now=self.now):
            return
        nonce, ticket = cleaned["nonce"], cleaned.get("ticket", "")
        if is_proof(cleaned.get("stamp", ""), cleaned.get("proof", "")):
            return
        if waited_enough(ticket, self.form_id, nonce, now=self.now):
            return
        if not is_ticket_of(ticket, self.form_id, nonce):
            self._show("ticket", new_ticket(self.form_id, nonce, now=self.now))
        self.wants_work = True
        seconds = int(WAIT.total_seconds())
        words = _("Very many messages are arriving. Nothing is lost: wait %(seconds)d seconds and please send again.")
        self.add_error(None, words % {"seconds": seconds})

    def _show(self, name: str, value: str) -> None:
        """Put another value on the page that comes back."""
        data = self.data.copy()  # type: ignore[attr-defined]  # a dict or a QueryDict
        data[name] = value
        self.data = data


class ConsentedForm(PublicForm):
    """A public form that needs the age of 14, or a parent's word, and an agreement to the notice (PRI-01 to PRI-03).

    ``sent_id`` is the random name under which a phone without network kept the form: sent twice it is the same.
    """

    sent_id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    is_old_enough = forms.BooleanField(
        label=_("I am 14 or older"),
        required=False,
        error_messages={
            "required": _(
                "You must be 14 or older. If you are younger, a parent or guardian reads this and agrees below"
            )
        },
    )
    has_guardian = forms.BooleanField(
        label=_("I am younger than 14, and a parent or guardian has read this and agrees"), required=False
    )
    consent = forms.BooleanField(
        label=_("I agree that my message is used as explained here"),
        error_messages={"required": _("We need your agreement to receive the message")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sent_id"].initial = uuid.uuid4()

    def clean(self) -> dict[str, Any]:
        """Old enough, or with somebody who answers for the child: nothing of a child alone is kept."""
        cleaned = super().clean()
        if not cleaned.get("is_old_enough") and not cleaned.get("has_guardian"):
            self.add_error("is_old_enough", self.fields["is_old_enough"].error_messages["required"])
        if sent_id := cleaned.get("sent_id"):
            cleaned["nonce"] = str(sent_id)
        return cleaned
