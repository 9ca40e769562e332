"""Forms of a trend review: what it is about, its six steps, and what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from core.web.forms import DateInput, KitForm, TextField
from goals.models import TrendReview
from goals.queries.trend_review import Subjects, words_of
from goals.rules.trend_review import STEPS, Action, Step
from partnerships.models import PartnershipMember

SHORT = {"free_idea": 300}
LONG = 1000


class TrendReviewSubjectForm(KitForm):
    """What shall be talked about: a goal or an indicator."""

    subject = forms.ChoiceField(label=_("What do you want to talk about?"))

    def __init__(self, *args: Any, subjects: Subjects, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: list[Any] = [("", _("Choose"))]
        if subjects.goals:
            choices.append((_("Goals"), [(f"g:{goal.number}", goal.title) for goal in subjects.goals]))
        if subjects.indicators:
            choices.append((_("Indicators"), [(f"i:{one.code}", one.name) for one in subjects.indicators]))
        self.fields["subject"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField


@dataclass(frozen=True)
class StepFields:
    """A step with the fields that belong to it."""

    step: Step
    fields: list[BoundField]


class TrendReviewForm(KitForm):
    """The six steps; every field may stay empty until the talk. The last three are one task to agree on."""

    check_on = forms.DateField(label=_("When do you look at the tasks again?"), widget=DateInput(), required=False)
    task_title = TextField(label=_("What shall be done"), max_length=200, required=False)
    task_member = forms.ChoiceField(label=_("Who is asked"), required=False)
    task_due_on = forms.DateField(label=_("By"), widget=DateInput(), required=False)

    def __init__(self, *args: Any, review: TrendReview, members: Sequence[PartnershipMember], **kwargs: Any) -> None:
        kwargs["initial"] = {**words_of(review), "check_on": review.check_on}
        super().__init__(*args, **kwargs)
        self.members = {str(member.pk): member for member in members}
        names = [(key, member.organisation.name) for key, member in self.members.items()]
        field: Any = self.fields["task_member"]
        field.choices = [("", _("We do it ourselves (coordination)")), *names]
        for step in STEPS:
            for question in step.questions:
                self.fields[question.field] = TextField(
                    label=question.text,
                    max_length=SHORT.get(question.field, LONG),
                    multiline=question.field not in SHORT,
                    required=False,
                )

    @property
    def steps(self) -> list[StepFields]:
        """The steps in order with their fields."""
        return [StepFields(step, [self[question.field] for question in step.questions]) for step in STEPS]

    @property
    def task_fields(self) -> list[BoundField]:
        """The fields of a task."""
        return [self["task_title"], self["task_member"], self["task_due_on"]]

    def words(self) -> dict[str, Any]:
        """What was written, from valid fields."""
        return {name: value for name, value in self.cleaned_data.items() if not name.startswith("task_")}

    def action(self) -> Action | None:
        """The task to agree on; None while nothing of it is written."""
        title, due_on = self.cleaned_data["task_title"], self.cleaned_data["task_due_on"]
        if not title and not due_on:
            return None
        return Action(title, self.members.get(self.cleaned_data["task_member"]), due_on)


class TrendReviewCheckForm(KitForm):
    """What became of the tasks, and what the number says now."""

    note = TextField(
        label=_("What became of it?"),
        max_length=LONG,
        multiline=True,
        help_text=_("Also what was not done, and why. A number that has not moved says something too."),
    )
