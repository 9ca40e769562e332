"""The form of a consent to be shown."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.web.forms import NOT_FOUND, DateInput, KitForm, TextField
from engagement.models import PictureConsent, SocialChannel


class ConsentForm(KitForm):
    """Who is shown, how and when they agreed, for what and until when."""

    who = TextField(
        label=_("Who is shown, in words"),
        max_length=200,
        help_text=_("So that you recognise them in the picture: “Rosa, with the red scarf, third from the left”."),
    )
    is_minor = forms.BooleanField(label=_("Younger than 18"), required=False)
    guardian = TextField(
        label=_("Parent or guardian who agreed"),
        max_length=120,
        required=False,
        help_text=_("Needed for whoever is younger than 18."),
    )
    given_on = forms.DateField(label=_("Given on"), widget=DateInput())
    how = forms.ChoiceField(label=_("How"), choices=PictureConsent.How.choices)
    scope = TextField(
        label=_("What for"),
        max_length=300,
        required=False,
        help_text=_("For example: pictures of the open day, to tell what we do."),
    )
    channel = forms.ModelChoiceField(
        label=_("On which channel"),
        queryset=SocialChannel.objects.none(),
        required=False,
        empty_label=_("On all our channels"),
        error_messages={"invalid_choice": NOT_FOUND},
    )
    expires_on = forms.DateField(
        label=_("Until"), required=False, widget=DateInput(), help_text=_("Empty: until it is taken back.")
    )
    email = forms.EmailField(
        label=_("E-mail of who agreed"),
        required=False,
        help_text=_("Only to find the consent again when they ask what we hold on them."),
    )
    upload = forms.FileField(
        label=_("The signed form"), required=False, help_text=_("PDF or picture, up to 15 MB. Only you see it.")
    )

    def __init__(self, *args: Any, channels: QuerySet[SocialChannel], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["channel"].queryset = channels  # type: ignore[attr-defined]  # a ModelChoiceField
