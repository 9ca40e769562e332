"""How a decision is taken and what may follow (domain 2.3, R-C4, R-C6 to R-C8)."""

import math
import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.access.visibility import Visibility
from core.rules.membership import ALLOWED, Verdict
from partnerships.models import Decision, DecisionMethod, DecisionSubject, Position
from partnerships.rules.severity import Finding

State = Decision.State

OPEN = (State.PROPOSED, State.DEFERRED)
VALID = (State.DECIDED, State.IN_FORCE, State.REVIEWED)
# What the public is told of, as long as it is for everybody: also that it was taken back or replaced.
TOLD = (*VALID, State.REVOKED, State.SUPERSEDED)
# What a meeting may come to; too few there turn "decided" into a recommendation.
OUTCOMES = (State.DECIDED, State.REJECTED, State.DEFERRED)
TONES: dict[str, str] = {
    State.PROPOSED: "info",
    State.DECIDED: "ok",
    State.RECOMMENDED: "soon",
    State.REJECTED: "idle",
    State.DEFERRED: "soon",
    State.IN_FORCE: "ok",
    State.REVIEWED: "ok",
    State.SUPERSEDED: "idle",
    State.REVOKED: "idle",
}


class Stand(NamedTuple):
    """Where a member stands; ``position`` None gave no answer."""

    position: int | None
    note: str = ""


class Audience(NamedTuple):
    """Whom a decision affects, or who was told: sectors, and organisations or groups by id."""

    sectors: frozenset[str] = frozenset()
    groups: frozenset[uuid.UUID] = frozenset()


NOBODY = Audience()
Positions = Mapping[uuid.UUID, Stand]
DISSENT = (Position.NOT_YET, Position.OBJECTION)


@dataclass(frozen=True)
class Quorum:
    """How many members took part of how many who may decide; ``percent`` None when nothing was agreed."""

    present: int
    entitled: int
    percent: int | None

    @property
    def needed(self) -> int:
        """How many members a decision needs."""
        return math.ceil(self.entitled * self.percent / 100) if self.percent else 0

    @property
    def is_met(self) -> bool:
        """Whether enough took part."""
        return self.present >= self.needed


def in_order(methods: Collection[str]) -> tuple[DecisionMethod, ...]:
    """Ways of deciding in the order they are listed, without what is none."""
    return tuple(method for method in DecisionMethod if method in methods)


def subject_of(*, subject: str, about: str) -> str:
    """The agreement's subject of a decision: one of the partnership about itself is about its future."""
    return subject or (DecisionSubject.FUTURE.value if about else "")


def decision_findings(
    *,
    method: str,
    allowed: Collection[str],
    asks_subject: bool = False,
    affects_residents: bool,
    public_note: str,
    not_public_reason: str,
) -> list[Finding]:
    """What R-C7 and R-C8 do not like about a decision. ``allowed`` are all methods where no agreement limits them.

    ``asks_subject``: the agreement has other ways for some subjects, and nobody said which one it is.
    """
    findings = []
    if asks_subject:
        text = _("Say what it is about: the agreement has ways of deciding of their own for some subjects.")
        findings.append(Finding("R-C8", text))
    names = ", ".join(str(DecisionMethod(one).label) for one in allowed)
    if not method and set(allowed) < set(DecisionMethod):
        text = _("Say how it was decided. The agreement allows: %(names)s.")
        findings.append(Finding("R-C8", text % {"names": names}))
    if method and method not in allowed:
        findings.append(
            Finding("R-C8", _("The agreement does not allow this method. Allowed: %(names)s.") % {"names": names})
        )
    if affects_residents and not (public_note.strip() or not_public_reason.strip()):
        text = _("It concerns residents: write what they are told, or why it is not published.")
        findings.append(Finding("R-C7", text))
    return findings


def can_edit_decision(*, state: str) -> Verdict:
    """Whether the wording may still change: only before it is taken (R-C6)."""
    if state in OPEN:
        return ALLOWED
    return Verdict(False, gettext_lazy("A decision is never edited. Take a new one that replaces it."))


def can_supersede(*, state: str) -> Verdict:
    """Whether another decision may take its place."""
    if state in {*VALID, State.RECOMMENDED}:
        return ALLOWED
    return Verdict(False, gettext_lazy("Only a decision that counts can be replaced."))


def can_revoke(*, state: str) -> Verdict:
    """Whether a decision may be reviewed or taken back."""
    if state in VALID:
        return ALLOWED
    return Verdict(False, gettext_lazy("Only a decision that counts can be reviewed or revoked."))


def is_told(*, state: str, level: int, cap: int, public_note: str, had_quorum: bool) -> bool:
    """Whether everybody reads of a decision on the partnership's public page (R-C7).

    A replaced recommendation never was one: ``had_quorum`` tells it from a decision that was replaced.
    """
    return state in TOLD and had_quorum and min(level, cap) == Visibility.PUBLIC and bool(public_note.strip())


def state_after(outcome: str, quorum: Quorum, *, effective_from: date | None, today: date) -> State:
    """Where a decision stands once taken: a recommendation without quorum (R-C4), in force from its day on."""
    if outcome != State.DECIDED:
        return State(outcome)
    if not quorum.is_met:
        return State.RECOMMENDED
    return State.DECIDED if effective_from and effective_from > today else State.IN_FORCE


def is_review_due(*, state: str, review_on: date | None, today: date) -> bool:
    """Whether a decision that counts is to be looked at again today or was before."""
    return state in VALID and review_on is not None and review_on <= today


def dissent_of(positions: Iterable[int | None]) -> int:
    """How many members were not for it."""
    return sum(position in DISSENT for position in positions)
