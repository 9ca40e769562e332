"""Every text for people, found in code and templates, without gettext's own tools."""

import ast
import io
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.extract import extract_python
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent.parent
APPS = ("core", "stakeholders", "partnerships", "metrics", "goals", "engagement", "funding", "reports", "config")
KEYWORDS = {
    "_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None, "ngettext": (1, 2), "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3), "npgettext_lazy": ((1, "c"), 2, 3),
}  # fmt: skip
STRING = r"u?(?:'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")"
CALL = re.compile(rf"\b(?P<name>_|gettext|ngettext|pgettext|npgettext)\((?P<arguments>\s*{STRING}(?:\s*,\s*{STRING})*)")
Message = tuple[str, str, str]  # context, singular, plural


def messages() -> dict[Message, str]:
    """All messages with one place where each stands."""
    found: dict[Message, str] = {}
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            if "migrations" not in path.parts:
                for message in _in_python(path):
                    found.setdefault(message, str(path.relative_to(ROOT)))
    for path in sorted([*(ROOT / "templates").rglob("*.html"), *(ROOT / "templates").rglob("*.txt")]):
        for message in _in_template(path):
            found.setdefault(message, str(path.relative_to(ROOT)))
    return found


def _in_python(path: Path) -> Iterator[Message]:
    for _line, function, texts, _comments in extract_python(
        io.BytesIO(path.read_bytes()), list(KEYWORDS), [], {"encoding": "utf-8"}
    ):
        if texts:
            yield from _message(str(function).removesuffix("_lazy"), [texts] if isinstance(texts, str) else list(texts))


def _in_template(path: Path) -> Iterator[Message]:
    source = templatize(path.read_text(), origin=str(path))
    for call in CALL.finditer(source):
        texts = [ast.literal_eval(text) for text in re.findall(STRING, call["arguments"])]
        yield from _message(call["name"], texts)


def _message(function: str, texts: list[str | None]) -> Iterator[Message]:
    strings = [text for text in texts if isinstance(text, str)]
    if not strings or not strings[0]:
        return
    if function.startswith("np") and len(strings) > 2:
        yield strings[0], strings[1], strings[2]
    elif function == "pgettext" and len(strings) > 1:
        yield strings[0], strings[1], ""
    elif function == "ngettext" and len(strings) > 1:
        yield "", strings[0], strings[1]
    else:
        yield "", strings[0], ""
