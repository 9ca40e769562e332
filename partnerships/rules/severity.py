"""How hard each rule is in which mode, in one place (design: light turns most blocking rules into warnings)."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise

from partnerships.models import Partnership

Mode = Partnership.Mode


class Severity(StrEnum):
    """A closed gate that blocks is passed only with a written reason; one that warns is only told."""

    BLOCKS = "blocks"
    WARNS = "warns"


@dataclass(frozen=True)
class Hardness:
    """How hard one condition is for a light and for a full partnership."""

    light: Severity
    full: Severity

    def in_mode(self, mode: str) -> Severity:
        """Its severity in a mode."""
        return self.light if mode == Mode.LIGHT else self.full


USUAL = Hardness(light=Severity.WARNS, full=Severity.BLOCKS)
# Three volunteers need a sentence before they need anything else.
ALWAYS = Hardness(light=Severity.BLOCKS, full=Severity.BLOCKS)
# Worth telling, never worth stopping for.
NEVER = Hardness(light=Severity.WARNS, full=Severity.WARNS)
# By the code of a gate or the number of a rule; what is not named is as usual.
HARDNESS: dict[str, Hardness] = {
    "purpose": ALWAYS,
    "R-T4 before signing": NEVER,
    "R-A2": NEVER,
    "R-T6": NEVER,
    # An agenda longer than its meeting cannot be kept by anybody.
    "R-C1-length": ALWAYS,
    # Late minutes are better than none.
    "R-C3-late": NEVER,
}


def severity_of(code: str, mode: str) -> Severity:
    """How hard a gate or rule is for a partnership of a mode."""
    return HARDNESS.get(code, USUAL).in_mode(mode)


@dataclass(frozen=True)
class Finding:
    """What a rule does not like, in words that say what to do. ``code`` is the rule's number or the gate's code."""

    code: str
    message: str | Promise


def blocking(findings: Iterable[Finding], mode: str) -> list[Finding]:
    """The findings that stop a partnership of a mode; the others are only told."""
    return [finding for finding in findings if severity_of(finding.code, mode) == Severity.BLOCKS]
