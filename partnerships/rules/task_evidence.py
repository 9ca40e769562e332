"""What counts as evidence that something is done."""

import re
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from core.rules.upload import FileKind

ALLOWED = frozenset(
    {FileKind.IMAGE, FileKind.PDF, FileKind.DOCUMENT, FileKind.SPREADSHEET, FileKind.PRESENTATION, FileKind.TEXT}
)
_ADDRESS = re.compile(r"https?://[^\s/]+\.\S+")


@dataclass(frozen=True)
class Shown:
    """What somebody shows: a line, an address, a file, or all of them."""

    note: str = ""
    link: str = ""
    upload: UploadedFile[Any] | None = None

    def __bool__(self) -> bool:
        """Whether there is anything in it."""
        return bool(self.note or self.link or self.upload)


def shown_as(text: str, upload: UploadedFile[Any] | None = None) -> Shown:
    """One line as somebody typed it: an address when it is nothing else, with a file if there is one."""
    text = text.strip()
    return Shown(link=text, upload=upload) if _ADDRESS.fullmatch(text) else Shown(note=text, upload=upload)
