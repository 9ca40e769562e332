"""Finding pairs among many records without comparing all with all: only those that share a telling key are compared."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from stakeholders.rules.duplicate import Card, Likeness, likeness_of, telling_words

# A key more records share than this tells nothing: a switchboard's number, "associazione" in a big town.
MOST_IN_A_BLOCK = 40
# By so many of its rarest words a name is looked for.
RARE_WORDS = 3


def likely_pairs(cards: Iterable[Card]) -> Iterator[tuple[Card, Card, Likeness]]:
    """Every pair that looks like one, once. Work grows with the records times the size of a block, not its square."""
    known = list(cards)
    seen: set[tuple[int, int]] = set()
    for block in _blocks(known).values():
        if not 1 < len(block) <= MOST_IN_A_BLOCK:
            continue
        for position, one in enumerate(block):
            for other in block[position + 1 :]:
                if (one, other) in seen:
                    continue
                seen.add((one, other))
                found = likeness_of(known[one], known[other])
                if found:
                    yield known[one], known[other], found


def _blocks(cards: list[Card]) -> dict[str, list[int]]:
    """Positions of the records, in rising order, under each key they have."""
    rarity = Counter(word for card in cards for word in telling_words(card.name))
    blocks: dict[str, list[int]] = defaultdict(list)
    for position, card in enumerate(cards):
        for key in _keys(card, rarity):
            blocks[key].append(position)
    return blocks


def _keys(card: Card, rarity: Counter[str]) -> Iterator[str]:
    kind = "p" if card.is_person else "o"
    for values, mark in (
        (card.codes, "c"), (card.identifiers, "i"), (card.emails, "e"), (card.phones, "t"), (card.websites, "w"),
    ):  # fmt: skip
        yield from (f"{kind}{mark}:{value}" for value in values)
    for name in {card.name, *card.aliases}:
        yield f"{kind}n:{name}"
    rarest = sorted(telling_words(card.name), key=lambda word: (rarity[word], word))[:RARE_WORDS]
    yield from (f"{kind}r:{card.place}:{word}" for word in rarest)
