"""HTML to an accessible PDF, rendered where it can do no harm."""

from __future__ import annotations

import json
import logging
import tempfile
from dataclasses import dataclass
from pathlib import Path

from core.documents.accessibility import html_problems
from core.documents.assets import AssetSource, TooManyAssetsError, collect
from core.documents.limits import DEFAULT_LIMITS, DocumentError, DocumentTooLargeError, RenderLimits, run_limited
from core.documents.render_process import REPORT

logger = logging.getLogger(__name__)


class DocumentIncompleteError(DocumentError):
    """The HTML lacks what PDF/UA-1 needs; `problems` names each thing."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class RenderedDocument:
    """A PDF and the addresses it asked for in vain, as they stood in the HTML."""

    pdf: bytes
    refused: tuple[str, ...]


def render_document(html: str, *, assets: AssetSource, limits: RenderLimits = DEFAULT_LIMITS) -> RenderedDocument:
    """A tagged PDF/UA-1 document.

    Images and style sheets come from `assets` by `asset:` addresses; any other address is refused, recorded and left
    out. Raises DocumentIncompleteError (no language, title or alternative text, a skipped heading level),
    DocumentTooLargeError, DocumentTimeoutError or DocumentRenderError.
    """
    problems = html_problems(html)
    if problems:
        raise DocumentIncompleteError(problems)
    with tempfile.TemporaryDirectory(prefix="telaio-document-") as name:
        folder = Path(name)
        try:
            collect(html, assets, folder)
        except TooManyAssetsError as error:
            raise DocumentTooLargeError("too many images and style sheets") from error
        pdf = run_limited(html.encode("utf-8", errors="replace"), folder=folder, limits=limits)
        refused = tuple(json.loads((folder / REPORT).read_text())["refused"])
    if refused:
        # The addresses themselves may be personal.
        schemes = sorted({address.partition(":")[0][:16] for address in refused})
        logger.warning("document asked for %d addresses that were refused (%s)", len(refused), ", ".join(schemes))
    return RenderedDocument(pdf, refused)


def render_pdf(html: str, *, assets: AssetSource, limits: RenderLimits = DEFAULT_LIMITS) -> bytes:
    """The PDF alone; see `render_document`."""
    return render_document(html, assets=assets, limits=limits).pdf
