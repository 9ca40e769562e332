"""What makes a question hard to answer truly, said with how to mend it (R-E16). It warns and never stops anybody.

Words are looked for, in English and in Italian; a person decides whether the lint is right.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from engagement.rules.survey_form import (
    LONGEST_RANKING,
    ONE_CODE,
    ORDERED,
    Asked,
    Choice,
    Kind,
    Meaning,
    Nature,
)
from engagement.rules.survey_length import TOO_LONG, estimated_minutes


@dataclass(frozen=True)
class Lint:
    """One thing to look at: where (a question's code, or empty for the whole), what is wrong, and how to mend it."""

    code: str
    question: str
    wrong: str | Promise
    mend: str | Promise
    found: str = ""


# Each alternative is a pattern of its own.
_ENGLISH: dict[str, tuple[str, ...]] = {
    "two_ideas": (
        r"\band/or\b",
        r"\bas well as\b",
        r"\w+ and (?:how|what|why|whether|do|are|is)\b",
        r"\b(?:do|are|is|was|would|how)\b[^?]*\b\w+ and \w+\b[^?]*\?",
    ),
    "leading": (
        r"\b(?:do|would|are|is|should)n\Wt (?:you|it|they|we)\b",
        r"\bdo you agree\b",
        r"\b(?:of course|obviously|surely|unfortunately)\b",
        r"\bhow (?:great|good|bad|terrible|wonderful)\b",
        r"\b(?:shocking|excellent|terrible|wonderful)\b",
    ),
    "negative": (r"\b(?:not|never|unless|except|no longer)\b", r"n\Wt\b"),
    "absolute": (r"\b(?:always|all the time|everyone|everybody|nobody|completely|entirely)\b",),
    "jargon": (
        r"\b(?:stakeholders?|governance|kpis?|outcomes?|outputs?|deliverables?|holistic)\b",
        r"\b(?:empower|synerg|co-design|mainstream|resilien)\w*",
        r"\b(?:capacity building|best practices?)\b",
    ),
}
_ITALIAN: dict[str, tuple[str, ...]] = {
    "two_ideas": (
        r"\be/o\b",
        r"\b(?:nonché|oltre che)\b",
        r"\w+ e (?:come|che cosa|perché|se|quanto)\b",
        r"\b(?:sei|siete|è|sono|ritiene|ritieni|pensa|pensi|quanto)\b[^?]*\b\w+ e \w+\b[^?]*\?",
    ),
    "leading": (
        r"\bnon (?:pensi|pensa|crede|credi|trova|trovi|ritiene|ritieni) (?:che|anche)\b",
        r"\b(?:vero che|non è vero|è d\Waccordo|sei d\Waccordo)\b",
        r"\b(?:ovviamente|naturalmente|certamente|purtroppo)\b",
        r"\b(?:ottim|pessim|vergogn|eccellent|scandalos)\w+",
    ),
    "negative": (r"\b(?:non|mai|tranne|senza|a meno che)\b", r"\bnessun\w*"),
    "absolute": (r"\b(?:sempre|tutti|tutte|chiunque|completamente|del tutto|assolutamente)\b",),
    "jargon": (
        r"\b(?:stakeholder|governance|empowerment|outcome|output|kpi|territorialità)\b",
        r"\b(?:coprogett|co-progett|sinergi|resilien|sussidiariet)\w+",
        r"\bportator\w+ di interesse\b",
        r"\b(?:best practice|capacity building|rete di prossimità)\b",
    ),
}


def _patterns(words: dict[str, tuple[str, ...]]) -> dict[str, re.Pattern[str]]:
    return {name: re.compile("|".join(alternatives), re.IGNORECASE) for name, alternatives in words.items()}


_WORDS = {"en": _patterns(_ENGLISH), "it": _patterns(_ITALIAN)}
_SAID: dict[str, tuple[Promise, Promise]] = {
    "two_ideas": (
        _("Two ideas in one question: whoever agrees with one of them only cannot answer."),
        _("Make two questions of it, or leave out the less important idea."),
    ),
    "leading": (
        _("The words push towards an answer."),
        _("Ask in neutral words, and name both sides: “Are you for or against…?”."),
    ),
    "negative": (
        _("A question with a negative is easily read wrongly: what does “no” mean?"),
        _("Say it the positive way round."),
    ),
    "absolute": (
        _("Absolute words make people say no who would say “mostly”."),
        _("Ask how often, or leave the word out."),
    ),
    "jargon": (_("A word that people outside do not use."), _("Say it as you would to a neighbour.")),
}
_BAND = re.compile(r"^\D*?(\d+)\s*(?:-|–|to|a|fino a|until)\s*(\d+)\b", re.IGNORECASE)  # noqa: RUF001 - the dash of bands
_POSITIVE = re.compile(
    r"\b(?:very )?(?:good|satisfied|happy|agree|useful|excellent)\b|\b(?:molto )?(?:buon\w+|soddisfatt\w+|content\w+|"
    r"d'accordo|utile|ottim\w+)\b",
    re.IGNORECASE,
)
_NEGATIVE = re.compile(
    r"\b(?:bad|poor|unsatisfied|dissatisfied|unhappy|disagree|useless)\b|\b(?:cattiv\w+|scars\w+|insoddisfatt\w+|"
    r"scontent\w+|in disaccordo|per niente|inutile|pessim\w+|poco)\b",
    re.IGNORECASE,
)
FEWEST_TO_BALANCE = 3


def lints(questions: Sequence[Asked], *, languages: Sequence[str] = ("en", "it")) -> list[Lint]:
    """Everything to look at, question by question in order, then what is true of the whole."""
    found = [lint for question in questions for lint in _of_question(question, languages)]
    return [*found, *_of_whole(questions)]


def _of_question(question: Asked, languages: Sequence[str]) -> Iterator[Lint]:
    yield from _of_words(question, languages)
    yield from _of_translations(question, languages)
    if question.kind == Kind.SECTION:
        return
    answers = [choice for choice in question.choices if choice.meaning == Meaning.ANSWER]
    if question.kind in ONE_CODE | {Kind.MULTI} and not _has_way_out(question):
        yield Lint(
            "no_dont_know",
            question.code,
            _("Whoever does not know must guess."),
            _("Add “I don't know”, or “I prefer not to say”."),
        )
    if question.is_required and question.nature != Nature.ORDINARY:
        yield Lint(
            "required_personal",
            question.code,
            _("Nobody can go on without saying something personal."),
            _("Let people leave it out."),
        )
    yield from _of_bands(question, answers)
    yield from _of_balance(question, answers)
    if question.kind == Kind.RANKING and len(question.options) > LONGEST_RANKING:
        yield Lint(
            "long_ranking",
            question.code,
            _("More than five things cannot be put in order in the head."),
            _("Leave the five that matter most, or ask for any of several."),
        )


def _of_words(question: Asked, languages: Sequence[str]) -> Iterator[Lint]:
    for name, (wrong, mend) in _SAID.items():
        if question.kind == Kind.SECTION and name != "jargon":
            continue
        for language in languages:
            hit = _WORDS[language][name].search(getattr(question, f"text_{language}"))
            if hit is not None:
                yield Lint(name, question.code, wrong, mend, hit[0].strip()[:60])
                break


def _of_translations(question: Asked, languages: Sequence[str]) -> Iterator[Lint]:
    records = [(question, "text"), *((choice, "label") for choice in question.options)]
    for language in languages:
        if any(not getattr(record, f"{name}_{language}") for record, name in records):
            wrong = _("Words are missing in English.") if language == "en" else _("Words are missing in Italian.")
            yield Lint(
                f"missing_{language}",
                question.code,
                wrong,
                _("Write them, or offer the survey in one language only."),
            )


def _has_way_out(question: Asked) -> bool:
    return any(choice.meaning != Meaning.ANSWER for choice in question.choices)


def _of_bands(question: Asked, answers: Sequence[Choice]) -> Iterator[Lint]:
    bands = [
        (int(hit[1]), int(hit[2])) for choice in answers if (hit := _BAND.match(choice.label_en or choice.label_it))
    ]
    ordered = sorted(bands)
    if any(later[0] <= earlier[1] for earlier, later in pairwise(ordered)):
        yield Lint(
            "overlapping_bands",
            question.code,
            _("A number stands in two of the bands."),
            _("Let each band begin one above the end of the one before: 18-29, 30-44."),
        )


def _of_balance(question: Asked, answers: Sequence[Choice]) -> Iterator[Lint]:
    if question.kind in ORDERED:
        for language in ("en", "it"):
            low, high = getattr(question, f"low_label_{language}"), getattr(question, f"high_label_{language}")
            if bool(low) != bool(high):
                yield Lint(
                    "unbalanced_scale",
                    question.code,
                    _("Only one end of the scale has words."),
                    _("Name both ends, as far apart as each other: “very bad” and “very good”."),
                )
                return
        return
    if question.kind != Kind.SINGLE or len(answers) < FEWEST_TO_BALANCE:
        return
    labels = [choice.label_en or choice.label_it for choice in answers]
    bad = sum(bool(_NEGATIVE.search(label)) for label in labels)
    good = sum(bool(_POSITIVE.search(label)) and not _NEGATIVE.search(label) for label in labels)
    if good + bad >= FEWEST_TO_BALANCE and abs(good - bad) > 1:
        yield Lint(
            "unbalanced_scale",
            question.code,
            _("More answers on one side than on the other."),
            _("Give as many good answers as bad ones."),
        )


def _of_whole(questions: Sequence[Asked]) -> Iterator[Lint]:
    asked = [question for question in questions if question.kind != Kind.SECTION]
    last_ordinary = max(
        (place for place, question in enumerate(asked) if question.nature == Nature.ORDINARY), default=-1
    )
    early = [
        question for place, question in enumerate(asked) if question.nature != Nature.ORDINARY and place < last_ordinary
    ]
    for question in early:
        yield Lint(
            "personal_not_last",
            question.code,
            _("A personal question before the others scares people off."),
            _("Move it to the end."),
        )
    minutes = estimated_minutes(questions)
    if minutes > TOO_LONG:
        yield Lint(
            "too_long",
            "",
            _("It takes about %(minutes)d minutes; after twelve many people give up.") % {"minutes": minutes},
            _("Leave out what changes no decision."),
        )
