"""What is measured: a Postgres of its own with three databases, filled once, and the servers before them."""

import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path

import psycopg

from bench.processor import tree_of
from config.services import processes, static_files
from config.services.children import Child, Children
from config.services.postgres import DATABASE_NAME, PostgresAddress, start_postgres, stop_postgres
from config.services.redis import free_port
from config.services.translations import compile_translations

# As many goals and indicators as a start page and a partnership's page show.
FEW_INDICATORS, FEW_PERIODS = 10, 4
ROOT = Path(__file__).resolve().parent.parent
SMALL, FLOOR, FULL, REGISTER = "telaio_small", "telaio_floor", DATABASE_NAME, "telaio_register"
VALUES = "telaio_values"
MANAGE = [sys.executable, "manage.py"]
NOBODY_LISTENS = "redis://127.0.0.1:1/0"


@dataclass(frozen=True)
class Sizes:
    """How much is measured. ``big`` is the register of the tenant whose pages are asked for."""

    tenants: int = 1_001
    stakeholders: int = 1_000_000
    tasks: int = 1_000_000
    big: int = 10_000
    indicators: int = 5_000
    requests: int = 300
    import_rows: int = 100_000
    mails: int = 2_000
    repeats: int = 5
    goals: int = 16
    reminder_seconds: int = 240
    register: int = 100_000
    register_requests: int = 100
    searches: int = 200
    measured: int = 500
    measured_periods: int = 60
    measured_requests: int = 100


QUICK = Sizes(
    tenants=51,
    stakeholders=60_000,
    tasks=60_000,
    indicators=300,
    requests=60,
    import_rows=10_000,
    mails=400,
    repeats=3,
    reminder_seconds=40,
    register=10_000,
    register_requests=60,
    searches=50,
    measured=50,
    measured_requests=60,
)


class Ground:
    """Postgres, databases and servers of one run; everything it started it stops."""

    def __init__(self, data_dir: Path, sizes: Sizes) -> None:
        self.data_dir, self.sizes = data_dir, sizes
        self.today = date.today()  # noqa: DTZ011 - only what the rows' dates are counted from
        self.children = Children(data_dir / "logs", {})
        self.postgres = data_dir / "postgres"

    @cached_property
    def address(self) -> PostgresAddress:
        return start_postgres(self.postgres)

    def environment(self, database: str, **more: str) -> dict[str, str]:
        """The variables of a process that works on one of the databases as the app role."""
        return {
            "DATABASE_URL": self.address.url("telaio_app", database),
            "OWNER_DATABASE_URL": self.address.url("telaio_owner", database),
            "BACKUP_DATABASE_URL": self.address.url("telaio_backup", database),
            "DATA_DIR": str(self.data_dir),
            "TELAIO_MODE": "demo",
            "REDIS_URL": NOBODY_LISTENS,
            "PYTHONPATH": str(ROOT),
            **more,
        }

    def connection(self, database: str = FULL, role: str = "postgres") -> psycopg.Connection:
        """A connection in autocommit; by default the one that may do everything."""
        return psycopg.connect(self.address.url(role, database), autocommit=True)

    def run(self, database: str, command: list[str], **more: str) -> str:
        """Run a command on a database to its end and return what it printed; RuntimeError with its last words."""
        finished = subprocess.run(
            command,
            cwd=ROOT,
            env={**os.environ, **self.environment(database, **more)},
            capture_output=True,
            text=True,
            check=False,
        )
        if finished.returncode:
            raise RuntimeError(f"{' '.join(command[1:4])} failed:\n{finished.stderr[-1500:]}{finished.stdout[-500:]}")
        return finished.stdout

    # --- Databases ------------------------------------------------------------------------------------------------

    def prepare(self) -> None:
        """Make and fill the databases unless they stand from an earlier run of the same sizes and schema."""
        mark = self.data_dir / "ground.json"
        wanted = {
            "sizes": asdict(
                replace(
                    self.sizes,
                    requests=0,
                    repeats=0,
                    import_rows=0,
                    mails=0,
                    goals=0,
                    reminder_seconds=0,
                    register=0,
                    register_requests=0,
                    searches=0,
                    measured=0,
                    measured_periods=0,
                    measured_requests=0,
                )
            ),
            "schema": _schema(),
        }
        stands = json.loads(mark.read_text()) if mark.exists() else {}
        if stands.get("wanted") != wanted:
            mark.unlink(missing_ok=True)
            started = time.monotonic()
            self._make_databases()
            mark.write_text(json.dumps({"wanted": wanted, "today": self.today.isoformat()}))
            print(f"filled the databases in {time.monotonic() - started:.0f} s", flush=True)
        else:
            self.today = date.fromisoformat(stands["today"])
        set_walls(self, on=True)
        self._forget_earlier_words()
        self.make_files()

    def prepare_register(self) -> None:
        """Make and fill the database of the large and the small register unless it stands."""

        def fill() -> None:
            for prefix, rows in (("register", self.sizes.register), ("hundred", 100)):
                self.seed(REGISTER, "--register", prefix=prefix, tenants=1, stakeholders=rows, tasks=100, indicators=5)

        self._prepare_apart(REGISTER, {"rows": self.sizes.register}, fill)

    def prepare_values(self) -> None:
        """Make and fill the database of a tenant with many values and one with few unless it stands."""
        sizes = self.sizes
        wanted = {"indicators": sizes.measured, "periods": sizes.measured_periods}

        def fill() -> None:
            alike = {"tenants": 1, "stakeholders": 200, "tasks": 100, "partnerships": 2, "groups": 12}
            for prefix, indicators, periods in (
                ("values", sizes.measured, sizes.measured_periods),
                ("few", FEW_INDICATORS, FEW_PERIODS),
            ):
                self.seed(VALUES, prefix=prefix, indicators=indicators, periods=periods, **alike)

        self._prepare_apart(VALUES, wanted, fill)

    def _prepare_apart(self, database: str, wanted: dict[str, int], fill: Callable[[], None]) -> None:
        """Make a database of its own and fill it, unless it stands from an earlier run of the same sizes and schema."""
        mark = self.data_dir / f"{database.removeprefix('telaio_')}.json"
        signed = {**wanted, "schema": _schema()}
        if not mark.exists() or json.loads(mark.read_text()) != signed:
            mark.unlink(missing_ok=True)
            with self.connection(database="postgres") as admin:
                admin.execute(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")
                admin.execute(f"CREATE DATABASE {database} OWNER telaio_owner TEMPLATE template0 ENCODING 'UTF8'")
            self.run(database, [*MANAGE, "migrate", "--verbosity", "0", "--skip-checks"])
            fill()
            with self.connection(database) as admin:
                admin.execute("VACUUM (FREEZE, ANALYZE)")
            mark.write_text(json.dumps(signed))
        self.make_files()

    def make_files(self) -> None:
        """Translations and static files: without them a page is an error."""
        compile_translations()
        if not static_files.are_collected(self.data_dir):
            self.run("postgres", [*MANAGE, "collectstatic", "--no-input", "--verbosity", "0", "--skip-checks"])
            static_files.mark_collected(self.data_dir)

    def _make_databases(self) -> None:
        with self.connection(database="postgres") as admin:
            for name in (SMALL, FLOOR, FULL):
                admin.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            admin.execute(f"CREATE DATABASE {FULL} OWNER telaio_owner TEMPLATE template0 ENCODING 'UTF8'")
        self.run(FULL, [*MANAGE, "migrate", "--verbosity", "0", "--skip-checks"])
        with self.connection(database="postgres") as admin:
            admin.execute(f"CREATE DATABASE {SMALL} OWNER telaio_owner TEMPLATE {FULL}")
            admin.execute(f"CREATE DATABASE {FLOOR} OWNER telaio_owner TEMPLATE template0 ENCODING 'UTF8'")
        sizes = self.sizes
        # In both databases the tenant that is asked for is the same, row by row.
        share = sizes.tasks * sizes.big // sizes.stakeholders
        indicators = sizes.indicators * sizes.big // sizes.stakeholders
        self.seed(SMALL, tenants=1, stakeholders=sizes.big, tasks=share, indicators=indicators, partnerships=5)
        others = sizes.tenants - 1
        self.seed(FULL, tenants=1, stakeholders=sizes.big, tasks=share, indicators=indicators, partnerships=5)
        self.seed(
            FULL,
            tenants=others,
            stakeholders=sizes.stakeholders - sizes.big,
            tasks=sizes.tasks - share,
            indicators=sizes.indicators - indicators,
            partnerships=others,
            prefix="other",
        )
        # Both less than a page, so that only a statement for each row could make a difference.
        self.seed(FULL, tenants=1, stakeholders=10, tasks=10, indicators=2, partnerships=1, prefix="few")
        self.seed(FULL, tenants=1, stakeholders=45, tasks=45, indicators=9, partnerships=1, prefix="some")
        env = {
            "DJANGO_SETTINGS_MODULE": "bench.floor.settings",
            "DATABASE_URL": self.address.url("telaio_owner", FLOOR),
        }
        self.run(FLOOR, [sys.executable, "-m", "bench.floor.prepare", str(sizes.stakeholders), str(sizes.big)], **env)
        for name in (SMALL, FLOOR, FULL):
            with self.connection(name) as admin:
                admin.execute("VACUUM (FREEZE, ANALYZE)")
        with self.connection() as admin:
            admin.execute("CHECKPOINT")

    def _forget_earlier_words(self) -> None:
        """A task that got a thousand words in an earlier run would be a longer page in this one."""
        with self.connection() as admin:
            admin.execute("DELETE FROM partnerships_taskupdate WHERE via = 'browser'")
            admin.execute("DELETE FROM core_auditevent WHERE verb = 'task.updated'")
            admin.execute("VACUUM ANALYZE partnerships_taskupdate, core_auditevent")

    def seed(self, database: str, *more: str, prefix: str = "scale", **totals: int) -> None:
        """Sow rows through the product's own command."""
        options = [f"--{name}={value}" for name, value in totals.items()]
        fixed = ["--slug-prefix", prefix, "--today", self.today.isoformat(), "--members", "10", "--skip-checks"]
        said = self.run(database, [*MANAGE, "seed_scale", *fixed, *options, *more])
        print(f"  {database}: {said.strip()}", flush=True)

    # --- Servers --------------------------------------------------------------------------------------------------

    @contextmanager
    def server(
        self, name: str, database: str, application: str = "config.wsgi:application", **more: str
    ) -> Iterator["Server"]:
        """The launcher's web server with one worker before one database."""
        port = free_port()
        settings = {"BASE_URL": f"http://localhost:{port}", **more}
        if database == FLOOR:
            settings["DJANGO_SETTINGS_MODULE"] = "bench.floor.settings"
        process = processes.web(host="127.0.0.1", port=port, workers=1)
        command = [*processes.on_this_machine(process)[:-1], application]
        child = self.children.start(name, command, **self.environment(database, **settings))
        try:
            server = Server(self, child, database, port)
            server.wait()
            yield server
        finally:
            self.children.stop(name, within=5)

    def stop(self) -> None:
        """Stop what runs."""
        self.children.stop(within=5)
        stop_postgres(self.postgres)


@dataclass
class Server:
    """A running web server and the database behind it."""

    ground: Ground
    child: Child
    database: str
    port: int

    def wait(self) -> None:
        """Until it answers anything."""
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            self.ground.children.check()
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5):
                    return
            except urllib.error.HTTPError:
                return
            except OSError:
                time.sleep(0.05)
        raise RuntimeError(f"no answer from {self.child.name}:\n{self.child.last_lines()}")

    def watched(self) -> list[int]:
        """The server's processes and the database's backends that work for the app role."""
        with self.ground.connection() as admin:
            rows = admin.execute(
                "SELECT pid FROM pg_stat_activity WHERE datname = %s AND usename = 'telaio_app'", [self.database]
            ).fetchall()
        return [*tree_of(self.child.process.pid), *(pid for (pid,) in rows)]


def set_walls(ground: Ground, *, on: bool) -> None:
    """Switch row-level security of every walled table of the full database on or off, as the tables' owner."""
    with ground.connection(role="telaio_owner") as owner:
        tables = [
            name
            for (name,) in owner.execute(
                "SELECT tablename FROM pg_policies WHERE policyname = 'tenant_wall'"
            ).fetchall()
        ]
        with owner.transaction():
            for name in tables:
                owner.execute(f'ALTER TABLE "{name}" {"ENABLE" if on else "DISABLE"} ROW LEVEL SECURITY')


def _schema() -> list[str]:
    migrations = sorted(ROOT.glob("*/migrations/0*.py"))
    seeds = sorted((ROOT / "reports" / "seed").glob("*.py"))
    return [
        f"{path.relative_to(ROOT)} {path.stat().st_size}"
        for path in [*migrations, *seeds, ROOT / "bench/floor/prepare.py"]
    ]
