"""The sections of a kit this app brings: how their drafts are written, and how a partnership is made a kit of."""

import re
from datetime import date, timedelta

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.models import User
from core.queries.tenant import tenant_at_work
from core.rules.bilingual import spoken
from partnerships.clauses.library import LIBRARY
from partnerships.kit_sections import KitSection, register_kit_section
from partnerships.kits.kit import ChosenKit, Item, KitClause, KitNeed, KitTask, item_of, record_of
from partnerships.models import AgreementClause, AgreementVersion, Partnership, PartnershipMember, ResourceNeed, Task
from partnerships.operations.agreement import compose_agreement
from partnerships.operations.resource_need import open_resource_need
from partnerships.operations.task import propose_task
from partnerships.rules.clause import wording_of

CLAUSE = re.compile(r"^## +(?:\d+\. *)?(.+)$", re.MULTILINE)
SHORTEST_NAME = 4


def apply_tasks(partnership: Partnership, kit: ChosenKit, by: User | None) -> None:
    """The kit's tasks as drafts nobody was asked for yet; a date already past is left for people to set."""
    language = tenant_at_work().default_language
    for task in (record_of(KitTask, item) for item in kit.items("tasks")):
        propose_task(
            partnership=partnership,
            title=spoken(task, "title", language),
            by=by,
            starts_on=_day(partnership, task.starts),
            due_on=_day(partnership, task.due),
            template_key=task.code,
            is_draft=True,
        )


def apply_needs(partnership: Partnership, kit: ChosenKit, by: User | None) -> None:
    """What somebody will have to bring."""
    language = tenant_at_work().default_language
    for need in (record_of(KitNeed, item) for item in kit.items("needs")):
        title = spoken(need, "title", language)
        open_resource_need(partnership=partnership, kind=need.kind, title=title, by=by, template_key=need.code)


def apply_agreement(partnership: Partnership, kit: ChosenKit, by: User | None) -> None:
    """The kit's agreement as a draft; a light partnership writes one when it wants to."""
    clauses = [record_of(KitClause, item) for item in kit.items("agreement")]
    if kit.is_light or not clauses:
        return
    language = tenant_at_work().default_language
    with translation.override(language):
        title = _("Partnership agreement")
    compose_agreement(partnership=partnership, title=title, clauses=clauses, language=language, by=by)


def remembered(section: str, partnership: Partnership) -> list[Item]:
    """What the partnership's own kit had in a section nothing is made of."""
    return list(partnership.template_snapshot.get(section, ()))


def capture_roles(partnership: Partnership) -> list[Item]:
    """The kit's roles, and parts members play that it did not name."""
    known = remembered("roles", partnership)
    names = {name for item in known for name in (item["name_en"], item["name_it"])}
    parts = PartnershipMember.objects.filter(partnership=partnership).exclude(role="").values_list("role", flat=True)
    own = sorted(set(parts) - names)
    return [*known, *({"code": f"R-{at}", **_in_own_language("name", name)} for at, name in enumerate(own, start=1))]


def capture_needs(partnership: Partnership) -> list[Item]:
    """What is needed or was."""
    rows = ResourceNeed.objects.filter(partnership=partnership).exclude(state=ResourceNeed.State.DROPPED).order_by("id")
    return [
        {"code": need.template_key or f"N-{at}", "kind": need.kind, **_in_own_language("title", need.title)}
        for at, need in enumerate(rows, start=1)
    ]


def capture_tasks(partnership: Partnership) -> list[Item]:
    """Tasks that were not cancelled, with their days counted from the start."""
    rows = Task.objects.filter(partnership=partnership).exclude(state=Task.State.CANCELLED).order_by("number")
    first = partnership.starts_on or min((task.due_on for task in rows if task.due_on), default=timezone.localdate())
    return [
        {
            "code": task.template_key or f"T-{task.number}",
            **_in_own_language("title", task.title),
            "due": (task.due_on - first).days if task.due_on else 0,
            "starts": (task.starts_on - first).days if task.starts_on else None,
        }
        for task in rows
    ]


def capture_agreement(partnership: Partnership) -> list[Item]:
    """The clauses of the newest version of its newest agreement, with gaps where the partnership's own words stood."""
    version = (
        AgreementVersion.objects.filter(agreement__partnership=partnership)
        .order_by("-agreement__number", "-number")
        .first()
    )
    if version is None:
        return remembered("agreement", partnership)
    return _clauses_used(version) if version.is_composed else _clauses_written(version, partnership)


def _clauses_used(version: AgreementVersion) -> list[Item]:
    language = version.language
    used = AgreementClause.objects.filter(version=version, is_on=True).order_by("position", "id")
    items = []
    for at, clause in enumerate(used, start=1):
        wording = wording_of(clause, language=language)
        code = clause.code if clause.code in LIBRARY else f"C-{at}"
        words = {f"title_{language}": wording.title, f"text_{language}": wording.body}
        items.append({**item_of(KitClause("", "", "", "")), "code": code, **words})
    return items


def _clauses_written(version: AgreementVersion, partnership: Partnership) -> list[Item]:
    text = version.text
    for key in ("purpose", "name", "territory"):
        word = getattr(partnership, key)
        text = text.replace(word, f"{{{key}}}") if len(word) >= SHORTEST_NAME else text
    _before, *found = CLAUSE.split(text)
    language = version.language
    empty = item_of(KitClause("", "", "", ""))
    return [
        {**empty, "code": f"C-{at}", f"title_{language}": title.strip(), f"text_{language}": body.strip()}
        for at, (title, body) in enumerate(zip(found[::2], found[1::2], strict=True), start=1)
    ]


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
            lambda partnership: remembered("members", partnership),
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
            lambda partnership: remembered("notes", partnership),
        ),
    ):
        register_kit_section(section)


def _leave(_partnership: Partnership, _kit: ChosenKit, _by: User | None) -> None:
    """Nothing is made of it: the kit's page shows it."""


def _in_own_language(name: str, text: str) -> dict[str, str]:
    own = tenant_at_work().default_language
    return {f"{name}_en": "", f"{name}_it": "", f"{name}_{own}": text}


def _day(partnership: Partnership, offset: int | None) -> date | None:
    if offset is None or partnership.starts_on is None:
        return None
    day = partnership.starts_on + timedelta(days=offset)
    return day if day >= timezone.localdate() else None
