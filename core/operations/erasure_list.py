"""The list of erasures outside the database, which a restore reads: a dump made before an erasure cannot tell of it."""

import json
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import structlog
from django.conf import settings
from django.db import transaction

from core.models import Erasure
from core.tenancy.context import current_tenant_id

log = structlog.get_logger("telaio.erasures")


@dataclass(frozen=True, order=True)
class Erased:
    """One line of the list: whom, where and when; ids alone."""

    tenant_id: int
    person_id: uuid.UUID
    erased_at: str

    @property
    def line(self) -> str:
        """As JSON on one line."""
        known = {"tenant": self.tenant_id, "person": str(self.person_id), "erased_at": self.erased_at}
        return json.dumps(known, separators=(",", ":")) + "\n"


def remember_outside(erasure: Erasure) -> None:
    """Add an erasure to the list once the transaction is through; a file that cannot be written is only logged.

    ``manage.py erasures --export`` writes the whole list anew.
    """
    line = Erased(current_tenant_id(), erasure.person_id, erasure.erased_at.isoformat()).line
    transaction.on_commit(lambda: _append(Path(settings.ERASURE_LIST), line), robust=True)


def _append(file: Path, line: str) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("a") as target:
            target.write(line)
    except OSError as error:
        log.exception("erasure_list_not_written", error=type(error).__name__)


def read_list(file: Path) -> list[Erased]:
    """The list in a file, each erasure once; empty without a file. Raises ValueError for a line it cannot read."""
    if not file.exists():
        return []
    return once(
        Erased(int(known["tenant"]), uuid.UUID(known["person"]), str(known["erased_at"]))
        for line in file.read_text().splitlines()
        if line.strip()
        for known in [json.loads(line)]
    )


def write_list(file: Path, erased: Iterable[Erased]) -> int:
    """Write the whole list; returns how many are in it."""
    found = once(erased)
    file.write_text("".join(one.line for one in found))
    return len(found)


def once(erased: Iterable[Erased]) -> list[Erased]:
    """Each erasure once, the first time it was done, by space and person."""
    found: dict[tuple[int, uuid.UUID], Erased] = {}
    for one in sorted(erased):
        found.setdefault((one.tenant_id, one.person_id), one)
    return list(found.values())
