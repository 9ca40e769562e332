"""Who sits in the demo's bodies: one with an action that is overdue, one to be closed, one to be counted."""

from reports.demo.clock import day, on_day
from reports.demo.people import Cast
from reports.demo.story import Look
from stakeholders.models import RepresentationAudit
from stakeholders.operations.representation import (
    close_representation_audit,
    count_by_hand,
    open_representation_audit,
)
from stakeholders.operations.representation_profile import add_reference_profile
from stakeholders.queries.representation import categories_of
from stakeholders.rules.representation_profile import Category


def bring_in_representation(cast: Cast) -> None:
    """Each body with its community, on the day it was looked at."""
    for look in cast.space.looks:
        with on_day(look.day):
            _look(cast, look)


def _look(cast: Cast, look: Look) -> None:
    today = day(look.day).date()
    profile = add_reference_profile(
        dimension=look.dimension,
        area=look.area,
        year=today.year - 1,
        source=look.source,
        categories=[Category(label, people) for label, people, _count in look.groups],
        by=cast.coordinator,
    )
    if not look.body:
        return
    audit = open_representation_audit(
        profile=profile,
        body=look.body,
        audited_on=today,
        method=look.method or RepresentationAudit.Method.ANONYMOUS,
        by=cast.coordinator,
        today=today,
    )
    if not look.method:
        return
    counts = dict(
        zip([group.pk for group in categories_of(profile)], [count for *_group, count in look.groups], strict=True)
    )
    count_by_hand(audit=audit, counts=counts, not_stated=look.not_stated, from_cards=True, by=cast.coordinator)
    if look.action:
        close_representation_audit(
            audit=audit,
            missing_voices=look.missing,
            action=look.action,
            action_on=day(look.action_on).date(),
            by=cast.coordinator,
            today=today,
        )
