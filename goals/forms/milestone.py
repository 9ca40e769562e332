"""Forms for milestones."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.queries.tenant import tenant_at_work
from core.rules.bilingual import LANGUAGES
from core.web.forms import NOT_FOUND, DateInput, KitForm, TextField
from goals.models import Milestone
from goals.queries.version import FinalValue
from metrics.forms.figure import FigureField
from metrics.models import Measurement
from partnerships.models import PartnershipMember, Representative
from stakeholders.models import Stakeholder

OTHER = {"en": _("The same in English"), "it": _("The same in Italian")}


class MilestoneForm(KitForm):
    """What will be there, and by when; the rest can wait."""

    due_on = forms.DateField(label=_("By"), widget=DateInput())
    kind = forms.ChoiceField(label=_("What kind of point is it?"), choices=Milestone.Kind.choices, required=False)
    owner = forms.ChoiceField(label=_("Who looks after it?"), required=False)
    expected_value = FigureField(
        label=_("Value of the goal expected by then"),
        required=False,
        help_text=_("Only where the way is not a straight line: the goal is then judged against these values."),
    )
    evidence_wanted = TextField(
        label=_("What will show that it is reached?"),
        max_length=300,
        required=False,
        help_text=_("For example: the signed list, a photo of the opened door."),
    )

    def __init__(
        self, *args: Any, owners: Iterable[Representative], milestone: Milestone | None = None, **kwargs: Any
    ) -> None:
        if milestone is not None:
            names = ("title_en", "title_it", "due_on", "kind", "expected_value", "evidence_wanted")
            kwargs["initial"] = {name: getattr(milestone, name) for name in names}
            kwargs["initial"]["owner"] = _key(milestone.owner_member_id, milestone.owner_person_id)
        super().__init__(*args, **kwargs)
        self.owners = _choices(owners)
        owner: Any = self.fields["owner"]
        owner.choices = [("", _("Nobody in particular")), *((key, words) for key, (words, *_) in self.owners.items())]
        owner.error_messages["invalid_choice"] = NOT_FOUND
        self.own = tenant_at_work().default_language
        for language in LANGUAGES:
            label = _("What will be there?") if language == self.own else OTHER[language]
            self.fields[f"title_{language}"] = TextField(label=label, max_length=160, required=False)
        other = [f"title_{language}" for language in LANGUAGES if language != self.own]
        self.order_fields([f"title_{self.own}", "due_on", "owner", "evidence_wanted", "expected_value", "kind", *other])

    def fields_at_once(self) -> list[forms.BoundField]:
        """What everybody sees first: a title and a day."""
        return [self[f"title_{self.own}"], self["due_on"]]

    def fields_folded(self) -> list[forms.BoundField]:
        """What is unfolded when it is needed."""
        seen = {field.name for field in self.fields_at_once()}
        return [field for field in self if field.name not in seen]

    def clean(self) -> dict[str, Any]:
        """A title in one language at least; the owner as member and person."""
        fields = super().clean() or {}
        if not fields.get("title_en") and not fields.get("title_it") and not self.errors.get(f"title_{self.own}"):
            self.add_error(f"title_{self.own}", _("Write what will be there."))
        _words, member, person = self.owners.get(fields.pop("owner", ""), ("", None, None))
        fields["kind"] = fields.get("kind") or Milestone.Kind.OUTPUT
        return {**fields, "owner_member": member, "owner_person": person}


class ReachedForm(KitForm):
    """When a milestone was reached, and what shows it."""

    reached_on = forms.DateField(label=_("Reached on"), widget=DateInput())
    evidence = TextField(
        label=_("What shows it?"),
        max_length=300,
        required=False,
        help_text=_("A photo, a list, a decision: say where it is, or add it below."),
    )
    upload = forms.FileField(label=_("A photo or a document"), required=False, help_text=_("Up to 15 MB."))


class DropForm(KitForm):
    """Why a milestone is given up."""

    reason = TextField(
        label=_("Why is it dropped?"),
        max_length=300,
        multiline=True,
        help_text=_("It stays in sight with this reason."),
    )


def _key(member_id: Any, person_id: Any) -> str:
    return f"{member_id}:{person_id or ''}" if member_id else ""


def _choices(owners: Iterable[Representative]) -> dict[str, tuple[str, PartnershipMember | None, Stakeholder | None]]:
    """Each organisation by itself, then each of its people."""
    found: dict[str, tuple[str, PartnershipMember | None, Stakeholder | None]] = {}
    for one in sorted(owners, key=lambda one: (one.member.organisation.sort_name, one.person.sort_name)):
        name = one.member.organisation.name
        found.setdefault(_key(one.member_id, None), (name, one.member, None))
        found[_key(one.member_id, one.person_id)] = (f"{name}: {one.person.name}", one.member, one.person)
    return found


class CloseGoalForm(KitForm):
    """How a goal ended, the value it ended with, and how that is known."""

    NO_VALUE = "none"

    to = forms.ChoiceField(label=_("How did it end?"), widget=forms.RadioSelect)
    measurement = forms.ChoiceField(label=_("With which value?"))
    statement = TextField(
        label=_("How do you know?"),
        max_length=300,
        multiline=True,
        help_text=_("Where the value comes from, or why there is none."),
    )

    def __init__(self, *args: Any, choices: list[tuple[str, Any]], values: Iterable[FinalValue], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_key = {str(value.measurement.pk): value for value in values}
        to: Any = self.fields["to"]
        to.choices = choices
        measured: Any = self.fields["measurement"]
        measured.choices = [
            *((key, value.words) for key, value in self.by_key.items()),
            (self.NO_VALUE, _("There is no final value")),
        ]
        measured.initial = next(iter(self.by_key), self.NO_VALUE)
        measured.error_messages["invalid_choice"] = NOT_FOUND

    def clean_measurement(self) -> Measurement | None:
        """The value chosen; None for none."""
        found = self.by_key.get(self.cleaned_data["measurement"])
        return found.measurement if found else None
