"""The form of one question, both languages side by side."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.web.forms import NOT_FOUND, KitForm, TextField
from engagement.models import SurveyQuestion
from engagement.queries.survey_question import as_asked
from engagement.rules.survey_form import (
    DONT_KNOW,
    IN_WORDS,
    ORDERED,
    PREFER_NOT,
    WITH_OPTIONS,
    Asked,
    Choice,
    Kind,
    Meaning,
)
from metrics.models import Indicator

LONGEST_OPTION = 200
WAYS_OUT = {
    "has_dont_know": Choice(DONT_KNOW, "I don't know", "Non so", Meaning.DONT_KNOW),
    "has_prefer_not": Choice(PREFER_NOT, "I prefer not to say", "Preferisco non rispondere", Meaning.PREFER_NOT),
}


CODES_HELP = _(
    "Set apart by spaces, for example: 4 5. For a percentage or a number of people. Answers have the numbers 1, 2, 3 "
    "in their order, a scale its steps, yes and no the words yes and no; the list of questions shows them."
)


def _indicator_field() -> forms.ModelChoiceField[Indicator]:
    """Which indicator answers feed; the form says which there are."""
    return forms.ModelChoiceField(
        label=_("Feeds the indicator"),
        queryset=Indicator.objects.none(),
        required=False,
        empty_label=_("No indicator"),
        error_messages={"invalid_choice": NOT_FOUND},
    )


class FeedForm(KitForm):
    """Which indicator the answers to a question feed, and which of them count."""

    indicator = _indicator_field()
    counted = forms.MultipleChoiceField(
        label=_("Answers that count for it"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, question: SurveyQuestion, indicators: QuerySet[Indicator], **kwargs: Any) -> None:
        kwargs["initial"] = {"indicator": question.indicator_id, "counted": question.counted_codes.split()}
        super().__init__(*args, **kwargs)
        choices = [(choice.code, choice.label) for choice in as_asked(question).choices]
        self.fields["indicator"].queryset = indicators  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["counted"].choices = choices  # type: ignore[attr-defined]  # a MultipleChoiceField


class QuestionForm(KitForm):
    """A question as people write it: answers to choose from stand one in a line."""

    kind = forms.ChoiceField(label=_("How it is answered"), choices=SurveyQuestion.Kind.choices)
    text_en = TextField(label=_("Question, in English"), max_length=400, required=False)
    text_it = TextField(label=_("Question, in Italian"), max_length=400, required=False)
    options_en = forms.CharField(
        label=_("Answers, in English"),
        max_length=15_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("One in each line, in the same order in both languages."),
    )
    options_it = forms.CharField(
        label=_("Answers, in Italian"), max_length=15_000, required=False, widget=forms.Textarea(attrs={"rows": 6})
    )
    has_dont_know = forms.BooleanField(label=_("Offer “I don't know”"), required=False)
    has_prefer_not = forms.BooleanField(label=_("Offer “I prefer not to say”"), required=False)
    is_required = forms.BooleanField(label=_("Nobody goes on without answering"), required=False)
    help_en = TextField(label=_("Help, in English"), max_length=400, required=False)
    help_it = TextField(label=_("Help, in Italian"), max_length=400, required=False)
    lowest = forms.IntegerField(label=_("Lowest number"), required=False, min_value=-1_000_000, max_value=1_000_000)
    highest = forms.IntegerField(label=_("Highest number"), required=False, min_value=-1_000_000, max_value=1_000_000)
    low_label_en = TextField(label=_("Words at the low end, in English"), max_length=60, required=False)
    low_label_it = TextField(label=_("Words at the low end, in Italian"), max_length=60, required=False)
    high_label_en = TextField(label=_("Words at the high end, in English"), max_length=60, required=False)
    high_label_it = TextField(label=_("Words at the high end, in Italian"), max_length=60, required=False)
    asked_when = forms.MultipleChoiceField(
        label=_("Ask only those who answered"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Nothing ticked: everybody is asked. Tick answers of one earlier question."),
    )
    nature = forms.ChoiceField(label=_("What it is about"), choices=SurveyQuestion.Nature.choices)
    basis = forms.ChoiceField(
        label=_("Legal basis"),
        choices=[("", "–"), *SurveyQuestion.Basis.choices],  # noqa: RUF001 - a dash for none
        required=False,
        help_text=_("Needed for questions on health, origin, religion, politics or sexual life. Better not to ask."),
    )
    indicator = _indicator_field()
    counted = TextField(
        label=_("Codes of the answers that count for it"),
        max_length=200,
        required=False,
        help_text=CODES_HELP,
    )
    TOP = ("kind", "text_en", "text_it", "options_en", "options_it", "has_dont_know", "has_prefer_not", "is_required")

    def __init__(
        self,
        *args: Any,
        earlier: Sequence[SurveyQuestion],
        indicators: QuerySet[Indicator],
        question: SurveyQuestion | None = None,
        **kwargs: Any,
    ) -> None:
        self.earlier = {as_asked(one).code: one for one in earlier}
        self.before = as_asked(question) if question is not None else None
        kwargs["initial"] = self._initial(question)
        super().__init__(*args, **kwargs)
        self.fields["indicator"].queryset = indicators  # type: ignore[attr-defined]  # a ModelChoiceField
        groups = [(str(one), self._answers(as_asked(one))) for one in earlier if as_asked(one).is_closed]
        self.fields["asked_when"].choices = groups  # type: ignore[attr-defined]  # a MultipleChoiceField

    def _answers(self, asked: Asked) -> list[tuple[str, str]]:
        return [(f"{asked.code}:{choice.code}", choice.label) for choice in asked.choices]

    def _initial(self, question: SurveyQuestion | None) -> dict[str, Any]:
        if question is None or self.before is None:
            return {"kind": Kind.SINGLE, "nature": SurveyQuestion.Nature.ORDINARY, "has_dont_know": True}
        asked = self.before
        answers = [choice for choice in asked.options if choice.meaning == Meaning.ANSWER]
        meanings = {choice.meaning for choice in asked.options}
        own = {name: getattr(question, name) for name in self.base_fields if hasattr(question, name)}
        return own | {
            "indicator": question.indicator_id,
            "counted": question.counted_codes,
            "options_en": "\n".join(choice.label_en for choice in answers),
            "options_it": "\n".join(choice.label_it for choice in answers),
            "has_dont_know": Meaning.DONT_KNOW in meanings,
            "has_prefer_not": Meaning.PREFER_NOT in meanings,
            "asked_when": [f"{asked.asked_after}:{code}" for code in asked.asked_if],
        }

    def folded(self) -> list[forms.BoundField]:
        """What most questions do not need."""
        return [field for field in self.visible_fields() if field.name not in self.TOP]

    def top(self) -> list[forms.BoundField]:
        """What every question has."""
        return [self[name] for name in self.TOP]

    @property
    def has_folded_error(self) -> bool:
        """Whether something folded away is set or to be put right."""
        return any(field.errors for field in self.folded())

    def clean(self) -> dict[str, Any]:
        """Words in one language at least, lists of equal length, one question to hang on."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not cleaned.get("text_en") and not cleaned.get("text_it"):
            self.add_error("text_en", _("Write the question, in one language or both"))
        lists = [_lines(cleaned.get(f"options_{code}", "")) for code in ("en", "it")]
        if all(lists) and len(lists[0]) != len(lists[1]):
            self.add_error("options_it", _("The two lists have different numbers of lines"))
        if any(len(line) > LONGEST_OPTION for one in lists for line in one):
            self.add_error("options_en", _("An answer has at most 200 characters"))
        if len({name.partition(":")[0] for name in cleaned.get("asked_when", [])}) > 1:
            self.add_error("asked_when", _("Tick answers of one question only"))
        if cleaned.get("nature") == SurveyQuestion.Nature.SENSITIVE and not cleaned.get("basis"):
            self.add_error("basis", _("A question about this needs its legal basis."))
        return cleaned

    def facts(self) -> dict[str, Any]:
        """What the operations take."""
        given = self.cleaned_data
        kind = given["kind"]
        names = (
            "kind", "text_en", "text_it", "help_en", "help_it", "is_required", "low_label_en", "low_label_it",
            "high_label_en", "high_label_it", "nature", "basis",
        )  # fmt: skip
        bounds = {Kind.SCALE, Kind.NUMBER}
        after, codes = self._route(given["asked_when"])
        return {
            **{name: given[name] for name in names},
            "lowest": given["lowest"] if kind in bounds else None,
            "highest": given["highest"] if kind in bounds else None,
            "options": self._options(kind),
            "asked_after": after,
            "asked_if": " ".join(codes),
            "indicator": given["indicator"],
            "counted_codes": given["counted"],
        }

    def _route(self, ticked: Sequence[str]) -> tuple[SurveyQuestion | None, list[str]]:
        pairs = [name.partition(":") for name in ticked]
        return (self.earlier[pairs[0][0]] if pairs else None), [code for _question, _colon, code in pairs]

    def _options(self, kind: str) -> list[Choice]:
        if kind in IN_WORDS | {Kind.NUMBER, Kind.SECTION}:
            return []
        found = self._written() if kind in WITH_OPTIONS else []
        ways_out = [choice for name, choice in WAYS_OUT.items() if self.cleaned_data[name]]
        # A question of yes and no has "I don't know" by itself; things put in order have no way out but leaving it.
        if kind == Kind.YES_NO:
            ways_out = [choice for choice in ways_out if choice.meaning == Meaning.PREFER_NOT]
        return [*found, *(ways_out if kind in ORDERED | {Kind.YES_NO, Kind.SINGLE, Kind.MULTI} else [])]

    def _written(self) -> list[Choice]:
        """The answers in order; one whose words stay keeps its code, so that what hangs on it stays too."""
        english, italian = (_lines(self.cleaned_data[f"options_{code}"]) for code in ("en", "it"))
        count = max(len(english), len(italian))
        pairs = zip(english + [""] * (count - len(english)), italian + [""] * (count - len(italian)), strict=True)
        known: dict[tuple[str, str], str] = {}
        for choice in self.before.options if self.before else ():
            known |= {("en", choice.label_en): choice.code, ("it", choice.label_it): choice.code}
        taken: set[str] = set()
        found = []
        for label_en, label_it in pairs:
            code = next(
                (
                    code
                    for key in (("en", label_en), ("it", label_it))
                    if key[1] and (code := known.get(key)) and code not in taken
                ),
                "",
            )
            found.append(Choice(code, label_en, label_it))
            taken.add(code)
        free = (str(number) for number in range(1, 2 * count + len(known) + 2) if str(number) not in taken)
        return [choice if choice.code else Choice(next(free), choice.label_en, choice.label_it) for choice in found]


def _lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]
