"""Mail: what goes into the outbox, and a backend that keeps mails in a folder where a person can open them."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from core.tenancy.keys import new_id


class FolderBackend(BaseEmailBackend):
    """Writes each mail as one JSON file, newest name last; used by the demo and in development."""

    def __init__(self, *, folder: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.folder = Path(folder)

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write the mails; returns how many."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            html = next(
                (part.content for part in getattr(message, "alternatives", []) if part.mimetype == "text/html"), ""
            )
            kept = {
                "at": datetime.now(UTC).isoformat(),
                "to": list(message.to),
                "from": message.from_email,
                "subject": message.subject,
                "text": message.body,
                "html": html,
                "headers": dict(message.extra_headers),
            }
            path = self.folder / f"{new_id()}.json"
            path.with_suffix(".part").write_text(json.dumps(kept))
            path.with_suffix(".part").rename(path)
        return len(email_messages)


def kept_mails(folder: Path) -> list[dict[str, Any]]:
    """The mails in a folder, newest first, each with its ``id``."""
    if not folder.is_dir():
        return []
    files = sorted(folder.glob("*.json"), reverse=True)
    return [_kept(file) for file in files[:200]]


def _kept(file: Path) -> dict[str, Any]:
    mail = json.loads(file.read_text())
    return {**mail, "id": file.stem, "at": datetime.fromisoformat(mail["at"])}
