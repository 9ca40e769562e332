"""The smallest activity, registration and volunteer work, made like people do."""

import itertools
from datetime import datetime, timedelta
from decimal import Decimal

from django.utils import timezone

from core.models import User
from engagement.models import (
    ActivityRegistration,
    EngagementActivity,
    HoursEntry,
    Shift,
    Volunteer,
    VolunteerOpportunity,
    VolunteerSignup,
)
from engagement.operations.activity import announce_activity, plan_activity
from engagement.operations.activity_registration import Registered, register
from engagement.operations.hours import report_hours
from engagement.operations.volunteer import VolunteerTerms, sign_up
from engagement.operations.volunteer_opportunity import add_shift, offer_work, publish_work
from partnerships.models import Partnership
from tests.factories.partnerships import make_member, make_person

_numbers = itertools.count(1)
DAYS_AHEAD = 21


def plan(partnership: Partnership, **fields: object) -> EngagementActivity:
    """A planned activity three weeks from now, for which people register, with something open."""
    starts = fields.pop("starts_at", timezone.now() + timedelta(days=DAYS_AHEAD))
    given = {
        "title": "What shall the park become?",
        "question": "Where do benches and light go?",
        "what_is_open": "Places of benches and lamps",
        "starts_at": starts,
        "ends_at": starts + timedelta(hours=2) if starts else None,
        "place": "Library",
    }
    return plan_activity(partnership=partnership, by=None, **{**given, **fields})


def announce(partnership: Partnership, by: User, **fields: object) -> EngagementActivity:
    """The same, announced."""
    announced, _findings = announce_activity(activity=plan(partnership, **fields), by=by)
    return announced


def begin(activity: EngagementActivity) -> EngagementActivity:
    """The activity as it began an hour ago."""
    starts = timezone.now() - timedelta(hours=1)
    EngagementActivity.objects.filter(pk=activity.pk).update(starts_at=starts, ends_at=starts + timedelta(hours=2))
    activity.refresh_from_db()
    return activity


def come(activity: EngagementActivity, *, now: datetime | None = None, **fields: object) -> Registered:
    """Somebody registers from a network of their own."""
    number = next(_numbers)
    given = {
        "name": f"Person {number}",
        "email": f"person{number}@example.org",
        "people": 1,
        "language": "en",
        "nonce": f"nonce-{number}",
        "sent_from": f"10.{number // 250}.{number % 250}.0/24",
    }
    return register(activity=activity, now=now, **{**given, **fields})


def make_registration(activity: EngagementActivity, **fields: object) -> ActivityRegistration:
    """The newest registration, as stored."""
    come(activity, **fields)
    return ActivityRegistration.objects.filter(activity=activity).order_by("-position")[0]


def make_work(partnership: Partnership, **fields: object) -> VolunteerOpportunity:
    """A draft of insured work at a member's place."""
    host = fields.pop("host", None) or make_member(partnership, f"Host {next(_numbers)}")
    supervisor = fields.pop("supervisor", None) or make_person("Rosa Host", f"rosa{next(_numbers)}@host.example")
    given = {"title": "Reading aloud", "purpose": "Children hear stories", "is_insured": True}
    return offer_work(partnership=partnership, by=None, host=host, supervisor=supervisor, **{**given, **fields})


def publish(partnership: Partnership, by: User, **fields: object) -> VolunteerOpportunity:
    """The same, published."""
    return publish_work(opportunity=make_work(partnership, **fields), by=by)


def make_shift(opportunity: VolunteerOpportunity, by: User, **fields: object) -> Shift:
    """A shift of two hours in a week."""
    starts = fields.pop("starts_at", timezone.now() + timedelta(days=7))
    return add_shift(
        opportunity=opportunity, by=by, **{"starts_at": starts, "ends_at": starts + timedelta(hours=2), **fields}
    )


def make_signup(shift: Shift, **terms: object) -> VolunteerSignup:
    """Somebody asks for a shift."""
    number = next(_numbers)
    given = {"name": f"Volunteer {number}", "email": f"volunteer{number}@example.org", **terms}
    volunteer = sign_up(
        opportunity=shift.opportunity,
        shifts=[shift.pk],
        terms=VolunteerTerms(**given),
        language="en",
        sent_from=f"10.9.{number % 250}.0/24",
    )
    return VolunteerSignup.objects.select_related("volunteer", "shift__opportunity").get(
        shift=shift, volunteer=volunteer
    )


def make_hours(volunteer: Volunteer, opportunity: VolunteerOpportunity, **fields: object) -> HoursEntry:
    """Two hours today."""
    given = {"on": timezone.localdate(), "hours": Decimal(2)}
    return report_hours(volunteer=volunteer, opportunity=opportunity, **{**given, **fields})
