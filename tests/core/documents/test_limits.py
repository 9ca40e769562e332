import multiprocessing
import os
import signal
import subprocess
from pathlib import Path
from typing import Any

import psutil
import pytest

from core.documents import limits
from core.documents.assets import AssetSource
from core.documents.limits import (
    DocumentRenderError,
    DocumentTimeoutError,
    DocumentTooLargeError,
    RenderLimits,
    run_limited,
)
from core.documents.rendering import render_pdf
from tests.core.documents.pages import page

SLOW = page("<table>" + "<tr><td>uno</td><td>due</td></tr>" * 9_000 + "</table>")


def _renders(child: psutil.Process) -> bool:
    try:
        return "core.documents.render_process" in child.cmdline()
    except psutil.NoSuchProcess:
        return False


def children() -> list[psutil.Process]:
    # Only this process's own: a demo started by it renders as well, in processes further down.
    return [child for child in psutil.Process().children() if _renders(child)]


def test_too_much_processor_time_ends_it() -> None:
    with pytest.raises(DocumentTimeoutError):
        render_pdf(SLOW, assets=AssetSource(), limits=RenderLimits(max_cpu_seconds=1))
    assert children() == []


def test_too_much_wall_time_ends_it_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[subprocess.Popen[bytes]] = []

    class Noted(subprocess.Popen[bytes]):
        def __init__(self, *arguments: Any, **options: Any) -> None:
            super().__init__(*arguments, **options)
            started.append(self)

    monkeypatch.setattr(subprocess, "Popen", Noted)
    with pytest.raises(DocumentTimeoutError):
        render_pdf(SLOW, assets=AssetSource(), limits=RenderLimits(max_wall_seconds=0.5))
    assert [child.returncode for child in started] == [-signal.SIGKILL]
    assert children() == []


def test_too_much_memory_ends_it() -> None:
    with pytest.raises(DocumentTooLargeError):
        render_pdf(SLOW, assets=AssetSource(), limits=RenderLimits(max_memory_bytes=150 * limits.MEBIBYTE))


def test_too_little_memory_to_begin_is_named() -> None:
    with pytest.raises(DocumentTooLargeError):
        render_pdf(page("x"), assets=AssetSource(), limits=RenderLimits(max_memory_bytes=90 * limits.MEBIBYTE))


def test_too_much_html_is_not_even_tried() -> None:
    with pytest.raises(DocumentTooLargeError):
        render_pdf(page("x" * 2_000), assets=AssetSource(), limits=RenderLimits(max_html_bytes=1_000))


def test_too_large_a_pdf_is_refused() -> None:
    with pytest.raises(DocumentTooLargeError):
        render_pdf(page("x"), assets=AssetSource(), limits=RenderLimits(max_pdf_bytes=100))


def test_failure_of_the_renderer_is_named(tmp_path: Path) -> None:
    with pytest.raises(DocumentRenderError, match=r"manifest\.json"):
        run_limited(b"<p>x", folder=tmp_path)


def test_child_gets_no_secrets_and_no_modules_of_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "canary")
    monkeypatch.setenv("DATABASE_URL", "canary")
    (tmp_path / "json.py").write_text("raise SystemExit(7)")
    (tmp_path / "manifest.json").write_text("{}")
    assert "canary" not in str(limits._environment())
    assert run_limited(page("x").encode(), folder=tmp_path).startswith(b"%PDF")


def _render_as_daemon(answer: "multiprocessing.Queue[bytes]") -> None:
    assert multiprocessing.current_process().daemon
    answer.put(render_pdf(page("x"), assets=AssetSource())[:4])


def test_daemon_like_a_celery_worker_can_render() -> None:
    context = multiprocessing.get_context("spawn")
    answer = context.Queue()
    worker = context.Process(target=_render_as_daemon, args=(answer,), daemon=True)
    worker.start()
    assert answer.get(timeout=30) == b"%PDF"
    worker.join()


def test_temporary_folder_is_gone_afterwards(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", os.fspath(tmp_path))
    render_pdf(page("x"), assets=AssetSource())
    with pytest.raises(DocumentTimeoutError):
        render_pdf(SLOW, assets=AssetSource(), limits=RenderLimits(max_wall_seconds=0.3))
    assert list(tmp_path.iterdir()) == []
