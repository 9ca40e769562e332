"""Forms for risks."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.web.forms import NOT_FOUND, DateInput, KitForm, TextField
from goals.models import Risk
from goals.queries.risk import RiskChoices
from partnerships.forms.visibility import add_level

PLAIN = ("event", "cause", "effect", "likelihood", "impact", "response", "actions", "review_on", "visibility")


class RiskForm(KitForm):
    """What could happen, how likely and how serious it is; the answer may come later."""

    event = TextField(
        label=_("What could go wrong?"), max_length=200, help_text=_("For example: the room is not ours after June.")
    )
    likelihood = forms.TypedChoiceField(
        label=_("How likely is it?"), coerce=int, choices=Risk.Likelihood.choices, initial=Risk.Likelihood.POSSIBLE
    )
    impact = forms.TypedChoiceField(
        label=_("How bad would it be?"), coerce=int, choices=Risk.Impact.choices, initial=Risk.Impact.NOTICEABLE
    )
    response = forms.ChoiceField(
        label=_("How do we answer it?"), choices=[("", _("Not decided yet")), *Risk.Response.choices], required=False
    )
    actions = TextField(label=_("What do we do?"), max_length=1000, multiline=True, required=False)
    owner_member = forms.ChoiceField(
        label=_("Organisation that keeps an eye on it"), required=False, error_messages={"invalid_choice": NOT_FOUND}
    )
    owner_person = forms.ChoiceField(
        label=_("Person who keeps an eye on it"), required=False, error_messages={"invalid_choice": NOT_FOUND}
    )
    review_on = forms.DateField(label=_("Look at it again on"), widget=DateInput, required=False)
    cause = TextField(label=_("What would cause it?"), max_length=500, multiline=True, required=False)
    effect = TextField(label=_("What would follow from it?"), max_length=500, multiline=True, required=False)
    goal = forms.ChoiceField(
        label=_("Which goal does it concern?"), required=False, error_messages={"invalid_choice": NOT_FOUND}
    )

    def __init__(self, *args: Any, choices: RiskChoices, now: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._goals = {str(goal.pk): goal for goal in choices.goals}
        self._members = {str(member.pk): member for member in choices.members}
        self._people = {str(person.pk): person for person in choices.people}
        offered: dict[str, list[tuple[str, Any]]] = {
            "goal": [("", _("The partnership as a whole")), *((key, one.title) for key, one in self._goals.items())],
            "owner_member": [("", "-"), *((key, one.organisation.name) for key, one in self._members.items())],
            "owner_person": [("", "-"), *((key, one.name) for key, one in self._people.items())],
        }
        for name, some in offered.items():
            self.fields[name].choices = some  # type: ignore[attr-defined]  # a ChoiceField
        add_level(self, choices.cap, now=now)

    @property
    def first_fields(self) -> list[forms.BoundField]:
        """What everybody is asked."""
        return [self[name] for name in ("event", "likelihood", "impact", "response", "actions")]

    @property
    def more(self) -> list[forms.BoundField]:
        """What can wait."""
        names = ("owner_member", "owner_person", "review_on", "goal", "cause", "effect", "visibility", "is_meant")
        return [self[name] for name in names if name in self.fields]

    @property
    def more_has_errors(self) -> bool:
        """Whether something in the folded part has to be put right."""
        return any(field.errors for field in self.more)

    def values(self) -> dict[str, Any]:
        """The risk's fields for the operations."""
        fields = self.cleaned_data
        return {name: fields[name] for name in (*PLAIN, "is_meant") if name in fields} | {
            "goal": self._goals.get(fields["goal"]),
            "owner_member": self._members.get(fields["owner_member"]),
            "owner_person": self._people.get(fields["owner_person"]),
        }

    @staticmethod
    def initial_of(risk: Risk) -> dict[str, Any]:
        """What the form shows of a risk."""
        keys = {"goal": risk.goal_id, "owner_member": risk.owner_member_id, "owner_person": risk.owner_person_id}
        return {name: getattr(risk, name) for name in PLAIN} | {name: str(key or "") for name, key in keys.items()}
