"""The smallest valid partnership, members with their people, tasks and agreements."""

from datetime import date

from core.access.roles import Role
from core.access.visibility import Visibility
from core.models import User
from partnerships.models import AgreementVersion, Commitment, Partnership, PartnershipMember, Task
from partnerships.operations.agreement import draft_agreement
from partnerships.operations.commitment import record_commitment
from partnerships.operations.member import invite_member
from partnerships.operations.partnership import start_partnership
from partnerships.operations.representative import name_representative
from partnerships.operations.task import propose_task
from stakeholders.models import Stakeholder
from tests.factories.core import make_user


def make_partnership(
    slug: str = "scuola-lavoro", *, visibility: Visibility = Visibility.PARTNERS, **fields: object
) -> Partnership:
    """A partnership in state ``idea``."""
    return start_partnership(name=fields.pop("name", slug.title()), slug=slug, by=None, visibility=visibility, **fields)


def make_organisation(name: str = "Officine Riva", **fields: object) -> Stakeholder:
    """An organisation among the stakeholders."""
    return Stakeholder.objects.create(name=name, sort_name=name.lower(), search_text=name.lower(), **fields)


def make_person(name: str = "Anna Riva", email: str = "anna@riva.example", **fields: object) -> Stakeholder:
    """A person among the stakeholders, with an address and no account."""
    fields = {"kind": Stakeholder.Kind.PERSON, "language": "en", **fields}
    return Stakeholder.objects.create(
        name=name, email=email.lower(), sort_name=name.lower(), search_text=name.lower(), **fields
    )


def make_member(partnership: Partnership, name: str = "Officine Riva", **fields: object) -> PartnershipMember:
    """An organisation that was asked to join."""
    member = invite_member(partnership=partnership, organisation=make_organisation(name), by=None)
    for field, value in fields.items():
        setattr(member, field, value)
    member.save()
    return member


def make_representative(
    member: PartnershipMember, person: Stakeholder | None = None, *, can_commit: bool = True
) -> Stakeholder:
    """A person who speaks for a member by link, without an account."""
    person = person or make_person()
    name_representative(member=member, person=person, can_commit=can_commit, by=None)
    return person


def make_partner(member: PartnershipMember, email: str = "lead@riva.example", *, can_commit: bool = True) -> User:
    """A person who speaks for a member and signs in."""
    role = Role.PARTNER_LEAD if can_commit else Role.PARTNER_MEMBER
    user = make_user(email, email.partition("@")[0].title(), role=role, scope=member.partnership.scope)
    make_representative(member, make_person(user.name, email, user=user), can_commit=can_commit)
    return user


def make_task(partnership: Partnership, title: str = "Find a room", *, state: str = "", **fields: object) -> Task:
    """A task as coordination proposes it, or put into another state."""
    fields = {"due_on": date(2026, 6, 30), **fields}
    task = propose_task(partnership=partnership, title=title, by=None, **fields)
    if state:
        task.state = state
        task.first_agreed_due_on = task.due_on if state not in {"proposed", "counter_proposed", "declined"} else None
        task.save()
    return task


def make_agreement(partnership: Partnership, text: str = "## 1. Purpose\n\nWe meet on Mondays.") -> AgreementVersion:
    """A draft of an agreement."""
    return draft_agreement(partnership=partnership, title="Partnership agreement", text=text, language="en", by=None)


def make_commitment(member: PartnershipMember, title: str = "Lend the van", **fields: object) -> Commitment:
    """A promise made in a talk, written down and confirmed; ``state`` and its day put it elsewhere."""
    state, kept_on = fields.pop("state", "open"), fields.pop("kept_on", None)
    fields = {"source": "spoken", "due_on": date(2026, 6, 30), **fields}
    commitment = record_commitment(member=member, title=title, by=None, **fields)
    if state != "proposed":
        commitment.state, commitment.kept_on, commitment.first_agreed_on = state, kept_on, commitment.due_on
        commitment.release_reason = "Not needed any more" if state == "released" else ""
        commitment.save()
    return commitment
