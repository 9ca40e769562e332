"""Log lines with fields instead of sentences: JSON in production, readable text elsewhere, no personal data."""

import logging

import structlog

# Route names, ids, counts and durations only: names, addresses, query strings and answers never reach a log (PRI-12).
SHARED = (
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.format_exc_info,
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
