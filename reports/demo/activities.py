"""Activities and volunteers of the demo: one closed loop, one just held, one to come that is nearly full, shifts."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from core.access.visibility import Visibility
from engagement.models import CardCount, EngagementActivity, Level, VolunteerOpportunity
from engagement.operations.activity import (
    add_quote,
    announce_activity,
    answer_activity,
    close_activity,
    hold_activity,
    plan_activity,
    publish_summary,
)
from engagement.operations.activity_day import check_in, choose_communities
from engagement.operations.activity_registration import register
from engagement.operations.hours import confirm_hours, report_hours
from engagement.operations.safeguarding import raise_concern
from engagement.operations.volunteer import (
    VolunteerTerms,
    accept_signup,
    change_file,
    confirm_signup,
    settle_signup,
    sign_up,
)
from engagement.operations.volunteer_opportunity import add_shift, offer_work, publish_work
from engagement.operations.volunteer_register import enter_in_register
from engagement.queries.activity import themes_to_name
from partnerships.models import Partnership
from partnerships.queries.meeting import speakers_of
from reports.demo.activity_words import WORDS, ActivityWords, WorkWords
from reports.demo.clock import day, on_day
from reports.demo.people import Cast
from stakeholders.models import ReferenceProfile

CARDS = (9, 8, 6, 2)


@dataclass(frozen=True)
class Days:
    """When an activity was announced and when it takes place, in days from today."""

    announced: int
    held: int


CLOSED, HELD, AHEAD = Days(-110, -80), Days(-24, -6), Days(-12, 11)
MINUTES = timedelta(hours=2)


def bring_in_activities(cast: Cast) -> None:
    """Three activities in the first public partnership of a space, and volunteer work in one of its others."""
    words = WORDS[cast.space.language]
    partnership = cast.partnerships[words.slug]
    if partnership.visibility != Visibility.PUBLIC:
        return
    _closed(cast, partnership, words.closed)
    _held(cast, partnership, words.held)
    _ahead(cast, partnership, words.ahead)
    _planned(cast, partnership, words.planned)
    _work(cast, cast.partnerships[words.work.slug], words.work)


def _announced(
    cast: Cast, partnership: Partnership, words: ActivityWords, days: Days, **fields: object
) -> EngagementActivity:
    starts = day(days.held) + timedelta(hours=8)
    with on_day(days.announced) as moment:
        activity = plan_activity(
            partnership=partnership,
            by=cast.coordinator,
            title=words.title,
            question=words.question,
            what_is_open=words.open,
            what_is_fixed=words.fixed,
            who_decides=words.who,
            place=words.place,
            starts_at=starts,
            ends_at=starts + MINUTES,
            step_free=EngagementActivity.StepFree.YES,
            **fields,
        )
        return announce_activity(activity=activity, by=cast.coordinator, now=moment)[0]


def _come(cast: Cast, activity: EngagementActivity, people: tuple[tuple[str, int, str], ...], days: Days) -> None:
    for number, (name, count, need) in enumerate(people):
        with on_day(days.announced + 1 + number % 4) as moment:
            register(
                activity=activity,
                name=name,
                people=count,
                access_needs=need,
                phone=f"0555 01{number:02d}" if number % 3 == 0 else "",
                email=f"{name.split()[0].lower()}{number}@posta.example" if number % 3 else "",
                language=cast.space.language,
                nonce=f"demo-{number}",
                sent_from=f"demo-{activity.number}-{number}",
                now=moment,
            )


def _said(cast: Cast, activity: EngagementActivity, words: ActivityWords, days: Days) -> None:
    for registration in activity.registrations.filter(state="going").order_by("position"):
        check_in(registration=registration, people=registration.people, by=cast.coordinator, now=day(days.held))
    with on_day(days.held + 1) as moment:
        hold_activity(activity=activity, head_count=words.came, by=cast.coordinator, now=moment)
    if words.summary:
        with on_day(days.held + 3) as moment:
            publish_summary(
                activity=activity,
                summary=words.summary,
                names_checked=True,
                by=cast.coordinator,
                today=moment.date(),
            )
            for quote in words.quotes:
                add_quote(activity=activity, words=quote, has_consent=True, by=cast.coordinator)


def _closed(cast: Cast, partnership: Partnership, words: ActivityWords) -> None:
    activity = _announced(cast, partnership, words, CLOSED, kind="community_meeting", level=Level.LISTENING)
    _come(cast, activity, words.people, CLOSED)
    ages = ReferenceProfile.objects.filter(dimension="age_band").order_by("-year").first()
    if ages is not None:
        choose_communities(activity=activity, age=ages, area=None, by=cast.coordinator)
        for position, count in enumerate(CARDS, start=1):
            CardCount.objects.filter(activity=activity, position=position).update(count=count)
    _said(cast, activity, words, CLOSED)
    theme = themes_to_name(partnership).first()
    if theme is not None:
        with on_day(CLOSED.held + 21) as moment:
            answer_activity(activity=activity, theme=theme, by=cast.coordinator, today=moment.date())
            close_activity(activity=activity, by=cast.coordinator, today=moment.date())


def _held(cast: Cast, partnership: Partnership, words: ActivityWords) -> None:
    activity = _announced(cast, partnership, words, HELD, kind="walk", level=Level.SHAPING)
    _come(cast, activity, words.people, HELD)
    _said(cast, activity, words, HELD)


def _ahead(cast: Cast, partnership: Partnership, words: ActivityWords) -> None:
    activity = _announced(
        cast, partnership, words, AHEAD, kind="workshop", level=Level.SHAPING, capacity=8, has_childcare=True,
        languages=words.languages, other_ways=words.other_ways, target_groups=words.groups,
    )  # fmt: skip
    _come(cast, activity, words.people, AHEAD)


def _planned(cast: Cast, partnership: Partnership, words: ActivityWords) -> None:
    plan_activity(
        partnership=partnership, by=cast.coordinator, title=words.title, question=words.question, kind="assembly",
        level=Level.DECIDING,
    )  # fmt: skip


def _work(cast: Cast, partnership: Partnership, words: WorkWords) -> None:
    speaker = speakers_of(partnership).filter(person__in=cast.people.values()).first()
    if speaker is None:
        return
    with on_day(-40):
        work = offer_work(
            partnership=partnership,
            by=cast.coordinator,
            title=words.title,
            purpose=words.purpose,
            tasks=words.tasks,
            place=words.place,
            time_needed=words.time,
            refunds_policy=words.refunds,
            skills=words.skills,
            host=speaker.member,
            supervisor=speaker.person,
            safeguarding_lead=cast.coordinator,
            contact_with_people_at_risk=VolunteerOpportunity.Contact.OCCASIONAL,
            is_insured=True,
            insured_until=day(300).date(),
            needs_training=True,
            keeps_register=True,
        )
        publish_work(opportunity=work, by=cast.coordinator)
        shifts = [
            add_shift(opportunity=work, by=cast.coordinator, starts_at=day(offset), ends_at=day(offset) + MINUTES)
            for offset in (-6, 4, 9)
        ]
    for number, name in enumerate(words.volunteers):
        with on_day(-20 + number) as moment:
            volunteer = sign_up(
                opportunity=work,
                shifts=[shifts[0].pk, shifts[1 + number % 2].pk],
                terms=VolunteerTerms(name=name, email=f"{name.split()[0].lower()}@posta.example"),
                language=cast.space.language,
                sent_from=f"demo-work-{number}",
                now=moment,
            )
        if number == len(words.volunteers) - 1:
            continue
        change_file(volunteer=volunteer, by=cast.coordinator, trained_on=day(-12).date())
        for signup in volunteer.signups.order_by("shift__starts_at"):
            confirm_signup(signup=accept_signup(signup=signup, by=cast.coordinator))
        first = volunteer.signups.order_by("shift__starts_at")[0]
        settle_signup(signup=first, was_there=True, by=cast.coordinator)
        entry = report_hours(
            volunteer=volunteer, opportunity=work, shift=shifts[0], on=day(-6).date(), hours=Decimal(2 + number * 11)
        )
        if number == 0:
            confirm_hours(entry=entry)
            enter_in_register(
                volunteer=volunteer, opportunity=work, starts_on=day(-6).date(), by=cast.coordinator,
                born=words.born, residence=words.residence,
            )  # fmt: skip
    raise_concern(opportunity=work, text=words.concern, sent_from="demo-concern")
