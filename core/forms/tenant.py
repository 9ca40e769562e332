"""Forms for a space's settings and for a new space."""

import re
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from core.models import Tenant
from core.models.tenant import (
    LARGEST_SMALLEST_COUNT,
    RESERVED_SLUGS,
    SLUG_SHAPE,
    SMALLEST_COUNT,
    known_time_zones,
)
from core.rules.upload import FileKind, inspect_upload
from core.rules.upload_content import UploadError
from core.web.forms import KitForm, TextField

CURRENCIES = ["EUR", "GBP", "USD", "CHF", "SEK", "DKK", "NOK", "PLN", "CZK", "RON"]


class TenantForm(KitForm):
    """Settings of a space; the logo is looked at here and stored with the other settings."""

    name = TextField(label=_("Name of the space"), max_length=120)
    about = TextField(label=_("What you do, for your public pages"), multiline=True, max_length=2000, required=False)
    contact_email = forms.EmailField(label=_("E-mail for questions from residents"), required=False)
    logo = forms.FileField(label=_("Logo"), required=False, help_text=_("PNG, JPEG or WebP, up to 15 MB."))
    brand_colour = forms.RegexField(
        r"^#[0-9a-fA-F]{6}$",
        label=_("Colour"),
        widget=forms.TextInput(attrs={"type": "color"}),
        help_text=_("Any colour works: we make it dark or light enough to be read."),
    )
    default_language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=[(zone, zone) for zone in sorted(known_time_zones())])
    currency = forms.ChoiceField(label=_("Currency"), choices=[(code, code) for code in CURRENCIES])

    smallest_count = forms.IntegerField(
        label=_("Smallest count of people that is shown"),
        min_value=SMALLEST_COUNT,
        max_value=LARGEST_SMALLEST_COUNT,
        help_text=_("Smaller groups are hidden where values are broken down by age, gender or place. From 5 to 10."),
    )

    def __init__(self, *args: Any, tenant: Tenant, **kwargs: Any) -> None:
        initial = {name: getattr(tenant, name) for name in self.base_fields if name != "logo"}
        super().__init__(*args, **{"initial": initial, **kwargs})

    def clean_logo(self) -> Any:
        """Refuse what is no image we take."""
        upload = self.cleaned_data["logo"]
        if not upload:
            return None
        try:
            inspect_upload(upload, filename=upload.name, size=upload.size, allowed=frozenset({FileKind.IMAGE}))
        except UploadError as error:
            raise ValidationError(str(error)) from error
        return upload

    @property
    def groups(self) -> list[tuple[str | Promise, str | Promise, list[BoundField]]]:
        """The fields as the page shows them: title, introduction, fields."""
        named: list[tuple[str | Promise, str | Promise, list[str]]] = [
            (_("Who you are"), "", ["name", "about", "contact_email", "logo", "brand_colour"]),
            (_("Language, time and money"), "", ["default_language", "time_zone", "currency"]),
            (_("Privacy of small groups"), "", ["smallest_count"]),
        ]
        return [(title, intro, [self[name] for name in names]) for title, intro, names in named]


class NewSpaceForm(KitForm):
    """Name and address of a new space; the address is proposed from the name."""

    name = TextField(
        label=_("Name of your group or space"), max_length=120, help_text=_("For example: Friends of the Mill Park")
    )
    slug = forms.CharField(
        label=_("Short name for addresses"),
        max_length=50,
        required=False,
        help_text=_("Leave empty and we make one from the name."),
    )
    default_language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)

    def clean(self) -> dict[str, Any]:
        """Fill in the address; refuse one that is in use or cannot be one."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        slug = values.get("slug", "").lower() or slugify(values.get("name", ""))[:50].strip("-")
        values["slug"] = slug
        if "name" not in values or "slug" in self.errors:
            return values
        if not re.fullmatch(SLUG_SHAPE, slug):
            self.add_error("slug", _("Use small letters, digits and single hyphens."))
        elif slug in RESERVED_SLUGS or Tenant.objects.filter(slug=slug).exists():
            self.add_error("slug", _("This short name is taken. Choose another one."))
        return values
