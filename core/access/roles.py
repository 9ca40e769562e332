"""The product's roles as data (domain 0.2): a label, what they may do, and how deep they see."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.access.permissions import Permission as P
from core.access.visibility import Visibility


class Role(StrEnum):
    """Roles a person can hold in a scope. Residents and the public hold none: they see what is public."""

    TENANT_ADMIN = "tenant_admin"
    COORDINATOR = "coordinator"
    TREASURER = "treasurer"
    EVALUATOR = "evaluator"
    PARTNER_LEAD = "partner_lead"
    PARTNER_MEMBER = "partner_member"
    FUNDER = "funder"


@dataclass(frozen=True)
class RoleDefinition:
    """A role: the words people see, its permissions, the least visible level it reads, and its rank for granting."""

    label: Promise | str
    description: Promise | str
    permissions: frozenset[P]
    sees_from: Visibility
    rank: int


SEEING = {P.SEE_PARTNERSHIP, P.TAKE_PART}
PARTNER = SEEING | {P.UPDATE_TASKS, P.ENTER_MEASUREMENTS, P.EDIT_OWN_PROFILE}
COORDINATING = set(P) - {
    P.ADMINISTER_SPACE,
    P.SIGN_AGREEMENT,
    P.ANSWER_TASKS,
    P.UPDATE_TASKS,
    P.ENDORSE_GOALS,
    P.READ_SHARED_REPORTS,
    P.EDIT_OWN_PROFILE,
    P.HANDLE_PERSONAL_DATA,
}

ROLES: dict[Role, RoleDefinition] = {
    Role.TENANT_ADMIN: RoleDefinition(
        _("Space administrator"),
        _("People, settings and everything coordinators do."),
        frozenset(COORDINATING | {P.ADMINISTER_SPACE, P.HANDLE_PERSONAL_DATA}),
        Visibility.COORDINATION,
        rank=100,
    ),
    Role.COORDINATOR: RoleDefinition(
        _("Coordinator"),
        _("Runs partnerships; never signs or accepts for a partner."),
        frozenset(COORDINATING),
        Visibility.COORDINATION,
        rank=80,
    ),
    Role.TREASURER: RoleDefinition(
        _("Fund holder"),
        _("Money: sources, amounts and what funders are owed."),
        frozenset(SEEING | {P.SEE_FUNDING, P.EDIT_FUNDING, P.SEE_STAKEHOLDERS}),
        Visibility.COORDINATION,
        rank=40,
    ),
    Role.EVALUATOR: RoleDefinition(
        _("Evaluator"),
        _("Defines indicators and verifies measurements others entered."),
        frozenset(SEEING | {P.DEFINE_INDICATORS, P.VERIFY_MEASUREMENTS, P.SEE_STAKEHOLDERS}),
        Visibility.COORDINATION,
        rank=40,
    ),
    Role.PARTNER_LEAD: RoleDefinition(
        _("Partner representative"),
        _("Speaks and commits for a partner organisation."),
        frozenset(PARTNER | {P.SIGN_AGREEMENT, P.ENDORSE_GOALS, P.ANSWER_TASKS}),
        Visibility.PARTNERS,
        rank=30,
    ),
    Role.PARTNER_MEMBER: RoleDefinition(
        _("Partner staff"),
        _("Updates the organisation's tasks and numbers."),
        frozenset(PARTNER),
        Visibility.PARTNERS,
        rank=20,
    ),
    Role.FUNDER: RoleDefinition(
        _("Funder"),
        _("Reads the reports shared with it."),
        frozenset({P.READ_SHARED_REPORTS}),
        Visibility.FUNDERS,
        rank=10,
    ),
}
