import contextlib
import http.server
import io
import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from weasyprint import HTML
from weasyprint.urls import URLFetchingError

from core.documents.accessibility import html_problems
from core.documents.assets import AssetSource, Image, TooManyAssetsError, collect
from core.documents.limits import DocumentTooLargeError
from core.documents.render_process import REPORT, render
from core.documents.rendering import DocumentIncompleteError, render_document, render_pdf
from tests.core.documents.pages import PIXEL, page


def images_in(pdf: bytes) -> int:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return sum(len(sheet.get_images()) for sheet in document.pages)


def fonts_in(pdf: bytes) -> set[str]:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return {
            str(font.BaseFont) for sheet in document.pages for font in (sheet.resources.get("/Font", {}) or {}).values()
        }


def test_image_of_ours_is_shown() -> None:
    asked: list[str] = []

    def image(identifier: str) -> Image | None:
        asked.append(identifier)
        return Image(PIXEL, "image/png") if identifier == "0198-ab" else None

    found = render_document(page('<img src="asset:image/0198-ab" alt="Logo">'), assets=AssetSource(image=image))
    assert images_in(found.pdf) == 1
    assert asked == ["0198-ab"]
    assert found.refused == ()


def test_style_sheet_and_what_it_names_are_used(tmp_path: Path) -> None:
    (tmp_path / "base.css").write_text('@import "asset:static/inner.css"; h1 { background: url(asset:static/dot.png) }')
    (tmp_path / "inner.css").write_text("h1 { font-family: 'DejaVu Sans Mono' }")
    (tmp_path / "dot.png").write_bytes(PIXEL)
    head = '<link rel="stylesheet" href="asset:static/base.css">'
    plain = render_document(page("<h1>Titolo</h1>"), assets=AssetSource())
    styled = render_document(
        page("<h1>Titolo</h1>", head=head), assets=AssetSource(static=lambda name: tmp_path / name)
    )
    assert styled.refused == ()
    assert fonts_in(styled.pdf) != fonts_in(plain.pdf)


def test_unknown_image_is_left_out_and_recorded() -> None:
    found = render_document(page('<img src="asset:image/missing" alt="x">'), assets=AssetSource())
    assert found.refused == ("asset:image/missing",)
    assert images_in(found.pdf) == 0


@pytest.fixture
def listener() -> Iterator[tuple[str, list[str]]]:
    """A server that notes who comes."""
    came: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            came.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_arguments: object) -> None:
            return

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", came
    server.shutdown()
    server.server_close()


PAYLOADS = [
    '<img src="{url}" alt="x">',
    '<img srcset="{url} 2x" src="{url}" alt="x">',
    '<link rel="stylesheet" href="{url}">',
    '<link rel="attachment" href="{url}">',
    '<a rel="attachment" href="{url}">x</a>',
    '<style>@import "{url}";</style>',
    "<style>@import url({url});</style>",
    "<style>@font-face {{ font-family: f; src: url({url}) }} p {{ font-family: f }}</style><p>x</p>",
    "<style>p {{ background: url({url}) }}</style><p>x</p>",
    "<style>p::before {{ content: url({url}) }}</style><p>x</p>",
    "<style>li {{ list-style-image: url({url}) }}</style><ul><li>x</li></ul>",
    "<style>@page {{ background: url({url}) }}</style>",
    "<style>@color-profile device-cmyk {{ src: url({url}) }}</style>",
    '<p style="border-image: url({url}) 30; border: 3px solid">x</p>',
    '<object data="{url}" type="image/png">x</object>',
    '<embed src="{url}" type="image/png">',
    '<svg width="9" height="9"><title>x</title><image href="{url}" width="9" height="9"/></svg>',
    '<svg width="9" height="9"><title>x</title><use href="{url}#x"/></svg>',
    '<svg width="9" height="9"><title>x</title><style>@import "{url}";</style><rect width="9" height="9"/></svg>',
    '<base href="{url}/"><img src="x.png" alt="x">',
    '<video poster="{url}"></video><audio src="{url}"></audio><iframe src="{url}"></iframe>',
]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_network_is_never_reached(payload: str, listener: tuple[str, list[str]], tmp_path: Path) -> None:
    url, came = listener
    collect("", AssetSource(), tmp_path)
    # WeasyPrint gives up on a colour profile it cannot have; nothing was fetched then either.
    with contextlib.suppress(URLFetchingError):
        render(page(payload.format(url=url)), tmp_path)
    assert came == []


def test_network_could_be_reached(listener: tuple[str, list[str]]) -> None:
    # Or the test above would prove nothing.
    url, came = listener
    HTML(string=page(PAYLOADS[0].format(url=f"{url}/x"))).write_pdf()
    assert came == ["/x"]


FORMS = [
    "file://{path}",
    "FILE:{path}",
    "{path}",
    "file://localhost{path}",
    "asset:static/..{path}",
    "asset:static/{path}",
    "asset:image/../..{path}",
]


@pytest.mark.parametrize(
    "template",
    [
        '<img src="{url}" alt="x">',
        '<link rel="attachment" href="{url}">',
        '<a rel="attachment" href="{url}">x</a>',
        '<link rel="stylesheet" href="{url}">',
        '<object data="{url}"></object>',
        '<svg width="9" height="9"><title>x</title><image href="{url}" width="9" height="9"/></svg>',
    ],
)
def test_files_of_the_machine_are_never_read(template: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.png"
    secret.write_bytes(PIXEL + b"SEGRETO-DELLA-MACCHINA")
    folder = tmp_path / "work"
    folder.mkdir()
    html = page("".join(template.format(url=form.format(path=secret)) for form in FORMS))
    manifest = collect(html, AssetSource(static=lambda name: tmp_path / "static" / name), folder)
    pdf = render(html, folder)
    assert manifest == {}
    assert images_in(pdf) == 0
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert "/EmbeddedFiles" not in document.Root.get("/Names", {})
        streams = [item.read_bytes() for item in document.objects if isinstance(item, pikepdf.Stream)]
    assert not any(b"SEGRETO" in stream for stream in streams)


def test_static_name_that_climbs_is_not_even_asked_for(tmp_path: Path) -> None:
    asked: list[str] = []
    collect(
        "asset:static/../x asset:static//etc/passwd asset:static/a/../../b", AssetSource(static=asked.append), tmp_path
    )
    assert asked == []


@pytest.mark.parametrize(
    "url", ["data:image/png;base64,iVBORw0KGgo=", "ftp://x/y.png", "gopher://x", "javascript:1", "http://[::1]/x.png"]
)
def test_other_addresses_are_refused_and_recorded(url: str, tmp_path: Path) -> None:
    collect("", AssetSource(), tmp_path)
    render(page(f'<img src="{url}" alt="x">'), tmp_path)
    assert json.loads((tmp_path / REPORT).read_text()) == {"refused": [url]}


def test_links_for_people_stay() -> None:
    with pikepdf.open(
        io.BytesIO(render_pdf(page('<a href="https://example.org/x">x</a>'), assets=AssetSource()))
    ) as pdf:
        assert str(pdf.pages[0].Annots[0].A.URI) == "https://example.org/x"


@pytest.mark.parametrize(
    ("html", "problem"),
    [
        (page("x", lang=""), "no lang"),
        (page("x", lang=' lang=" "'), "no lang"),
        (page("x", title=""), "no <title>"),
        (page("x", title="<title> </title>"), "no <title>"),
        (page("<svg><title>y</title></svg>", title=""), "no <title>"),
        (page('<img src="asset:image/1">'), "image without alt"),
        (page("<h1>a</h1><h3>b</h3>"), "heading h3 after h1"),
        (page("<h2>a</h2>"), "heading h2 after nothing"),
    ],
)
def test_page_that_not_everybody_could_read_is_refused(html: str, problem: str) -> None:
    with pytest.raises(DocumentIncompleteError, match=problem):
        render_pdf(html, assets=AssetSource())


def test_page_that_goes_back_up_is_fine() -> None:
    assert html_problems(page("<h1>a</h1><h2>b</h2><h3>c</h3><h2>d</h2><img alt='' src='x'>")) == []


def test_too_many_images_are_refused(tmp_path: Path) -> None:
    html = "".join(f'<img src="asset:image/{number}" alt="">' for number in range(501))
    with pytest.raises(TooManyAssetsError):
        collect(html, AssetSource(image=lambda _id: Image(PIXEL, "image/png")), tmp_path)
    with pytest.raises(DocumentTooLargeError):
        render_pdf(page(html), assets=AssetSource(image=lambda _id: Image(PIXEL, "image/png")))
