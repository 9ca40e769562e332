"""What is done about an early-warning signal, or why nothing is."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.web.forms import NOT_FOUND, DateInput, KitForm, TextField
from partnerships.models import PartnershipMember
from partnerships.rules.signal import TaskWish


class ActionForm(KitForm):
    """What will be done, in words; ticked it becomes a task. ``wish`` is that task once the form is valid."""

    action = TextField(label=_("What will you do?"), max_length=200)
    as_task = forms.BooleanField(label=_("Make a task of it"), required=False)
    member = forms.ChoiceField(label=_("Who does it"), required=False)
    due_on = forms.DateField(label=_("Until when"), required=False, widget=DateInput)

    def __init__(self, *args: Any, members: Sequence[PartnershipMember], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._members = {str(member.pk): member for member in members}
        field: Any = self.fields["member"]
        field.choices = [("", _("Coordination")), *((key, one.organisation.name) for key, one in self._members.items())]
        field.error_messages["invalid_choice"] = NOT_FOUND

    @property
    def wish(self) -> TaskWish | None:
        """The task asked for; None when words are enough."""
        fields = self.cleaned_data
        if not fields["as_task"]:
            return None
        return TaskWish(self._members.get(fields["member"]), fields["due_on"])


class DismissForm(KitForm):
    """Why nothing is done."""

    reason = TextField(
        label=_("Why is nothing needed?"), max_length=300, help_text=_("Everybody who sees the sign reads the reason.")
    )
