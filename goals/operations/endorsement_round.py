"""Asking the partners where they stand on one wording of a goal, and ending that round."""

from datetime import date

from django.db import transaction

from core.models import User
from core.operations.audit import record
from core.operations.link import revoke_links_to
from core.queries.tenant import tenant_at_work
from core.rules.workdays import workdays_after
from goals.models import Endorsement, EndorsementRound, Goal
from goals.operations.endorsement_link import ENDORSEMENT_LINK, mail_endorsement_request
from goals.queries.endorsement import newcomers_to, open_round
from goals.rules.facts import frozen_fields
from partnerships.models import PartnershipMember
from partnerships.queries.decision import voting_members
from partnerships.queries.governance import endorsement_terms_of

Outcome = EndorsementRound.Outcome


def begin_round(goal: Goal, *, version_number: int, by: User, today: date) -> EndorsementRound:
    """Ask all members about a goal as it is worded now, and mail a link to those who may answer.

    Part of an operation that locked the goal and knows it has an indicator; another open round must be ended before.
    """
    assert goal.indicator is not None
    last = EndorsementRound.objects.filter(goal=goal).order_by("-number").values_list("number", flat=True).first()
    found = EndorsementRound.objects.create(
        goal=goal,
        number=(last or 0) + 1,
        version_number=version_number,
        fields=frozen_fields(goal, goal.indicator, currency=tenant_at_work().currency),
        asked_on=today,
        answer_by=workdays_after(today, endorsement_terms_of(goal.partnership).days),
    )
    members = voting_members(goal.partnership)
    record(
        "endorsement.asked",
        found,
        by=by,
        scope_id=goal.partnership.scope_id,
        changes={"round": found.number, "members": len(members)},
    )
    _ask(found, members, by=by, today=today)
    return found


def hold_round(goal: Goal) -> None:
    """Let nobody answer in the open round before this transaction ends."""
    EndorsementRound.objects.select_for_update().filter(goal=goal, outcome=Outcome.OPEN).first()


def end_round(goal: Goal, outcome: str, *, by: User | None, today: date) -> EndorsementRound | None:
    """End a goal's open round; its answers stay, its links open nothing any more. None when there is none.

    Part of an operation that locked the goal.
    """
    found = EndorsementRound.objects.select_for_update().filter(goal=goal, outcome=Outcome.OPEN).first()
    if found is None:
        return None
    found.outcome, found.ended_on = outcome, today
    found.save(update_fields=["outcome", "ended_on"])
    for key in Endorsement.objects.filter(round=found).order_by("pk").values_list("pk", flat=True):
        revoke_links_to(key, purpose=ENDORSEMENT_LINK)
    changes = {"round": found.number, "outcome": outcome}
    record("endorsement.ended", found, by=by, scope_id=goal.partnership.scope_id, changes=changes)
    return found


@transaction.atomic
def ask_newcomers(*, goal: Goal, by: User, today: date) -> int:
    """Ask the members that joined since the round began; returns how many. Twice changes nothing."""
    locked = Goal.objects.select_for_update(of=("self",)).select_related("partnership", "indicator").get(pk=goal.pk)
    found = open_round(locked)
    members = newcomers_to(found, voting_members(locked.partnership)) if found else []
    if found and members:
        _ask(found, members, by=by, today=today)
        changes = {"round": found.number, "members": len(members)}
        record("endorsement.asked", found, by=by, scope_id=locked.partnership.scope_id, changes=changes)
    return len(members)


def _ask(found: EndorsementRound, members: list[PartnershipMember], *, by: User, today: date) -> None:
    places = Endorsement.objects.bulk_create(
        Endorsement(round=found, member=member, asked_on=today) for member in members
    )
    for place in places:
        mail_endorsement_request(endorsement=place, by=by)
