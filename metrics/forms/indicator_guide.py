"""Six questions for whoever measures for the first time."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from core.access.visibility import Visibility
from core.queries.tenant import tenant_at_work
from core.web.forms import KitForm, TextField
from metrics.models import Indicator
from metrics.rules.measurement import Reported, parse_reported

# What beginners count; the rest is in the full form.
UNITS = (Indicator.Unit.COUNT, Indicator.Unit.PERCENT, Indicator.Unit.SCORE, Indicator.Unit.YES_NO)


class IndicatorGuideForm(KitForm):
    """From what shall be different to how people answer back; makes one outcome indicator."""

    rationale = TextField(
        label=_("What shall be different, and for whom?"),
        max_length=500,
        multiline=True,
        help_text=_("One change is enough, for example: older people who live alone meet somebody every week."),
    )
    name = TextField(
        label=_("By what would you see it?"),
        max_length=200,
        help_text=_("Something that can be counted, for example: people who met somebody in the last week."),
    )
    unit = forms.ChoiceField(
        label=_("Is it a number, a share, or a yes?"), choices=[(unit, unit.label) for unit in UNITS]
    )
    baseline = forms.CharField(
        label=_("How is it today?"),
        max_length=60,
        required=False,
        help_text=_("For a percentage write both numbers: 40 of 180. Leave it empty when you do not know yet."),
    )
    frequency = forms.ChoiceField(
        label=_("How often will you look?"),
        choices=Indicator.Frequency.choices,
        initial=Indicator.Frequency.QUARTERLY,
        help_text=_("Rather seldom and every time than often and then no more."),
    )
    visibility = forms.TypedChoiceField(label=_("Who may see it?"), coerce=int)
    feedback_note = TextField(
        label=_("How will people see the result and answer?"),
        max_length=300,
        help_text=_("For example: a poster at the library with a box for answers; ten minutes at the next meeting."),
    )

    def __init__(self, *args: Any, cap: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        levels = [(level.value, level.label) for level in Visibility if Visibility.SEALED < level <= cap]
        self.fields["visibility"].choices = levels  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["visibility"].initial = min(Visibility.PARTNERS, cap)

    def clean(self) -> dict[str, Any]:
        """The fields of the indicator."""
        said = super().clean() or {}
        own = tenant_at_work().default_language
        fields = {
            f"name_{own}": said.get("name", ""),
            f"rationale_{own}": said.get("rationale", ""),
            "kind": Indicator.Kind.OUTCOME,
            "question": Indicator.Question.BETTER_OFF,
            f"feedback_note_{own}": said.get("feedback_note", ""),
            **{name: said.get(name, "") for name in ("unit", "frequency", "visibility")},
        }
        return {**fields, **self._baseline(said)}

    def _baseline(self, said: dict[str, Any]) -> dict[str, Any]:
        reported = Reported()
        if said.get("baseline") and said.get("unit"):
            language = (translation.get_language() or "en")[:2]
            try:
                reported = parse_reported(said["baseline"], unit=said["unit"], language=language)
            except ValidationError as error:
                self.add_error("baseline", ValidationError(error.messages))
        return {
            "baseline_value": reported.value,
            "baseline_numerator": reported.numerator,
            "baseline_denominator": reported.denominator,
        }
