"""Agreements to be read again or about to end, for the reminders of those who coordinate (R-A6)."""

import uuid
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from django.db.models import Q

from core.web.space import space_url
from partnerships.models import AgreementVersion
from partnerships.queries.agreement import reached_on
from partnerships.queries.coordination import coordination_to_write_to
from partnerships.queries.due import REVIEWS, DueItem, Step
from partnerships.rules.agreement import reminder_of

ENDS = {90: Step.END_90, 60: Step.END_60, 30: Step.END_30}
FIRST = timedelta(days=max(REVIEWS))


def agreement_due_items(*, today: date) -> list[DueItem]:
    """What coordinators and deputies are reminded of 90, 60 and 30 days before an agreement's review and its end.

    Three queries.
    """
    soon = Q(review_on__lte=today + FIRST) | Q(valid_to__lte=today + FIRST)
    found = AgreementVersion.objects.filter(soon, reached_on(today))
    versions = list(found.select_related("agreement__partnership").order_by("id"))
    people = coordination_to_write_to({version.agreement.partnership for version in versions}) if versions else {}
    return [
        item for version in versions for item in _items(version, people[version.agreement.partnership_id], today=today)
    ]


def _items(version: AgreementVersion, people: Sequence[uuid.UUID], *, today: date) -> Iterator[DueItem]:
    partnership = version.agreement.partnership
    for day, steps in ((version.review_on, REVIEWS), (version.valid_to, ENDS)):
        days = reminder_of(day, today=today)
        if days is None:
            continue
        for person_id in people:
            yield DueItem(
                item_id=version.pk,
                person_id=person_id,
                member_id=None,
                partnership_id=partnership.pk,
                title=version.agreement.title,
                due_on=day,
                url=space_url("agreement_detail", slug=partnership.slug, number=version.agreement.number),
                step=steps[days],
            )
