"""What stops a partnership and what is only told, in each mode."""

from dataclasses import dataclass

from partnerships.gates import registered_gates
from partnerships.rules.severity import RULES, Hardness, hardness_of


@dataclass(frozen=True)
class RuleLine:
    """One rule in words and how hard it is; ``code`` is the rule's number or the gate's code."""

    code: str
    label: str
    hardness: Hardness


def rule_lines() -> list[RuleLine]:
    """The conditions of each step of a partnership's life, then the rules of working together."""
    gates = [RuleLine(gate.code, str(gate.label), hardness_of(gate.code)) for gate in registered_gates()]
    return gates + [RuleLine(code, str(rule.label), rule.hardness) for code, rule in RULES.items()]
