"""Forms about remarks on a text, minor changes, accession and signed files."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.web.forms import KitForm, TextField
from partnerships.models import AgreementVersion, ClauseRequest, Partnership, PartnershipMember, Signature
from partnerships.rules.clause import Part
from partnerships.rules.instrument import methods_for

WHOLE = [("", _("The text as a whole"))]
OF_REVIEW = [ClauseRequest.Wish.COMMENT, ClauseRequest.Wish.CHANGE]


class RequestForm(KitForm):
    """A remark on a clause, or a change that is needed."""

    clause_code = forms.ChoiceField(label=_("About"), required=False)
    wish = forms.ChoiceField(
        label=_("What is it?"), choices=[(wish.value, wish.label) for wish in OF_REVIEW], widget=forms.RadioSelect
    )
    text = TextField(label=_("Your words"), max_length=2000, multiline=True)

    def __init__(self, *args: Any, parts: Sequence[Part], **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"wish": ClauseRequest.Wish.COMMENT})
        super().__init__(*args, **kwargs)
        field: Any = self.fields["clause_code"]
        field.choices = [*WHOLE, *((part.code, f"{part.number}. {part.title}") for part in parts)]


class ObjectionForm(KitForm):
    """Why a party does not take a change for a minor one."""

    text = TextField(label=_("Why does it change your duties?"), max_length=2000, multiline=True)


class MinorForm(KitForm):
    """Why a change alters nobody's duties."""

    reason = TextField(
        label=_("Why does this change nobody's duties?"),
        max_length=300,
        help_text=_("For example: a new address, a corrected name. The partners read it and may object."),
    )


class AccedeForm(KitForm):
    """Which partner is asked to join."""

    member = forms.ChoiceField(label=_("Who joins"))

    def __init__(self, *args: Any, members: Iterable[PartnershipMember], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_key = {str(member.pk): member for member in members}
        field: Any = self.fields["member"]
        field.choices = [(key, member.organisation.name) for key, member in self.by_key.items()]

    def clean_member(self) -> PartnershipMember:
        """The member chosen."""
        return self.by_key[self.cleaned_data["member"]]


class SignedFileForm(KitForm):
    """What a party signed on paper or in a file of its own."""

    upload = forms.FileField(
        label=_("Signed file"), help_text=_("PDF, photograph of paper, or .p7m. It is kept as it is.")
    )
    method = forms.ChoiceField(label=_("How was it signed?"), widget=forms.RadioSelect)
    name = TextField(label=_("Who signed"), max_length=120)
    capacity = TextField(label=_("In which capacity"), max_length=120)
    authority = forms.ChoiceField(
        label=_("By which right did they sign?"),
        choices=Signature.Authority.choices,
        required=False,
        initial=Signature.Authority.LEGAL,
        widget=forms.RadioSelect,
    )
    delegation = forms.FileField(
        label=_("The delegation, as a file"),
        required=False,
        help_text=_("Only if who signed is not the legal representative: PDF, photograph, or .p7m."),
    )

    def __init__(self, *args: Any, version: AgreementVersion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if version.agreement.partnership.mode == Partnership.Mode.LIGHT:
            del self.fields["authority"], self.fields["delegation"]
        allowed = methods_for(version.agreement.instrument_type) - {Signature.Method.IN_APP}
        field: Any = self.fields["method"]
        field.choices = [(method.value, method.label) for method in Signature.Method if method in allowed]
