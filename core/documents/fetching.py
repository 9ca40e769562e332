"""The only way a document being rendered can reach anything: a list of files made beforehand (FIL-07).

Runs in the child process; imports no Django.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from weasyprint.urls import URLFetcher, URLFetcherResponse

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

REFUSED_CHARACTERS = 200


class UrlRefusedError(ValueError):
    """The address is not among the files of this document."""


class ClosedFetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
    """Serves the addresses it was given and nothing else: no network, no `file:`, no `data:`.

    `refused` keeps what was asked for in vain, cut short.
    """

    def __init__(self, files: Mapping[str, tuple[Path, str]]) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False)
        # Without handlers the opener below this class has nothing to open with, should anybody reach it.
        self.handlers.clear()
        self.handle_open.clear()
        self.process_request.clear()
        self._files = files
        self.refused: list[str] = []

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        """The file behind an address, or UrlRefusedError, which WeasyPrint reports and goes on without it."""
        found = self._files.get(url)
        if found is None:
            self.refused.append(url[:REFUSED_CHARACTERS])
            raise UrlRefusedError(url[:REFUSED_CHARACTERS])
        path, content_type = found
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": content_type})
