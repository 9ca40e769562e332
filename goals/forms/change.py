"""Form of a change in the community."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.access.visibility import Visibility
from core.queries.tenant import tenant_at_work
from core.rules.bilingual import LANGUAGES
from core.web.forms import DateInput, KitForm, TextField, ask_if_meant
from goals.forms.claim import visibility_choices
from goals.models import CommunityChange
from goals.queries.change import ChangeChoices

WHAT = {"en": _("What changed, in English"), "it": _("What changed, in Italian")}
OUR_PART = {"en": _("Our part, in English"), "it": _("Our part, in Italian")}
FIELDS = (
    "kind", "what_en", "what_it", "place", "since", "source", "our_part_en", "our_part_it", "visibility",
)  # fmt: skip


class ChangeForm(KitForm):
    """What is there now and was not before, how that is known, and which part the partnership had in it."""

    kind = forms.ChoiceField(label=_("What kind of change?"), choices=CommunityChange.Kind.choices)
    place = TextField(label=_("Where?"), max_length=120, required=False)
    since = forms.DateField(label=_("Since when?"), widget=DateInput())
    source = TextField(
        label=_("How do you know?"), max_length=300, help_text=_("A decision, a paper, an address on the web.")
    )
    goals = forms.MultipleChoiceField(label=_("Which goals does it belong to?"), widget=forms.CheckboxSelectMultiple)
    claim = forms.ChoiceField(
        label=_("Which claim says how strong it is?"),
        required=False,
        help_text=_("Without one, say only that it happened while you worked."),
    )
    visibility = forms.TypedChoiceField(label=_("Who may see it"), coerce=int)

    def __init__(
        self, *args: Any, choices: ChangeChoices, cap: int, change: CommunityChange | None = None, **kwargs: Any
    ) -> None:
        start: dict[str, Any] = {"visibility": min(cap, Visibility.PARTNERS), **kwargs.pop("initial", {})}
        if change is not None:
            start |= {name: getattr(change, name) for name in FIELDS} | {"claim": str(change.claim_id or "")}
        kwargs["initial"] = start
        super().__init__(*args, **kwargs)
        self.choices = choices
        own = tenant_at_work().default_language
        for language in LANGUAGES:
            label = _("What changed?") if language == own else WHAT[language]
            self.fields[f"what_{language}"] = TextField(label=label, max_length=300, required=False)
            label = _("Our part in it, in one sentence") if language == own else OUR_PART[language]
            self.fields[f"our_part_{language}"] = TextField(label=label, max_length=300, required=False)
        goals, claims = self.fields["goals"], self.fields["claim"]
        goals.choices = [(str(goal.pk), goal.title) for goal in choices.goals]  # type: ignore[attr-defined]  # a ChoiceField
        claims.choices = [("", _("None in particular")), *((str(one.pk), one.result) for one in choices.claims)]  # type: ignore[attr-defined]  # a ChoiceField
        if not choices.claims:
            claims.widget = forms.HiddenInput()
        self.fields["visibility"].choices = visibility_choices(cap)  # type: ignore[attr-defined]  # a ChoiceField
        others = [f"{name}_{code}" for name in ("what", "our_part") for code in LANGUAGES if code != own]
        mine = ["kind", f"what_{own}", "since", "place", "source", "goals", f"our_part_{own}", "claim"]
        self.order_fields([*mine, *others, "visibility"])
        if change is not None:
            ask_if_meant(self, now=change.visibility)
        self.own = own

    def clean(self) -> dict[str, Any]:
        """What changed, in one language at least."""
        fields = super().clean() or {}
        if not fields.get("what_en") and not fields.get("what_it") and not self.errors.get(f"what_{self.own}"):
            self.add_error(f"what_{self.own}", _("Write what changed."))
        return fields

    def change_fields(self) -> dict[str, Any]:
        """The change's fields, from valid ones."""
        fields = dict(self.cleaned_data)
        return {**fields, "goals": self.choices.chosen(fields["goals"]), "claim": self.choices.claim(fields["claim"])}
