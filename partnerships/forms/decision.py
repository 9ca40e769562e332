"""The form for a decision: a sentence, a day, who agreed; the rest folded."""

import uuid
from collections.abc import Iterable
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from core.web.forms import DateInput, KitForm, TextField
from partnerships.forms.visibility import add_level
from partnerships.models import (
    Decision,
    DecisionMethod,
    DecisionPosition,
    DecisionSubject,
    PartnershipMember,
    Position,
)
from partnerships.queries.governance import Governance
from partnerships.rules.decision import OUTCOMES, Audience, Positions, Stand
from stakeholders.forms.fields import ChecksField
from stakeholders.models import Stakeholder

State = Decision.State
POSITIONS = [("", _("No answer"))] + [(str(value), label) for value, label in Position.choices]
FIELDS = (
    "title", "text", "context", "options", "reasons", "about", "subject", "method", "decided_on",
    "effective_from", "review_on",
    "affects", "affects_residents", "public_note", "not_public_reason",
    "visibility",
)  # fmt: skip
OUTCOME_WORDS = {
    State.DECIDED: _("Decided"),
    State.REJECTED: _("Rejected"),
    State.DEFERRED: _("Put off"),
}
MOST_OPTIONS = 20
TOLD_TO_ALL = _("With “Everyone” the sentence, its day and what residents are told stand on the public page.")


class AudienceForm(KitForm):
    """Sectors, and organisations or groups of the partnership, to tick."""

    sectors = ChecksField(label=_("Sectors"), choices=Stakeholder.Sector.choices)
    groups = ChecksField(label=_("Organisations and groups"))

    def __init__(self, *args: Any, groups: Iterable[Stakeholder], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["groups"]
        field.choices = [(str(one.pk), one.name) for one in groups]
        if not field.choices:
            del self.fields["groups"]

    def audience(self) -> Audience:
        """What was ticked."""
        cleaned = self.cleaned_data
        return Audience(frozenset(cleaned["sectors"]), frozenset(uuid.UUID(key) for key in cleaned.get("groups", [])))

    @staticmethod
    def ticked(audience: Audience) -> dict[str, list[str]]:
        """What is ticked at first."""
        return {"sectors": sorted(audience.sectors), "groups": sorted(str(key) for key in audience.groups)}


class PositionsForm(KitForm):
    """What it came to and where each member stands. ``positions`` has the stands by member."""

    outcome = forms.ChoiceField(label=_("What it came to"), widget=forms.RadioSelect, required=False)

    def __init__(
        self,
        *args: Any,
        members: Iterable[PartnershipMember],
        given: Iterable[DecisionPosition] = (),
        may_stay_open: bool = True,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        outcomes: list[Any] = [(outcome.value, OUTCOME_WORDS[outcome]) for outcome in OUTCOMES]
        field: Any = self.fields["outcome"]
        field.choices = [*outcomes, ("", _("Not decided yet"))] if may_stay_open else outcomes
        field.required = not may_stay_open
        field.initial = State.DECIDED.value
        self._members = list(members)
        known = {one.member_id: one for one in given}
        for member in self._members:
            stand = known.get(member.pk)
            name = member.organisation.name
            self.fields[f"position_{member.pk}"] = forms.TypedChoiceField(
                label=name,
                choices=POSITIONS,
                coerce=int,
                empty_value=None,
                required=False,
                initial=str(stand.position) if stand and stand.position else "",
            )
            self.fields[f"note_{member.pk}"] = TextField(
                label=_("Note of %(name)s") % {"name": name},
                max_length=500,
                required=False,
                initial=stand.note if stand else "",
            )

    def position_fields(self) -> list[BoundField]:
        """The fields of where members stand, by member."""
        return [self[f"position_{member.pk}"] for member in self._members]

    def note_fields(self) -> list[BoundField]:
        """The fields of what members add."""
        return [self[f"note_{member.pk}"] for member in self._members]

    def positions(self) -> Positions:
        """Where members stand; those without a word or an answer are in it too, as no answer."""
        cleaned = self.cleaned_data
        return {
            member.pk: Stand(cleaned[f"position_{member.pk}"], cleaned[f"note_{member.pk}"]) for member in self._members
        }


class DecisionForm(PositionsForm, AudienceForm):
    """A decision with everything about it; a sentence and a day are enough."""

    title = TextField(label=_("What is decided, in one sentence"), max_length=200)
    decided_on = forms.DateField(label=_("Decided on"), widget=DateInput, required=False)
    text = TextField(label=_("The wording"), max_length=5000, multiline=True, required=False)
    context = TextField(label=_("What led to it"), max_length=3000, multiline=True, required=False)
    options = TextField(
        label=_("What else was considered, one line each"), max_length=3000, multiline=True, required=False
    )
    reasons = TextField(label=_("Why so"), max_length=3000, multiline=True, required=False)
    about = forms.ChoiceField(label=_("What it is about"), choices=Decision.About.choices, required=False)
    subject = forms.ChoiceField(
        label=_("Subject"), choices=[("", _("Not noted")), *DecisionSubject.choices], required=False
    )
    method = forms.ChoiceField(label=_("How it was decided"), required=False)
    effective_from = forms.DateField(label=_("In force from"), widget=DateInput, required=False)
    review_on = forms.DateField(label=_("Look at it again on"), widget=DateInput, required=False)
    affects = TextField(label=_("Whom else it affects"), max_length=300, required=False)
    affects_residents = forms.BooleanField(label=_("It concerns residents"), required=False)
    public_note = TextField(label=_("What residents are told"), max_length=1000, multiline=True, required=False)
    not_public_reason = TextField(label=_("Or why it is not published"), max_length=300, required=False)

    def __init__(self, *args: Any, governance: Governance, cap: int, now: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        add_level(self, cap, now=now, help_text=TOLD_TO_ALL)
        field: Any = self.fields["method"]
        methods = governance.any_methods
        field.choices = [("", _("Not noted")), *((method.value, method.label) for method in methods)]
        # Where the agreement says how decisions are taken, the way is asked for in view, and the subject it hangs on.
        self.asks_subject = bool(governance.by_subject)
        self.asks_method = self.asks_subject or len(methods) < len(DecisionMethod)
        if self.asks_method:
            field.help_text = _("The agreement says in which ways you may decide.")
        if self.asks_subject:
            self.fields["subject"].help_text = _in_words(governance)
        if len(methods) == 1:
            field.initial = methods[0].value

    def clean_options(self) -> list[str]:
        """One option a line."""
        lines = [line.strip() for line in self.cleaned_data["options"].splitlines()]
        return [line[:300] for line in lines if line][:MOST_OPTIONS]

    def values(self) -> dict[str, Any]:
        """The decision's own fields."""
        return {name: self.cleaned_data[name] for name in (*FIELDS, "is_meant") if name in self.fields}

    def folded(self) -> list[BoundField]:
        """What is folded away: everything but sentence, day, outcome and who agreed."""
        shown = {"title", "decided_on", "outcome"} | ({"method"} if self.asks_method else set())
        shown |= {"subject"} if self.asks_subject else set()
        return [self[name] for name in (*FIELDS, "is_meant") if name in self.fields and name not in shown]

    def audience_fields(self) -> list[BoundField]:
        """Whom it affects."""
        return [self[name] for name in ("sectors", "groups") if name in self.fields]

    @staticmethod
    def initial_of(decision: Decision) -> dict[str, Any]:
        """What the form of a proposal shows at first."""
        return {name: getattr(decision, name) for name in FIELDS} | {"options": "\n".join(decision.options)}


def _in_words(governance: Governance) -> str:
    """Which ways the agreement has for which subject."""
    said = [
        f"{DecisionSubject(subject).label}: {', '.join(str(method.label) for method in methods)}"
        for subject, methods in governance.by_subject.items()
    ]
    return _("By the agreement: %(words)s. Everything else: %(usual)s.") % {
        "words": "; ".join(said),
        "usual": ", ".join(str(method.label) for method in governance.methods),
    }


class ReviewForm(KitForm):
    """Keeping a decision after looking at it again."""

    review_on = forms.DateField(label=_("Look at it again on"), widget=DateInput, required=False)


class CommunicatedForm(AudienceForm):
    """When those it concerns were told, and who they are."""

    on = forms.DateField(label=_("Told on"), widget=DateInput)
    to = TextField(label=_("Who else was told"), max_length=300, required=False)
    field_order = ("on", "sectors", "groups", "to")


class ShownForm(KitForm):
    """Who may see a decision; its words stay as they are."""

    def __init__(self, data: Any = None, *, cap: int, now: int) -> None:
        super().__init__(data, initial={"visibility": now})
        add_level(self, cap, now=now, help_text=TOLD_TO_ALL)
