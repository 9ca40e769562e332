"""Reading meetings: who sees which, who may be asked, and whose voice is heard over a year."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import lazy
from django.utils.timezone import localtime

from core.access.permissions import Permission
from core.access.viewer import Viewer, visible_records
from core.access.visibility import Visibility
from core.models import User
from core.queries.composed import Composed
from core.queries.tenant import tenant_at_work
from core.rules.text import mask_for_search
from core.web.space import space_url
from partnerships.models import (
    AgendaItem,
    Attendance,
    ConflictOfInterest,
    HeardBack,
    Meeting,
    MeetingSeries,
    Partnership,
    Representative,
)
from partnerships.queries.authority import is_person
from partnerships.queries.member import active_members
from partnerships.queries.representative import active_representatives, own_member_ids
from partnerships.rules.meeting import INVITED, NOT_OVER, RUNNING, TONES, VOICE_MONTHS, Voice, voice_balance
from stakeholders.models import Stakeholder
from stakeholders.queries.own import is_own
from stakeholders.queries.stakeholder import stakeholders_visible_to

State = Meeting.State
DAYS_OF_A_MONTH = 30.44
MOST_GUESTS = 20
MOST_NOTED = 20


@dataclass(frozen=True)
class MeetingRow:
    """A meeting as lists show it."""

    number: int
    title: str
    url: str
    kind: str
    when: str
    place: str
    tone: str
    state: str
    coming: int
    asked: int


@dataclass(frozen=True)
class MeetingToNote:
    """A meeting as whoever is named to write its minutes finds it; ``url`` is where they write."""

    title: str
    partnership: str
    when: str
    url: str
    tone: str
    state: str


@dataclass(frozen=True)
class VoiceRow:
    """One organisation's part over a year, by name."""

    name: str
    voice: Voice


def meetings_visible_to(viewer: Viewer) -> QuerySet[Meeting]:
    """The meetings a viewer may see, the newest first; those still being prepared only for coordination."""
    seen = visible_records(viewer, scope="partnership__scope_id", chain=["visibility", "partnership__visibility"])
    rows = Meeting.objects.filter(seen)
    if not viewer.can_everywhere(Permission.EDIT_PARTNERSHIP):
        own = Q(partnership__scope_id__in=viewer.scopes_with(Permission.EDIT_PARTNERSHIP))
        rows = rows.filter(~Q(state=State.DRAFT) | own)
    return rows.select_related("partnership", "series", "chair", "chair_member__organisation", "note_taker").order_by(
        "-starts_at", "id"
    )


def meeting_list(
    viewer: Viewer, partnership: Partnership, *, past: bool, now: datetime | None = None
) -> QuerySet[Meeting]:
    """A partnership's meetings to come, the nearest first, or those that were, the newest first."""
    now = now or timezone.now()
    rows = meetings_visible_to(viewer).filter(partnership=partnership)
    is_ahead = Q(ends_at__gte=now, state__in=NOT_OVER)
    rows = rows.exclude(is_ahead) if past else rows.filter(is_ahead).order_by("starts_at", "id")
    return rows.annotate(
        asked=Count("attendances", distinct=True),
        coming=Count("attendances", filter=Q(attendances__answer=Attendance.Answer.YES), distinct=True),
    )


def as_meeting_row(meeting: Meeting) -> MeetingRow:
    """What a list shows of a meeting of ``meeting_list``."""
    return MeetingRow(
        number=meeting.number,
        title=meeting.title,
        url=space_url("meeting_detail", slug=meeting.partnership.slug, number=meeting.number),
        kind=meeting.get_kind_display(),
        when=when_of(meeting),
        place=meeting.place,
        tone=TONES[meeting.state],
        state=meeting.get_state_display(),
        coming=meeting.coming,  # type: ignore[attr-defined]  # annotated by meeting_list
        asked=meeting.asked,  # type: ignore[attr-defined]  # annotated by meeting_list
    )


def when_of(meeting: Meeting) -> str:
    """Day and hours in the space's zone, in words."""
    # Said in jobs and daily work as well, where nobody's zone is in force.
    zone = ZoneInfo(tenant_at_work().time_zone)
    starts, ends = localtime(meeting.starts_at, zone), localtime(meeting.ends_at, zone)
    return f"{date_format(starts, 'DATE_FORMAT')}, {starts:%H:%M}–{ends:%H:%M}"  # noqa: RUF001 - from to


# In mails, each written in the language of its reader.
when_said = lazy(when_of, str)


def attendances_of(meeting: Meeting) -> QuerySet[Attendance]:
    """Everybody asked to a meeting, by organisation and name, with declared interests.

    ``also_for`` names the other members of the partnership somebody speaks for.
    """
    others = active_representatives().filter(
        person=OuterRef("person"), member__partnership=OuterRef("meeting__partnership")
    )
    others = others.exclude(member=OuterRef("member")).order_by("member__organisation__sort_name")
    conflicts = ConflictOfInterest.objects.select_related("item").order_by("item__position", "id")
    rows = Attendance.objects.filter(meeting=meeting).select_related("person", "member__organisation", "meeting")
    rows = rows.annotate(also_for=ArraySubquery(others.values("member__organisation__name")))
    return rows.prefetch_related(Prefetch("conflicts", queryset=conflicts)).order_by(
        "member__organisation__sort_name", "person__sort_name", "id"
    )


def presences_sent(meeting: Meeting, sent: Mapping[str, str]) -> dict[uuid.UUID, str]:
    """What a form says of who is there, by place at the meeting; places of another meeting are left out."""
    places = Attendance.objects.filter(meeting=meeting).values_list("pk", flat=True)
    return {pk: sent[f"presence_{pk}"] for pk in places if sent.get(f"presence_{pk}")}


def invitations_waiting(*, since: date) -> QuerySet[Attendance]:
    """The invitations nobody answered yet to meetings that are not over on a day, the nearest first."""
    rows = Attendance.objects.filter(
        answer=Attendance.Answer.INVITED, meeting__state__in=INVITED, meeting__ends_at__date__gte=since
    )
    return rows.select_related("person", "meeting__partnership").order_by("meeting__starts_at", "id")


def own_attendances(user: User, meeting: Meeting) -> QuerySet[Attendance]:
    """What a signed-in person was asked to a meeting as."""
    return attendances_of(meeting).filter(is_own(user, "person__"))


def heard_in(meeting: Meeting) -> QuerySet[HeardBack]:
    """What was heard of each organisation, in the order it was written."""
    return HeardBack.objects.filter(meeting=meeting).select_related("member__organisation", "item").order_by("id")


def heard_of_members(member_ids: Iterable[uuid.UUID]) -> QuerySet[HeardBack]:
    """What was heard of some organisations and waits for their yes or their own words, the oldest first."""
    rows = HeardBack.objects.filter(member__in=member_ids, confirmed_at=None, correction="")
    return rows.select_related("member__organisation", "meeting__partnership").order_by("id")


def heard_to_confirm(user: User, meeting: Meeting) -> QuerySet[HeardBack]:
    """What a signed-in person may confirm for their organisation."""
    return heard_in(meeting).filter(confirmed_at=None, correction="", member_id__in=own_member_ids(user))


def people_to_invite(meeting: Meeting) -> QuerySet[Representative]:
    """Those who speak for members and are not asked yet, by organisation."""
    asked = Attendance.objects.filter(meeting=meeting).values("person_id")
    rows = active_representatives().filter(member__partnership=meeting.partnership_id).exclude(person_id__in=asked)
    return rows.order_by("member__organisation__sort_name", "person__sort_name", "id")


def guests_to_invite(
    viewer: Viewer, meeting: Meeting, *, search: str, chosen: Iterable[str] = ()
) -> QuerySet[Stakeholder]:
    """Persons of the register a viewer may ask as guests: at most 20 found by a search, and those chosen already.

    Who is asked already or speaks for a member is left out; without a search nobody is found.
    """
    found = _askable(viewer, meeting)
    for word in mask_for_search(search).split():
        found = found.filter(search_text__contains=word)
    wanted = list(found.values_list("pk", flat=True)[:MOST_GUESTS]) if search.strip() else []
    return _askable(viewer, meeting).filter(pk__in=[*wanted, *_ids(chosen)])


def _askable(viewer: Viewer, meeting: Meeting) -> QuerySet[Stakeholder]:
    asked = Attendance.objects.filter(meeting=meeting).values("person_id")
    speaking = speakers_of(meeting.partnership).order_by().values("person_id")
    people = stakeholders_visible_to(viewer).filter(kind=Stakeholder.Kind.PERSON, erased_at=None)
    return people.exclude(pk__in=asked).exclude(pk__in=speaking)


def _ids(texts: Iterable[str]) -> list[uuid.UUID]:
    found = []
    for text in list(texts)[:MOST_GUESTS]:
        with suppress(ValueError):
            found.append(uuid.UUID(text))
    return found


def speakers_of(partnership: Partnership) -> QuerySet[Representative]:
    """Everybody who speaks for a member of a partnership, by organisation."""
    rows = active_representatives().filter(member__partnership=partnership)
    return rows.order_by("member__organisation__sort_name", "person__sort_name", "id")


def others_to_take_notes(meeting: Meeting) -> QuerySet[Stakeholder]:
    """Who may be named to take the minutes beside those who speak for members: the guests, and who is named now."""
    guests = Attendance.objects.filter(meeting=meeting).order_by().values("person_id")
    speaking = speakers_of(meeting.partnership).order_by().values("person_id")
    rows = Stakeholder.objects.filter(Q(pk__in=guests) | Q(pk=meeting.note_taker_id), erased_at=None)
    return rows.exclude(pk__in=speaking).order_by("sort_name", "id")


def may_take_notes(viewer: Viewer, meeting: Meeting) -> bool:
    """Whether somebody writes the minutes: coordination, the chair who sees the partnership, the named note taker."""
    if viewer.can(Permission.EDIT_PARTNERSHIP, meeting.partnership.scope_id):
        return True
    if _notes_as_named(viewer, meeting):
        return True
    user, chair = viewer.user, meeting.chair
    sees = viewer.can(Permission.SEE_PARTNERSHIP, meeting.partnership.scope_id)
    return sees and user is not None and chair is not None and is_person(chair, user)


def _notes_as_named(viewer: Viewer, meeting: Meeting) -> bool:
    taker = meeting.note_taker
    return viewer.user is not None and may_note(viewer) and taker is not None and is_person(taker, viewer.user)


def may_note(viewer: Viewer) -> bool:
    """Whether a token leaves its owner the minutes they are named for; without a token everybody has that."""
    return viewer.limited_to is None or Permission.SEE_PARTNERSHIP in viewer.limited_to


def meetings_to_note(viewer: Viewer) -> QuerySet[Meeting]:
    """The meetings a viewer may see, and those whose minutes they are named to write although they see nothing else."""
    seen = meetings_visible_to(viewer)
    user = viewer.user
    if user is None or not may_note(viewer):
        return seen
    own = Meeting.objects.filter(is_own(user, "note_taker__")).exclude(state__in=[State.DRAFT, State.CANCELLED])
    rows = Meeting.objects.filter(Q(pk__in=seen.order_by().values("pk")) | Q(pk__in=own.values("pk")))
    return rows.select_related("partnership", "series", "chair", "chair_member__organisation", "note_taker").order_by(
        "-starts_at", "id"
    )


def meetings_named_to_note(viewer: Viewer) -> list[MeetingToNote]:
    """The meetings to come, running and not yet approved whose minutes a viewer is named to write, the nearest first.

    Also of partnerships of which they may see nothing else: this is how they find them.
    """
    if viewer.user is None or not may_note(viewer):
        return []
    return [_to_note(meeting) for meeting in _named_to_note(viewer)]


@Composed
def _named_to_note(viewer: Viewer) -> QuerySet[Meeting]:
    assert viewer.user is not None, "nobody is named"
    rows = Meeting.objects.filter(is_own(viewer.user, "note_taker__"), state__in=[*RUNNING, State.MINUTES_CIRCULATED])
    return rows.select_related("partnership").order_by("starts_at", "id")[:MOST_NOTED]


def _to_note(meeting: Meeting) -> MeetingToNote:
    page = "meeting_run" if meeting.state in RUNNING else "minutes_detail"
    return MeetingToNote(
        title=meeting.title,
        partnership=meeting.partnership.name,
        when=when_of(meeting),
        url=space_url(page, slug=meeting.partnership.slug, number=meeting.number),
        tone=TONES[meeting.state],
        state=meeting.get_state_display(),
    )


def series_of(partnership: Partnership) -> QuerySet[MeetingSeries]:
    """A partnership's series, by title."""
    return MeetingSeries.objects.filter(partnership=partnership).order_by("title", "id")


def next_meeting(partnership: Partnership, *, after: datetime) -> Meeting | None:
    """The next meeting people are asked to."""
    rows = Meeting.objects.filter(partnership=partnership, state__in=[State.DRAFT, *INVITED], starts_at__gt=after)
    found: Meeting | None = rows.order_by("starts_at", "id").first()
    return found


def voice_of(partnership: Partnership, *, today: date) -> list[VoiceRow]:
    """Who proposed items and chaired meetings over the last twelve months, by organisation (R-C5)."""
    members = list(active_members(partnership))
    since = today - timedelta(days=round(VOICE_MONTHS * DAYS_OF_A_MONTH))
    held = Meeting.objects.filter(partnership=partnership, starts_at__date__gte=since, starts_at__date__lte=today)
    held = held.exclude(state__in=[State.DRAFT, State.CANCELLED])
    proposed = _counted(AgendaItem.objects.filter(meeting__in=held, proposed_by__in=members), "proposed_by_id")
    chaired = _counted(held.filter(chair_member__in=members), "chair_member_id")
    shares = voice_balance([member.pk for member in members], proposed=proposed, chaired=chaired)
    if not proposed and not chaired:
        return []
    return [VoiceRow(member.organisation.name, voice) for member, voice in zip(members, shares, strict=True)]


@dataclass(frozen=True)
class Spoken:
    """How many meetings each member chaired and how many items it proposed over a year, by member."""

    chaired: Counter[uuid.UUID]
    proposed: Counter[uuid.UUID]


def voices_in(partnerships: Collection[Partnership], *, today: date) -> dict[uuid.UUID, Spoken]:
    """The same for many partnerships, of meetings that partners may see; two statements."""
    since = today - timedelta(days=round(VOICE_MONTHS * DAYS_OF_A_MONTH))
    held = Meeting.objects.filter(
        partnership__in=partnerships,
        visibility__gte=Visibility.PARTNERS,
        starts_at__date__gte=since,
        starts_at__date__lte=today,
    ).exclude(state__in=[State.DRAFT, State.CANCELLED])
    items = AgendaItem.objects.filter(meeting__in=held.order_by().values("pk"), proposed_by__isnull=False)
    found: dict[uuid.UUID, Spoken] = defaultdict(lambda: Spoken(Counter(), Counter()))
    chairs = held.filter(chair_member__isnull=False).order_by().values_list("partnership_id", "chair_member_id")
    for key, member_id, number in chairs.annotate(number=Count("pk")):
        found[key].chaired[member_id] += number
    proposers = items.order_by().values_list("meeting__partnership_id", "proposed_by_id")
    for key, member_id, number in proposers.annotate(number=Count("pk")):
        found[key].proposed[member_id] += number
    return found


def _counted(rows: QuerySet[AgendaItem] | QuerySet[Meeting], column: str) -> Counter[uuid.UUID]:
    return Counter(rows.order_by().values_list(column, flat=True))
