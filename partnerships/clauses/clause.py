"""What a clause of the library is made of."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from core.rules.bilingual import spoken

# A gap in a clause's text that data fills: {goals}.
GAP = re.compile(r"\{([a-z_]{2,30})\}")


class Weight(StrEnum):
    """How much an agreement needs a clause (R-A1)."""

    REQUIRED = "required"
    RECOMMENDED = "recommended"
    OPTIONAL = "optional"


class Condition(StrEnum):
    """A fact about the agreement that makes a clause required."""

    MINORS = "minors"
    VOLUNTEERS = "volunteers"
    MONEY = "money"
    RESEARCH = "research"
    PUBLIC_BODY = "public_body"


@dataclass(frozen=True)
class Clause:
    """A clause with our own words; ``when`` names the fact that makes it required whatever its weight."""

    code: str
    number: int
    weight: Weight
    title_en: str
    title_it: str
    guidance_en: str
    guidance_it: str
    text_en: str
    text_it: str
    when: Condition | None = None

    @property
    def title(self) -> str:
        """What it is called, in the page's language."""
        return spoken(self, "title")

    @property
    def guidance(self) -> str:
        """What to think of when writing it, in the page's language."""
        return spoken(self, "guidance")

    def is_required(self, facts: Collection[str]) -> bool:
        """Whether an agreement with these facts (``Condition``) cannot be signed without it (R-A1)."""
        return self.weight is Weight.REQUIRED or (self.when is not None and self.when in facts)
