"""The demo as ``make demo`` starts it, on a data folder of its own, for the length of the browser tests."""

import fcntl
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

BASE_DIR = Path(__file__).resolve().parent.parent.parent
SECONDS_TO_START, SECONDS_TO_STOP, SECONDS_TO_LOAD = 300, 60, 600
# The variable that names a folder for the data of one demo, which the workers of a run share; and the address it had.
SHARED, AT = "TELAIO_LOADED_DEMO", "at"
READY = "Telaio is ready: "
# Only mails nobody asked for at that moment can be ended with one click.
ONE_CLICK = "List-Unsubscribe"
LINK = re.compile(r"https?://\S+")
CODE = re.compile(r"^\s*([A-Z0-9]{4,}(?:-[A-Z0-9]+)*)\s*$", re.MULTILINE)
# Beside the launcher nothing of the caller's services may reach the demo.
FOREIGN = ("DATABASE_URL", "OWNER_DATABASE_URL", "BACKUP_DATABASE_URL", "REDIS_URL", "DATA_DIR", "TELAIO_MODE")


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def until(happened: Callable[[], Any], *, what: str, within: float = 60) -> Any:
    """Look again until something is there and return it; fails with ``what`` was waited for."""
    deadline = time.monotonic() + within
    while not (found := happened()):
        assert time.monotonic() < deadline, f"{what} did not happen within {within:.0f} seconds"
        time.sleep(0.1)
    return found


@dataclass
class RunningDemo:
    """Where the demo listens, who can sign in, and what it mailed."""

    base_url: str
    folder: Path
    launcher: subprocess.Popen[str] | None = None
    # What runs commands.
    beside: "subprocess.Popen[str] | None" = None
    # Where the demo was that loaded the data: what was written then names it.
    loaded_at: str = ""
    accounts: list[dict[str, str]] = field(default_factory=list)
    # Cookies of those who signed in, by e-mail address.
    signed_in: dict[str, Any] = field(default_factory=dict)
    # Mails by the name of their file.
    _read: dict[str, dict[str, Any]] = field(default_factory=dict)

    def manage(self, *arguments: str) -> str:
        """What a management command says, run beside the demo; fails when it fails."""
        if self.beside is None:
            self.beside = subprocess.Popen(
                [sys.executable, "-m", "tests.browser.beside"],
                cwd=BASE_DIR,
                env=_environment()
                | {"DATA_DIR": str(self.folder), "TELAIO_MODE": "demo", "BASE_URL": self.base_url}
                | {"DJANGO_SETTINGS_MODULE": "config.settings"},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
        assert self.beside.stdin
        assert self.beside.stdout
        print(json.dumps(arguments), file=self.beside.stdin, flush=True)
        told = json.loads(self.beside.stdout.readline())
        assert not told["error"], told["error"]
        return str(told["said"])

    def in_shell(self, code: str) -> str:
        """What Python code prints with the demo's settings and database."""
        return self.manage("shell", "--verbosity", "0", "--command", code)

    def account(self, role: str, tenant: str) -> dict[str, str]:
        """The account of a role in a space."""
        return next(one for one in self.accounts if one["role"] == role and one["tenant"] == tenant and one["password"])

    def link(self, role: str, tenant: str, containing: str = "/") -> str:
        """A link of somebody who has no account."""
        links = [one["start_url"] for one in self.accounts if not one["password"]]
        ours = {one["start_url"] for one in self.accounts if one["role"] == role and one["tenant"] == tenant}
        return next(link for link in links if link in ours and containing in link)

    def here(self, text: str) -> str:
        """A text with this demo's address in the place of the one that loaded the data."""
        return text.replace(self.loaded_at, self.base_url) if self.loaded_at else text

    @property
    def mail_dir(self) -> Path:
        """Where mails are kept instead of being sent."""
        return self.folder / "mail"

    def mails(self, *, to: str) -> list[dict[str, Any]]:
        """The mails to an address, newest first; each is read once, as a mail that was written stays as it is."""
        paths = sorted(self.mail_dir.glob("*.json"), reverse=True)
        for path in paths:
            if path.name not in self._read:
                self._read[path.name] = json.loads(self.here(path.read_text()))
        return [mail for path in paths if to in (mail := self._read[path.name])["to"]]

    def mailed(self, *, to: str, containing: str = "") -> dict[str, Any]:
        """The newest mail to an address with a text in subject or body, waited for: workers send it."""
        mail: dict[str, Any] = until(
            lambda: next(
                (mail for mail in self.mails(to=to) if containing in mail["subject"] + mail["text"]),
                None,
            ),
            what=f"a mail to {to} with {containing!r}",
        )
        return mail

    def mailed_link(self, *, to: str, containing: str, path: str, but: str = "") -> str:
        """The newest mailed link with ``path`` in it to an address, in a mail about something, other than ``but``.

        A digest, which a day's round may write at any moment, is not the mail that was asked for.
        """

        def found() -> str | None:
            for mail in self.mails(to=to):
                if containing in mail["subject"] + mail["text"] and ONE_CLICK not in mail["headers"]:
                    links = [link for link in LINK.findall(mail["text"]) if path in link and link != but]
                    if links:
                        return links[0]
            return None

        link: str = until(found, what=f"a mail to {to} about {containing!r} with a link to {path}")
        return link

    def mailed_code(self, *, to: str) -> str:
        """The code on a line of its own in the newest mail to an address."""
        found = until(lambda: [CODE.search(mail["text"]) for mail in self.mails(to=to)], what=f"a mail to {to}")[0]
        assert found, "the mail holds no code on a line of its own"
        return str(found[1])

    def stop(self) -> None:
        """Stop as Ctrl-C does; fails when a process, the port or an error is left."""
        if self.beside is not None:
            self.beside.communicate(timeout=SECONDS_TO_STOP)
        assert self.launcher is not None
        family = [process for process in psutil.process_iter() if self._is_ours(process)]
        self.launcher.send_signal(signal.SIGTERM)
        code = self.launcher.wait(SECONDS_TO_STOP)
        _gone, left = psutil.wait_procs(family, timeout=10)
        said = (self.folder.parent / "demo.log").read_text()
        shutil.rmtree(self.folder.parent, ignore_errors=True)
        assert not left, f"left running: {left}"
        assert code == 0, said
        port = int(self.base_url.rsplit(":", 1)[1])
        with socket.socket() as probe:
            assert probe.connect_ex(("127.0.0.1", port)) != 0, f"somebody still listens on {port}"

    def _is_ours(self, process: psutil.Process) -> bool:
        try:
            command, parents = process.cmdline(), {parent.pid for parent in process.parents()}
        except psutil.Error:
            return False
        assert self.launcher is not None
        return process.pid != os.getpid() and (
            self.launcher.pid in parents | {process.pid} or any(str(self.folder) in word for word in command)
        )


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name not in FOREIGN}


def _launch(port: int, folder: Path, output: Any, *more: str) -> "subprocess.Popen[str]":
    arguments = ["--port", str(port), "--data-dir", str(folder), *more]
    return subprocess.Popen(
        [sys.executable, "-m", "config.services.launcher", *arguments],
        cwd=BASE_DIR,
        env=_environment() | {"PYTHONUNBUFFERED": "1"},
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        text=True,
    )


def _loaded_once() -> Path | None:
    """Where the data of a demo are that was loaded in this run of tests, by whoever asks first; none of one worker."""
    if not (given := os.environ.get(SHARED)):
        return None
    shared = Path(given)
    with (shared / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (shared / AT).exists():
            port = free_port()
            with (shared / "log").open("w") as output:
                code = _launch(port, shared / "d", output, "--prepare").wait(SECONDS_TO_LOAD)
            assert code == 0, (shared / "log").read_text()
            (shared / AT).write_text(f"http://localhost:{port}")
    return shared


def start_demo() -> RunningDemo:
    """Start everything and wait until it says that it is ready.

    ``TELAIO_RUNNING_DEMO`` names the data folder of a demo that runs already; it is used and left alone, which saves a
    minute while writing tests.
    """
    if given := os.environ.get("TELAIO_RUNNING_DEMO"):
        folder = Path(given)
        facts = json.loads((folder / "running.json").read_text())
        return _with_accounts(RunningDemo(facts["BASE_URL"], folder))
    # Socket paths end after about 100 characters, so the folder stands near the root.
    home = Path(tempfile.mkdtemp(prefix="tl-", dir="/tmp"))
    port = free_port()
    demo = RunningDemo(f"http://localhost:{port}", home / "d")
    if loaded := _loaded_once():
        demo.loaded_at = (loaded / AT).read_text()
        # With its owners: the database's folder belongs to the database's account.
        subprocess.run(["cp", "-a", str(loaded / "d"), str(demo.folder)], check=True)
    log = home / "demo.log"
    with log.open("w") as output:
        demo.launcher = _launch(port, demo.folder, output)

    def is_ready() -> bool:
        assert demo.launcher is not None
        said = log.read_text()
        assert demo.launcher.poll() is None, f"the demo ended:\n{said}"
        return READY in said

    try:
        until(is_ready, what="Telaio is ready", within=SECONDS_TO_START)
        return _with_accounts(demo)
    except BaseException:
        demo.launcher.terminate()
        demo.launcher.wait(SECONDS_TO_STOP)
        raise


def _with_accounts(demo: RunningDemo) -> RunningDemo:
    demo.accounts = json.loads(demo.here(demo.manage("demo_accounts", "--json")))
    return demo
