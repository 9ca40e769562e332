"""The second and third wall, declared in ``Meta.constraints`` so that ``makemigrations`` sees them.

Row-level security fails loud: ``current_tenant()`` raises 42501 when no tenant is set. Foreign keys between tenant
tables are ``(tenant_id, x_id) -> (tenant_id, id)``, because row-level security does not check foreign keys.
"""

from typing import Any

from django.db.models.constraints import BaseConstraint

POLICY = "(tenant_id = (SELECT current_tenant()))"


class DatabaseConstraint(BaseConstraint):
    """A constraint only the database checks: validating a form has nothing to ask."""

    def validate(self, model: Any, instance: Any, exclude: Any = None, using: str = "default") -> None:
        """Nothing to validate in Python."""

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and self.deconstruct() == other.deconstruct()

    __hash__ = BaseConstraint.__hash__


class TenantWall(DatabaseConstraint):
    """``UNIQUE (tenant_id, id)`` as target of composite keys, and forced row-level security."""

    def constraint_sql(self, model: Any, schema_editor: Any) -> str:
        """Text inside CREATE TABLE; the policy follows when the table stands."""
        schema_editor.deferred_sql.append(self._policy_sql(model, schema_editor))
        return f"CONSTRAINT {schema_editor.quote_name(self.name)} UNIQUE (tenant_id, id)"

    def create_sql(self, model: Any, schema_editor: Any) -> str:
        """Both walls for a table that stands already."""
        table, name = schema_editor.quote_name(model._meta.db_table), schema_editor.quote_name(self.name)
        unique = f"ALTER TABLE {table} ADD CONSTRAINT {name} UNIQUE (tenant_id, id);"
        return unique + self._policy_sql(model, schema_editor)

    def remove_sql(self, model: Any, schema_editor: Any) -> str:
        """Take both walls down."""
        table, name = schema_editor.quote_name(model._meta.db_table), schema_editor.quote_name(self.name)
        return (
            f"DROP POLICY tenant_wall ON {table}; ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;"
            f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY; ALTER TABLE {table} DROP CONSTRAINT {name};"
        )

    def _policy_sql(self, model: Any, schema_editor: Any) -> str:
        table = schema_editor.quote_name(model._meta.db_table)
        return (
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY; ALTER TABLE {table} FORCE ROW LEVEL SECURITY;"
            f"CREATE POLICY tenant_wall ON {table} USING {POLICY} WITH CHECK {POLICY};"
        )


class CompositeForeignKey(DatabaseConstraint):
    """``FOREIGN KEY (tenant_id, x_id) REFERENCES target (tenant_id, id)``, checked at commit.

    Written inline for a new table. Adding one later switches FORCE off on both tables for that statement, because
    the check reads them as the owner, for whom ``current_tenant()`` would raise.
    """

    def __init__(self, *, name: str, field: str, **kwargs: Any) -> None:
        super().__init__(name=name, **kwargs)
        self.field = field

    def deconstruct(self) -> Any:
        """For migrations."""
        path, args, kwargs = super().deconstruct()
        return path, args, {**kwargs, "field": self.field}

    def constraint_sql(self, model: Any, schema_editor: Any) -> str:
        """Text inside CREATE TABLE."""
        column, target = self._ends(model, schema_editor)
        name = schema_editor.quote_name(self.name)
        return (
            f"CONSTRAINT {name} FOREIGN KEY (tenant_id, {column}) REFERENCES {target} (tenant_id, id) "
            "DEFERRABLE INITIALLY DEFERRED"
        )

    def create_sql(self, model: Any, schema_editor: Any) -> str:
        """The key for a table that stands already."""
        table, (_column, target) = schema_editor.quote_name(model._meta.db_table), self._ends(model, schema_editor)
        tables = sorted({table, target})
        off = "".join(f"ALTER TABLE {name} NO FORCE ROW LEVEL SECURITY;" for name in tables)
        on = "".join(f"ALTER TABLE {name} FORCE ROW LEVEL SECURITY;" for name in tables)
        return f"{off}ALTER TABLE {table} ADD {self.constraint_sql(model, schema_editor)};{on}"

    def remove_sql(self, model: Any, schema_editor: Any) -> str:
        """Drop the key."""
        table, name = schema_editor.quote_name(model._meta.db_table), schema_editor.quote_name(self.name)
        return f"ALTER TABLE {table} DROP CONSTRAINT {name}"

    def _ends(self, model: Any, schema_editor: Any) -> tuple[str, str]:
        field: Any = model._meta.get_field(self.field)
        return schema_editor.quote_name(field.column), schema_editor.quote_name(field.related_model._meta.db_table)
