"""Reading kits: which there are, what is in them, and what changed since a partnership was made of one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.rules.bilingual import spoken_item
from partnerships.clauses.clause import GAP
from partnerships.kit_sections import built_in, registered_kit_sections
from partnerships.kits.kit import ChosenKit, Content, Item, KitClause, NoteKind, record_of
from partnerships.kits.registry import KITS
from partnerships.models import Partnership, SavedKit
from partnerships.rules.kit import KitChange, changes_between, span_words, title_of


@dataclass(frozen=True)
class KitLine:
    """An item as a page shows it: what it is called and a word about it."""

    title: str
    text: str = ""


@dataclass(frozen=True)
class KitPart:
    """A section of a kit, or one kind of its notes, with what is in it."""

    code: str
    label: str
    lines: Sequence[KitLine]


@dataclass(frozen=True)
class KitNews:
    """What changed in one section of a kit."""

    label: str
    changes: Sequence[KitChange]


def available_kits() -> list[ChosenKit]:
    """All kits to begin with: ours, then those of the space that are still offered, each in its newest version."""
    newest: dict[str, SavedKit] = {}
    for kit in SavedKit.objects.filter(is_retired=False).order_by("code", "version"):
        newest[kit.code] = kit
    return [*map(built_in, KITS.values()), *map(_own, newest.values())]


def chosen_kit(code: str) -> ChosenKit | None:
    """The newest version of a kit of ours or of the space, retired or not; None for a code there is none of."""
    if code in KITS:
        return built_in(KITS[code])
    saved = SavedKit.objects.filter(code=code).order_by("-version").first()
    return _own(saved) if saved else None


def kit_versions(code: str) -> QuerySet[SavedKit]:
    """The versions of one of the space's own kits, retired or not, the newest first."""
    return SavedKit.objects.filter(code=code).order_by("-version")


def own_kits() -> list[SavedKit]:
    """The space's own kits, newest version each, retired ones among them, by code."""
    newest = {kit.code: kit for kit in SavedKit.objects.order_by("code", "version")}
    return list(newest.values())


def kit_parts(content: Content) -> list[KitPart]:
    """What is in a kit, section by section; notes by what they are about."""
    labels = {section.code: str(section.label) for section in registered_kit_sections()}
    roles = {str(item["code"]): spoken_item(item, "name") for item in content.get("roles", ())}
    parts = [
        KitPart(code, label, [KitLine(title_of(item), _about(item, roles)) for item in content[code]])
        for code, label in labels.items()
        if code != "notes" and content.get(code)
    ]
    for kind in NoteKind:
        notes = [item for item in content.get("notes", ()) if item.get("kind") == kind]
        if notes:
            parts.append(KitPart(kind.value, str(kind.label), [KitLine(title_of(item)) for item in notes]))
    return parts


def kit_changes(partnership: Partnership) -> list[KitNews]:
    """What the kit has new, lost or says differently since the partnership was made of it (R-P2), by section."""
    kit = chosen_kit(partnership.template_code) if partnership.template_code else None
    if kit is None or not partnership.template_snapshot or kit.version == partnership.template_version:
        return []
    labels = {section.code: str(section.label) for section in registered_kit_sections()}
    changes = changes_between(partnership.template_snapshot, kit.content)
    return [KitNews(labels.get(code, code), list(found)) for code, found in groupby(changes, lambda one: one.section)]


def clauses_for(partnership: Partnership) -> list[KitClause]:
    """The clauses a new agreement begins with: of the kit it was made of, else the few every group needs."""
    items = partnership.template_snapshot.get("agreement") or built_in(KITS[""]).items("agreement")
    return [record_of(KitClause, item) for item in items]


def role_names(partnership: Partnership) -> list[str]:
    """The parts the partnership's kit suggests, in the page's language."""
    return [spoken_item(item, "name") for item in partnership.template_snapshot.get("roles", ())]


def _about(item: Item, roles: Mapping[str, str]) -> str:
    """A word about an item: its day counted from the start, who answers for it, how long it takes, what it says."""
    due = item.get("due", item.get("ends"))
    hours = item.get("effort_hours")
    who = roles.get(str(item.get("accountable") or ""))
    said = [
        span_words(item.get("starts"), due),
        _("answers for it: %(role)s") % {"role": who} if who else "",
        ngettext("%d hour", "%d hours", hours) % hours if hours else "",
        next((text for name in ("duties", "affected", "text") if (text := spoken_item(item, name))), ""),
    ]
    return GAP.sub("…", " · ".join(filter(None, said)))


def _own(kit: SavedKit) -> ChosenKit:
    return ChosenKit(
        code=kit.code,
        version=kit.version,
        name_en=kit.name_en,
        name_it=kit.name_it,
        sentence_en=kit.sentence_en,
        sentence_it=kit.sentence_it,
        is_light=kit.is_light,
        is_own=True,
        content=kit.content,
    )
