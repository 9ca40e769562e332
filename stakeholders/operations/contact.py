"""More ways to reach a stakeholder, and its numbers in registers."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from core.models import User
from core.operations.audit import record
from stakeholders.models import ContactPoint, Identifier, Stakeholder
from stakeholders.operations.stakeholder import refresh_search_text
from stakeholders.queries.register_request import holder_of, refusal_of
from stakeholders.rules.contact import contact_value
from stakeholders.rules.identifier import checked_identifier, checked_scheme
from stakeholders.rules.register_request import TAKEN_NUMBER

MOST_OF_ONE = 30


@transaction.atomic
def add_contact_point(
    *, stakeholder: Stakeholder, kind: str, value: str, by: User | None, label: str = ""
) -> ContactPoint:
    """One more way to reach a stakeholder. Raises ValidationError for an address that cannot be one."""
    locked = _locked(stakeholder)
    if ContactPoint.objects.filter(stakeholder=locked).count() >= MOST_OF_ONE:
        raise ValidationError(_("Thirty ways to reach somebody are enough. Take one out first."))
    point = ContactPoint(stakeholder=locked, kind=kind, value=contact_value(kind, value), label=label)
    if kind == ContactPoint.Kind.EMAIL:
        _refuse_no_email(point.value)
    point.full_clean()
    point.save()
    refresh_search_text(locked)
    record("stakeholder.contact_added", locked, by=by, changes={"kind": kind})
    return point


@transaction.atomic
def remove_contact_point(*, point: ContactPoint, by: User | None) -> None:
    """Take a way to reach a stakeholder out."""
    locked = _locked(point.stakeholder)
    point.delete()
    refresh_search_text(locked)
    record("stakeholder.contact_removed", locked, by=by, changes={"kind": point.kind})


@transaction.atomic
def add_identifier(*, stakeholder: Stakeholder, scheme: str, value: str, by: User | None) -> Identifier:
    """A number in a register. Raises ValidationError for one that cannot be right or that another one has."""
    locked = _locked(stakeholder)
    if Identifier.objects.filter(stakeholder=locked).count() >= MOST_OF_ONE:
        raise ValidationError(_("Thirty numbers are enough. Take one out first."))
    code = checked_scheme(scheme)
    identifier = Identifier(stakeholder=locked, scheme=code, value=checked_identifier(code, value))
    holder = holder_of(scheme=code, value=identifier.value)
    if holder is not None:
        raise ValidationError({"value": refusal_of(holder, by=by, taken=TAKEN_NUMBER)})
    identifier.full_clean()
    identifier.save()
    refresh_search_text(locked)
    record("stakeholder.identifier_added", locked, by=by, changes={"scheme": code})
    return identifier


@transaction.atomic
def remove_identifier(*, identifier: Identifier, by: User | None) -> None:
    """Take a number out."""
    locked = _locked(identifier.stakeholder)
    identifier.delete()
    refresh_search_text(locked)
    record("stakeholder.identifier_removed", locked, by=by, changes={"scheme": identifier.scheme})


def _locked(stakeholder: Stakeholder) -> Stakeholder:
    found: Stakeholder = Stakeholder.objects.select_for_update().get(pk=stakeholder.pk)
    return found


def _refuse_no_email(value: str) -> None:
    try:
        validate_email(value)
    except ValidationError as error:
        raise ValidationError({"value": error.messages}) from error
