"""Asking the coordination of the space for a record out of sight, and answering."""

import uuid
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.access.permissions import Permission
from core.models import User
from core.operations.audit import record
from core.operations.mail import write_mail
from core.operations.rate import TooOftenError, count_use_of
from core.queries.places import places_with
from core.queries.tenant import tenant_at_work
from core.queries.viewer import viewer_for
from core.web.space import absolute, space_url
from stakeholders.models import RegisterRequest
from stakeholders.queries.register_request import holder_of, is_out_of_reach
from stakeholders.rules.identifier import checked_identifier, checked_scheme
from stakeholders.rules.register_request import can_answer_request
from stakeholders.rules.tax_code import TaxCodeError, checked_tax_code

MOST_A_DAY = 20


class RequestRefusedError(Exception):
    """The request cannot get this answer; the message says why."""


def ask_for_record(
    *, scope_id: uuid.UUID, value: str, name: str, by: User, scheme: str = "", reason: str = ""
) -> RegisterRequest:
    """Ask whoever coordinates the space for the record with a number, for a partnership one coordinates.

    Tells nothing of the record. Raises ValidationError by field: for another's partnership, for a number that cannot
    be right or that can be written down from here, for what was asked already, and beyond twenty a day.
    """
    viewer = viewer_for(by)
    if not any(place.scope_id == scope_id for place in places_with(viewer, Permission.EDIT_STAKEHOLDERS)):
        raise ValidationError({"place": _("Choose a partnership from the list.")})
    scheme = checked_scheme(scheme) if scheme else ""
    value = checked_identifier(scheme, value) if scheme else _checked_code(value)
    # Outside the transaction below: a refused try counts too.
    _count(by)
    holder = holder_of(scheme=scheme, value=value)
    if holder is None or not is_out_of_reach(holder, by):
        raise ValidationError({"value": _("This number needs no asking: add the record, or look for it in the list.")})
    asked = RegisterRequest(scope_id=scope_id, scheme=scheme, value=value, name=name, reason=reason, asked_by=by)
    with transaction.atomic():
        asked.full_clean(exclude=["asked_by", "answered_by"])
        asked.save()
        record("register_request.asked", asked, by=by, scope_id=scope_id, changes={"scheme": scheme})
    return asked


@transaction.atomic
def answer_register_request(*, asked: RegisterRequest, is_granted: bool, by: User, answer: str = "") -> RegisterRequest:
    """Share the record with the partnership that asked, or not, and mail who asked; it may be turned round later.

    Raises RequestRefusedError for somebody who does not coordinate the whole space, for the same answer twice, and for
    a number that nobody has any more.
    """
    locked: RegisterRequest = RegisterRequest.objects.select_for_update().get(pk=asked.pk)
    if not viewer_for(by).can_everywhere(Permission.EDIT_STAKEHOLDERS):
        raise RequestRefusedError(_("Whoever coordinates the whole space answers this."))
    holder = holder_of(scheme=locked.scheme, value=locked.value)
    verdict = can_answer_request(state=locked.state, is_granted=is_granted, has_holder=holder is not None)
    if not verdict:
        raise RequestRefusedError(str(verdict.reason))
    locked.state = RegisterRequest.State.GRANTED if is_granted else RegisterRequest.State.DECLINED
    locked.stakeholder = holder if is_granted else None
    locked.answer, locked.answered_by, locked.answered_at = answer, by, timezone.now()
    locked.full_clean(exclude=["asked_by", "answered_by"])
    locked.save()
    verb = "register_request.shared" if is_granted else "register_request.declined"
    record(verb, locked, by=by, scope_id=locked.scope_id)
    _tell(locked)
    return locked


def _tell(asked: RegisterRequest) -> None:
    """Mail the answer to who asked; it says what they wrote themselves and the answer, nothing else of the record."""
    who = asked.asked_by
    if who is None or not who.is_active:
        return
    record_id = asked.stakeholder_id
    path = space_url("register_request_list")
    if record_id:
        path = space_url("stakeholder_detail", stakeholder_id=record_id)
    write_mail(
        to=who.email,
        kind="register_request",
        dedup_key=f"register_request:{asked.pk}:{asked.answered_at}",
        language=who.language or tenant_at_work().default_language,
        template="register_request",
        context={
            "person": who.name,
            "name": asked.name,
            "space": tenant_at_work(),
            "is_granted": asked.state == RegisterRequest.State.GRANTED,
            "answer": asked.answer,
            "url": absolute(path),
        },
    )


def _checked_code(value: str) -> str:
    try:
        return checked_tax_code(value).value
    except TaxCodeError as error:
        raise ValidationError({"value": error.message}) from error


def _count(by: User) -> None:
    try:
        count_use_of(f"register_request:{by.pk}", limit=MOST_A_DAY, per=timedelta(days=1))
    except TooOftenError as error:
        raise ValidationError(_("You have asked often today. Ask again tomorrow.")) from error
