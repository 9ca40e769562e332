"""Writing down how change comes about: steps, and what leads to what."""

import uuid
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from core.models import User
from core.operations.audit import record
from core.rules.membership import Verdict
from goals.models import Goal, TocLink, TocNode
from goals.rules.theory import MOST_LINKS, MOST_NODES, can_link, can_stand_at
from partnerships.models import Partnership

KEYS = {"tenant", "partnership", "source", "target"}


class TheoryRefusedError(Exception):
    """The step or link cannot stand so; the message says why."""


@transaction.atomic
def add_step(*, partnership: Partnership, by: User | None, leads_to: TocNode | None = None, **fields: Any) -> TocNode:
    """A new step, the last of its level, with a link to ``leads_to``.

    Raises ValidationError for its fields, TheoryRefusedError for a link that leads downwards or to another partnership.
    """
    parent = _locked_partnership(partnership.pk)
    node = _added(parent, fields)
    record("theory.step_added", node, by=by, scope_id=parent.scope_id, changes={"level": node.level})
    if leads_to is not None:
        _linked(parent, node, leads_to, {})
    return node


@transaction.atomic
def change_step(*, node: TocNode, by: User, **fields: Any) -> TocNode:
    """Word a step anew or put it on another level. Refuses a level its links do not allow (TheoryRefusedError).

    Raises ValidationError.
    """
    parent = _locked_partnership(node.partnership_id)
    locked = TocNode.objects.select_for_update().get(pk=node.pk)
    for name, value in fields.items():
        setattr(locked, name, value)
    below = TocLink.objects.filter(target=locked).values_list("source__level", flat=True)
    above = TocLink.objects.filter(source=locked).values_list("target__level", flat=True)
    _checked(locked)
    _require(can_stand_at(locked.level, below=below, above=above))
    locked.save()
    record("theory.step_changed", locked, by=by, scope_id=parent.scope_id, changes={"level": locked.level})
    return locked


@transaction.atomic
def shift_step(*, node: TocNode, by: User, earlier: bool) -> TocNode:
    """Let a step change places with the one before or after it on its level; the first and the last stay."""
    parent = _locked_partnership(node.partnership_id)
    level = list(
        TocNode.objects.select_for_update()
        .filter(partnership=parent, level=node.level)
        .order_by("order", "created_at", "id")
    )
    at = next(place for place, one in enumerate(level) if one.pk == node.pk)
    other = at - 1 if earlier else at + 1
    if 0 <= other < len(level):
        level[at], level[other] = level[other], level[at]
        for place, one in enumerate(level):
            one.order = place
        TocNode.objects.bulk_update(level, ["order"])
        record("theory.step_shifted", node, by=by, scope_id=parent.scope_id)
    return next(one for one in level if one.pk == node.pk)


@transaction.atomic
def remove_step(*, node: TocNode, by: User) -> None:
    """Take a step out, with its links; goals that led to it lead to none."""
    parent = _locked_partnership(node.partnership_id)
    locked = TocNode.objects.select_for_update().get(pk=node.pk)
    Goal.objects.filter(outcome_node=locked).update(outcome_node=None)
    TocLink.objects.filter(source=locked).delete()
    TocLink.objects.filter(target=locked).delete()
    record("theory.step_removed", locked, by=by, scope_id=parent.scope_id, changes={"level": locked.level})
    locked.delete()


@transaction.atomic
def link_steps(*, source: TocNode, target: TocNode, by: User | None, **fields: Any) -> TocLink:
    """Say that one step leads to another, and why.

    Refuses a link to another partnership, downwards or in a circle (TheoryRefusedError). Raises ValidationError.
    """
    parent = _locked_partnership(source.partnership_id)
    link = _linked(parent, source, target, fields)
    changes = {"from": str(source.pk), "to": str(target.pk), "strength": link.strength}
    record("theory.linked", source, by=by, scope_id=parent.scope_id, changes=changes)
    return link


@transaction.atomic
def explain_link(*, link: TocLink, by: User, **fields: Any) -> TocLink:
    """Change assumption, evidence or outside factors of a link. Raises ValidationError."""
    rows = TocLink.objects.select_for_update(of=("self",)).select_related("partnership", "source")
    locked = rows.get(pk=link.pk)
    for name, value in fields.items():
        setattr(locked, name, value)
    locked.full_clean(exclude=KEYS)
    locked.save()
    changes = {"strength": locked.strength}
    record("theory.link_explained", locked.source, by=by, scope_id=locked.partnership.scope_id, changes=changes)
    return locked


@transaction.atomic
def unlink_steps(*, link: TocLink, by: User) -> None:
    """Say no more that one step leads to another."""
    rows = TocLink.objects.select_for_update(of=("self",)).select_related("partnership", "source")
    locked = rows.get(pk=link.pk)
    changes = {"from": str(locked.source_id), "to": str(locked.target_id)}
    record("theory.unlinked", locked.source, by=by, scope_id=locked.partnership.scope_id, changes=changes)
    locked.delete()


@transaction.atomic
def begin_theory(
    *,
    partnership: Partnership,
    change: str,
    conditions: Sequence[str],
    activities: Sequence[str],
    language: str,
    by: User | None,
) -> list[TocNode]:
    """The gentle beginning: a change, what must be there for it, and what is done, all linked upwards.

    Refuses a partnership that has begun already (TheoryRefusedError); raises ValidationError without a change.
    """
    parent = _locked_partnership(partnership.pk)
    if TocNode.objects.filter(partnership=parent).exists():
        raise TheoryRefusedError(_("It has begun already. Add steps to what is there."))
    if not change.strip():
        raise ValidationError({"change": _("Write what shall be different.")})
    name, level = f"text_{language}", TocNode.Level
    outcome = _added(parent, {"level": level.OUTCOME, name: change})
    outputs = [_added(parent, {"level": level.OUTPUT, name: words}) for words in conditions]
    doings = [_added(parent, {"level": level.ACTIVITY, name: words}) for words in activities]
    for output in outputs:
        _linked(parent, output, outcome, {})
    for doing in doings:
        # Which condition an activity serves is said later; with a single one there is no doubt.
        _linked(parent, doing, outputs[0] if len(outputs) == 1 else outcome, {})
    record("theory.begun", outcome, by=by, scope_id=parent.scope_id)
    return [outcome, *outputs, *doings]


def _locked_partnership(key: uuid.UUID) -> Partnership:
    """Who adds a link waits for who adds another one: two together could close a circle."""
    found: Partnership = Partnership.objects.select_for_update().get(pk=key)
    return found


def _added(partnership: Partnership, fields: dict[str, Any]) -> TocNode:
    rows = TocNode.objects.filter(partnership=partnership)
    if rows.count() >= MOST_NODES:
        raise ValidationError(_("Sixty steps are enough. Remove what is not needed first."))
    last = rows.aggregate(last=Max("order"))["last"]
    node = TocNode(partnership=partnership, order=0 if last is None else last + 1, **fields)
    _checked(node)
    node.save()
    return node


def _checked(node: TocNode) -> None:
    if not node.text_en and not node.text_it:
        raise ValidationError({"text": _("Write the step, in one language at least.")})
    node.full_clean(exclude=KEYS)


def _linked(partnership: Partnership, source: TocNode, target: TocNode, fields: dict[str, Any]) -> TocLink:
    if source.partnership_id != partnership.pk or target.partnership_id != partnership.pk:
        raise TheoryRefusedError(_("This step belongs to another partnership."))
    links = list(TocLink.objects.filter(partnership=partnership).values_list("source_id", "target_id"))
    if (source.pk, target.pk) in links:
        raise TheoryRefusedError(_("This link is there already."))
    if len(links) >= MOST_LINKS:
        raise TheoryRefusedError(_("Two hundred links are enough. Remove what is not needed first."))
    _require(can_link(source.pk, target.pk, source_level=source.level, target_level=target.level, links=links))
    link = TocLink(partnership=partnership, source=source, target=target, **fields)
    link.full_clean(exclude=KEYS)
    link.save()
    return link


def _require(verdict: Verdict) -> None:
    if not verdict:
        raise TheoryRefusedError(str(verdict.reason))
