"""What a tenant-owned table is: its base class, its foreign key, and the check that refuses a lost wall."""

from collections.abc import Collection
from typing import Any

from django.apps import apps
from django.core import checks
from django.db import models

from core.tenancy.constraints import CompositeForeignKey, TenantWall
from core.tenancy.context import current_tenant_id
from core.tenancy.keys import new_id
from core.tenancy.managers import TenantManager
from core.tenancy.validation import all_checks_hold

# Postgres cuts longer names off without a word.
LONGEST_NAME = 63


class TenantModel(models.Model):
    """A row that belongs to exactly one tenant; outside a tenant it can be neither read nor written."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant = models.ForeignKey(
        "core.Tenant",
        on_delete=models.PROTECT,
        default=current_tenant_id,
        editable=False,
        related_name="+",
        db_index=False,
    )

    objects = TenantManager["Any"]()

    class Meta:
        abstract = True
        base_manager_name = "objects"
        constraints = [TenantWall(name="%(app_label)s_%(class)s_wall")]

    def clean_fields(self, exclude: Collection[str] | None = None) -> None:
        """As Django's, but for the tenant, which is the one at work: nobody asks whether it exists."""
        super().clean_fields(exclude={*(exclude or ()), "tenant"})

    def validate_unique(self, exclude: Collection[str] | None = None) -> None:
        """As Django's, but nobody is asked whether a key that was just drawn at random is taken."""
        super().validate_unique(exclude={*(exclude or ()), "id"})

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        """As Django's, but all check constraints are asked about in one statement, and singly only if one is broken."""
        self._checks_hold = all_checks_hold(self, exclude=exclude)
        try:
            super().validate_constraints(exclude=exclude)
        finally:
            del self._checks_hold

    def get_constraints(self) -> Any:
        """The constraints to validate; without the check constraints where all are known to hold."""
        found = super().get_constraints()
        if not getattr(self, "_checks_hold", False):
            return found
        return [(model, [one for one in some if not isinstance(one, models.CheckConstraint)]) for model, some in found]


class TenantForeignKey(models.ForeignKey[Any, Any]):
    """A foreign key between tenant tables: its one constraint in the database is the composite key.

    The field registers that constraint by itself, also when it is added to an existing model.
    """

    def __init__(self, to: Any, on_delete: Any = models.PROTECT, **kwargs: Any) -> None:
        kwargs["db_constraint"] = False
        kwargs.setdefault("related_name", "+")
        kwargs.setdefault("db_index", False)
        super().__init__(to, on_delete, **kwargs)

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        """As Django's, but a row of the tenant just read is not looked up again; the key refuses one since gone."""
        if model_instance and self.is_cached(model_instance) and not self.get_limit_choices_to():
            row = self.get_cached_value(model_instance)
            if row is not None and not row._state.adding and self._is_same(row, value, model_instance):
                return
        super().validate(value, model_instance)

    @staticmethod
    def _is_same(row: Any, value: Any, owner: Any) -> bool:
        return bool(row.pk == value and row.tenant_id == owner.tenant_id)

    def deconstruct(self) -> Any:
        """Without what every such field has."""
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("db_constraint", None)
        return name, path, args, kwargs

    def contribute_to_class(
        self,
        cls: type[models.Model],
        name: str,
        private_only: bool = False,  # noqa: FBT001, FBT002 - Django's signature
        **kwargs: Any,
    ) -> None:
        """Register the composite key, except on abstract and on a migration's historical models."""
        super().contribute_to_class(cls, name, private_only, **kwargs)
        if cls._meta.abstract or cls.__module__ == "__fake__":
            return
        constraint_name = f"{cls._meta.app_label}_{cls._meta.model_name}_{name}_same_tenant"
        if len(constraint_name) > LONGEST_NAME:
            constraint_name = f"{cls._meta.app_label}_{cls._meta.model_name}_{name}"[:52] + "_tenant_key"
        if all(constraint.name != constraint_name for constraint in cls._meta.constraints):
            cls._meta.constraints = [*cls._meta.constraints, CompositeForeignKey(name=constraint_name, field=name)]


class TenantOneToOne(TenantForeignKey):
    """At most one row per target; declare ``UniqueConstraint(fields=["tenant", <field>])`` beside it."""


def check_walls(app_configs: Any, **_kwargs: Any) -> list[checks.CheckMessage]:
    """Refuse a tenant model whose Meta dropped its wall, and a plain key between tenant tables."""
    problems: list[checks.CheckMessage] = []
    for model in apps.get_models():
        if not issubclass(model, TenantModel):
            continue
        if not any(isinstance(constraint, TenantWall) for constraint in model._meta.constraints):
            problems.append(
                checks.Error(
                    f"{model._meta.label} has no tenant wall.",
                    hint="Write `class Meta(TenantModel.Meta)`, with *TenantModel.Meta.constraints first.",
                    obj=model,
                    id="telaio.E001",
                )
            )
        problems += [
            checks.Error(f"{model._meta.label}.{field.name} must be a TenantForeignKey.", obj=model, id="telaio.E002")
            for field in model._meta.local_fields
            if isinstance(field, models.ForeignKey)
            and not isinstance(field, TenantForeignKey)
            and issubclass(field.related_model, TenantModel)
        ]
    return problems
