"""Forms of an import of values."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.web.forms import KitForm


class ValuesFileForm(KitForm):
    """The file."""

    file = forms.FileField(label=_("File"), help_text=_("A table saved as XLSX or CSV, one value in each row."))


class ValuesStartForm(KitForm):
    """What to do with rows that stand in the way."""

    corrects = forms.BooleanField(required=False)
    leave_out_bad_rows = forms.BooleanField(required=False)
