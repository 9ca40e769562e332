"""Saying by which groups an indicator is broken down, and writing down the parts of a measurement."""

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.models import User
from core.operations.audit import record
from metrics.models import Cut, CutGroup, GroupValue, Indicator, Measurement
from metrics.queries.period_lock import lock_for
from metrics.rules.breakdown import Part, can_break_down, checked_parts
from metrics.rules.cut import Group, checked_groups
from metrics.rules.period_lock import locked_sentence

State = Measurement.State


class CutInUseError(Exception):
    """There are values by these groups already; ``str()`` says so in words for the page."""


class BreakdownRefusedError(Exception):
    """The measurement may not be broken down; ``str()`` says why in words for the page."""


@transaction.atomic
def add_cut(
    *,
    indicator: Indicator,
    kind: str,
    groups: Sequence[Group],
    by: User | None,
    name_en: str = "",
    name_it: str = "",
) -> Cut:
    """Break an indicator down in one more way; those of whom it is not known are always the last group.

    Raises ValidationError for a unit that is never broken down, a kind that is there already, one of one's own without
    a name, and groups that are none.
    """
    locked = Indicator.objects.select_for_update().select_related("partnership").get(pk=indicator.pk)
    wanted = checked_groups(groups, unit=locked.unit)
    cut = Cut(indicator=locked, kind=kind, name_en=name_en, name_it=name_it)
    _checked(cut)
    cut.save()
    _write_groups(cut, wanted)
    changes = {"kind": kind, "groups": len(wanted)}
    record("indicator.cut_added", locked, by=by, scope_id=locked.partnership.scope_id, changes=changes)
    return cut


@transaction.atomic
def change_cut(*, cut: Cut, groups: Sequence[Group], by: User | None, name_en: str = "", name_it: str = "") -> Cut:
    """Change names and targets, and while nothing was broken down yet also which groups there are.

    Refuses other groups than before once there are values (CutInUseError). Raises ValidationError like ``add_cut``.
    """
    locked = _locked(cut)
    wanted = checked_groups(groups, unit=locked.indicator.unit)
    rows = list(CutGroup.objects.filter(cut=locked).order_by("position"))
    if len(rows) != len(wanted):
        _refuse_used(locked)
    locked.name_en, locked.name_it = name_en, name_it
    _checked(locked)
    locked.save(update_fields=["name_en", "name_it"])
    if len(rows) != len(wanted):
        CutGroup.objects.filter(cut=locked).delete()
        _write_groups(locked, wanted)
    else:
        for row, group in zip(rows, wanted, strict=True):
            row.label_en, row.label_it, row.target_value = group.label_en, group.label_it, group.target_value
            row.save(update_fields=["label_en", "label_it", "target_value"])
    scope_id = locked.indicator.partnership.scope_id
    record("indicator.cut_changed", locked.indicator, by=by, scope_id=scope_id, changes={"kind": locked.kind})
    return locked


@transaction.atomic
def remove_cut(*, cut: Cut, by: User | None) -> None:
    """Take a way of breaking down away; refused once there are values (CutInUseError)."""
    locked = _locked(cut)
    _refuse_used(locked)
    scope_id = locked.indicator.partnership.scope_id
    record("indicator.cut_removed", locked.indicator, by=by, scope_id=scope_id, changes={"kind": locked.kind})
    CutGroup.objects.filter(cut=locked).delete()
    locked.delete()


@transaction.atomic
def break_down(
    *, measurement: Measurement, parts: Mapping[Cut, Sequence[Part | None]], by: User | None
) -> list[GroupValue]:
    """Write the parts of a measurement by its cuts, in the order of their groups; what was there is replaced.

    A measurement somebody verified waits for a second person again. Refuses one that may not be broken down, and one
    of a settled period (BreakdownRefusedError, R-I10). Raises ValidationError by cut for parts that are missing or
    larger than their whole; parts that do not add up to the total are taken.
    """
    rows = Measurement.objects.select_for_update(of=("self",)).select_related("indicator__partnership")
    locked = rows.get(pk=measurement.pk)
    if not (verdict := can_break_down(locked)):
        raise BreakdownRefusedError(str(verdict.reason))
    if lock := lock_for(locked.indicator.partnership_id, locked.period_ends_on):
        raise BreakdownRefusedError(locked_sentence(lock))
    found = []
    for cut, given in parts.items():
        groups = list(CutGroup.objects.filter(cut=cut).order_by("position"))
        try:
            found += part_rows(locked, cut, groups, given, by)
        except ValidationError as error:
            raise ValidationError({str(cut.pk): error.messages}) from error
    GroupValue.objects.filter(measurement=locked, group__cut__in=list(parts)).delete()
    GroupValue.objects.bulk_create(found)
    if locked.state == State.VERIFIED:
        locked.state, locked.verified_by, locked.verified_at = State.SUBMITTED, None, None
        locked.save(update_fields=["state", "verified_by", "verified_at"])
    changes = {"cuts": [cut.kind for cut in parts]}
    scope_id = locked.indicator.partnership.scope_id
    record("measurement.broken_down", locked, by=by, scope_id=scope_id, changes=changes)
    return found


def keep_parts(corrections: Collection[Measurement]) -> None:
    """Give corrections to the same figure the parts of the values they replace; part of an operation.

    Another figure has other parts: those have to be said anew.
    """
    same = {row.corrects_id: row for row in corrections if row.corrects and figures_in(row) == figures_in(row.corrects)}
    if not same:
        return
    rows = list(GroupValue.objects.filter(measurement__in=list(same)).order_by("id"))
    GroupValue.objects.bulk_create(
        GroupValue(
            measurement=same[row.measurement_id],
            group_id=row.group_id,
            count=row.count,
            cases=row.cases,
            entered_by_id=row.entered_by_id,
        )
        for row in rows
    )


def figures_in(measurement: Measurement) -> tuple[Decimal | None, ...]:
    """What the parts of a measurement are parts of."""
    return measurement.value, measurement.numerator, measurement.denominator


def part_rows(
    measurement: Measurement, cut: Cut, groups: Sequence[CutGroup], given: Sequence[Part | None], by: User | None
) -> list[GroupValue]:
    """The parts of a measurement by one cut with these groups, not written yet; part of an operation that locked.

    Raises ValidationError for a measurement that is not broken down (like that) and for parts that cannot be.
    """
    if not (verdict := can_break_down(measurement)):
        raise ValidationError(str(verdict.reason))
    if cut.indicator_id != measurement.indicator_id:
        raise ValidationError(_("This indicator is not broken down like that."))
    if len(groups) != len(given):
        raise ValidationError(_("Write a number for each group, and 0 where there is nobody."))
    parts = checked_parts(given, measurement)
    return [
        GroupValue(measurement=measurement, group=group, count=part.count, cases=part.cases, entered_by=by)
        for group, part in zip(groups, parts, strict=True)
    ]


def _locked(cut: Cut) -> Cut:
    return Cut.objects.select_for_update(of=("self",)).select_related("indicator__partnership").get(pk=cut.pk)


def _refuse_used(cut: Cut) -> None:
    if GroupValue.objects.filter(group__cut=cut).exists():
        raise CutInUseError(_("There are values by these groups already: they stay as they are."))


def _checked(cut: Cut) -> None:
    if cut.kind == Cut.Kind.OWN and not (cut.name_en or cut.name_it):
        raise ValidationError({"name_en": _("Give your own breakdown a name.")})
    cut.clean_fields(exclude={"tenant", "indicator"})
    cut.validate_constraints()


def _write_groups(cut: Cut, groups: Sequence[Group]) -> None:
    last = len(groups) - 1
    CutGroup.objects.bulk_create(
        CutGroup(
            cut=cut,
            position=place,
            label_en=group.label_en,
            label_it=group.label_it,
            target_value=group.target_value,
            is_unknown=place == last,
        )
        for place, group in enumerate(groups)
    )
