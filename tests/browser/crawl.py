"""Finds one address for each route that a person can reach by following links, as a search engine would."""

import re
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from django.urls import Resolver404, resolve
from playwright.sync_api import APIRequestContext

NOT_PAGES = re.compile(r"/static/|/api/|format=csv|/media/|\.(css|pdf|csv|svg|png)($|\?)")


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        # Parts of the page that come by themselves once it is there.
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "a" and (href := given.get("href")):
            self.found.append(href)
        if given.get("hx-trigger") == "load" and (part := given.get("hx-get")):
            self.parts.append(part)


def links_in(html: str, base: str) -> tuple[list[str], list[str]]:
    """The addresses a page links to, without what follows #; and those of the parts it loads by itself."""
    parser = _Links()
    parser.feed(html)
    found, parts = ([urljoin(base, href).split("#")[0] for href in some] for some in (parser.found, parser.parts))
    return found, parts


def route_of(path: str) -> str:
    """The pattern an address belongs to; empty for none."""
    try:
        return "/" + resolve(path).route
    except Resolver404:
        return ""


@dataclass
class Crawl:
    """One person's way through the product; ``only`` narrows it to addresses that begin so.

    Up to ``per_route`` addresses are asked for: different records of one kind offer different links.
    """

    base_url: str
    request: APIRequestContext
    tenant: str
    only: str = ""
    per_route: int = 2
    pages: dict[str, str] = field(default_factory=dict)
    asked: dict[str, int] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)

    def follow(self, starts: Iterable[str]) -> dict[str, str]:
        """One address of a page for each route that can be reached from ``starts``."""
        waiting = deque(urljoin(self.base_url, start) for start in starts)
        while waiting:
            waiting.extend(self._visit(waiting.popleft()))
        return self.pages

    def _visit(self, url: str) -> list[str]:
        if url in self.seen:
            return []
        self.seen.add(url)
        route = route_of(urlsplit(url).path)
        if not self._is_wanted(url, route):
            return []
        self.asked[route] = self.asked.get(route, 0) + 1
        answer = self.request.get(url, max_redirects=0, timeout=30_000)
        if answer.status in {301, 302, 303}:
            return [urljoin(url, answer.headers["location"])]
        if answer.status != 200 or not answer.headers.get("content-type", "").startswith("text/html"):
            return []
        # The plain page stands for its route rather than one of its searches.
        self.pages.setdefault(route, url)
        found, parts = links_in(answer.text(), url)
        return found + [link for part in parts for link in self._links_of_part(part)]

    def _links_of_part(self, url: str) -> list[str]:
        answer = self.request.get(url, max_redirects=0, timeout=30_000, headers={"HX-Request": "true"})
        return links_in(answer.text(), url)[0] if answer.status == 200 else []

    def _is_wanted(self, url: str, route: str) -> bool:
        parts = urlsplit(url)
        if not url.startswith(self.base_url + "/") or not route or NOT_PAGES.search(url):
            return False
        in_another = re.match(r"/[splv]\w*/([^/]+)/", parts.path)
        if in_another and "<slug:tenant>" in route and f"/{self.tenant}/" not in parts.path:
            return False
        return parts.path.startswith(self.only) and self.asked.get(route, 0) < self.per_route
