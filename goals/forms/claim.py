"""Forms of a claim of contribution and of other explanations."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.access.visibility import Visibility
from core.queries.tenant import tenant_at_work
from core.rules.bilingual import LANGUAGES
from core.web.forms import KitForm, TextField, ask_if_meant
from goals.models import ClaimAlternative, ContributionClaim, Goal

OTHER = {"en": _("The same in English"), "it": _("The same in Italian")}
LONG = 1000
FIELDS = (
    "result_en", "result_it", "evidence_done", "evidence_steps", "people_say", "comparison", "comparison_note",
    "visibility",
)  # fmt: skip


def visibility_choices(cap: int) -> list[tuple[int, Any]]:
    """Who may see a record inside something of this visibility."""
    return [(level, label) for level, label in Visibility.choices if Visibility.SEALED < level <= cap]


class ClaimForm(KitForm):
    """What was observed and what shows which part the partnership had in it."""

    evidence_done = TextField(
        label=_("What shows that you did what was planned?"), max_length=LONG, multiline=True, required=False
    )
    evidence_steps = TextField(
        label=_("What shows that the steps in between happened?"),
        max_length=LONG,
        multiline=True,
        required=False,
        help_text=_("What had to happen after your work and before the result: who learned, came, changed a habit."),
    )
    people_say = TextField(
        label=_("What do people say?"),
        max_length=LONG,
        multiline=True,
        required=False,
        help_text=_("In their words, with their consent, no names."),
    )
    comparison = forms.ChoiceField(label=_("Is there a comparison?"), required=False)
    comparison_note = TextField(label=_("With whom, how many, since when?"), max_length=400, required=False)
    visibility = forms.TypedChoiceField(label=_("Who may see it"), coerce=int)

    def __init__(self, *args: Any, goal: Goal, claim: ContributionClaim | None = None, **kwargs: Any) -> None:
        start = {name: getattr(claim, name) for name in FIELDS} if claim else {"visibility": Visibility.PARTNERS}
        kwargs["initial"] = start
        super().__init__(*args, **kwargs)
        own = tenant_at_work().default_language
        for language in LANGUAGES:
            hint = _("What changed, with its value and day. Not why.") if language == own else ""
            label = _("What was observed?") if language == own else OTHER[language]
            self.fields[f"result_{language}"] = TextField(
                label=label, max_length=400, multiline=True, required=False, help_text=hint
            )
        no_comparison = [("", _("No, none")), *ContributionClaim.Comparison.choices]
        self.fields["comparison"].choices = no_comparison  # type: ignore[attr-defined]  # a ChoiceField
        cap = min(goal.visibility, goal.partnership.visibility)
        self.fields["visibility"].choices = visibility_choices(cap)  # type: ignore[attr-defined]  # a ChoiceField
        others = [f"result_{language}" for language in LANGUAGES if language != own]
        self.order_fields([f"result_{own}", *others, *FIELDS[2:]])
        if claim is not None:
            ask_if_meant(self, now=claim.visibility)
        self.own = own

    def clean(self) -> dict[str, Any]:
        """A result in one language at least."""
        fields = super().clean() or {}
        if not fields.get("result_en") and not fields.get("result_it") and not self.errors.get(f"result_{self.own}"):
            self.add_error(f"result_{self.own}", _("Write what was observed."))
        return fields


class AlternativeForm(KitForm):
    """Something else that could explain the result."""

    text = TextField(
        label=_("What else could explain it?"),
        max_length=300,
        help_text=_("Another project, a new law, the season, who was counted."),
    )


class ExamineForm(KitForm):
    """What somebody found about another explanation."""

    outcome = forms.ChoiceField(
        label=_("What did you find?"), choices=ClaimAlternative.Outcome.choices, widget=forms.RadioSelect
    )
    reason = TextField(label=_("How do you know?"), max_length=400, multiline=True)
