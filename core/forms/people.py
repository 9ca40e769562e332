"""Forms about people and their roles in the whole space."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.access.roles import ROLES, Role
from core.rules.membership import highest_rank
from core.web.forms import KitForm, TextField

# Partners are invited from their partnership, where their role belongs.
TENANT_ROLES = [Role.COORDINATOR, Role.EVALUATOR, Role.TREASURER, Role.FUNDER, Role.TENANT_ADMIN]


def role_choices(giver_roles: list[Role], *, without: set[Role] | None = None) -> list[tuple[str, str]]:
    """The roles a person may give in the whole space, each with what it means."""
    rank = highest_rank(giver_roles)
    return [
        (role.value, f"{ROLES[role].label}: {ROLES[role].description}")
        for role in TENANT_ROLES
        if ROLES[role].rank <= rank and role not in (without or set())
    ]


class InviteForm(KitForm):
    """Whom to invite to the whole space."""

    email = forms.EmailField(label=_("E-mail"))
    name = TextField(label=_("Name"), max_length=120, required=False)
    role = forms.ChoiceField(label=_("Role"), widget=forms.RadioSelect)
    language = forms.ChoiceField(label=_("Language of the mail"), choices=[("en", "English"), ("it", "Italiano")])

    def __init__(self, *args: Any, giver_roles: list[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["role"]
        field.choices = role_choices(giver_roles)


class RoleForm(KitForm):
    """One more role for somebody who is already here."""

    role = forms.ChoiceField(label=_("Give another role in the whole space"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, giver_roles: list[Role], held: set[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["role"]
        field.choices = role_choices(giver_roles, without=held)
