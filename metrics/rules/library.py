"""Indicators to pick from: all of the United Nations' global framework.

The numbers are those of the framework adopted by the General Assembly (A/RES/71/313, with its later refinements), also
where one indicator stands under several targets; the words are ours, shorter. All describe the whole population of an
area, so nobody here is their cause (R-I4).
"""

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from metrics.models import Indicator

SOURCE = "UN A/RES/71/313"
FILE = Path(__file__).with_name("sdg_indicators.csv")


@dataclass(frozen=True)
class LibraryIndicator:
    """One indicator of the framework in our words."""

    number: str
    name_en: str
    name_it: str
    unit: str
    wants_increase: bool

    @property
    def goal(self) -> int:
        """The number of the goal it belongs to."""
        return int(self.number.split(".")[0])

    @property
    def key(self) -> str:
        """How an address names it."""
        return f"sdg-{self.number}"

    def fields(self) -> dict[str, Any]:
        """The fields of an indicator made like it."""
        return {
            "name_en": self.name_en,
            "name_it": self.name_it,
            "unit": self.unit,
            "wants_increase": "yes" if self.wants_increase else "no",
            "kind": Indicator.Kind.CONTEXT,
            "answers_for": Indicator.AnswersFor.POPULATION,
            "frequency": Indicator.Frequency.YEARLY,
            "source_en": f"SDG {self.number} ({SOURCE})",
            "source_it": f"SDG {self.number} ({SOURCE})",
            "iati_vocabulary": Indicator.IatiVocabulary.SDG,
            "iati_reference": self.number,
        }


def _known() -> tuple[LibraryIndicator, ...]:
    with FILE.open(encoding="utf-8", newline="") as lines:
        return tuple(
            LibraryIndicator(row["number"], row["en"], row["it"], row["unit"], row["good"] == "more")
            for row in csv.DictReader(lines)
        )


SDG = _known()
BY_KEY = {found.key: found for found in SDG}
