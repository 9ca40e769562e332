"""Starting a partnership from a kit: drafts that people complete, never promises made for them (R-P1)."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.models import User
from core.queries.tenant import tenant_at_work
from core.rules.bilingual import spoken
from partnerships.kit_sections import KitSection, register_kit_section, registered_kit_sections
from partnerships.kits.agreement_text import agreement_text
from partnerships.kits.kit import Kit
from partnerships.models import Partnership
from partnerships.operations.agreement import draft_agreement
from partnerships.operations.partnership import start_partnership
from partnerships.operations.task import propose_task
from partnerships.queries.partnership import free_slug


@transaction.atomic
def start_partnership_from_kit(
    *,
    kit: Kit,
    name: str,
    by: User | None,
    purpose: str = "",
    territory: str = "",
    starts_on: date | None = None,
    ends_on: date | None = None,
    slug: str = "",
) -> Partnership:
    """A new partnership with the kit's drafts in it; it remembers the kit and its version (R-P2).

    Texts are written in the space's language. Raises ValidationError as ``start_partnership``.
    """
    partnership = start_partnership(
        name=name,
        slug=slug or free_slug(name),
        by=by,
        purpose=purpose,
        territory=territory,
        starts_on=starts_on,
        ends_on=ends_on,
        mode=Partnership.Mode.LIGHT if kit.is_light else Partnership.Mode.FULL,
        template_code=kit.code,
        template_version=kit.version,
    )
    for section in registered_kit_sections():
        section.apply(partnership, kit, by)
    return partnership


def apply_tasks(partnership: Partnership, kit: Kit, by: User | None) -> None:
    """The kit's tasks as drafts nobody was asked for yet; a date already past is left for people to set."""
    language = tenant_at_work().default_language
    for task in kit.tasks:
        propose_task(
            partnership=partnership,
            title=spoken(task, "title", language),
            by=by,
            starts_on=_day(partnership, task.starts),
            due_on=_day(partnership, task.due),
            template_key=task.code,
            is_draft=True,
        )


def apply_agreement(partnership: Partnership, kit: Kit, by: User | None) -> None:
    """The kit's agreement as a draft; a partnership from scratch writes one when it wants to."""
    if kit.is_light or not kit.clauses:
        return
    language = tenant_at_work().default_language
    text = agreement_text(
        kit,
        language=language,
        name=partnership.name,
        purpose=partnership.purpose,
        territory=partnership.territory,
    )
    with translation.override(language):
        title = _("Partnership agreement")
    draft_agreement(partnership=partnership, title=title, text=text, language=language, by=by)


def register_own() -> None:
    """The sections this app knows by itself."""
    register_kit_section(KitSection("tasks", gettext_lazy("Tasks with dates"), 10, apply_tasks))
    register_kit_section(KitSection("agreement", gettext_lazy("A draft agreement"), 50, apply_agreement))


def _day(partnership: Partnership, offset: int | None) -> date | None:
    if offset is None or partnership.starts_on is None:
        return None
    day = partnership.starts_on + timedelta(days=offset)
    return day if day >= timezone.localdate() else None
