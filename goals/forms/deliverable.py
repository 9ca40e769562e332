"""Forms for deliverables and the parts organisations play in them."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.web.forms import DateInput, KitForm, TextField
from goals.models import DeliverableRole
from goals.rules.deliverable import MemberFacts
from stakeholders.models import Strength

Part = DeliverableRole.Part
# What one organisation may do in one deliverable, by the letters that are sent.
CHOICES: list[tuple[str, str | Promise]] = [
    ("", _("No part")),
    ("AR", _("Answers for it and does it")),
    ("A", _("Answers for it")),
    ("R", _("Does it")),
    ("C", _("Is asked before")),
    ("I", _("Is told")),
]
# Three volunteers say who does it and who helps.
LIGHT_CHOICES: list[tuple[str, str | Promise]] = [("", _("No part")), ("AR", _("Does it")), ("R", _("Helps"))]
PREFIX, WHO = "part-", "who-"


class DeliverableForm(KitForm):
    """What shall be there, and for each member its part and, in a full partnership, who of its people plays it.

    ``speakers`` are each member's people by key and name, ``people`` who plays its part now.
    """

    title = TextField(label=_("What shall be there in the end?"), max_length=160)
    due_on = forms.DateField(label=_("By"), widget=DateInput, required=False)
    goal = forms.ChoiceField(label=_("Which goal does it serve?"), required=False)
    description = TextField(label=_("More about it"), max_length=1000, multiline=True, required=False)

    def __init__(
        self,
        *args: Any,
        members: Sequence[MemberFacts],
        goals: Sequence[tuple[str, str]],
        parts: Mapping[uuid.UUID, Collection[str]] | None = None,
        speakers: Mapping[uuid.UUID, Sequence[tuple[str, str]]] | None = None,
        people: Mapping[uuid.UUID, uuid.UUID] | None = None,
        is_light: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.members = members
        self.fields["goal"].choices = [("", _("None in particular")), *goals]  # type: ignore[attr-defined]  # a ChoiceField
        for member in members:
            played = "".join(part.value for part in (Part.ACCOUNTABLE, Part.RESPONSIBLE, Part.CONSULTED, Part.INFORMED)
                             if part in (parts or {}).get(member.id, ()))  # fmt: skip
            choices = LIGHT_CHOICES if is_light else CHOICES
            if played and played not in dict(choices):
                choices = [*choices, (played, "/".join(played))]
            self.fields[f"{PREFIX}{member.id}"] = forms.ChoiceField(
                label=member.name, choices=choices, required=False, initial=played
            )
            if (there := (speakers or {}).get(member.id)) and not is_light:
                self.fields[f"{WHO}{member.id}"] = forms.ChoiceField(
                    label=_("Who of %(name)s") % {"name": member.name},
                    choices=[("", _("nobody in particular")), *there],
                    required=False,
                    initial=str((people or {}).get(member.id, "")),
                )

    @property
    def part_fields(self) -> list[tuple[Any, Any]]:
        """The fields that ask for each member's part, and for who plays it where that is asked (else None)."""
        return [(self[f"{PREFIX}{one.id}"], self._who(one.id)) for one in self.members]

    def _who(self, member_id: uuid.UUID) -> Any:
        name = f"{WHO}{member_id}"
        return self[name] if name in self.fields else None

    def people(self) -> dict[uuid.UUID, uuid.UUID] | None:
        """Who plays each part, from valid fields; None where the form did not ask, which leaves it."""
        asked = {member.id: f"{WHO}{member.id}" for member in self.members if f"{WHO}{member.id}" in self.fields}
        if not asked:
            return None
        return {key: uuid.UUID(chosen) for key, name in asked.items() if (chosen := self.cleaned_data[name])}

    @property
    def own_fields(self) -> list[Any]:
        """The fields about the deliverable itself."""
        return [self[name] for name in ("title", "due_on", "goal", "description")]

    def answering_fields(self) -> list[str]:
        """The fields in which somebody was chosen to answer for it."""
        names = [f"{PREFIX}{member.id}" for member in self.members]
        return [name for name in names if Part.ACCOUNTABLE in self.cleaned_data.get(name, "")]

    def parts(self) -> dict[uuid.UUID, set[str]]:
        """The parts chosen, from valid fields."""
        chosen = {member.id: set(self.cleaned_data[f"{PREFIX}{member.id}"]) for member in self.members}
        return {key: some for key, some in chosen.items() if some}


class SkillForm(KitForm):
    """Which skill is looked for."""

    skill = forms.ChoiceField(label=_("Skill"), choices=[("", _("Choose")), *Strength.Skill.choices], required=False)
