"""Forms for suggesting a change, answering, accepting a warning and weighing parts."""

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from core.web.forms import KitForm, TextField
from goals.models import Goal, GoalSuggestion
from goals.rules.smart import Check, Outcome

PREFIX = "weight-"


class SuggestionForm(KitForm):
    """What should change in a goal, or which goal is missing."""

    about = forms.ChoiceField(label=_("What is it about?"), choices=GoalSuggestion.About.choices)
    text = TextField(label=_("What do you suggest?"), max_length=500, multiline=True)
    why = TextField(label=_("Why?"), max_length=500, multiline=True, required=False)
    heard_from = TextField(
        label=_("Whose words are these, if not your own?"),
        max_length=200,
        required=False,
        help_text=_("A group, a meeting, a theme of residents. No names of persons."),
    )

    def __init__(self, *args: Any, is_new_goal: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_new_goal:
            del self.fields["about"]
            self.fields["text"].label = _("Which goal is missing?")


class AnswerForm(KitForm):
    """What becomes of a suggestion, in words its author will read."""

    state = forms.ChoiceField(
        label=_("What becomes of it?"),
        choices=[choice for choice in GoalSuggestion.State.choices if choice[0] != GoalSuggestion.State.OPEN],
        widget=forms.RadioSelect,
    )
    answer = TextField(label=_("Your answer"), max_length=500, multiline=True)

    def __init__(self, *args: Any, hearers: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if hearers:
            self.fields["answer"].help_text = ngettext(
                "%(count)d resident whose words it was made from gets it by mail, with the suggestion.",
                "%(count)d residents whose words it was made from get it by mail, with the suggestion.",
                hearers,
            ) % {"count": hearers}


class AcceptWarningForm(KitForm):
    """Which warning, and why the partnership lives with it."""

    code = forms.ChoiceField(label=_("Which warning"))
    reason = TextField(label=_("Why you can live with it"), max_length=300, help_text=_("It is printed with the goal."))

    def __init__(self, *args: Any, checks: Sequence[Check], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        warnings = [(check.code, f"{check.code} · {check.why}") for check in checks if check.outcome == Outcome.WARN]
        self.fields["code"].choices = warnings  # type: ignore[attr-defined]  # a ChoiceField


class WeightsForm(KitForm):
    """How much each part of a goal counts."""

    def __init__(self, *args: Any, parts: Sequence[Goal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parts = parts
        for part in parts:
            self.fields[f"{PREFIX}{part.pk}"] = forms.IntegerField(
                label=part.title, min_value=0, max_value=100, initial=part.weight, help_text=_("per cent")
            )

    def weights(self) -> dict[uuid.UUID, int]:
        """The weights by part, from valid fields."""
        return {part.pk: self.cleaned_data[f"{PREFIX}{part.pk}"] for part in self.parts}
