"""Whose data it is: one person with their records, account, addresses and names, as they stand now."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from core.models import User
from core.operations.account_erasure import is_only_here
from stakeholders.models import ContactPoint, Identifier, Stakeholder
from stakeholders.rules.naming import Naming, is_sign, name_key, name_keys


@dataclass(frozen=True)
class Subject:
    """A person as their data is looked for.

    ``ids`` are the record and those merged into it. ``addresses`` are e-mails that are theirs alone, in small letters;
    ``shared`` those an organisation or a colleague has as well, which say nothing about who is meant. ``namesakes``
    tells that somebody else has the same name: then a name in a text is nobody's.
    """

    person: Stakeholder
    ids: tuple[uuid.UUID, ...]
    user: User | None
    account_is_only_here: bool
    addresses: frozenset[str]
    shared: frozenset[str]
    naming: Naming
    namesakes: bool


def subject_of(person: Stakeholder) -> Subject:
    """Everything the person is found by in the tenant at work."""
    records = list(Stakeholder.objects.filter(Q(pk=person.pk) | Q(merged_into=person)).order_by("id"))
    ids = tuple(record.pk for record in records)
    user = User.objects.filter(pk=person.user_id).first() if person.user_id else None
    reached = list(ContactPoint.objects.filter(stakeholder__in=ids).order_by("id").values_list("kind", "value"))
    numbers = set(Identifier.objects.filter(stakeholder__in=ids).order_by("id").values_list("value", flat=True))
    addresses = {value.lower() for kind, value in reached if kind == ContactPoint.Kind.EMAIL}
    addresses |= {record.email.lower() for record in records if record.email}
    shared = _had_by_others(addresses, ids)
    if user:
        addresses.add(user.email.lower())
        shared.discard(user.email.lower())
    others = {value for kind, value in reached if kind != ContactPoint.Kind.EMAIL}
    others |= {value for one in records for value in (one.phone, one.website, one.tax_code, one.vat_number) if value}
    signs = (others | numbers) - _values_of_others(others | numbers, ids)
    keys, namesakes = _names(records, user, ids)
    own = frozenset(addresses - shared)
    naming = Naming(keys, own | frozenset(filter(is_sign, signs)))
    only_here = user is not None and is_only_here(user)
    return Subject(person, ids, user, only_here, own, frozenset(shared), naming, namesakes)


def any_of(conditions: Iterable[Mapping[str, Any]]) -> Q:
    """The condition that one of some holds; none of them is no condition at all."""
    found = Q()
    for condition in conditions:
        found |= Q(**condition)
    return found


def _names(
    records: list[Stakeholder], user: User | None, ids: tuple[uuid.UUID, ...]
) -> tuple[frozenset[tuple[str, ...]], bool]:
    names = [name for record in records for name in (record.name, *record.aliases.splitlines())]
    keys = name_keys([*names, *([user.name] if user else [])])
    people = Stakeholder.objects.filter(kind=Stakeholder.Kind.PERSON).exclude(pk__in=ids)
    alike = people.filter(sort_name__in=[" ".join(key) for key in keys]).order_by("id")
    taken = {name_key(name) for name in alike.values_list("name", flat=True)}
    return keys - taken, bool(keys & taken)


def _had_by_others(addresses: set[str], ids: tuple[uuid.UUID, ...]) -> set[str]:
    # Addresses are stored in small letters; compared as they stand, an index finds them.
    others = Stakeholder.objects.filter(email__in=addresses - {""}).exclude(pk__in=ids)
    points = ContactPoint.objects.filter(value__in=addresses).exclude(stakeholder__in=ids)
    return {
        *others.order_by("id").values_list("email", flat=True),
        *points.order_by("id").values_list("value", flat=True),
    }


def _values_of_others(values: set[str], ids: tuple[uuid.UUID, ...]) -> set[str]:
    columns = ("phone", "website", "vat_number")
    found: set[str] = set()
    for column in columns:
        others = Stakeholder.objects.filter(**{f"{column}__in": values}).exclude(pk__in=ids)
        found |= set(others.order_by("id").values_list(column, flat=True))
    points = ContactPoint.objects.filter(value__in=values).exclude(stakeholder__in=ids)
    return found | set(points.order_by("id").values_list("value", flat=True))
