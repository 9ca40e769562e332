"""Forms about agendas and about what is written while a meeting runs."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.web.forms import KitForm, TextField
from partnerships.forms.task import TaskForm
from partnerships.models import AgendaItem, Attendance, ConflictOfInterest, PartnershipMember
from stakeholders.models import Stakeholder

Owner = tuple[PartnershipMember | None, Stakeholder | None]


class ItemForm(KitForm):
    """A subject. ``cleaned_data`` has ``owner_member`` and ``owner_person`` in place of ``owner``.

    ``members`` come with the people who speak for them in ``active_people``.
    """

    title = TextField(label=_("What about"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=AgendaItem.Kind.choices, initial=AgendaItem.Kind.DISCUSS)
    minutes_planned = forms.IntegerField(label=_("How many minutes"), min_value=0, max_value=600, initial=10)
    owner = forms.ChoiceField(label=_("Who leads it"), required=False)
    desired_outcome = TextField(label=_("What should come out of it"), max_length=300, required=False)
    paper_link = forms.URLField(label=_("Link to read before"), max_length=300, required=False, assume_scheme="https")
    paper = forms.FileField(label=_("File to read before"), required=False)
    proposed_by = forms.ChoiceField(label=_("Which organisation proposed it"), required=False)

    def __init__(self, *args: Any, members: Iterable[PartnershipMember], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._owners: dict[str, Owner] = {"": (None, None)}
        self._members = {str(member.pk): member for member in members}
        owners: list[Any] = [("", _("Coordination"))]
        for key, member in self._members.items():
            self._owners[key] = (member, None)
            owners.append((key, member.organisation.name))
            for found in member.active_people:  # type: ignore[attr-defined]  # prefetched
                self._owners[f"{key}/{found.person_id}"] = (member, found.person)
                owners.append((f"{key}/{found.person_id}", f"{found.person.name} ({member.organisation.name})"))
        owner: Any = self.fields["owner"]
        proposed: Any = self.fields["proposed_by"]
        owner.choices = owners
        proposed.choices = [("", _("Coordination"))] + [
            (key, one.organisation.name) for key, one in self._members.items()
        ]

    def clean(self) -> dict[str, Any]:
        """Owner and proposer as records."""
        cleaned = super().clean() or {}
        cleaned["owner_member"], cleaned["owner_person"] = self._owners[cleaned.pop("owner", "")]
        cleaned["proposed_by"] = self._members.get(cleaned.get("proposed_by", ""))
        return cleaned

    @staticmethod
    def initial_of(item: AgendaItem) -> dict[str, Any]:
        """What the form of an item shows at first."""
        names = ("title", "kind", "minutes_planned", "desired_outcome", "paper_link")
        person = f"/{item.owner_person_id}" if item.owner_person_id else ""
        return {
            **{name: getattr(item, name) for name in names},
            "owner": f"{item.owner_member_id}{person}" if item.owner_member_id else "",
            "proposed_by": str(item.proposed_by_id or ""),
        }


class NewItemForm(KitForm):
    """A subject that comes up while a meeting runs."""

    title = TextField(label=_("What about"), max_length=200)
    minutes_planned = forms.IntegerField(label=_("How many minutes"), min_value=0, max_value=600, initial=10)


class NotesForm(KitForm):
    """What was agreed on an item and why."""

    summary = TextField(label=_("What was agreed, and why"), max_length=5000, multiline=True, required=False)
    state = forms.ChoiceField(label=_("This item is"), choices=AgendaItem.State.choices)


class ActionForm(TaskForm):
    """A promise made in the meeting: what a meeting has time to say of it; the rest is added to the task."""

    ASKED = ("title", "who", "due_on", "result_expected")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in set(self.fields) - set(self.ASKED):
            del self.fields[name]


class HeardForm(KitForm):
    """What was understood of what an organisation said."""

    member = forms.ChoiceField(label=_("Whom did we hear"))
    text = TextField(label=_("What we heard, in our words"), max_length=1000, multiline=True)

    def __init__(self, *args: Any, members: Iterable[PartnershipMember], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._members = {str(member.pk): member for member in members}
        field: Any = self.fields["member"]
        field.choices = [(key, member.organisation.name) for key, member in self._members.items()]

    def clean_member(self) -> PartnershipMember:
        """The organisation chosen."""
        return self._members[self.cleaned_data["member"]]


class InterestForm(KitForm):
    """An interest somebody declared in an item."""

    attendance = forms.ChoiceField(label=_("Who"))
    handling = forms.ChoiceField(label=_("What was done"), choices=ConflictOfInterest.Handling.choices)

    def __init__(self, *args: Any, attendances: Iterable[Attendance], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._attendances = {str(one.pk): one for one in attendances}
        field: Any = self.fields["attendance"]
        field.choices = [(key, one.person.name) for key, one in self._attendances.items()]

    def clean_attendance(self) -> Attendance:
        """The person chosen."""
        return self._attendances[self.cleaned_data["attendance"]]


class MinutesForm(KitForm):
    """The text of the minutes before they go round."""

    text = TextField(label=_("Minutes"), max_length=200_000, multiline=True)


class CommentForm(KitForm):
    """What is not right in the minutes; empty approves them. ``hash_seen`` is the text that was read."""

    hash_seen = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)

    comment = TextField(
        label=_("Something is not right?"),
        max_length=2000,
        multiline=True,
        required=False,
        help_text=_("Leave this empty to approve. With words here the minutes go round again."),
    )


class ErratumForm(KitForm):
    """A correction of approved minutes."""

    text = TextField(label=_("What has to be corrected"), max_length=2000, multiline=True)
