"""What a theme asks for: a new goal, or a change of one there is."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.web.forms import NOT_FOUND
from goals.forms.suggestion import SuggestionForm
from goals.models import Goal, GoalSuggestion


class ThemeSuggestionForm(SuggestionForm):
    """The words residents have for a goal; one that is chosen shall change, without one a goal is missing."""

    goal = forms.ChoiceField(label=_("Which goal should change?"), required=False)
    field_order = ("goal", "about", "text", "why", "heard_from")

    def __init__(self, *args: Any, goals: Sequence[Goal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.goals = {str(goal.number): goal for goal in goals}
        field: Any = self.fields["goal"]
        field.choices = [("", _("None: a goal is missing")), *((key, goal.title) for key, goal in self.goals.items())]
        field.error_messages["invalid_choice"] = NOT_FOUND
        self.fields["about"].required = False

    def clean(self) -> dict[str, Any]:
        """The goal as a record; what it is about says something only with one."""
        fields = super().clean() or {}
        goal = self.goals.get(fields.get("goal", ""))
        about = fields.get("about") if goal is not None else ""
        return {**fields, "goal": goal, "about": about or GoalSuggestion.About.WHOLE}
