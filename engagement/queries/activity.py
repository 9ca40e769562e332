"""Reading activities: lists, one activity, and what everybody reads of it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.access.viewer import PUBLIC, Viewer, visible_records
from core.access.visibility import Visibility
from core.documents.calendar import CalendarEntry
from core.queries.tenant import tenant_at_work
from core.web.dates import day_words
from core.web.space import absolute, space_url
from engagement.models import EngagementActivity, Theme
from engagement.queries.theme import published_themes, scopes_answering
from engagement.rules.activity import PROMISES, TOLD_STATES, TONES, is_report_back_late
from engagement.rules.linked_data import Linked, event, organisation
from partnerships.models import Decision, Partnership
from partnerships.rules.decision import TOLD

State = EngagementActivity.State
StepFree = EngagementActivity.StepFree


@dataclass(frozen=True)
class ActivityRow:
    """An activity as a list shows it."""

    title: str
    url: str
    kind: str
    level: str
    day: str
    tone: str
    state: str
    is_late: bool
    report_back_by: date | None


def activities_visible_to(viewer: Viewer) -> QuerySet[EngagementActivity]:
    """Announced ones of partnerships the viewer sees, planned ones only where they answer residents."""
    inside = visible_records(viewer, scope="partnership__scope_id", chain=["partnership__visibility"])
    own = scopes_answering(viewer, "partnership__scope_id")
    readable = Q(state__in=TOLD_STATES, announced_on__isnull=False) | own if own else Q()
    rows = EngagementActivity.objects.filter(inside & readable).select_related("partnership", "goal")
    return rows.order_by(F("starts_at").desc(nulls_first=True), "-number", "id")


def activity_list(viewer: Viewer, partnership: Partnership) -> QuerySet[EngagementActivity]:
    """The visible activities of one partnership, those without a day first, then the latest."""
    return activities_visible_to(viewer).filter(partnership=partnership)


def public_activities(slug: str) -> QuerySet[EngagementActivity]:
    """What was announced in a partnership everybody may see."""
    return activities_visible_to(PUBLIC).filter(partnership__slug=slug, announced_on__isnull=False)


def activities_ahead(partnership: Partnership, *, now: datetime) -> QuerySet[EngagementActivity]:
    """What everybody can still come to, the next first."""
    rows = EngagementActivity.objects.filter(partnership=partnership, state=State.ANNOUNCED, starts_at__gt=now)
    return rows.order_by("starts_at", "id")


def as_row(activity: EngagementActivity, *, today: date) -> ActivityRow:
    """What the list shows of an activity of ``activity_list``."""
    return ActivityRow(
        title=activity.title,
        url=space_url("activity_detail", slug=activity.partnership.slug, number=activity.number),
        kind=activity.get_kind_display(),
        level=activity.get_level_display(),
        day=day_words(timezone.localdate(activity.starts_at) if activity.starts_at else None),
        tone=TONES[activity.state],
        state=activity.get_state_display(),
        is_late=is_report_back_late(activity, today=today),
        report_back_by=activity.report_back_by,
    )


def when_of(activity: EngagementActivity) -> str:
    """Day and hours in the space's zone, in words; empty without a day."""
    if activity.starts_at is None:
        return ""
    # Said in jobs and daily work as well, where nobody's zone is in force.
    zone = ZoneInfo(tenant_at_work().time_zone)
    starts = timezone.localtime(activity.starts_at, zone)
    words = f"{date_format(starts, 'l')} {date_format(starts, 'DATE_FORMAT')}, {starts:%H:%M}"
    if activity.ends_at is None:
        return words
    ends = timezone.localtime(activity.ends_at, zone)
    if ends.date() == starts.date():
        return f"{words}–{ends:%H:%M}"  # noqa: RUF001 - from to
    return f"{words} – {date_format(ends, 'DATE_FORMAT')}, {ends:%H:%M}"  # noqa: RUF001 - from to


def access_lines(activity: EngagementActivity) -> list[str]:
    """What makes it easy or hard to take part, a line each."""
    lines = []
    if activity.step_free != StepFree.UNKNOWN:
        lines.append(_("Without steps.") if activity.step_free == StepFree.YES else _("There are steps."))
    if activity.has_childcare:
        lines.append(_("Somebody looks after children."))
    if activity.languages:
        lines.append(_("Languages: %(languages)s") % {"languages": activity.languages})
    if activity.other_ways:
        lines.append(_("Who cannot come: %(ways)s") % {"ways": activity.other_ways})
    if activity.access_note:
        lines.append(activity.access_note)
    if activity.compensation:
        lines.append(_("For your time: %(compensation)s") % {"compensation": activity.compensation})
    return lines


def promise_of(activity: EngagementActivity) -> str:
    """The promise of its level, word for word."""
    return str(PROMISES[activity.level])


def public_url_of(activity: EngagementActivity) -> str:
    """The path of the page everybody reads."""
    return space_url("public_activity", slug=activity.partnership.slug, number=activity.number)


def calendar_entry(activity: EngagementActivity) -> CalendarEntry:
    """An activity with a day, for people's own calendars. Raises ValueError without one."""
    if activity.starts_at is None:
        raise ValueError("An activity without a day is in no calendar.")
    return CalendarEntry(
        uid=f"activity-{activity.pk}@telaio",
        title=activity.title,
        starts=activity.starts_at,
        ends=activity.ends_at or activity.starts_at + timedelta(hours=1),
        stamp=activity.changed_at,
        sequence=activity.sequence,
        description=f"{activity.question}\n\n{promise_of(activity)}",
        place=activity.place,
        url=absolute(public_url_of(activity)),
        is_cancelled=activity.state == State.CANCELLED,
    )


def event_of(activity: EngagementActivity) -> Linked:
    """The activity as a schema.org Event, for programs that read the public page; nothing without a day."""
    if activity.starts_at is None:
        return {}
    url, partnership = absolute(public_url_of(activity)), activity.partnership
    page = absolute(space_url("public_page", slug=partnership.slug))
    return event(
        name=activity.title,
        url=url,
        about=activity.question,
        starts=timezone.localtime(activity.starts_at),
        ends=timezone.localtime(activity.ends_at) if activity.ends_at else None,
        organiser=organisation(name=partnership.name, url=page),
        place=activity.place,
        online_at=url if activity.online_link else "",
        most_people=activity.capacity,
        is_cancelled=activity.state == State.CANCELLED,
    )


def themes_to_name(partnership: Partnership) -> QuerySet[Theme]:
    """Published themes with an answer, the newest first."""
    rows = Theme.objects.filter(partnership=partnership, published_on__isnull=False)
    return rows.exclude(outcome=Theme.Outcome.OPEN).order_by("-published_on", "id")


def decisions_to_name(partnership: Partnership) -> QuerySet[Decision]:
    """Decisions everybody is told of, the newest first."""
    rows = Decision.objects.filter(
        partnership=partnership, state__in=TOLD, visibility=Visibility.PUBLIC, withdrawn_on__isnull=True
    )
    return rows.exclude(public_note="").order_by("-decided_on", "-year", "-number", "id")


def has_answer(activity: EngagementActivity) -> bool:
    """Whether something public came back that is public still."""
    answers = activity.answers
    return (
        answers.filter(theme__in=themes_to_name(activity.partnership)).exists()
        or answers.filter(decision__in=decisions_to_name(activity.partnership)).exists()
    )


def answers_of(activity: EngagementActivity) -> tuple[list[Theme], list[Decision]]:
    """What came of it and is public still, in two queries."""
    themes = published_themes(activity.partnership).exclude(outcome=Theme.Outcome.OPEN)
    decisions = decisions_to_name(activity.partnership).filter(activity_answers__activity=activity)
    return list(themes.filter(activity_answers__activity=activity)), list(decisions)
