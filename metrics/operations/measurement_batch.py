"""Entering many values at once, as the grid and an imported file do: all of them or none."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.models import User
from core.operations.audit import record_for_all
from metrics.models import CutGroup, GroupValue, Indicator, Measurement, PeriodLock
from metrics.operations.breakdown import figures_in, keep_parts, part_rows
from metrics.operations.measurement import KEYS, reported_fields
from metrics.queries.period_lock import locks_in_force
from metrics.rules.measurement import MISSING
from metrics.rules.measurement_grid import Entry, GivenParts
from metrics.rules.period import Period
from metrics.rules.period_lock import lock_over, locked_sentence
from stakeholders.models import Stakeholder

State = Measurement.State
# What a draft says anew.
WRITTEN = [
    *("value", "numerator", "denominator", "missing_reason", "note", "source", "state", "version"),
    *("entered_by", "entered_by_person"),
]


class EntriesRefusedError(Exception):
    """Some values cannot be taken, so none was; ``by_place`` has the sentences for each."""

    def __init__(self, by_place: dict[str, list[str]]) -> None:
        super().__init__(_("Some values cannot be used, so nothing was saved."))
        self.by_place = by_place


@dataclass(frozen=True)
class Entered:
    """How many values were sent, kept as a draft, put in the place of others, and taken away as drafts.

    ``broken_down`` are those that stayed as they were and got parts.
    """

    sent: int = 0
    drafted: int = 0
    corrected: int = 0
    withdrawn: int = 0
    broken_down: int = 0


class _Key(NamedTuple):
    indicator_id: uuid.UUID
    member_id: uuid.UUID | None
    period: Period


@dataclass
class _Work:
    """What is to be written, told apart by what is recorded of it."""

    by: User | None
    by_person: Stakeholder | None
    as_draft: bool
    locks: list[PeriodLock]
    seen: set[_Key] = field(default_factory=set)
    new: list[Measurement] = field(default_factory=list)
    rewritten: list[Measurement] = field(default_factory=list)
    replaced: list[Measurement] = field(default_factory=list)
    withdrawn: list[Measurement] = field(default_factory=list)
    kept: list[Measurement] = field(default_factory=list)
    # Drafts that say another figure now: what fell to the groups of the first one is not said any more.
    changed: list[Measurement] = field(default_factory=list)
    # What falls to the groups, by the measurements whose parts were given.
    parts: dict[Measurement, list[GroupValue]] = field(default_factory=dict)

    def take(self, key: _Key, entry: Entry, indicator: Indicator, known: Measurement | None) -> Measurement | None:
        """Add one entry and return its row, None when it is taken away; raises ValidationError when it cannot be."""
        if key in self.seen:
            raise ValidationError(_("There are two values for the same period."))
        self.seen.add(key)
        if lock := lock_over(entry.period.ends_on, self.locks):
            raise ValidationError(locked_sentence(lock))
        if (known.pk if known else None) != entry.over:
            raise ValidationError(_("Somebody entered something else here meanwhile. Look at it again."))
        if known is not None:
            known.indicator = indicator
        is_draft = known is not None and known.state == State.DRAFT
        if known is not None and self.as_draft and not is_draft:
            raise ValidationError(_("This value was sent already. Send the corrected one, not a draft."))
        if known is not None and entry.only_parts:
            self.kept.append(known)
            return known
        return self._rewrite(known, entry) if known is not None and is_draft else self._add(entry, indicator, known)

    def break_down(self, measurement: Measurement, given: GivenParts, groups: Sequence[CutGroup]) -> None:
        """Add the parts of a row by one cut; raises ValidationError."""
        rows = part_rows(measurement, given.cut, groups, given.parts, self.by)
        self.parts.setdefault(measurement, []).extend(rows)

    def _rewrite(self, draft: Measurement, entry: Entry) -> Measurement | None:
        if entry.cell is None:
            self.withdrawn.append(draft)
            return None
        draft.version = draft.indicator.version
        before = figures_in(draft)
        self._fill(draft, entry)
        self.rewritten.append(draft)
        if figures_in(draft) != before:
            self.changed.append(draft)
        return draft

    def _add(self, entry: Entry, indicator: Indicator, known: Measurement | None) -> Measurement:
        if entry.cell is None:
            raise ValidationError(_("A value that was sent stays. Correct it, or write - and why there is none."))
        starts_on, ends_on = entry.period.starts_on, entry.period.ends_on
        measurement = Measurement(
            indicator=indicator, member=entry.member, period_starts_on=starts_on, period_ends_on=ends_on, corrects=known
        )
        measurement.version = known.version if known is not None else indicator.version
        self._fill(measurement, entry)
        self.new.append(measurement)
        if known is not None:
            measurement.source = measurement.source or known.source
            known.state = State.CORRECTED
            self.replaced.append(known)
        return measurement

    def _fill(self, measurement: Measurement, entry: Entry) -> None:
        for name, value in _fields(entry, measurement.indicator).items():
            setattr(measurement, name, value)
        measurement.entered_by, measurement.entered_by_person = self.by, self.by_person
        measurement.state = State.DRAFT if self.as_draft else State.SUBMITTED
        measurement.clean_fields(exclude=KEYS)


@transaction.atomic
def enter_values(
    *, entries: Sequence[Entry], by: User | None, by_person: Stakeholder | None = None, as_draft: bool = False
) -> Entered:
    """Enter the values of one partnership, all or none; those sent wait for a second person.

    A value takes the place of the one that was seen there: a draft is written anew, one that was sent is corrected,
    which no draft may do. Parts are written with their value, or alone as ``break_down`` does; a correction to the same
    figure keeps those there were. Raises EntriesRefusedError with a sentence for each value out of its bounds, neither
    given nor explained, twice in the list, of a locked period, or entered by somebody else meanwhile, and for parts
    that cannot be used. As many statements for one as for many.
    """
    if not entries:
        return Entered()
    indicators = _locked_indicators(entries)
    known = _known(entries)
    locks = locks_in_force(entries[0].indicator.partnership_id)
    groups = _groups(entries)
    work, refused = _Work(by, by_person, as_draft, locks), dict[str, list[str]]()
    for entry in entries:
        key = _Key(entry.indicator.pk, entry.member.pk if entry.member else None, entry.period)
        try:
            measurement = work.take(key, entry, indicators[entry.indicator.pk], known.get(key))
        except ValidationError as error:
            refused[entry.place] = error.messages
            continue
        if measurement is None:
            continue
        for given in entry.parts:
            try:
                work.break_down(measurement, given, groups[given.cut.pk])
            except ValidationError as error:
                refused[given.place] = error.messages
    if refused:
        raise EntriesRefusedError(refused)
    return _write(work)


def _locked_indicators(entries: Sequence[Entry]) -> dict[uuid.UUID, Indicator]:
    keys = {entry.indicator.pk for entry in entries}
    rows = Indicator.objects.select_for_update(of=("self",)).select_related("partnership").filter(pk__in=keys)
    return {row.pk: row for row in rows.order_by("pk")}


def _known(entries: Sequence[Entry]) -> dict[_Key, Measurement]:
    ends = [entry.period.ends_on for entry in entries]
    rows = Measurement.objects.exclude(state=State.CORRECTED).filter(
        indicator__in={entry.indicator.pk for entry in entries}, period_ends_on__range=(min(ends), max(ends))
    )
    return {
        _Key(row.indicator_id, row.member_id, Period(row.period_starts_on, row.period_ends_on)): row
        for row in rows.order_by("id")
    }


def _groups(entries: Sequence[Entry]) -> dict[uuid.UUID, list[CutGroup]]:
    found: dict[uuid.UUID, list[CutGroup]] = {given.cut.pk: [] for entry in entries for given in entry.parts}
    for group in CutGroup.objects.filter(cut__in=found).order_by("position") if found else ():
        found[group.cut_id].append(group)
    return found


def _fields(entry: Entry, indicator: Indicator) -> dict[str, Any]:
    assert entry.cell is not None
    reported = entry.cell.reported
    if reported == MISSING and not entry.cell.missing_reason:
        raise ValidationError(_("Enter a value, or say why there is none."))
    fields = reported_fields(indicator, reported, entry.cell.missing_reason)
    return {**fields, "note": entry.note, "source": entry.source}


def _write(work: _Work) -> Entered:
    Measurement.objects.bulk_update(work.replaced, ["state"], batch_size=500)
    Measurement.objects.bulk_update(work.rewritten, WRITTEN, batch_size=500)
    Measurement.objects.bulk_create(work.new, batch_size=500)
    if work.withdrawn or work.changed:
        GroupValue.objects.filter(measurement__in=[*work.withdrawn, *work.changed]).delete()
    if work.withdrawn:
        Measurement.objects.filter(pk__in=[row.pk for row in work.withdrawn]).delete()
    _write_parts(work)
    plain = [*work.rewritten, *(row for row in work.new if row.corrects_id is None)]
    corrections = [row for row in work.new if row.corrects_id is not None]
    _record(work, "measurement.drafted" if work.as_draft else "measurement.recorded", plain)
    _record(work, "measurement.corrected", corrections)
    _record(work, "measurement.withdrawn", work.withdrawn)
    _record(work, "measurement.broken_down", work.kept)
    counts = {"drafted": len(plain)} if work.as_draft else {"sent": len(plain)}
    corrected, withdrawn, broken_down = len(corrections), len(work.withdrawn), len(work.kept)
    return Entered(corrected=corrected, withdrawn=withdrawn, broken_down=broken_down, **counts)


def _write_parts(work: _Work) -> None:
    if work.parts:
        cuts = {(row.pk, value.group.cut_id) for row, values in work.parts.items() for value in values}
        there = GroupValue.objects.filter(measurement__in=list(work.parts)).order_by()
        replaced = [
            key for key, *place in there.values_list("pk", "measurement_id", "group__cut_id") if tuple(place) in cuts
        ]
        GroupValue.objects.filter(pk__in=replaced).delete()
        GroupValue.objects.bulk_create([value for values in work.parts.values() for value in values], batch_size=500)
    keep_parts([row for row in work.new if row.corrects_id is not None and row not in work.parts])
    if work.kept:
        confirmed = Measurement.objects.filter(pk__in=[row.pk for row in work.kept], state=State.VERIFIED)
        confirmed.update(state=State.SUBMITTED, verified_by=None, verified_at=None)


def _record(work: _Work, verb: str, rows: list[Measurement]) -> None:
    if not rows:
        return
    actor = "link" if work.by is None and work.by_person is not None else ""
    scope_id = rows[0].indicator.partnership.scope_id
    record_for_all(verb, [(row, _changes(row)) for row in rows], by=work.by, scope_id=scope_id, actor_label=actor)


def _changes(measurement: Measurement) -> dict[str, str]:
    changes = {"period_ends_on": measurement.period_ends_on.isoformat(), "value": str(measurement.value)}
    return {**changes, "before": str(measurement.corrects.value)} if measurement.corrects else changes
