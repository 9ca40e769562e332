"""Forms about the clauses of an agreement and what stands beside its text."""

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from core.web.forms import DateInput, KitForm, TextField
from partnerships.forms.agreement import LANGUAGES
from partnerships.models import AgreementVersion, DecisionMethod, DecisionSubject, InstrumentType, Partnership
from partnerships.rules.agreement import OF_AGREEMENT, OF_VERSION, language_problems

LONGEST_NOTICE = 730
LONGEST_QUESTION, MOST_VOICES = 60, 20
SEEN_AT_ONCE = ("title", "valid_from", "valid_to", "review_on", "notice_days", "change_summary")


class ClauseForm(KitForm):
    """The words of one clause; the library's own words come back when a field is emptied."""

    title = TextField(label=_("Title"), max_length=120, required=False)
    body = TextField(
        label=_("Text"),
        max_length=8000,
        multiline=True,
        required=False,
        help_text=_("Words in braces, like {goals}, are filled in from what is known here. Lists begin with -."),
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    second_title = TextField(label=_("Title in the second language"), max_length=120, required=False)
    second_body = TextField(label=_("Text in the second language"), max_length=8000, multiline=True, required=False)

    def __init__(self, *args: Any, has_second: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_second:
            del self.fields["second_title"], self.fields["second_body"]


BY_SUBJECT = [f"methods_{subject.value}" for subject in DecisionSubject]


class TermsForm(KitForm):
    """What kind of agreement it is, what it touches, and the dates and numbers its clauses speak of."""

    title = TextField(label=_("Title"), max_length=200)
    instrument_type = forms.ChoiceField(label=_("Kind of agreement"), choices=InstrumentType.choices)
    involves_minors = forms.BooleanField(label=_("Minors or adults at risk are involved"), required=False)
    involves_volunteers = forms.BooleanField(label=_("Volunteers help"), required=False)
    involves_money = forms.BooleanField(label=_("Money is moved"), required=False)
    involves_research = forms.BooleanField(label=_("There is research"), required=False)
    involves_public_body = forms.BooleanField(label=_("A public body takes part"), required=False)
    valid_from = forms.DateField(label=_("Valid from"), required=False, widget=DateInput())
    valid_to = forms.DateField(label=_("Valid until"), required=False, widget=DateInput())
    review_on = forms.DateField(label=_("Read again together on"), required=False, widget=DateInput())
    renewal = forms.ChoiceField(label=_("At the end"), choices=AgreementVersion.Renewal.choices)
    notice_days = forms.IntegerField(
        label=_("Notice for leaving, in days"), min_value=1, max_value=LONGEST_NOTICE, required=False
    )
    quorum_percent = forms.IntegerField(
        label=_("Share of the parties that must be there to decide, in per cent"),
        min_value=1,
        max_value=100,
        required=False,
    )
    decision_methods = forms.MultipleChoiceField(
        label=_("Ways of deciding"),
        choices=DecisionMethod.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    endorsement_days = forms.IntegerField(
        label=_("How many working days the partners have to say where they stand on a goal"),
        min_value=1,
        max_value=LONGEST_QUESTION,
        required=False,
        help_text=_("Ten when nothing is written here."),
    )
    endorsement_percent = forms.IntegerField(
        label=_("Share of the members that must be able to live with a goal, in per cent"),
        min_value=1,
        max_value=100,
        required=False,
        help_text=_("Two thirds when nothing is written here. Who does not answer does not count as in favour."),
    )
    endorsement_voices = forms.IntegerField(
        label=_("How many voices of the people affected a goal needs"),
        min_value=0,
        max_value=MOST_VOICES,
        required=False,
        help_text=_("One when nothing is written here."),
    )
    second_language = forms.ChoiceField(
        label=_("Second language, printed beneath each clause"),
        choices=[("", _("None")), *LANGUAGES],
        required=False,
    )
    prevailing_language = forms.ChoiceField(
        label=_("Where the two languages differ, what counts?"),
        choices=[("", _("The first language")), *LANGUAGES],
        required=False,
        help_text=_("The text says so at its beginning, and who signs signs that too."),
    )
    change_summary = TextField(label=_("What is new in this version"), max_length=300, required=False)

    def __init__(self, *args: Any, version: AgreementVersion, **kwargs: Any) -> None:
        initial: dict[str, Any] = {name: getattr(version.agreement, name) for name in OF_AGREEMENT}
        initial |= {name: getattr(version, name) for name in OF_VERSION}
        kwargs["initial"] = initial
        super().__init__(*args, **kwargs)
        self.version = version
        for subject in DecisionSubject:
            self.fields[f"methods_{subject.value}"] = forms.MultipleChoiceField(
                label=subject.label,
                choices=DecisionMethod.choices,
                required=False,
                widget=forms.CheckboxSelectMultiple,
                initial=version.methods_by_subject.get(subject.value, []),
            )
        if not version.is_composed:
            del self.fields["second_language"], self.fields["prevailing_language"]

    def fields_at_once(self) -> list[BoundField]:
        """What a light partnership sees first; a full one sees everything."""
        return [field for field in self if not self._is_folded(field.name) and field.name not in BY_SUBJECT]

    def fields_folded(self) -> list[BoundField]:
        """What a light partnership unfolds when it needs it."""
        return [field for field in self if self._is_folded(field.name) and field.name not in BY_SUBJECT]

    def subject_fields(self) -> list[BoundField]:
        """The ways of deciding of each subject, where they are other than usual (R-C8)."""
        return [self[name] for name in BY_SUBJECT]

    def _is_folded(self, name: str) -> bool:
        is_light = self.version.agreement.partnership.mode == Partnership.Mode.LIGHT
        return is_light and name not in SEEN_AT_ONCE

    def clean(self) -> dict[str, Any]:
        """The end must be after the start, the second language another one, and one of the two counts."""
        cleaned = super().clean() or {}
        start, end = cleaned.get("valid_from"), cleaned.get("valid_to")
        if start and end and end <= start:
            self.add_error("valid_to", _("The end must be after the start."))
        problems = language_problems(
            language=self.version.language,
            second_language=cleaned.get("second_language", ""),
            prevailing_language=cleaned.get("prevailing_language", ""),
        )
        for name, problem in problems.items():
            self.add_error(name, str(problem))
        chosen = {name: cleaned.pop(name, []) for name in BY_SUBJECT}
        cleaned["methods_by_subject"] = {
            name.removeprefix("methods_"): methods for name, methods in chosen.items() if methods
        }
        return cleaned
