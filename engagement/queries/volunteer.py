"""Reading volunteer work: what is offered, who comes when, and the hours that were given."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.db.models import Count, Max, Min, Q, QuerySet, Sum
from django.utils import timezone
from django.utils.formats import date_format

from core.access.viewer import PUBLIC, Viewer, visible_records
from core.documents.calendar import CalendarEntry
from core.models import StoredFile, User
from core.queries.tenant import tenant_at_work
from core.queries.viewer import viewer_for
from core.rules.sealing import unsealed
from core.web.space import absolute, space_url
from engagement.models import (
    HoursEntry,
    RegisterEntry,
    SafeguardingConcern,
    Shift,
    Volunteer,
    VolunteerCertificate,
    VolunteerOpportunity,
    VolunteerSignup,
)
from engagement.queries.theme import scopes_answering
from engagement.rules.volunteer import (
    COUNTED_HOURS,
    EXPECTED,
    HOLDING,
    LISTED,
    OPEN_STATES,
    OPPORTUNITY_TONES,
    WAITING_HOURS,
    Span,
    guard_of,
    person_findings,
    team_findings,
)
from partnerships.models import Partnership
from partnerships.rules.severity import Finding

OWN_PAGE, GUARDIAN, HOURS = "volunteer", "volunteer_guardian", "volunteer_hours"
WORDS = "safeguarding.words"
REGISTER_PURPOSE = "volunteer_register"
State = VolunteerOpportunity.State


@dataclass(frozen=True)
class OpportunityRow:
    """An opportunity as a list shows it."""

    title: str
    url: str
    host: str
    tone: str
    state: str
    coming: int
    asking: int


@dataclass(frozen=True)
class HoursTotal:
    """Confirmed hours of a volunteer and the days they lie between."""

    hours: Decimal
    since: date | None
    until: date | None


def opportunities_visible_to(viewer: Viewer) -> QuerySet[VolunteerOpportunity]:
    """Published ones of partnerships the viewer sees, the others only where they answer residents."""
    inside = visible_records(viewer, scope="partnership__scope_id", chain=["partnership__visibility"])
    own = scopes_answering(viewer, "partnership__scope_id")
    readable = Q(state__in=OPEN_STATES) | own if own else Q()
    rows = VolunteerOpportunity.objects.filter(inside & readable)
    return rows.select_related("partnership", "goal", "host__organisation", "supervisor").order_by("-number", "id")


def opportunity_list(viewer: Viewer, partnership: Partnership) -> QuerySet[VolunteerOpportunity]:
    """The visible ones of one partnership with how many are on shifts to come and how many wait for an answer."""
    ahead = Q(shifts__starts_at__gt=timezone.now())
    return (
        opportunities_visible_to(viewer)
        .filter(partnership=partnership)
        .annotate(
            coming=Count("shifts__signups", filter=ahead & Q(shifts__signups__state__in=HOLDING)),
            asking=Count("shifts__signups", filter=Q(shifts__signups__state=VolunteerSignup.State.APPLIED)),
        )
    )


def as_opportunity_row(opportunity: VolunteerOpportunity) -> OpportunityRow:
    """What the list shows of one of ``opportunity_list``."""
    return OpportunityRow(
        title=opportunity.title,
        url=space_url("opportunity_detail", slug=opportunity.partnership.slug, number=opportunity.number),
        host=opportunity.host.organisation.name,
        tone=OPPORTUNITY_TONES[opportunity.state],
        state=opportunity.get_state_display(),
        coming=opportunity.coming,  # type: ignore[attr-defined]  # annotated by opportunity_list
        asking=opportunity.asking,  # type: ignore[attr-defined]  # annotated by opportunity_list
    )


def public_opportunities(slug: str) -> QuerySet[VolunteerOpportunity]:
    """What everybody may read and sign up for in a partnership everybody may see."""
    rows = opportunities_visible_to(PUBLIC).filter(partnership__slug=slug, state__in=OPEN_STATES)
    return rows.select_related("safeguarding_lead")


def public_opportunity_url(opportunity: VolunteerOpportunity) -> str:
    """The path of the page everybody reads."""
    return space_url("public_opportunity", slug=opportunity.partnership.slug, number=opportunity.number)


def shift_words(shift: Shift) -> str:
    """Day and hours of a shift in the space's zone."""
    zone = ZoneInfo(tenant_at_work().time_zone)
    starts, ends = timezone.localtime(shift.starts_at, zone), timezone.localtime(shift.ends_at, zone)
    day = f"{date_format(starts, 'l')} {date_format(starts, 'DATE_FORMAT')}"
    return f"{day}, {starts:%H:%M}–{ends:%H:%M}"  # noqa: RUF001 - from to


def shift_calendar_entry(shift: Shift, *, stamp: datetime) -> CalendarEntry:
    """A shift for the volunteer's own calendar; ``stamp`` is the moment at which it was so."""
    opportunity, is_cancelled = shift.opportunity, bool(shift.cancelled_reason)
    return CalendarEntry(
        uid=f"shift-{shift.pk}@telaio",
        title=opportunity.title,
        starts=shift.starts_at,
        ends=shift.ends_at,
        stamp=stamp,
        sequence=int(is_cancelled),
        description=opportunity.purpose,
        place=shift.place or opportunity.place,
        url=absolute(public_opportunity_url(opportunity)),
        is_cancelled=is_cancelled,
    )


def shifts_of(opportunity: VolunteerOpportunity) -> QuerySet[Shift]:
    """All shifts with how many hold a place, ``taken``, the next first."""
    return opportunity.shifts.annotate(taken=_taken()).order_by("starts_at", "id")


def shifts_ahead(opportunity: VolunteerOpportunity, *, now: datetime) -> QuerySet[Shift]:
    """Those people can still sign up for."""
    return shifts_of(opportunity).filter(starts_at__gt=now, cancelled_reason="")


def _taken() -> Count:
    return Count("signups", filter=Q(signups__state__in=HOLDING))


def signups_of(opportunity: VolunteerOpportunity) -> QuerySet[VolunteerSignup]:
    """Everybody on the roster of an opportunity, by shift and arrival."""
    rows = VolunteerSignup.objects.filter(shift__opportunity=opportunity, state__in=[*LISTED, "no_show"])
    return rows.select_related("volunteer", "shift__opportunity").order_by("shift__starts_at", "shift_id", "position")


def signups_on(shift: Shift) -> QuerySet[VolunteerSignup]:
    """Everybody on one shift, in the order of arrival."""
    rows = VolunteerSignup.objects.filter(shift=shift, state__in=LISTED).select_related("volunteer")
    return rows.order_by("position")


def signups_to_remind(*, since: datetime, until: datetime) -> QuerySet[VolunteerSignup]:
    """Who was taken onto a shift that begins within a time and is not called off, for a reminder."""
    rows = VolunteerSignup.objects.filter(
        state__in=EXPECTED, shift__starts_at__gte=since, shift__starts_at__lt=until, shift__cancelled_reason=""
    )
    return rows.select_related("volunteer__partnership", "shift__opportunity__partnership").order_by(
        "shift", "position"
    )


def findings_of(signup: VolunteerSignup) -> list[Finding]:
    """What one volunteer lacks for their shift."""
    shift = signup.shift
    guard = guard_of(shift.opportunity)
    return person_findings(guard, signup.volunteer, starts_at=shift.starts_at, ends_at=shift.ends_at)


def team_findings_on(shift: Shift, *, plus: Volunteer | None = None) -> list[Finding]:
    """What a shift's team lacks, with somebody more on it."""
    more = [] if plus is None else [plus]
    return findings_of_team(shift, [*(one.volunteer for one in signups_on(shift).filter(state__in=HOLDING)), *more])


def findings_of_team(shift: Shift, team: Iterable[Volunteer]) -> list[Finding]:
    """What a shift lacks with these people on it."""
    people = {one.pk: one for one in team}
    minors = sum(one.is_minor for one in people.values())
    return team_findings(guard_of(shift.opportunity), adults=len(people) - minors, minors=minors)


def volunteers_of(partnership: Partnership) -> QuerySet[Volunteer]:
    """The volunteers of a partnership by name, with their confirmed hours, ``given``; who left comes last."""
    given = Sum("hours__hours", filter=Q(hours__state=HoursEntry.State.VERIFIED))
    return Volunteer.objects.filter(partnership=partnership).annotate(given=given).order_by("left_on", "name", "id")


def signups_of_volunteer(volunteer: Volunteer) -> QuerySet[VolunteerSignup]:
    """The volunteer's own shifts, the newest first."""
    rows = VolunteerSignup.objects.filter(volunteer=volunteer).select_related("shift__opportunity")
    return rows.order_by("-shift__starts_at", "id")


def hours_of(volunteer: Volunteer) -> QuerySet[HoursEntry]:
    """The volunteer's own hours, the newest first; those a correction replaced are not in it."""
    rows = HoursEntry.objects.filter(volunteer=volunteer, corrections=None).select_related("opportunity")
    return rows.order_by("-on", "-pk")


def hours_waiting(volunteer: Volunteer) -> QuerySet[HoursEntry]:
    """The volunteer's own hours that nobody confirmed yet, which the volunteer can still put right."""
    return hours_of(volunteer).filter(state__in=WAITING_HOURS)


def hours_to_settle(opportunity: VolunteerOpportunity) -> QuerySet[HoursEntry]:
    """Hours that wait for the host, and those with a question."""
    rows = HoursEntry.objects.filter(opportunity=opportunity, corrections=None)
    return rows.filter(state__in=WAITING_HOURS).select_related("volunteer").order_by("on", "pk")


def opportunities_of_volunteer(volunteer: Volunteer) -> QuerySet[VolunteerOpportunity]:
    """The work somebody was taken on for, by name: what hours can be said for."""
    rows = VolunteerOpportunity.objects.filter(
        shifts__signups__volunteer=volunteer, shifts__signups__state__in=HOLDING
    ).distinct()
    return rows.select_related("partnership").order_by("title", "id")


def spans_of(volunteer: Volunteer, *, without: Iterable[uuid.UUID] = ()) -> list[Span]:
    """The hours that count already, in all partnerships' work of this volunteer."""
    rows = HoursEntry.objects.filter(volunteer=volunteer, state__in=COUNTED_HOURS, corrections=None)
    return [Span(*one) for one in rows.exclude(pk__in=list(without)).values_list("on", "hours", "begins")]


def total_of(volunteer: Volunteer) -> HoursTotal:
    """Confirmed hours alone (R-F19)."""
    rows = HoursEntry.objects.filter(volunteer=volunteer, state=HoursEntry.State.VERIFIED, corrections=None)
    found = rows.aggregate(hours=Sum("hours", default=Decimal(0)), since=Min("on"), until=Max("on"))
    return HoursTotal(**found)


def work_of(volunteer: Volunteer) -> QuerySet[VolunteerOpportunity]:
    """What the volunteer gave confirmed hours to."""
    rows = VolunteerOpportunity.objects.filter(
        hours__volunteer=volunteer, hours__state=HoursEntry.State.VERIFIED
    ).distinct()
    return rows.select_related("host__organisation", "partnership").order_by("number", "id")


def certificate_with_code(code: str) -> VolunteerCertificate | None:
    """The certificate of a printed code, in the tenant at work."""
    return VolunteerCertificate.objects.filter(code=code).select_related("volunteer__partnership", "pdf").first()


def concerns_for(user: User) -> QuerySet[SafeguardingConcern]:
    """The concerns somebody is the named lead of, the newest first. There is no other way to a concern."""
    rows = SafeguardingConcern.objects.filter(lead=user).select_related("partnership")
    return rows.defer("sealed_words").order_by("-raised_on", "id")


def lead_of(opportunity: VolunteerOpportunity) -> User | None:
    """Whoever is named for worries about safety, while they have a role in the space: without one they read nothing."""
    lead = opportunity.safeguarding_lead
    return lead if lead is not None and viewer_for(lead).roles else None


def is_named_lead(user: User, partnership: Partnership) -> bool:
    """Whether somebody is named for worries about safety in a partnership's work; says nothing of there being any."""
    return VolunteerOpportunity.objects.filter(partnership=partnership, safeguarding_lead=user).exists()


def words_of_concern(concern: SafeguardingConcern) -> str:
    """The words, for one of ``concerns_for`` the reader."""
    return unsealed(concern.sealed_words, purpose=WORDS)


def volunteer_register_of(partnership: Partnership) -> QuerySet[RegisterEntry]:
    """The register of volunteers of a partnership's hosts, line by line."""
    rows = RegisterEntry.objects.filter(host__partnership=partnership)
    return rows.select_related("host__organisation", "opportunity").order_by("host_id", "number")


def file_of_register(partnership: Partnership) -> StoredFile | None:
    """The newest document of the register, if one was made."""
    rows = StoredFile.objects.filter(purpose=REGISTER_PURPOSE, scope_id=partnership.scope_id)
    return rows.order_by("-pk").first()
