"""The form for an API token, and the words for what it may do."""

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.access.permissions import Permission as P
from core.web.forms import KitForm, TextField

TOKEN_LIVES = [("30", _("30 days")), ("90", _("90 days")), ("365", _("One year"))]
PERMISSION_LABELS: dict[P, str | Promise] = {
    P.ADMINISTER_SPACE: _("Change settings, people and roles"),
    P.READ_AUDIT: _("Read the history"),
    P.SEE_STAKEHOLDERS: _("Read stakeholders"),
    P.EDIT_STAKEHOLDERS: _("Change stakeholders"),
    P.IMPORT_STAKEHOLDERS: _("Import stakeholders"),
    P.ASSESS_STAKEHOLDERS: _("Assess stakeholders"),
    P.EDIT_OWN_PROFILE: _("Change the own organisation's profile"),
    P.HANDLE_PERSONAL_DATA: _("Hand over and erase people's data"),
    P.CREATE_PARTNERSHIPS: _("Start partnerships"),
    P.SEE_PARTNERSHIP: _("Read partnerships"),
    P.EDIT_PARTNERSHIP: _("Change partnerships"),
    P.TAKE_PART: _("Comment, add documents, raise worries"),
    P.SIGN_AGREEMENT: _("Accept agreements"),
    P.EDIT_GOALS: _("Change goals"),
    P.ENDORSE_GOALS: _("Endorse goals"),
    P.PROPOSE_TASKS: _("Propose tasks"),
    P.ANSWER_TASKS: _("Accept or decline tasks"),
    P.UPDATE_TASKS: _("Say how tasks go"),
    P.DEFINE_INDICATORS: _("Define indicators"),
    P.ENTER_MEASUREMENTS: _("Enter measurements"),
    P.VERIFY_MEASUREMENTS: _("Verify measurements"),
    P.SEE_FUNDING: _("Read funding"),
    P.EDIT_FUNDING: _("Change funding"),
    P.ANSWER_RESIDENTS: _("Read and answer residents"),
    P.PREPARE_REPORTS: _("Prepare reports"),
    P.READ_SHARED_REPORTS: _("Read shared reports"),
    P.SEE_REMINDERS: _("See what goes out next"),
}


def permission_label(name: str) -> str:
    """The words for a permission; its code when it no longer exists."""
    return str(PERMISSION_LABELS[P(name)]) if name in set(P) else name


class TokenForm(KitForm):
    """A new API token: what for, what it may do, how long."""

    name = TextField(
        label=_("What it is for"), max_length=80, help_text=_("For example: monthly export to our website")
    )
    permissions = forms.MultipleChoiceField(
        label=_("What it may do"),
        widget=forms.CheckboxSelectMultiple(attrs={"class": "columns"}),
        help_text=_("It never does more than you may do yourself."),
    )
    days = forms.ChoiceField(label=_("How long it works"), choices=TOKEN_LIVES, initial="90")

    def __init__(self, *args: Any, permissions: list[P], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["permissions"]
        field.choices = [(permission.value, PERMISSION_LABELS[permission]) for permission in permissions]
