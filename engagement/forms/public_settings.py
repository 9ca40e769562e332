"""The form of what a space says and allows on its public pages."""

from django import forms
from django.forms import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.web.forms import KitForm, TextField
from engagement.rules.languages import OFFERED, as_setting, further_language


class PublicSettingsForm(KitForm):
    """Everything here may stay empty: what is usual stands then."""

    emergency_numbers = TextField(
        label=_("Numbers to call when somebody cannot wait"),
        max_length=1000,
        multiline=True,
        required=False,
        help_text=_("A number and whom it reaches, one on each line: 112 everything urgent. Empty: the usual ones."),
    )
    urgent_words = TextField(
        label=_("Words of danger in your further languages"),
        max_length=2000,
        multiline=True,
        required=False,
        help_text=_(
            "One on each line, or the beginning of one. A message with such a word is marked as urgent. English and "
            "Italian words are known already."
        ),
    )
    address = TextField(label=_("Address, for visitors"), max_length=500, multiline=True, required=False)
    telephone = TextField(label=_("Telephone"), max_length=40, required=False)
    privacy_contact = TextField(
        label=_("Data protection officer, or who answers for data"), max_length=200, required=False
    )
    joint_controllers = TextField(
        label=_("Organisations that decide about the data together with you"),
        max_length=2000,
        multiline=True,
        required=False,
        help_text=_("Who does what, in two sentences: residents have a right to read it."),
    )
    accessibility_limits = TextField(
        label=_("What on your pages not everybody can use yet"),
        max_length=2000,
        multiline=True,
        required=False,
        help_text=_("For the accessibility statement: for example photos without a description."),
    )
    embed_hosts = TextField(
        label=_("Sites that may show the form and the figures"),
        max_length=1000,
        multiline=True,
        required=False,
        help_text=_("The name of a site on each line: www.comune.example. Empty: no other site."),
    )

    extra_languages = forms.MultipleChoiceField(
        label=_("Further languages for your texts"),
        required=False,
        choices=[(code, further_language(code).name) for code in OFFERED],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Texts in them are written by people, partnership by partnership."),
    )

    def clean_extra_languages(self) -> str:
        """As it is stored."""
        return as_setting(self.cleaned_data["extra_languages"])

    @property
    def groups(self) -> list[tuple[str | Promise, list[BoundField]]]:
        """The fields as the page shows them: title and fields."""
        named: list[tuple[str | Promise, list[str]]] = [
            (_("When somebody cannot wait"), ["emergency_numbers", "urgent_words"]),
            (_("Contact"), ["address", "telephone"]),
            (_("Privacy and accessibility"), ["privacy_contact", "joint_controllers", "accessibility_limits"]),
            (_("On other sites"), ["embed_hosts"]),
            (_("Further languages"), ["extra_languages"]),
        ]
        return [(title, [self[name] for name in names]) for title, names in named]
