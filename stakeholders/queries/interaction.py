"""Reading talks: what was said, when, and what comes next; for the coordination only."""

import uuid
from collections.abc import Sequence

from django.db.models import Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.access.viewer import Viewer
from core.web.space import space_url
from stakeholders.models import Interaction, Stakeholder
from stakeholders.queries.stakeholder import stakeholders_kept_by, stakeholders_visible_to
from stakeholders.timeline import MOST_OF_A_SOURCE, TimelineItem

ICONS = {
    Interaction.Kind.CALL: "phone",
    Interaction.Kind.MEETING: "users",
    Interaction.Kind.MAIL: "mail",
    Interaction.Kind.VISIT: "map-pin",
    Interaction.Kind.EVENT: "calendar",
    Interaction.Kind.OTHER: "message-circle",
}


def interactions_visible_to(viewer: Viewer) -> QuerySet[Interaction]:
    """The talks a viewer may read, the latest first: those with stakeholders they keep."""
    rows = Interaction.objects.select_related("by", "person", "stakeholder").order_by("-held_on", "-id")
    return rows.filter(stakeholder__in=stakeholders_kept_by(viewer).order_by())


def interactions_of(viewer: Viewer, stakeholder: Stakeholder) -> QuerySet[Interaction]:
    """The talks with a stakeholder; for a person also those they had for their organisation."""
    return interactions_visible_to(viewer).filter(Q(stakeholder=stakeholder) | Q(person=stakeholder))


def people_to_talk_with(viewer: Viewer, organisation: Stakeholder) -> list[tuple[uuid.UUID, str]]:
    """Id and name of the active people of an organisation, by name."""
    people = stakeholders_visible_to(viewer).filter(
        affiliations__organisation=organisation, affiliations__is_active=True
    )
    return list(people.distinct().values_list("pk", "name"))


def interaction_items(viewer: Viewer, stakeholder: Stakeholder) -> Sequence[TimelineItem]:
    """A stakeholder's talks for its timeline."""
    return [_item(talk, viewer) for talk in interactions_of(viewer, stakeholder)[:MOST_OF_A_SOURCE]]


def _item(talk: Interaction, viewer: Viewer) -> TimelineItem:
    is_own = viewer.user is not None and talk.by_id == viewer.user.pk
    title = talk.get_kind_display()
    if talk.person:
        title = _("%(kind)s with %(person)s") % {"kind": title, "person": talk.person.name}
    return TimelineItem(
        on=talk.held_on,
        kind="talk",
        title=title,
        text=_text(talk),
        url=space_url("interaction_edit", stakeholder_id=talk.stakeholder_id, interaction_id=talk.pk) if is_own else "",
        icon=ICONS[Interaction.Kind(talk.kind)],
    )


def _text(talk: Interaction) -> str:
    parts = [talk.summary]
    if talk.next_step:
        day = date_format(talk.next_step_on, "DATE_FORMAT") if talk.next_step_on else ""
        step = _("Next: %(step)s") % {"step": talk.next_step}
        parts.append(f"{step} ({day})" if day else step)
    if talk.by:
        parts.append(_("Written down by %(name)s") % {"name": talk.by})
    return "\n".join(parts)
