"""Forms for bringing questionnaires and answers from files."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.web.forms import KitForm, TextField
from engagement.models import SurveyQuestion
from engagement.rules.survey_import import Column

KINDS = [
    ("", pgettext_lazy("column", "Leave out")),
    *[choice for choice in SurveyQuestion.Kind.choices if choice[0] not in {"section", "ranking"}],
]


class SurveyFileForm(KitForm):
    """The file somebody brings."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("An XLSForm (XLSX), or a table with a row for each person who answered (XLSX or CSV)."),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
    )


class ColumnKindsForm(KitForm):
    """What kind of question each column is, proposed and open to change."""

    title = TextField(label=_("Title"), max_length=160)
    language = forms.ChoiceField(label=_("Language of the questions"), choices=[("en", "English"), ("it", "Italiano")])

    def __init__(self, *args: Any, columns: Sequence[Column], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.columns = columns
        for place, column in enumerate(columns):
            self.fields[f"column_{place}"] = forms.ChoiceField(
                label=column.text or column.header, choices=KINDS, required=False, initial=column.kind
            )

    def column_rows(self) -> Iterator[tuple[Column, forms.BoundField]]:
        """Each column with the field that says what it is."""
        return ((column, self[f"column_{place}"]) for place, column in enumerate(self.columns))

    def kinds(self) -> list[str]:
        """What was chosen, in the order of the columns."""
        return [self.cleaned_data[f"column_{place}"] for place in range(len(self.columns))]
