"""What changed between two texts, word by word.

Common ends are cut off first; long middles are split at words that stand once in both (patience diff: Bram Cohen), so
that 100,000 characters take a moment; what is left is compared exactly.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

# Words, runs of white space, single marks: joined again they are the text, whatever is in it.
TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
# Above this many pairs an exact comparison would be slow.
MOST_PAIRS = 60_000
# Between two changes, so few words and spaces in common are noise.
MOST_NOISE = 7
Run = tuple[int, int, int]


class Span(NamedTuple):
    """A stretch of the old tokens beside one of the new."""

    low: int
    high: int
    other_low: int
    other_high: int


class Kind(StrEnum):
    """What became of a piece of text."""

    SAME = "same"
    DELETED = "deleted"
    INSERTED = "inserted"


@dataclass(frozen=True)
class Segment:
    """A piece of text and what became of it."""

    kind: Kind
    text: str


def redline(old: str, new: str) -> list[Segment]:
    """The pieces in reading order, a deletion before the insertion that replaces it.

    ``same`` and ``deleted`` joined are the old text, ``same`` and ``inserted`` the new one, to the last space.
    """
    before, after = TOKEN.findall(old), TOKEN.findall(new)
    return list(_merged(_without_noise(_segments(before, after))))


def has_changes(segments: Iterable[Segment]) -> bool:
    """Whether anything was deleted or inserted."""
    return any(segment.kind is not Kind.SAME for segment in segments)


def _segments(before: Sequence[str], after: Sequence[str]) -> Iterator[Segment]:
    at = to = 0
    for start, other, length in [*_runs(before, after), (len(before), len(after), 0)]:
        if deleted := "".join(before[at:start]):
            yield Segment(Kind.DELETED, deleted)
        if inserted := "".join(after[to:other]):
            yield Segment(Kind.INSERTED, inserted)
        if length:
            yield Segment(Kind.SAME, "".join(before[start : start + length]))
        at, to = start + length, other + length


def _runs(before: Sequence[str], after: Sequence[str]) -> Iterator[Run]:
    """Runs of equal tokens, in order: where they start in both, and how long they are. No recursion: a stack."""
    waiting = [Span(0, len(before), 0, len(after))]
    while waiting:
        span = waiting.pop()
        low, high, other_low, other_high = span
        if low == high or other_low == other_high:
            continue
        if head := _common(before[low:high], after[other_low:other_high]):
            yield low, other_low, head
            waiting.append(Span(low + head, high, other_low + head, other_high))
        elif tail := _common(before[low:high][::-1], after[other_low:other_high][::-1]):
            middle = Span(low, high - tail, other_low, other_high - tail)
            waiting += [Span(high - tail, high, other_high - tail, other_high), middle]
        elif (high - low) * (other_high - other_low) <= MOST_PAIRS:
            yield from _exact(before, after, span)
        else:
            waiting += reversed(_parts(before, after, span))


def _common(before: Sequence[str], after: Sequence[str]) -> int:
    pairs = zip(before, after, strict=False)
    return next((at for at, (one, other) in enumerate(pairs) if one != other), min(len(before), len(after)))


def _exact(before: Sequence[str], after: Sequence[str], span: Span) -> Iterator[Run]:
    old, new = before[span.low : span.high], after[span.other_low : span.other_high]
    # White space only goes along with words that match: alone it would match everywhere.
    for block in SequenceMatcher(str.isspace, old, new, autojunk=False).get_matching_blocks():
        if block.size:
            yield span.low + block.a, span.other_low + block.b, block.size


def _parts(before: Sequence[str], after: Sequence[str], span: Span) -> list[Span]:
    """The pieces between words that stand once in both, each beginning with such a word; none without such words."""
    anchors = _anchors(before[span.low : span.high], after[span.other_low : span.other_high])
    if not anchors:
        return []
    starts = [(span.low + at, span.other_low + to) for at, to in anchors]
    ends = [(span.low, span.other_low), *starts, (span.high, span.other_high)]
    return [Span(low, high, other_low, other_high) for (low, other_low), (high, other_high) in pairwise(ends)]


def _anchors(before: Sequence[str], after: Sequence[str]) -> list[tuple[int, int]]:
    counts, other_counts = Counter(before), Counter(after)
    places = {token: at for at, token in enumerate(after) if other_counts[token] == 1}
    both = [(at, places[token]) for at, token in enumerate(before) if counts[token] == 1 and token in places]
    return _longest_rising(both)


def _longest_rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest chain of pairs that rises in both (patience sorting)."""
    tops: list[int] = []
    at_top: list[int] = []
    earlier: list[int] = []
    for at, (_one, other) in enumerate(pairs):
        pile = bisect_left(tops, other)
        earlier.append(at_top[pile - 1] if pile else -1)
        if pile == len(tops):
            tops.append(other)
            at_top.append(at)
        else:
            tops[pile], at_top[pile] = other, at
    chain: list[tuple[int, int]] = []
    at = at_top[-1] if at_top else -1
    while at >= 0:
        chain.append(pairs[at])
        at = earlier[at]
    return chain[::-1]


def _without_noise(segments: Iterable[Segment]) -> Iterator[Segment]:
    """Let a change run on over little that two changes have in common: nobody reads "a~b" word by word."""
    found = list(_merged(segments))
    for at, segment in enumerate(found):
        if segment.kind is Kind.SAME and _is_noise(found, at):
            yield Segment(Kind.DELETED, segment.text)
            yield Segment(Kind.INSERTED, segment.text)
        else:
            yield segment


def _is_noise(found: Sequence[Segment], at: int) -> bool:
    """Whether a few words stay between two changes that are each as long, in one line (as diff-match-patch does)."""
    text = found[at].text
    if "\n" in text or len(TOKEN.findall(text)) > MOST_NOISE:
        return False
    return len(text) <= min(_changed_before(found, at), _changed_after(found, at))


def _changed_before(found: Sequence[Segment], at: int) -> int:
    return _longest(found[max(at - 2, 0) : at][::-1])


def _changed_after(found: Sequence[Segment], at: int) -> int:
    return _longest(found[at + 1 : at + 3])


def _longest(nearest: Sequence[Segment]) -> int:
    """How long the change next to a place is; 0 where there is none."""
    changes: list[int] = []
    for segment in nearest:
        if segment.kind is Kind.SAME:
            break
        changes.append(len(segment.text))
    return max(changes, default=0)


def _merged(segments: Iterable[Segment]) -> Iterator[Segment]:
    """Neighbours of one kind as one piece, deletions of a change before its insertions."""
    pieces = {Kind.DELETED: "", Kind.INSERTED: "", Kind.SAME: ""}
    for segment in [*segments, Segment(Kind.SAME, "")]:
        is_same = segment.kind is Kind.SAME
        if (is_same and not segment.text) or (not is_same and pieces[Kind.SAME]):
            yield from _emptied(pieces, Kind.SAME)
        if is_same:
            yield from _emptied(pieces, Kind.DELETED, Kind.INSERTED)
        pieces[segment.kind] += segment.text
    yield from _emptied(pieces, Kind.SAME)


def _emptied(pieces: dict[Kind, str], *kinds: Kind) -> Iterator[Segment]:
    for kind in kinds:
        if pieces[kind]:
            yield Segment(kind, pieces[kind])
            pieces[kind] = ""
