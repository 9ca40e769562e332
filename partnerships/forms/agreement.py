"""Forms about agreements."""

import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from core.web.forms import DateInput, KitForm, TextField
from partnerships.models import AgreementVersion, Partnership, PartnershipMember, Signature
from partnerships.rules.instrument import methods_for

LONGEST_TEXT = 100_000
MOST_STEPS = 50
LANGUAGES = [("en", "English"), ("it", "Italiano")]


class AgreementTextForm(KitForm):
    """The wording of a version and its dates."""

    text = TextField(
        label=_("Text"),
        max_length=LONGEST_TEXT,
        multiline=True,
        help_text=_("Headings begin with ##, lists with -, and **two stars** make words strong."),
        widget=forms.Textarea(attrs={"rows": 20}),
    )
    change_summary = TextField(label=_("What is new in this version"), max_length=300, required=False)
    valid_from = forms.DateField(label=_("Valid from"), required=False, widget=DateInput())
    valid_to = forms.DateField(label=_("Valid until"), required=False, widget=DateInput())
    review_on = forms.DateField(label=_("Read again together on"), required=False, widget=DateInput())

    def clean(self) -> dict[str, Any]:
        """The end must be after the start."""
        cleaned = super().clean() or {}
        start, end = cleaned.get("valid_from"), cleaned.get("valid_to")
        if start and end and end <= start:
            self.add_error("valid_to", _("The end must be after the start."))
        return cleaned


class AgreementNewForm(KitForm):
    """A new agreement: of the clauses the partnership's kit proposes, or with a text the partners have already."""

    title = TextField(label=_("Title"), max_length=200)
    language = forms.ChoiceField(label=_("Language of the text"), choices=LANGUAGES)
    text = TextField(
        label=_("Your text"),
        max_length=LONGEST_TEXT,
        multiline=True,
        required=False,
        help_text=_("Headings begin with ##, lists with -, and **two stars** make words strong."),
        widget=forms.Textarea(attrs={"rows": 12}),
    )


class OpenForSigningForm(KitForm):
    """Who is asked to sign, at which step, and whose signature is not needed.

    What was chosen before the text was changed is proposed again: ``asked`` are the requests of then by member. Of a
    text written freely in a full partnership, somebody says that it was read (``must_read``).
    """

    members = forms.MultipleChoiceField(label=_("Who signs"), widget=forms.CheckboxSelectMultiple)
    optional = forms.MultipleChoiceField(
        label=_("Whose signature is welcome but not needed"), required=False, widget=forms.CheckboxSelectMultiple
    )

    is_read = forms.BooleanField(label=_("We read the text, and it says all of this"), required=False)

    def __init__(
        self,
        *args: Any,
        members: Iterable[PartnershipMember],
        asked: Mapping[uuid.UUID, Signature],
        must_read: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.by_key = {str(member.pk): member for member in members}
        self.is_asked_again = bool(asked)
        if not must_read:
            del self.fields["is_read"]
        for name in ("members", "optional"):
            field: Any = self.fields[name]
            field.choices = [(key, member.organisation.name) for key, member in self.by_key.items()]
        again = {str(key): request for key, request in asked.items()}
        self.fields["members"].initial = [key for key in self.by_key if not again or key in again]
        self.fields["optional"].initial = [key for key, request in again.items() if not request.is_required]
        if len(self.by_key) == 1:
            del self.fields["optional"]
            return
        for key, member in self.by_key.items():
            self.fields[f"step_{key}"] = forms.IntegerField(
                label=member.organisation.name,
                min_value=1,
                max_value=MOST_STEPS,
                initial=again[key].order + 1 if key in again else 1,
                required=False,
            )

    def has_more_than_members(self) -> bool:
        """Whether an order or a signature that is not needed is proposed again."""
        return bool(self.fields["optional"].initial) or any(field.initial != 1 for field in self.step_fields())

    def step_fields(self) -> list[BoundField]:
        """The step of each organisation; none where only one can sign."""
        return [self[f"step_{key}"] for key in self.by_key if f"step_{key}" in self.fields]

    def parties(self) -> dict[str, Any]:
        """The arguments of ``open_agreement_for_signing``: members, order, who need not sign, is it read."""
        chosen = self.cleaned_data["members"]
        orders = {member.pk: self.cleaned_data.get(f"step_{member.pk}") or 1 for member in chosen}
        optional = {self.by_key[key].pk for key in self.cleaned_data.get("optional", [])}
        is_read = self.cleaned_data.get("is_read", False)
        return {"members": chosen, "orders": orders, "optional": optional, "is_read": is_read}

    def clean_members(self) -> list[PartnershipMember]:
        """The members chosen."""
        return [self.by_key[key] for key in self.cleaned_data["members"]]


class AnswerForm(KitForm):
    """A party's answer to a version, bound to the text it was shown."""

    answer = forms.ChoiceField(
        label=_("Your answer"),
        choices=[("accept", _("We accept this agreement")), ("decline", _("We do not accept it"))],
        widget=forms.RadioSelect,
    )
    name = TextField(label=_("Your name"), max_length=120)
    capacity = TextField(
        label=_("In which capacity do you speak?"), max_length=120, help_text=_("For example: president, director.")
    )
    authority = forms.ChoiceField(
        label=_("By which right do you sign?"),
        choices=Signature.Authority.choices,
        required=False,
        widget=forms.RadioSelect,
    )
    delegation = forms.FileField(
        label=_("The delegation, as a file"),
        required=False,
        help_text=_("Only if you are not the legal representative: PDF, photograph, or .p7m."),
    )
    reason = TextField(label=_("If not: why?"), max_length=500, multiline=True, required=False)
    hash_seen = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, version: AgreementVersion, name: str, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "name": name,
            "hash_seen": version.text_sha256,
            "authority": Signature.Authority.LEGAL,
        }
        super().__init__(*args, **kwargs)
        if version.agreement.partnership.mode == Partnership.Mode.LIGHT:
            del self.fields["authority"], self.fields["delegation"]
        if Signature.Method.IN_APP not in methods_for(version.agreement.instrument_type):
            field: Any = self.fields["answer"]
            field.choices = [choice for choice in field.choices if choice[0] == "decline"]

    def answer_given(self) -> dict[str, Any]:
        """The arguments of ``answer_signature``."""
        given = dict(self.cleaned_data)
        accepts = given.pop("answer") == "accept"
        return {**given, "accepts": accepts}


class ForceForm(KitForm):
    """From which day a signed version counts."""

    valid_from = forms.DateField(label=_("In force from"), widget=DateInput())


class KeepForm(KitForm):
    """When an agreement that stays as it is will be read again."""

    review_on = forms.DateField(label=_("Read again together on"), widget=DateInput())


class EndForm(KitForm):
    """From which day an agreement holds no more, and why."""

    ends_on = forms.DateField(label=_("It holds no more from"), widget=DateInput())
    reason = TextField(label=_("Why it ends"), max_length=500, multiline=True)
    all_agree = forms.BooleanField(label=_("All parties agreed that no notice is needed"), required=False)
