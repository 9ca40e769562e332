"""Forms about tasks."""

import uuid
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.web.forms import NOT_FOUND, DateInput, KitForm, TextField
from partnerships.models import PartnershipMember, Task
from partnerships.rules.task import WAITING
from stakeholders.models import Stakeholder

State = Task.State
COORDINATION = ""
CHOICE_WORDS = {
    State.ACCEPTED: _("We accept it"),
    State.COUNTER_PROPOSED: _("Yes, but by another date"),
    State.DECLINED: _("We cannot do it"),
    State.IN_PROGRESS: _("We are working on it"),
    State.BLOCKED: _("We are stuck"),
    State.IN_REVIEW: _("Ready to be looked at"),
    State.DONE: _("It is done"),
}
ACCEPTED_ALREADY = _("We will do it, not begun yet")
PROGRESS = [("", _("No change")), ("0", "0 %"), ("25", "25 %"), ("50", "50 %"), ("75", "75 %"), ("100", "100 %")]
Who = tuple[PartnershipMember | None, Stakeholder | None]


class TaskForm(KitForm):
    """A task and who is asked to do it. ``cleaned_data`` has ``member`` and ``person`` in place of ``who``.

    ``members`` come with the people who speak for them in ``active_people``; ``people`` are offered by themselves.
    """

    title = TextField(label=_("What shall be done"), max_length=200)
    who = forms.ChoiceField(label=_("Who is asked"), required=False)
    due_on = forms.DateField(label=_("By"), required=False, widget=DateInput())
    result_expected = TextField(
        label=_("How we will see that it is done"), max_length=500, multiline=True, required=False
    )
    send_link = forms.BooleanField(
        label=_("Mail the person a link to answer with, no password needed"), required=False, initial=True
    )

    def __init__(
        self, *args: Any, members: Iterable[PartnershipMember], people: Iterable[Stakeholder] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._who: dict[str, Who] = {COORDINATION: (None, None)}
        choices: list[Any] = [(COORDINATION, _("We do it ourselves (coordination)"))]
        choices += [(member.organisation.name, self._choices_of(member)) for member in members]
        loose = [(self._add(f"p:{person.pk}", (None, person)), person.name) for person in people]
        if loose:
            choices.append((_("People"), loose))
        field: Any = self.fields["who"]
        field.choices = choices

    def _choices_of(self, member: PartnershipMember) -> list[tuple[str, Any]]:
        people = [found.person for found in member.active_people]  # type: ignore[attr-defined]  # prefetched
        anybody = _("anybody there")
        return [
            *((self._add(f"m:{member.pk}/{person.pk}", (member, person)), person.name) for person in people),
            (self._add(f"m:{member.pk}", (member, None)), f"{member.organisation.name} ({anybody})"),
        ]

    def _add(self, key: str, who: Who) -> str:
        self._who[key] = who
        return key

    def clean(self) -> dict[str, Any]:
        """Member and person of the choice made."""
        cleaned = super().clean() or {}
        if "who" in cleaned:
            cleaned["member"], cleaned["person"] = self._who[cleaned.pop("who")]
        return cleaned

    @staticmethod
    def key_of(task: Task) -> str:
        """The choice that stands for a task's member and person."""
        if task.member_id:
            return f"m:{task.member_id}/{task.person_id}" if task.person_id else f"m:{task.member_id}"
        return f"p:{task.person_id}" if task.person_id else COORDINATION


class TaskWordForm(KitForm):
    """A word about a task: where it stands and, if wanted, how far, one line, a new date, who could help."""

    state = forms.ChoiceField(label=_("How does it stand?"), widget=forms.RadioSelect)
    note = TextField(label=_("One line for the others"), max_length=500, required=False)
    progress_percent = forms.TypedChoiceField(
        label=_("How far"), choices=PROGRESS, coerce=int, empty_value=None, required=False
    )
    due_on = forms.DateField(label=_("New date"), required=False, widget=DateInput())
    blocked_needs = TextField(label=_("If stuck: who could help?"), max_length=120, required=False)

    def __init__(self, *args: Any, task: Task, states: Iterable[State], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.task = task
        words = {**CHOICE_WORDS}
        if task.state in WAITING:
            self.fields["state"].label = _("Can you do it?")
        else:
            words[State.ACCEPTED] = ACCEPTED_ALREADY
        field: Any = self.fields["state"]
        field.choices = [(state.value, words[state]) for state in states]


class ReasonForm(KitForm):
    """Why something ends."""

    reason = TextField(label=_("Reason"), max_length=500, multiline=True)


class PassOnForm(KitForm):
    """Which colleague takes a task over."""

    colleague = forms.ChoiceField(label=_("Who takes it over?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["colleague"]
        field.choices = choices

    def clean_colleague(self) -> uuid.UUID:
        """The id of the one chosen."""
        try:
            return uuid.UUID(self.cleaned_data["colleague"])
        except ValueError as error:
            raise ValidationError(NOT_FOUND) from error
