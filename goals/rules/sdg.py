"""The 169 targets of the Sustainable Development Goals, for tagging.

Numbers: United Nations, General Assembly resolution 70/1 and its revisions. The targets are described here in a few
words of our own; the full wording is the United Nations'.
"""

import csv
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from metrics.rules.sdg import GOALS
from metrics.rules.sentence import Sentence

FILE = Path(__file__).with_name("sdg_targets.csv")


@dataclass(frozen=True)
class SdgTarget:
    """A target: its code as the United Nations write it ("4.4", "4.a"), the goal it belongs to, and a few words."""

    code: str
    goal: int
    words: Sentence

    def label(self, language: str) -> str:
        """Code and words, as a list shows them."""
        return f"{self.code} {self.words.in_language(language)}"


@cache
def sdg_targets() -> dict[str, SdgTarget]:
    """All targets by code, in the order of the United Nations."""
    with FILE.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return {
        row["code"]: SdgTarget(row["code"], int(row["code"].split(".")[0]), Sentence(row["en"], row["it"]))
        for row in rows
    }


@dataclass(frozen=True)
class SdgOffer:
    """A target to tick, and the words of both languages it is found by."""

    code: str
    label: str
    found_by: str
    is_chosen: bool


@dataclass(frozen=True)
class SdgGroup:
    """A goal with its targets to tick."""

    label: str
    offers: tuple[SdgOffer, ...]

    @property
    def chosen(self) -> int:
        """How many of them are ticked."""
        return sum(offer.is_chosen for offer in self.offers)


def sdg_groups(chosen: Collection[str], language: str) -> list[SdgGroup]:
    """The targets under their goals, those of ``chosen`` codes ticked."""
    groups = []
    for number, name in GOALS.items():
        found = [target for target in sdg_targets().values() if target.goal == number]
        offers = (
            SdgOffer(
                target.code,
                target.label(language),
                f"{target.label('en')} {target.label('it')} {name.text_en} {name.text_it}",
                target.code in chosen,
            )
            for target in found
        )
        groups.append(SdgGroup(f"{number}. {name.in_language(language)}", tuple(offers)))
    return groups


def sdg_choices(language: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """The targets under their goals, for a list to choose from."""
    return [
        (
            f"{number}. {name.in_language(language)}",
            [(found.code, found.label(language)) for found in sdg_targets().values() if found.goal == number],
        )
        for number, name in GOALS.items()
    ]
