"""The forms residents fill in."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.rules.upload import FileKind, inspect_upload
from core.rules.upload_content import UploadError
from core.web.forms import NOT_FOUND, KitForm, TextField
from engagement.forms.public_form import ConsentedForm
from engagement.models import Submission
from engagement.rules.reference_code import LONGEST_TYPED
from engagement.rules.submission import TEXT_CHARACTERS
from partnerships.models import PartnershipMember


class FeedbackForm(ConsentedForm):
    """A message to a partnership."""

    category = forms.ChoiceField(
        label=_("1. What is it about?"),
        choices=Submission.Category.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what it is about"), "invalid_choice": _("Choose what it is about")},
    )
    text = TextField(
        label=_("2. What do you want to tell us?"),
        max_length=TEXT_CHARACTERS,
        multiline=True,
        help_text=_("Please write no names of other people, no telephone numbers and nothing about anybody's health."),
        error_messages={"required": _("Write your message")},
    )
    place = TextField(
        label=_("3. Where?"),
        max_length=120,
        required=False,
        help_text=_("A street, a school, a park. Not your own address."),
    )
    photo = forms.FileField(
        label=_("A photo, if it helps"),
        required=False,
        help_text=_("JPEG, PNG or WebP. Place and camera are taken out of it. Only those who answer see it."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    photo_may_be_shown = forms.BooleanField(
        label=_("It is mine, nobody can be recognised in it, and you may show it beside your answer"), required=False
    )
    email = forms.EmailField(
        label=_("4. Your e-mail, if you want the answer sent to you"),
        required=False,
        help_text=_("Without it you read the answer on this site, with the code you get next."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": _("Write the address like this: name@example.org")},
    )
    may_write = forms.BooleanField(label=_("You may use this address to answer this message"), required=False)
    no_reply = forms.BooleanField(label=_("I need no answer, I only want you to know"), required=False)
    about_member = forms.ModelChoiceField(
        label=_("Is it a complaint about one of the partners?"),
        queryset=PartnershipMember.objects.none(),
        required=False,
        empty_label=_("No, it is about something else"),
        help_text=_("Then nobody of that organisation reads it."),
        error_messages={"invalid_choice": NOT_FOUND},
    )

    def __init__(
        self, *args: Any, members: QuerySet[PartnershipMember], offered: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        """``offered`` are the same members as key and name, so that showing the form asks for none."""
        super().__init__(*args, **kwargs)
        about: Any = self.fields["about_member"]
        about.queryset = members
        about.choices = [("", about.empty_label), *offered]
        self.offers_members = bool(offered)

    def clean_photo(self) -> Any:
        """Refuse what is no picture we take, by content and by extension (FIL-02)."""
        upload = self.cleaned_data["photo"]
        if not upload:
            return None
        try:
            inspect_upload(upload, filename=upload.name, size=upload.size, allowed=frozenset({FileKind.IMAGE}))
        except UploadError as error:
            raise ValidationError(str(error)) from error
        return upload

    def clean_email(self) -> str:
        """The address in lower case, which is how the same person is known as the same."""
        return str(self.cleaned_data["email"]).lower()

    def clean(self) -> dict[str, Any]:
        """An address without leave to use it is not kept."""
        cleaned = super().clean()
        if self.errors and self.files:
            self.add_error("photo", _("Please choose the photo again: browsers forget it."))
        if cleaned.get("email") and not cleaned.get("may_write"):
            self.add_error("may_write", _("Tick this so that we may write to you, or empty the address"))
        return cleaned


class CodeForm(KitForm):
    """The code of a message. Any text is looked up, so that nothing tells a good shape from a bad one."""

    code = forms.CharField(
        label=_("Your code"),
        max_length=LONGEST_TYPED,
        help_text=_("Four groups of four letters and digits, for example 7F3K-2M9Q-4TRB-W8XN."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "class": "code-input"}
        ),
        error_messages={"required": _("Write the code you were given")},
    )


class AdditionForm(KitForm):
    """What somebody adds to their message; the code travels unseen in the same form."""

    text = TextField(
        label=_("What do you want to add?"),
        max_length=TEXT_CHARACTERS,
        multiline=True,
        help_text=_("What you wrote before stays as it is."),
        error_messages={"required": _("Write what you want to add")},
    )
