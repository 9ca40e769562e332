from pathlib import Path

from django.utils import translation

from stakeholders.rules.exchange_formats import FORMATS

DOC = Path(__file__).parents[3] / "docs" / "exchange.md"


def written() -> str:
    """The chapter as the code says it."""
    parts = []
    for one in FORMATS:
        parts += [f"### {one.name}", "", str(one.used_for), ""]
        for title, texts in (("Comes in", one.reads), ("Goes out", one.writes), ("Has no place for", one.cannot_hold)):
            parts += [f"{title}:", "", *(f"- {text}" for text in texts), ""]
    return "\n".join(parts)


def test_document_says_the_same_as_the_export_page():
    with translation.override("en"):
        assert DOC.read_text().split("## Formats\n\n")[1].rstrip() == written().rstrip()
