"""Saying where an organisation or a group of people affected stands on a goal."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.models import User
from core.operations.audit import record
from goals.models import Endorsement, EndorsementAnswer, EndorsementRound, Goal
from goals.queries.endorsement import HOLDING, may_endorse, open_round
from goals.rules.endorsement import answer_problems
from partnerships.queries.decision import voting_members
from partnerships.rules.authority import LinkHolder
from stakeholders.models import Stakeholder


class EndorsementRefusedError(Exception):
    """Nobody is asked about this wording now, or not by whoever answers; the message says why."""


@transaction.atomic
def answer_endorsement(
    *, endorsement: Endorsement, position: int, comment: str, by: User | LinkHolder
) -> EndorsementAnswer:
    """Say where a member stands; an earlier answer is kept beside it, the same once more changes nothing.

    Raises EndorsementRefusedError once the round ended and for who may not commit for the member, ValidationError for
    an objection without a reason and a "not yet" without the changes it asks for.
    """
    place = _open_place(endorsement)
    if place.member is None or not may_endorse(place.member, by):
        raise EndorsementRefusedError(_("Only somebody who may commit for the organisation can say this."))
    _check(position=position, comment=comment)
    person = by.person if isinstance(by, LinkHolder) else None
    user = None if isinstance(by, LinkHolder) else by
    name = person.name if person else str(user)
    answer, is_new = _answer(place, position=position, comment=comment, name=name[:120], person=person, user=user)
    if is_new:
        link = {"link": str(by.link_id)} if isinstance(by, LinkHolder) else {}
        label = {"actor_label": "link"} if isinstance(by, LinkHolder) else {}
        changes = {"position": position, **link}
        scope_id = place.round.goal.partnership.scope_id
        record("endorsement.answered", place, by=user, scope_id=scope_id, changes=changes, **label)
    return answer


@transaction.atomic
def record_voice(
    *,
    goal: Goal,
    group: Stakeholder,
    position: int,
    comment: str,
    said_by: str,
    heard_on: date,
    heard_how: str,
    by: User,
    today: date,
) -> EndorsementAnswer:
    """Write down where a group of people affected stands: who said it, on which day and how.

    Raises EndorsementRefusedError while nobody is asked, for a single person and for a member, which answers for
    itself; ValidationError for what is missing and for a day to come.
    """
    Goal.objects.select_for_update(of=("self",)).get(pk=goal.pk)
    found = open_round(goal)
    if found is None:
        raise EndorsementRefusedError(_("Nobody is asked about this goal now."))
    _check_group(goal, group)
    _check(position=position, comment=comment, **_missing(said_by, heard_on, heard_how, today=today))
    place, _created = Endorsement.objects.get_or_create(round=found, group=group, defaults={"asked_on": today})
    answer, is_new = _answer(
        place,
        position=position,
        comment=comment,
        name=said_by.strip()[:120],
        user=by,
        heard_on=heard_on,
        heard_how=heard_how,
    )
    if is_new:
        changes = {"position": position, "heard_on": heard_on.isoformat(), "heard_how": heard_how}
        record("endorsement.voice_recorded", place, by=by, scope_id=goal.partnership.scope_id, changes=changes)
    return answer


def _open_place(endorsement: Endorsement) -> Endorsement:
    found = EndorsementRound.objects.select_for_update().get(pk=endorsement.round_id)
    if not found.is_open:
        raise EndorsementRefusedError(_("Answers to this wording are closed. The goal's page shows what came of it."))
    rows = Endorsement.objects.select_for_update(of=("self",))
    rows = rows.select_related("round__goal__partnership", "member__partnership")
    return rows.get(pk=endorsement.pk)


def _answer(place: Endorsement, *, position: int, comment: str, **said: Any) -> tuple[EndorsementAnswer, bool]:
    comment = comment.strip()
    held = EndorsementAnswer.objects.filter(HOLDING, endorsement=place).first()
    facts = {"position": position, "comment": comment, "name": said["name"], "heard_on": said.get("heard_on")}
    if held and all(getattr(held, name) == value for name, value in facts.items()):
        return held, False
    if held:
        held.replaced_at = timezone.now()
        held.save(update_fields=["replaced_at"])
    answer = EndorsementAnswer(endorsement=place, position=position, comment=comment, **said)
    answer.clean_fields(exclude={"tenant", "endorsement", "user", "person"})
    answer.save()
    return answer, True


def _check(*, position: int, comment: str, **missing: Any) -> None:
    if problems := {**answer_problems(position=position, comment=comment), **missing}:
        raise ValidationError({name: str(problem) for name, problem in problems.items()})


def _missing(said_by: str, heard_on: date, heard_how: str, *, today: date) -> dict[str, str]:
    problems = {}
    if not said_by.strip():
        problems["said_by"] = _("Write who spoke for the group: a name, or a role.")
    if heard_on > today:
        problems["heard_on"] = _("This day is still to come.")
    if heard_how not in EndorsementAnswer.How.values:
        problems["heard_how"] = _("Choose how they said it.")
    return problems


def _check_group(goal: Goal, group: Stakeholder) -> None:
    if group.kind == Stakeholder.Kind.PERSON:
        raise EndorsementRefusedError(_("A single person is no group. Choose the group this person spoke for."))
    if any(member.organisation_id == group.pk for member in voting_members(goal.partnership)):
        raise EndorsementRefusedError(_("This organisation is a member and answers for itself."))
