"""The day itself: who came in at the door, and the cards without a name (R-E4, R-S9)."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from core.models import User
from core.operations.audit import record
from core.queries.tenant import tenant_at_work
from core.rules.text import clean_text
from engagement.models import ActivityRegistration, CardCount, EngagementActivity, RegistrationNeed
from engagement.operations.activity import ActivityRefusedError, locked_activity
from engagement.operations.activity_mail import Occasion, write_mails
from engagement.operations.public_use import count_sending
from engagement.queries.activity_registration import to_remind
from engagement.rules.activity import AHEAD
from engagement.rules.activity_day import can_check_in, can_fill_card
from engagement.rules.waiting_list import MOST_PEOPLE
from stakeholders.models import ReferenceProfile
from stakeholders.queries.representation import categories_of

Dimension = CardCount.Dimension


@transaction.atomic
def check_in(
    *, registration: ActivityRegistration, people: int, by: User, now: datetime | None = None
) -> ActivityRegistration:
    """Write down that so many of a registration came in; again, the number is replaced.

    Raises ActivityRefusedError, ValidationError for a wrong number. No audit event tells who came when.
    """
    locked = _locked(registration)
    if not (verdict := can_check_in(locked.activity, locked.state, now=now or timezone.now())):
        raise ActivityRefusedError(verdict.reason)
    if not 1 <= people <= MOST_PEOPLE:
        raise ValidationError({"people": _("From 1 to %(most)d people.") % {"most": MOST_PEOPLE}})
    locked.people_came = people
    locked.save(update_fields=["people_came"])
    return locked


@transaction.atomic
def undo_check_in(*, registration: ActivityRegistration, by: User) -> ActivityRegistration:
    """Take back a slip of the finger at the door; twice changes nothing."""
    locked = _locked(registration)
    locked.people_came = None
    locked.save(update_fields=["people_came"])
    return locked


@transaction.atomic
def choose_communities(
    *, activity: EngagementActivity, age: ReferenceProfile | None, area: ReferenceProfile | None, by: User
) -> int:
    """Make cards possible: the groups of one or two communities with all counts at nothing; returns how many groups.

    Raises ActivityRefusedError once a card was filled in, ValidationError for a community of another kind.
    """
    locked = locked_activity(activity)
    if CardCount.objects.filter(activity=locked, count__gt=0).exists():
        raise ActivityRefusedError(_("Cards were filled in already, so what they ask stays."))
    chosen = {Dimension.AGE: age, Dimension.AREA: area}
    for dimension, profile in chosen.items():
        if profile is not None and profile.dimension != dimension:
            raise ValidationError({"age" if dimension == Dimension.AGE else "area": _("Choose one of this kind.")})
    CardCount.objects.filter(activity=locked).delete()
    rows = [row for dimension, profile in chosen.items() if profile for row in _rows(locked, dimension, profile)]
    # All at once and now: a row that came with the first card would keep its time.
    CardCount.objects.bulk_create(rows)
    record("activity.cards_prepared", locked, by=by, scope_id=locked.partnership.scope_id)
    return len(rows)


def _rows(activity: EngagementActivity, dimension: str, profile: ReferenceProfile) -> list[CardCount]:
    community = clean_text(f"{profile}, {profile.source}", max_length=360)
    shared = {"activity": activity, "dimension": dimension, "community": community}
    groups = [
        CardCount(position=place, label=one.label, population_count=one.population_count, **shared)
        for place, one in enumerate(categories_of(profile), start=1)
    ]
    return [*groups, CardCount(position=len(groups) + 1, **shared)]


@transaction.atomic
def count_card(
    *, activity: EngagementActivity, said: Mapping[str, int], sent_from: str, now: datetime | None = None
) -> None:
    """Count one card: for each dimension the position of the group somebody chose. Nothing else of it is kept.

    Raises ActivityRefusedError outside the day, TooOftenError, ValidationError for a group that is not on the card.
    """
    now = now or timezone.now()
    count_sending("card", activity.pk, sent_from=sent_from, now=now)
    if not (verdict := can_fill_card(activity, now=now)):
        raise ActivityRefusedError(verdict.reason)
    for dimension, position in said.items():
        rows = CardCount.objects.filter(activity=activity, dimension=dimension, position=position)
        if not rows.update(count=F("count") + 1):
            raise ValidationError({dimension: _("Choose one of the answers.")})


def remind_registered(*, today: date) -> int:
    """The day before, remind everybody who comes and left an address; once. Returns how many mails are new."""
    zone = ZoneInfo(tenant_at_work().time_zone)
    since = datetime.combine(today + timedelta(days=1), datetime.min.time(), zone)
    found: dict[EngagementActivity, list[ActivityRegistration]] = {}
    for registration in to_remind(since=since, until=since + timedelta(days=1)):
        found.setdefault(registration.activity, []).append(registration)
    return sum(write_mails(activity, people, Occasion.REMINDER) for activity, people in found.items())


def forget_access_needs(*, today: date) -> int:
    """Delete what people needed once the activity is over or called off; returns how many went. Safe to run twice."""
    begins = datetime.combine(today, datetime.min.time(), ZoneInfo(tenant_at_work().time_zone))
    needs = RegistrationNeed.objects.filter(registration__activity__ends_at__lt=begins)
    needs |= RegistrationNeed.objects.exclude(registration__activity__state__in=AHEAD)
    return int(RegistrationNeed.objects.filter(pk__in=list(needs.values_list("pk", flat=True))).delete()[0])


def _locked(registration: ActivityRegistration) -> ActivityRegistration:
    rows = ActivityRegistration.objects.select_for_update(of=("self",)).select_related("activity__partnership")
    locked: ActivityRegistration = rows.get(pk=registration.pk)
    return locked
