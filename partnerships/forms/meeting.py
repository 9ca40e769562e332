"""Forms about meetings: planning, inviting, answering."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.validators import MinValueValidator
from django.forms import BoundField
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.web.forms import DateInput, KitForm, TextField
from partnerships.forms.visibility import add_level
from partnerships.models import Attendance, Meeting, MeetingKind, MeetingSeries, Representative
from partnerships.rules.meeting import EARLIEST
from stakeholders.models import Stakeholder

Answer = Attendance.Answer
LONGEST_MINUTES = 600
ANSWERS = [
    (Answer.YES.value, _("Yes, I come")),
    (Answer.MAYBE.value, _("I do not know yet")),
    (Answer.NO.value, _("No")),
]
COORDINATION = ""
BY_LINK = _("Who is invited reads the invitation, and the minutes of a meeting they were at, by link in any case.")
FOLDED = ("online_link", "kind", "chair", "note_taker", "accessibility", "visibility", "is_meant")


class TimeInput(forms.TimeInput):
    """The browser's own time field."""

    input_type = "time"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%H:%M", **kwargs)


class WhenForm(KitForm):
    """Day, hour and length. ``cleaned_data`` has ``starts_at`` and ``ends_at`` in place of day and hour."""

    day = forms.DateField(label=_("Day"), widget=DateInput, validators=[MinValueValidator(EARLIEST.date())])
    hour = forms.TimeField(label=_("Begins at"), widget=TimeInput)
    length_minutes = forms.IntegerField(
        label=_("How many minutes"), min_value=10, max_value=LONGEST_MINUTES, initial=90
    )

    def clean(self) -> dict[str, Any]:
        """The moments, in the space's own zone."""
        cleaned = super().clean() or {}
        if {"day", "hour", "length_minutes"} <= set(cleaned):
            starts = timezone.make_aware(datetime.combine(cleaned.pop("day"), cleaned.pop("hour")))
            cleaned["starts_at"] = starts
            cleaned["ends_at"] = starts + timedelta(minutes=cleaned["length_minutes"])
        return cleaned

    @staticmethod
    def initial_of(meeting: Meeting) -> dict[str, Any]:
        """Day, hour and length of a meeting."""
        starts = timezone.localtime(meeting.starts_at)
        return {"day": starts.date(), "hour": starts.time(), "length_minutes": meeting.length_minutes}


class MeetingForm(WhenForm):
    """A meeting: what for, when and where; the rest can wait.

    ``others`` may take the minutes although they speak for no member; they get a link for it.
    """

    title = TextField(label=_("Name of the meeting"), max_length=120)
    purpose = TextField(label=_("What for, in one line"), max_length=200)
    place = TextField(label=_("Where"), max_length=200, required=False)
    online_link = forms.URLField(label=_("Link to join online"), max_length=300, required=False, assume_scheme="https")
    kind = forms.ChoiceField(label=_("Kind"), choices=MeetingKind.choices)
    chair = forms.ChoiceField(label=_("Who chairs"), required=False)
    note_taker = forms.ChoiceField(label=_("Who takes the minutes"), required=False)
    accessibility = TextField(
        label=_("What makes it easy to take part"),
        max_length=500,
        required=False,
        help_text=_("For example: no steps, an interpreter, childcare, travel paid."),
    )
    field_order = (
        "title", "purpose", "day", "hour", "length_minutes", "place", "online_link", "kind", "chair", "note_taker",
        "accessibility", "visibility",
    )  # fmt: skip

    def __init__(
        self,
        *args: Any,
        speakers: Iterable[Representative],
        cap: int,
        now: int | None = None,
        others: Iterable[Stakeholder] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        add_level(self, cap, now=now, help_text=BY_LINK)
        self._speakers = {str(one.pk): one for one in speakers}
        self._others = {str(one.pk): one for one in others}
        choices: list[Any] = [(COORDINATION, _("Coordination"))]
        choices += [(key, f"{one.person.name} ({one.member.organisation.name})") for key, one in self._speakers.items()]
        for name in ("chair", "note_taker"):
            field: Any = self.fields[name]
            field.choices = choices
        taker: Any = self.fields["note_taker"]
        taker.choices = [*choices, *((key, one.name) for key, one in self._others.items())]

    def clean(self) -> dict[str, Any]:
        """Chair and note taker as people, with the organisation the chair speaks for."""
        cleaned = super().clean()
        chair = self._speakers.get(cleaned.get("chair", ""))
        key = cleaned.get("note_taker", "")
        taker = self._speakers[key].person if key in self._speakers else self._others.get(key)
        cleaned["chair"], cleaned["chair_member"] = (chair.person, chair.member) if chair else (None, None)
        cleaned["note_taker"] = taker
        cleaned.pop("length_minutes", None)
        return cleaned

    def first_fields(self) -> list[BoundField]:
        """What every meeting needs."""
        return [self[name] for name in self.fields if name not in FOLDED]

    def folded_fields(self) -> list[BoundField]:
        """What is folded away at first."""
        return [self[name] for name in self.fields if name in FOLDED]

    def key_of(self, person_id: Any) -> str:
        """The choice that stands for a person."""
        known = {one.person_id: key for key, one in self._speakers.items()} | {
            one.pk: key for key, one in self._others.items()
        }
        return known.get(person_id, COORDINATION)


class SeriesForm(WhenForm):
    """A rhythm, from its first meeting on."""

    title = TextField(label=_("Name of the meeting"), max_length=120)
    purpose = TextField(label=_("What for, in one line"), max_length=200)
    rhythm = forms.ChoiceField(label=_("How often"), choices=MeetingSeries.Rhythm.choices, initial="monthly")
    kind = forms.ChoiceField(label=_("Kind"), choices=MeetingKind.choices)
    place = TextField(label=_("Where"), max_length=200, required=False)
    online_link = forms.URLField(label=_("Link to join online"), max_length=300, required=False, assume_scheme="https")
    field_order = ("title", "purpose", "rhythm", "day", "hour", "length_minutes", "place", "online_link", "kind")

    def clean(self) -> dict[str, Any]:
        """The first meeting's moment as ``first_at``."""
        cleaned = super().clean()
        cleaned["first_at"] = cleaned.pop("starts_at", None)
        cleaned.pop("ends_at", None)
        return cleaned


class InviteForm(KitForm):
    """Whom to ask; everybody who speaks for a member is ticked at first.

    ``cleaned_data["people"]`` are speakers, ``cleaned_data["guests"]`` other persons, one of the two at least.
    """

    people = forms.MultipleChoiceField(
        label=_("Who speaks for a member"), widget=forms.CheckboxSelectMultiple, required=False
    )
    guests = forms.MultipleChoiceField(label=_("Guests"), widget=forms.CheckboxSelectMultiple, required=False)

    def __init__(
        self, *args: Any, speakers: Iterable[Representative], guests: Iterable[Stakeholder] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._guests = {str(one.pk): one for one in guests}
        guest_field: Any = self.fields["guests"]
        guest_field.choices = [
            (key, f"{one.name}{f' · {one.place}' if one.place else ''}") for key, one in self._guests.items()
        ]
        self._speakers = {str(one.pk): one for one in speakers}
        field: Any = self.fields["people"]
        field.choices = [
            (key, f"{one.person.name} · {one.member.organisation.name}") for key, one in self._speakers.items()
        ]
        field.initial = list(self._speakers)

    def clean_people(self) -> list[Representative]:
        """Those chosen."""
        return [self._speakers[key] for key in self.cleaned_data["people"]]

    def clean_guests(self) -> list[Stakeholder]:
        """Those chosen."""
        return [self._guests[key] for key in self.cleaned_data["guests"]]

    def clean(self) -> dict[str, Any]:
        """Somebody has to be chosen."""
        cleaned = super().clean() or {}
        if not self.errors and not cleaned["people"] and not cleaned["guests"]:
            self.add_error("people" if self._speakers else "guests" if self._guests else None, _("Choose somebody."))
        return cleaned


class AnswerForm(KitForm):
    """Whether somebody comes."""

    answer = forms.ChoiceField(label=_("Will you come?"), choices=ANSWERS, widget=forms.RadioSelect)
    access_needs = TextField(
        label=_("Anything you need to take part?"),
        max_length=300,
        required=False,
        help_text=_("Only the coordination reads this."),
    )


class LateForm(KitForm):
    """Why an agenda goes out although a rule says no."""

    reason = TextField(label=_("Why all the same"), max_length=300, required=False)
