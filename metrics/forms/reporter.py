"""The form that says which partners are asked for an indicator's values."""

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.web.forms import NOT_FOUND, DateInput, KitForm
from metrics.queries.reporter import ReporterRow


class ReportersForm(KitForm):
    """Who is asked, and from when whoever is new."""

    members = forms.TypedMultipleChoiceField(
        label=_("Who gives the values?"),
        coerce=uuid.UUID,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"invalid_choice": NOT_FOUND},
        help_text=_("Each of them is reminded by e-mail when a period is over, and counted in “2 of 3 reported”."),
    )
    since = forms.DateField(
        label=_("From which day on, for those who are new"),
        widget=DateInput(),
        help_text=_("The whole period this day lies in is asked for."),
    )

    def __init__(self, *args: Any, rows: Sequence[ReporterRow], begin: date, **kwargs: Any) -> None:
        """``begin`` is proposed for those who are new."""
        kwargs["initial"] = {"members": [row.member_id for row in rows if row.is_asked], "since": begin}
        super().__init__(*args, **kwargs)
        self.fields["members"].choices = [(row.member_id, row.name) for row in rows]  # type: ignore[attr-defined]  # a ChoiceField
