"""Raising a worry, answering it, and naming whom to turn to."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.web.forms import KitForm, TextField
from partnerships.models import PartnershipMember, Representative, WorryContact


class CodeInput(forms.TextInput):
    """A field for letters no browser keeps or corrects."""

    def __init__(self) -> None:
        super().__init__(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"})


class WorryForm(KitForm):
    """What worries somebody, and whom they tell."""

    text = TextField(
        label=_("What worries you?"),
        multiline=True,
        max_length=4000,
        help_text=_("What happened, how it is for you, what would help."),
    )
    about = forms.ChoiceField(
        label=_("Is it about one organisation?"),
        required=False,
        help_text=_("Then nobody of that organisation gets it."),
    )
    contact = forms.ChoiceField(label=_("Whom do you want to tell?"), widget=forms.RadioSelect)

    def __init__(
        self, *args: Any, contacts: Sequence[WorryContact], members: Sequence[PartnershipMember], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        contact: Any = self.fields["contact"]
        contact.choices = [(str(one.pk), f"{one.person.name} ({one.member.organisation.name})") for one in contacts]
        about: Any = self.fields["about"]
        about.choices = [("", _("No")), *((str(member.pk), member.organisation.name) for member in members)]


class WorryKeyForm(KitForm):
    """Code and key of a worry that was raised from an e-mailed link."""

    code = TextField(label=_("Code"), max_length=20, widget=CodeInput)
    key = TextField(
        label=_("Key"), max_length=40, widget=CodeInput, help_text=_("You were shown it once, after you wrote.")
    )


class WorryAnswerForm(KitForm):
    """The contact's answer."""

    text = TextField(label=_("Your answer"), multiline=True, max_length=4000)


class WorryContactsForm(KitForm):
    """Two people of different organisations."""

    first = forms.ChoiceField(label=_("First contact"))
    second = forms.ChoiceField(label=_("Second contact"), help_text=_("Of another organisation than the first."))

    def __init__(self, *args: Any, people: Sequence[Representative], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(one.pk), f"{one.person.name} ({one.member.organisation.name})") for one in people]
        for name in ("first", "second"):
            field: Any = self.fields[name]
            field.choices = [("", _("Choose somebody")), *choices]
