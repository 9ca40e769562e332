"""A report of about twenty pages, its parts timed: ``python -m bench.inside.documents SLUG REPEATS``."""

import statistics
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

from bench.inside import Clock, start, tell


def bare(html: str) -> tuple[Clock, int]:
    """WeasyPrint alone on the same HTML in the same limits: its time, and how many pages there were."""
    from core.documents.limits import DEFAULT_LIMITS, _environment
    from core.web.document_assets import static_path

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "report.html").write_text(html)
        (folder / "static").write_text(str(Path(static_path("css/document.css") or ".").parent.parent))
        limits = [str(DEFAULT_LIMITS.max_cpu_seconds), str(DEFAULT_LIMITS.max_memory_bytes)]
        with Clock() as clock:
            finished = subprocess.run(
                [sys.executable, str(Path(__file__).with_name("bare_pdf.py")), name, *limits],
                capture_output=True,
                check=False,
                env=_environment(),
            )
        if finished.returncode:
            raise RuntimeError(finished.stderr.decode()[-1000:])
        return clock, int(finished.stdout)


def main(slug: str, repeats: int) -> dict[str, Any]:
    from django.utils import timezone

    from core.models import Tenant, User
    from core.tenancy.context import tenant_scope
    from partnerships.models import Partnership
    from reports.document import report_html, report_pdf
    from reports.models import ImpactReport
    from reports.operations.report import freeze_report, render_report
    from reports.queries.snapshot import take_snapshot

    tenant = Tenant.objects.get(slug=slug)
    by = User.objects.get(email=f"coordinator@{slug}.example")
    today = timezone.localdate()
    period = {"starts_on": today - timedelta(days=365), "ends_on": today}
    words = {"summary": "What we promised, what we did, and what the numbers say.", "not_working": "Evenings are hard."}

    def freeze(turn: int) -> Any:
        with tenant_scope(tenant.pk):
            return freeze_report(
                partnership=Partnership.objects.order_by("id").first(),
                title=f"Report {turn}",
                language="en",
                period_starts_on=period["starts_on"],
                period_ends_on=period["ends_on"],
                by=by,
                **words,
            ).pk

    def html_of(pk: Any) -> str:
        with tenant_scope(tenant.pk):
            return report_html(ImpactReport.objects.select_related("partnership").get(pk=pk))

    html = html_of(freeze(0))
    _clock, pages = bare(html)
    with tenant_scope(tenant.pk):
        report_pdf(html)
    ours: list[Clock] = []
    floor: list[Clock] = []
    again: list[Clock] = []
    for turn in range(repeats):
        floor.append(bare(html)[0])
        pk = freeze(turn + 1)
        with Clock() as clock, tenant_scope(tenant.pk):
            # Everything between asking and the finished document: the figures are read anew, too.
            take_snapshot(Partnership.objects.order_by("id").first(), **period, **words)
            render_report(report_id=pk)
        ours.append(clock)
        with Clock() as clock, tenant_scope(tenant.pk):
            render_report(report_id=pk)
        again.append(clock)

    def render(_turn: int) -> None:
        report_pdf(html)

    def rate(workers: int, count: int) -> float:
        with Clock() as clock, ThreadPoolExecutor(workers) as pool:
            list(pool.map(render, range(count)))
        return count / clock.seconds

    pairs = [(rate(2, 4), rate(1, 2)) for _turn in range(max(2, repeats - 2))]
    return {
        "pages": pages,
        "ours": statistics.median(one.cpu for one in ours),
        "floor": statistics.median(one.cpu for one in floor),
        "ratio": statistics.median(one.cpu / two.cpu for one, two in zip(ours, floor, strict=True)),
        "wall_ratio": statistics.median(one.seconds / two.seconds for one, two in zip(ours, floor, strict=True)),
        "first": statistics.median(one.seconds for one in ours),
        "again": statistics.median(one.seconds for one in again),
        "two_workers": statistics.median(two for two, _one in pairs),
        "one_worker": statistics.median(one for _two, one in pairs),
        "speed_up": statistics.median(two / one for two, one in pairs),
    }


if __name__ == "__main__":
    start()
    tell(main(sys.argv[1], int(sys.argv[2])))
