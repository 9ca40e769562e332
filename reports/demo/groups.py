"""Values by groups in the demo: an open desk kept by several partners for more than a year, and who came there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from core.access.visibility import Visibility
from goals.models import Goal
from metrics.models import Cut, Indicator, Measurement
from metrics.operations.breakdown import add_cut, break_down
from metrics.operations.happening import note_happening, state_overlap
from metrics.operations.indicator import define_indicator
from metrics.operations.measurement import record_measurement, verify_measurement
from metrics.operations.reporter import name_reporters
from metrics.operations.target import set_target
from metrics.rules.breakdown import Part
from metrics.rules.cut import Group, usual_groups
from partnerships.models import Partnership, PartnershipMember
from partnerships.queries.member import active_members
from reports.demo.clock import day, on_day
from reports.demo.people import Cast
from reports.demo.results import month_before
from reports.demo.story import Story

# Visits of one partner by month, the oldest first: a second desk opens after the eighth.
VISITS = (41, 38, 44, 40, 37, 43, 39, 42, 55, 61, 58, 63, 60, 66)
# Of each hundred visits, by age; the last are those of whom it is not known.
AGES = (4, 21, 33, 29, 9)
# The day the indicator was defined.
BEGUN = -190
BROKEN_DOWN, MONTHS_OF_PEOPLE = 6, 3
PEOPLE = ((46, 31), (52, 34), (57, 38))


@dataclass(frozen=True)
class Place:
    """Where a desk is kept, by whom, and the areas people come from."""

    slug: str
    members: tuple[str, str]
    areas: tuple[str, ...]


PLACES = (
    Place("scuola-lavoro", ("istituto", "artigiani"), ("Borgo San Lento", "Montefosco", "Frazioni a monte")),
    Place("first-job", ("academy", "council"), ("Old harbour", "Hill side", "Upper valley")),
)


def bring_in_groups(cast: Cast, story: Story, goals: Sequence[Goal]) -> None:
    """The desk's visits by age and place, what happened beside them, how many came, and for whom a goal works."""
    place = next((one for one in PLACES if one.slug == story.slug), None)
    if place is None:
        return
    _shares(cast, goals[0])
    partnership = cast.partnerships[story.slug]
    members = [cast.members[story.slug, key] for key in place.members]
    visits = _visits(cast, partnership)
    cuts = _cuts(cast, visits, place)
    for number, count in enumerate(VISITS):
        months_ago = len(VISITS) - number
        # The second partner joins with the second desk and is late with the last month.
        given = [count] if months_ago > BROKEN_DOWN or months_ago == 1 else [count - 18, 24]
        for member, value in zip(members, given, strict=False):
            row = _record(cast, visits, member, value, months_ago)
            if months_ago <= BROKEN_DOWN:
                _break_down(cast, row, cuts, months_ago)
            if months_ago > 1:
                _verify(cast, row)
    with on_day(-5) as moment:
        opened = month_before(BROKEN_DOWN)[0]
        note_happening(
            indicator=visits,
            title_en="Second desk opened",
            title_it="Aperto il secondo sportello",
            happened_on=opened,
            by=cast.coordinator,
            today=moment.date(),
        )
    with on_day(-95) as moment:
        # A third one was asked too, and has not said anything yet.
        third = next((one for one in active_members(partnership) if one not in members), None)
        name_reporters(
            indicator=visits,
            members=[*members, *([third] if third else [])],
            since=month_before(2)[0],
            by=cast.coordinator,
            today=moment.date(),
        )
    _people(cast, partnership, members)


def _shares(cast: Cast, goal: Goal) -> None:
    """The last verified values of a goal by gender."""
    rows = Measurement.objects.filter(indicator=goal.indicator, state=Measurement.State.VERIFIED)
    with on_day(-150):
        cut = add_cut(
            indicator=goal.indicator,
            kind=Cut.Kind.GENDER,
            groups=usual_groups(Cut.Kind.GENDER)[:2],
            by=cast.coordinator,
        )
    for row in rows.filter(numerator__isnull=False).order_by("-period_ends_on")[:2]:
        part, whole = int(row.numerator or 0), int(row.denominator or 0)
        women = Part(part * 11 // 20, whole // 2)
        with on_day(_since(row.period_ends_on) + 11):
            break_down(
                measurement=row, parts={cut: [women, Part(part - women.count, whole // 2), None]}, by=cast.coordinator
            )
        _verify(cast, row, days=12)


def _visits(cast: Cast, partnership: Partnership) -> Indicator:
    with on_day(BEGUN) as moment:
        indicator = define_indicator(
            partnership=partnership,
            by=cast.coordinator,
            name_en="Visits to the open desk",
            name_it="Accessi allo sportello",
            definition_en="Each visit counts, also when the same person comes again.",
            definition_it="Conta ogni accesso, anche se la stessa persona torna.",
            unit=Indicator.Unit.COUNT,
            unit_label_en="visits",
            unit_label_it="accessi",
            baseline_value=Decimal(40),
            baseline_on=month_before(len(VISITS) + 1)[1],
            frequency=Indicator.Frequency.MONTHLY,
            source_en="Desk register",
            source_it="Registro dello sportello",
            visibility=Visibility.PARTNERS,
        )
        set_target(
            indicator=indicator, value=Decimal(70), due_on=day(90).date(), by=cast.coordinator, today=moment.date()
        )
    return indicator


def _cuts(cast: Cast, visits: Indicator, place: Place) -> list[Cut]:
    with on_day(BEGUN + 1):
        ages = add_cut(indicator=visits, kind=Cut.Kind.AGE, groups=usual_groups(Cut.Kind.AGE)[1:], by=cast.coordinator)
        areas = [Group(name, name, Decimal(25)) for name in place.areas]
        return [ages, add_cut(indicator=visits, kind=Cut.Kind.AREA, groups=areas, by=cast.coordinator)]


def _record(cast: Cast, indicator: Indicator, member: PartnershipMember, value: int, months_ago: int) -> Measurement:
    starts_on, ends_on = month_before(months_ago)
    with on_day(_typed(ends_on)):
        return record_measurement(
            indicator=indicator,
            member=member,
            period_starts_on=starts_on,
            period_ends_on=ends_on,
            value=Decimal(value),
            by=cast.coordinator,
        )


def _break_down(cast: Cast, row: Measurement, cuts: Sequence[Cut], months_ago: int) -> None:
    whole = int(row.value or 0)
    ages = [whole * share // 100 for share in AGES[: len(AGES) - 1]]
    near = whole * (5 - months_ago % 2) // 10
    far = whole // 4
    # Now and then nobody asked where a visitor came from.
    unasked = months_ago % 3
    parts: dict[Cut, list[Any]] = {cuts[0]: _parts(ages), cuts[1]: _parts([near, whole - near - far - unasked, far])}
    with on_day(_typed(row.period_ends_on) + 1):
        break_down(measurement=row, parts=parts, by=cast.coordinator)


def _parts(counts: Sequence[int]) -> list[Part | None]:
    return [*(Part(count) for count in counts), None]


def _verify(cast: Cast, row: Measurement, *, days: int = 9) -> None:
    with on_day(_typed(row.period_ends_on) + days):
        verify_measurement(measurement=row, by=cast.evaluator)


def _people(cast: Cast, partnership: Partnership, members: Sequence[PartnershipMember]) -> None:
    with on_day(-120):
        people = define_indicator(
            partnership=partnership,
            by=cast.coordinator,
            name_en="Young people reached",
            name_it="Giovani raggiunti",
            unit=Indicator.Unit.UNIQUE_PEOPLE,
            frequency=Indicator.Frequency.MONTHLY,
            deduplication_en="Each partner counts a person once a month, by initials and year of birth",
            deduplication_it="Ogni partner conta una persona una volta al mese, per iniziali e anno di nascita",
            visibility=Visibility.PARTNERS,
        )
    for number, values in enumerate(PEOPLE):
        months_ago = MONTHS_OF_PEOPLE - number
        for member, value in zip(members, values, strict=True):
            _record(cast, people, member, value, months_ago)
    starts_on, ends_on = month_before(2)
    with on_day(_since(ends_on) + 12):
        state_overlap(
            indicator=people,
            period_starts_on=starts_on,
            period_ends_on=ends_on,
            people=9,
            how_known="Elenchi confrontati per iniziali e anno di nascita, poi distrutti"
            if cast.space.language == "it"
            else "Lists compared by initials and year of birth, then destroyed",
            by=cast.coordinator,
        )


def _typed(ends_on: date) -> int:
    """A few days after the month; the months before the desk had an indicator were typed in from its register."""
    return max(_since(ends_on) + 3, BEGUN + 2)


def _since(ends_on: date) -> int:
    return (ends_on - day(0).date()).days
