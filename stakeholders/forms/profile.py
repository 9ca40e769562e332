"""Forms with which an organisation keeps its own profile, and with which the coordination answers."""

import uuid
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from core.web.forms import KitForm, TextField
from stakeholders.forms.asset import AssetForm
from stakeholders.forms.fields import LanguagesField
from stakeholders.models import Affiliation, Asset, Stakeholder
from stakeholders.rules.profile import ASSET_FACTS, ORGANISATION_FACTS
from stakeholders.rules.stakeholder import FIELD_LABELS


class ProfileForm(KitForm):
    """What an organisation says of itself."""

    name = TextField(label=FIELD_LABELS["name"], max_length=200)
    description = TextField(label=FIELD_LABELS["description"], max_length=4000, multiline=True, required=False)
    interest_statement = TextField(
        label=_("What you want from working together, in your own words"), max_length=1000, multiline=True,
        required=False,
    )  # fmt: skip
    email = forms.EmailField(label=FIELD_LABELS["email"], required=False)
    phone = TextField(label=FIELD_LABELS["phone"], max_length=40, required=False)
    website = forms.URLField(label=FIELD_LABELS["website"], required=False, assume_scheme="https")
    place = TextField(label=FIELD_LABELS["place"], max_length=120, required=False)
    province = TextField(label=FIELD_LABELS["province"], max_length=60, required=False)
    aliases = TextField(
        label=FIELD_LABELS["aliases"], max_length=600, multiline=True, required=False,
        help_text=_("One a line: what people call you."),
    )  # fmt: skip
    languages = LanguagesField(label=_("Languages you can be spoken to in"))

    def __init__(self, data: QueryDict | None, *, organisation: Stakeholder) -> None:
        super().__init__(data, initial={name: getattr(organisation, name) for name in ORGANISATION_FACTS})
        self.organisation = organisation

    def clean_languages(self) -> list[str]:
        """What was ticked, and what stands on the record without being offered; the same ones in their order."""
        known = self.organisation.languages
        offered = {code for code, _name in self.fields["languages"].choices}  # type: ignore[attr-defined]  # a ChoiceField
        ticked = [*self.cleaned_data["languages"], *(code for code in known if code not in offered)]
        return known if set(ticked) == set(known) else ticked


class OwnPersonForm(KitForm):
    """Somebody of the organisation, as it says so itself."""

    name = TextField(label=FIELD_LABELS["name"], max_length=200)
    title = TextField(
        label=_("What they do there"), max_length=120, required=False, help_text=_("For example: chair, head teacher.")
    )
    email = forms.EmailField(
        label=FIELD_LABELS["email"],
        required=False,
        help_text=_("A new address holds once the coordination has seen it."),
    )
    phone = TextField(label=FIELD_LABELS["phone"], max_length=40, required=False)

    @classmethod
    def of(cls, place: Affiliation, data: QueryDict | None) -> "OwnPersonForm":
        """The form with what is known of somebody."""
        person = place.person
        known = {"name": person.name, "title": place.title, "email": person.email, "phone": person.phone}
        return cls(data, initial=known)

    def clean_email(self) -> str:
        """The address as it is stored."""
        return str(self.cleaned_data["email"]).strip().lower()


class OwnAssetForm(AssetForm):
    """One thing the organisation can bring, as it says so itself; who may know of it the coordination says."""

    def __init__(self, data: QueryDict | None, *, asset: Asset | None = None) -> None:
        known = {name: getattr(asset, name) for name in ASSET_FACTS} if asset else {"offered": Asset.Offered.YES}
        super().__init__(data, initial=known)
        del self.fields["visibility"]
        offered = self.fields["offered"]
        offered.label = _("Would you lend or give it?")
        answers = [(one.value, one.label) for one in Asset.Offered if one != Asset.Offered.NOT_ASKED]
        offered.choices = answers  # type: ignore[attr-defined]  # a ChoiceField
        offered.help_text = _("“Not offered” keeps it on record, and nobody asks you for it.")


class EditAnswerForm(KitForm):
    """What somebody who changed a profile reads about it."""

    text = TextField(label=_("A word to them"), max_length=300, required=False)


class ProfileLinkForm(KitForm):
    """Who gets a link to the profile."""

    place = forms.TypedChoiceField(label=_("To whom"), coerce=uuid.UUID, widget=forms.RadioSelect)

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = people  # type: ignore[attr-defined]  # a ChoiceField
