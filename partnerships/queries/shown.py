"""Records of partnerships whose level is chosen on a page of its own."""

import uuid

from core.access.viewer import Viewer
from core.access.visibility import Visibility
from core.web.space import space_url
from partnerships.queries.agreement import versions_visible_to
from partnerships.queries.commitment import commitments_visible_to
from partnerships.queries.resource_need import needs_visible_to
from partnerships.queries.task import tasks_visible_to
from partnerships.shown import ShownRecord


def find_task(viewer: Viewer, record_id: uuid.UUID) -> ShownRecord | None:
    """A task; one that somebody outside coordination was asked for stays in their sight."""
    task = tasks_visible_to(viewer).filter(pk=record_id).first()
    if task is None:
        return None
    url = space_url("task_detail", slug=task.partnership.slug, number=task.number)
    floor = Visibility.PARTNERS if task.member_id or task.person_id else Visibility.COORDINATION
    return ShownRecord("task", task, task.title, url, task.partnership, floor)


def find_agreement(viewer: Viewer, record_id: uuid.UUID) -> ShownRecord | None:
    """An agreement, with all its versions; its parties can always read it."""
    version = versions_visible_to(viewer).filter(agreement_id=record_id).first()
    if version is None:
        return None
    agreement, partnership = version.agreement, version.agreement.partnership
    url = space_url("agreement_detail", slug=partnership.slug, number=agreement.number)
    return ShownRecord("agreement", agreement, agreement.title, url, partnership, Visibility.PARTNERS)


def find_commitment(viewer: Viewer, record_id: uuid.UUID) -> ShownRecord | None:
    """A promise made elsewhere than in a task; whoever made it can always see it."""
    found = commitments_visible_to(viewer).filter(pk=record_id).first()
    if found is None:
        return None
    url = space_url("commitment_detail", slug=found.partnership.slug, number=found.number)
    return ShownRecord("commitment", found, found.title, url, found.partnership, Visibility.PARTNERS)


def find_resource_need(viewer: Viewer, record_id: uuid.UUID) -> ShownRecord | None:
    """Something a partnership needs."""
    need = needs_visible_to(viewer).filter(pk=record_id).first()
    if need is None:
        return None
    url = space_url("resource_need_detail", slug=need.partnership.slug, resource_need_id=need.pk)
    return ShownRecord("resource_need", need, need.title, url, need.partnership)
