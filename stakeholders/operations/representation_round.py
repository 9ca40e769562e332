"""Answering without a name: a round of slips, of which each answers once and leaves nothing but a count (R-S9, PRI-04).

Nothing ties an answer to whoever gave it. A slip is drawn, not addressed; using it deletes it, so that neither its use
nor the time of it is written anywhere; the answer adds one to a count that stood there before; no history is written;
and nobody sees a count before the round is over, so that it cannot be watched growing. Tries are counted by the hour,
all of a round together. What the database server keeps to recover from a crash is not in reach of this module.
"""

import uuid
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from core.models import AccessLink, User
from core.operations.audit import record
from core.operations.link import hash_of, make_link, open_link, revoke_links_to
from core.operations.rate import count_use_of
from core.web.space import absolute, space_url
from stakeholders.models import AuditCount, RepresentationAudit
from stakeholders.operations.representation import AuditStateError
from stakeholders.queries.representation import ROUND, SLIP, Counting, round_of
from stakeholders.rules.representation import Method
from stakeholders.rules.representation_hiding import SMALLEST_TOLD
from stakeholders.rules.representation_slip import FEWEST_SLIPS, LONGEST_ROUND, MOST_SLIPS, as_stored, new_code

TRIES_PER_HOUR = 1_000


class SlipRefusedError(Exception):
    """No unused slip of this round has that code."""


@dataclass(frozen=True)
class HandedOut:
    """The link of a round and the codes on its slips, told once and stored nowhere."""

    url: str
    codes: list[str]
    ends_on: date


@transaction.atomic
def hand_out_slips(
    *, audit: RepresentationAudit, number: int, ends_on: date, by: User | None, today: date | None = None
) -> HandedOut:
    """Open a round until the end of a day, with a slip for each member of the body; no slip has a name.

    Raises ValidationError by field for fewer than 5 or more than 300 slips and a day past or more than 60 days away,
    AuditStateError for a closed audit, one counted from roles or by hand, and one whose answers are told already.
    """
    locked: RepresentationAudit = RepresentationAudit.objects.select_for_update().get(pk=audit.pk)
    _check_may_answer(locked)
    today = today or timezone.localdate()
    found = {}
    if not FEWEST_SLIPS <= number <= MOST_SLIPS:
        found["number"] = _("Between 5 and 300 slips: fewer answers are not shown.")
    if not today <= ends_on <= today + LONGEST_ROUND:
        found["ends_on"] = _("Choose a day from today to sixty days from now.")
    if found:
        raise ValidationError(found)
    now = timezone.now()
    lasts = timezone.make_aware(datetime.combine(ends_on + timedelta(days=1), time.min)) - now
    link, token = make_link(purpose=ROUND, subject_id=locked.pk, lasts=lasts, by=by, label=locked.body, now=now)
    codes = [new_code() for _slip in range(number)]
    AccessLink.objects.bulk_create(
        AccessLink(
            purpose=SLIP,
            subject_id=locked.pk,
            token_hash=_slip_hash(token, code),
            created_by=by,
            expires_at=link.expires_at,
        )
        for code in codes
    )
    record("representation.round_opened", locked, by=by, scope_id=locked.scope_id, changes={"slips": number})
    return HandedOut(absolute(space_url("representation_answer", token=token)), codes, ends_on)


@transaction.atomic
def end_round(*, audit: RepresentationAudit, by: User | None) -> None:
    """Take no more answers and show what was said. Ending twice changes nothing."""
    locked = RepresentationAudit.objects.select_for_update().get(pk=audit.pk)
    if round_of(locked).counting is not Counting.OPEN:
        return
    revoke_links_to(locked.pk, purpose=ROUND)
    AccessLink.objects.filter(subject_id=locked.pk, purpose=SLIP).delete()
    record("representation.round_ended", locked, by=by, scope_id=locked.scope_id)


def audit_of_round(token: str) -> RepresentationAudit:
    """What the link of a round asks about; changes nothing.

    Raises LinkUnknownError, or LinkExpiredError when the round is over.
    """
    link = open_link(token, purpose=ROUND)
    return RepresentationAudit.objects.select_related("profile").get(pk=link.subject_id)


def answer_without_name(*, token: str, code: str, category_id: uuid.UUID | None) -> None:
    """Count one answer and use up its slip; None is "not stated". Keeps nothing else.

    Raises SlipRefusedError for a code that is unknown or used, TooOftenError above a thousand tries an hour on one
    link, ValidationError for a group of another community, and as ``audit_of_round``.
    """
    audit = audit_of_round(token)
    # Outside the transaction below: a refused try counts too.
    count_use_of(f"representation:{audit.pk}", limit=TRIES_PER_HOUR, per=timedelta(hours=1))
    with transaction.atomic():
        # The audit first, as whoever ends the round does: the other way round each would wait for the other.
        RepresentationAudit.objects.select_for_update().filter(pk=audit.pk).first()
        slips = AccessLink.objects.filter(purpose=SLIP, subject_id=audit.pk, expires_at__gt=timezone.now())
        used, _by_model = slips.filter(token_hash=_slip_hash(token, code)).delete()
        if not used:
            raise SlipRefusedError(_("There is no unused slip with this code. Check the letters and digits."))
        if category_id is None:
            RepresentationAudit.objects.filter(pk=audit.pk).update(not_stated_count=F("not_stated_count") + 1)
            return
        rows = AuditCount.objects.filter(audit=audit, category_id=category_id)
        if not rows.update(count=F("count") + 1):
            raise ValidationError({"group": _("Choose one from the list.")})


def _check_may_answer(audit: RepresentationAudit) -> None:
    if audit.closed_on is not None:
        raise AuditStateError(_("This audit is closed: what it says stays."))
    if audit.method != Method.ANONYMOUS:
        raise AuditStateError(_("This one is counted from roles. Open another to let people say it themselves."))
    found = round_of(audit)
    if found.counting is Counting.OPEN:
        raise AuditStateError(_("A round is open already."))
    stated = found.answers - audit.not_stated_count
    if found.counting is Counting.BY_HAND or stated >= SMALLEST_TOLD:
        raise AuditStateError(_("The counts are shown already. One more answer could be told from the difference."))


def _slip_hash(token: str, code: str) -> str:
    """Tied to the link of the round, which is not stored: a stolen table of hashes yields no code."""
    return hash_of(f"{token}:{as_stored(code)}", purpose=SLIP)
