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
from metrics.models import Indicator, Measurement, PeriodLock
from metrics.operations.measurement import KEYS, reported_fields
from metrics.queries.period_lock import locks_in_force
from metrics.rules.measurement import MISSING
from metrics.rules.measurement_grid import Entry
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
    """How many values were sent, kept as a draft, put in the place of others, and taken away as drafts."""

    sent: int = 0
    drafted: int = 0
    corrected: int = 0
    withdrawn: int = 0


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

    def take(self, key: _Key, entry: Entry, indicator: Indicator, known: Measurement | None) -> None:
        """Add one entry; raises ValidationError when it cannot be taken."""
        if key in self.seen:
            raise ValidationError(_("There are two values for the same period."))
        self.seen.add(key)
        if lock := lock_over(entry.period.ends_on, self.locks):
            raise ValidationError(locked_sentence(lock))
        if (known.pk if known else None) != entry.over:
            raise ValidationError(_("Somebody entered something else here meanwhile. Look at it again."))
        if known is not None:
            known.indicator = indicator
        if known is not None and known.state == State.DRAFT:
            self._rewrite(known, entry)
        else:
            self._add(entry, indicator, known)

    def _rewrite(self, draft: Measurement, entry: Entry) -> None:
        if entry.cell is None:
            self.withdrawn.append(draft)
            return
        draft.version = draft.indicator.version
        self._fill(draft, entry)
        self.rewritten.append(draft)

    def _add(self, entry: Entry, indicator: Indicator, known: Measurement | None) -> None:
        if entry.cell is None:
            raise ValidationError(_("A value that was sent stays. Correct it, or write - and why there is none."))
        if known is not None and self.as_draft:
            raise ValidationError(_("This value was sent already. Send the corrected one, not a draft."))
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
    which no draft may do. Raises EntriesRefusedError with a sentence for each value out of its bounds, neither given
    nor explained, twice in the list, of a locked period, or entered by somebody else meanwhile. As many statements for
    one as for many.
    """
    if not entries:
        return Entered()
    indicators = _locked_indicators(entries)
    known = _known(entries)
    locks = locks_in_force(entries[0].indicator.partnership_id)
    work, refused = _Work(by, by_person, as_draft, locks), dict[str, list[str]]()
    for entry in entries:
        key = _Key(entry.indicator.pk, entry.member.pk if entry.member else None, entry.period)
        try:
            work.take(key, entry, indicators[entry.indicator.pk], known.get(key))
        except ValidationError as error:
            refused[entry.place] = error.messages
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
    if work.withdrawn:
        Measurement.objects.filter(pk__in=[row.pk for row in work.withdrawn]).delete()
    plain = [*work.rewritten, *(row for row in work.new if row.corrects_id is None)]
    corrections = [row for row in work.new if row.corrects_id is not None]
    _record(work, "measurement.drafted" if work.as_draft else "measurement.recorded", plain)
    _record(work, "measurement.corrected", corrections)
    _record(work, "measurement.withdrawn", work.withdrawn)
    counts = {"drafted": len(plain)} if work.as_draft else {"sent": len(plain)}
    return Entered(corrected=len(corrections), withdrawn=len(work.withdrawn), **counts)


def _record(work: _Work, verb: str, rows: list[Measurement]) -> None:
    if not rows:
        return
    actor = "link" if work.by is None and work.by_person is not None else ""
    scope_id = rows[0].indicator.partnership.scope_id
    record_for_all(verb, [(row, _changes(row)) for row in rows], by=work.by, scope_id=scope_id, actor_label=actor)


def _changes(measurement: Measurement) -> dict[str, str]:
    changes = {"period_ends_on": measurement.period_ends_on.isoformat(), "value": str(measurement.value)}
    return {**changes, "before": str(measurement.corrects.value)} if measurement.corrects else changes
