"""Who answers for the result a task belongs to (registry, filled in ``AppConfig.ready``)."""

import uuid
from collections.abc import Callable, Collection

from partnerships.models import Task

AnsweringSource = Callable[[Task], Collection[uuid.UUID]]
_sources: list[AnsweringSource] = []


def register_answering_source(source: AnsweringSource) -> None:
    """Have ``source(task)`` name the members that answer for what a task is part of."""
    if source not in _sources:
        _sources.append(source)


def members_answering_for(task: Task) -> set[uuid.UUID]:
    """The members that answer for the result a task is part of; nobody where no result is planned."""
    return {member_id for source in _sources for member_id in source(task)}
