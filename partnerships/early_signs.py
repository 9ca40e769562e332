"""Early-warning signals: each app registers rules that find what may be starting to go wrong (domain 11).

A rule looks at many partnerships at once and names facts; its sentence is made of them whenever somebody reads it. No
rule adds up others, and none puts organisations in an order.
"""

import uuid
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from django.utils.functional import Promise

from core.access.permissions import Permission
from core.access.viewer import Viewer
from core.access.visibility import Visibility
from partnerships.models import Partnership
from partnerships.rules.signal import Challenge

# Whole numbers, and days as ISO text.
type Facts = dict[str, int | str]


@dataclass(frozen=True)
class Found:
    """One thing a rule found in a partnership: about what (a record's id, or None), and the facts.

    ``visibility`` is that of the record it is about; nobody below that level sees the signal.
    """

    partnership_id: uuid.UUID
    facts: Facts = field(default_factory=dict)
    about_id: uuid.UUID | None = None
    visibility: int = Visibility.PARTNERS


@dataclass(frozen=True)
class Named:
    """What a signal is about, as a reader may see it."""

    name: str
    url: str


class Finder(Protocol):
    """Looks at some partnerships in a fixed number of statements, however many they are."""

    def __call__(self, partnerships: Collection[Partnership], *, today: date) -> Iterable[Found]:
        """What the rule finds now."""


Namer = Callable[[Viewer, Collection[uuid.UUID]], Mapping[uuid.UUID, Named]]


@dataclass(frozen=True)
class SignalRule:
    """One rule.

    ``rule`` says in words how it is found, ``next_step`` what helps, ``where`` the address for that by the
    partnership's short name, for those with ``step_permission``. ``sentence(facts, name)`` is called in the reader's
    language; ``names`` finds the names of what signals are about, as far as a reader may see them: a signal about
    something out of sight is not shown. ``permission`` is what somebody needs to see the signal at all. ``measure``
    grows as things get worse and is compared with itself alone: by ``step`` or more, what was put aside is raised
    again; 0 never does. ``order`` says which comes first on a page.
    """

    code: str
    challenge: Challenge
    order: int
    rule: str | Promise
    next_step: str | Promise
    where: Callable[[str], str]
    sentence: Callable[[Facts, str], str]
    find: Finder
    names: Namer | None = None
    permission: Permission = Permission.SEE_PARTNERSHIP
    step_permission: Permission = Permission.SEE_PARTNERSHIP
    measure: Callable[[Facts], int] = lambda _facts: 0
    step: int = 0


_rules: dict[str, SignalRule] = {}


def register_signal_rule(rule: SignalRule) -> None:
    """Add a rule; called from ``AppConfig.ready``. The same code again replaces it."""
    _rules[rule.code] = rule


def registered_signal_rules() -> dict[str, SignalRule]:
    """All rules by code, the most pressing first."""
    return dict(sorted(_rules.items(), key=lambda entry: (entry[1].order, entry[0])))


def signal_rule(code: str) -> SignalRule | None:
    """The rule of a code; None for one nobody registered."""
    return _rules.get(code)
