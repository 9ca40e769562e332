"""Reading what is held on a person, for the page, the export and the question before erasing."""

import hashlib
import json
import uuid
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from core.access.permissions import Permission
from core.access.viewer import Viewer
from core.access.visibility import Visibility
from core.queries.tenant import tenant_at_work
from stakeholders.models import PersonExport, Stakeholder
from stakeholders.personal_data import Fate, Holding, KeptWords, Masker, Mention, Subject, registered_holdings
from stakeholders.personal_data.mentions import kept_with_counts, mentions_of
from stakeholders.queries.stakeholder import stakeholders_visible_to

SCHEMA = "telaio/person-export/1"
MENTIONS_SHOWN = 50


@dataclass(frozen=True)
class Held:
    """A kind of data and how many rows of it there are."""

    holding: Holding
    count: int


@dataclass(frozen=True)
class ErasurePlan:
    """What erasing would do, for the page that asks."""

    goes: list[Held]
    emptied: list[Held]
    stays: list[Held]
    kept: list[Held]
    mentions: list[Mention]
    mention_count: int
    kept_words: list[tuple[KeptWords, int]]
    namesakes: bool
    shared: list[str]
    account_is_only_here: bool
    has_account: bool


def people_visible_to(viewer: Viewer) -> QuerySet[Stakeholder]:
    """The people whose data a viewer handles: everybody of the register, for who handles it in the whole space."""
    visible = stakeholders_visible_to(viewer).filter(kind=Stakeholder.Kind.PERSON)
    return visible if viewer.can_everywhere(Permission.HANDLE_PERSONAL_DATA) else visible.none()


def held_on(subject: Subject) -> list[Held]:
    """Every kind of data with at least one row, in the order of the registry."""
    counted = (Held(holding, len(holding.ids(subject))) for holding in registered_holdings())
    return [held for held in counted if held.count]


def plan_of(subject: Subject) -> ErasurePlan:
    """What goes, what is emptied, what stays and why, and where else the person is named."""
    held = held_on(subject)
    mentions = other_mentions(subject)
    shown = {table for one in held if one.holding.fate is Fate.KEPT for table in one.holding.tables}

    def of(fate: Fate) -> list[Held]:
        return [one for one in held if one.holding.fate is fate]

    return ErasurePlan(
        of(Fate.GOES),
        of(Fate.EMPTIED),
        of(Fate.STAYS),
        of(Fate.KEPT),
        [Mention(m.table, m.row_id, m.column, m.words) for m in mentions[:MENTIONS_SHOWN]],
        len(mentions),
        [(words, count) for words, count in kept_with_counts(subject) if words.table not in shown],
        subject.namesakes,
        sorted(subject.shared),
        subject.account_is_only_here,
        subject.user is not None,
    )


def other_mentions(subject: Subject) -> list[Mention]:
    """Texts that name the person and are in no kind of data that is shown or removed as a whole."""
    own: dict[str, set[uuid.UUID]] = {}
    for holding in registered_holdings():
        if holding.fate in {Fate.GOES, Fate.EMPTIED}:
            for table in holding.tables:
                own.setdefault(table, set()).update(holding.ids(subject))
    return [one for one in mentions_of(subject) if one.row_id not in own.get(one.table, ())]


def export_of(subject: Subject) -> dict[str, Any]:
    """Everything held on a person as plain values, other people masked (PRI-08).

    Carries who may see it and a check sum of what it says, so that two exports can be told apart (R-D10).
    """
    masker = Masker(subject)
    content: dict[str, Any] = {
        "schema": SCHEMA,
        "space": tenant_at_work().name,
        "person": {"id": str(subject.person.pk), "name": subject.person.name},
        "visibility": Visibility.SEALED.name.lower(),
        "holdings": [
            {"code": holding.code, "label": str(holding.label), "when_erased": str(holding.fate), "rows": rows}
            for holding in registered_holdings()
            if (rows := holding.export(subject, masker))
        ],
        "mentions": [
            {"table": one.table, "id": str(one.row_id), "column": one.column, "words": masker.hide(one.words)}
            for one in other_mentions(subject)
        ],
    }
    digest = hashlib.sha256(json.dumps(content, sort_keys=True, default=str).encode()).hexdigest()
    return {**content, "made_at": timezone.now().isoformat(timespec="seconds"), "snapshot": digest}


def exports_of(person: Stakeholder) -> QuerySet[PersonExport]:
    """Documents made for a person, the latest first."""
    return PersonExport.objects.filter(person=person).select_related("file", "job").order_by("-asked_at", "-id")
