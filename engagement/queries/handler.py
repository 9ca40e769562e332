"""Who may handle a message: people who take part, never those of the member a complaint is about (R-E8)."""

import uuid
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from core.access.permissions import Permission
from core.access.roles import ROLES
from core.models import AccessScope, Grant, User
from core.tenancy.context import current_tenant_id
from engagement.models import Submission
from partnerships.models import Partnership
from partnerships.queries.representative import active_representatives, representations_of
from stakeholders.models import Affiliation
from stakeholders.queries.own import is_own

ANSWERING = [role for role, found in ROLES.items() if Permission.ANSWER_RESIDENTS in found.permissions]
TAKING_PART = [role for role, found in ROLES.items() if Permission.SEE_PARTNERSHIP in found.permissions]


def organisations_of(user: User, *, today: date | None = None) -> tuple[QuerySet[Any, Any], QuerySet[Any, Any]]:
    """The organisations an account speaks for, and those it works in, as two sub-selects."""
    speaks = representations_of(user, today=today).order_by().values("member__organisation")
    works = Affiliation.objects.filter(is_own(user, "person__"), is_active=True).order_by().values("organisation")
    return speaks, works


def without_complaints_about_own(
    rows: QuerySet[Submission], user: User, *, today: date | None = None
) -> QuerySet[Submission]:
    """The messages without complaints about an organisation the account belongs to."""
    speaks, works = organisations_of(user, today=today)
    return rows.exclude(about_member__organisation__in=speaks).exclude(about_member__organisation__in=works)


def people_of(organisations: Iterable[uuid.UUID]) -> dict[uuid.UUID, set[uuid.UUID]]:
    """For each of some organisations who speaks for it or works in it, as people of the register and as accounts."""
    wanted = list(organisations)
    found: dict[uuid.UUID, set[uuid.UUID]] = {}
    speaking = active_representatives().filter(member__organisation__in=wanted).order_by()
    working = Affiliation.objects.filter(organisation__in=wanted, is_active=True).order_by()
    for rows, organisation in ((speaking, "member__organisation"), (working, "organisation")):
        for key, person, account in rows.values_list(organisation, "person", "person__user"):
            found.setdefault(key, set()).update({person, account} - {None})
    return found


def answerers_of(submission: Submission) -> QuerySet[User]:
    """Of ``handlers_of`` those who answer residents of the whole partnership."""
    root = Q(scope__kind=AccessScope.Kind.TENANT) | Q(scope=submission.partnership.scope_id)
    return handlers_of(submission).filter(pk__in=Grant.objects.filter(root, role__in=ANSWERING).values("user"))


def handlers_of(submission: Submission) -> QuerySet[User]:
    """The accounts a message can be given to: with a part in the partnership, and not of the member it is about."""
    people = handlers_in(submission.partnership)
    if submission.about_member is None:
        return people
    organisation = submission.about_member.organisation_id
    speaking = active_representatives().filter(member__organisation=organisation).order_by()
    working = Affiliation.objects.filter(organisation=organisation, is_active=True)
    theirs = Q()
    for rows in (speaking, working):
        theirs |= Q(pk__in=rows.exclude(person__user=None).values("person__user"))
        theirs |= Q(email__in=rows.filter(person__user=None).exclude(person__email="").values("person__email"))
    return people.exclude(theirs)


def handlers_in(partnership: Partnership) -> QuerySet[User]:
    """The accounts with a part in a partnership, by name."""
    root = Q(scope__kind=AccessScope.Kind.TENANT) | Q(scope=partnership.scope_id)
    people = User.objects.filter(
        pk__in=Grant.objects.filter(root, role__in=TAKING_PART).values("user"),
        is_active=True,
        memberships__tenant_id=current_tenant_id(),
        memberships__is_active=True,
    )
    return people.order_by("name", "email")
