"""Forms about tasks."""

import uuid
from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.web.forms import NOT_FOUND, DateInput, KitForm, TextField
from partnerships.models import PartnershipMember, Task, TaskCheck
from partnerships.rules.task import WAITING
from partnerships.rules.task_evidence import shown_as
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


class EffortField(forms.IntegerField):
    """Whole hours of work."""

    def __init__(self) -> None:
        super().__init__(label=_("Hours of work, about"), required=False, min_value=1, max_value=10_000)


class ChecklistField(TextField):
    """Steps, one a line; the value is the list of them."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Steps"), help_text=_("One step a line."), max_length=6_000, multiline=True, required=False
        )

    def clean(self, value: Any) -> Any:
        """The lines that say something."""
        return [line.strip() for line in super().clean(value).splitlines() if line.strip()]


class WaitsForField(forms.TypedMultipleChoiceField):
    """Other tasks of the partnership; the value is the list of them."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Can only be finished after"), required=False, widget=forms.CheckboxSelectMultiple, coerce=str
        )


def offer_tasks(form: forms.Form, others: Iterable[Task]) -> None:
    """Let a form's ``waits_for`` choose among some tasks; without any the field goes."""
    by_key = {str(task.pk): task for task in others}
    field: Any = form.fields["waits_for"]
    if not by_key:
        form.fields["waits_for"].widget = forms.MultipleHiddenInput()
    field.choices = [(key, f"{task.number}. {task.title}") for key, task in by_key.items()]
    field.coerce = by_key.__getitem__


class TaskPlanForm(KitForm):
    """How much work a task is, what it waits for and of which steps it consists."""

    effort_hours = EffortField()
    waits_for = WaitsForField()
    checklist = ChecklistField()

    def __init__(self, *args: Any, others: Iterable[Task], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_tasks(self, others)


class TaskForm(KitForm):
    """A task and who is asked to do it. ``cleaned_data`` has ``member`` and ``person`` in place of ``who``.

    ``members`` come with the people who speak for them in ``active_people``; ``people`` are offered by themselves;
    ``others`` are the tasks it may wait for.
    """

    FOLDED = ("result_expected", "needs_evidence", "starts_on", "effort_hours", "waits_for", "checklist")

    title = TextField(label=_("What shall be done"), max_length=200)
    who = forms.ChoiceField(label=_("Who is asked"), required=False)
    due_on = forms.DateField(label=_("By"), required=False, widget=DateInput())
    result_expected = TextField(
        label=_("How we will see that it is done"), max_length=500, multiline=True, required=False
    )
    needs_evidence = forms.BooleanField(
        label=_("Done only with evidence: a line, an address or a file"), required=False
    )
    starts_on = forms.DateField(label=_("Begins"), required=False, widget=DateInput())
    effort_hours = EffortField()
    waits_for = WaitsForField()
    checklist = ChecklistField()
    send_link = forms.BooleanField(
        label=_("Mail the person a link to answer with, no password needed"), required=False, initial=True
    )

    def __init__(
        self,
        *args: Any,
        members: Iterable[PartnershipMember],
        people: Iterable[Stakeholder] = (),
        others: Iterable[Task] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        offer_tasks(self, others)
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

    def first_fields(self) -> list[BoundField]:
        """What every task needs: what, who, by when."""
        return [self[name] for name in self.fields if name not in self.FOLDED]

    def folded_fields(self) -> list[BoundField]:
        """What stands behind "More"."""
        return [self[name] for name in self.FOLDED]

    @property
    def is_unfolded(self) -> bool:
        """Whether something behind "More" is filled in or wrong."""
        given = any(self[name].value() for name in self.FOLDED)
        return given or any(name in self.errors for name in self.FOLDED)

    @staticmethod
    def key_of(task: Task) -> str:
        """The choice that stands for a task's member and person."""
        if task.member_id:
            return f"m:{task.member_id}/{task.person_id}" if task.person_id else f"m:{task.member_id}"
        return f"p:{task.person_id}" if task.person_id else COORDINATION


class TaskWordForm(KitForm):
    """A word about a task: where it stands and, if wanted, how far, one line, a new date, who could help.

    ``helpers`` is asked for only when somebody is chosen or the choice is shown.
    """

    # Tells a page that showed the steps, with none made, from one that did not show them.
    CHECKS_SHOWN = "checks_shown"

    state = forms.ChoiceField(label=_("How does it stand?"), widget=forms.RadioSelect)
    note = TextField(label=_("One line for the others"), max_length=500, required=False)
    progress_percent = forms.TypedChoiceField(
        label=_("How far"), choices=PROGRESS, coerce=int, empty_value=None, required=False
    )
    due_on = forms.DateField(label=_("New date"), required=False, widget=DateInput())
    blocked_by = forms.TypedChoiceField(
        label=_("If stuck: which partner could help?"), required=False, coerce=str, empty_value=None
    )
    blocked_needs = TextField(label=_("If stuck: who else could help?"), max_length=120, required=False)
    checks = forms.TypedMultipleChoiceField(
        label=_("Steps made"), required=False, widget=forms.CheckboxSelectMultiple, coerce=uuid.UUID
    )
    evidence = TextField(
        label=_("What shows it"),
        help_text=_("A line, or an address that begins with https://"),
        max_length=500,
        required=False,
    )
    evidence_file = forms.FileField(label=_("A photo or a document"), required=False, help_text=_("Up to 15 MB."))

    def __init__(
        self,
        *args: Any,
        task: Task,
        states: Iterable[State],
        checks: Iterable[TaskCheck] = (),
        helpers: Callable[[], Iterable[PartnershipMember]] = tuple,
        **kwargs: Any,
    ) -> None:
        checks = list(checks)
        super().__init__(*args, **kwargs)
        self.initial = {"checks": [str(check.pk) for check in checks if check.is_done], **self.initial}
        self.task = task
        self.has_checks = bool(checks)
        self._set_choices("checks", [(str(check.pk), check.text) for check in checks])
        self._helpers = helpers
        self._set_choices("blocked_by", self._helper_choices)
        helper: Any = self.fields["blocked_by"]
        helper.coerce = lambda key: self._helper_by_key[key]
        words = {**CHOICE_WORDS}
        if task.state in WAITING:
            self.fields["state"].label = _("Can you do it?")
        else:
            words[State.ACCEPTED] = ACCEPTED_ALREADY
        self._set_choices("state", [(state.value, words[state]) for state in states])

    @cached_property
    def _helper_by_key(self) -> dict[str, PartnershipMember]:
        return {str(member.pk): member for member in self._helpers()}

    def _helper_choices(self) -> list[tuple[str, str]]:
        named = ((key, member.organisation.name) for key, member in self._helper_by_key.items())
        return [("", gettext("nobody in particular")), *named]

    def _set_choices(self, name: str, choices: Any) -> None:
        field: Any = self.fields[name]
        field.choices = choices

    @property
    def asks_for_evidence(self) -> bool:
        """Whether the place for evidence stands open."""
        return self.task.needs_evidence or bool({"evidence", "evidence_file"} & set(self.errors))

    def clean(self) -> dict[str, Any]:
        """Evidence as it was shown, and the steps made; None when the task has none."""
        cleaned = super().clean() or {}
        cleaned["shown"] = shown_as(cleaned.pop("evidence", ""), cleaned.pop("evidence_file", None))
        ticked = cleaned.pop("checks", [])
        cleaned["ticked"] = set(ticked) if self.has_checks else None
        return cleaned


class OtherDateForm(KitForm):
    """The answer to another date: agreed or asked again, perhaps for a third day, with a word."""

    answer = forms.ChoiceField(choices=[("agree", ""), ("keep", "")], widget=forms.HiddenInput)
    note = TextField(label=_("A word with it"), max_length=500, multiline=True, required=False)
    due_on = forms.DateField(
        label=_("Another day you can live with"),
        required=False,
        widget=DateInput(),
        help_text=_("Only if you ask again. Left empty, you ask for the first date."),
    )

    def answer_given(self) -> dict[str, Any]:
        """The arguments of ``answer_other_date``."""
        given = dict(self.cleaned_data)
        agrees = given.pop("answer") == "agree"
        return {**given, "agrees": agrees}


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
