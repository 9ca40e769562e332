"""Ask for jobs while the broker comes and goes: ``python -m bench.inside.asking SLUG``.

Each line on standard input is a number of jobs to ask for, or ``count``; each answer is one line of JSON.
"""

import json
import sys
import time

from bench.inside import start


def main(slug: str) -> None:
    from bench.inside.jobs import NAME, traces
    from core.jobs import enqueue
    from core.models import Job, Tenant
    from core.tenancy.context import tenant_scope

    tenant_id = Tenant.objects.get(slug=slug).pk
    asked = 0
    for line in sys.stdin:
        if line.strip() == "count":
            with tenant_scope(tenant_id):
                waiting = Job.objects.filter(name=NAME).exclude(state=Job.State.DONE).count()
                print(json.dumps({"asked": asked, "waiting": waiting, **traces()}), flush=True)
            continue
        slowest = 0.0
        for _turn in range(int(line)):
            started = time.perf_counter()
            with tenant_scope(tenant_id):
                enqueue(NAME, number=asked)
            asked += 1
            slowest = max(slowest, time.perf_counter() - started)
        print(json.dumps({"asked": asked, "slowest": slowest}), flush=True)


if __name__ == "__main__":
    start()
    main(sys.argv[1])
