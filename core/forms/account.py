"""Forms of a person's own account."""

from typing import Any

from allauth.core import context
from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.models import User
from core.web.accounts import invited_address
from core.web.forms import KitForm, TextField


class ProfileForm(KitForm):
    """Name and language."""

    name = TextField(label=_("Your name"), max_length=120, help_text=_("As others see it beside what you do."))
    language = forms.ChoiceField(label=_("Language"), widget=forms.RadioSelect, choices=settings.LANGUAGES)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        language = user.language or get_language()
        super().__init__(*args, **{"initial": {"name": user.name, "language": language}, **kwargs})


class SignUpForm(forms.Form):
    """What sign-up asks beside address and password; where sign-up is closed, only the invited address may."""

    name = TextField(label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    field_order = ["name", "email", "password1", "password2"]

    def clean(self) -> dict[str, Any]:
        """Refuse another address than the invited one."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if not settings.SIGN_UP_OPEN and values.get("email", "").lower() != invited_address(context.request):
            self.add_error("email", _("Use the address your invitation was sent to."))
        return values

    def signup(self, request: HttpRequest, user: User) -> None:
        """Keep the name, and the language the person signed up in."""
        user.name, user.language = self.cleaned_data["name"], get_language() or ""
        user.save(update_fields=["name", "language"])
