"""Forms for milestones."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.queries.tenant import tenant_at_work
from core.rules.bilingual import LANGUAGES
from core.web.forms import DateInput, KitForm, TextField
from goals.models import Milestone

OTHER = {"en": _("The same in English"), "it": _("The same in Italian")}


class MilestoneForm(KitForm):
    """What will be there, and by when."""

    due_on = forms.DateField(label=_("By"), widget=DateInput())

    def __init__(self, *args: Any, milestone: Milestone | None = None, **kwargs: Any) -> None:
        if milestone is not None:
            kwargs["initial"] = {name: getattr(milestone, name) for name in ("title_en", "title_it", "due_on")}
        super().__init__(*args, **kwargs)
        self.own = tenant_at_work().default_language
        for language in LANGUAGES:
            label = _("What will be there?") if language == self.own else OTHER[language]
            self.fields[f"title_{language}"] = TextField(label=label, max_length=160, required=False)
        other = [f"title_{language}" for language in LANGUAGES if language != self.own]
        self.order_fields([f"title_{self.own}", "due_on", *other])

    def clean(self) -> dict[str, Any]:
        """A title in one language at least."""
        fields = super().clean() or {}
        if not fields.get("title_en") and not fields.get("title_it") and not self.errors.get(f"title_{self.own}"):
            self.add_error(f"title_{self.own}", _("Write what will be there."))
        return fields


class ReachedForm(KitForm):
    """When a milestone was reached, and what shows it."""

    reached_on = forms.DateField(label=_("Reached on"), widget=DateInput())
    evidence = TextField(
        label=_("What shows it?"), max_length=300, help_text=_("A photo, a list, a decision: say where it is.")
    )


class CloseGoalForm(KitForm):
    """How a goal ended, and how that is known."""

    to = forms.ChoiceField(label=_("How did it end?"), widget=forms.RadioSelect)
    statement = TextField(
        label=_("How do you know?"),
        max_length=300,
        multiline=True,
        help_text=_("The last value, or that there is none."),
    )

    def __init__(self, *args: Any, choices: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField
