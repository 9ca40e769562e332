"""Questionnaires as XLSForm (xlsform.org), the table that KoboToolbox, ODK and others read and write.

Written and read are the sheets survey, choices and settings, in English and Italian. What has no equal here is said and
never guessed: groups become sections, conditions other than "this answer was chosen" are refused.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from engagement.rules.survey_form import (
    DONT_KNOW,
    IN_WORDS,
    LONGEST_SCALE,
    NO,
    PREFER_NOT,
    RATING,
    YES,
    Asked,
    Choice,
    Kind,
    Meaning,
    is_code,
)

LABELS = {"en": "label::English (en)", "it": "label::Italiano (it)"}
HINTS = {"en": "hint::English (en)", "it": "hint::Italiano (it)"}
SURVEY_HEADER = ["type", "name", *LABELS.values(), *HINTS.values(), "required", "relevant", "constraint", "appearance"]
CHOICES_HEADER = ["list_name", "name", *LABELS.values()]
SETTINGS_HEADER = ["form_title", "form_id", "version", "default_language"]
_SELECTED = re.compile(r"^selected\(\s*\$\{([^}]+)\}\s*,\s*['\"]([^'\"]+)['\"]\s*\)$")
_EQUALS = re.compile(r"^\$\{([^}]+)\}\s*=\s*['\"]([^'\"]+)['\"]$")
_COLUMN = re.compile(r"^(label|hint)(?:::?\s*(.*))?$", re.IGNORECASE)
_STEP = re.compile(r"^-?\d+(?:\s*\((.*)\))?$")
_BOUND = re.compile(r"\.\s*(>=|<=)\s*(-?\d+)")
_TYPES = {
    "integer": Kind.NUMBER,
    "decimal": Kind.NUMBER,
    "range": Kind.NUMBER,
    "text": Kind.SHORT,
    "note": Kind.SECTION,
}
_SELECTS = {
    "select_one": Kind.SINGLE,
    "select one": Kind.SINGLE,
    "select_multiple": Kind.MULTI,
    "select multiple": Kind.MULTI,
    "rank": Kind.RANKING,
}
# Written by tools by themselves; they ask nobody anything.
_SILENT = frozenset(
    {"start", "end", "today", "deviceid", "phonenumber", "username", "email", "audit", "simserial", "subscriberid"}
)
_NO_OPINION = {
    DONT_KNOW: Meaning.DONT_KNOW,
    "dont_know": Meaning.DONT_KNOW,
    PREFER_NOT: Meaning.PREFER_NOT,
    "prefer_not": Meaning.PREFER_NOT,
}
_NO_OPINION_WORDS = (
    (re.compile(r"\bdon\W?t know\b|\bnot sure\b|\bnon so\b|\bnon saprei\b", re.IGNORECASE), Meaning.DONT_KNOW),
    (
        re.compile(r"\bprefer not\b|\bpreferisco non\b|\bnon rispond", re.IGNORECASE),
        Meaning.PREFER_NOT,
    ),
)


@dataclass(frozen=True)
class Sheets:
    """The rows of the three sheets, each after its header."""

    survey: list[list[str]]
    choices: list[list[str]]
    settings: list[list[str]]


@dataclass(frozen=True)
class Problem:
    """What cannot be used, and in which row of which sheet."""

    sheet: str
    row: int
    message: str


@dataclass(frozen=True)
class _Known:
    """What a row may refer to: lists of choices, questions before it, and the language of bare labels."""

    lists: Mapping[str, list[Choice]]
    seen: dict[str, Asked]
    language: str


@dataclass
class Reading:
    """A questionnaire as it was read, with everything that cannot be used."""

    title: str = ""
    questions: list[Asked] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def written(questions: Sequence[Asked], *, title: str, form_id: str, version: str, language: str) -> Sheets:
    """A questionnaire as the rows of an XLSForm."""
    survey: list[list[str]] = []
    choices: list[list[str]] = []
    in_section = False
    for question in questions:
        if question.kind == Kind.SECTION:
            if in_section:
                survey.append(["end_group", *[""] * (len(SURVEY_HEADER) - 1)])
            in_section = True
        survey.append(_survey_row(question))
        if question.is_closed:
            choices += [
                [name_of(question.code), one.code, one.label_en or one.label_it, one.label_it or one.label_en]
                for one in question.choices
            ]
    if in_section:
        survey.append(["end_group", *[""] * (len(SURVEY_HEADER) - 1)])
    names = {"en": "English (en)", "it": "Italiano (it)"}
    return Sheets(survey, choices, [[title, form_id, version, names[language]]])


def name_of(code: str) -> str:
    """A code as a name of XLSForm, which begins with a letter or an underscore."""
    return code if code[0].isalpha() or code[0] == "_" else f"q_{code}"


def _survey_row(question: Asked) -> list[str]:
    texts = [question.text_en or question.text_it, question.text_it or question.text_en]
    hints = [question.help_en or question.help_it, question.help_it or question.help_en]
    return [
        _type_of(question),
        name_of(question.code),
        *texts,
        *hints,
        "yes" if question.is_required else "",
        "" if question.kind == Kind.SECTION else _relevant(question),
        _constraint(question),
        "multiline" if question.kind == Kind.LONG else "",
    ]


def _type_of(question: Asked) -> str:
    if question.kind == Kind.SECTION:
        return "begin_group"
    if question.kind == Kind.NUMBER:
        return "decimal"
    if question.kind in IN_WORDS:
        return "text"
    word = {Kind.MULTI: "select_multiple", Kind.RANKING: "rank"}.get(Kind(question.kind), "select_one")
    return f"{word} {name_of(question.code)}"


def _relevant(question: Asked) -> str:
    after = name_of(question.asked_after) if question.asked_after else ""
    return " or ".join(f"selected(${{{after}}}, '{code}')" for code in question.asked_if) if after else ""


def _constraint(question: Asked) -> str:
    if question.kind != Kind.NUMBER:
        return ""
    bounds = [(">=", question.lowest), ("<=", question.highest)]
    return " and ".join(f". {sign} {bound}" for sign, bound in bounds if bound is not None)


def read(
    survey: Sequence[tuple[int, Mapping[str, str]]],
    choices: Sequence[tuple[int, Mapping[str, str]]],
    *,
    title: str,
    language: str,
) -> Reading:
    """A questionnaire from the rows of its sheets, each with its number; ``language`` is that of bare labels."""
    found = Reading(title)
    lists: dict[str, list[Choice]] = {}
    for number, row in choices:
        name = row.get("list_name", "").strip() or row.get("list name", "").strip()
        if name:
            lists.setdefault(name, []).append(_choice(found, number, row, language))
    known = _Known(lists, {}, language)
    for number, row in survey:
        question = _question(found, number, row, known)
        if question is not None:
            known.seen[question.code] = question
            found.questions.append(question)
    return found


def _choice(found: Reading, number: int, row: Mapping[str, str], language: str) -> Choice:
    code = row.get("name", "").strip() or row.get("value", "").strip()
    labels = _texts(row, "label", language)
    if not is_code(code):
        found.problems.append(Problem("choices", number, _("“%(code)s” is no code we can use.") % {"code": code[:40]}))
    if not any(labels.values()):
        labels = {language: code}
    return Choice(code[:20], labels.get("en", "")[:200], labels.get("it", "")[:200], meaning_of(code, labels))


def meaning_of(code: str, labels: Mapping[str, str]) -> str:
    """Whether an answer says that there is none."""
    if code.casefold() in _NO_OPINION:
        return _NO_OPINION[code.casefold()]
    for pattern, meaning in _NO_OPINION_WORDS:
        if any(pattern.search(label) for label in labels.values()):
            return meaning
    return Meaning.ANSWER


def _question(found: Reading, number: int, row: Mapping[str, str], known: _Known) -> Asked | None:
    written_type = " ".join(row.get("type", "").split())
    if not written_type or written_type in _SILENT or written_type.startswith("end"):
        return None
    texts, hints = _texts(row, "label", known.language), _texts(row, "hint", known.language)
    code = row.get("name", "").strip()
    if written_type.startswith("begin"):
        if not any(texts.values()):
            return None
        written_type = "note"
    kind, options = _kind_of(found, number, written_type, known.lists)
    if kind is None:
        return None
    if not is_code(code) or code in known.seen:
        found.problems.append(
            Problem("survey", number, _("“%(code)s” is no name we can use, or there twice.") % {"code": code[:40]})
        )
        return None
    if not any(texts.values()):
        found.problems.append(Problem("survey", number, _("The question has no label.")))
        return None
    if kind == Kind.SHORT and "multiline" in row.get("appearance", ""):
        kind = Kind.LONG
    after, codes = _route(found, number, row.get("relevant", ""), known.seen)
    bounds = {sign: int(bound) for sign, bound in _BOUND.findall(row.get("constraint", ""))}
    plain = Asked(
        code=code,
        kind=kind,
        text_en=texts.get("en", "")[:400],
        text_it=texts.get("it", "")[:400],
        help_en=hints.get("en", "")[:400],
        help_it=hints.get("it", "")[:400],
        options=tuple(options),
        is_required=row.get("required", "").strip().casefold() in {"yes", "true", "true()", "1"},
        lowest=bounds.get(">=") if kind == Kind.NUMBER else None,
        highest=bounds.get("<=") if kind == Kind.NUMBER else None,
        asked_after=after,
        asked_if=codes,
    )
    return as_scale(plain) if kind == Kind.SINGLE else plain


def _kind_of(
    found: Reading, number: int, written_type: str, lists: Mapping[str, list[Choice]]
) -> tuple[Kind | None, list[Choice]]:
    if written_type in _TYPES:
        return _TYPES[written_type], []
    for word, kind in _SELECTS.items():
        if written_type.startswith(f"{word} "):
            name = written_type.removeprefix(f"{word} ").split()[0]
            if name not in lists:
                found.problems.append(
                    Problem("survey", number, _("The list “%(name)s” is not among the choices.") % {"name": name[:40]})
                )
                return None, []
            return kind, lists[name]
    found.problems.append(
        Problem(
            "survey", number, _("Questions of the type “%(type)s” are not known here.") % {"type": written_type[:40]}
        )
    )
    return None, []


def _route(found: Reading, number: int, relevant: str, seen: Mapping[str, Asked]) -> tuple[str, tuple[str, ...]]:
    if not relevant.strip():
        return "", ()
    parts = [_SELECTED.match(part.strip()) or _EQUALS.match(part.strip()) for part in relevant.split(" or ")]
    hits = [hit for hit in parts if hit]
    names = {hit[1] for hit in hits}
    if len(hits) != len(parts) or len(names) != 1 or not names <= set(seen):
        message = _(
            "The condition cannot be read: only “this answer to one earlier question was chosen” is known here."
        )
        found.problems.append(Problem("survey", number, message))
        return "", ()
    return names.pop(), tuple(hit[2] for hit in hits)


def _texts(row: Mapping[str, str], what: str, language: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for column, value in row.items():
        hit = _COLUMN.match(column.strip())
        if hit is None or hit[1].casefold() != what or not value.strip():
            continue
        named = (hit[2] or "").casefold()
        code = _language_of(named) if named else language
        if code:
            found[code] = " ".join(value.split())
    return found


def _language_of(named: str) -> str:
    if "(it)" in named or named.startswith("ital") or named == "it":
        return "it"
    return "en" if "(en)" in named or named.startswith("engl") or named == "en" else ""


def as_scale(question: Asked) -> Asked:
    """A choice of yes and no, or of numbers one after the other, as the question it is; any other as it was."""
    answers = [option for option in question.options if option.meaning == Meaning.ANSWER]
    others = tuple(option for option in question.options if option.meaning != Meaning.ANSWER)
    if [one.code for one in answers] == [YES, NO] and DONT_KNOW in {one.code for one in others}:
        rest = tuple(one for one in others if one.code != DONT_KNOW)
        return replace(question, kind=Kind.YES_NO, options=rest)
    steps = list(_steps(answers))
    is_run = len(steps) == len(answers) and steps == list(range(steps[0], steps[0] + len(steps))) if steps else False
    if not is_run or not 2 <= len(steps) <= LONGEST_SCALE:  # noqa: PLR2004 - a scale has two ends
        return question
    low, high = answers[0], answers[-1]
    words: dict[str, Any] = {
        f"{end}_label_{code}": _words(getattr(one, f"label_{code}"))
        for end, one in (("low", low), ("high", high))
        for code in ("en", "it")
    }
    kind = Kind.RATING if (steps[0], steps[-1]) == RATING else Kind.SCALE
    bounds: dict[str, Any] = {} if kind == Kind.RATING else {"lowest": steps[0], "highest": steps[-1]}
    return replace(question, kind=kind, options=others, **words, **bounds)


def _steps(answers: Sequence[Choice]) -> Iterator[int]:
    for one in answers:
        if one.code.lstrip("-").isdigit() and _STEP.match(one.label_en or one.label_it):
            yield int(one.code)


def _words(label: str) -> str:
    hit = _STEP.match(label)
    return (hit[1] or "")[:60] if hit else ""
