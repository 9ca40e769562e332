"""Forms of maps and relations."""

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.web.forms import DateInput, KitForm, TextField
from stakeholders.models import InfluenceLink, MapEntry
from stakeholders.queries.map_meant import Candidate
from stakeholders.queries.register import owners_to_choose


class MapForm(KitForm):
    """What the map is about."""

    title = TextField(
        label=_("Name of the map"), max_length=120, help_text=_("For example: Who matters for the orchard.")
    )
    issue = TextField(
        label=_("The issue"), max_length=300, help_text=_("One sentence: everybody is rated with a view to this.")
    )
    place = TextField(label=_("Place"), max_length=120, required=False)


class EntriesForm(KitForm):
    """Who is put on the map, from those just found."""

    stakeholders = forms.TypedMultipleChoiceField(
        label=_("Stakeholders"), coerce=uuid.UUID, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick the stakeholders first.")},
    )  # fmt: skip
    ring = forms.TypedChoiceField(
        label=_("How close are they to the issue?"), coerce=int, empty_value=None, required=False,
        choices=[("", _("Say it later")), *MapEntry.Ring.choices],
    )  # fmt: skip

    def __init__(self, *args: Any, found: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stakeholders"].choices = found  # type: ignore[attr-defined]  # a ChoiceField


class MeantForm(KitForm):
    """Who on a map is meant by a need or a promise; nobody is an answer too."""

    entries = forms.TypedMultipleChoiceField(
        label=_("Who is meant"), coerce=uuid.UUID, widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, candidates: Sequence[Candidate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["entries"]
        field.choices = [(str(one.entry_id), one.name) for one in candidates]
        field.initial = [str(one.entry_id) for one in candidates if one.is_meant]


class RaterForm(KitForm):
    """Somebody of the space, or a person of the register who gets a link."""

    user = forms.ModelChoiceField(
        label=_("Somebody of the space"), queryset=owners_to_choose(), required=False, empty_label=_("Nobody of these")
    )
    person = forms.TypedChoiceField(
        label=_("A person of the register, by mailed link"), coerce=uuid.UUID, empty_value=None, required=False
    )

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [("", _("Nobody of these")), *people]  # type: ignore[attr-defined]  # a ChoiceField

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and bool(cleaned.get("user")) == bool(cleaned.get("person")):
            self.add_error(None, _("Choose one: somebody of the space, or a person of the register."))
        return cleaned


class RelationForm(KitForm):
    """A relation to another stakeholder, in either direction."""

    OUT, IN = "out", "in"

    other = forms.TypedChoiceField(label=_("With whom"), coerce=uuid.UUID, widget=forms.RadioSelect)
    kind = forms.ChoiceField(label=_("Relation"), choices=InfluenceLink.Kind.choices)
    direction = forms.ChoiceField(label=_("Direction"), widget=forms.RadioSelect)
    strength = forms.TypedChoiceField(
        label=_("How strong"), coerce=int, choices=InfluenceLink.Strength.choices, initial=InfluenceLink.Strength.MEDIUM
    )
    since = forms.DateField(label=_("Since"), widget=DateInput, required=False)
    note = TextField(label=_("Note"), max_length=300, required=False)

    def __init__(self, *args: Any, name: str, others: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["other"].choices = others  # type: ignore[attr-defined]  # a ChoiceField
        ways = [
            (self.OUT, _("%(name)s does it to the other") % {"name": name}),
            (self.IN, _("The other does it to %(name)s") % {"name": name}),
        ]
        self.fields["direction"].choices = ways  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["direction"].initial = self.OUT
