"""Which other sites may show a space's form and figures inside their own pages."""

import re

MOST_HOSTS = 20
_HOST = re.compile(r"(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")


class HostUnreadableError(ValueError):
    """A line is no name of a site; the text is the line."""


def hosts_in(text: str) -> list[str]:
    """The sites of a text, one on each line: ``www.comune.example``. Raises HostUnreadableError.

    Only names: no address with a path, no wildcard, nothing that could add a directive to a policy.
    """
    found: list[str] = []
    for line in filter(None, (line.strip().lower() for line in text.splitlines())):
        host = line.removeprefix("https://").rstrip("/")
        if not _HOST.fullmatch(host) or len(found) == MOST_HOSTS:
            raise HostUnreadableError(line)
        found.append(host)
    return found
