"""The form for a call, a meeting, a mail or a visit."""

import uuid
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.web.forms import DateInput, KitForm, TextField
from stakeholders.models import Interaction


class InteractionForm(KitForm):
    """Two lines are enough: what it was and what was said."""

    kind = forms.ChoiceField(label=_("What it was"), choices=Interaction.Kind.choices, initial=Interaction.Kind.CALL)
    held_on = forms.DateField(label=_("Day"), widget=DateInput)
    person = forms.TypedChoiceField(label=_("With whom"), required=False, coerce=uuid.UUID, empty_value=None)
    summary = TextField(
        label=_("What was said"), max_length=2000, multiline=True,
        help_text=_("Write it so that they could read it: they have a right to."),
    )  # fmt: skip
    next_step = TextField(label=_("What comes next"), max_length=200, required=False)
    next_step_on = forms.DateField(label=_("By when"), widget=DateInput, required=False)

    def __init__(self, *args: Any, people: list[tuple[uuid.UUID, str]], **kwargs: Any) -> None:
        kwargs["initial"] = {"held_on": timezone.localdate(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        choices = [("", _("Nobody in particular")), *((str(pk), name) for pk, name in people)]
        self.fields["person"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField
        if not people:
            del self.fields["person"]

    def facts(self) -> dict[str, Any]:
        """What an operation takes."""
        facts = dict(self.cleaned_data)
        if "person" in facts:
            facts["person_id"] = facts.pop("person")
        return facts
