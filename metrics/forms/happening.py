"""Forms for what happened beside an indicator's values, and for people several partners counted."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from core.queries.tenant import tenant_at_work
from core.rules.bilingual import LANGUAGES
from core.web.forms import NOT_FOUND, DateInput, KitForm, TextField
from metrics.rules.period import period_words
from metrics.rules.reach import Reach

TITLES = {"en": _("In English"), "it": _("In Italian")}


class HappeningForm(KitForm):
    """What happened, in one language at least, and when."""

    happened_on = forms.DateField(label=_("Day"), widget=DateInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = tenant_at_work().default_language
        others = [language for language in LANGUAGES if language != own]
        self.fields[f"title_{own}"] = TextField(
            label=_("What happened"),
            max_length=80,
            required=not any(self.data.get(f"title_{language}", "").strip() for language in others),
            help_text=_("For example: second desk opened, school closed for works."),
        )
        for language in others:
            self.fields[f"title_{language}"] = TextField(label=TITLES[language], max_length=80, required=False)
        self.order_fields([f"title_{own}", "happened_on"])


class OverlapForm(KitForm):
    """How many people several partners counted in a period, and how that is known."""

    people = forms.IntegerField(
        label=_("People counted by more than one partner"),
        min_value=0,
        help_text=_("Zero when you compared the lists and nobody is on two."),
    )
    how_known = TextField(
        label=_("How this is known"),
        max_length=300,
        multiline=True,
        help_text=_("For example: lists compared by first name and year of birth, then destroyed. No names here."),
    )
    surplus = forms.IntegerField(
        label=_("Times they were counted too often"),
        required=False,
        min_value=0,
        help_text=_("Only when some were counted by three or more. Left empty: once each."),
    )

    def __init__(self, *args: Any, reaches: Sequence[Reach], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = (translation.get_language() or "en")[:2]
        self.periods = {reach.period.ends_on.isoformat(): reach.period for reach in reaches}
        choices = [(key, period_words(period, language)) for key, period in self.periods.items()]
        self.fields["period"] = forms.ChoiceField(
            label=_("Period"), choices=choices, error_messages={"invalid_choice": NOT_FOUND}
        )
        self.order_fields(["period", "people", "how_known", "surplus"])

    def facts(self) -> dict[str, Any]:
        """What the operation takes."""
        fields = dict(self.cleaned_data)
        period = self.periods[fields.pop("period")]
        return fields | {"period_starts_on": period.starts_on, "period_ends_on": period.ends_on}
