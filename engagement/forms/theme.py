"""The form of a theme."""

from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from core.web.forms import NOT_FOUND, DateInput, TenantModelForm, TextField
from engagement.models import Theme
from engagement.queries.theme import Evidence
from goals.models import Milestone
from partnerships.models import Decision, Task

_FOLDED = ("heard_from_en", "heard_from_it", "not_heard_from_en", "not_heard_from_it")
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
        help_text=_("A sentence for everybody: a report, a photo, a place where people can look."),
    )
    outcome_on = forms.DateField(
        label=_("Day"),
        required=False,
        widget=DateInput(),
        help_text=_("For a plan or an open decision: by when. Otherwise: when it happened."),
    )
    task = forms.ModelChoiceField(
        label=_("The finished task that did it"),
        help_text=_("“Done” rests on a finished task, a decision in force or a milestone that was reached."),
        queryset=Task.objects.none(),
        required=False,
        empty_label=_("No task"),
        error_messages={"invalid_choice": NOT_FOUND},
    )
    decision = forms.ModelChoiceField(
        label=_("Or the decision"),
        queryset=Decision.objects.none(),
        required=False,
        empty_label=_("No decision"),
        error_messages={"invalid_choice": NOT_FOUND},
    )
    milestone = forms.ModelChoiceField(
        label=_("Or the milestone"),
        queryset=Milestone.objects.none(),
        required=False,
        empty_label=_("No milestone"),
        error_messages={"invalid_choice": NOT_FOUND},
    )
    heard_from_en = TextField(
        label=_("Heard from, in English"),
        max_length=300,
        required=False,
        help_text=_("Groups, never single people: parents of the school, shopkeepers, young people at the meeting."),
    )
    heard_from_it = TextField(label=_("Heard from, in Italian"), max_length=300, required=False)
    not_heard_from_en = TextField(
        label=_("Not heard from yet, in English"),
        max_length=300,
        required=False,
        help_text=_("Who is concerned and has said nothing so far."),
    )
    not_heard_from_it = TextField(label=_("Not heard from yet, in Italian"), max_length=300, required=False)

    class Meta:
        model = Theme
        fields = [
            *("heard_en", "heard_it", "outcome", "why_not", "answer_en", "answer_it", "outcome_on"),
            *("task", "decision", "milestone", "evidence"),
            *("heard_from_en", "heard_from_it", "not_heard_from_en", "not_heard_from_it"),
        ]
        labels = {"outcome": _("What became of it"), "why_not": _("Why it is not possible")}
        help_texts = {"outcome": _("“No” and “not yet” are answers too, and are published like the others.")}

    def __init__(self, *args: Any, offered: Evidence, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["task"].queryset = offered.tasks  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["decision"].queryset = offered.decisions  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["milestone"].queryset = offered.milestones  # type: ignore[attr-defined]  # a ModelChoiceField

    @property
    def main_fields(self) -> list[BoundField]:
        """What every theme needs."""
        return [self[name] for name in self.Meta.fields if name not in _FOLDED]

    @property
    def folded_fields(self) -> list[BoundField]:
        """Who was heard and who was not, for those who want to say it."""
        return [self[name] for name in _FOLDED]

    def clean(self) -> dict[str, Any]:
        """Something was heard, in at least one language."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not cleaned.get("heard_en") and not cleaned.get("heard_it"):
            self.add_error("heard_en", _("Write what you heard, in one language or both"))
        return cleaned
