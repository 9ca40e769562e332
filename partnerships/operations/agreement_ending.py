"""Ending an agreement before its time, with a reason and the notice it asks for."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.models import User
from core.operations.audit import record
from partnerships.models import Agreement, AgreementVersion
from partnerships.operations.agreement import AgreementRefusedError
from partnerships.operations.review_link import mail_review_links
from partnerships.rules.agreement import AGREED, can_terminate, earliest_end

State = AgreementVersion.State


@transaction.atomic
def terminate_agreement(
    *,
    version: AgreementVersion,
    reason: str,
    ends_on: date,
    by: User,
    all_agree: bool = False,
    today: date | None = None,
) -> AgreementVersion:
    """End an agreement early: it holds no more from ``ends_on``, and everybody who may commit reads why.

    Raises AgreementRefusedError for a version that is not agreed, without a reason, for a day past, and for one within
    the agreement's notice unless ``all_agree``.
    """
    day = today or timezone.localdate()
    Agreement.objects.select_for_update().get(pk=version.agreement_id)
    locked = AgreementVersion.objects.select_for_update().get(pk=version.pk)
    if not (verdict := can_terminate(locked, reason=reason, today=day)):
        raise AgreementRefusedError(str(verdict.reason))
    earliest = day if all_agree else earliest_end(locked, today=day)
    if ends_on < earliest:
        raise AgreementRefusedError(_too_soon(locked, earliest, all_agree=all_agree))
    locked.terminated_on, locked.termination_reason = ends_on, reason.strip()
    _let_the_one_before_go_on(locked, ends_on)
    if ends_on <= day:
        locked.state = State.TERMINATED
    locked.full_clean()
    locked.save(update_fields=["state", "terminated_on", "termination_reason"])
    mail_review_links(version=locked, by=by, template="agreement_ended")
    changes = {"ends_on": str(ends_on)}
    record("agreement.terminated", locked, by=by, scope_id=locked.agreement.partnership.scope_id, changes=changes)
    return locked


def _let_the_one_before_go_on(locked: AgreementVersion, ends_on: date) -> None:
    """A version that never begins takes nobody's place."""
    never_begins = locked.valid_from is not None and ends_on <= locked.valid_from
    if locked.state == State.TO_COME and never_begins:
        others = AgreementVersion.objects.filter(agreement_id=locked.agreement_id, state__in=AGREED)
        others.exclude(pk=locked.pk).filter(replaced_on=locked.valid_from).update(replaced_on=None)


def _too_soon(version: AgreementVersion, earliest: date, *, all_agree: bool) -> str:
    if all_agree or not version.notice_days:
        return _("Choose today or a day to come.")
    text = ngettext(
        "The agreement asks for %(days)d day of notice: %(day)s is the earliest. Sooner only if all agree.",
        "The agreement asks for %(days)d days of notice: %(day)s is the earliest. Sooner only if all agree.",
        version.notice_days,
    )
    return text % {"days": version.notice_days, "day": date_format(earliest, "DATE_FORMAT")}
