"""Forms about volunteering, for those who offer work and those who do it."""

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.core.validators import MinValueValidator
from django.db.models import QuerySet
from django.forms import BoundField
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from core.models import User
from core.rules.phrases import phrased
from core.web.forms import NOT_FOUND, DateInput, KitForm, TenantModelForm, TextField
from engagement.forms.public_form import ConsentedForm, PublicForm
from engagement.models import HoursEntry, Shift, Volunteer, VolunteerOpportunity
from engagement.queries.volunteer import shift_words
from engagement.rules.volunteer import ADULT, MOST_WEEKS, MOST_WORDS, total_in_words
from goals.models import Goal
from partnerships.forms.meeting import TimeInput
from partnerships.models import PartnershipMember, Representative
from partnerships.rules.meeting import EARLIEST

FIRST = ("title", "purpose", "host", "supervisor", "tasks", "place", "time_needed", "is_insured", "insured_until")
FOLDS: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (_("Who can do it"), ("skills", "min_age", "accessibility", "capacity", "goal", "benefits")),
    (
        _("Protection: checks, training, people at risk"),
        (
            "contact_with_people_at_risk", "safeguarding_lead", "check_policy", "needs_training", "needs_agreement",
            "minor_hours_a_day", "risk_notes",
        ),
    ),
    (_("Costs and the register of volunteers"), ("refunds_policy", "keeps_register")),
)  # fmt: skip
YOUNGEST = 14


class OpportunityForm(TenantModelForm):
    """Work for volunteers: what, where, with whom and insured; the rest folded away."""

    title = TextField(label=_("What volunteers do, in a few words"), max_length=120)
    purpose = TextField(label=_("What it is good for"), max_length=300)
    tasks = TextField(label=_("The tasks"), max_length=2000, multiline=True, required=False)
    skills = TextField(label=_("What helps to know"), max_length=300, required=False)
    min_age = forms.IntegerField(label=_("From what age"), min_value=YOUNGEST, max_value=ADULT, initial=ADULT)
    place = TextField(label=_("Where"), max_length=200, required=False)
    accessibility = TextField(label=_("What makes it easy to take part"), max_length=300, required=False)
    time_needed = TextField(
        label=_("How much time"), max_length=200, required=False, help_text=_("For example: two hours a week.")
    )
    capacity = forms.IntegerField(label=_("How many volunteers in all"), min_value=1, max_value=10_000, required=False)
    is_insured = forms.BooleanField(
        label=_("Volunteers are insured against accident, illness and damage to others"), required=False
    )
    insured_until = forms.DateField(label=_("Insured until"), widget=DateInput, required=False)
    minor_hours_a_day = forms.IntegerField(
        label=_("Hours a minor may work in a day"), min_value=1, max_value=8, initial=4
    )
    risk_notes = TextField(
        label=_("Risks, and what is done about them"), max_length=1000, multiline=True, required=False
    )
    refunds_policy = TextField(
        label=_("Which costs are refunded"),
        max_length=1000,
        multiline=True,
        required=False,
        help_text=_("Only documented costs, within limits set beforehand: a refund is never pay."),
    )
    benefits = TextField(label=_("What volunteers get out of it"), max_length=300, required=False)
    goal = forms.ModelChoiceField(
        label=_("Goal it serves"),
        queryset=Goal.objects.none(),
        required=False,
        empty_label=_("No goal"),
        error_messages={"invalid_choice": NOT_FOUND},
    )
    supervisor = forms.ChoiceField(
        label=_("Whom volunteers turn to"), help_text=_("Confirms hours from a mail, without a password.")
    )

    class Meta:
        model = VolunteerOpportunity
        fields = [
            "title", "purpose", "goal", "host", "safeguarding_lead", "tasks", "skills", "min_age", "place",
            "accessibility", "time_needed", "capacity", "is_insured", "insured_until", "check_policy", "needs_training",
            "needs_agreement", "contact_with_people_at_risk", "minor_hours_a_day", "risk_notes", "refunds_policy",
            "benefits", "keeps_register",
        ]  # fmt: skip
        labels = {
            "host": _("At which organisation"),
            "safeguarding_lead": _("Who alone is told of worries about people's safety"),
            "check_policy": _("Criminal-record check"),
            "needs_training": _("A training comes first"),
            "needs_agreement": _("A volunteer agreement is signed"),
            "contact_with_people_at_risk": _("Contact with minors or people at risk"),
            "keeps_register": _("Keep the numbered register of volunteers (Italy, art. 17 CTS)"),
        }

    def __init__(
        self,
        *args: Any,
        hosts: QuerySet[PartnershipMember],
        speakers: Iterable[Representative],
        leads: QuerySet[User],
        goals: QuerySet[Goal],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["host"].queryset, fields["goal"].queryset = hosts, goals
        fields["safeguarding_lead"].queryset, fields["safeguarding_lead"].empty_label = leads, _("Nobody yet")
        self._speakers = {str(one.person_id): one for one in speakers}
        fields["supervisor"].choices = [
            (key, f"{one.person.name} ({one.member.organisation.name})") for key, one in self._speakers.items()
        ]
        if self.instance.supervisor_id:
            self.initial["supervisor"] = str(self.instance.supervisor_id)

    def clean_supervisor(self) -> Any:
        """The person."""
        return self._speakers[self.cleaned_data["supervisor"]].person

    def first_fields(self) -> list[BoundField]:
        """What every offer needs."""
        return [self[name] for name in FIRST]

    def folds(self) -> list[tuple[Any, list[BoundField], bool]]:
        """What is folded away: title, fields, and whether it is open because something in it is to be put right."""
        return [
            (title, [self[name] for name in names], any(name in self.errors for name in names))
            for title, names in FOLDS
        ]


class ShiftForm(KitForm):
    """Day, hours and how many. ``cleaned_data`` has moments in place of day and hours."""

    day = forms.DateField(label=_("Day"), widget=DateInput, validators=[MinValueValidator(EARLIEST.date())])
    begins = forms.TimeField(label=_("Begins at"), widget=TimeInput)
    ends = forms.TimeField(label=_("Ends at"), widget=TimeInput)
    place = TextField(label=_("Where, if elsewhere"), max_length=200, required=False)
    capacity_min = forms.IntegerField(label=_("At least how many"), min_value=1, max_value=500, initial=2)
    capacity_max = forms.IntegerField(label=_("At most how many"), min_value=1, max_value=500, initial=5)
    weeks = forms.IntegerField(
        label=_("And on how many weeks after that"),
        min_value=0,
        max_value=MOST_WEEKS,
        required=False,
        help_text=_("The same day and hours: 7 makes eight shifts."),
    )

    def clean_weeks(self) -> int:
        """None is no further one."""
        return self.cleaned_data["weeks"] or 0

    def clean(self) -> dict[str, Any]:
        """Moments in the space's own zone."""
        cleaned = super().clean() or {}
        if {"day", "begins", "ends"} <= set(cleaned):
            day, begins, ends = cleaned.pop("day"), cleaned.pop("begins"), cleaned.pop("ends")
            cleaned["starts_at"] = timezone.make_aware(datetime.combine(day, begins))
            cleaned["ends_at"] = timezone.make_aware(datetime.combine(day, ends))
            if ends <= begins:
                self.add_error("ends", _("It has to end after it begins."))
        return cleaned


class ReasonForm(KitForm):
    """Why a shift does not take place."""

    reason = TextField(
        label=_("Why"), max_length=300, error_messages={"required": _("Say why: people planned to come.")}
    )


class VolunteerFileForm(TenantModelForm):
    """What is known of a volunteer; of a check only outcome and day."""

    check_on = forms.DateField(
        label=_("Day of the check"),
        widget=DateInput,
        required=False,
        help_text=_("It speaks for six months. The certificate itself is not kept: give it back."),
    )
    trained_on = forms.DateField(label=_("Trained on"), widget=DateInput, required=False)
    agreed_on = forms.DateField(label=_("Agreement signed on"), widget=DateInput, required=False)
    guardian_consent_on = forms.DateField(
        label=_("A parent or guardian agreed on"),
        widget=DateInput,
        required=False,
        help_text=_("They can agree from their mail, or on paper."),
    )
    state = forms.ChoiceField(label=_("State"))

    class Meta:
        model = Volunteer
        fields = ["check_outcome", "check_on", "trained_on", "agreed_on", "guardian_consent_on", "state"]
        labels = {"check_outcome": _("Outcome of the criminal-record check")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        states: Any = self.fields["state"]
        states.choices = [one for one in Volunteer.State.choices if one[0] != Volunteer.State.FORMER]
        if not self.instance.is_minor:
            del self.fields["guardian_consent_on"]


class RegisterForm(KitForm):
    """What the law wants to know of a volunteer."""

    opportunity = forms.ModelChoiceField(
        label=_("For which work"),
        queryset=VolunteerOpportunity.objects.none(),
        error_messages={"invalid_choice": NOT_FOUND},
    )
    tax_code = TextField(label=_("Tax code"), max_length=16, required=False)
    born = TextField(
        label=_("Or place and date of birth"), max_length=120, required=False, help_text=_("If there is no tax code.")
    )
    residence = TextField(label=_("Residence"), max_length=200)
    starts_on = forms.DateField(label=_("Begins on"), widget=DateInput)
    is_occasional = forms.BooleanField(label=_("Occasional: separate section"), required=False)

    def __init__(self, *args: Any, opportunities: QuerySet[VolunteerOpportunity], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["opportunity"].queryset = opportunities  # type: ignore[attr-defined]  # a ModelChoiceField

    def clean(self) -> dict[str, Any]:
        """One of the two identifies somebody."""
        cleaned = super().clean() or {}
        if not self.errors and not cleaned.get("tax_code") and not cleaned.get("born"):
            self.add_error("tax_code", _("Write the tax code, or place and date of birth."))
        return cleaned


class RegisterEndForm(KitForm):
    """When somebody stopped."""

    ends_on = forms.DateField(label=_("Ended on"), widget=DateInput)


class VolunteerSignupForm(ConsentedForm):
    """Name, address and shifts; under eighteen also a parent or guardian."""

    shifts = forms.MultipleChoiceField(
        label=_("1. When can you come?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one shift.")},
    )
    name = TextField(
        label=_("2. Your name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Write your name")},
    )
    email = forms.EmailField(
        label=_("3. Your e-mail"),
        help_text=_("We send you your own link there: no account, no password."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("Write your address: your link is sent there"),
            "invalid": _("Write the address like this: name@example.org"),
        },
    )
    phone = TextField(
        label=_("4. A telephone number"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    is_minor = forms.BooleanField(label=_("I am not eighteen yet"), required=False)
    guardian_name = TextField(label=_("Name of a parent or guardian"), max_length=120, required=False)
    guardian_email = forms.EmailField(
        label=_("Their e-mail"), required=False, help_text=_("We ask them to agree. Without it we cannot take you.")
    )

    def __init__(self, *args: Any, shifts: Iterable[Shift], min_age: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["shifts"]
        field.choices = [(str(one.pk), shift_label(one)) for one in shifts]
        self.fields["consent"].label = _("I agree that my data are used as explained here")
        self.fields["consent"].error_messages["required"] = _("We need your agreement to keep your name")
        self.fields["is_old_enough"].error_messages["required"] = _(
            "You must be 14 or older. If you are younger, come with a parent who signs up"
        )
        # Who helps is 14 or older; a parent of somebody under 18 is asked by mail.
        del self.fields["has_guardian"]
        if min_age >= ADULT:
            for name in ("is_minor", "guardian_name", "guardian_email"):
                del self.fields[name]
            self.fields["is_old_enough"].label = _("I am 18 or older")
            self.fields["is_old_enough"].error_messages["required"] = _("This work is for adults.")
        elif min_age > YOUNGEST:
            self.fields["is_old_enough"].label = _("I am %(age)d or older") % {"age": min_age}
            self.fields["is_old_enough"].error_messages["required"] = _("Nobody younger is taken for this work.")

    def clean_email(self) -> str:
        """The address in lower case, which is how the same person is known as the same."""
        return str(self.cleaned_data["email"]).lower()

    def clean_shifts(self) -> list[uuid.UUID]:
        """Keys of shifts."""
        return [uuid.UUID(one) for one in self.cleaned_data["shifts"]]

    def clean(self) -> dict[str, Any]:
        """A minor names somebody we can ask."""
        cleaned = super().clean()
        asked = cleaned.get("is_minor") and "guardian_email" not in self.errors
        if asked and not (cleaned.get("guardian_name") and cleaned.get("guardian_email")):
            self.add_error("guardian_email", _("Under eighteen, name a parent or guardian we can ask."))
        return cleaned


class GuardianForm(KitForm):
    """Who else is asked to agree."""

    guardian_name = TextField(label=_("Name of a parent or guardian"), max_length=120)
    guardian_email = forms.EmailField(label=_("Their e-mail"))

    def clean_guardian_email(self) -> str:
        """The address in lower case."""
        return str(self.cleaned_data["guardian_email"]).lower()


def shift_label(shift: Shift) -> str:
    """Day and hours of one of ``shifts_ahead``, and whether only its waiting list is open."""
    words = shift_words(shift)
    left = shift.capacity_max - shift.taken  # type: ignore[attr-defined]  # annotated by shifts_ahead
    return words if left > 0 else str(_("%(when)s (full: waiting list)") % {"when": words})


class _CorrectedField(forms.ModelChoiceField[HoursEntry]):
    """Hours that wait to be confirmed, told by day, number and work."""

    def label_from_instance(self, obj: HoursEntry) -> str:
        return f"{date_format(obj.on)}: {total_in_words(obj.hours)}, {phrased(obj.opportunity.title)}"


class HoursForm(KitForm):
    """Hours a volunteer gave, new ones or in the place of some that wait to be confirmed."""

    opportunity = forms.ModelChoiceField(
        label=_("For what"), queryset=VolunteerOpportunity.objects.none(), error_messages={"invalid_choice": NOT_FOUND}
    )
    on = forms.DateField(label=_("Day"), widget=DateInput)
    begins = forms.TimeField(label=_("From what hour"), widget=TimeInput, required=False)
    hours = forms.DecimalField(
        label=_("How many hours"),
        min_value=0,
        max_value=24,
        max_digits=4,
        decimal_places=2,
        help_text=_("In quarters of an hour, for example 2.5."),
    )
    corrects = _CorrectedField(
        label=_("In the place of hours you wrote down before?"),
        queryset=HoursEntry.objects.none(),
        required=False,
        empty_label=_("No, these are new hours"),
        error_messages={"invalid_choice": NOT_FOUND},
    )

    def __init__(
        self,
        *args: Any,
        opportunities: QuerySet[VolunteerOpportunity],
        waiting: QuerySet[HoursEntry] | None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["opportunity"].queryset = opportunities  # type: ignore[attr-defined]  # a ModelChoiceField
        if waiting is None:
            return
        if not waiting.exists():
            del self.fields["corrects"]
            return
        self.fields["corrects"].queryset = waiting  # type: ignore[attr-defined]  # a ModelChoiceField


class HoursQuestionForm(KitForm):
    """What the host wants to know."""

    note = TextField(
        label=_("Your question"), max_length=300, error_messages={"required": _("Write what you want to know.")}
    )


class LeaveForm(KitForm):
    """One short question to whoever leaves."""

    exit_answer = TextField(
        label=_("What should we keep, what should we do differently?"), max_length=500, multiline=True, required=False
    )


class ConcernForm(PublicForm):
    """What worries somebody about a person's safety."""

    text = TextField(
        label=_("What worries you?"),
        max_length=MOST_WORDS,
        multiline=True,
        help_text=_("What you saw or heard, when and where. Leave your name only if you want to be asked."),
        error_messages={"required": _("Write what worries you.")},
    )
