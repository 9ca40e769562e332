"""Validating what Django validates, with fewer statements."""

from collections.abc import Collection

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce


def all_checks_hold(instance: models.Model, *, exclude: Collection[str] | None = None) -> bool:
    """Whether a record keeps all its check constraints but those about excluded fields; one statement for all.

    As in the database, a condition that is unknown is not broken.
    """
    together = Q()
    for model, constraints in instance.get_constraints():
        for one in constraints:
            if not isinstance(one, models.CheckConstraint):
                continue
            if exclude and one._expression_refs_exclude(model, one.condition, exclude):  # type: ignore[attr-defined]
                continue
            together &= Q(Coalesce(one.condition, True, output_field=models.BooleanField()))
    values = instance._get_field_expression_map(meta=instance._meta, exclude=exclude)  # type: ignore[attr-defined]
    return not together or bool(together.check(values))
