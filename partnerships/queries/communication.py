"""Reading the communication plan and updates, and whose rhythm is missed."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.utils.translation import gettext as _

from core.access.permissions import Permission
from core.access.viewer import Viewer, visible_records
from core.access.visibility import Visibility
from core.queries.composed import Composed
from core.web.dates import day_words
from core.web.space import space_url
from partnerships.models import CommunicationLine, Partnership, Task, Update, UpdateStop
from partnerships.models.communication import AUDIENCES
from partnerships.queries.partnership import partnerships_visible_to
from partnerships.queries.thread import reachable_people
from partnerships.rules.communication import ON_VIEW, TOLD, missed_since
from partnerships.rules.task import PROMISED
from partnerships.updates import Period, registered_update_audiences
from stakeholders.models import Stakeholder

TONES = {
    Update.State.DRAFT: "draft",
    Update.State.APPROVED: "now",
    Update.State.PUBLISHED: "ok",
    Update.State.CORRECTED: "info",
    Update.State.WITHDRAWN: "idle",
}
QUARTER = timedelta(days=91)
SOON = timedelta(days=60)


@dataclass(frozen=True)
class UpdateRow:
    """An update as the list shows it."""

    title: str
    url: str
    state: str
    tone: str
    audience: str
    published_on: date | None


@dataclass(frozen=True)
class MissedRhythm:
    """A partnership that was silent for too long; ``days`` since it last told an audience anything."""

    partnership_id: uuid.UUID
    name: str
    url: str
    days: int
    audience: str


def updates_visible_to(viewer: Viewer) -> QuerySet[Update]:
    """The updates a viewer may read: what was told to their level; coordination also what is being written."""
    seen = visible_records(viewer, scope="partnership__scope_id", chain=["visibility", "partnership__visibility"])
    rows = Update.objects.filter(seen)
    if not viewer.can_everywhere(Permission.EDIT_PARTNERSHIP):
        own = Q(partnership__scope_id__in=viewer.scopes_with(Permission.EDIT_PARTNERSHIP))
        rows = rows.filter(Q(state__in=TOLD) | own)
    return rows.select_related("partnership", "written_by", "approved_by").order_by("-number", "id")


def as_update_row(update: Update) -> UpdateRow:
    """What a list shows of an update."""
    return UpdateRow(
        title=update.title,
        url=space_url("update_detail", slug=update.partnership.slug, number=update.number),
        state=update.get_state_display(),
        tone=TONES[Update.State(update.state)],
        audience=update.get_visibility_display(),
        published_on=update.published_on,
    )


def communication_plan(partnership: Partnership) -> QuerySet[CommunicationLine]:
    """The lines of a partnership's plan, partners first."""
    rows = CommunicationLine.objects.filter(partnership=partnership)
    return rows.select_related("owner__organisation").order_by("audience", "who", "id")


def missed_rhythms(viewer: Viewer, *, today: date) -> list[MissedRhythm]:
    """The active partnerships a viewer coordinates that were silent for too long (R-C9), in one query."""
    return _silent_among(_coordinated(viewer), today=today)


@Composed
def _coordinated(viewer: Viewer) -> QuerySet[Partnership]:
    rows = partnerships_visible_to(viewer).filter(state=Partnership.State.ACTIVE)
    if not viewer.can_everywhere(Permission.EDIT_PARTNERSHIP):
        rows = rows.filter(scope_id__in=viewer.scopes_with(Permission.EDIT_PARTNERSHIP))
    return _with_last_told(rows)


def missed_rhythm_of(partnership: Partnership, *, today: date) -> MissedRhythm | None:
    """Whether one partnership was silent for too long."""
    rows = Partnership.objects.filter(pk=partnership.pk, state=Partnership.State.ACTIVE)
    return next(iter(silent_partnerships(rows, today=today)), None)


def silent_partnerships(partnerships: QuerySet[Partnership], *, today: date) -> list[MissedRhythm]:
    """Those of some partnerships that were silent for too long (R-C9), in one statement."""
    return _silent_among(list(_with_last_told(partnerships)), today=today)


def _with_last_told(partnerships: QuerySet[Partnership]) -> QuerySet[Partnership]:
    last_told = {f"told_{level}": _last_told(level) for level, _label in AUDIENCES}
    lines = CommunicationLine.objects.filter(partnership=OuterRef("pk")).exclude(rhythm="").order_by("id")
    agreed = ArraySubquery(lines.values(told=JSONObject(audience="audience", rhythm="rhythm")))
    return partnerships.annotate(**last_told, agreed=agreed).only("name", "slug", "rhythm", "starts_on", "created_at")


def _silent_among(found: list[Partnership], *, today: date) -> list[MissedRhythm]:
    rhythms: dict[tuple[uuid.UUID, int], list[str]] = defaultdict(list)
    for partnership in found:
        for line in partnership.agreed:  # type: ignore[attr-defined]  # annotated by _with_last_told
            rhythms[partnership.pk, line["audience"]].append(line["rhythm"])
        # What partners tell each other is agreed for the partnership itself.
        rhythms[partnership.pk, Visibility.PARTNERS].append(partnership.rhythm)
    return [missed for partnership in found if (missed := _longest_silence(partnership, rhythms, today))]


def _last_told(level: int) -> Subquery:
    """When an audience was told something last: what is for more people is for it as well."""
    told = Update.objects.filter(partnership=OuterRef("pk"), state__in=ON_VIEW, visibility__gte=level)
    return Subquery(told.order_by().values("partnership").annotate(last=Max("published_on")).values("last"))


def _longest_silence(
    partnership: Partnership, rhythms: Mapping[tuple[uuid.UUID, int], list[str]], today: date
) -> MissedRhythm | None:
    began = max(filter(None, [partnership.starts_on, partnership.created_at.date()]))
    url = space_url("update_list", slug=partnership.slug)
    missed = [
        MissedRhythm(partnership.pk, partnership.name, url, silent.days, str(label))
        for level, label in AUDIENCES
        if (
            silent := missed_since(
                rhythms.get((partnership.pk, level), []), getattr(partnership, f"told_{level}") or began, today=today
            )
        )
    ]
    return max(missed, key=lambda one: one.days, default=None)


def period_of_update(partnership: Partnership, *, level: int, today: date) -> Period:
    """What the next update covers: since the last one told, else the last quarter."""
    last = Update.objects.filter(partnership=partnership, state__in=ON_VIEW).aggregate(last=Max("published_on"))
    return Period(partnership, last["last"] or today - QUARTER, today, level)


def finished_tasks(period: Period) -> list[str]:
    """The tasks finished in the period."""
    rows = _tasks(period).filter(state=Task.State.DONE, finished_on__gt=period.since, finished_on__lte=period.today)
    return [_line(task.title, task.finished_on) for task in rows.order_by("finished_on", "id")]


def slipped_tasks(period: Period) -> list[str]:
    """The promises whose date passed or was moved from the first one agreed."""
    late = Q(due_on__lt=period.today) | Q(first_agreed_due_on__lt=period.today, due_on__gte=period.today)
    return [
        _("%(what)s: agreed for %(first)s, now %(now)s")
        % {
            "what": task.title,
            "first": day_words(task.first_agreed_due_on or task.due_on),
            "now": day_words(task.due_on) if task.due_on and task.due_on >= period.today else _("without a new date"),
        }
        for task in _tasks(period).filter(late, state__in=PROMISED).order_by("due_on", "id")
    ]


def coming_tasks(period: Period) -> list[str]:
    """What is promised for the next two months."""
    rows = _tasks(period).filter(state__in=PROMISED, due_on__gte=period.today, due_on__lte=period.today + SOON)
    return [_line(task.title, task.due_on) for task in rows.order_by("due_on", "id")]


def _tasks(period: Period) -> QuerySet[Task]:
    return Task.objects.filter(partnership=period.partnership, visibility__gte=period.level)


def _line(what: str, day: date | None) -> str:
    return f"{what} ({day_words(day)})"


def partner_people(partnership: Partnership) -> QuerySet[Stakeholder]:
    """Who is mailed what is told to partners: everybody who speaks for a member."""
    return Stakeholder.objects.filter(pk__in=reachable_people(partnership).values("person_id"))


def people_to_tell(update: Update) -> list[Stakeholder]:
    """Whom an update is mailed to: each person once, who may be written to and did not stop it."""
    found: dict[uuid.UUID, Stakeholder] = {}
    stopped = UpdateStop.objects.values("person_id")
    for level, people in registered_update_audiences().items():
        if level <= update.visibility:
            reachable = people(update.partnership).filter(do_not_contact=False, merged_into=None)
            found |= _by_id(reachable.exclude(email="").exclude(pk__in=stopped))
    # One address read by two people gets one mail.
    once = {person.email.lower(): person for person in reversed(found.values())}
    return sorted(once.values(), key=lambda person: (person.sort_name, str(person.pk)))


def _by_id(people: Iterable[Stakeholder]) -> dict[uuid.UUID, Stakeholder]:
    return {person.pk: person for person in people}


def public_updates(partnership: Partnership) -> QuerySet[Update]:
    """What everybody may read of a partnership, newest first."""
    rows = Update.objects.filter(partnership=partnership, visibility=Visibility.PUBLIC, state__in=TOLD)
    return rows.order_by("-published_on", "-number")
