"""Audits of who sits in a body: opening, counting by hand, closing with a sentence and a dated action (R-S11)."""

import uuid
from collections.abc import Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.access.permissions import Permission
from core.models import AccessLink, User
from core.operations.audit import record
from core.queries.places import places_with
from core.queries.viewer import viewer_for
from stakeholders.models import AuditCount, ReferenceProfile, RepresentationAudit
from stakeholders.queries.representation import (
    ROUND,
    SLIP,
    Counting,
    categories_of,
    is_counted_that_day,
    round_of,
)
from stakeholders.rules.representation import MOST_COUNTED, is_sensitive, missing_to_close, refused_in_audit

COUNTED_ALREADY = gettext_lazy("This body is counted on that day already. Two views of one count would tell on people.")
# Set by operations, not by people, so not checked as input.
NOT_ASKED = ("profile", "scope", "created_by")


class AuditStateError(Exception):
    """The audit is closed, still being answered, or counted in another way; the message says which."""


@transaction.atomic
def open_representation_audit(
    *,
    profile: ReferenceProfile,
    body: str,
    audited_on: date,
    method: str,
    by: User | None,
    scope_id: uuid.UUID | None = None,
    today: date | None = None,
) -> RepresentationAudit:
    """Begin to look at a body of a partnership (``scope_id``) or of the whole space, every count at nothing.

    Raises ValidationError by field: for a place one does not coordinate, for what nobody can know of others (R-S9),
    for a day to come, and for a body that is counted along this dimension on that day already.
    """
    _check_place(scope_id, by)
    # Who changes a profile locks it and looks for audits; so nobody changes it under a new one.
    held = ReferenceProfile.objects.select_for_update().get(pk=profile.pk)
    found = refused_in_audit(
        dimension=held.dimension, method=method, audited_on=audited_on, today=today or timezone.localdate()
    )
    if is_counted_that_day(profile=held, scope_id=scope_id, body=body, audited_on=audited_on):
        found["body"] = str(COUNTED_ALREADY)
    if found:
        raise ValidationError(found)
    audit = RepresentationAudit(
        profile=held, scope_id=scope_id, body=body, audited_on=audited_on, method=method, created_by=by
    )
    audit.full_clean(exclude=NOT_ASKED)
    audit.save()
    # All at once and now: a row that came with the first answer would keep its time.
    AuditCount.objects.bulk_create(AuditCount(audit=audit, category=one, count=0) for one in categories_of(held))
    record("representation.opened", audit, by=by, scope_id=audit.scope_id, changes={"method": method})
    return audit


def _check_place(scope_id: uuid.UUID | None, by: User | None) -> None:
    if by is None:
        return
    viewer = viewer_for(by)
    if scope_id is None and not viewer.can_everywhere(Permission.EDIT_STAKEHOLDERS):
        raise ValidationError({"place": _("Choose the partnership whose body it is.")})
    if scope_id is not None and not any(
        place.scope_id == scope_id for place in places_with(viewer, Permission.EDIT_STAKEHOLDERS)
    ):
        raise ValidationError({"place": _("Choose a partnership from the list.")})


@transaction.atomic
def count_by_hand(
    *,
    audit: RepresentationAudit,
    counts: Mapping[uuid.UUID, int],
    not_stated: int,
    by: User | None,
    from_cards: bool = False,
) -> RepresentationAudit:
    """Type in how many belong to each group, by category; groups left out have nobody.

    ``from_cards`` says the counts are from cards without names: what only people themselves may say is taken in no
    other way (R-S9). Raises ValidationError, and AuditStateError for a closed audit and one with answers by slip.
    """
    locked = _open_audit(audit)
    if round_of(locked).counting not in {Counting.NOT_BEGUN, Counting.BY_HAND}:
        raise AuditStateError(_("People answer this one themselves, so nothing is typed in."))
    if is_sensitive(locked.profile.dimension) and not from_cards:
        raise ValidationError(
            {"from_cards": _("Only counts from cards without a name may be typed in. Nobody is to guess or to ask.")}
        )
    rows = {row.category_id: row for row in AuditCount.objects.filter(audit=locked)}
    if set(counts) - set(rows) or not all(0 <= one <= MOST_COUNTED for one in [*counts.values(), not_stated]):
        raise ValidationError(_("Write whole numbers for the groups of this community."))
    for category_id, row in rows.items():
        row.count = counts.get(category_id, 0)
    AuditCount.objects.bulk_update(rows.values(), ["count"])
    locked.not_stated_count = not_stated
    locked.save(update_fields=["not_stated_count"])
    record("representation.counted", locked, by=by, scope_id=locked.scope_id)
    return locked


@transaction.atomic
def close_representation_audit(
    *,
    audit: RepresentationAudit,
    missing_voices: str,
    action: str,
    action_on: date | None,
    by: User | None,
    today: date | None = None,
) -> RepresentationAudit:
    """Say who is missing and what is done about it by when, and close. From then on its counts stay.

    Raises ValidationError by field for what is missing (R-S11), AuditStateError when closed, still being answered or
    not counted.
    """
    today = today or timezone.localdate()
    locked = _open_audit(audit)
    counting = round_of(locked).counting
    if counting is Counting.OPEN:
        raise AuditStateError(_("People are still answering. End the round first."))
    if counting is Counting.NOT_BEGUN:
        raise AuditStateError(_("Nobody has been counted yet."))
    missing = missing_to_close(missing_voices=missing_voices, action=action, action_on=action_on, today=today)
    if missing:
        raise ValidationError(missing)
    locked.missing_voices, locked.action, locked.action_on = missing_voices, action, action_on
    locked.closed_on = today
    locked.full_clean(exclude=NOT_ASKED)
    locked.save()
    record("representation.closed", locked, by=by, scope_id=locked.scope_id, changes={"action_on": str(action_on)})
    return locked


@transaction.atomic
def change_representation_action(
    *, audit: RepresentationAudit, action: str, action_on: date | None, by: User | None, today: date | None = None
) -> RepresentationAudit:
    """Say anew what is done, or by when; the day of before stays in the history.

    Raises ValidationError by field, and AuditStateError for an audit that is not closed.
    """
    locked: RepresentationAudit = RepresentationAudit.objects.select_for_update().get(pk=audit.pk)
    if locked.closed_on is None:
        raise AuditStateError(_("Close the audit first."))
    missing = missing_to_close(
        missing_voices=locked.missing_voices, action=action, action_on=action_on, today=today or timezone.localdate()
    )
    if missing:
        raise ValidationError(missing)
    before = locked.action_on
    locked.action, locked.action_on = action, action_on
    locked.full_clean(exclude=NOT_ASKED)
    locked.save()
    record(
        "representation.action_changed",
        locked,
        by=by,
        scope_id=locked.scope_id,
        changes={"action_on": [str(before), str(action_on)]},
    )
    return locked


@transaction.atomic
def place_representation_audit(
    *, audit: RepresentationAudit, scope_id: uuid.UUID | None, by: User
) -> RepresentationAudit:
    """Say whose body it is, also of a closed audit: a partnership, whose coordination sees it then, or the whole space.

    Its counts stay as they are. Raises ValidationError by field for somebody who does not coordinate the whole space,
    for a place there is not, and where the place has a count of that body on that day.
    """
    viewer = viewer_for(by)
    if not viewer.can_everywhere(Permission.EDIT_STAKEHOLDERS):
        raise ValidationError({"place": _("Whoever coordinates the whole space says whose body it is.")})
    _check_place(scope_id, by)
    locked: RepresentationAudit = (
        RepresentationAudit.objects.select_for_update(of=["self"]).select_related("profile").get(pk=audit.pk)
    )
    before = locked.scope_id
    if is_counted_that_day(
        profile=locked.profile,
        scope_id=scope_id,
        body=locked.body,
        audited_on=locked.audited_on,
        but=locked.pk,
    ):
        raise ValidationError({"place": COUNTED_ALREADY})
    locked.scope_id = scope_id
    locked.save(update_fields=["scope"])
    changes = {"scope": [str(before or ""), str(scope_id or "")]}
    record("representation.placed", locked, by=by, scope_id=scope_id, changes=changes)
    return locked


@transaction.atomic
def delete_representation_audit(*, audit: RepresentationAudit, by: User | None) -> None:
    """Take back an audit that is not closed, with its counts and slips. Raises AuditStateError for a closed one."""
    locked = _open_audit(audit)
    record("representation.deleted", locked, by=by, scope_id=locked.scope_id)
    AccessLink.objects.filter(subject_id=locked.pk, purpose__in=[ROUND, SLIP]).delete()
    AuditCount.objects.filter(audit=locked).delete()
    locked.delete()


def _open_audit(audit: RepresentationAudit) -> RepresentationAudit:
    locked: RepresentationAudit = (
        RepresentationAudit.objects.select_for_update(of=["self"]).select_related("profile").get(pk=audit.pk)
    )
    if locked.closed_on is not None:
        raise AuditStateError(_("This audit is closed: what it says stays."))
    return locked
