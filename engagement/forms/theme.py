"""The form of a theme."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.web.forms import NOT_FOUND, DateInput, TenantModelForm, TextField
from engagement.models import Theme
from partnerships.models import Task

_ONE_IS_ENOUGH = _("One language is enough; readers of the other one see this text.")


class ThemeForm(TenantModelForm):
    """What we heard, in one language or both, and what we answer."""

    heard_en = TextField(label=_("What we heard, in English"), max_length=300, required=False, help_text=_ONE_IS_ENOUGH)
    heard_it = TextField(label=_("What we heard, in Italian"), max_length=300, required=False)
    answer_en = TextField(label=_("Our answer, in English"), max_length=2000, multiline=True, required=False)
    answer_it = TextField(label=_("Our answer, in Italian"), max_length=2000, multiline=True, required=False)
    evidence = TextField(
        label=_("What shows it"),
        max_length=300,
        required=False,
        help_text=_("Needed for “Done”: a decision, a photo, a report, a place where people can look."),
    )
    outcome_on = forms.DateField(
        label=_("Day"),
        required=False,
        widget=DateInput(),
        help_text=_("For a plan or an open decision: by when. Otherwise: when it happened."),
    )
    task = forms.ModelChoiceField(
        label=_("Or the finished task that did it"),
        queryset=Task.objects.none(),
        required=False,
        empty_label=_("No task"),
        error_messages={"invalid_choice": NOT_FOUND},
    )

    class Meta:
        model = Theme
        fields = ["heard_en", "heard_it", "outcome", "answer_en", "answer_it", "outcome_on", "evidence", "task"]
        labels = {"outcome": _("What became of it")}
        help_texts = {"outcome": _("“No” and “not yet” are answers too, and are published like the others.")}

    def __init__(self, *args: Any, tasks: QuerySet[Task], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["task"].queryset = tasks  # type: ignore[attr-defined]  # a ModelChoiceField

    def clean(self) -> dict[str, Any]:
        """Something was heard, in at least one language."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not cleaned.get("heard_en") and not cleaned.get("heard_it"):
            self.add_error("heard_en", _("Write what you heard, in one language or both"))
        return cleaned
