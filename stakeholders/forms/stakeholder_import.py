"""Forms of an import: the file, its columns, and what happens to rows that cannot be used."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.web.forms import KitForm, TextField
from stakeholders.queries.stakeholder_import import Column
from stakeholders.rules.import_fields import DEFAULTED_FIELDS, IMPORT_FIELDS, ColumnMapping


class UploadForm(KitForm):
    """The file somebody brings."""

    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "A table (CSV or XLSX, up to 20 MB and 50,000 rows, column names in the first row), contact cards (.vcf, up"
            " to 5 MB) or an Open Referral directory (.json, up to 10 MB)."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.vcf,.json"}),
    )


class ColumnsForm(KitForm):
    """What each column of the file holds, guessed and open to change, and what holds for every row."""

    def __init__(self, *args: Any, columns: Sequence[Column], mapping: ColumnMapping, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.columns = columns
        facts = [
            ("", pgettext_lazy("column", "Leave out")),
            *((entry.name, entry.label) for entry in IMPORT_FIELDS.values()),
        ]
        for number, column in enumerate(columns):
            self.fields[f"column_{number}"] = forms.ChoiceField(
                label=column.header, choices=facts, required=False, initial=mapping.columns.get(column.header, "")
            )
        self.fields["profile_name"] = TextField(
            label=_("Keep these columns under a name"),
            help_text=_("The next file with the same column names is matched like this one."),
            max_length=60,
            required=False,
        )
        for name, kinds in DEFAULTED_FIELDS.items():
            self.fields[f"default_{name}"] = forms.ChoiceField(
                label=IMPORT_FIELDS[name].label,
                choices=kinds.choices,
                initial=mapping.defaults.get(name, "organisation" if name == "kind" else "other"),
            )

    def column_rows(self) -> Iterator[tuple[Column, forms.BoundField]]:
        """Each column with the field that says what it holds."""
        return ((column, self[f"column_{number}"]) for number, column in enumerate(self.columns))

    def defaults(self) -> list[forms.BoundField]:
        """The fields for what holds for every row."""
        return [self[f"default_{name}"] for name in DEFAULTED_FIELDS]

    def mapping(self) -> ColumnMapping:
        """The columns as chosen."""
        chosen = {column.header: self.cleaned_data[f"column_{number}"] for number, column in enumerate(self.columns)}
        defaults = {name: self.cleaned_data[f"default_{name}"] for name in DEFAULTED_FIELDS}
        return ColumnMapping(
            {header: fact for header, fact in chosen.items() if fact},
            {name: value for name, value in defaults.items() if value},
        )


class StartForm(KitForm):
    """Going on although some rows cannot be used is said on purpose."""

    leave_out_bad_rows = forms.BooleanField(required=False)
    updates_known = forms.BooleanField(required=False)
    takes_levels = forms.BooleanField(required=False)
