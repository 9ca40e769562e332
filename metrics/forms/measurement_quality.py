"""Forms for evidence, for judging a value, and for settling a period."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.web.forms import DateInput, KitForm, TextField
from metrics.models import Measurement
from metrics.rules.grade import STANDARDS
from partnerships.rules.task_evidence import shown_as


class ValueEvidenceForm(KitForm):
    """A line or an address, a file, or both."""

    evidence = TextField(
        label=_("What shows it"), max_length=500, required=False, help_text=_("A line, or an address of a page.")
    )
    evidence_file = forms.FileField(label=_("A photo or a document"), required=False, help_text=_("Up to 15 MB."))

    def clean(self) -> dict[str, Any]:
        """What is shown, as one thing."""
        cleaned = super().clean() or {}
        return {"shown": shown_as(cleaned.get("evidence", ""), cleaned.get("evidence_file"))}


class GradeForm(KitForm):
    """How well a value is shown, and the five standards."""

    evidence_strength = forms.ChoiceField(
        label=_("How well is it shown?"),
        choices=[("", _("not looked at")), *Measurement.Strength.choices],
        required=False,
    )

    def __init__(self, *args: Any, measurement: Measurement, **kwargs: Any) -> None:
        kwargs["initial"] = {name: getattr(measurement, name) for name in ("evidence_strength", *STANDARDS)}
        super().__init__(*args, **kwargs)
        for name, question in STANDARDS.items():
            self.fields[name] = forms.ChoiceField(label=question, choices=Measurement.Quality.choices)


class PeriodLockForm(KitForm):
    """The period to settle."""

    starts_on = forms.DateField(label=_("From"), widget=DateInput())
    ends_on = forms.DateField(label=_("To"), widget=DateInput())


class PeriodOpenForm(KitForm):
    """Why a period is opened again."""

    reason = TextField(label=_("Why it is opened again"), max_length=300)
