"""The form with which a rater says what they think: two taps are enough."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.web.forms import KitForm, TextField
from stakeholders.models import Assessment
from stakeholders.rules.assessment import SCORES
from stakeholders.rules.promise import PublicPromise, promise_words

SCALES: dict[str, list[tuple[str, Any]]] = {
    "power": [("1", _("hardly any")), ("2", _("a little")), ("3", _("some")), ("4", _("much")), ("5", _("decides it"))],
    "interest": [
        ("1", _("nothing")), ("2", _("a little")), ("3", _("something")), ("4", _("much")), ("5", _("everything")),
    ],
    "legitimacy": [
        ("1", _("hardly anybody says so")), ("2", _("some do")), ("3", _("half")), ("4", _("most")),
        ("5", _("everybody")),
    ],
    "urgency": [
        ("1", _("can wait")), ("2", _("this year")), ("3", _("this season")), ("4", _("this month")), ("5", _("now")),
    ],
    "attitude": [
        ("1", _("against it")), ("2", _("doubtful")), ("3", _("neutral")), ("4", _("in favour")),
        ("5", _("carries it")),
    ],
}  # fmt: skip
LABELS = {
    "power": _("How much can they change about the issue?"),
    "interest": _("How much is at stake for them?"),
    "legitimacy": _("Is it widely seen as proper that they have a say?"),
    "urgency": _("How soon do they need an answer?"),
    "attitude": _("What do they think of it?"),
}
FIRST = ("power", "interest", "reason")


def _score(name: str) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=LABELS[name], coerce=int, empty_value=None, required=False, widget=forms.RadioSelect,
        choices=[(value, words) for value, words in SCALES[name]],
    )  # fmt: skip


class AssessmentForm(KitForm):
    """Scores of one stakeholder. ``about_person`` asks to confirm that the words may be read by that person (R-S7).

    ``promise`` is what was promised to it publicly, told where one says how far it should be involved (R-S6).
    """

    power = _score("power")
    interest = _score("interest")
    reason = TextField(
        label=_("Why?"), max_length=600, multiline=True, required=False,
        help_text=_("Needed for a 1 or a 5. Write it so that they could read it: they have a right to."),
    )  # fmt: skip
    legitimacy = _score("legitimacy")
    urgency = _score("urgency")
    attitude = _score("attitude")
    current_engagement = forms.TypedChoiceField(
        label=_("How far are they involved now?"), coerce=int, empty_value=None, required=False,
        choices=[("", _("I do not know")), *Assessment.Engagement.choices],
    )  # fmt: skip
    desired_engagement = forms.TypedChoiceField(
        label=_("How far should they be?"), coerce=int, empty_value=None, required=False,
        choices=[("", _("I do not know")), *Assessment.Engagement.choices],
    )  # fmt: skip
    confidence = forms.ChoiceField(
        label=_("How sure are you?"), choices=Assessment.Confidence.choices, initial=Assessment.Confidence.MEDIUM
    )
    may_be_read = forms.BooleanField(
        label=_("This is about a person. I have written only what I would say to their face."), required=False
    )

    def __init__(self, *args: Any, about_person: bool, promise: PublicPromise | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if promise is not None:
            self.fields["desired_engagement"].help_text = promise_words(promise)
        self.about_person = about_person
        if not about_person:
            del self.fields["may_be_read"]
        for name in SCORES:
            choices = [(value, f"{value}: {words}") for value, words in SCALES[name]]
            self.fields[name].choices = choices  # type: ignore[attr-defined]  # a ChoiceField

    def clean(self) -> dict[str, Any]:
        """Words about a person are confirmed before they are kept (R-S7)."""
        cleaned = super().clean() or self.cleaned_data
        if self.about_person and cleaned.get("reason") and not cleaned.get("may_be_read"):
            self.add_error(
                "may_be_read", _("Read your words once more, then tick the box: the person may ask to see them.")
            )
        return cleaned

    def scores(self) -> dict[str, Any]:
        """What an operation takes."""
        return {name: value for name, value in self.cleaned_data.items() if name != "may_be_read"}

    def first_fields(self) -> list[Any]:
        """What is asked of everybody."""
        asked = [*FIRST, "may_be_read"] if self.about_person else list(FIRST)
        return [self[name] for name in asked]

    def more_fields(self) -> list[Any]:
        """What is folded away until it is asked for."""
        return [self[name] for name in self.fields if name not in (*FIRST, "may_be_read")]

    @property
    def has_more(self) -> bool:
        """Whether something of the folded part is filled or wrong."""
        return any(field.errors or field.value() not in {None, "", "medium"} for field in self.more_fields())
