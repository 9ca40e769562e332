"""Forms of activities for those who prepare them."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.core.validators import MinValueValidator
from django.db.models import QuerySet
from django.forms import BoundField
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.web.forms import NOT_FOUND, DateInput, KitForm, TenantModelForm, TextField
from engagement.models import EngagementActivity, Level, Theme
from engagement.rules.activity import PROMISES, READ_FOR_NAMES
from goals.models import Goal
from partnerships.forms.meeting import TimeInput
from partnerships.models import Decision
from partnerships.rules.meeting import EARLIEST
from stakeholders.models import ReferenceProfile

FIRST = ("title", "kind", "question", "level", "what_is_open", "what_is_fixed", "day", "begins", "ends", "place")
FOLDS: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (_("Who decides, and by when people hear back"), ("who_decides", "decided_by", "report_back_by", "goal")),
    (
        _("Registering and places"),
        ("takes_registrations", "capacity", "hours_to_accept", "expected_participants", "online_link"),
    ),
    (
        _("What makes it easy to take part"),
        ("step_free", "has_childcare", "languages", "other_ways", "access_note", "compensation"),
    ),
    (
        _("Whom you want to reach, who leads it, what it costs"),
        ("target_groups", "outreach_plan", "facilitators", "budget"),
    ),
)  # fmt: skip
MOST_PLACES = 10_000
CENTS = 100


def _level_choices() -> list[tuple[int, str]]:
    return [(level.value, f"{level.label}: {PROMISES[level]}") for level in Level]


class ActivityForm(TenantModelForm):
    """An activity: the promise and the day first, the rest folded away. Gives moments for day and hours."""

    title = TextField(label=_("Name of the activity"), max_length=120)
    question = TextField(
        label=_("The question or decision it is about"),
        max_length=300,
        help_text=_("In words a neighbour would use."),
    )
    level = forms.TypedChoiceField(
        label=_("What you promise to those who come"), coerce=int, choices=_level_choices, widget=forms.RadioSelect
    )
    what_is_open = TextField(
        label=_("What is open"),
        max_length=1000,
        multiline=True,
        required=False,
        help_text=_("What people can still change. If nothing is open, the promise is “Telling”."),
    )
    what_is_fixed = TextField(
        label=_("What is fixed"),
        max_length=1000,
        multiline=True,
        required=False,
        help_text=_("What cannot be changed any more, and why: said beforehand, it disappoints nobody."),
    )
    day = forms.DateField(
        label=_("Day"), widget=DateInput, required=False, validators=[MinValueValidator(EARLIEST.date())]
    )
    begins = forms.TimeField(label=_("Begins at"), widget=TimeInput, required=False)
    ends = forms.TimeField(label=_("Ends at"), widget=TimeInput, required=False)
    place = TextField(label=_("Where"), max_length=200, required=False)
    who_decides = TextField(label=_("Who decides in the end"), max_length=200, required=False)
    decided_by = forms.DateField(label=_("When it is decided"), widget=DateInput, required=False)
    report_back_by = forms.DateField(
        label=_("By when people hear what became of it"),
        widget=DateInput,
        required=False,
        help_text=_("Left empty for a new activity: thirty days after it."),
    )
    goal = forms.ModelChoiceField(
        label=_("Goal it serves"),
        queryset=Goal.objects.none(),
        required=False,
        empty_label=_("No goal"),
        error_messages={"invalid_choice": NOT_FOUND},
    )
    takes_registrations = forms.BooleanField(label=_("People register beforehand"), required=False, initial=True)
    capacity = forms.IntegerField(
        label=_("Places for how many people"),
        min_value=1,
        max_value=MOST_PLACES,
        required=False,
        help_text=_("Left empty, there is room for everybody. Who comes later goes on a waiting list."),
    )
    hours_to_accept = forms.IntegerField(
        label=_("How many hours an offered place waits for an answer"), min_value=2, max_value=336, initial=48
    )
    expected_participants = forms.IntegerField(
        label=_("How many people you expect"), min_value=0, max_value=MOST_PLACES, required=False
    )
    online_link = forms.URLField(label=_("Link to join online"), max_length=300, required=False, assume_scheme="https")
    has_childcare = forms.BooleanField(label=_("Somebody looks after children"), required=False)
    languages = TextField(
        label=_("Languages, interpreters"), max_length=120, required=False, help_text=_("For example: Italian, Arabic.")
    )
    other_ways = TextField(
        label=_("How to take part without coming"),
        max_length=300,
        required=False,
        help_text=_("For example: by telephone, on paper at the library."),
    )
    access_note = TextField(label=_("Anything else about access"), max_length=500, required=False)
    compensation = TextField(label=_("What people get for their time"), max_length=300, required=False)
    target_groups = TextField(
        label=_("Whom you want to reach"),
        max_length=300,
        required=False,
        help_text=_("Call groups as the register does: on the maps of who matters they are then promised this level."),
    )
    outreach_plan = TextField(label=_("How they hear of it"), max_length=1000, multiline=True, required=False)
    facilitators = TextField(label=_("Who leads it"), max_length=200, required=False)
    budget = forms.DecimalField(
        label=_("What it may cost"), min_value=0, max_digits=11, decimal_places=2, required=False
    )

    class Meta:
        model = EngagementActivity
        fields = [
            "title", "kind", "question", "level", "what_is_open", "what_is_fixed", "place", "who_decides", "decided_by",
            "report_back_by", "goal", "takes_registrations", "capacity", "hours_to_accept", "expected_participants",
            "online_link", "step_free", "has_childcare", "languages", "other_ways", "access_note", "compensation",
            "target_groups", "outreach_plan", "facilitators",
        ]  # fmt: skip
        labels = {"kind": _("Kind of activity"), "step_free": _("Can everybody get in?")}

    def __init__(self, *args: Any, goals: QuerySet[Goal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["goal"].queryset = goals  # type: ignore[attr-defined]  # a ModelChoiceField
        if self.instance.starts_at:
            starts = timezone.localtime(self.instance.starts_at)
            self.initial["day"], self.initial["begins"] = starts.date(), starts.time()
        if self.instance.ends_at:
            self.initial["ends"] = timezone.localtime(self.instance.ends_at).time()
        if self.instance.budget_cents is not None:
            self.initial["budget"] = Decimal(self.instance.budget_cents) / CENTS

    def clean(self) -> dict[str, Any]:
        """Day and hours as moments, in the space's own zone; all three or none."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        budget = cleaned.pop("budget", None)
        cleaned["budget_cents"] = int(budget * CENTS) if budget is not None else None
        given = [cleaned.pop(name, None) for name in ("day", "begins", "ends")]
        day, begins, ends = given
        cleaned["starts_at"] = cleaned["ends_at"] = None
        if day and begins and ends:
            cleaned["starts_at"] = timezone.make_aware(datetime.combine(day, begins))
            cleaned["ends_at"] = timezone.make_aware(datetime.combine(day, ends))
            if ends <= begins:
                self.add_error("ends", _("It has to end after it begins."))
        elif any(given) and not {"day", "begins", "ends"} & set(self.errors):
            missing = next(name for name, value in zip(("day", "begins", "ends"), given, strict=True) if not value)
            self.add_error(missing, _("Give day, beginning and end, or leave all three empty for now."))
        return cleaned

    def first_fields(self) -> list[BoundField]:
        """What every activity needs."""
        return [self[name] for name in FIRST]

    def folds(self) -> list[tuple[Any, list[BoundField], bool]]:
        """What is folded away: title, fields, and whether it is open because something in it is to be put right."""
        return [
            (title, [self[name] for name in names], any(name in self.errors for name in names))
            for title, names in FOLDS
        ]


class HeldForm(KitForm):
    """That it took place, and how many came."""

    head_count = forms.IntegerField(
        label=_("How many people came"),
        min_value=0,
        max_value=1_000_000,
        required=False,
        help_text=_("Everybody in the room, registered or not. Empty if nobody counted."),
    )


class SummaryForm(KitForm):
    """What was said, in plain words."""

    summary = TextField(
        label=_("What was said, in plain words"),
        max_length=6000,
        multiline=True,
        help_text=_("Short sentences, no names, what people agreed on and where they did not."),
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    outputs = TextField(
        label=_("What came out of it"),
        max_length=2000,
        multiline=True,
        required=False,
        help_text=_("A map, a list of ideas, a vote: for your own papers and reports."),
    )
    names_checked = forms.BooleanField(
        label=_("I read it once more: no name and nothing that tells who somebody is"),
        error_messages={"required": READ_FOR_NAMES},
    )


class QuoteForm(KitForm):
    """Somebody's own words."""

    words = TextField(label=_("The words"), max_length=500, multiline=True)
    has_consent = forms.BooleanField(
        label=_("Whoever said it agreed that these words are published without a name"),
        error_messages={"required": _("Only words whose speaker agreed can be published.")},
    )


class AnswerForm(KitForm):
    """What came of it: an answer or a decision that everybody can read."""

    theme = forms.ModelChoiceField(
        label=_("A published answer of “You said, we did”"),
        queryset=Theme.objects.none(),
        required=False,
        empty_label=_("None"),
        error_messages={"invalid_choice": NOT_FOUND},
    )
    decision = forms.ModelChoiceField(
        label=_("Or a decision that residents are told of"),
        queryset=Decision.objects.none(),
        required=False,
        empty_label=_("None"),
        error_messages={"invalid_choice": NOT_FOUND},
    )

    def __init__(self, *args: Any, themes: QuerySet[Theme], decisions: QuerySet[Decision], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["theme"].queryset = themes  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["decision"].queryset = decisions  # type: ignore[attr-defined]  # a ModelChoiceField


class CallOffForm(KitForm):
    """Why it does not take place; everybody who registered reads it."""

    reason = TextField(
        label=_("Why"), max_length=300, error_messages={"required": _("Say why: people planned to come.")}
    )


class CommunitiesForm(KitForm):
    """Which communities the cards are compared with."""

    age = forms.ModelChoiceField(
        label=_("Ages of the community"),
        queryset=ReferenceProfile.objects.none(),
        required=False,
        empty_label=_("Do not ask"),
        error_messages={"invalid_choice": NOT_FOUND},
    )
    area = forms.ModelChoiceField(
        label=_("Neighbourhoods of the community"),
        queryset=ReferenceProfile.objects.none(),
        required=False,
        empty_label=_("Do not ask"),
        error_messages={"invalid_choice": NOT_FOUND},
    )

    def __init__(self, *args: Any, profiles: QuerySet[ReferenceProfile], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        Dimension = ReferenceProfile.Dimension  # noqa: N806 - a class
        for name, dimension in (("age", Dimension.AGE), ("area", Dimension.NEIGHBOURHOOD)):
            field: Any = self.fields[name]
            field.queryset = profiles.filter(dimension=dimension)


class DoorForm(KitForm):
    """Looking for somebody at the door."""

    search = TextField(
        label=_("Code or part of the name"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "type": "search"}),
    )


class CameForm(KitForm):
    """How many of a registration came in."""

    people = forms.IntegerField(min_value=1, max_value=10)


def positions(choices: Iterable[tuple[int, str]]) -> list[tuple[int, Any]]:
    """The answers on a card, the last of which says nothing."""
    return [(position, label or _("I would rather not say")) for position, label in choices]
