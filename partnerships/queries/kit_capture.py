"""A partnership as the parts of a kit: what it does, needs and agreed, without people, values and fixed days (R-P3)."""

import re
from collections import Counter
from collections.abc import Mapping
from datetime import date

from django.utils import timezone, translation
from django.utils.functional import Promise

from core.access.visibility import Visibility
from core.queries.tenant import tenant_at_work
from core.rules.bilingual import LANGUAGES, spoken_item
from partnerships.clauses.library import LIBRARY
from partnerships.kits.kit import Item, KitClause, KitMember, KitTask, NoteKind, item_of
from partnerships.models import (
    AgreementClause,
    AgreementVersion,
    CommunicationLine,
    MeetingSeries,
    Partnership,
    PartnershipMember,
    ResourceNeed,
    ShelfDocument,
    Task,
)
from partnerships.queries.member import active_members
from partnerships.rules.clause import wording_of
from partnerships.rules.kit import offset_of
from stakeholders.models import Stakeholder

CLAUSE = re.compile(r"^## +(?:\d+\. *)?(.+)$", re.MULTILINE)
SHORTEST_NAME = 4


def remembered(section: str, partnership: Partnership) -> list[Item]:
    """What the partnership's own kit had in a section nothing is made of."""
    return list(partnership.template_snapshot.get(section, ()))


def by_code(section: str, partnership: Partnership) -> dict[str, Item]:
    """The same by the code of each item."""
    return {item["code"]: item for item in remembered(section, partnership)}


def in_own_language(name: str, text: str) -> dict[str, str]:
    """Words the space wrote, in its language; the other one stays empty."""
    own = tenant_at_work().default_language
    return {f"{name}_{code}": text if code == own else "" for code in LANGUAGES}


def in_both_languages(name: str, label: str | Promise, *, before: str = "") -> dict[str, str]:
    """A label of ours in each language, after words of the space's own."""
    found = {}
    for code in LANGUAGES:
        with translation.override(code):
            found[f"{name}_{code}"] = f"{before}{label}"
    return found


def as_known(known: Item, name: str, text: str) -> dict[str, str]:
    """Words of the kit in both its languages while nobody changed them, else those the space wrote."""
    if known and text == spoken_item(known, name, tenant_at_work().default_language):
        return {f"{name}_{code}": str(known.get(f"{name}_{code}", "")) for code in LANGUAGES}
    return in_own_language(name, text)


def capture_roles(partnership: Partnership) -> list[Item]:
    """The kit's roles, and parts members play that it did not name."""
    known = remembered("roles", partnership)
    names = {name for item in known for name in (item["name_en"], item["name_it"])}
    parts = PartnershipMember.objects.filter(partnership=partnership).exclude(role="").values_list("role", flat=True)
    own = sorted(set(parts) - names)
    return [*known, *({"code": f"R-{at}", **in_own_language("name", name)} for at, name in enumerate(own, start=1))]


def role_codes(partnership: Partnership) -> dict[str, str]:
    """The code of each part a member can play, by its name in either language."""
    roles = capture_roles(partnership)
    return {name: item["code"] for item in roles for name in (item["name_en"], item["name_it"]) if name}


def capture_members(partnership: Partnership) -> list[Item]:
    """Whom the kit looked for; without one, as many of each sector as there are members."""
    if known := remembered("members", partnership):
        return known
    sectors = Counter(active_members(partnership).values_list("organisation__sector", flat=True))
    items = []
    for at, (sector, count) in enumerate(sorted(sectors.items()), start=1):
        is_centre = sector == Stakeholder.Sector.COMMUNITY
        member = KitMember(f"M-{at}", "", "", sector, at_least=count, is_centre=is_centre)
        items.append(item_of(member) | in_both_languages("name", Stakeholder.Sector(sector).label))
    return items


def capture_needs(partnership: Partnership) -> list[Item]:
    """What is needed or was."""
    known = by_code("needs", partnership)
    rows = ResourceNeed.objects.filter(partnership=partnership).exclude(state=ResourceNeed.State.DROPPED).order_by("id")
    return [
        {
            "code": need.template_key or f"N-{at}",
            "kind": need.kind,
            **as_known(known.get(need.template_key, {}), "title", need.title),
            **as_known(known.get(need.template_key, {}), "text", need.description),
        }
        for at, need in enumerate(rows, start=1)
    ]


def capture_tasks(partnership: Partnership) -> list[Item]:
    """Tasks that were not cancelled, their days counted from the start; who does them only by the part they play."""
    rows = list(
        Task.objects.filter(partnership=partnership)
        .exclude(state=Task.State.CANCELLED)
        .select_related("member")
        .prefetch_related("checks", "dependencies__waits_for")
        .order_by("number")
    )
    start = partnership.starts_on or min((task.due_on for task in rows if task.due_on), default=timezone.localdate())
    known, roles = by_code("tasks", partnership), role_codes(partnership)
    return [_task_item(task, known.get(task.template_key, {}), start, roles) for task in rows]


def code_of_task(task: Task) -> str:
    """What a task is called in a kit made of its partnership."""
    return task.template_key or f"T-{task.number}"


def _task_item(task: Task, known: Item, start: date, roles: Mapping[str, str]) -> Item:
    checks = sorted(task.checks.all(), key=lambda check: check.position)
    part = roles.get(task.member.role, "") if task.member else ""
    return {
        **item_of(KitTask(code_of_task(task), "", "", None)),
        **known,
        **as_known(known, "title", task.title),
        **as_known(known, "result", task.result_expected),
        "due": _offset(start, task.due_on, known.get("due")),
        "starts": _offset(start, task.starts_on, known.get("starts")),
        "responsible": [part] if part else list(known.get("responsible", ())),
        "effort_hours": task.effort_hours,
        "needs_evidence": task.needs_evidence,
        "steps": [check.text for check in checks],
        "waits_for": sorted(code_of_task(link.waits_for) for link in task.dependencies.all()),
    }


def _offset(start: date, day: date | None, known: int | None) -> int | None:
    # A day that was past when the kit was taken stays as the kit says it.
    return known if day is None else offset_of(start, day, known)


def capture_notes(partnership: Partnership) -> list[Item]:
    """The kit's starting points, and what the partnership's own rhythm and papers add to them."""
    known = remembered("notes", partnership)
    said = {item[f"text_{language}"] for item in known for language in LANGUAGES}
    own = [*_rhythms(partnership), *_papers(partnership)]
    return known + [
        {"code": f"{kind}-{at}", "kind": kind.value, **words}
        for at, (kind, words) in enumerate(own, start=1)
        if not said & set(filter(None, words.values()))
    ]


def _rhythms(partnership: Partnership) -> list[tuple[NoteKind, dict[str, str]]]:
    series = MeetingSeries.objects.filter(partnership=partnership).order_by("title", "id")
    lines = CommunicationLine.objects.filter(partnership=partnership).exclude(rhythm="").order_by("who", "id")
    told: list[tuple[str, str | Promise]] = [(one.title, MeetingSeries.Rhythm(one.rhythm).label) for one in series]
    told += [(f"{one.who}: {one.purpose}", Partnership.Rhythm(one.rhythm).label) for one in lines]
    return [(NoteKind.RHYTHM, in_both_languages("text", label, before=f"{what}: ")) for what, label in told]


def _papers(partnership: Partnership) -> list[tuple[NoteKind, dict[str, str]]]:
    shelf = ShelfDocument.objects.filter(partnership=partnership, put_away_at=None)
    seen = shelf.filter(visibility__gte=Visibility.PARTNERS).order_by("title", "id")
    return [(NoteKind.DOCUMENT, in_own_language("text", paper.title)) for paper in seen]


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
