"""Reading the register: who sees which stakeholder, the list, the search and what a stakeholder's page shows."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from core.access.permissions import Permission
from core.access.viewer import Viewer
from core.access.visibility import Visibility
from core.models import AuditEvent
from core.queries.audit import history_about
from core.queries.composed import Composed
from core.web.space import space_url
from stakeholders.models import Affiliation, DuplicatePair, Stakeholder, StakeholderMerge
from stakeholders.reach import stakeholders_within
from stakeholders.rules.stakeholder import FIELD_LABELS

# A longer answer says nothing to a reader, and costs the database.
MOST_FOUND = 1_000
ROW_FIELDS = ("id", "name", "kind", "sector", "place", "province", "status", "do_not_contact")
HISTORY_LENGTH = 20
VERBS = {
    "stakeholder.added": pgettext_lazy("history", "Added"),
    "stakeholder.changed": pgettext_lazy("history", "Changed"),
    "stakeholder.person_added": gettext_lazy("Somebody of it was added"),
    "stakeholder.moved": gettext_lazy("Moved on"),
    "stakeholder.tagged": gettext_lazy("Got a tag"),
    "stakeholder.untagged": gettext_lazy("Lost a tag"),
    "stakeholder.contact_added": gettext_lazy("Got another contact"),
    "stakeholder.contact_removed": gettext_lazy("Lost a contact"),
    "stakeholder.identifier_added": gettext_lazy("Got a register number"),
    "stakeholder.identifier_removed": gettext_lazy("Lost a register number"),
    "stakeholder.merged": gettext_lazy("Took a duplicate in"),
    "stakeholder.absorbed": gettext_lazy("Was merged as a duplicate"),
    "stakeholder.merge_undone": gettext_lazy("A merge was undone"),
    "stakeholder.said_two": gettext_lazy("Declared different from one that looks alike"),
    "profile.edited": gettext_lazy("Changed by the organisation itself"),
    "profile.accepted": gettext_lazy("What the organisation changed was accepted"),
    "profile.put_back": gettext_lazy("What the organisation changed was put back"),
    "profile.link_sent": gettext_lazy("A link to the profile was mailed"),
    "interaction.logged": gettext_lazy("A talk was written down"),
    "interaction.changed": gettext_lazy("A talk was corrected"),
    "interaction.deleted": gettext_lazy("A talk was taken back"),
}


@dataclass(frozen=True, slots=True)
class StakeholderRow:
    """A stakeholder as a list shows it; ``what`` is its kind and sector."""

    id: str
    name: str
    url: str
    what: str
    place: str
    status: str
    tone: str


@dataclass(frozen=True)
class HistoryItem:
    """One thing done to a stakeholder, as its page tells it."""

    when: str
    title: str
    text: str


@dataclass(frozen=True)
class Person:
    """Somebody of an organisation, as its page shows them."""

    name: str
    title: str
    email: str
    phone: str
    url: str


def stakeholders_visible_to(viewer: Viewer) -> QuerySet[Stakeholder]:
    """The stakeholders a viewer may see, by name.

    Records merged into another are in nobody's list. Whoever coordinates the space sees the whole register. Partners
    see what is shown to partners, their own organisations and the people of these; whoever coordinates some
    partnerships, beside that, what they keep. Everybody else, funders among them, sees what is public.
    """
    return Stakeholder.objects.filter(visible_at(viewer)).order_by("sort_name", "id")


def stakeholders_kept_by(viewer: Viewer) -> QuerySet[Stakeholder]:
    """The stakeholders of which a viewer reads what is for the coordination, by name; who may change any changes these.

    Whoever coordinates the space keeps all; in some partnerships those these have to do with, and those one knows best
    oneself with their people.
    """
    return Stakeholder.objects.filter(kept_at(viewer)).order_by("sort_name", "id")


def is_kept_by(viewer: Viewer, stakeholder: Stakeholder) -> bool:
    """Whether a stakeholder the viewer sees is one of ``stakeholders_kept_by``."""
    if viewer.can_everywhere(Permission.SEE_STAKEHOLDERS):
        return True
    return viewer.can(Permission.SEE_STAKEHOLDERS) and stakeholders_kept_by(viewer).filter(pk=stakeholder.pk).exists()


def kept_at(viewer: Viewer, path: str = "") -> Q:
    """The condition under which a viewer keeps a stakeholder at the end of a path (``owner__``)."""
    there = Q(**{f"{path}merged_into": None, f"{path}visibility__gte": Visibility.COORDINATION})
    if viewer.can_everywhere(Permission.SEE_STAKEHOLDERS):
        return there
    if not viewer.can(Permission.SEE_STAKEHOLDERS):
        return Q(**{f"{path}pk__in": ()})
    own = Affiliation.objects.filter(organisation__relationship_owner=viewer.user).values("person")
    within = Q(**{f"{path}relationship_owner": viewer.user}) | Q(**{f"{path}pk__in": own})
    for ids in stakeholders_within(viewer.scopes_with(Permission.SEE_STAKEHOLDERS)):
        within |= Q(**{f"{path}pk__in": ids})
    return there & within


def visible_at(viewer: Viewer, path: str = "") -> Q:
    """The condition under which a stakeholder at the end of a path (``person__``) is visible."""
    there = Q(**{f"{path}merged_into": None})
    if viewer.can_everywhere(Permission.SEE_STAKEHOLDERS):
        return kept_at(viewer, path)
    if not viewer.can(Permission.SEE_PARTNERSHIP):
        return there & Q(**{f"{path}visibility": Visibility.PUBLIC})
    own = Affiliation.objects.filter(person__user=viewer.user, is_active=True).values("organisation")
    colleagues = Affiliation.objects.filter(organisation__in=own, is_active=True).values("person")
    ours = Q(**{f"{path}user": viewer.user}) | Q(**{f"{path}pk__in": own}) | Q(**{f"{path}pk__in": colleagues})
    shown = Q(**{f"{path}visibility__gte": Visibility.PARTNERS})
    return there & (shown | Q(**{f"{path}visibility": Visibility.COORDINATION}) & ours) | kept_at(viewer, path)


def stakeholder_for_page(viewer: Viewer, stakeholder_id: uuid.UUID) -> Stakeholder | None:
    """A stakeholder the viewer may see, who knows it best, and whether it looks like another or took one in."""
    return _for_page.first(viewer, stakeholder_id=stakeholder_id)


@Composed
def _for_page(viewer: Viewer, stakeholder_id: uuid.UUID) -> QuerySet[Stakeholder]:
    first = DuplicatePair.objects.filter(first=OuterRef("pk"))
    second = DuplicatePair.objects.filter(second=OuterRef("pk"))
    merges = StakeholderMerge.objects.filter(kept=OuterRef("pk"), undone_at=None)
    rows = stakeholders_visible_to(viewer).select_related("relationship_owner")
    rows = rows.annotate(has_twin=Exists(first) | Exists(second), took_in=Exists(merges))
    return rows.filter(pk=stakeholder_id).order_by()


def kept_instead_of(viewer: Viewer, stakeholder_id: uuid.UUID) -> uuid.UUID | None:
    """The id of the record another one was merged into, when the viewer may see it."""
    kept = Stakeholder.objects.filter(pk=stakeholder_id, merged_into__in=stakeholders_visible_to(viewer).order_by())
    found: uuid.UUID | None = kept.order_by().values_list("merged_into", flat=True).first()
    return found


def ids_found(words: Sequence[str], *, most: int = MOST_FOUND) -> list[uuid.UUID]:
    """The stakeholders of the tenant that hold every word (or its beginning), by name, at most ``most`` of them.

    Not narrowed to what a viewer may see: use it inside ``stakeholders_visible_to`` only. Nothing for no words.
    """
    if not words:
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT search_stakeholders(%s, %s)", [list(words), most])
        return [found for (found,) in cursor.fetchall()]


def rows_of(stakeholders: QuerySet[Stakeholder]) -> QuerySet[Stakeholder, tuple[str, ...]]:
    """The same list as the few values ``RowMaker`` needs."""
    return stakeholders.values_list(*ROW_FIELDS)


class RowMaker:
    """Turns the values of ``rows_of`` into rows; labels and the address are worked out once for a page."""

    def __init__(self) -> None:
        self._what = {
            (kind.value, sector.value): f"{kind.label} · {sector.label}" if sector != "other" else str(kind.label)
            for kind in Stakeholder.Kind
            for sector in Stakeholder.Sector
        }
        self._refused = str(_("not to be contacted"))
        self._statuses = {choice.value: str(choice.label) for choice in Stakeholder.Status}
        nobody = uuid.UUID(int=0)
        self._before, self._after = space_url("stakeholder_detail", stakeholder_id=nobody).split(str(nobody))

    def __call__(self, values: tuple[str, ...]) -> StakeholderRow:
        """One row."""
        pk, name, kind, sector, place, province, status, do_not_contact = values
        what = self._what[kind, sector]
        return StakeholderRow(
            id=str(pk),
            name=name,
            url=f"{self._before}{pk}{self._after}",
            what=f"{what} · {self._refused}" if do_not_contact else what,
            place=f"{place} ({province})" if place and province else place or province,
            status=self._statuses[status],
            tone=status_tone(status),
        )


def status_tone(status: str) -> str:
    """The badge's tone for a state."""
    match status:
        case Stakeholder.Status.PARTNER | Stakeholder.Status.SUPPORTER:
            return "ok"
        case Stakeholder.Status.DECLINED | Stakeholder.Status.DORMANT | Stakeholder.Status.NOT_RELEVANT:
            return "idle"
    return "info"


def people_of(viewer: Viewer, organisation: Stakeholder) -> list[Person]:
    """The active people of an organisation the viewer may see, by name."""
    return [
        Person(name, title, email, phone, space_url("stakeholder_detail", stakeholder_id=pk))
        for name, title, email, phone, pk in _people(viewer, organisation=organisation)
    ]


@Composed
def _people(viewer: Viewer, organisation: Stakeholder) -> QuerySet[Affiliation, tuple[Any, ...]]:
    rows = Affiliation.objects.filter(visible_at(viewer, "person__"), organisation=organisation, is_active=True)
    rows = rows.order_by("person__sort_name", "id")
    return rows.values_list("person__name", "title", "person__email", "person__phone", "person_id")


def organisations_of(viewer: Viewer, person: Stakeholder) -> list[tuple[str, str, str]]:
    """Name, address and the person's title for each organisation the viewer may see."""
    found = (
        Affiliation.objects.filter(visible_at(viewer, "organisation__"), person=person, is_active=True)
        .order_by("organisation__sort_name", "id")
        .values_list("organisation__name", "organisation_id", "title")
    )
    return [(name, space_url("stakeholder_detail", stakeholder_id=pk), title) for name, pk, title in found]


def history_of(viewer: Viewer, stakeholder: Stakeholder) -> list[HistoryItem]:
    """The latest of ``events_of``, as the page tells it; ``stakeholder`` is one of ``stakeholder_for_page``."""
    events = (
        events_of(viewer, stakeholder)[:HISTORY_LENGTH]
        if getattr(stakeholder, "took_in", False)
        else _own_events(viewer, stakeholder_id=stakeholder.pk)
    )
    return [_told(event) for event in events]


_own_events = Composed(lambda viewer, stakeholder_id: history_about(viewer, stakeholder_id)[:HISTORY_LENGTH])


def events_of(viewer: Viewer, stakeholder: Stakeholder) -> QuerySet[AuditEvent]:
    """What was done to a stakeholder and to those merged into it, newest first, as far as a person may read it.

    What belongs to no partnership is for who reads the history of the whole space; of the rest each reads that of
    their own partnerships.
    """
    merged = Stakeholder.objects.filter(merged_into=stakeholder).order_by("id").values_list("pk", flat=True)
    return history_about(viewer, stakeholder.pk, *merged)


def event_in_words(event: AuditEvent) -> str:
    """What was done, in the page's language."""
    title = str(VERBS.get(event.verb, event.verb))
    if event.verb != "stakeholder.changed":
        return title
    facts = [str(FIELD_LABELS.get(field, field)).lower() for field in event.changes]
    return f"{title}: {', '.join(facts)}"


def who_did(event: AuditEvent) -> str:
    """Who did it; who had no account came by a link, and what nobody did, the system did."""
    if event.actor:
        return str(event.actor)
    return _("by e-mailed link") if event.actor_label == "link" else _("automatically")


def _told(event: AuditEvent) -> HistoryItem:
    when = date_format(timezone.localtime(event.at), "SHORT_DATETIME_FORMAT")
    return HistoryItem(when, event_in_words(event), who_did(event))


def is_register_empty() -> bool:
    """Whether the tenant has no stakeholder at all."""
    return not Stakeholder.objects.exists()
