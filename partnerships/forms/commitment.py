"""Forms about promises made elsewhere than in a task."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.web.forms import DateInput, KitForm, TextField
from partnerships.models import Commitment, PartnershipMember
from partnerships.rules.task_evidence import shown_as


class CommitmentForm(KitForm):
    """Who promised what, where and by when. While nobody is in the partnership, ``group`` names who comes in first."""

    member = forms.TypedChoiceField(label=_("Who promised it"))
    group = TextField(
        label=_("Who promised it"),
        help_text=_("Your own group, or another one. It is then in the partnership."),
        max_length=200,
    )
    title = TextField(label=_("What was promised"), max_length=200)
    source = forms.ChoiceField(label=_("Where"), choices=Commitment.Source.choices)
    reference = TextField(
        label=_("Where exactly"),
        help_text=_("For example: clause 9, or meeting of 3 March"),
        max_length=200,
        required=False,
    )
    due_on = forms.DateField(label=_("By"), required=False, widget=DateInput())

    def __init__(self, *args: Any, members: Iterable[PartnershipMember], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        by_key = {str(member.pk): member for member in members}
        del self.fields["group" if by_key else "member"]
        if not by_key:
            return
        field: Any = self.fields["member"]
        field.choices = [(key, member.organisation.name) for key, member in by_key.items()]
        field.coerce = by_key.__getitem__


class KeptForm(KitForm):
    """That a promise is kept, and what shows it."""

    evidence = TextField(
        label=_("What shows it"),
        help_text=_("A line, or an address that begins with https://"),
        max_length=500,
        required=False,
    )
    evidence_file = forms.FileField(label=_("A photo or a document"), required=False, help_text=_("Up to 15 MB."))

    def clean(self) -> dict[str, Any]:
        """What was shown."""
        cleaned = super().clean() or {}
        return {"shown": shown_as(cleaned.get("evidence", ""), cleaned.get("evidence_file"))}


class CommitmentDateForm(KitForm):
    """Another date, and why."""

    due_on = forms.DateField(label=_("New date"), widget=DateInput())
    reason = TextField(label=_("Reason"), max_length=500)
