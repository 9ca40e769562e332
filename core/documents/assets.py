"""What a document may show: our own static files and uploaded images, by `asset:` addresses.

`asset:static/css/report.css` is a static file, `asset:image/<id>` an uploaded image. Before rendering, everything the
HTML and its style sheets name is copied into the folder of the child process; nothing else exists for it.
"""

from __future__ import annotations

import json
import mimetypes
import re
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SCHEME = "asset:"
MANIFEST = "manifest.json"

_ADDRESS = re.compile(r"asset:(?:static|image)/[A-Za-z0-9_./@\-]+")
_KNOWN_TYPES = {".woff2": "font/woff2", ".woff": "font/woff", ".ttf": "font/ttf", ".svg": "image/svg+xml"}
_MAX_ADDRESSES = 500
_MAX_BYTES = 60 * 1024 * 1024


class TooManyAssetsError(Exception):
    """More files, or more bytes of them, than one document can need."""


@dataclass(frozen=True)
class Image:
    """An uploaded image as it was stored: already re-encoded (`core.rules.upload.reencode_image`)."""

    content: bytes
    content_type: str


def _nothing(_name: str) -> None:
    return None


@dataclass(frozen=True)
class AssetSource:
    """Where the files come from: `static` gives a path for a static name, `image` an image for an id, or None."""

    static: Callable[[str], Path | str | None] = field(default=_nothing)
    image: Callable[[str], Image | None] = field(default=_nothing)


def collect(html: str, source: AssetSource, folder: Path) -> dict[str, tuple[str, str]]:
    """Copy every named file into the folder and write the manifest: address to file name and content type.

    Style sheets are followed. An address nobody knows is left out; the renderer then records it as refused. Raises
    TooManyAssetsError.
    """
    manifest: dict[str, tuple[str, str]] = {}
    waiting = list(_addresses(html))
    seen = set(waiting)
    total = 0
    while waiting:
        address = waiting.pop()
        found = _content(address, source)
        if found is None:
            continue
        content, content_type = found
        total += len(content)
        if len(seen) > _MAX_ADDRESSES or total > _MAX_BYTES:
            raise TooManyAssetsError
        name = f"{len(manifest)}"
        (folder / name).write_bytes(content)
        manifest[address] = (name, content_type)
        if content_type == "text/css":
            new = [inner for inner in _addresses(content.decode("utf-8", errors="replace")) if inner not in seen]
            seen.update(new)
            waiting.extend(new)
    (folder / MANIFEST).write_text(json.dumps(manifest))
    return manifest


def read_manifest(folder: Path) -> dict[str, tuple[Path, str]]:
    """What `collect` left, with whole paths."""
    manifest = json.loads((folder / MANIFEST).read_text())
    return {address: (folder / name, content_type) for address, (name, content_type) in manifest.items()}


def _addresses(text: str) -> Iterator[str]:
    return iter(dict.fromkeys(_ADDRESS.findall(text)))


def _content(address: str, source: AssetSource) -> tuple[bytes, str] | None:
    kind, _slash, name = address.removeprefix(SCHEME).partition("/")
    if ".." in PurePosixPath(name).parts or name.startswith("/"):
        return None
    if kind == "image":
        image = source.image(name)
        return (image.content, image.content_type) if image else None
    path = source.static(name)
    if path is None or not Path(path).is_file():
        return None
    suffix = PurePosixPath(name).suffix.lower()
    content_type = _KNOWN_TYPES.get(suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    return Path(path).read_bytes(), content_type
