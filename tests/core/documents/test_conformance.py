import io

import pikepdf
import pytest

from core.documents.assets import AssetSource, Image
from core.documents.rendering import render_pdf
from tests.core.documents.conformance import pdfua_problems
from tests.core.documents.pages import PIXEL, page
from tests.core.tabular.standards import standard_file

BODY = """
<h1>Rapporto d'impatto</h1>
<p>Otto famiglie sotto <a href="https://example.org/metodo">il traguardo</a>.</p>
<h2>Risultati</h2>
<table><caption>Presenze</caption>
<thead><tr><th scope="col">Mese</th><th scope="col">Persone</th></tr></thead>
<tbody><tr><th scope="row">Marzo</th><td>41</td></tr></tbody></table>
<ul><li>uno</li><li>due</li></ul>
<img src="asset:image/1" alt="Il laboratorio di marzo">
<svg width="100" height="50" viewBox="0 0 100 50"><title>41 persone a marzo</title><rect width="41" height="20"/></svg>
<h3>Nota</h3><p>Fine.</p>
"""


@pytest.fixture(scope="module")
def report() -> bytes:
    return render_pdf(page(BODY), assets=AssetSource(image=lambda _id: Image(PIXEL, "image/png")))


def test_report_has_no_problem(report: bytes) -> None:
    assert pdfua_problems(report) == []


@pytest.mark.parametrize("name", ["7.1-t08-pass-a.pdf", "7.5-t01-pass-e.pdf"])
def test_official_good_files_have_no_problem(name: str) -> None:
    assert pdfua_problems(standard_file(f"pdfua/{name}").read_bytes()) == []


def _without_language(document: pikepdf.Pdf) -> None:
    del document.Root.Lang


def _without_structure(document: pikepdf.Pdf) -> None:
    del document.Root.StructTreeRoot


def _without_mark(document: pikepdf.Pdf) -> None:
    del document.Root.MarkInfo


def _without_title_shown(document: pikepdf.Pdf) -> None:
    del document.Root.ViewerPreferences


def _without_metadata(document: pikepdf.Pdf) -> None:
    del document.Root.Metadata


def _with_loose_links(document: pikepdf.Pdf) -> None:
    del document.pages[0].Annots[0].StructParent


@pytest.mark.parametrize(
    ("change", "clause"),
    [
        (_without_language, "7.2"),
        (_without_structure, "7.1"),
        (_without_mark, "7.1"),
        (_without_title_shown, "7.1"),
        (_without_metadata, "5"),
        (_with_loose_links, "7.18.1"),
    ],
)
def test_each_thing_taken_away_is_noticed(report: bytes, change: object, clause: str) -> None:
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(report)) as document:
        change(document)  # type: ignore[operator]  # a function of this module
        document.save(target)
    assert any(problem.startswith(f"{clause}:") for problem in pdfua_problems(target.getvalue()))
