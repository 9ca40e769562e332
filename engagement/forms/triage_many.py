"""What is done with the ticked messages of the inbox."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.models import User
from core.web.forms import NOT_FOUND, KitForm
from engagement.models import Submission, Theme
from engagement.queries.handler import handlers_in
from engagement.queries.theme import themes_to_put_into
from engagement.rules.triage_many import ManyAct
from partnerships.models import Partnership


class ManyForm(KitForm):
    """One act and what it needs; themes and people are offered where all messages are of one ``partnership``."""

    do = forms.ChoiceField(choices=ManyAct.choices)
    everything = forms.BooleanField(label=_("All on this page, not only the ticked ones"), required=False)
    reason = forms.ChoiceField(
        label=_("Why it is no message"),
        required=False,
        choices=[("", _("Choose a reason")), *Submission.Moderation.choices],
    )
    theme = forms.ModelChoiceField(
        label=_("Theme"),
        queryset=Theme.objects.none(),
        required=False,
        empty_label=_("Choose a theme"),
        error_messages={"invalid_choice": NOT_FOUND},
    )
    to = forms.ModelChoiceField(
        label=_("In whose hands"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("Nobody's"),
        error_messages={"invalid_choice": NOT_FOUND},
    )

    def __init__(self, *args: Any, partnership: Partnership | None, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "many_%s", **kwargs})
        self.is_of_one = partnership is not None
        if partnership is not None:
            self.fields["theme"].queryset = themes_to_put_into(partnership)  # type: ignore[attr-defined]  # a ModelChoiceField
            self.fields["to"].queryset = handlers_in(partnership)  # type: ignore[attr-defined]  # a ModelChoiceField

    def clean(self) -> dict[str, Any]:
        """What the act needs is there."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("do") == ManyAct.SET_ASIDE and not cleaned.get("reason") and "reason" not in self.errors:
            self.add_error("reason", _("Choose a reason"))
        if cleaned.get("do") == ManyAct.FILE and cleaned.get("theme") is None and "theme" not in self.errors:
            self.add_error("theme", _("Choose a theme."))
        return cleaned

    @property
    def facts(self) -> dict[str, Any]:
        """What the operation takes of a valid form."""
        given = self.cleaned_data
        return {"act": given["do"], "reason": given["reason"], "theme": given["theme"], "to": given["to"]}
