"""The demo's report as a document: tagged as far as pikepdf and Poppler can tell, with the database's numbers in it."""

import hashlib
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from reports.rules.reading import Reader
from tests.browser.fixtures import demo
from tests.browser.running_demo import RunningDemo
from tests.core.documents.conformance import pdfua_problems

__all__ = ["demo"]

# It shares the demo with the browser's tests, and a document takes seconds.
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("pdftotext") is None, reason="Poppler is not installed (bin/setup says how)"),
]
OF = {"it": "su", "en": "of"}
REPORTED = [("borgo", "scuola-lavoro", "it"), ("riverside", "first-job", "en")]


def words_of(path: str) -> str:
    """The document's text as somebody copies it, in one line."""
    said = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True).stdout
    return re.sub(r"\s+", " ", said)


def facts_of(path: str) -> dict[str, str]:
    """What ``pdfinfo`` says of the document."""
    said = subprocess.run(["pdfinfo", path], capture_output=True, text=True, check=True).stdout
    return {name: value.strip() for name, _colon, value in (line.partition(":") for line in said.splitlines())}


def asked(demo: RunningDemo, call: str) -> Any:
    """What a function of ``demo_report`` prints inside the demo."""
    return json.loads(demo.in_shell(f"from tests.conformance import demo_report; demo_report.{call}").splitlines()[-1])


def plain(words: str) -> str:
    return re.sub(r"\s+", " ", words)


@pytest.mark.parametrize(("tenant", "slug", "language"), REPORTED)
def test_reports_of_the_demo_are_tagged_documents_with_their_frozen_numbers(
    demo: RunningDemo, tenant: str, slug: str, language: str
) -> None:
    stored = asked(demo, f"print_stored({tenant!r})")
    assert slug in {report["slug"] for report in stored}
    for report in stored:
        content = Path(report["path"]).read_bytes()
        assert pdfua_problems(content) == []
        assert hashlib.sha256(content).hexdigest() == report["pdf_sha256"]
        facts = facts_of(report["path"])
        assert (facts["Tagged"], facts["JavaScript"], facts["Encrypted"]) == ("yes", "no", "no")
        assert facts["Title"].startswith(report["title"])
        words, reader = words_of(report["path"]), Reader(report["language"])
        snapshot = report["snapshot"]
        money = [snapshot["money"][name] for name in ("secured_cents", "need_cents", "in_kind_cents")]
        for cents in money:
            assert plain(reader.money(cents, report["currency"])) in words
        assert report["code"] in words
        assert report["sha256"] in words.replace(" ", "")


@pytest.mark.parametrize(("tenant", "slug", "language"), REPORTED)
def test_numbers_of_a_report_are_those_counted_in_the_database(
    demo: RunningDemo, tenant: str, slug: str, language: str
) -> None:
    known = asked(demo, f"print_known({tenant!r}, {slug!r}, {language!r})")
    words, reader = words_of(known["path"]), Reader(language)
    assert pdfua_problems(Path(known["path"]).read_bytes()) == []
    assert sum(known["cents"].values()) > 0
    for cents in known["cents"].values():
        assert plain(reader.money(cents, known["currency"])) in words
    assert f"{known['answered']} {OF[language]} {known['received']}" in words
    assert known["values"]
    for _number, numerator, denominator, value, ends_on in known["values"]:
        assert reader.day(ends_on) in words
        assert (share(numerator, denominator, language) if denominator else figure(value, language)) in words
    Path(known["path"]).unlink()


def share(numerator: str, denominator: str, language: str) -> str:
    """A share as the document's tables write it."""
    return f"{figure(numerator, language)} {OF[language]} {figure(denominator, language)}"


def figure(number: str, language: str) -> str:
    """The whole part of a number as the document writes it."""
    whole = f"{int(float(number)):,}"
    return whole.replace(",", ".") if language == "it" else whole
