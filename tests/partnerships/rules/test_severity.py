"""Every rule that is asked for anywhere is one people can read about."""

import ast
from pathlib import Path

from django.conf import settings

from partnerships.gates import registered_gates
from partnerships.rules.severity import GATES, RULES

APPS = ("core", "stakeholders", "partnerships", "metrics", "goals", "engagement", "funding", "reports")
CALLS = {"severity_of", "Finding"}


def asked_for() -> dict[str, str]:
    """The codes written out in calls that ask how hard a rule is, with the file each was found in."""
    found: dict[str, str] = {}
    for path in (path for app in APPS for path in (Path(settings.BASE_DIR) / app).rglob("*.py")):
        text = path.read_text()
        if "partnerships.rules.severity" in text:
            found |= {code: str(path) for node in ast.walk(ast.parse(text)) for code in _codes_of(node)}
    return found


def _codes_of(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS and node.args:
        return [
            one.value for one in ast.walk(node.args[0]) if isinstance(one, ast.Constant) and isinstance(one.value, str)
        ]
    return []


def test_each_rule_asked_for_is_in_the_list():
    codes = asked_for()
    # A refusal about an organisation outside, not a rule of a mode.
    unknown = {code: path for code, path in codes.items() if code not in RULES and code != "member"}
    assert len(codes) > 10
    assert not unknown


def test_each_gate_that_is_not_as_usual_exists():
    codes = {gate.code for gate in registered_gates()}
    assert set(GATES) <= codes
    assert not codes & set(RULES)
