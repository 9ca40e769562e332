"""What of the goals goes from a person who leaves to the one who follows."""

from django.db.models import QuerySet

from goals.models import DeliverableRole, Goal, Milestone, Risk
from goals.rules.goal import FINAL_STATES
from partnerships.models import PartnershipMember
from stakeholders.models import Stakeholder


def count_goals(member: PartnershipMember, person: Stakeholder) -> int:
    """How many goals a person looks after for a member."""
    return Goal.objects.filter(owner_member=member, owner_person=person).count()


def move_goals(member: PartnershipMember, giver: Stakeholder, taker: Stakeholder) -> int:
    """Have somebody else of the member look after a person's goals."""
    return Goal.objects.filter(owner_member=member, owner_person=giver).update(owner_person=taker)


def count_roles(member: PartnershipMember, person: Stakeholder) -> int:
    """How many parts in deliverables a person plays for a member."""
    return DeliverableRole.objects.filter(member=member, person=person).count()


def move_roles(member: PartnershipMember, giver: Stakeholder, taker: Stakeholder) -> int:
    """Have somebody else of the member play a person's parts."""
    return DeliverableRole.objects.filter(member=member, person=giver).update(person=taker)


def count_risks(member: PartnershipMember, person: Stakeholder) -> int:
    """How many risks a person looks after for a member."""
    return Risk.objects.filter(owner_member=member, owner_person=person).count()


def move_risks(member: PartnershipMember, giver: Stakeholder, taker: Stakeholder) -> int:
    """Have somebody else of the member look after a person's risks."""
    return Risk.objects.filter(owner_member=member, owner_person=giver).update(owner_person=taker)


def count_milestones(member: PartnershipMember, person: Stakeholder) -> int:
    """How many open milestones a person looks after for a member."""
    return _open_milestones(member, person).count()


def move_milestones(member: PartnershipMember, giver: Stakeholder, taker: Stakeholder) -> int:
    """Have somebody else of the member look after a person's open milestones."""
    return _open_milestones(member, giver).update(owner_person=taker)


def _open_milestones(member: PartnershipMember, person: Stakeholder) -> QuerySet[Milestone]:
    rows = Milestone.objects.filter(owner_member=member, owner_person=person, reached_on=None, dropped_on=None)
    return rows.exclude(goal__state__in=FINAL_STATES)
