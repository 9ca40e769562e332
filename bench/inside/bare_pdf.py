"""WeasyPrint and nothing else: FOLDER SECONDS BYTES. Reads report.html, writes report.pdf, prints the page count."""

import mimetypes
import resource
import sys
from pathlib import Path

from weasyprint import HTML
from weasyprint.urls import URLFetcher, URLFetcherResponse

folder, seconds, memory = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
static = Path((folder / "static").read_text())


class StaticFetcher(URLFetcher):
    """Our style sheets and fonts, by the addresses the document gives them."""

    def fetch(self, url, headers=None):
        path = static / url.removeprefix("asset:static/")
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": mimetypes.guess_type(path.name)[0] or ""})


document = HTML(string=(folder / "report.html").read_text(), base_url="asset:", url_fetcher=StaticFetcher())
rendered = document.render(pdf_variant="pdf/ua-1")
(folder / "report.pdf").write_bytes(rendered.write_pdf(pdf_variant="pdf/ua-1"))
print(len(rendered.pages))
