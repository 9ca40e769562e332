"""Forms about members."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.web.forms import DateInput, KitForm, TextField
from partnerships.models import PartnershipMember
from partnerships.rules.member import next_member_states


class MemberForm(KitForm):
    """A member's part in the partnership."""

    role = TextField(
        label=_("Its part here"), max_length=120, required=False, help_text=_("For example: host of the workshops.")
    )
    seat = forms.ChoiceField(label=_("Seat"), choices=PartnershipMember.Seat.choices, required=False)
    is_lead = forms.BooleanField(label=_("It leads the partnership"), required=False)


class MemberAddForm(MemberForm):
    """Which organisation to ask; the choices are those just searched for."""

    organisation = forms.ChoiceField(label=_("Organisation"), widget=forms.RadioSelect)
    field_order = ["organisation", "role", "seat", "is_lead"]

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["organisation"]
        field.choices = choices


class MemberMoveForm(KitForm):
    """Where a membership goes next."""

    to = forms.ChoiceField(label=_("New state"), widget=forms.RadioSelect)
    leaves_on = forms.DateField(
        label=_("If it gives notice: it leaves on"),
        required=False,
        widget=DateInput(),
        help_text=_("Proposed is the end of the notice that was agreed."),
    )
    reason = TextField(
        label=_("Reason"),
        multiline=True,
        max_length=500,
        required=False,
        help_text=_("Needed for suspending and excluding."),
    )

    def __init__(self, *args: Any, member: PartnershipMember, ends_on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if PartnershipMember.State.ON_NOTICE in next_member_states(member.state):
            self.fields["leaves_on"].initial = ends_on
        else:
            del self.fields["leaves_on"]
        field: Any = self.fields["to"]
        field.choices = [(state.value, state.label) for state in next_member_states(member.state)]


class RepresentativeForm(KitForm):
    """A person who speaks for a member."""

    name = TextField(label=_("Name"), max_length=120)
    email = forms.EmailField(label=_("E-mail"), help_text=_("Tasks and agreements reach the person here."))
    can_commit = forms.BooleanField(
        label=_("May commit for the organisation: accept tasks and sign agreements"), required=False
    )
    until = forms.DateField(
        label=_("Until, if the term is known"),
        widget=DateInput,
        required=False,
        help_text=_("From that day on the person speaks for it no more."),
    )
    language = forms.ChoiceField(label=_("Language of the mails"), choices=[("en", "English"), ("it", "Italiano")])
