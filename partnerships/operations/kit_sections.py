"""The sections of a kit this app brings, and how their drafts are written."""

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.models import User
from core.queries.tenant import tenant_at_work
from core.rules.bilingual import spoken
from partnerships.kit_sections import KitSection, register_kit_section
from partnerships.kits.kit import ChosenKit, KitClause, KitNeed, KitTask, item_of, record_of
from partnerships.models import Partnership, Task
from partnerships.operations.agreement import compose_agreement
from partnerships.operations.kit_dates import kit_day, move_kit_dates
from partnerships.operations.resource_need import open_resource_need
from partnerships.operations.task import propose_task
from partnerships.operations.task_plan import set_dependencies
from partnerships.queries.kit_capture import (
    capture_agreement,
    capture_members,
    capture_needs,
    capture_notes,
    capture_roles,
    capture_tasks,
)


def apply_tasks(partnership: Partnership, kit: ChosenKit, by: User | None) -> None:
    """The kit's tasks as drafts nobody was asked for yet; a date already past is left for people to set."""
    language = tenant_at_work().default_language
    items = [record_of(KitTask, item) for item in kit.items("tasks")]
    for task in items:
        propose_task(
            partnership=partnership,
            title=spoken(task, "title", language),
            by=by,
            result_expected=spoken(task, "result", language),
            starts_on=kit_day(partnership.starts_on, task.starts),
            due_on=kit_day(partnership.starts_on, task.due),
            effort_hours=task.effort_hours,
            needs_evidence=task.needs_evidence,
            checklist=task.steps,
            template_key=task.code,
            is_draft=True,
        )
    made = {task.template_key: task for task in Task.objects.filter(partnership=partnership).exclude(template_key="")}
    for item in items:
        if before := [made[code] for code in item.waits_for if code in made]:
            set_dependencies(task=made[item.code], waits_for=before)


def apply_needs(partnership: Partnership, kit: ChosenKit, by: User | None) -> None:
    """What somebody will have to bring."""
    language = tenant_at_work().default_language
    for need in (record_of(KitNeed, item) for item in kit.items("needs")):
        open_resource_need(
            partnership=partnership,
            kind=need.kind,
            title=spoken(need, "title", language),
            description=spoken(need, "text", language),
            by=by,
            template_key=need.code,
        )


def apply_agreement(partnership: Partnership, kit: ChosenKit, by: User | None) -> None:
    """The kit's agreement as a draft; a partnership from scratch writes one when it wants to."""
    clauses = [record_of(KitClause, item) for item in kit.items("agreement")]
    if not kit.code or not clauses:
        return
    language = tenant_at_work().default_language
    with translation.override(language):
        title = _("Partnership agreement")
    compose_agreement(partnership=partnership, title=title, clauses=clauses, language=language, by=by)


def register_own() -> None:
    """The sections this app knows by itself."""
    for section in (
        KitSection("roles", gettext_lazy("Roles"), 5, lambda kit: list(map(item_of, kit.roles)), _leave, capture_roles),
        KitSection(
            "members",
            gettext_lazy("Whom to look for"),
            6,
            lambda kit: list(map(item_of, kit.members)),
            _leave,
            capture_members,
        ),
        KitSection(
            "needs",
            gettext_lazy("What is needed"),
            8,
            lambda kit: list(map(item_of, kit.needs)),
            apply_needs,
            capture_needs,
        ),
        KitSection(
            "tasks",
            gettext_lazy("Tasks with dates"),
            10,
            lambda kit: list(map(item_of, kit.tasks)),
            apply_tasks,
            capture_tasks,
            move=move_kit_dates,
        ),
        KitSection(
            "agreement",
            gettext_lazy("A draft agreement"),
            50,
            lambda kit: list(map(item_of, kit.clauses)),
            apply_agreement,
            capture_agreement,
            is_whole=True,
        ),
        KitSection(
            "notes",
            gettext_lazy("Starting points"),
            60,
            lambda kit: list(map(item_of, kit.notes)),
            _leave,
            capture_notes,
        ),
    ):
        register_kit_section(section)


def _leave(_partnership: Partnership, _kit: ChosenKit, _by: User | None) -> None:
    """Nothing is made of it: the kit's page shows it."""
