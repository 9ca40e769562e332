"""Forms for reports."""

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from core.web.forms import DateInput, KitForm, TextField
from reports.rules.report import SHARE_DAYS


class ReportForm(KitForm):
    """What a person adds to the figures: a title, the period, the story in short and one thing that did not work."""

    title = TextField(label=_("Title"), max_length=160)
    period_starts_on = forms.DateField(label=_("From"), widget=DateInput())
    period_ends_on = forms.DateField(label=_("To"), widget=DateInput())
    language = forms.ChoiceField(label=_("Language of the document"), choices=settings.LANGUAGES)
    summary = TextField(
        label=_("What the reader should remember"),
        help_text=_("Two or three sentences. The figures are added for you."),
        multiline=True,
        max_length=3000,
    )
    not_working = TextField(
        label=_("One thing that did not work"),
        help_text=_("Readers trust a report that says so."),
        multiline=True,
        max_length=2000,
    )

    def clean(self) -> dict[str, Any]:
        """The period must be in order."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        starts, ends = values.get("period_starts_on"), values.get("period_ends_on")
        if isinstance(starts, date) and isinstance(ends, date) and ends <= starts:
            self.add_error("period_ends_on", _("The period must end after it starts."))
        return values


class ShareForm(KitForm):
    """Who gets a link, and for how long."""

    email = forms.EmailField(label=_("Funder's e-mail"))
    label = TextField(label=_("Who it is for"), max_length=120, required=False)
    days = forms.IntegerField(label=_("Days it works"), min_value=1, max_value=SHARE_DAYS, initial=SHARE_DAYS)
    language = forms.ChoiceField(label=_("Language of the mail"), choices=settings.LANGUAGES)


class ReplyForm(KitForm):
    """What a reader writes back; ``website`` is a trap for machines and stays empty."""

    text = TextField(label=_("What do you make of it?"), multiline=True, max_length=2000)
    contact_email = forms.EmailField(label=_("Your e-mail, if you want an answer"), required=False)
    website = forms.CharField(
        required=False,
        label=_("Leave this empty"),
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    @property
    def is_machine(self) -> bool:
        """Whether the trap was filled in."""
        return bool(self.cleaned_data.get("website"))


class VerifyForm(KitForm):
    """A document to compare; it is read and thrown away."""

    document = forms.FileField(label=_("The PDF you have"), help_text=_("It is compared and not kept."))
