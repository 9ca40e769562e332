"""``make demo``: everything Telaio consists of, in one terminal, on one data folder."""

import argparse
import contextlib
import fcntl
import json
import os
import shutil
import signal
import socket
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import psycopg

from config.services import processes, state, static_files
from config.services.children import Child, ChildFailedError, Children
from config.services.embedded import database_environment
from config.services.postgres import DATABASE_NAME, PostgresAddress, is_running, start_postgres, stop_postgres
from config.services.redis import start_redis
from config.services.translations import compile_translations

BASE_DIR = Path(__file__).resolve().parent.parent.parent
MANAGE = [sys.executable, str(BASE_DIR / "manage.py")]
# Present while demo data are being loaded: found at a start, the last load was cut short and its rows are no use.
LOADING_MARK = "demo.loading"
SECONDS_TO_BE_READY = 60
WARM_UP_REQUESTS = 6
DEPLOYMENT_VARIABLES = (
    *("DATABASE_URL", "OWNER_DATABASE_URL", "BACKUP_DATABASE_URL", "REDIS_URL", "TELAIO_AS_OWNER"),
    *("MEDIA_ROOT", "STATIC_ROOT", "MAIL_DIR", "SECRET_KEY", "ALLOWED_HOSTS"),
)


class StopRequestedError(Exception):
    """Ctrl-C or SIGTERM came."""


class CannotStartError(Exception):
    """What stands in the way, in one line."""


def say(text: str) -> None:
    """Tell the terminal, if it is still there."""
    with contextlib.suppress(OSError):
        print(text, flush=True)


class Demo:
    """One run: start in order, watch, stop in the opposite order."""

    def __init__(self, *, port: int, data_dir: Path, with_data: bool = True) -> None:
        self.port = port
        self.data_dir = data_dir
        self.with_data = with_data
        self.base_url = f"http://localhost:{port}"
        self.stop_requested = False
        environment = {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "TELAIO_MODE": "demo",
            "BASE_URL": self.base_url,
            "DATA_DIR": str(data_dir),
            "PYTHONUNBUFFERED": "1",
        }
        self.children = Children(data_dir / "logs", environment)
        self.owns_postgres = True

    def ask_to_stop(self, *_signal: object) -> None:
        """Called by signals; the run notices at its next step."""
        self.stop_requested = True

    def check(self) -> None:
        """Raise StopRequestedError or ChildFailedError when this run is to end."""
        if self.stop_requested:
            raise StopRequestedError
        self.children.check()

    def run(self) -> None:
        """Start everything, say so, and watch until asked to stop."""
        try:
            self.start()
            self.report()
            while True:
                self.check()
                time.sleep(0.2)
        finally:
            self.stop()

    def start(self) -> None:
        """Servers, schema, static files, demo data, processes."""
        self.open()
        schedule = self.data_dir / "beat" / "schedule"
        schedule.parent.mkdir(exist_ok=True)
        for process in processes.all_processes(host="127.0.0.1", port=self.port, schedule=schedule):
            self.children.start(process.name, processes.on_this_machine(process))
        self.wait_until_ready()

    def only_prepare(self) -> None:
        """Make all that is there at the next start, and end."""
        try:
            self.open()
        finally:
            self.stop()

    def open(self) -> None:
        """The servers, with all that lasts from one start to the next."""
        folder = self.data_dir / "postgres"
        # Left running by a demo that was killed: ours to stop. Running for somebody else's commands: theirs.
        self.owns_postgres = state.left_behind(self.data_dir) is not None or not is_running(folder)
        say("Starting the database and Redis ...")
        address = start_postgres(folder)
        if (self.data_dir / LOADING_MARK).exists():
            say("The last start was cut short while loading data; starting with an empty database.")
            drop_database(address)
            address = start_postgres(folder)
        redis, redis_url = start_redis(self.data_dir / "redis")
        self.children.adopt("redis", redis, self.data_dir / "redis" / "redis.log")
        facts = {**database_environment(address), "REDIS_URL": redis_url}
        self.children.environment |= {name: facts[name] for name in ("DATABASE_URL", "REDIS_URL")}
        state.write(self.data_dir, {**facts, **self.children.environment, "MAIL_DIR": str(self.data_dir / "mail")})
        compile_translations()
        self.prepare(address)

    def prepare(self, address: PostgresAddress) -> None:
        """Bring the schema and the static files up to date side by side, then load demo data once."""
        say("Preparing the schema and the static files ...")
        migrate = self.manage("migrate", "--verbosity", "1", OWNER_DATABASE_URL=address.url("telaio_owner"))
        if not static_files.are_collected(self.data_dir):
            shutil.rmtree(self.data_dir / "static", ignore_errors=True)
            collect = self.manage("collectstatic", "--no-input", "--verbosity", "1")
            self.children.finish(collect, check=self.check_signal)
            static_files.mark_collected(self.data_dir)
        self.children.finish(migrate, check=self.check_signal)
        if not self.with_data or has_tenant(address):
            return
        say("Loading the demo spaces (once, about a minute) ...")
        mark = self.data_dir / LOADING_MARK
        mark.touch()
        self.children.finish(self.manage("load_demo"), check=self.check_signal)
        mark.unlink()

    def manage(self, command: str, *arguments: str, **variables: str) -> Child:
        """Start a management command."""
        return self.children.start(command, [*MANAGE, command, *arguments], **variables)

    def check_signal(self) -> None:
        """Raise StopRequestedError when a signal came."""
        if self.stop_requested:
            raise StopRequestedError

    def wait_until_ready(self) -> None:
        """Return when the web server says that it has all it needs."""
        deadline = time.monotonic() + SECONDS_TO_BE_READY
        while not is_ready(self.port):
            self.check()
            if time.monotonic() > deadline:
                raise CannotStartError(f"not ready after {SECONDS_TO_BE_READY} seconds; see {self.children.logs}")
            time.sleep(0.05)
        warm_up(self.port)

    def report(self) -> None:
        """Print the address and the logins."""
        say(f"\nTelaio is ready: {self.base_url}/\n")
        for line in login_lines(self.data_dir / "demo.json", self.base_url):
            say(line)
        say(
            f"\nMails can be read at {self.base_url}/demo/mail/, logs are in {self.children.logs}. Ctrl-C stops it all."
        )

    def stop(self) -> None:
        """Stop what this run started: processes, then Redis, then Postgres."""
        say("\nStopping ...")
        if not state.path_in(self.data_dir).exists() and not self.children.running:
            return
        names = [child.name for child in self.children.running if child.name != "redis"]
        if names:
            self.children.stop(*names, within=processes.SECONDS_TO_STOP - 5)
        self.children.stop(within=5)
        if self.owns_postgres:
            stop_postgres(self.data_dir / "postgres")
        state.clear(self.data_dir)
        say("Stopped.")


def has_tenant(address: PostgresAddress) -> bool:
    """Whether anybody's space is in the database."""
    with psycopg.connect(address.url("telaio_owner")) as connection:
        row = connection.execute("SELECT EXISTS (SELECT FROM core_tenant)").fetchone()
    return bool(row and row[0])


def drop_database(address: PostgresAddress) -> None:
    """Remove the database with all its rows."""
    with psycopg.connect(address.url("postgres", "postgres"), autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {DATABASE_NAME} WITH (FORCE)")


def is_ready(port: int) -> bool:
    """Whether ``/readyz`` says that database, migrations and Redis are there."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5) as answer:
            said: dict[str, Any] = json.load(answer)
    except (urllib.error.URLError, OSError, ValueError):
        return False
    return bool(said["ready"] and said["redis"])


def warm_up(port: int) -> None:
    """Ask for a page from each web worker, so that nobody waits for what a first request loads."""
    for _request in range(WARM_UP_REQUESTS):
        with contextlib.suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=20):
            pass


def login_lines(demo_file: Path, base_url: str) -> list[str]:
    """The demo's people as lines of a table; none before demo data were loaded."""
    if not demo_file.exists():
        return ["There are no demo data yet."]
    rows = []
    for person in json.loads(demo_file.read_text()):
        # The file may come from a run on another port.
        parts = urlsplit(person["start_url"])
        address = urljoin(base_url, parts.path + (f"?{parts.query}" if parts.query else ""))
        password = person.get("password") or "(no account: open the address)"
        rows.append((person["tenant"], person["role"], person.get("email", ""), password, address))
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    return ["  " + "  ".join((*(f"{row[at]:<{width}}" for at, width in enumerate(widths)), row[4])) for row in rows]


@contextlib.contextmanager
def only_one(data_dir: Path) -> Iterator[None]:
    """Hold the data folder; raises CannotStartError when another demo does."""
    data_dir.mkdir(parents=True, exist_ok=True)
    with (data_dir / ".demo.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CannotStartError(f"a demo already runs on {data_dir}; stop it or choose another DATA_DIR") from None
        yield


def refuse_port_in_use(port: int) -> None:
    """Raise CannotStartError when somebody listens on the port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise CannotStartError(f"port {port} is in use; choose another: make demo PORT={port + 1}") from None


def main() -> int:
    """Run until told to stop; 0 then, 1 when something failed."""
    parser = argparse.ArgumentParser(description="Run Telaio with demo data.")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--data-dir", type=Path, default=BASE_DIR / ".data")
    parser.add_argument("--empty", action="store_true", help="load no demo data")
    parser.add_argument("--prepare", action="store_true", help="make the data folder ready and end")
    options = parser.parse_args()
    # What the caller's shell has set is for deployments; a demo brings its own.
    for name in DEPLOYMENT_VARIABLES:
        os.environ.pop(name, None)
    data_dir = options.data_dir.resolve()
    demo = Demo(port=options.port, data_dir=data_dir, with_data=not options.empty)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, demo.ask_to_stop)
    try:
        refuse_port_in_use(options.port)
        with only_one(data_dir):
            if options.prepare:
                demo.only_prepare()
                return 0
            demo.run()
    except StopRequestedError:
        return 0
    except (CannotStartError, ChildFailedError, RuntimeError) as error:
        print(f"Telaio: {error}", file=sys.stderr, flush=True)
    return 1


if __name__ == "__main__":
    sys.exit(main())
