"""Finding out what somebody is to a task or a signature."""

import uuid
from collections.abc import Iterable

from core.access.permissions import Permission
from core.access.viewer import Viewer
from core.models import User
from core.queries.viewer import viewer_for
from partnerships.answering import members_answering_for
from partnerships.models import PartnershipMember, Task
from partnerships.queries.representative import active_representation, commit_right_of, representations_of
from partnerships.rules.authority import Authority, LinkHolder
from partnerships.rules.task import waits_for_confirmation
from stakeholders.models import Stakeholder


def authority_over_task(task: Task, by: User | LinkHolder) -> Authority:
    """What somebody is to a task: its member's person, coordination, or nothing.

    A task without member is coordination's own, or that of the person it was given to.
    """
    if isinstance(by, LinkHolder):
        if task.member_id is None:
            is_own = task.person_id == by.person.pk
            return Authority(is_own=is_own, may_commit=is_own, coordinates=False)
        found = active_representation(by.person.pk, task.member_id)
        return Authority(is_own=found is not None, may_commit=bool(found and found.can_commit), coordinates=False)
    commits = commit_right_of(by, task.member_id) if task.member_id else None
    return _authority(task, by, viewer=viewer_for(by), commits=commits)


def authority_over_read(task: Task, by: User) -> Authority:
    """The same over a task of ``task_to_say_of``; no query."""
    return _authority(task, by, viewer=viewer_for(by), commits=task.commits)  # type: ignore[attr-defined]  # annotated


def authorities_over(tasks: Iterable[Task], by: User, *, viewer: Viewer) -> dict[uuid.UUID, Authority]:
    """What a signed-in person is to each of some tasks, in one query."""
    rights: dict[uuid.UUID, bool] = {}
    for member_id, can_commit in representations_of(by).values_list("member_id", "can_commit"):
        rights[member_id] = rights.get(member_id, False) or can_commit
    return {
        task.pk: _authority(task, by, viewer=viewer, commits=rights.get(task.member_id) if task.member_id else None)
        for task in tasks
    }


def _authority(task: Task, by: User, *, viewer: Viewer, commits: bool | None) -> Authority:
    """``commits``: whether they may commit for the task's member; None when they do not speak for it."""
    scope_id = task.partnership.scope_id
    coordinates = viewer.can(Permission.PROPOSE_TASKS, scope_id)
    if task.member_id is None:
        is_own = coordinates or (task.person is not None and is_person(task.person, by))
        return Authority(is_own=is_own, may_commit=is_own, coordinates=coordinates)
    is_own = commits is not None and viewer.can(Permission.UPDATE_TASKS, scope_id)
    may_commit = bool(is_own and commits and viewer.can(Permission.ANSWER_TASKS, scope_id))
    return Authority(is_own=is_own, may_commit=may_commit, coordinates=coordinates)


def answers_for_result(task: Task, by: User) -> bool:
    """Whether somebody may commit for an organisation that answers for the result a finished task is part of (R-T12).

    Asked only while the task waits to be confirmed.
    """
    if not waits_for_confirmation(state=task.state, needs_evidence=task.needs_evidence, confirmed_on=task.confirmed_on):
        return False
    members = members_answering_for(task)
    if not members or not viewer_for(by).can(Permission.ANSWER_TASKS, task.partnership.scope_id):
        return False
    return representations_of(by).filter(member__in=members, can_commit=True).exists()


def authority_over_member(member: PartnershipMember, by: User | LinkHolder) -> Authority:
    """What somebody is to what a member promised: one of its people, coordination, or nothing."""
    if isinstance(by, LinkHolder):
        found = active_representation(by.person.pk, member.pk)
        return Authority(is_own=found is not None, may_commit=bool(found and found.can_commit), coordinates=False)
    viewer, scope_id = viewer_for(by), member.partnership.scope_id
    commits = commit_right_of(by, member.pk)
    is_own = commits is not None and viewer.can(Permission.UPDATE_TASKS, scope_id)
    may_commit = bool(is_own and commits and viewer.can(Permission.ANSWER_TASKS, scope_id))
    return Authority(is_own=is_own, may_commit=may_commit, coordinates=viewer.can(Permission.PROPOSE_TASKS, scope_id))


def authority_to_sign(member: PartnershipMember, by: User | LinkHolder) -> Authority:
    """Whether somebody may sign for a member: one of its people who may commit for it (domain 0.2)."""
    if isinstance(by, LinkHolder):
        found = active_representation(by.person.pk, member.pk)
        return Authority(is_own=found is not None, may_commit=bool(found and found.can_commit), coordinates=False)
    viewer = viewer_for(by)
    scope_id = member.partnership.scope_id
    commits = commit_right_of(by, member.pk)
    may_commit = bool(commits and viewer.can(Permission.SIGN_AGREEMENT, scope_id))
    return Authority(
        is_own=commits is not None, may_commit=may_commit, coordinates=viewer.can(Permission.EDIT_PARTNERSHIP, scope_id)
    )


def is_person(person: Stakeholder, user: User) -> bool:
    """Whether a listed person is the one signed in: by account, else by address."""
    if person.user_id is not None:
        return person.user_id == user.pk
    return bool(person.email) and person.email.lower() == user.email.lower()
