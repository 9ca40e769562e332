"""Forms of a representation audit: the community, the audit, its counts, its round, its end."""

import uuid
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from core.forms.people import PlaceForm
from core.web.forms import NOT_FOUND, DateInput, KitForm, TextField
from stakeholders.models import ReferenceCategory, ReferenceProfile, RepresentationAudit
from stakeholders.rules.representation import MOST_COUNTED, SAY_ACTION, SAY_MISSING, SAY_WHEN, is_sensitive
from stakeholders.rules.representation_profile import (
    FIRST_YEAR,
    LARGEST_TEXT,
    LAST_YEAR,
    ProfileLinesError,
    categories_from,
    decoded,
)
from stakeholders.rules.representation_slip import FEWEST_SLIPS, LONGEST_TYPED, MOST_SLIPS
from stakeholders.rules.representation_words import NOT_STATED


class ProfileForm(KitForm):
    """A community along one dimension; ``cleaned_data["categories"]`` are its groups."""

    dimension = forms.ChoiceField(label=_("Along what"), choices=ReferenceProfile.Dimension.choices)
    area = TextField(label=_("Area"), max_length=120, help_text=_("For example: the town, a district, a school."))
    year = forms.IntegerField(label=_("Year of the figures"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    source = TextField(
        label=_("Where the figures are from"), max_length=200, help_text=_("For example: census, table and date.")
    )
    lines = forms.CharField(
        label=_("Groups and how many people each has"),
        required=False,
        max_length=LARGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_(
            "One a line, with a semicolon: Under 30;1240. Two columns copied from a spreadsheet will do as well."
        ),
    )
    file = forms.FileField(
        label=_("Or a CSV file with these two columns"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".csv,.txt"}),
    )

    def clean(self) -> dict[str, Any]:
        """Groups from the lines or, where one is given, the file."""
        cleaned = super().clean() or self.cleaned_data
        if "lines" in self.errors or "file" in self.errors:
            return cleaned
        upload: UploadedFile[bytes] | None = cleaned.get("file")
        try:
            cleaned["categories"] = categories_from(_text_of(upload) if upload else cleaned.get("lines", ""))
        except ProfileLinesError as error:
            self.add_error("file" if upload else "lines", str(error))
        return cleaned

    def facts(self) -> dict[str, Any]:
        """What the operation takes, from valid fields."""
        return {name: self.cleaned_data[name] for name in ("dimension", "area", "year", "source", "categories")}


class AuditForm(PlaceForm):
    """Which body is looked at, whose it is, when, and who says it."""

    field_order = ["body", "place", "profile", "audited_on", "method"]

    place = forms.ChoiceField(
        label=_("Whose body it is"),
        required=False,
        help_text=_("Whoever coordinates this partnership sees the audit, beside the coordination of the space."),
    )
    body = TextField(
        label=_("Body"),
        max_length=120,
        widget=forms.TextInput(attrs={"list": "bodies", "autocomplete": "off"}),
        help_text=_("For example: steering group, volunteers, people at the assembly."),
    )
    profile = forms.ChoiceField(label=_("Compared with"), error_messages={"invalid_choice": NOT_FOUND})
    audited_on = forms.DateField(label=_("As it was on"), widget=DateInput)
    method = forms.ChoiceField(
        label=_("How it is known"),
        choices=RepresentationAudit.Method.choices,
        initial=RepresentationAudit.Method.ANONYMOUS,
        widget=forms.RadioSelect,
        help_text=_("Only sector, size of organisation and neighbourhood can be known from a role."),
    )

    def __init__(self, *args: Any, profiles: Iterable[ReferenceProfile], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.profiles = {str(profile.pk): profile for profile in profiles}
        field: Any = self.fields["profile"]
        field.choices = [
            (key, f"{profile.get_dimension_display()} · {profile}") for key, profile in self.profiles.items()
        ]

    def facts(self) -> dict[str, Any]:
        """What the operation takes, from valid fields."""
        facts = {name: self.cleaned_data[name] for name in ("body", "audited_on", "method")}
        place = self.chosen_place
        return facts | {
            "profile": self.profiles[self.cleaned_data["profile"]],
            "scope_id": uuid.UUID(place) if place else None,
        }


class AuditPlaceForm(PlaceForm):
    """Whose body an audit is about, said afterwards."""

    place = forms.ChoiceField(
        label=_("Whose body it is"),
        required=False,
        help_text=_("Whoever coordinates this partnership sees the audit, beside the coordination of the space."),
    )

    def facts(self) -> dict[str, Any]:
        """What the operation takes, from valid fields."""
        return {"scope_id": uuid.UUID(self.chosen_place) if self.chosen_place else None}


class CountsForm(KitForm):
    """How many of a body belong to each group."""

    def __init__(self, *args: Any, audit: RepresentationAudit, groups: list[ReferenceCategory], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.groups = groups
        for number, group in enumerate(groups):
            self.fields[f"count_{number}"] = _count(group.label)
        self.fields["not_stated"] = _count(NOT_STATED)
        if is_sensitive(audit.profile.dimension):
            self.fields["from_cards"] = forms.BooleanField(
                label=_("Everybody filled in a card without a name; nobody guessed or asked."), required=False
            )

    def facts(self) -> dict[str, Any]:
        """What the operation takes, from valid fields."""
        counts = {group.pk: self.cleaned_data[f"count_{number}"] for number, group in enumerate(self.groups)}
        return {
            "counts": counts,
            "not_stated": self.cleaned_data["not_stated"],
            "from_cards": self.cleaned_data.get("from_cards", False),
        }


class RoundForm(KitForm):
    """How many slips, and until when."""

    number = forms.IntegerField(
        label=_("How many people are in the body?"),
        min_value=FEWEST_SLIPS,
        max_value=MOST_SLIPS,
        help_text=_("Each gets a slip with a code that answers once. From 5 to 300."),
    )
    ends_on = forms.DateField(label=_("Last day to answer"), widget=DateInput)


class ActionForm(KitForm):
    """What is done about it, and by when."""

    action = TextField(
        label=_("What will you do about it?"),
        max_length=300,
        multiline=True,
        error_messages={"required": SAY_ACTION},
        help_text=_("For example: two seats for tenants, meetings after six, an interpreter."),
    )
    action_on = forms.DateField(label=_("By when"), widget=DateInput, error_messages={"required": SAY_WHEN})


class CloseForm(ActionForm):
    """Which voices are missing, what is done about it, and by when: all three are asked by the rule (R-S11)."""

    missing_voices = TextField(
        label=_("Which voices are missing?"),
        max_length=300,
        multiline=True,
        error_messages={"required": SAY_MISSING},
        help_text=_("Written from the table. Change it as you see fit."),
    )
    field_order = ("missing_voices", "action", "action_on")


class AnswerForm(KitForm):
    """One question, and the code that answers once."""

    group = forms.ChoiceField(widget=forms.RadioSelect, error_messages={"required": _("Choose one from the list.")})
    code = TextField(
        label=_("Code on your slip"),
        max_length=LONGEST_TYPED,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        help_text=_("It says that you belong to the body, not who you are. It works once."),
    )
    KEPT_TO_MYSELF = "not_stated"

    def __init__(self, *args: Any, groups: list[ReferenceCategory], question: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.groups = {str(group.pk): group for group in groups}
        field: Any = self.fields["group"]
        field.label = question
        field.choices = [
            *((key, group.label) for key, group in self.groups.items()),
            (self.KEPT_TO_MYSELF, _("I would rather not say")),
        ]

    def facts(self) -> dict[str, Any]:
        """What the operation takes, from valid fields."""
        chosen = self.groups.get(self.cleaned_data["group"])
        return {"category_id": chosen.pk if chosen else None, "code": self.cleaned_data["code"]}


def _text_of(upload: UploadedFile[bytes]) -> str:
    if (upload.size or 0) > LARGEST_TEXT:
        raise ProfileLinesError(_("This file is too large. It holds a group and a number in each line, nothing else."))
    return decoded(upload.read())


def _count(label: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=MOST_COUNTED)
