"""Forms about people and tokens."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.access.permissions import Permission
from core.access.roles import ROLES, Role
from core.rules.membership import highest_rank
from core.web.forms import KitForm, TextField

TENANT_ROLES = [Role.COORDINATOR, Role.EVALUATOR, Role.TREASURER, Role.FUNDER, Role.TENANT_ADMIN]


class InviteForm(KitForm):
    """Whom to invite to the whole space; partners are invited from their partnership."""

    email = forms.EmailField(label=_("E-mail"))
    name = TextField(label=_("Name"), max_length=120, required=False)
    role = forms.ChoiceField(label=_("Role"), widget=forms.RadioSelect)
    language = forms.ChoiceField(label=_("Language of the mail"), choices=[("en", "English"), ("it", "Italiano")])

    def __init__(self, *args: Any, giver_roles: list[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rank = highest_rank(giver_roles)
        field: Any = self.fields["role"]
        field.choices = [
            (role.value, f"{ROLES[role].label}: {ROLES[role].description}") for role in TENANT_ROLES if ROLES[role].rank <= rank
        ]


TOKEN_LIVES = [("30", _("30 days")), ("90", _("90 days")), ("365", _("One year"))]


class TokenForm(KitForm):
    """A new API token: what for, what it may do, how long."""

    name = TextField(label=_("What it is for"), max_length=80)
    permissions = forms.MultipleChoiceField(label=_("What it may do"), widget=forms.CheckboxSelectMultiple)
    days = forms.ChoiceField(label=_("How long it works"), choices=TOKEN_LIVES, initial="90")

    def __init__(self, *args: Any, permissions: list[Permission], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["permissions"]
        field.choices = [(permission.value, permission.value) for permission in permissions]
