"""How strong a claim of contribution is, and which words it may use (domain 8.5, R-I11, R-I12)."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import IntEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from goals.models import ClaimAlternative, ContributionClaim
from metrics.rules.sentence import NOTHING, Sentence

Outcome = ClaimAlternative.Outcome
Comparison = ContributionClaim.Comparison
# Other explanations that must have been looked at by somebody else (R-I12).
FEWEST_ALTERNATIVES = 2


class Strength(IntEnum):
    """The rungs of the ladder, the weakest first."""

    OBSERVED_ALONGSIDE = 1
    PLAUSIBLE = 2
    SUPPORTED = 3
    ATTRIBUTED = 4

    @property
    def code(self) -> str:
        """Its name in files and in the API."""
        return self.name.lower()

    @property
    def label(self) -> str | Promise:
        """What people call it."""
        return LABELS[self]

    @property
    def tone(self) -> str:
        """The tone of its badge."""
        return {1: "idle", 2: "info", 3: "ok", 4: "done"}[self]


LABELS: dict[Strength, str | Promise] = {
    Strength.OBSERVED_ALONGSIDE: _("Observed while we worked"),
    Strength.PLAUSIBLE: _("Plausible"),
    Strength.SUPPORTED: _("Supported"),
    Strength.ATTRIBUTED: _("Shown by a comparison"),
}


@dataclass(frozen=True)
class Examined:
    """An explanation that somebody looked at."""

    outcome: str
    is_by_another: bool


@dataclass(frozen=True)
class ClaimFacts:
    """What the strength of a claim follows from; ``is_context``: its number has many causes (R-I4)."""

    evidence_done: str = ""
    evidence_steps: str = ""
    comparison: str = ""
    comparison_note: str = ""
    alternatives: tuple[Examined, ...] = ()
    is_context: bool = False

    @property
    def examined_by_another(self) -> list[Examined]:
        """The explanations somebody else than the author gave an outcome."""
        return [one for one in self.alternatives if one.outcome and one.is_by_another]


def strength_of(facts: ClaimFacts) -> Strength:
    """The highest rung of which every condition, and every one below, is met."""
    reached = Strength.OBSERVED_ALONGSIDE
    for rung in list(Strength)[1:]:
        if _lacks(facts, rung):
            break
        reached = rung
    return reached


def missing_for_next(facts: ClaimFacts) -> list[str | Promise]:
    """What the next rung still asks for, in words; nothing at the top."""
    reached = strength_of(facts)
    return [] if reached == Strength.ATTRIBUTED else _lacks(facts, Strength(reached + 1))


def _lacks(facts: ClaimFacts, rung: Strength) -> list[str | Promise]:
    if facts.is_context:
        return [_("This number describes everybody here, and many act on it. It is context, not a result of yours.")]
    if rung == Strength.PLAUSIBLE:
        found = [
            (facts.evidence_done, _("Say what shows that you did what was planned.")),
            (facts.evidence_steps, _("Say what shows that the steps in between happened.")),
        ]
        return [words for text, words in found if not text.strip()]
    if rung == Strength.SUPPORTED:
        if len(facts.examined_by_another) >= FEWEST_ALTERNATIVES:
            return []
        return [_("Let somebody who did not write it look at two other explanations at least.")]
    found = [
        (facts.comparison, _("Name the comparison that shows what would have happened without you.")),
        (facts.comparison_note, _("Describe the comparison: with whom, how many, since when.")),
    ]
    return [words for text, words in found if not text.strip()]


@dataclass(frozen=True)
class Words:
    """Phrases in both languages."""

    en: tuple[str, ...]
    it: tuple[str, ...]

    def in_language(self, language: str) -> tuple[str, ...]:
        """The phrases of one language."""
        return self.it if language == "it" else self.en


# What each rung allows beyond the one below.
BANK: dict[Strength, Words] = {
    Strength.OBSERVED_ALONGSIDE: Words(
        ("was observed", "while we worked", "in the same period"),
        ("si è osservato", "mentre lavoravamo", "nello stesso periodo"),
    ),
    Strength.PLAUSIBLE: Words(
        ("may have helped", "is in line with", "may have played a part"),
        ("può avere aiutato", "è coerente con", "può avere avuto una parte"),
    ),
    Strength.SUPPORTED: Words(
        ("contributed to", "helped", "played a part"),
        ("ha contribuito a", "ha aiutato", "ha avuto una parte"),
    ),
    Strength.ATTRIBUTED: Words(
        ("caused", "led to", "brought about", "thanks to us"),
        ("ha causato", "ha portato a", "ha determinato", "grazie a noi"),
    ),
}


def allowed_words(strength: Strength) -> Words:
    """The phrases a text may use at a rung: its own and those below (R-I11)."""
    rungs = [BANK[rung] for rung in Strength if rung <= strength]
    return Words(
        tuple(phrase for words in rungs for phrase in words.en),
        tuple(phrase for words in rungs for phrase in words.it),
    )


def claim_sentence(result: Sentence, facts: ClaimFacts) -> Sentence:
    """What a report says: the result in the words its rung allows (R-I11); nothing without a result."""
    if not result:
        return NOTHING
    strength = strength_of(facts)
    said = Sentence(_ended(result.text_en or result.text_it), _ended(result.text_it or result.text_en))
    return said + _part_played(strength, facts)


def _part_played(strength: Strength, facts: ClaimFacts) -> Sentence:
    if strength == Strength.OBSERVED_ALONGSIDE:
        return Sentence(
            "This was observed while we worked; which part we had in it cannot be said.",
            "Si è osservato mentre lavoravamo; non si può dire quale parte abbiamo avuto.",
        )
    if strength == Strength.PLAUSIBLE:
        return Sentence(
            "Our work may have helped: what was planned was done, and the steps in between happened.",
            "Il nostro lavoro può avere aiutato: ciò che era previsto è stato fatto,"
            " e i passaggi intermedi ci sono stati.",
        )
    if strength == Strength.SUPPORTED:
        return Sentence("Our work contributed to it.", "Il nostro lavoro vi ha contribuito.") + _examined(facts)
    return Sentence(
        f"Our work caused it, as a comparison shows: {_ended(facts.comparison_note)}",
        f"Lo ha causato il nostro lavoro, come mostra un confronto: {_ended(facts.comparison_note)}",
    ) + _examined(facts)


def _examined(facts: ClaimFacts) -> Sentence:
    """How many other explanations somebody else looked at, and what they found."""
    outcomes = [one.outcome for one in facts.examined_by_another]
    kinds = (Outcome.RULED_OUT, Outcome.PLAYS_A_PART, Outcome.CANNOT_TELL)
    out, part, open_ones = (outcomes.count(kind) for kind in kinds)
    english = [f"{out} ruled out"] * bool(out) + [f"{part} also playing a part"] * bool(part)
    english += [f"{open_ones} that cannot be told"] * bool(open_ones)
    italian = [f"{out} {'esclusa' if out == 1 else 'escluse'}"] * bool(out)
    italian += [f"{part} {'ha avuto' if part == 1 else 'hanno avuto'} una parte"] * bool(part)
    italian += [f"su {open_ones} non si può dire"] * bool(open_ones)
    return Sentence(
        f"Other explanations looked at by somebody else: {', '.join(english)}.",
        f"Altre spiegazioni esaminate da qualcun altro: {', '.join(italian)}.",
    )


def _ended(text: str) -> str:
    """A text with a full stop at its end."""
    tidy = text.strip()
    return tidy if tidy.endswith((".", "!", "?", "…")) else f"{tidy}."


def facts_from(claim: ContributionClaim, alternatives: Collection[ClaimAlternative]) -> ClaimFacts:
    """The facts of a claim's fields and rows."""
    indicator = claim.goal.indicator
    return ClaimFacts(
        evidence_done=claim.evidence_done,
        evidence_steps=claim.evidence_steps,
        comparison=claim.comparison,
        comparison_note=claim.comparison_note,
        alternatives=tuple(Examined(one.outcome, one.is_by_another) for one in alternatives),
        is_context=indicator is not None and indicator.is_context,
    )
