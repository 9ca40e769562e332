"""Agreements to be read again or about to end, for the reminders of those who coordinate (R-A6)."""

import uuid
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from django.db.models import Q

from core.web.space import space_url
from partnerships.models import AgreementVersion
from partnerships.queries.due import DueItem, Step
from partnerships.rules.agreement import reminder_of
from stakeholders.models import Stakeholder

REVIEWS = {90: Step.REVIEW_90, 60: Step.REVIEW_60, 30: Step.REVIEW_30}
ENDS = {90: Step.END_90, 60: Step.END_60, 30: Step.END_30}
People = Mapping[uuid.UUID | None, uuid.UUID]
FIRST = timedelta(days=max(REVIEWS))


def agreement_due_items(*, today: date) -> list[DueItem]:
    """What coordinators and deputies are reminded of 90, 60 and 30 days before an agreement's review and its end.

    For those who also stand among the stakeholders with their account; the page of the agreement says it to all. Two
    queries.
    """
    soon = Q(review_on__lte=today + FIRST) | Q(valid_to__lte=today + FIRST)
    found = AgreementVersion.objects.filter(soon, state=AgreementVersion.State.IN_FORCE)
    versions = list(found.select_related("agreement__partnership").order_by("id"))
    accounts = {key for version in versions for key in _coordinators(version)}
    rows = Stakeholder.objects.filter(user__in=accounts).order_by("id")
    people: People = dict(rows.values_list("user_id", "pk"))
    return [item for version in versions for item in _items(version, people, today=today)]


def _coordinators(version: AgreementVersion) -> list[uuid.UUID]:
    partnership = version.agreement.partnership
    return [key for key in (partnership.coordinator_id, partnership.deputy_id) if key is not None]


def _items(version: AgreementVersion, people: People, *, today: date) -> Iterator[DueItem]:
    partnership = version.agreement.partnership
    for day, steps in ((version.review_on, REVIEWS), (version.valid_to, ENDS)):
        days = reminder_of(day, today=today)
        if days is None:
            continue
        for account in _coordinators(version):
            if account in people:
                yield DueItem(
                    item_id=version.pk,
                    person_id=people[account],
                    member_id=None,
                    partnership_id=partnership.pk,
                    title=version.agreement.title,
                    due_on=day,
                    url=space_url("agreement_detail", slug=partnership.slug, number=version.agreement.number),
                    step=steps[days],
                )
