"""Forms about people and their roles, in the whole space or in one partnership."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.access.roles import ROLES, Role
from core.queries.places import Place
from core.rules.membership import highest_rank
from core.web.forms import KitForm, TextField

# Partners are invited from their partnership, where their role belongs.
TENANT_ROLES = [Role.COORDINATOR, Role.EVALUATOR, Role.TREASURER, Role.FUNDER, Role.TENANT_ADMIN]


def role_choices(giver_roles: list[Role], *, without: set[Role] | None = None) -> list[tuple[str, str]]:
    """The roles a person may give, each with what it means."""
    rank = highest_rank(giver_roles)
    return [
        (role.value, f"{ROLES[role].label}: {ROLES[role].description}")
        for role in TENANT_ROLES
        if ROLES[role].rank <= rank and role not in (without or set())
    ]


class PlaceForm(KitForm):
    """Where a role is given; not asked while the whole space is the only place.

    ``has_whole`` False leaves the whole space out, for who may only choose among places.
    """

    place = forms.ChoiceField(
        label=_("Where"),
        required=False,
        help_text=_("A role in one partnership sees and changes nothing of the others."),
    )

    def __init__(self, *args: Any, places: list[Place], has_whole: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["place"]
        field.choices = [(str(place.scope_id), place.name) for place in places]
        if has_whole:
            field.choices = [("", _("In the whole space")), *field.choices]
        if not places:
            del self.fields["place"]

    @property
    def chosen_place(self) -> str:
        """The scope's id; empty for the whole space."""
        return str(self.cleaned_data.get("place", ""))


class InviteForm(PlaceForm):
    """Whom to invite, as what and where."""

    field_order = ["email", "name", "role", "place", "language"]

    email = forms.EmailField(label=_("E-mail"))
    name = TextField(label=_("Name"), max_length=120, required=False)
    role = forms.ChoiceField(label=_("Role"), widget=forms.RadioSelect)
    language = forms.ChoiceField(label=_("Language of the mail"), choices=[("en", "English"), ("it", "Italiano")])

    def __init__(self, *args: Any, giver_roles: list[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["role"]
        field.choices = role_choices(giver_roles)


class RoleForm(PlaceForm):
    """One more role for somebody who is already here."""

    field_order = ["role", "place"]

    role = forms.ChoiceField(label=_("Give another role"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, giver_roles: list[Role], held: set[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["role"]
        field.choices = role_choices(giver_roles, without=held)
