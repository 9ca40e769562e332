"""The figures of everything that is no page: W11, W13, P1 to P4, J1 to J3, I1 and I2."""

import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from bench.figures import Result
from bench.ground import FLOOR, FULL, ROOT, Ground
from bench.web import SLUG, inside
from config.services.redis import free_port


class Work:
    """What happens behind the pages."""

    def __init__(self, ground: Ground, wanted: Callable[[str], bool]) -> None:
        self.ground, self.wanted = ground, wanted
        self.repeats = ground.sizes.repeats

    def figures(self) -> Iterator[Result]:
        """Every wanted figure, as it comes; a group that fails is a failed figure."""
        groups: list[tuple[tuple[str, ...], Callable[[], Iterator[Result]]]] = [
            (("W11l", "W11d", "W11r", "W11f", "W11p", "W11n"), self.statements),
            (("W13",), self.import_time),
            (("P1", "P3", "P4"), self.documents),
            (("J1", "J1n", "J2"), self.reminders),
            (("J3",), self.mails),
            (("I1", "I1m"), self.imports),
            (("I2",), self.undoing),
        ]
        for codes, measure in groups:
            chosen = [code for code in codes if self.wanted(code)]
            if chosen:
                try:
                    yield from (result for result in measure() if self.wanted(result.code))
                except Exception as error:
                    yield Result(chosen[0], note=str(error).strip()[-160:].replace("\n", " "), problem="FAILED")

    def statements(self) -> Iterator[Result]:
        """W11."""
        found = inside(self.ground, FULL, "statements", SLUG, "some-1", "few-1")
        big, some, few = found["big"], found["some"], found["few"]
        for code, page in (
            ("W11l", "list"),
            ("W11l", "tasks"),
            ("W11d", "start"),
            ("W11r", "record"),
            ("W11r", "task"),
            ("W11f", "form"),
            ("W11p", "update"),
        ):
            number = big[page]
            if number is None:
                yield Result(code, note=page)
            elif number < 0:
                yield Result(code, note=found["big_sql"][page][0], problem="FAILED")
            else:
                yield Result(code, str(number), "", number, page, {"sql": found["big_sql"][page]})
        grown = {page: some[page] - few[page] for page in few if min(some[page] or -1, few[page] or -1) >= 0}
        worst = max(grown, key=lambda page: grown[page])
        yield Result("W11n", str(grown[worst]), "", grown[worst], f"worst: {worst}")

    def import_time(self) -> Iterator[Result]:
        """W13: processor time of a new process that imports the application, less that of an empty one."""

        def seconds(statement: str, database: str) -> float:
            env = self.ground.environment(database)
            if database == FLOOR:
                env["DJANGO_SETTINGS_MODULE"] = "bench.floor.settings"
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            subprocess.run([sys.executable, "-c", statement], env=env, cwd=ROOT, check=True, capture_output=True)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

        empty, ours, floor = [], [], []
        for _turn in range(self.repeats + 2):
            empty.append(seconds("pass", FULL))
            ours.append(seconds("import config.wsgi", FULL))
            floor.append(seconds("import bench.floor.wsgi", FLOOR))
        one, two = min(ours) - min(empty), min(floor) - min(empty)
        yield Result("W13", f"{one:.2f} s", f"{two:.2f} s", one / two, f"best of {len(ours)}, processor time")

    def documents(self) -> Iterator[Result]:
        """P1, P3, P4."""
        slug = f"report-{int(time.time())}"
        goals = self.ground.sizes.goals
        self.ground.seed(
            FULL, prefix=slug, tenants=1, stakeholders=100, tasks=200, indicators=goals, periods=12, partnerships=1
        )
        found = inside(self.ground, FULL, "documents", f"{slug}-1", str(self.repeats))
        yield Result(
            "P1", f"{found['ours']:.2f} s", f"{found['floor']:.2f} s", found["ratio"], f"{found['pages']} pages", found
        )
        yield Result("P3", f"{found['two_workers']:.2f}/s", f"{found['one_worker']:.2f}/s", found["speed_up"])
        yield Result("P4", f"{found['again']:.4f} s", f"{found['first']:.2f} s", found["again"] / found["first"])

    def reminders(self) -> Iterator[Result]:
        """J1 and J2; what an earlier run wrote is taken away first."""
        with self.ground.connection() as admin:
            admin.execute("TRUNCATE reports_delivery, core_outboxmail CASCADE")
            admin.execute("DELETE FROM core_accesslink")
            admin.execute("VACUUM core_accesslink")
        found = inside(
            self.ground, FULL, "reminders", self.ground.today.isoformat(), str(self.ground.sizes.reminder_seconds)
        )
        note = f"{found['tenants']} tenants, {found['mails']} mails, {found['deliveries']} items"
        yield Result(
            "J1", f"{found['ours']:.1f} s", f"{found['floor']:.1f} s", found["ours"] / found["floor"], note, found
        )
        yield Result("J1n", str(found["added_again"]), "", found["added_again"], f"second run {found['again']:.1f} s")
        yield Result("J2", f"{found['rows_per_task']:.0f}", "", found["rows_per_task"], "one daily job a tenant")

    def mails(self) -> Iterator[Result]:
        """J3: two senders with the outbox, and one bare loop, to the same sink in turn."""
        count = self.ground.sizes.mails
        port, path = free_port(), self.ground.data_dir / "sink.jsonl"
        path.unlink(missing_ok=True)
        self.ground.children.start(
            "sink", [sys.executable, "-m", "bench.sink", str(port), str(path)], PYTHONPATH=str(ROOT)
        )
        prefix = f"mail-{int(time.time())}"
        self.ground.seed(FULL, prefix=prefix, tenants=4, stakeholders=20, tasks=0, indicators=0, partnerships=4)
        smtp = real_mail(port)
        try:
            wait_for(port)
            ours, bare = [], []
            for _turn in range(2):
                inside(self.ground, FULL, "mails", "write", prefix, str(count))
                bare.append(inside(self.ground, FULL, "mails", "bare", prefix, str(count), **smtp))
                senders = [self._sender(prefix, smtp) for _sender in range(2)]
                said = [self._told(sender) for sender in senders]
                if sum(one["sent"] for one in said) != count:
                    raise RuntimeError(f"{sum(one['sent'] for one in said)} of {count} mails were sent")
                ours.append(count / max(one["seconds"] for one in said))
            rate = statistics.median(count / one["seconds"] for one in bare)
            mine = statistics.median(ours)
        finally:
            self.ground.children.stop("sink", within=5)
        yield Result("J3", f"{mine:.0f}/s", f"{rate:.0f}/s", mine / rate, f"{count} mails")

    def _sender(self, prefix: str, smtp: dict[str, str]) -> "subprocess.Popen[str]":
        env = self.ground.environment(FULL, **smtp)
        command = [sys.executable, "-m", "bench.inside.mails", "send", prefix, "0"]
        return subprocess.Popen(command, env=env, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    @staticmethod
    def _told(sender: "subprocess.Popen[str]") -> dict[str, Any]:
        import json

        output, errors = sender.communicate(timeout=300)
        if sender.returncode:
            raise RuntimeError(errors[-1000:])
        found: dict[str, Any] = json.loads(output.strip().splitlines()[-1])
        return found

    def imports(self) -> Iterator[Result]:
        """I1: each into a tenant of its own."""
        rows = self.ground.sizes.import_rows
        prefix = f"import-{int(time.time())}"
        tenants = 2 * 2 + 1
        self.ground.seed(
            FULL, prefix=prefix, tenants=tenants, stakeholders=tenants, tasks=0, indicators=0, partnerships=tenants
        )
        folder: Path = self.ground.data_dir
        file, tenth = folder / f"import-{rows}.csv", folder / f"import-{rows // 10}.csv"
        few = inside(self.ground, FULL, "imports", "ours", f"{prefix}-1", str(rows // 10), str(tenth))
        ours, raw = [], []
        for turn in range(2):
            raw.append(inside(self.ground, FULL, "imports", "raw", f"{prefix}-{2 + 2 * turn}", str(rows), str(file)))
            ours.append(inside(self.ground, FULL, "imports", "ours", f"{prefix}-{3 + 2 * turn}", str(rows), str(file)))
        mine, bare = min(one["cpu"] for one in ours), min(one["cpu"] for one in raw)
        yield Result(
            "I1",
            f"{mine:.1f} s",
            f"{bare:.1f} s",
            mine / bare,
            f"{rows:,} rows in {min(one['seconds'] for one in ours):.1f} s",
            {"each": [*ours, *raw]},
        )
        peak = max(one["peak_mib"] for one in ours)
        yield Result(
            "I1m",
            f"{peak:.0f} MiB",
            f"{few['peak_mib']:.0f} MiB",
            peak / few["peak_mib"],
            f"{rows:,} and {rows // 10:,} rows",
        )

    def undoing(self) -> Iterator[Result]:
        """I2: into a tenant of its own and out again."""
        rows, prefix = self.ground.sizes.import_rows, f"undo-{int(time.time())}"
        self.ground.seed(FULL, prefix=prefix, tenants=1, stakeholders=10, tasks=0, indicators=0, partnerships=1)
        file = self.ground.data_dir / f"import-{rows}.csv"
        found = inside(self.ground, FULL, "undoing", f"{prefix}-1", str(rows), str(file))
        undone, limit = found["undo_cpu"], found["limit"]
        note = f"{rows:,} rows in {found['undo_seconds']:.1f} s, their import {found['import_cpu']:.1f} s"
        yield Result("I2", f"{undone:.1f} s", f"{limit} s", undone / limit, note, found)


def real_mail(port: int) -> dict[str, str]:
    """The variables of a deployment that sends to a server of this machine."""
    return {
        "TELAIO_MODE": "production",
        "SECRET_KEY": "only-for-a-measurement-and-never-for-a-deployment-0123456789-abcdefghij",
        "BASE_URL": "https://bench.example",
        "SMTP_HOST": "127.0.0.1",
        "SMTP_PORT": str(port),
    }


def wait_for(port: int) -> None:
    """Until somebody listens."""
    import socket

    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError(f"nobody listens on port {port}")
