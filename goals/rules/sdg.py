"""The 17 Sustainable Development Goals and their 169 targets, for tagging.

Numbers and names of the goals: United Nations, General Assembly resolution 70/1 and its revisions. The targets are
described here in a few words of our own; the full wording is the United Nations'.
"""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from metrics.rules.sentence import Sentence

FILE = Path(__file__).with_name("sdg_targets.csv")
GOALS: dict[int, Sentence] = {
    1: Sentence("No poverty", "Sconfiggere la povertà"),
    2: Sentence("Zero hunger", "Sconfiggere la fame"),
    3: Sentence("Good health and well-being", "Salute e benessere"),
    4: Sentence("Quality education", "Istruzione di qualità"),
    5: Sentence("Gender equality", "Parità di genere"),
    6: Sentence("Clean water and sanitation", "Acqua pulita e servizi igienico-sanitari"),
    7: Sentence("Affordable and clean energy", "Energia pulita e accessibile"),
    8: Sentence("Decent work and economic growth", "Lavoro dignitoso e crescita economica"),
    9: Sentence("Industry, innovation and infrastructure", "Imprese, innovazione e infrastrutture"),
    10: Sentence("Reduced inequalities", "Ridurre le disuguaglianze"),
    11: Sentence("Sustainable cities and communities", "Città e comunità sostenibili"),
    12: Sentence("Responsible consumption and production", "Consumo e produzione responsabili"),
    13: Sentence("Climate action", "Lotta contro il cambiamento climatico"),
    14: Sentence("Life below water", "Vita sott'acqua"),
    15: Sentence("Life on land", "Vita sulla terra"),
    16: Sentence("Peace, justice and strong institutions", "Pace, giustizia e istituzioni solide"),
    17: Sentence("Partnerships for the goals", "Partnership per gli obiettivi"),
}


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


def sdg_choices(language: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """The targets under their goals, for a list to choose from."""
    return [
        (
            f"{number}. {name.in_language(language)}",
            [(found.code, found.label(language)) for found in sdg_targets().values() if found.goal == number],
        )
        for number, name in GOALS.items()
    ]
