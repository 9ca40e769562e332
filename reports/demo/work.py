"""Members and tasks of a demo partnership."""

from datetime import date

from core.models import User
from core.tenancy.keys import new_id
from partnerships.models import Partnership, PartnershipMember, Task
from partnerships.operations.member import invite_member
from partnerships.operations.representative import name_representative
from partnerships.operations.task import propose_task
from partnerships.operations.task_update import accept_task, update_task
from partnerships.rules.authority import LinkHolder
from reports.demo.clock import day, on_day
from reports.demo.people import Cast
from reports.demo.story import Story, Work
from stakeholders.models import Stakeholder

# How long before its date a task was proposed and accepted.
ASKED_BEFORE, ANSWERED_AFTER = 45, 3
IN_BETWEEN = {"in_progress": 50, "blocked": 25}


def acting(person: Stakeholder) -> User | LinkHolder:
    """A person of a partner: with an account, or by e-mailed link."""
    return person.user or LinkHolder(person, new_id())


def bring_in_members(cast: Cast, story: Story, partnership: Partnership) -> None:
    """Invite the organisations and name the people who speak for them; the first one leads."""
    with on_day(story.started):
        for position, (key, role) in enumerate(story.members):
            member = invite_member(
                partnership=partnership,
                organisation=cast.organisations[key],
                by=cast.coordinator,
                role=role,
                seat=_seat_of(cast.organisations[key]),
                is_lead=position == 0,
            )
            name_representative(member=member, person=cast.people[key], can_commit=key not in cast.heads, by=None)
            if head := cast.heads.get(key):
                name_representative(member=member, person=head, can_commit=True, by=None)
            cast.members[story.slug, key] = member


def _seat_of(organisation: Stakeholder) -> str:
    if organisation.sector == Stakeholder.Sector.COMMUNITY:
        return PartnershipMember.Seat.COMMUNITY
    return PartnershipMember.Seat.STEERING


def bring_in_tasks(cast: Cast, story: Story, partnership: Partnership) -> None:
    """Propose each task, let its partner answer, and tell what became of it."""
    for work in story.tasks:
        _bring_in_task(cast, cast.members[story.slug, work.member], partnership, work)


def _bring_in_task(cast: Cast, member: PartnershipMember, partnership: Partnership, work: Work) -> None:
    asked = min(work.due - ASKED_BEFORE, -1)
    with on_day(asked):
        task = propose_task(
            partnership=partnership,
            title=work.title,
            by=cast.coordinator,
            member=member,
            person=cast.people[work.member],
            due_on=day(work.due).date(),
        )
    if work.state == "proposed":
        return
    who = acting(cast.who_commits(work.member))
    with on_day(min(asked + ANSWERED_AFTER, -1)) as moment:
        accept_task(task=task, by=who, today=moment.date())
    if work.state == "accepted":
        return
    last = min(work.finished if work.finished is not None else work.due, -1)
    with on_day(last) as moment:
        _tell(task, who, work, today=moment.date())


def _tell(task: Task, who: User | LinkHolder, work: Work, *, today: date) -> None:
    task.refresh_from_db()
    if work.state == "done":
        update_task(task=task, by=who, state=Task.State.DONE, progress_percent=100, note=work.note, today=today)
        return
    update_task(
        task=task,
        by=who,
        state=work.state,
        progress_percent=IN_BETWEEN[work.state],
        note=work.note or "…",
        blocked_needs=work.note if work.state == "blocked" else "",
        today=today,
    )
