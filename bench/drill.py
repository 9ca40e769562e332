"""``make drill``: kills, a broker that goes away, fifty at once, strangers' records, a small pool, robots.

``--help`` says what can be chosen.

Everything runs on 127.0.0.1 and ends by itself.
"""

import argparse
import http.client
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from threading import Barrier
from typing import Any
from urllib.parse import urlencode

from bench.bots import CALM_READINGS, Reader, Robots, p95
from bench.client import Side
from bench.ground import FULL, MANAGE, ROOT, Ground, Sizes
from bench.web import COOKIE, CSRF, CSRF_COOKIE, inside
from bench.work import real_mail, wait_for
from config.services import processes
from config.services.children import Child
from config.services.redis import free_port, redis_program

MAILS, SENDERS, LEASE_SECONDS, PAUSE_MS = 1_000, 3, 4.0, 60
JOBS_UP, JOBS_DOWN = 20, 200
POOL_REQUESTS = 1_000
AT_ONCE = 50
DIGEST_PAUSE_MS, DIGEST_KILLS, WRITING_KILLS = 20, 8, 2
DIGEST_STATE = """
SELECT count(*) FILTER (WHERE job.state IN ('waiting', 'running')), count(*) FILTER (WHERE job.state = 'running'),
  (SELECT count(*) FROM core_outboxmail mail JOIN core_tenant place ON place.id = mail.tenant_id
    WHERE place.slug LIKE %(prefix)s AND mail.kind = 'digest'),
  (SELECT count(*) FROM core_outboxmail mail JOIN core_tenant place ON place.id = mail.tenant_id
    WHERE place.slug LIKE %(prefix)s AND mail.kind = 'digest' AND mail.state = 'waiting')
FROM core_job job JOIN core_tenant tenant ON tenant.id = job.tenant_id
WHERE tenant.slug LIKE %(prefix)s AND job.name = 'core.run_daily'
"""
VISIBLE_MESSAGES = """
SELECT count(*) FROM engagement_submission message JOIN core_tenant tenant ON tenant.id = message.tenant_id
WHERE tenant.slug = %(slug)s AND message.state <> 'spam' AND message.text LIKE %(text)s
"""
ALIKE_REQUESTS, ALIKE_BLOCK, ALIKE_MS = 200, 10, 10


@dataclass(frozen=True)
class Finding:
    """One promise and what was seen of it."""

    drill: str
    what: str
    seen: str
    must: str
    is_kept: bool

    @property
    def line(self) -> str:
        verdict = "kept  " if self.is_kept else "BROKEN"
        return f"{verdict} {self.drill}: {self.what}: {self.seen} (must be {self.must})"


class Drill:
    """The drills on one database of their own."""

    def __init__(self, ground: Ground, minutes: float, *, posts: int = 10_000, bot_minutes: float = 10.0) -> None:
        self.posts, self.bot_minutes = posts, bot_minutes
        self.ground, self.deadline = ground, time.monotonic() + 60 * minutes
        self.run_name = f"drill-{int(time.time())}"
        self._sent_before = 0

    def remaining(self) -> float:
        """Seconds left; raises TimeoutError when the time is up."""
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError("the time is up; allow more with --minutes")
        return left

    # --- Kills ----------------------------------------------------------------------------------------------------

    def kills(self) -> Iterator[Finding]:
        """TSK-01: senders killed with -9 again and again until every mail is out."""
        prefix = f"{self.run_name}-mail"
        self.ground.seed(FULL, prefix=prefix, tenants=5, stakeholders=50, tasks=0, indicators=0, partnerships=5)
        inside(self.ground, FULL, "mails", "write", prefix, str(MAILS))
        port, path = free_port(), self.ground.data_dir / f"{self.run_name}.jsonl"
        self.ground.children.start(
            "sink", [sys.executable, "-m", "bench.sink", str(port), str(path), str(PAUSE_MS)], PYTHONPATH=str(ROOT)
        )
        wait_for(port)
        senders = [self._sender(number, prefix, port) for number in range(SENDERS)]
        chance, kills = random.Random(1), 0
        try:
            while self._waiting(prefix):
                self.remaining()
                time.sleep(chance.uniform(0.3, 1.2))
                victim = chance.randrange(SENDERS)
                os.killpg(senders[victim].process.pid, signal.SIGKILL)
                senders[victim].process.wait()
                self.ground.children.running.remove(senders[victim])
                kills += 1
                senders[victim] = self._sender(victim, prefix, port)
        finally:
            self.ground.children.stop("sink", *{sender.name for sender in senders}, within=1)
        taken = [json.loads(line) for line in path.read_text().splitlines()]
        by_subject: dict[str, Counter[str]] = {}
        for mail in taken:
            by_subject.setdefault(mail["subject"], Counter())[mail["id"]] += 1
        lost, duplicates = MAILS - len(by_subject), len(taken) - len(by_subject)
        changed = sum(len(ids) > 1 for ids in by_subject.values())
        yield Finding("kills", f"mails lost of {MAILS}", str(lost), "0", lost == 0)
        yield Finding("kills", "duplicates", str(duplicates), f"<= {kills} kills", duplicates <= kills)
        yield Finding("kills", "duplicates with another Message-ID", str(changed), "0", changed == 0)

    def _sender(self, number: int, prefix: str, port: int) -> Child:
        command = [sys.executable, "-m", "bench.inside.sender", prefix, str(LEASE_SECONDS)]
        return self.ground.children.start(
            f"sender-{number}", command, **self.ground.environment(FULL, **real_mail(port))
        )

    def _waiting(self, prefix: str) -> int:
        with self.ground.connection() as admin:
            row = admin.execute(
                "SELECT count(*) FROM core_outboxmail mail JOIN core_tenant tenant ON tenant.id = mail.tenant_id "
                "WHERE tenant.slug LIKE %s AND mail.state = 'waiting'",
                [f"{prefix}-%"],
            ).fetchone()
        return int(row[0]) if row else 0

    def digests(self) -> Iterator[Finding]:
        """TSK-01: the real worker killed with -9 while it writes and sends a day's reminders."""
        program = redis_program()
        if program is None:
            yield Finding("digests", "a Redis on this machine", "none", "one", False)
            return
        prefix, today = f"{self.run_name}-digest", self.ground.today.isoformat()
        self.ground.seed(
            # Every tenth task is due: with nothing in common with ten, its owners are all members in turn.
            FULL,
            "--members",
            "9",
            prefix=prefix,
            tenants=4,
            stakeholders=16_000,
            tasks=24_000,
            indicators=0,
            partnerships=148,
        )
        wanted = inside(self.ground, FULL, "digests", "expected", prefix, today)
        expected = set(wanted["people"])
        people = len(wanted["people"])
        yield Finding("digests", "people to be reminded", str(people), f">= {MAILS}", people >= MAILS)
        port, redis_port = free_port(), free_port()
        path = self.ground.data_dir / f"{self.run_name}-digests.jsonl"
        command = [sys.executable, "-m", "bench.sink", str(port), str(path), str(DIGEST_PAUSE_MS)]
        self.ground.children.start("sink", command, PYTHONPATH=str(ROOT))
        wait_for(port)
        self._redis(program, redis_port)
        env = self.ground.environment(FULL, REDIS_URL=f"redis://127.0.0.1:{redis_port}/0", **real_mail(port))
        try:
            self._worker(env)
            self.ground.children.start("ticking", [sys.executable, "-m", "bench.inside.ticking"], **env)
            inside(self.ground, FULL, "digests", "ask", prefix, today)
            kills = self._kill_at_work(prefix, path, people, env)
        finally:
            self.ground.children.stop("ticking", "worker", "sink", "redis", within=5)
        lines = map(json.loads, path.read_text().splitlines())
        taken = [mail for mail in lines if mail["to"] in expected]
        found = inside(self.ground, FULL, "digests", "found", prefix, today)
        reached, copies = len({mail["to"] for mail in taken}), len(taken) - people
        ids = len({mail["id"] for mail in taken})
        yield Finding(
            "digests", "kills of the worker at its work", str(kills), f">= {DIGEST_KILLS}", kills >= DIGEST_KILLS
        )
        yield Finding("digests", f"people of {people} not reached", str(people - reached), "0", reached == people)
        yield Finding("digests", "mails written", str(found["mails"]), str(people), found["mails"] == people)
        yield Finding(
            "digests", "mails sent twice", str(copies), f"<= {2 * kills} (two at a time)", copies <= 2 * kills
        )
        yield Finding("digests", "of these with another Message-ID", str(ids - people), "0", ids == people)
        told, items = found["deliveries"], wanted["items"]
        yield Finding("digests", "things told", str(told), str(items), told == items)
        yield Finding("digests", "mails a second run would write", str(found["again"]), "0", not found["again"])

    def _worker(self, env: dict[str, str]) -> Child:
        command = [*processes.on_this_machine(processes.worker()), "--include", "bench.inside.short_leases"]
        return self.ground.children.start("worker", command, **env)

    def _kill_at_work(self, prefix: str, path: Path, people: int, env: dict[str, str]) -> int:
        """Kill the worker whenever it has begun on something, and start it anew, until every mail is out."""
        chance, kills, written = random.Random(2), 0, 0
        while True:
            self.remaining()
            state = self._digest_state(prefix)
            sent = len(path.read_text().splitlines()) if path.exists() else 0
            if state["open_jobs"] == 0 and state["mails"] >= people and state["waiting"] == 0:
                return kills
            # Twice while it writes: a job whose workers die five times is given up, as it must be.
            at_writing = state["running_jobs"] > 0 and written < WRITING_KILLS
            if at_writing or sent - self._sent_before >= chance.randint(20, 90):
                self._kill("worker")
                kills, written = kills + 1, written + at_writing
                self._sent_before = len(path.read_text().splitlines()) if path.exists() else 0
                self._worker(env)
            time.sleep(0.1)

    def _kill(self, name: str) -> None:
        child = next(child for child in self.ground.children.running if child.name == name)
        os.killpg(child.process.pid, signal.SIGKILL)
        child.process.wait()
        self.ground.children.running.remove(child)

    def _digest_state(self, prefix: str) -> dict[str, int]:
        names = ("open_jobs", "running_jobs", "mails", "waiting")
        with self.ground.connection() as admin:
            row = admin.execute(DIGEST_STATE, {"prefix": f"{prefix}-%"}).fetchone()
        return dict(zip(names, row or (0, 0, 0, 0), strict=True))

    # --- Broker ---------------------------------------------------------------------------------------------------

    def broker(self) -> Iterator[Finding]:
        """TSK-03: Redis dies while jobs are asked for and comes back empty."""
        program = redis_program()
        if program is None:
            yield Finding("broker", "a Redis on this machine", "none", "one", False)
            return
        slug = self._space("broker")
        port = free_port()
        redis = self._redis(program, port)
        env = self.ground.environment(FULL, REDIS_URL=f"redis://127.0.0.1:{port}/0")
        include = ("--include", "bench.inside.jobs")
        for process in (
            processes.worker(concurrency=1),
            processes.beat(schedule=self.ground.data_dir / f"{self.run_name}.beat"),
        ):
            command = processes.on_this_machine(process)
            self.ground.children.start(process.name, [*command, *(include if process.name == "worker" else ())], **env)
        asking = subprocess.Popen(
            [sys.executable, "-m", "bench.inside.asking", slug],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **env},
            cwd=ROOT,
            text=True,
        )
        try:
            self._ask(asking, str(JOBS_UP))
            self._until_done(asking, JOBS_UP)
            redis.process.kill()
            redis.process.wait()
            self.ground.children.running.remove(redis)
            answer = self._ask(asking, str(JOBS_DOWN))
            yield Finding(
                "broker",
                "slowest of 200 requests for a job without Redis",
                f"{answer['slowest']:.2f} s",
                "<= 2 s",
                answer["slowest"] <= 2,
            )
            self._redis(program, port)
            started = time.monotonic()
            found = self._until_done(asking, JOBS_UP + JOBS_DOWN)
            took = time.monotonic() - started
        finally:
            asking.kill()
            asking.wait()
            self.ground.children.stop("worker", "beat", "redis", within=10)
        lost = JOBS_UP + JOBS_DOWN - found["numbers"]
        yield Finding("broker", f"jobs lost of {JOBS_UP + JOBS_DOWN}", str(lost), "0", lost == 0)
        yield Finding("broker", "all done after Redis came back", f"{took:.0f} s", "<= 300 s", took <= 300)

    def _redis(self, program: str, port: int) -> Child:
        command = [program, "--bind", "127.0.0.1", "--port", str(port), "--save", "", "--appendonly", "no"]
        redis = self.ground.children.start("redis", command)
        wait_for(port)
        return redis

    @staticmethod
    def _ask(asking: "subprocess.Popen[str]", line: str) -> dict[str, Any]:
        assert asking.stdin is not None
        assert asking.stdout is not None
        asking.stdin.write(f"{line}\n")
        asking.stdin.flush()
        said = asking.stdout.readline()
        if not said:
            raise RuntimeError("the process that asks for jobs ended")
        found: dict[str, Any] = json.loads(said)
        return found

    def _until_done(self, asking: "subprocess.Popen[str]", wanted: int) -> dict[str, Any]:
        while True:
            self.remaining()
            self.ground.children.check()
            found = self._ask(asking, "count")
            if found["numbers"] >= wanted and not found["waiting"]:
                return found
            time.sleep(0.5)

    # --- At once --------------------------------------------------------------------------------------------------

    def at_once(self) -> Iterator[Finding]:
        """INP-10: fifty identical answers have one effect."""
        slug = self._space("once")
        with self.ground.server("web", FULL) as server:
            task = inside(self.ground, FULL, "parallel", "prepare", slug)
            together = Barrier(AT_ONCE)
            cookie = f"{COOKIE}={task['partner']}; {CSRF_COOKIE}={CSRF}"
            body = urlencode({"csrfmiddlewaretoken": CSRF, "state": "accepted"})

            def press(_number: int) -> int:
                connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
                headers = {"Cookie": cookie, "Host": "localhost", "Content-Type": "application/x-www-form-urlencoded"}
                together.wait(30)
                connection.request("POST", task["path"], body, headers)
                answer = connection.getresponse()
                answer.read()
                connection.close()
                return answer.status

            with ThreadPoolExecutor(AT_ONCE) as pool:
                statuses = Counter(pool.map(press, range(AT_ONCE)))
        found = inside(self.ground, FULL, "parallel", "count", slug, task["task"])
        told = ", ".join(f"{number} x {status}" for status, number in sorted(statuses.items()))
        kept = found["words"] == found["events"] == 1 and found["state"] == "accepted"
        yield Finding(
            "at once",
            f"words and events of {AT_ONCE} equal answers to a task",
            f"{found['words']}, {found['events']} ({told})",
            "1, 1",
            kept,
        )
        yield Finding(
            "at once",
            "errors among these answers",
            str(sum(n for s, n in statuses.items() if s >= 500)),
            "0",
            max(statuses) < 500,
        )
        signed = inside(self.ground, FULL, "parallel", "sign", slug)
        kept = signed["accepted"] == signed["events"] == 1 and signed["state"] == "signed"
        seen = f"{signed['accepted']}, {signed['events']} ({signed['refused']} refused)"
        yield Finding("at once", f"acceptances and events of {AT_ONCE} equal signatures", seen, "1, 1", kept)

    # --- Alike ----------------------------------------------------------------------------------------------------

    def alike(self) -> Iterator[Finding]:
        """TEN-08: "not yours" takes as long as "not there", as far as a network could tell."""
        own, other = self._space("own"), self._space("other")
        asked = inside(self.ground, FULL, "strangers", own, other)
        self.ground.make_files()
        headers = {"Cookie": f"{COOKIE}={asked['session']}", "Accept": "*/*"}
        with self.ground.server("web", FULL) as server:
            for name, paths in asked["pairs"].items():
                sides = [Side(server.port, path, list, headers, expected=404) for path in paths]
                for _turn in range(ALIKE_REQUESTS // ALIKE_BLOCK):
                    self.remaining()
                    for side in sides:
                        side.run_block(ALIKE_BLOCK)
                theirs, nobodys = (side.p50 for side in sides)
                for side in sides:
                    side.close()
                apart = abs(theirs - nobodys)
                seen = f"{theirs:.1f} and {nobodys:.1f} ms"
                must = f"within {ALIKE_MS} ms"
                yield Finding("alike", f"{name} of another space, and of nobody", seen, must, apart < ALIKE_MS)

    # --- Pool -----------------------------------------------------------------------------------------------------

    def pool(self) -> Iterator[Finding]:
        """TEN-06: no tenant stays behind on a connection."""
        slugs = [self._space(f"pool{number}") for number in range(3)]
        found = inside(self.ground, FULL, "pool", str(POOL_REQUESTS), *slugs, TELAIO_MODE="development")
        told = ", ".join(f"{number} x {status}" for status, number in sorted(found["statuses"].items()))
        yield Finding(
            "pool",
            f"connections left with a tenant after each of {POOL_REQUESTS} requests",
            f"{found['left']} ({told})",
            "0",
            found["left"] == 0,
        )
        errors = sum(number for status, number in found["statuses"].items() if int(status) >= 500)
        yield Finding("pool", "of these, errors of the server", str(errors), "0", errors == 0)
        yield Finding("pool", "connections used", str(found["backends"]), "2", found["backends"] == 2)

    # --- Bots -----------------------------------------------------------------------------------------------------

    def bots(self) -> Iterator[Finding]:
        """INP-06: robots from many networks fill in a public form; little of it is kept, others read on."""
        slug = self._space("bots")
        self.ground.make_files()
        paths = inside(self.ground, FULL, "bots", slug)
        with self.ground.server("web", FULL, TRUSTED_PROXIES="1") as server:
            reader = Reader(server.port, paths["page"])
            reader.read(CALM_READINGS // 5)
            calm = p95(reader.read(CALM_READINGS))
            robots = Robots(server.port, paths["form"], self.posts, 60 * self.bot_minutes)
            reading = reader.start()
            robots.run()
            reader.stop()
            reading.join()
        busy = p95(reader.milliseconds)
        with self.ground.connection() as admin:
            row = admin.execute(VISIBLE_MESSAGES, {"slug": slug, "text": "Cheap watches %"}).fetchone()
        kept = int(row[0]) if row else 0
        told = ", ".join(f"{number} x {status}" for status, number in sorted(robots.statuses.items()))
        what = f"messages visible of {self.posts} sent in {self.bot_minutes:g} minutes ({told})"
        yield Finding("bots", what, str(kept), "<= 1 %", 100 * kept <= self.posts)
        seen = f"{busy:.0f} ms after {calm:.0f} ms when calm ({len(reader.milliseconds)} readings)"
        yield Finding("bots", "p95 of another page meanwhile", seen, "<= 2 x", busy <= 2 * calm)

    def _space(self, name: str) -> str:
        prefix = f"{self.run_name}-{name}"
        self.ground.seed(FULL, prefix=prefix, tenants=1, stakeholders=200, tasks=100, indicators=2, partnerships=2)
        return f"{prefix}-1"


def main() -> int:
    """0 when every promise was kept."""
    parser = argparse.ArgumentParser(prog="make drill", description=__doc__)
    parser.add_argument("--minutes", type=float, default=28.0, help="end after that, whatever is left to do")
    parser.add_argument("--only", default="", metavar="kills,digests,broker,at_once,alike,pool,bots")
    parser.add_argument("--posts", type=int, default=10_000, help="how much the robots of bots send")
    parser.add_argument("--bot-minutes", type=float, default=10.0, help="in how many minutes they send it")
    parser.add_argument("--data-dir", type=Path, default=Path(os.environ.get("DATA_DIR") or ROOT / ".data" / "drill"))
    options = parser.parse_args()
    data_dir = options.data_dir.resolve()
    data_dir.mkdir(parents=True, exist_ok=True)
    ground = Ground(data_dir, Sizes())
    drill = Drill(ground, options.minutes, posts=options.posts, bot_minutes=options.bot_minutes)
    drills: dict[str, Callable[[], Iterator[Finding]]] = {
        "kills": drill.kills,
        "digests": drill.digests,
        "broker": drill.broker,
        "at_once": drill.at_once,
        "alike": drill.alike,
        "pool": drill.pool,
        "bots": drill.bots,
    }
    chosen = [name.strip() for name in options.only.split(",")] if options.only else list(drills)
    findings: list[Finding] = []
    try:
        ground.run(FULL, [*MANAGE, "migrate", "--verbosity", "0", "--skip-checks"])
        for name in chosen:
            try:
                for finding in drills[name]():
                    findings.append(finding)
                    print(finding.line, flush=True)
            except (RuntimeError, TimeoutError, OSError) as error:
                findings.append(Finding(name, "the drill itself", str(error)[-300:], "ends", False))
                print(f"BROKEN {name}: {error}", flush=True)
    finally:
        ground.stop()
    (data_dir / "drill.json").write_text(json.dumps([finding.__dict__ for finding in findings], indent=2) + "\n")
    return 0 if all(finding.is_kept for finding in findings) else 1


if __name__ == "__main__":
    sys.exit(main())
