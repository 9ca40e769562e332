"""The child process of `core.documents.limits`: HTML on standard input, PDF on standard output.

Arguments: folder with the manifest, processor seconds, bytes of memory, bytes of PDF. Imports no Django.
"""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path

REPORT = "report.json"
# A safety net for what the limits on time and memory do not see.
_MAX_OPEN_FILES = 128


def restrict(cpu_seconds: int, memory_bytes: int) -> None:
    """Give this process its limits for good."""
    for limit, soft, hard in (
        (resource.RLIMIT_CPU, cpu_seconds, cpu_seconds + 1),
        (resource.RLIMIT_AS, memory_bytes, memory_bytes),
        (resource.RLIMIT_CORE, 0, 0),
        (resource.RLIMIT_NOFILE, _MAX_OPEN_FILES, _MAX_OPEN_FILES),
    ):
        try:
            resource.setrlimit(limit, (soft, hard))
        except (ValueError, OSError):
            # macOS has no limit on address space; a lower hard limit may already be in force.
            continue


def render(html: str, folder: Path) -> bytes:
    """The tagged PDF; what was refused is left in the folder as `report.json`."""
    # Only now, inside the limits.
    from weasyprint import HTML

    from core.documents.assets import read_manifest
    from core.documents.fetching import ClosedFetcher

    fetcher = ClosedFetcher(read_manifest(folder))
    document = HTML(string=html, base_url="asset:", url_fetcher=fetcher)
    pdf: bytes = document.write_pdf(pdf_variant="pdf/ua-1")
    (folder / REPORT).write_text(json.dumps({"refused": fetcher.refused}))
    return pdf


def main(arguments: list[str]) -> int:
    """Render once; the exit status says why when it fails."""
    from core.documents.limits import EXIT_MEMORY, EXIT_OUTPUT

    folder = Path(arguments[0])
    cpu_seconds, memory_bytes, pdf_bytes = map(int, arguments[1:4])
    restrict(cpu_seconds, memory_bytes)
    try:
        pdf = render(sys.stdin.buffer.read().decode("utf-8"), folder)
    except MemoryError:
        return EXIT_MEMORY
    if len(pdf) > pdf_bytes:
        sys.stderr.write(f"the PDF has {len(pdf)} bytes\n")
        return EXIT_OUTPUT
    sys.stdout.buffer.write(pdf)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
