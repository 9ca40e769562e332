"""Log lines with fields instead of sentences: JSON in production, readable text elsewhere, no personal data."""

import logging
import traceback
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any

import structlog
from django.conf import settings
from structlog.typing import EventDict

# Route names, ids, counts and durations only: names, addresses, query strings and answers never reach a log (PRI-12).


def without_words_of_strangers(_logger: object, _method: str, event: EventDict) -> EventDict:
    """Django's lines about an answer carry the address, Celery's about a failure its text: neither is repeated.

    An address may hold the token of a live link, an error the row the database refused.
    """
    record: logging.LogRecord | None = event.get("_record")
    if record is None:
        return event
    request = getattr(record, "request", None)
    if request is not None:
        match = getattr(request, "resolver_match", None)
        event["event"] = "answer"
        event["route"] = getattr(match, "view_name", "") or ""
        event["status"] = getattr(record, "status_code", None)
    elif record.exc_info:
        event["event"] = str(record.msg)
    return event


def own_frames(_logger: object, _method: str, event: EventDict) -> EventDict:
    """Of an error, keep its type, the types it came from, and where in our own code it happened.

    Never its text: the database puts the values of a refused row there.
    """
    told = event.pop("exc_info", None)
    if not told:
        return event
    error = told if isinstance(told, BaseException) else _error_of(event, told)
    if error is not None:
        event["exception"] = "\n".join(_lines(error))
    return event


def _error_of(event: EventDict, told: Any) -> BaseException | None:
    import sys

    return told[1] if isinstance(told, tuple) else sys.exc_info()[1]


def _lines(error: BaseException) -> Iterator[str]:
    seen: set[int] = set()
    found: BaseException | None = error
    while found is not None and id(found) not in seen:
        seen.add(id(found))
        yield f"{type(found).__module__}.{type(found).__qualname__}".removeprefix("builtins.")
        yield from _frames(found.__traceback__)
        found = found.__cause__ or (None if found.__suppress_context__ else found.__context__)


def _frames(trace: TracebackType | None) -> Iterator[str]:
    root = Path(settings.BASE_DIR)
    for frame, line in traceback.walk_tb(trace):
        file = Path(frame.f_code.co_filename)
        if file.is_relative_to(root) and ".venv" not in file.parts:
            yield f"  {file.relative_to(root)}:{line} {frame.f_code.co_name}"


SHARED = (
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    without_words_of_strangers,
    own_frames,
)


def formatter(*, as_json: bool) -> logging.Formatter:
    """The formatter named in settings; also tells structlog to go through the standard library."""
    structlog.configure(
        processors=[*SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    last = structlog.processors.JSONRenderer() if as_json else structlog.dev.ConsoleRenderer(colors=False)
    return structlog.stdlib.ProcessorFormatter(foreign_pre_chain=list(SHARED), processor=last)
