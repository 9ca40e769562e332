"""Noting what happened beside an indicator's values, and who was counted by more than one partner."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.models import User
from core.operations.audit import record
from metrics.models import Happening, Indicator, Measurement, Overlap
from metrics.rules.measurement import NOT_COUNTED
from metrics.rules.reach import checked_overlap


@transaction.atomic
def note_happening(
    *, indicator: Indicator, happened_on: date, by: User | None, today: date, title_en: str = "", title_it: str = ""
) -> Happening:
    """Note what happened on a day; raises ValidationError without a title and for a day to come."""
    if not (title_en.strip() or title_it.strip()):
        raise ValidationError({"title_en": _("Say what happened, in one language at least.")})
    if happened_on > today:
        raise ValidationError({"happened_on": _("This day is still to come.")})
    found = Happening(indicator=indicator, title_en=title_en, title_it=title_it, happened_on=happened_on)
    found.clean_fields(exclude={"tenant", "indicator"})
    found.save()
    changes = {"happened_on": happened_on.isoformat()}
    record("indicator.happening_noted", indicator, by=by, scope_id=indicator.partnership.scope_id, changes=changes)
    return found


@transaction.atomic
def remove_happening(*, happening: Happening, by: User | None) -> None:
    """Take a note away."""
    indicator = happening.indicator
    changes = {"happened_on": happening.happened_on.isoformat()}
    record("indicator.happening_removed", indicator, by=by, scope_id=indicator.partnership.scope_id, changes=changes)
    happening.delete()


@transaction.atomic
def state_overlap(
    *,
    indicator: Indicator,
    period_starts_on: date,
    period_ends_on: date,
    people: int,
    how_known: str,
    by: User | None,
    surplus: int | None = None,
) -> Overlap:
    """Say how many people several partners counted in a period; an earlier statement stays as replaced.

    Without ``surplus`` each of them was counted by exactly two. Raises ValidationError for what cannot be true beside
    the partners' values, a period fewer than two reported for, and when it is not said how this is known.
    """
    locked = Indicator.objects.select_for_update().select_related("partnership").get(pk=indicator.pk)
    cell = {"indicator": locked, "period_starts_on": period_starts_on, "period_ends_on": period_ends_on}
    rows = Measurement.objects.filter(**cell, member__isnull=False, value__isnull=False)
    counted = rows.exclude(state__in=NOT_COUNTED).order_by("id").values_list("value", flat=True)
    values = [int(value) for value in counted if value is not None]
    surplus = people if surplus is None else surplus
    checked_overlap(locked, people, surplus, values)
    if not how_known.strip():
        raise ValidationError({"how_known": _("Say how this is known.")})
    Overlap.objects.filter(**cell, replaced_at=None).update(replaced_at=timezone.now())
    found = Overlap(**cell, people=people, surplus=surplus, how_known=how_known, stated_by=by)
    found.clean_fields(exclude={"tenant", "indicator", "stated_by", "replaced_at"})
    found.save()
    changes = {"period_ends_on": period_ends_on.isoformat(), "people": people, "surplus": surplus}
    record("indicator.overlap_stated", locked, by=by, scope_id=locked.partnership.scope_id, changes=changes)
    return found
