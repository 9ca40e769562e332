"""The form of a survey: simple on top, the rest folded away."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.web.forms import DateInput, KitForm, TextField
from engagement.models import Survey
from engagement.rules.survey import can_edit_wording

_ONE_IS_ENOUGH = _("One language is enough when the survey is offered in one only.")
YOUNGEST, OLDEST = 6, 99


class SurveyForm(KitForm):
    """What a survey is called, what it is for, whom it asks and until when."""

    title_en = TextField(label=_("Title, in English"), max_length=160, required=False, help_text=_ONE_IS_ENOUGH)
    title_it = TextField(label=_("Title, in Italian"), max_length=160, required=False)
    purpose = TextField(
        label=_("What it is for"),
        max_length=300,
        required=False,
        help_text=_("One sentence. People read it in the privacy notice."),
    )
    decisions = TextField(
        label=_("Which decisions the answers inform"),
        max_length=300,
        required=False,
        help_text=_("If there is none, do not ask."),
    )
    population = TextField(
        label=_("Whom it asks"),
        max_length=200,
        required=False,
        help_text=_("For example: families of the two schools."),
    )
    recruitment = forms.ChoiceField(
        label=_("How people are found"),
        choices=Survey.Recruitment.choices,
        help_text=_("An open link hears only those who want to answer. The results say so by themselves."),
    )
    closes_on = forms.DateField(label=_("Last day"), required=False, widget=DateInput())
    report_back_by = forms.DateField(
        label=_("We tell what became of it by"),
        required=False,
        widget=DateInput(),
        help_text=_("People see this date before and after they answer."),
    )
    intro_en = TextField(
        label=_("A few words before the questions, in English"), max_length=1000, multiline=True, required=False
    )
    intro_it = TextField(
        label=_("A few words before the questions, in Italian"), max_length=1000, multiline=True, required=False
    )
    languages = forms.ChoiceField(label=_("Languages"), choices=Survey.Languages.choices)
    opens_on = forms.DateField(label=_("First day"), required=False, widget=DateInput())
    population_size = forms.IntegerField(
        label=_("How many people that are in all"),
        required=False,
        min_value=1,
        max_value=100_000_000,
        help_text=_("Where it is known. A margin of error needs it, and a random sample."),
    )
    min_age = forms.IntegerField(
        label=_("Youngest age"),
        min_value=YOUNGEST,
        max_value=OLDEST,
        help_text=_("Below 14 a parent or guardian must agree."),
    )
    minutes = forms.IntegerField(
        label=_("Minutes it takes"),
        required=False,
        min_value=1,
        max_value=120,
        help_text=_("As those who tried it say. Empty: worked out from the questions."),
    )
    is_anonymous = forms.BooleanField(label=_("No question asks who somebody is"), required=False)
    is_on_web = forms.BooleanField(label=_("On the web"), required=False)
    is_on_paper = forms.BooleanField(label=_("On paper"), required=False)
    is_by_interview = forms.BooleanField(label=_("Somebody asks and writes down"), required=False)
    pilot_reason = TextField(
        label=_("Why fewer than five people tried it"),
        max_length=300,
        required=False,
        help_text=_("Only if that is so."),
    )
    TOP = ("title_en", "title_it", "purpose", "decisions", "population", "recruitment", "closes_on", "report_back_by")

    def __init__(self, *args: Any, survey: Survey | None = None, **kwargs: Any) -> None:
        if survey is not None:
            kwargs["initial"] = {name: getattr(survey, name) for name in self.base_fields}
        else:
            kwargs["initial"] = {"languages": "both", "min_age": 14, "is_anonymous": True, "is_on_web": True}
        super().__init__(*args, **kwargs)
        if survey is not None and not can_edit_wording(survey, is_frozen=False):
            for name in ("recruitment", "languages", "min_age", "is_anonymous"):
                self.fields[name].disabled = True

    def top(self) -> list[forms.BoundField]:
        """What everybody fills in."""
        return [self[name] for name in self.TOP]

    def folded(self) -> list[forms.BoundField]:
        """What has a good default."""
        return [field for field in self.visible_fields() if field.name not in self.TOP]

    @property
    def has_folded_error(self) -> bool:
        """Whether something to put right is folded away."""
        return any(field.errors for field in self.folded())

    def clean(self) -> dict[str, Any]:
        """A title in one language, and in each that the survey is offered in."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        languages = cleaned.get("languages", "both")
        for language in ("en", "it"):
            if languages in {language, "both"} and not cleaned.get(f"title_{language}"):
                both = languages == "both"
                words = _("Write the title, or offer the survey in one language only") if both else _("Write the title")
                self.add_error(f"title_{language}", words)
        return cleaned


class LearnedForm(KitForm):
    """What was learned, and what became of it: told beside the numbers."""

    learned_en = TextField(label=_("What we learned, in English"), max_length=3000, multiline=True, required=False)
    learned_it = TextField(label=_("What we learned, in Italian"), max_length=3000, multiline=True, required=False)
    became_en = TextField(
        label=_("What becomes of it, in English"),
        max_length=3000,
        multiline=True,
        required=False,
        help_text=_("Also what is not done, and why."),
    )
    became_it = TextField(label=_("What becomes of it, in Italian"), max_length=3000, multiline=True, required=False)


class InviteForm(KitForm):
    """Addresses of people to be asked."""

    emails = forms.CharField(
        label=_("E-mail addresses"),
        max_length=50_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_(
            "One in each line. Each gets a link of its own that is good once; who answered what is written nowhere."
        ),
    )
    language = forms.ChoiceField(label=_("Language of the mail"))

    def __init__(self, *args: Any, languages: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = languages  # type: ignore[attr-defined]  # of a ChoiceField
