"""When partnerships are to be reviewed together: once a year (domain 0.4)."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from core.queries.composed import Composed
from core.web.dates import day_words
from core.web.space import space_url
from partnerships.agenda import Suggestion
from partnerships.models import Decision, Meeting, Partnership
from partnerships.queries.coordination import coordination_to_write_to
from partnerships.queries.due import REVIEWS, DueItem, worded
from partnerships.rules.agreement import reminder_of
from partnerships.rules.decision import VALID
from partnerships.rules.partnership import review_due_on

REVIEW_MINUTES = 30
AHEAD = timedelta(days=60)


def with_last_review(rows: QuerySet[Partnership]) -> QuerySet[Partnership]:
    """Partnerships with ``reviewed_on``: the day on which it was last decided what follows from a review."""
    return rows.annotate(reviewed_on=Subquery(_days_of_reviews(OuterRef("pk"))))


def _days_of_reviews(partnership: Partnership | OuterRef) -> QuerySet[Decision, date | None]:
    decided = Decision.objects.filter(
        partnership=partnership, about=Decision.About.REVIEW, state__in=VALID, decided_on__isnull=False
    )
    return decided.order_by("-decided_on").values_list("decided_on", flat=True)[:1]


def next_review_of(partnership: Partnership) -> date | None:
    """When a partnership of ``with_last_review`` is to be reviewed next."""
    return review_due_on(
        state=partnership.state,
        state_since=partnership.state_since,
        starts_on=partnership.starts_on,
        ends_on=partnership.ends_on,
        reviewed_on=partnership.reviewed_on,  # type: ignore[attr-defined]  # annotated by with_last_review
    )


def review_day_of(partnership: Partnership) -> date | None:
    """When a partnership is to be reviewed next; one query where it is active."""
    if partnership.state != Partnership.State.ACTIVE:
        return None
    partnership.reviewed_on = _latest_review.first(partnership=partnership)  # type: ignore[attr-defined]  # as above
    return next_review_of(partnership)


_latest_review: Composed[date | None] = Composed(_days_of_reviews)


def partnership_due_items(*, today: date) -> list[DueItem]:
    """What coordinators and deputies are reminded of 90, 60 and 30 days before the yearly review; three queries."""
    active = Partnership.objects.filter(state=Partnership.State.ACTIVE)
    due = [
        (partnership, day, REVIEWS[days])
        for partnership in with_last_review(active).order_by("id")
        if (days := reminder_of(day := next_review_of(partnership), today=today)) is not None
    ]
    people = coordination_to_write_to({partnership for partnership, _day, _step in due}) if due else {}
    return [
        DueItem(
            item_id=partnership.pk,
            person_id=person_id,
            member_id=None,
            partnership_id=partnership.pk,
            title=worded(_review_of, partnership.name),
            due_on=day,
            url=space_url("partnership_detail", slug=partnership.slug),
            step=step,
        )
        for partnership, day, step in due
        for person_id in people[partnership.pk]
    ]


def partnership_reviews(meeting: Meeting, today: date) -> Iterator[Suggestion]:
    """The review of the partnership: when its day is near, and as long as it is open."""
    partnership, day = meeting.partnership, review_day_of(meeting.partnership)
    if partnership.state == Partnership.State.UNDER_REVIEW:
        why = _("The partnership is under review: decide together what follows from it")
    elif day is not None and day <= max(today, meeting.starts_at.date()) + AHEAD:
        why = _("It is reviewed together once a year: due on %(day)s") % {"day": day_words(day)}
    else:
        return
    yield Suggestion(
        code=f"review:{partnership.pk}:{day or partnership.state_since}",
        title=_review_of(partnership.name),
        why=why,
        minutes=REVIEW_MINUTES,
        url=space_url("partnership_detail", slug=partnership.slug),
    )


def _review_of(name: str) -> str:
    return _("Review of the partnership “%(name)s”") % {"name": name}
