"""The early-warning signals that partnerships know by themselves (domain 11)."""

import uuid
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Max, Min, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.access.permissions import Permission
from core.access.viewer import Viewer
from core.access.visibility import Visibility
from core.models import AccessLink, AuditEvent
from core.web.dates import day_words
from core.web.space import space_url
from partnerships.early_signs import Facts, Found, Named, SignalRule, register_signal_rule
from partnerships.models import (
    AgreementVersion,
    Attendance,
    Decision,
    Meeting,
    Minutes,
    Partnership,
    PartnershipMember,
)
from partnerships.queries.agreement import versions_visible_to
from partnerships.queries.communication import silent_partnerships
from partnerships.queries.member import members_visible_to
from partnerships.queries.representative import active_representatives
from partnerships.rules.meeting import WITH_MINUTES
from partnerships.rules.member import GONE
from partnerships.rules.signal import (
    ABSENCES,
    AGREEMENT_DAYS,
    MEETINGS_LOOKED_AT,
    MINUTES_LATE_TIMES,
    QUIET_DAYS,
    Challenge,
    absent_in_a_row,
    are_unheard,
    minutes_late,
    quiet_since,
)
from partnerships.rules.voices import Standing

Version = AgreementVersion.State
YEAR = timedelta(days=365)
Taken = Decision.State
TAKEN = (Taken.DECIDED, Taken.IN_FORCE, Taken.REVIEWED, Taken.SUPERSEDED, Taken.REVOKED)
ENDED = (Meeting.State.MINUTES_DRAFT, *WITH_MINUTES)


def member_names(viewer: Viewer, ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Named]:
    """The organisations of some memberships, with the page of each."""
    rows = members_visible_to(viewer).filter(pk__in=ids)
    return {
        row.pk: Named(row.organisation.name, space_url("member_detail", slug=row.partnership.slug, member_id=row.pk))
        for row in rows
    }


def agreement_names(viewer: Viewer, ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Named]:
    """The titles of some agreements of which the viewer may read a version."""
    rows = versions_visible_to(viewer).filter(agreement_id__in=ids)
    return {
        version.agreement_id: Named(
            version.agreement.title,
            space_url("agreement_detail", slug=version.agreement.partnership.slug, number=version.agreement.number),
        )
        for version in rows
    }


def rhythm_missed(partnerships: Collection[Partnership], *, today: date) -> Iterator[Found]:
    """Partnerships at work that told nothing for one and a half of their rhythm (R-C9)."""
    rows = Partnership.objects.filter(pk__in=[one.pk for one in partnerships], state=Partnership.State.ACTIVE)
    for missed in silent_partnerships(rows, today=today):
        yield Found(missed.partnership_id, {"days": missed.days})


def late_minutes(partnerships: Collection[Partnership], *, today: date) -> Iterator[Found]:
    """Partnerships in which the minutes of two of the last four meetings were more than ten days late."""
    first = Minutes.objects.filter(meeting=OuterRef("pk")).order_by().values("meeting")
    rows = Meeting.objects.filter(
        partnership__in=partnerships,
        state__in=[Meeting.State.HELD, *ENDED],
        visibility__gte=Visibility.PARTNERS,
        starts_at__date__range=(today - YEAR, today),
    ).annotate(sent_at=Subquery(first.annotate(first=Min("circulated_at")).values("first")))
    meetings: dict[uuid.UUID, list[tuple[date, date | None]]] = defaultdict(list)
    for key, starts_at, sent_at in rows.order_by("-starts_at", "id").values_list(
        "partnership_id", "starts_at", "sent_at"
    ):
        meetings[key].append((timezone.localdate(starts_at), timezone.localdate(sent_at) if sent_at else None))
    for key, held in meetings.items():
        looked_at = held[:MEETINGS_LOOKED_AT]
        late = minutes_late(looked_at, today=today)
        if late >= MINUTES_LATE_TIMES:
            yield Found(key, {"late": late, "of": len(looked_at)})


def absent_members(partnerships: Collection[Partnership], *, today: date) -> Iterator[Found]:
    """Members that nobody spoke for at the last three meetings they were asked to."""
    rows = Attendance.objects.filter(
        meeting__partnership__in=partnerships,
        meeting__state__in=ENDED,
        meeting__visibility__gte=Visibility.PARTNERS,
        meeting__starts_at__date__range=(today - YEAR, today),
        member__isnull=False,
    ).exclude(member__state__in=GONE)
    there: dict[tuple[uuid.UUID, uuid.UUID], dict[uuid.UUID, bool]] = defaultdict(dict)
    columns = ("meeting__partnership_id", "member_id", "meeting_id", "presence")
    for key, member_id, meeting_id, presence in rows.order_by("-meeting__starts_at", "meeting_id").values_list(
        *columns
    ):
        held = there[key, member_id]
        held[meeting_id] = held.get(meeting_id, False) or presence == Attendance.Presence.PRESENT
    for (key, member_id), held in there.items():
        missed = absent_in_a_row(list(held.values()))
        if missed >= ABSENCES:
            yield Found(key, {"meetings": missed}, member_id)


def quiet_members(partnerships: Collection[Partnership], *, today: date) -> Iterator[Found]:
    """Members whose people neither signed in nor used a mailed link nor came to a meeting for sixty days."""
    members = {
        member.pk: member
        for member in PartnershipMember.objects.filter(
            partnership__in=partnerships, state=PartnershipMember.State.MEMBER
        )
    }
    signs = _signs_of_life(list(members), today=today)
    for key, member in members.items():
        begun = member.joined_on or timezone.localdate(member.created_at)
        days = (today - quiet_since(signs[key], since=begun)).days
        if days >= QUIET_DAYS:
            yield Found(member.partnership_id, {"days": days}, key)


def _signs_of_life(member_ids: list[uuid.UUID], *, today: date) -> dict[uuid.UUID, list[date | None]]:
    speaking = active_representatives().filter(member__in=member_ids).order_by()
    columns = ("member_id", "person_id", "person__user_id", "person__user__last_login")
    people: list[tuple[Any, ...]] = list(speaking.values_list(*columns))
    by_link = AccessLink.objects.filter(person_id__in={person_id for _member, person_id, *_account in people})
    links = dict(by_link.order_by().values_list("person_id").annotate(last=Max("last_used_at")))
    # What was done since then is enough to know; a longer look back would read the whole history.
    since = timezone.make_aware(datetime.combine(today - timedelta(days=QUIET_DAYS - 1), time()))
    accounts = {user_id for *_ids, user_id, _login in people if user_id}
    done = AuditEvent.objects.filter(at__gte=since, actor__in=accounts)
    acts = dict(done.order_by().values_list("actor_id").annotate(last=Max("at")))
    met = Attendance.objects.filter(member__in=member_ids, presence=Attendance.Presence.PRESENT)
    meetings = dict(met.order_by().values_list("member_id").annotate(last=Max("meeting__starts_at")))
    found: dict[uuid.UUID, list[date | None]] = defaultdict(list)
    for member_id, moment in meetings.items():
        found[member_id].append(timezone.localdate(moment))
    for member_id, person_id, user_id, last_login in people:
        moments = (last_login, links.get(person_id), acts.get(user_id))
        found[member_id] += [timezone.localdate(moment) for moment in moments if moment]
    return found


def ending_agreements(partnerships: Collection[Partnership], *, today: date) -> Iterator[Found]:
    """Agreements that end within ninety days, or ended as lately with nothing in their place (R-A6, R-A7)."""
    span = timedelta(days=AGREEMENT_DAYS)
    rows = AgreementVersion.objects.filter(
        agreement__partnership__in=partnerships,
        state__in=[Version.IN_FORCE, Version.EXPIRED],
        valid_to__range=(today - span, today + span),
    ).exclude(renewal=AgreementVersion.Renewal.TACIT)
    later = AgreementVersion.objects.filter(
        agreement=OuterRef("agreement"), state=Version.IN_FORCE, number__gt=OuterRef("number")
    )
    rows = rows.annotate(later=Subquery(later.order_by().values("pk")[:1])).filter(later=None)
    ordered = rows.select_related("agreement").order_by("number", "id")
    newest = {version.agreement_id: version for version in ordered}
    for version in newest.values():
        if version.valid_to is not None:
            facts: Facts = {"days": (version.valid_to - today).days, "on": version.valid_to.isoformat()}
            level = min(Visibility.PARTNERS, version.agreement.visibility)
            yield Found(version.agreement.partnership_id, facts, version.agreement_id, level)


def without_deputy(partnerships: Collection[Partnership], *, today: date) -> Iterator[Found]:
    """Partnerships that somebody coordinates and nobody could stand in for; the day makes no difference."""
    rows = Partnership.objects.filter(pk__in=[one.pk for one in partnerships], coordinator__isnull=False)
    for key in rows.filter(Q(deputy=None) | Q(deputy__is_active=False)).order_by("pk").values_list("pk", flat=True):
        yield Found(key)


def unheard_people(partnerships: Collection[Partnership], *, today: date) -> Iterator[Found]:
    """Partnerships that decided without the people affected, by the picture kept with each decision of a year.

    Decisions taken before anybody affected was on the map say nothing of them.
    """
    rows = Decision.objects.filter(
        partnership__in=partnerships,
        decided_on__range=(today - YEAR, today),
        state__in=TAKEN,
    ).order_by("partnership_id", "id")
    heard: dict[uuid.UUID, list[bool]] = defaultdict(list)
    for key, voices in rows.values_list("partnership_id", "voices"):
        if affected := voices.get("affected"):
            heard[key].append(any(standing != Standing.MISSING for _name, standing in affected))
    for key, told in heard.items():
        if are_unheard(heard=sum(told), decisions=len(told)):
            yield Found(key, {"heard": sum(told), "decisions": len(told), "missed": len(told) - sum(told)})


def _unheard_words(facts: Facts, _name: str) -> str:
    words = _("People affected were there or heard at %(heard)d of the last %(decisions)d decisions.")
    return words % facts


def _rhythm_words(facts: Facts, _name: str) -> str:
    days = int(facts["days"])
    words = ngettext("Nothing was told for %(days)d day.", "Nothing was told for %(days)d days.", days)
    return words % {"days": days}


def _minutes_words(facts: Facts, _name: str) -> str:
    return _("The minutes of %(late)d of the last %(of)d meetings went round late.") % facts


def _absent_words(facts: Facts, name: str) -> str:
    words = _("%(name)s was missed at the last %(meetings)d meetings.")
    return words % {"name": name, "meetings": facts["meetings"]}


def _quiet_words(facts: Facts, name: str) -> str:
    words = _("There was no word from %(name)s for %(days)d days.")
    return words % {"name": name, "days": facts["days"]}


def _ending_words(facts: Facts, name: str) -> str:
    day = day_words(date.fromisoformat(str(facts["on"])), "DATE_FORMAT")
    words = _("“%(name)s” ends on %(day)s.") if int(facts["days"]) >= 0 else _("“%(name)s” ended on %(day)s.")
    return words % {"name": name, "day": day}


def _deputy_words(_facts: Facts, _name: str) -> str:
    return _("Nobody stands in when who coordinates is away.")


def _days(facts: Facts) -> int:
    return int(facts["days"])


def _to(page: str) -> Callable[[str], str]:
    return lambda slug: space_url(page, slug=slug)


MONTH = 30
OWN = (
    SignalRule(
        "agreement_ending",
        Challenge.KEEPING_GOING,
        20,
        gettext_lazy(
            "An agreement ends within 90 days, or ended in the last 90 with no other version in force. One that goes "
            "on by itself is left out."
        ),
        gettext_lazy("Read it together and decide whether it goes on."),
        _to("agreement_list"),
        _ending_words,
        ending_agreements,
        agreement_names,
        measure=lambda facts: -_days(facts),
        step=MONTH,
    ),
    SignalRule(
        "deputy_missing",
        Challenge.KEEPING_GOING,
        30,
        gettext_lazy("Somebody coordinates the partnership, and no deputy with an account is named."),
        gettext_lazy("Name somebody who stands in."),
        _to("partnership_edit"),
        _deputy_words,
        without_deputy,
        step_permission=Permission.EDIT_PARTNERSHIP,
    ),
    SignalRule(
        "member_absent",
        Challenge.COMMUNICATION,
        40,
        gettext_lazy("Nobody who speaks for a member was at the last three meetings it was asked to."),
        gettext_lazy("Have whoever knows them best call them."),
        _to("member_list"),
        _absent_words,
        absent_members,
        member_names,
        measure=lambda facts: int(facts["meetings"]),
        step=1,
    ),
    SignalRule(
        "member_quiet",
        Challenge.COMMUNICATION,
        45,
        gettext_lazy("For 60 days nobody who speaks for a member signed in, used a mailed link or came to a meeting."),
        gettext_lazy("Have whoever knows them best call them."),
        _to("member_list"),
        _quiet_words,
        quiet_members,
        member_names,
        measure=_days,
        step=MONTH,
    ),
    SignalRule(
        "rhythm_missed",
        Challenge.COMMUNICATION,
        50,
        gettext_lazy("No update was published for one and a half times as long as agreed."),
        gettext_lazy("Write a few lines on how it goes."),
        _to("update_list"),
        _rhythm_words,
        rhythm_missed,
        measure=_days,
        step=MONTH,
    ),
    SignalRule(
        "minutes_late",
        Challenge.COMMUNICATION,
        60,
        gettext_lazy(
            "Of the last four meetings, the minutes of two or more went round over ten days later than the five "
            "working days they may take, or are still missing after that."
        ),
        gettext_lazy("Agree who writes the minutes, and on which day they go round."),
        _to("meeting_list"),
        _minutes_words,
        late_minutes,
        measure=lambda facts: int(facts["late"]),
        step=1,
    ),
    SignalRule(
        "people_affected_unheard",
        Challenge.POWER,
        45,
        gettext_lazy(
            "Of the decisions of the last twelve months, four at least, people affected were present or heard at fewer "
            "than one in four."
        ),
        gettext_lazy("Keep a seat for them, ask them before the meeting, and write down what they say."),
        _to("decision_list"),
        _unheard_words,
        unheard_people,
        measure=lambda facts: int(facts["missed"]),
        step=2,
    ),
)


def register_own() -> None:
    """The rules this app knows by itself."""
    for rule in OWN:
        register_signal_rule(rule)
