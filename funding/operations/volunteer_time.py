"""Writing confirmed hours of volunteers down as a gift in kind."""

from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from core.models import User
from core.operations.audit import record
from funding.models import FundingSource, ValuedHours
from funding.operations.source import add_source
from funding.queries.volunteer_time import hours_to_value
from funding.rules.source import Kind, Status
from funding.rules.volunteer_time import MOST_RATE_CENTS, value_of_time
from goals.models import Goal
from partnerships.models import Partnership


@transaction.atomic
def value_volunteer_time(
    *,
    partnership: Partnership,
    since: date,
    until: date,
    rate_cents: int,
    valued_by: str,
    by: User,
    goal: Goal | None = None,
    today: date | None = None,
) -> FundingSource:
    """A secured gift in kind of all confirmed hours of a period that no other gift holds, at a pay in cents an hour.

    It never adds to money (R-F15). Raises ValidationError for a period out of order, for a pay of nothing or of more
    than ``MOST_RATE_CENTS``, where no confirmed hour is left, and like ``add_source``, also without who valued the
    time and how.
    """
    if not 0 < rate_cents <= MOST_RATE_CENTS:
        raise ValidationError({"rate_cents": _("Write what one hour is worth, ten thousand at the most.")})
    if until < since:
        raise ValidationError({"until": _("The last day cannot come before the first.")})
    Partnership.objects.select_for_update().get(pk=partnership.pk)
    entries = list(hours_to_value(partnership, since=since, until=until, goal=goal))
    if not entries:
        raise ValidationError({"since": _("In this time no confirmed hours are left to value.")})
    hours = sum((entry.hours for entry in entries), Decimal(0))
    people = len({entry.volunteer_id for entry in entries})
    source = add_source(
        partnership=partnership,
        by=by,
        today=today,
        kind=Kind.IN_KIND,
        name=_("Volunteers' time: %(hours)s hours") % {"hours": number_format(hours.normalize())},
        amount_cents=value_of_time(hours, rate_cents),
        valued_by=valued_by,
        goal=goal,
        status=Status.SECURED,
        decided_on=until,
        note=_("Confirmed hours of %(people)d volunteers, %(since)s to %(until)s.")
        % {"people": people, "since": since.isoformat(), "until": until.isoformat()},
    )
    ValuedHours.objects.bulk_create(ValuedHours(source=source, hours_entry=entry) for entry in entries)
    changes = {"entries": len(entries), "hours": str(hours)}
    record("funding.time_valued", source, by=by, scope_id=partnership.scope_id, changes=changes)
    return source
