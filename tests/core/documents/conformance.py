"""What pikepdf can tell about PDF/UA-1 (ISO 14289-1); a list of problems, empty when none is found."""

import io
from collections.abc import Iterator
from typing import Any

import pikepdf

_HEADINGS = {f"/H{level}": level for level in range(1, 7)}


def pdfua_problems(pdf: bytes) -> list[str]:
    """Problems in words; the clause of ISO 14289-1 stands in front."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return [*_catalogue(document), *_structure(document), *_fonts(document), *_annotations(document)]


def _catalogue(document: pikepdf.Pdf) -> Iterator[str]:
    root = document.Root
    with document.open_metadata() as metadata:
        if str(metadata.get("pdfuaid:part", "")) != "1":
            yield "5: no pdfuaid:part in the metadata"
        if not metadata.get("dc:title"):
            yield "7.1: no dc:title in the metadata"
    if not str(root.get("/Lang", "")):
        yield "7.2: no language"
    if not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False):
        yield "7.1: DisplayDocTitle is not on"
    if not root.get("/MarkInfo", {}).get("/Marked", False):
        yield "7.1: not marked as tagged"
    if "/StructTreeRoot" not in root:
        yield "7.1: no structure"


def _structure(document: pikepdf.Pdf) -> Iterator[str]:
    if "/StructTreeRoot" not in document.Root:
        return
    tree = document.Root.StructTreeRoot
    roles = tree.get("/RoleMap", {})
    level = 0
    for element in _elements(tree):
        kind = str(element.get("/S", ""))
        kind = str(roles.get(kind, kind))
        if kind == "/Figure" and not (str(element.get("/Alt", "")) or str(element.get("/ActualText", ""))):
            yield "7.3: figure without alternative text"
        if kind == "/Table":
            yield from _table(element)
        if kind in _HEADINGS:
            if _HEADINGS[kind] > level + 1:
                yield f"7.4.2: {kind} after level {level}"
            level = _HEADINGS[kind]


def _table(table: Any) -> Iterator[str]:
    """Every data cell must find its header cells: named in the cell, or by the scope of the header cells."""
    cells = list(_elements(table))
    heads = [cell for cell in cells if str(cell.get("/S", "")) == "/TH"]
    values = [cell for cell in cells if str(cell.get("/S", "")) == "/TD"]
    names = {bytes(head.ID) for head in heads if "/ID" in head}
    if not heads:
        yield "7.5: table without header cells"
    for cell in values:
        for name in _header_names(cell):
            if bytes(name) not in names:
                yield "7.5: cell names a header cell that is not there"
    scoped = all(any("/Scope" in attribute for attribute in _attributes(head)) for head in heads)
    if not scoped and not all(_header_names(cell) for cell in values):
        yield "7.5: header cells without scope and cells without headers"


def _header_names(cell: Any) -> list[Any]:
    return [name for attribute in _attributes(cell) for name in attribute.get("/Headers", [])]


def _attributes(element: Any) -> list[Any]:
    found = element.get("/A")
    if found is None:
        return []
    return list(found) if isinstance(found, pikepdf.Array) else [found]


def _elements(parent: Any) -> Iterator[Any]:
    """Every element below, in reading order."""
    children = parent.get("/K")
    if children is None:
        return
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            yield child
            yield from _elements(child)


def _fonts(document: pikepdf.Pdf) -> Iterator[str]:
    for page in document.pages:
        for name, font in (page.resources.get("/Font", {}) or {}).items():
            inner = font.DescendantFonts[0] if "/DescendantFonts" in font else font
            descriptor = inner.get("/FontDescriptor", {})
            if not any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3")):
                yield f"7.21.4.1: font {name} is not embedded"
            if "/ToUnicode" not in font and "/Encoding" not in font:
                yield f"7.21.7: font {name} has no way back to text"


def _annotations(document: pikepdf.Pdf) -> Iterator[str]:
    for number, page in enumerate(document.pages, start=1):
        annotations = page.get("/Annots", [])
        if len(annotations) and str(page.get("/Tabs", "")) != "/S":
            yield f"7.18.3: tab order of page {number} does not follow the structure"
        for annotation in annotations:
            if str(annotation.get("/Subtype", "")) == "/Popup":
                continue
            if "/StructParent" not in annotation:
                yield f"7.18.1: annotation on page {number} is not in the structure"
            if str(annotation.get("/Subtype", "")) == "/Link" and not str(annotation.get("/Contents", "")):
                yield f"7.18.5: link on page {number} without description"
