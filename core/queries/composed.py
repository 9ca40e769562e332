"""Statements composed once for all who ask alike, and run with each one's own values.

Writing a query set as SQL costs many times what Postgres needs to answer it. A ``Composed`` writes it once in a process
for every *shape* of who asks: the same roles, as often limited to a scope, in the same language and time zone. What
differs between two who ask alike is a value: the tenant, the person, their scopes, the day, the record. The statement
is written with stand-ins for these values and run with the real ones in their places (docs/adr/0012).
"""

import copy
import logging
import uuid
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from operator import itemgetter
from typing import Any, ClassVar, NoReturn

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Model, QuerySet, prefetch_related_objects
from django.db.models.sql.compiler import SQLCompiler
from django.utils import timezone, translation
from psycopg.types.numeric import Int2, Int4, Int8

from core.access.viewer import HeldRole, Viewer
from core.models import User
from core.queries.planned import PlannedConnection, with_values_written
from core.tenancy.context import current_tenant_id, tenant_named
from core.tenancy.managers import filters_enabled

log = logging.getLogger(__name__)
# Shapes are few (roles by languages by time zones); a process that met more than this begins anew.
MOST_KEPT = 1_000
TENANT, PERSON, ADDRESS = "(tenant)", "(person)", "(address)"
# What differs between two who ask alike. Any other value is part of the shape.
VARYING = (uuid.UUID, date, datetime, str)
# No tenant has this id, and nothing is planned or agreed for these days; what is counted from a day stays near it.
NO_TENANT, NO_NUMBER = -1_871, 31_871
NO_DAY, NO_TIME, APART = date(1701, 3, 11), time(3, 47, 19, 1_871), timedelta(days=8_000)

# How large a whole number of a column may be, without its sign.
BITS = {Int2: 15, Int4: 31, Int8: 63}

type Fill = Callable[[Mapping[str, Any]], Any]


class NotAlikeError(RuntimeError):
    """A statement depends on more than its shape: composed once, it would be wrong for somebody."""


@dataclass(frozen=True)
class Written:
    """A query set as SQL; no compiler where no row can be meant. ``fills`` says which parameters take which value.

    ``planned`` is the same statement with the parameters that nothing fills written into it, the others by ``named``.
    """

    rows: QuerySet[Any, Any]
    compiler: SQLCompiler | None = None
    sql: str = ""
    params: tuple[Any, ...] = ()
    fills: tuple[tuple[int, Fill], ...] = ()
    converters: dict[int, Any] = field(default_factory=dict)
    planned: str = ""
    named: tuple[tuple[str, Fill], ...] = ()

    def params_with(self, real: Mapping[str, Any]) -> tuple[Any, ...]:
        """The parameters with the values of one who asks."""
        params = list(self.params)
        for place, fill in self.fills:
            params[place] = fill(real)
        return tuple(params)

    def to_be_planned(self) -> "Written":
        """The same with its planned statement. Equal stand-ins are one value: the database sees that they are equal."""
        names: dict[tuple[type, Any], str] = {}
        places, named = {}, {}
        for place, fill in self.fills:
            param = self.params[place]
            places[place] = names.setdefault((type(param), param), f"v{len(names)}")
            named[places[place]] = fill
        return replace(self, planned=with_values_written(self.sql, self.params, places), named=tuple(named.items()))


class Composed[RowT]:
    """The rows of a query set built from who looks and from values, composed once for all who ask alike.

    ``build(viewer, **values)`` (or ``build(**values)`` where nobody looks) is called with stand-ins. It may hand on key
    and address of the viewer's person, keys of records, and the ids, moments, days (also days counted from them) and
    words it is given; it may decide by the viewer's roles and by every other value. It may not decide by a stand-in,
    ask for the time or read the database. What is made of stand-ins is compared with what is made of the first who ask:
    where more differs than values the statement is composed for each, and the log says so (``is_strict`` raises
    NotAlikeError instead).
    """

    is_strict: ClassVar[bool] = False
    # Around the stand-ins: tests put another time there, so that whoever asks for it is found out.
    while_composing: ClassVar[Callable[[], AbstractContextManager[None]]] = nullcontext

    def __init__(self, build: Callable[..., QuerySet[Any, RowT]], *, numbers: Collection[str] = ()) -> None:
        """``numbers`` are whole numbers that are values like an id; all others, as how many rows, are decided by."""
        self.build, self._numbers = build, frozenset(numbers)
        self._written: dict[Hashable, Written] = {}

    def __call__(self, viewer: Viewer | None = None, **values: Any) -> list[RowT]:
        """The rows, with whatever the query set fetches beside them."""
        shape, real = _shape_of(viewer, values, self._numbers)
        written = self._written.get(shape)
        if written is None:
            try:
                written = self._compose(shape, viewer, values, real)
            except NotAlikeError:
                if self.is_strict:
                    raise
                log.exception("A statement is composed for each who asks.")
                return list(self._rows(viewer, values))
        return _run(written, real)

    def first(self, viewer: Viewer | None = None, **values: Any) -> RowT | None:
        """The first row, or None. The query set says how many it fetches."""
        return next(iter(self(viewer, **values)), None)

    def _compose(
        self, shape: Hashable, viewer: Viewer | None, values: Mapping[str, Any], real: Mapping[str, Any]
    ) -> Written:
        written = self.written(viewer, values, real)
        with _without_statements():
            expected = _as_sql(self._rows(viewer, values))
        # A number of more digits than its column holds finds nothing, which says nothing of who asks next.
        if self._numbers and expected.compiler is None and written.compiler is not None:
            return expected
        if not _same(expected, written, real):
            raise NotAlikeError(f"{self.build.__module__}.{self.build.__qualname__} decides by more than its shape")
        if len(self._written) >= MOST_KEPT:
            self._written.clear()
        self._written[shape] = written = written.to_be_planned()
        return written

    def written(self, viewer: Viewer | None, values: Mapping[str, Any], real: Mapping[str, Any]) -> Written:
        """The statement with stand-ins in place of what differs between two who ask alike."""
        stand_ins = {name: _stand_in(place, name, value) for place, (name, value) in enumerate(real.items())}
        given = {
            name: _record(value, stand_ins[name]) if isinstance(value, Model) else stand_ins.get(name, value)
            for name, value in values.items()
        }
        with _without_statements(), tenant_named(NO_TENANT), Composed.while_composing():
            found = _as_sql(self._rows(_viewer_of_stand_ins(viewer, stand_ins), given))
        if found.rows._known_related_objects:  # type: ignore[attr-defined]
            raise NotAlikeError("The rows of a related manager carry the record they were asked of.")
        fills = ((place, _fill_for(param, stand_ins)) for place, param in enumerate(found.params))
        return replace(found, fills=tuple((place, fill) for place, fill in fills if fill is not None))

    def _rows(self, viewer: Viewer | None, values: Mapping[str, Any]) -> QuerySet[Any, RowT]:
        return self.build(**values) if viewer is None else self.build(viewer, **values)


# --- Shapes and stand-ins ---------------------------------------------------------------------------------------------


def _shape_of(
    viewer: Viewer | None, values: Mapping[str, Any], numbers: Collection[str]
) -> tuple[Hashable, dict[str, Any]]:
    """What a statement is composed for, and the values it is run with."""
    real: dict[str, Any] = {TENANT: current_tenant_id()}
    asking: Hashable = None
    if viewer is not None:
        scopes = _scopes_of(viewer)
        real |= {_scope(number): scope_id for scope_id, number in scopes.items()}
        if viewer.user is not None:
            real |= {PERSON: viewer.user.pk, ADDRESS: viewer.user.email}
        roles = tuple((held.role, scopes[held.scope_id], held.everywhere) for held in _in_order(viewer.roles))
        asking = (viewer.user is not None, roles, viewer.limited_to)
    for name, value in values.items():
        if isinstance(value, Model):
            real[name] = value.pk
        elif type(value) in VARYING or name in numbers:
            real[name] = value
    given = tuple((name, type(value) if name in real else value) for name, value in values.items())
    where = (translation.get_language(), timezone.get_current_timezone_name(), filters_enabled.get())
    return (asking, given, where), real


def _in_order(roles: Sequence[HeldRole]) -> list[HeldRole]:
    return sorted(roles, key=lambda held: (held.role, not held.everywhere))


def _scopes_of(viewer: Viewer) -> dict[uuid.UUID, int]:
    """The scopes a person holds roles in, counted."""
    found = dict.fromkeys(held.scope_id for held in _in_order(viewer.roles))
    return {scope_id: number for number, scope_id in enumerate(found)}


def _scope(number: int) -> str:
    return f"(scope {number})"


def _viewer_of_stand_ins(viewer: Viewer | None, stand_ins: Mapping[str, Any]) -> Viewer | None:
    """Who asks as the viewer does; of their person there is no more than key and address."""
    if viewer is None:
        return None
    scopes = _scopes_of(viewer)
    roles = tuple(replace(held, scope_id=stand_ins[_scope(scopes[held.scope_id])]) for held in _in_order(viewer.roles))
    known = [stand_ins[PERSON], stand_ins[ADDRESS]] if viewer.user is not None else []
    user = User.from_db(DEFAULT_DB_ALIAS, ["id", "email"], known) if known else None
    return Viewer(user=user, roles=roles, limited_to=viewer.limited_to)


def _record(like: Model, key: Any) -> Model:
    """A record of which nothing is known but its key."""
    return type(like).from_db(DEFAULT_DB_ALIAS, [like._meta.pk.attname], [key])


def _stand_in(place: int, name: str, value: Any) -> Any:
    """A value of the same type that nothing has."""
    if name == TENANT:
        return NO_TENANT
    if isinstance(value, datetime):
        return datetime.combine(NO_DAY + place * APART, NO_TIME, tzinfo=UTC)
    if isinstance(value, date):
        return NO_DAY + place * APART
    if isinstance(value, int):
        return NO_NUMBER + place
    key = uuid.uuid5(uuid.NAMESPACE_OID, f"stand-in for {name}")
    return key if isinstance(value, uuid.UUID) else str(key)


def _fill_for(param: Any, stand_ins: Mapping[str, Any]) -> Fill | None:
    """How a parameter is made of the values of who asks; None when it is the same for all."""
    for name, stand_in in stand_ins.items():
        # A whole number has the size of its column on the way to the database, and with it a type of its own.
        if isinstance(stand_in, int) and isinstance(param, int) and param == stand_in:
            return partial(_sized, name, type(param))
        if type(param) is not type(stand_in):
            continue
        if param == stand_in:
            return itemgetter(name)
        if isinstance(param, date) and abs(since := param - stand_in) < APART / 2:
            return partial(_counted, name, since)
    return None


def _sized(name: str, size: type[int], real: Mapping[str, Any]) -> int:
    number: int = real[name]
    # One that does not fit is compared as it stands: the column holds no such number.
    return size(number) if number.bit_length() <= BITS.get(size, 0) else number


def _counted(name: str, since: timedelta, real: Mapping[str, Any]) -> date:
    counted: date = real[name] + since
    return counted


# --- Writing and running ----------------------------------------------------------------------------------------------


def _as_sql(rows: QuerySet[Any, Any]) -> Written:
    compiler = rows.query.get_compiler(using=DEFAULT_DB_ALIAS)
    try:
        sql, params = compiler.as_sql()
    except EmptyResultSet:
        return Written(rows)
    converters = compiler.get_converters([column[0] for column in compiler.select[: compiler.col_count]])
    return Written(rows, compiler, sql, tuple(params), converters=converters)


def _same(expected: Written, written: Written, real: Mapping[str, Any]) -> bool:
    """Whether two are one statement; a set of scopes may have been written in another order."""
    ours, theirs = (sorted(map(repr, params)) for params in (written.params_with(real), expected.params))
    return (expected.sql, theirs) == (written.sql, ours)


def _run(written: Written, real: Mapping[str, Any]) -> list[Any]:
    if written.compiler is None:
        return []
    params = {name: fill(real) for name, fill in written.named}
    compiler = copy.copy(written.compiler)
    compiler.connection = PlannedConnection()  # type: ignore[assignment]
    compiler.as_sql = lambda *_args, **_more: (written.planned, params)  # type: ignore[method-assign, assignment]
    compiler.get_converters = lambda _expressions: written.converters  # type: ignore[method-assign, assignment]
    # Private to query sets; what they answer is compared with theirs in tests/core/queries/test_composed.py.
    make_rows: Callable[[_Asked], Iterable[Any]] = written.rows._iterable_class  # type: ignore[assignment]
    found = list(make_rows(_Asked(written.rows, compiler)))
    if lookups := written.rows._prefetch_related_lookups:  # type: ignore[attr-defined]
        prefetch_related_objects(found, *lookups)
    return found


class _Asked:
    """What the rows of a query set are made from: the query set, with a compiler that has written its SQL already."""

    def __init__(self, rows: QuerySet[Any, Any], compiler: SQLCompiler) -> None:
        self._rows, self._compiler = rows, compiler

    @property
    def query(self) -> "_Asked":
        return self

    def get_compiler(self, *_args: Any, **_more: Any) -> SQLCompiler:
        return self._compiler

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._rows, name, self)
        return getattr(self._rows.query, name) if found is self else found


@contextmanager
def _without_statements() -> Iterator[None]:
    """Refuse statements: what is composed for all who ask alike cannot read what differs between them."""

    def refuse(*_args: Any) -> NoReturn:
        raise NotAlikeError("A statement was asked for while one was composed.")

    with connection.execute_wrapper(refuse):
        yield
