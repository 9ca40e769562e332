"""Reading an agreement again together: when it is due, and keeping it as it is (R-A6)."""

import uuid
from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.models import User
from core.operations.audit import record
from partnerships.models import Agreement, AgreementVersion, Partnership
from partnerships.operations.agreement import AgreementRefusedError
from partnerships.queries.agreement import in_force_on
from partnerships.rules.agreement import AGREED, first_review, state_on

State = AgreementVersion.State


def make_review_due(
    *,
    partnership: Partnership,
    cause: str,
    by: User | None,
    today: date | None = None,
    versions: Collection[uuid.UUID] | None = None,
) -> int:
    """Have the agreements in force read again now, because what they rest on is another; returns how many.

    ``versions`` are those it concerns; without them all of the partnership. Part of the operation that changed it. One
    that is due already stays as it is.
    """
    day = today or timezone.localdate()
    rows = AgreementVersion.objects.select_for_update(of=("self",)).filter(agreement__partnership=partnership)
    if versions is not None:
        rows = rows.filter(pk__in=versions)
    due = list(rows.filter(in_force_on(day)).exclude(review_on__lte=day).order_by("id"))
    for version in due:
        version.review_on, version.review_cause = day, cause
        version.save(update_fields=["review_on", "review_cause"])
        record("agreement.review_due", version, by=by, scope_id=partnership.scope_id, changes={"cause": cause})
    return len(due)


@transaction.atomic
def keep_after_review(
    *, version: AgreementVersion, by: User, review_on: date | None = None, today: date | None = None
) -> AgreementVersion:
    """Note that an agreement was read again together and stays as it is; it is read next in a year or on ``review_on``.

    Raises AgreementRefusedError for a version not in force, and for a day that is not to come.
    """
    day = today or timezone.localdate()
    Agreement.objects.select_for_update().get(pk=version.agreement_id)
    locked = AgreementVersion.objects.select_for_update().get(pk=version.pk)
    if state_on(locked, today=day) != State.IN_FORCE:
        raise AgreementRefusedError(_("Only a version in force is read again together."))
    if review_on is not None and review_on <= day:
        raise AgreementRefusedError(_("Choose a day to come."))
    locked.review_on = review_on or first_review(day, valid_to=locked.valid_to)
    locked.review_cause = ""
    locked.save(update_fields=["review_on", "review_cause"])
    changes = {"review_on": str(locked.review_on)}
    record("agreement.reviewed", locked, by=by, scope_id=locked.agreement.partnership.scope_id, changes=changes)
    return locked


def plan_reviews(*, today: date) -> int:
    """Have every agreement that nobody set a day for read again after a year; safe to run twice. Returns how many."""
    unplanned = AgreementVersion.objects.filter(state__in=AGREED, review_on=None).order_by("id")
    for version in unplanned:
        version.review_on = first_review(version.valid_from or today, valid_to=version.valid_to)
        version.save(update_fields=["review_on"])
    return len(unplanned)
