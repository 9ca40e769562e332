"""The replay matrix: every route, with the neighbour's ids, for one person; and what was wrong with the answers."""

import logging
import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from zlib import crc32

from django.apps import apps
from django.db import models, transaction

from core.access.permissions import Permission
from core.management.commands.url_map import methods_of
from tests.architecture.everything import CANARY
from tests.architecture.urls import Route, asked_by, routes

OWN_SLUG, OWN_NUMBER = "own", "7"
# Arguments whose name does not say which table they are from.
NAMED = {
    "user_id": "core.User",
    "link_id": "core.AccessLink",
    "file_id": "core.StoredFile",
    "other_id": "stakeholders.Stakeholder",
    "person_id": "stakeholders.Stakeholder",
    "subject_id": "partnerships.Task",
    "import_id": "stakeholders.StakeholderImport",
}
FIXED = {"subject_kind": "task", "file_format": "csv", "colour": "0b6e4f"}
# What somebody may write there instead: too long, with line breaks, a quote and a zero.
WILD = "document.exe%0D%0AX:y%22%00"
# What differs between two answers to the same question and tells nothing.
NOISE = re.compile(rb'(name="csrfmiddlewaretoken" value="[^"]+"|nonce="[^"]+"|name="(?:stamp|nonce)" value="[^"]+")')
API_VERBS = ("get", "post", "put", "patch", "delete")
PAGE_VERBS = ("get", "post")
METHOD_NOT_ALLOWED = 405


@dataclass
class Findings:
    """What the matrix found, in words, and how many requests it took."""

    problems: list[str] = field(default_factory=list)
    requests: int = 0
    # What is answered about records that exist nowhere, by how it was asked.
    nobodys: set[tuple[str, int, bytes]] = field(default_factory=set)


@dataclass(frozen=True)
class Foreign:
    """The neighbour's rows and secrets, by model label and purpose."""

    rows: dict[str, models.Model]
    tokens: tuple[str, ...]

    def value(self, name: str, converter: str, route: Route) -> str:
        """The neighbour's value for an argument of a route."""
        if name in FIXED:
            return FIXED[name]
        if converter == "uuid":
            return str(self.rows[_table_of(name, route)].pk)
        if converter == "slug" and name == "code":
            return str(self.rows["metrics.Indicator"].code)
        if converter == "slug":
            return str(self.rows["partnerships.Partnership"].slug)
        if converter == "int":
            return "7"
        return {"token": self.tokens[0], "code": self.rows["reports.ImpactReport"].code}.get(name, CANARY)


def _table_of(name: str, route: Route) -> str:
    if name in NAMED:
        return NAMED[name]
    noun = name.removesuffix("_id").replace("_", "")
    found = [model._meta.label for model in apps.get_models() if model._meta.model_name.endswith(noun)]
    assert found, f"{route.pattern}: add {name} to tests/architecture/matrix.py"
    return min(found, key=len)


def nobody(name: str, converter: str) -> str:
    """A value of the same shape that exists nowhere."""
    if name in FIXED:
        return FIXED[name]
    return {"uuid": str(uuid.uuid4()), "slug": "nobody-here", "int": "9"}.get(
        converter, "Zzzzz-Nobody-Zzzzz-Nobody-Zzzzz"
    )


def replay(
    client: Any,
    foreign: Foreign,
    *,
    verbs: tuple[str, ...] = (),
    thorough: bool = False,
    only_at_work: bool = False,
    with_htmx: bool = True,
    held: frozenset[Permission] | None = None,
    until_a_leak: bool = False,
) -> Findings:
    """Ask every route of our space for the neighbour's records, and compare with records that do not exist.

    Each route is asked in the ways it answers, or when ``thorough`` also in one it must refuse; and then the answer
    about nobody's record is always asked for, otherwise only while it is not known that records nowhere are answered
    so. Public pages, e-mailed links and proofs are shown to look at no session then: signing in makes no difference to
    them, so others are sent to what is ``only_at_work``. Parts of pages are asked for too (``with_htmx``), and what a
    form sends from a part unless it was refused as from a page. With ``held`` only doors that open for these permissions
    are knocked at: that others stay closed, whatever stands behind, is shown in test_doors. ``until_a_leak`` ends with
    the first one.
    """
    findings = Findings()
    with without_log():
        for route in routes():
            if "<slug:tenant>" not in route.pattern or (only_at_work and not is_at_work(route)):
                continue
            asked = verbs or _answered_by(route)
            for number, (theirs, nobodys) in enumerate(_addresses(route, foreign, every=thorough)):
                refused = _refused_by(route) if thorough and number == 0 else ()
                for verb in (verb for verb in (*asked, *refused) if opens(route, verb, held)):
                    status = _ask(client, route, verb, theirs, nobodys, {}, findings, thorough=thorough)
                    if with_htmx and not _is_api(route) and (verb == "get" or status < 400):
                        _ask(client, route, verb, theirs, nobodys, {"HX-Request": "true"}, findings)
                if until_a_leak and any(problem.startswith("LEAK") for problem in findings.problems):
                    return findings
    return findings


def is_at_work(route: Route) -> bool:
    """Whether a route is of people who sign in."""
    return route.pattern.startswith("s/")


def _is_api(route: Route) -> bool:
    return bool(route.door and route.door.api)


def opens(route: Route, verb: str, held: frozenset[Permission] | None) -> bool:
    """Whether a door lets pass who holds these permissions somewhere in the space."""
    return held is None or (asked := asked_by(route, verb)) is None or asked in held


def _answered_by(route: Route) -> tuple[str, ...]:
    answered = {method.lower() for method in methods_of(route.view)}
    return tuple(verb for verb in _possible(route) if verb in answered)


def _refused_by(route: Route) -> tuple[str, ...]:
    """One of the verbs no view answers, in turns: the same line of code refuses them all, before a record is looked for."""
    refused = [verb for verb in _possible(route) if verb not in _answered_by(route)]
    return (refused[crc32(route.pattern.encode()) % len(refused)],) if refused else ()


def _possible(route: Route) -> tuple[str, ...]:
    return API_VERBS if _is_api(route) else PAGE_VERBS


@contextmanager
def without_log() -> Iterator[None]:
    """Thousands of refusals, each with its trace, would be written for nobody."""
    logging.disable()
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)


def _addresses(route: Route, foreign: Foreign, *, every: bool) -> Iterator[tuple[str, str]]:
    """Theirs and nobody's; where a record stands inside a partnership only under ours, unless ``every`` is wanted."""
    names = [(name, converter) for name, converter in route.arguments if name != "tenant"]
    theirs = {name: foreign.value(name, converter, route) for name, converter in names}
    none = {name: nobody(name, converter) for name, converter in names}
    kinds = {converter for _name, converter in names}
    # Numbers are counted inside a partnership: under our own slug they are ours.
    is_inside = kinds >= {"slug", "uuid"}
    if every or not is_inside:
        yield route.path({"tenant": "borgo", **theirs}), route.path({"tenant": "borgo", **none})
    if "token" in theirs:
        for token in foreign.tokens[1:]:
            yield route.path({"tenant": "borgo", **theirs, "token": token}), route.path({"tenant": "borgo", **none})
    if fixed := [name for name, _converter in names if name in FIXED]:
        # Asked of what is ours, which is there, so that the answer comes from the view and not from a missing row.
        own = {name: _ours(kind) or theirs[name] for name, kind in names}
        wild = route.path({"tenant": "borgo", **own, **dict.fromkeys(fixed, WILD)})
        yield wild, wild
    if is_inside:
        own = {name: ours for name, kind in names if (ours := _ours(kind))}
        yield route.path({"tenant": "borgo", **theirs, **own}), route.path({"tenant": "borgo", **none, **own})


def addresses_of(rows: dict[str, models.Model], tokens: tuple[str, ...]) -> Iterator[tuple[Route, str]]:
    """Every route of a space, with the address it has for these rows."""
    named = Foreign(rows, tokens)
    for route in routes():
        if "<slug:tenant>" in route.pattern:
            names = [(name, kind) for name, kind in route.arguments if name != "tenant"]
            yield (
                route,
                route.path({"tenant": "borgo", **{name: named.value(name, kind, route) for name, kind in names}}),
            )


def content_of(answer: Any) -> bytes:
    """What an answer says, read to its end."""
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def _ours(converter: str) -> str:
    return {"slug": OWN_SLUG, "int": OWN_NUMBER}.get(converter, "")


def _ask(
    client: Any,
    route: Route,
    verb: str,
    theirs: str,
    nobodys: str,
    headers: dict[str, str],
    findings: Findings,
    *,
    thorough: bool = False,
) -> int:
    first = sent(client, verb, theirs, headers=headers)
    findings.requests += 1
    where = f"{verb.upper()} {route.pattern}{' HX' if headers else ''}"
    if first.status_code >= 500:
        findings.problems.append(f"5XX {where}: {first.status_code}")
    if CANARY.encode() in content_of(first):
        findings.problems.append(f"LEAK {where}")
    if thorough and not is_at_work(route) and first.wsgi_request.session.accessed:
        findings.problems.append(f"SESSION {where}")
    # Whether a view answers a verb at all hangs on no record.
    if theirs == nobodys or headers or first.status_code == METHOD_NOT_ALLOWED:
        return int(first.status_code)
    way = "api" if _is_api(route) else "page"
    told = (way, first.status_code, _masked(first, theirs))
    if told in findings.nobodys and not thorough:
        return int(first.status_code)
    second = sent(client, verb, nobodys, headers=headers)
    findings.requests += 1
    told_of_nobodys = (way, second.status_code, _masked(second, nobodys))
    findings.nobodys.add(told_of_nobodys)
    if told != told_of_nobodys:
        findings.problems.append(f"ORACLE {where}: {first.status_code} for theirs, {second.status_code} for nobody's")
    return int(first.status_code)


def sent(client: Any, verb: str, path: str, **what: Any) -> Any:
    """The answer to one request; a fault of the server is an answer too."""
    client.raise_request_exception = False
    # What one request changed must not colour the next answer.
    with transaction.atomic():
        answer = getattr(client, verb)(path, **what)
        transaction.set_rollback(True)
    # Nor must what it said, which waits in a cookie for the next page.
    client.cookies.pop("messages", None)
    return answer


def _masked(answer: Any, path: str) -> bytes:
    content = NOISE.sub(b"", content_of(answer)).replace(path.encode(), b"")
    for part in sorted(path.split("/"), key=len, reverse=True):
        if len(part) > 3:
            content = content.replace(part.encode(), b"")
    return content
