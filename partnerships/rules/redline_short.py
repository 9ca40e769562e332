"""What changed between two texts, without what did not: paragraph by paragraph, each beneath its heading."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from partnerships.rules.redline import Kind, Segment

HEADING, STRONG = "#", "**"


@dataclass(frozen=True)
class Paragraph:
    """A paragraph with what changed in it, or the heading above one; ``is_after_gap`` when others were left out before.

    The marks of headings and strong words are left out of the pieces: the whole redline has them.
    """

    pieces: list[Segment]
    is_heading: bool = False
    is_after_gap: bool = False


def changed_paragraphs(segments: Iterable[Segment]) -> list[Paragraph]:
    """The paragraphs of a ``redline`` in which a word was deleted or inserted, in order; none where nothing was."""
    return list(_changed(segments))


def _changed(segments: Iterable[Segment]) -> Iterator[Paragraph]:
    heading: list[Segment] | None = None
    is_after_gap = False
    for pieces in _lines(segments):
        is_heading, has_changed = _is_heading(pieces), _has_changed(pieces)
        if is_heading:
            heading, is_after_gap = pieces, False
        if not has_changed:
            is_after_gap = is_after_gap or bool(not is_heading and "".join(one.text for one in pieces).strip())
            continue
        if heading is not None:
            yield Paragraph(_shown(heading), is_heading=True)
            heading = None
        if not is_heading:
            yield Paragraph(_shown(pieces), is_after_gap=is_after_gap)
        is_after_gap = False


def _lines(segments: Iterable[Segment]) -> Iterator[list[Segment]]:
    line: list[Segment] = []
    for segment in segments:
        first, *more = segment.text.split("\n")
        line.append(Segment(segment.kind, first))
        for text in more:
            yield line
            line = [Segment(segment.kind, text)]
    yield line


def _has_changed(pieces: list[Segment]) -> bool:
    return any(one.kind is not Kind.SAME and one.text.strip() for one in pieces)


def _is_heading(pieces: list[Segment]) -> bool:
    return next((one.text for one in pieces if one.text), "").startswith(HEADING)


def _shown(pieces: list[Segment]) -> list[Segment]:
    shown = [Segment(one.kind, one.text.replace(STRONG, "")) for one in pieces if one.text]
    if _is_heading(pieces):
        shown[0] = Segment(shown[0].kind, shown[0].text.lstrip(f"{HEADING} "))
    return [one for one in shown if one.text]
