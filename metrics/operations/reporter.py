"""Saying which partners are asked for an indicator's values."""

import uuid
from collections.abc import Collection
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.models import User
from core.operations.audit import record
from metrics.models import Indicator, Measurement, Reporter
from metrics.rules.measurement import NOT_COUNTED
from metrics.rules.period import period_of
from metrics.rules.reporter import EARLIEST, FURTHEST
from partnerships.models import PartnershipMember
from partnerships.queries.member import active_members


@transaction.atomic
def name_reporters(
    *, indicator: Indicator, members: Collection[PartnershipMember], since: date, by: User, today: date
) -> int:
    """Ask these partners for the values, from the period ``since`` lies in on, and the others no more.

    Who is asked already stays so from the same day. Who is let go stays expected for the periods that were over by
    then. Returns how many are asked now. Raises ValidationError for an organisation that is not in the partnership,
    for a computed indicator, and for a day too far away.
    """
    locked = Indicator.objects.select_for_update(of=("self",)).select_related("partnership").get(pk=indicator.pk)
    if locked.formula:
        raise ValidationError({"members": _("This value is computed from others: enter those.")})
    if not EARLIEST <= since <= today + FURTHEST:
        raise ValidationError({"since": _("Choose a day that is not so far away.")})
    wanted = {member.pk: member for member in members}
    here = {member.pk: member for member in active_members(locked.partnership)}
    if not set(wanted) <= set(here):
        raise ValidationError({"members": _("This organisation is not in the partnership.")})
    rows = list(Reporter.objects.filter(indicator=locked).order_by("since", "id"))
    asked = {row.member_id: row for row in rows if row.until is None}
    begin = period_of(since, locked.frequency).starts_on
    new = [Reporter(indicator=locked, member=wanted[key], since=begin) for key in wanted if key not in asked]
    ended = [row for key, row in asked.items() if key not in wanted]
    for row in ended:
        row.until = today
    # Whoever reported without being asked by name is let go as well.
    let_go = (_reported(locked) - {row.member_id for row in rows} - set(wanted)) & set(here)
    new += [Reporter(indicator=locked, member=here[key], since=today, until=today) for key in sorted(let_go)]
    Reporter.objects.bulk_update(ended, ["until"])
    Reporter.objects.bulk_create(new)
    if new or ended:
        names = ", ".join(sorted(member.organisation.name for member in wanted.values()))
        changes = {"asked": names, "since": begin.isoformat()}
        record("indicator.reporters_named", locked, by=by, scope_id=locked.partnership.scope_id, changes=changes)
    return len(wanted)


def _reported(indicator: Indicator) -> set[uuid.UUID]:
    rows = Measurement.objects.filter(indicator=indicator).exclude(state__in=NOT_COUNTED).exclude(member=None)
    return set(rows.order_by().values_list("member_id", flat=True).distinct())
