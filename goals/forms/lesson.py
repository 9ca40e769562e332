"""Forms of a lesson."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.access.visibility import Visibility
from core.web.forms import KitForm, TextField, ask_if_meant
from goals.forms.claim import visibility_choices
from goals.models import Goal, Lesson
from goals.rules.lesson import most_visible_before_sharing, tags_in

LONG = 1000
FIELDS = ("title", "situation", "expected", "happened", "why", "advice", "is_failure", "visibility")


class LessonForm(KitForm):
    """What happened, why, and what we would do next time."""

    title = TextField(label=_("What did you learn, in one line?"), max_length=160)
    happened = TextField(label=_("What happened?"), max_length=LONG, multiline=True)
    advice = TextField(label=_("What would you tell somebody who does it next?"), max_length=LONG, multiline=True)
    is_failure = forms.BooleanField(label=_("It is about something that did not work"), required=False)
    situation = TextField(label=_("In which situation?"), max_length=LONG, multiline=True, required=False)
    expected = TextField(label=_("What had you expected?"), max_length=LONG, multiline=True, required=False)
    why = TextField(label=_("Why did it come out differently?"), max_length=LONG, multiline=True, required=False)
    goal = forms.ChoiceField(label=_("Which goal is it about?"), required=False)
    tags = TextField(
        label=_("Tags"), max_length=300, required=False, help_text=_("Words to find it by, with commas between them.")
    )
    visibility = forms.TypedChoiceField(
        label=_("Who may see it"), coerce=int, help_text=_("Others see it once it was checked and shared.")
    )

    MORE = ("situation", "expected", "why", "goal", "tags", "visibility", "is_meant")

    def __init__(
        self, *args: Any, goals: Sequence[Goal], cap: int, lesson: Lesson | None = None, **kwargs: Any
    ) -> None:
        start: dict[str, Any] = {"visibility": min(cap, Visibility.PARTNERS), **kwargs.pop("initial", {})}
        if lesson is not None:
            start = {name: getattr(lesson, name) for name in FIELDS}
            start |= {"tags": ", ".join(lesson.tags), "goal": str(lesson.goal_id or "")}
        kwargs["initial"] = start
        super().__init__(*args, **kwargs)
        self.goals = {str(goal.pk): goal for goal in goals}
        choices = [("", _("None in particular")), *((key, goal.title) for key, goal in self.goals.items())]
        self.fields["goal"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField
        most = most_visible_before_sharing(Visibility(cap))
        self.fields["visibility"].choices = visibility_choices(most)  # type: ignore[attr-defined]  # a ChoiceField
        if lesson is not None:
            ask_if_meant(self, now=lesson.visibility)

    @property
    def first_fields(self) -> list[Any]:
        """What everybody is asked."""
        return [self[name] for name in self.fields if name not in self.MORE]

    @property
    def more_fields(self) -> list[Any]:
        """What may be told as well."""
        return [self[name] for name in self.MORE if name in self.fields]

    @property
    def more_has_errors(self) -> bool:
        """Whether something is to be put right among what is folded away."""
        return any(name in self.errors for name in self.MORE)

    def lesson_fields(self) -> dict[str, Any]:
        """The lesson's fields, from valid ones."""
        fields = dict(self.cleaned_data)
        fields["goal"] = self.goals.get(fields["goal"])
        fields["tags"] = tags_in(fields["tags"])
        return fields


class ShareLessonForm(KitForm):
    """Whom a lesson is shown to."""

    visibility = forms.TypedChoiceField(label=_("Who may read it?"), coerce=int, widget=forms.RadioSelect)

    def __init__(self, *args: Any, cap: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["visibility"].choices = visibility_choices(cap)  # type: ignore[attr-defined]  # a ChoiceField


class ApplyLessonForm(KitForm):
    """Where a lesson was applied."""

    where = TextField(label=_("Where did somebody act on it?"), max_length=200)
