"""Saying how the work together goes, and answering it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.web.forms import KitForm, TextField
from partnerships.models import PartnerFeedback


class PartnerFeedbackForm(KitForm):
    """What a partner says, and who may read it."""

    about = forms.ChoiceField(label=_("What is it about?"), choices=PartnerFeedback.About.choices)
    wish = forms.ChoiceField(
        label=_("How is it going?"), choices=PartnerFeedback.Wish.choices, widget=forms.RadioSelect
    )
    text = TextField(
        label=_("Your words"),
        multiline=True,
        max_length=2000,
        help_text=_("The coordination reads them and answers within ten working days."),
    )
    may_be_shown = forms.BooleanField(
        label=_("All partners may read it"), required=False, help_text=_("Together with the answer, not before.")
    )
    is_anonymous = forms.BooleanField(
        label=_("Partners do not read from whom it comes"),
        required=False,
        help_text=_("The coordination does. Among few partners the words themselves may tell."),
    )


class FeedbackAnswerForm(KitForm):
    """The answer of coordination."""

    text = TextField(label=_("Your answer"), multiline=True, max_length=2000)
