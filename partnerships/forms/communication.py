"""Lines of the communication plan, and updates."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.web.forms import KitForm, TextField
from partnerships.models import Partnership, PartnershipMember
from partnerships.models.communication import AUDIENCES

UPDATE_FIELDS = ("title", "body", "went_well", "not_going_well", "needs", "next_dates", "visibility")
LINE_FIELDS = ("audience", "who", "purpose", "channel", "rhythm", "wording", "feedback_route")


class CommunicationLineForm(KitForm):
    """Who is told what, how, how often, and how they answer."""

    who = TextField(label=_("Who is told"), max_length=120, help_text=_("For example: parents of the district"))
    audience = forms.TypedChoiceField(label=_("They read what is for"), coerce=int, choices=AUDIENCES)
    purpose = TextField(label=_("What for"), max_length=200)
    rhythm = forms.ChoiceField(label=_("How often"), choices=Partnership.Rhythm.choices, required=False)
    owner = forms.ChoiceField(label=_("Who sees to it"), required=False)
    channel = TextField(
        label=_("By which way"), max_length=80, required=False, help_text=_("Mail, notice board, talk.")
    )
    wording = TextField(label=_("Language and form"), max_length=120, required=False)
    feedback_route = TextField(label=_("How they answer"), max_length=160, required=False)

    def __init__(self, *args: Any, members: Sequence[PartnershipMember], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["owner"]
        named = [(str(member.pk), member.organisation.name) for member in members]
        field.choices = [("", _("Coordination")), *named]


class UpdateForm(KitForm):
    """What is told; what is not going well is always said."""

    title = TextField(label=_("Title"), max_length=160)
    visibility = forms.TypedChoiceField(label=_("For whom"), coerce=int, choices=AUDIENCES)
    body = TextField(label=_("In short"), multiline=True, max_length=4000, required=False)
    went_well = TextField(label=_("What went well"), multiline=True, max_length=4000, required=False)
    not_going_well = TextField(
        label=_("What is not going well"),
        multiline=True,
        max_length=4000,
        help_text=_("Always something: who reads only good news stops believing it."),
    )
    needs = TextField(label=_("What we need"), multiline=True, max_length=2000, required=False)
    next_dates = TextField(label=_("Next dates"), multiline=True, max_length=2000, required=False)

    def __init__(self, *args: Any, cap: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["visibility"]
        field.choices = [choice for choice in AUDIENCES if choice[0] <= cap] or AUDIENCES[:1]


class CorrectionForm(KitForm):
    """What was wrong in a published update."""

    note = TextField(label=_("What was wrong, and what is right"), max_length=500)
