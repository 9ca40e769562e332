"""The form people answer a survey with: one sheet at a time, or all of it."""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from engagement.forms.public_form import PublicForm
from engagement.models import Survey
from engagement.rules.survey_answer import Given, checked
from engagement.rules.survey_form import (
    LONGEST_RANKING,
    MARK_CHARACTERS,
    ONE_CODE,
    TEXT_CHARACTERS,
    Asked,
    Kind,
    asked_of,
    mark_of,
    sheets,
)

WHOLE = "all"
LONGEST_NUMBER = 20
YOUNGEST_ALONE = 14


class RankingSelects(forms.Widget):
    """One list for each place, all under one name: what is sent stands in the order of the places."""

    use_fieldset = True

    def __init__(self, choices: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.choices = choices

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        """The codes in order, empty places left out."""
        values = data.getlist(name) if hasattr(data, "getlist") else data.get(name) or []
        return [value for value in values if value]

    def id_for_label(self, id_: str) -> str:
        """No label of its own: each list has one."""
        return ""

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        """The lists, as many as there are things to put in order."""
        chosen = [*(value or []), *([""] * len(self.choices))]
        start = (attrs or {}).get("id", name)
        places = range(min(len(self.choices), LONGEST_RANKING))
        return format_html(
            '<div class="stack">{}</div>',
            format_html_join(
                "",
                '<label class="row"><span>{}</span> <select name="{}" id="{}_{}">{}</select></label>',
                (
                    (_("Place %(number)d") % {"number": place + 1}, name, start, place, self._options(chosen[place]))
                    for place in places
                ),
            ),
        )

    def _options(self, chosen: str) -> SafeString:
        rows = [("", "–"), *self.choices]  # noqa: RUF001 - a dash for nothing chosen
        return format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            ((code, SafeString(" selected") if code == chosen else "", label) for code, label in rows),
        )


class RankingField(forms.Field):
    """Things in an order."""

    def to_python(self, value: Any) -> list[str]:
        """The codes in order."""
        return list(value or [])


def name_of(question: Asked) -> str:
    """How the field of a question is called."""
    return f"q_{question.code}"


def given_from(data: Mapping[str, Any], questions: Sequence[Asked]) -> dict[str, Given]:
    """What was sent, by code of the question, as far as it can be read; ``checked`` says what is wrong with it."""
    found = {}
    for question in questions:
        values = [value.strip() for value in _listed(data, name_of(question)) if value.strip()]
        if question.is_closed:
            found[question.code] = Given(codes=tuple(values))
        elif question.kind == Kind.NUMBER:
            found[question.code] = Given(number=number_from(values[0])) if values else Given()
        elif values:
            found[question.code] = Given(text=values[0])
    return found


def number_from(text: str) -> Decimal:
    """A number as people write it, with comma or point; what is none is NaN, which no question takes."""
    try:
        return Decimal(text.replace(" ", "").replace(",", ".")) if len(text) <= LONGEST_NUMBER else Decimal("NaN")
    except InvalidOperation:
        return Decimal("NaN")


def _listed(data: Mapping[str, Any], name: str) -> list[str]:
    getter = getattr(data, "getlist", None)
    return [str(value) for value in (getter(name) if getter else [data.get(name, "")])]


class AnswerForm(PublicForm):
    """A sheet of a survey, or its last page with notice, age and agreement.

    ``step`` counts sheets from 0; the one after the last is the page that sends. A survey of one sheet has its
    notice on it, and so has the whole survey on one page (``step`` None). What was answered on other sheets is
    ``carried`` along.
    """

    answer_id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    via = forms.CharField(widget=forms.HiddenInput, required=False, max_length=8)
    # Of the questions as the page showed them: a survey can be put right until the first answer.
    asked = forms.CharField(widget=forms.HiddenInput, required=False, max_length=MARK_CHARACTERS)
    # What is missing is said in words of ours, on phones of any age.
    use_required_attribute = False

    def __init__(
        self, *args: Any, survey: Survey, questions: Sequence[Asked], step: int | None, now: datetime, **kwargs: Any
    ) -> None:
        super().__init__(*args, form_id=survey.pk, now=now, **kwargs)
        self.survey, self.questions = survey, questions
        self.pages = sheets(questions)
        self.step = step if step is None else max(0, min(step, len(self.pages)))
        if len(self.pages) <= 1:
            self.step = None
        source: Any = self.data if self.is_bound else MultiValueDict(self.initial.get("carried", {}))
        self.given = given_from(source, questions)
        self.source = source
        self.fields["answer_id"].initial = uuid.uuid4()
        self.fields["asked"].initial = mark_of(questions)
        self.here = self._here()
        for question in self.here:
            if question.kind != Kind.SECTION:
                self.fields[name_of(question)] = self._field(question)
        if self.sends:
            self._add_agreement()

    def _field(self, question: Asked) -> forms.Field:
        field = field_for(question)
        # On one page with everything, a question that hangs on another may rightly stay empty.
        field.required = question.is_required and not (self.is_whole and question.asked_after)
        if not self.is_bound:
            values = _listed(self.source, name_of(question))
            field.initial = values if question.kind in {Kind.MULTI, Kind.RANKING} else next(iter(values), "")
        return field

    @property
    def sends(self) -> bool:
        """Whether this page sends the answers."""
        return self.step is None or self.step == len(self.pages)

    @property
    def is_whole(self) -> bool:
        """Whether all questions stand on this page although some hang on others."""
        return self.step is None and len(self.pages) > 1

    def _here(self) -> list[Asked]:
        if self.step is None:
            return list(self.questions)
        asked = {question.code for question in asked_of(self.questions, self._codes())}
        page = self.pages[self.step] if self.step < len(self.pages) else []
        return [question for question in page if question.code in asked]

    def _codes(self) -> dict[str, Sequence[str]]:
        return {code: answer.codes for code, answer in self.given.items()}

    def next_step(self) -> int:
        """The next sheet with something to ask, or the page that sends."""
        asked = {question.code for question in asked_of(self.questions, self._codes())}
        after = range((self.step or 0) + 1, len(self.pages))
        return next((step for step in after if self._asks(step, asked)), len(self.pages))

    def previous_step(self) -> int:
        """The sheet before with something to ask."""
        asked = {question.code for question in asked_of(self.questions, self._codes())}
        before = range((self.step or 0) - 1, -1, -1)
        return next((step for step in before if self._asks(step, asked)), 0)

    def _asks(self, step: int, asked: set[str]) -> bool:
        return any(question.code in asked and question.kind != Kind.SECTION for question in self.pages[step])

    def rows(self) -> Iterator[tuple[Asked, forms.BoundField | None]]:
        """The questions of this page, each with its field; a heading has none."""
        return (
            (question, None if question.kind == Kind.SECTION else self[name_of(question)]) for question in self.here
        )

    def carried(self) -> Iterator[tuple[str, str]]:
        """What was answered on other sheets, as hidden fields."""
        here = {question.code for question in self.here}
        for question in self.questions:
            if question.code not in here:
                yield from ((name_of(question), value) for value in _listed(self.source, name_of(question)) if value)

    def needs(self) -> list[str]:
        """The fields without which nothing is taken, for a phone that cannot ask; ``|`` stands between either of two.

        What hangs on another answer is not among them: the page that comes back says so.
        """
        ages = "|".join(name for name in ("is_old_enough", "has_guardian") if name in self.fields)
        needed = [name for name, field in self.fields.items() if field.required]
        return [ages, *needed] if ages else needed

    def _add_agreement(self) -> None:
        age = self.survey.min_age
        self.fields["is_old_enough"] = forms.BooleanField(
            label=_("I am %(age)d or older") % {"age": age}, required=False
        )
        if age < YOUNGEST_ALONE:
            self.fields["has_guardian"] = forms.BooleanField(
                label=_("I am younger than 14, and a parent or guardian has read this and agrees"), required=False
            )
        self.fields["consent"] = forms.BooleanField(
            label=_("I agree that my answers are used as explained here"),
            error_messages={"required": gettext_lazy("We need your agreement to take the answers")},
        )

    @property
    def is_outdated(self) -> bool:
        """Whether the page showed other questions than are asked now; one that shows none says nothing."""
        return (self["asked"].data or "") not in {"", mark_of(self.questions)}

    def clean(self) -> dict[str, Any]:
        """Every answer of this page is possible; on the page that sends all answers are."""
        cleaned = super().clean()
        if self.is_outdated:
            self._show("asked", mark_of(self.questions))
            self.add_error(
                None,
                _("The questions were changed while you had them open. Look at your answers once more and go on."),
            )
        if self.sends:
            self._clean_age(cleaned)
            self._clean_answers(self.questions, cleaned)
        else:
            self._clean_answers(self.here, cleaned)
        return cleaned

    def _clean_age(self, cleaned: dict[str, Any]) -> None:
        if cleaned.get("is_old_enough"):
            return
        if self.survey.min_age < YOUNGEST_ALONE and cleaned.get("has_guardian"):
            return
        self.add_error(
            "is_old_enough",
            _("This survey is for people of %(age)d and older. If you are younger, ask a parent to answer")
            % {"age": self.survey.min_age},
        )

    def _clean_answers(self, questions: Sequence[Asked], cleaned: dict[str, Any]) -> None:
        try:
            if self.sends:
                cleaned["given"] = checked(questions, self.given)
            else:
                # What these hang on was answered on a sheet before.
                checked([_alone(question) for question in questions], self.given)
        except ValidationError as error:
            self._add_errors(error)

    def _add_errors(self, error: ValidationError) -> None:
        for code, messages in error.message_dict.items():
            if (name := f"q_{code}") in self.fields:
                if name not in self.errors:
                    self.add_error(name, messages)
            else:
                self.add_error(None, _("Question %(code)s: %(message)s") % {"code": code, "message": messages[0]})


def _alone(question: Asked) -> Asked:
    return replace(question, asked_after="", asked_if=())


def field_for(question: Asked) -> forms.Field:
    """The field of one question; whether its answer is possible is asked of ``checked`` alone."""
    choices = [(choice.code, choice.label) for choice in question.choices]
    terms: dict[str, Any] = {"label": question.text, "help_text": question.help}
    terms["error_messages"] = {"required": gettext_lazy("Answer this question")}
    field: forms.Field
    if question.kind in ONE_CODE:
        field = forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **terms)
    elif question.kind == Kind.MULTI:
        field = forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, **terms)
    elif question.kind == Kind.RANKING:
        field = RankingField(widget=RankingSelects(choices), **terms)
    elif question.kind == Kind.NUMBER:
        field = forms.CharField(
            max_length=LONGEST_NUMBER, widget=forms.TextInput(attrs={"inputmode": "decimal"}), **terms
        )
    else:
        field = forms.CharField(strip=False, widget=_words_widget(question), **terms)
    return field


def _words_widget(question: Asked) -> forms.Widget:
    most = {"maxlength": TEXT_CHARACTERS[question.kind]}
    if question.kind == Kind.LONG:
        return forms.Textarea(attrs={"rows": 5, **most})
    return forms.TextInput(attrs=most)


def first_sheet(query: QueryDict) -> int | None:
    """The step an address asks for: the first sheet, or with ``whole`` everything on one page."""
    return None if "whole" in query else 0


def step_of(data: QueryDict) -> int | None:
    """The step a sent page was: a small number, or None for the whole."""
    text = data.get("step", "0")
    if text == WHOLE:
        return None
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 3 else 0  # noqa: PLR2004 - hundreds
