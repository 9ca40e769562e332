"""The first wall: every query of a tenant-owned model names its tenant."""

from contextvars import ContextVar
from typing import Any, ClassVar, TypeVar

from django.db import models
from django.db.models.expressions import Expression
from django.db.models.sql.compiler import SQLCompiler

from core.tenancy.context import current_tenant_id

ModelT = TypeVar("ModelT", bound=models.Model)
# Switched off only by the tests that prove row-level security holds alone (TEN-04).
filters_enabled: ContextVar[bool] = ContextVar("tenant_filters_enabled", default=True)


class CurrentTenant(Expression):
    """The tenant at work, read when the SQL is written.

    A query set built at import time (form choices, DRF views) is therefore scoped to whoever runs it, and refuses
    to run for nobody: raises TenantNotSetError.
    """

    output_field: ClassVar[models.Field[Any, Any]] = models.IntegerField()

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, tuple[int, ...]]:
        """The id as a parameter."""
        return "%s", (current_tenant_id(),)


class TenantQuerySet(models.QuerySet[ModelT]):
    """A query set whose related objects are fetched for all peers at once, never row by row."""


class TenantManager(models.Manager[ModelT]):
    """Filters by the tenant at work; also the base manager, so related objects pass through it."""

    use_in_migrations = False
    # It names no tenant before its SQL is written, so one serves them all: composing it costs more than a copy.
    _composed: ClassVar[dict[tuple[type[models.Model], str | None, bool], "TenantQuerySet[Any]"]] = {}

    def get_queryset(self) -> TenantQuerySet[ModelT]:
        """All rows of the tenant at work, fetching related objects for all peers at once."""
        key = (self.model, self._db, filters_enabled.get())
        if key not in self._composed:
            self._composed[key] = self._compose()
        return self._composed[key].all()

    def _compose(self) -> TenantQuerySet[ModelT]:
        rows: TenantQuerySet[ModelT] = TenantQuerySet(self.model, using=self._db).fetch_mode(models.FETCH_PEERS)
        if filters_enabled.get():
            rows = rows.filter(tenant_id=CurrentTenant())
        return rows
