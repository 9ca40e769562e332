"""Adding a stakeholder, changing what is known of it, and noting who works where."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import BooleanField, ExpressionWrapper, Q
from django.utils import timezone

from core.access.permissions import Permission
from core.models import User
from core.operations.audit import changed_fields, record
from core.operations.levels import require_meant
from core.queries.viewer import viewer_for
from stakeholders.models import Affiliation, Asset, ContactPoint, Identifier, Stakeholder
from stakeholders.queries.register_request import holder_of, refusal_of
from stakeholders.queries.stakeholder import stakeholders_visible_to
from stakeholders.rules.register_request import TAKEN_CODE
from stakeholders.rules.stakeholder import (
    SEARCHED_FIELDS,
    history_of_change,
    least_level_told,
    search_text,
    sort_name,
)
from stakeholders.rules.stakeholder_status import can_move_status
from stakeholders.rules.tax_code import TaxCodeError, checked_tax_code, checked_vat_number

CODES = {"tax_code": checked_tax_code, "vat_number": checked_vat_number}


class NotAnOrganisationError(Exception):
    """Somebody was to be added to a person: only organisations and groups have people."""


class AlreadyThereError(Exception):
    """The person is in the organisation already."""


@transaction.atomic
def add_stakeholder(*, name: str, by: User | None, **fields: Any) -> Stakeholder:
    """A new organisation, group or person. Whoever coordinates some partnerships only knows best whom they add.

    Raises ValidationError, among others for a tax code that cannot be right or that another one has: who that is, and
    that there is one, is told to nobody who does not keep it.
    """
    stakeholder = Stakeholder()
    if fields.get("relationship_owner") is None and by is not None and _keeps_some_only(by):
        fields["relationship_owner"] = by
    _write(stakeholder, {"name": name, **fields}, by=by)
    record("stakeholder.added", stakeholder, by=by, changes={"kind": stakeholder.kind})
    return stakeholder


def _keeps_some_only(by: User) -> bool:
    viewer = viewer_for(by)
    return viewer.can(Permission.SEE_STAKEHOLDERS) and not viewer.can_everywhere(Permission.SEE_STAKEHOLDERS)


@transaction.atomic
def change_stakeholder(
    *, stakeholder: Stakeholder, by: User | None, actor_label: str = "", **fields: Any
) -> Stakeholder:
    """Change what is known of a stakeholder. History keeps which facts changed, and of coded ones the values.

    ``actor_label`` says who acted without an account ("link"). Raises ValidationError as ``add_stakeholder``, and for
    a state that does not follow (domain 1.3).
    """
    locked = Stakeholder.objects.select_for_update().get(pk=stakeholder.pk)
    require_meant(locked, fields)
    before = {name: getattr(locked, name) for name in fields}
    _refuse_wrong_move(locked, fields)
    _write(locked, fields, by=by)
    after = {name: getattr(locked, name) for name in fields}
    changes = changed_fields(Stakeholder(**before), after)
    if changes:
        told = history_of_change(changes)
        record("stakeholder.changed", locked, by=by, changes=told, actor_label=actor_label)
    return locked


@transaction.atomic
def add_person_to_organisation(
    *,
    organisation: Stakeholder,
    by: User | None,
    person: Stakeholder | None = None,
    name: str = "",
    email: str = "",
    phone: str = "",
    title: str = "",
) -> Affiliation:
    """Note that a person works or volunteers in an organisation: a known one, or a new one from name and e-mail.

    A person known under the same e-mail address, whom one may see, is taken instead of a second record: an address
    opens nobody's record. Raises NotAnOrganisationError, AlreadyThereError, ValidationError.
    """
    if organisation.kind == Stakeholder.Kind.PERSON:
        raise NotAnOrganisationError
    person = person or _person_with_email(email, by) or _new_person(name, email, phone, by)
    place, is_new = Affiliation.objects.get_or_create(
        person=person, organisation=organisation, defaults={"title": title}
    )
    if not is_new and place.is_active:
        raise AlreadyThereError
    if not is_new:
        place.is_active, place.title = True, title
        place.save(update_fields=["is_active", "title"])
    record("stakeholder.person_added", organisation, by=by, changes={"person": str(person.pk)})
    return place


def _person_with_email(email: str, by: User | None) -> Stakeholder | None:
    if not email:
        return None
    known = Stakeholder.objects.all() if by is None else stakeholders_visible_to(viewer_for(by))
    people = known.filter(kind=Stakeholder.Kind.PERSON, email=email.strip().lower(), merged_into=None)
    return people.order_by("id").first()


def _new_person(name: str, email: str, phone: str, by: User | None) -> Stakeholder:
    return add_stakeholder(name=name, kind=Stakeholder.Kind.PERSON, email=email, phone=phone, by=by)


def refresh_search_text(stakeholder: Stakeholder) -> None:
    """Have a search find a stakeholder by what was just written down beside it: numbers and what it offers."""
    stakeholder.search_text = words_of_stakeholder(stakeholder)
    stakeholder.save(update_fields=["search_text"])
    note_what_is_kept_back(stakeholder)


def note_what_is_kept_back(stakeholder: Stakeholder) -> None:
    """Mark which of its offers a search may not find it by, because fewer may know of them than of itself."""
    is_hidden = ExpressionWrapper(Q(visibility__lt=_least_level(stakeholder)), output_field=BooleanField())
    Asset.objects.filter(owner=stakeholder).update(is_kept_back=is_hidden)


def words_of_stakeholder(stakeholder: Stakeholder) -> str:
    """What a search finds a stakeholder by: its facts, its numbers and addresses, and what it offers.

    An offer that not everybody who sees the stakeholder may know of is left out: finding the owner would tell of it.
    """
    facts = [*(getattr(stakeholder, name) for name in SEARCHED_FIELDS), *stakeholder.territories]
    if not stakeholder._state.adding:
        emails = ContactPoint.objects.filter(stakeholder=stakeholder, kind=ContactPoint.Kind.EMAIL)
        facts += emails.order_by("id").values_list("value", flat=True)
        facts += Identifier.objects.filter(stakeholder=stakeholder).order_by("id").values_list("value", flat=True)
        told = Asset.objects.filter(owner=stakeholder, visibility__gte=_least_level(stakeholder))
        offered = told.exclude(offered=Asset.Offered.NO)
        facts += offered.order_by("id").values_list("title", flat=True)
    return search_text(facts) or stakeholder.sort_name


def _least_level(stakeholder: Stakeholder) -> int:
    return least_level_told(kind=stakeholder.kind, visibility=stakeholder.visibility)


def _refuse_wrong_move(stakeholder: Stakeholder, fields: Mapping[str, Any]) -> None:
    to = fields.get("status", stakeholder.status)
    if to == stakeholder.status:
        return
    until = fields.get("ask_again_on", stakeholder.ask_again_on)
    verdict = can_move_status(current=stakeholder.status, to=to, ask_again_on=until, today=timezone.localdate())
    if not verdict:
        raise ValidationError({"status": str(verdict.reason)})


def _write(stakeholder: Stakeholder, fields: Mapping[str, Any], *, by: User | None) -> None:
    for name, value in fields.items():
        setattr(stakeholder, name, _code(name, value) if name in CODES else value)
    stakeholder.email = stakeholder.email.strip().lower()
    stakeholder.sort_name = sort_name(stakeholder.name)
    stakeholder.search_text = words_of_stakeholder(stakeholder)
    if fields.get("tax_code"):
        _refuse_taken_code(stakeholder, by=by)
    stakeholder.full_clean()
    is_new = stakeholder._state.adding
    stakeholder.save()
    if not is_new and {"kind", "visibility"} & fields.keys():
        note_what_is_kept_back(stakeholder)


def _refuse_taken_code(stakeholder: Stakeholder, *, by: User | None) -> None:
    holder = holder_of(scheme="", value=stakeholder.tax_code)
    if holder is not None and holder.pk != stakeholder.pk:
        raise ValidationError({"tax_code": refusal_of(holder, by=by, taken=TAKEN_CODE)})


def _code(field: str, value: str) -> str:
    try:
        return CODES[field](value).value
    except TaxCodeError as error:
        raise ValidationError({field: error.message}) from error
