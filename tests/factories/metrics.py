"""The smallest valid indicator and measurement."""

from datetime import date
from decimal import Decimal
from typing import Any

from metrics.models import Indicator, Measurement
from metrics.operations.indicator import define_indicator
from metrics.operations.measurement import record_measurement
from partnerships.models import Partnership, PartnershipMember, Representative
from stakeholders.models import Stakeholder

Q1 = (date(2026, 1, 1), date(2026, 3, 31))
Q2 = (date(2026, 4, 1), date(2026, 6, 30))


def make_indicator(partnership: Partnership, code: str = "", **fields: Any) -> Indicator:
    """An indicator counted every three months, visible to partners."""
    fields.setdefault("name_en", "Families reached")
    return define_indicator(partnership=partnership, code=code, by=None, **fields)


def make_measurement(
    indicator: Indicator, value: Any = None, *, period: tuple[date, date] = Q1, by: Any = None, **fields: Any
) -> Measurement:
    """A value that waits for a second person."""
    if value is not None:
        fields["value"] = Decimal(value)
    return record_measurement(
        indicator=indicator, period_starts_on=period[0], period_ends_on=period[1], by=by, **fields
    )


def make_speaking_member(partnership: Partnership, user: Any, name: str = "Cooperativa Ponte") -> PartnershipMember:
    """A member organisation with a person who has an account and speaks for it."""
    organisation = Stakeholder.objects.create(name=name, sort_name=name.lower(), search_text=name.lower())
    person = Stakeholder.objects.create(
        kind="person",
        name=user.name or user.email,
        sort_name=user.email,
        search_text=user.email,
        email=user.email,
        user=user,
    )
    member = PartnershipMember.objects.create(partnership=partnership, organisation=organisation, state="member")
    Representative.objects.create(member=member, person=person)
    return member
