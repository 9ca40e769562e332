"""Indicators computed from others: a small grammar of numbers, [codes], + - * / and brackets. Nothing is guessed."""

import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from metrics.rules.measurement import LARGEST, PLACES
from metrics.rules.sentence import Sentence

TOKEN = re.compile(r"\s*(?:\[(?P<code>[A-Za-z0-9_-]{1,12})\]|(?P<number>\d+(?:\.\d+)?)|(?P<sign>[-+*/()]))")
DEEPEST = 20
SIGNS = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv}


@dataclass(frozen=True)
class Computed:
    """The result, or why there is none."""

    value: Decimal | None
    missing: Sentence | None = None


class FormulaMissingError(Exception):
    """There is no result; ``reason`` says why in both languages."""

    def __init__(self, reason: Sentence) -> None:
        super().__init__(reason.text_en)
        self.reason = reason


type Values = Mapping[str, Decimal | None]
type Term = Callable[[Values], Decimal]


@dataclass(frozen=True)
class Formula:
    """A formula that was read; ``codes`` are the indicators it needs."""

    codes: frozenset[str]
    term: Term

    def compute(self, values: Values) -> Computed:
        """The result for one period: a missing input, or a division by zero, gives none and says so."""
        try:
            result = self.term(values)
        except FormulaMissingError as missing:
            return Computed(None, missing.reason)
        if abs(result) >= LARGEST:
            return Computed(None, Sentence("The result is too large.", "Il risultato è troppo grande."))
        return Computed(result.quantize(PLACES))


def parse_formula(text: str) -> Formula:
    """A formula such as ``[I-1] / [I-2] * 100``; raises ValidationError with a sentence."""
    reader = _Reader(_tokens(text))
    term = reader.sum()
    if reader.left:
        raise _not_understood()
    if not reader.codes:
        raise ValidationError(_("A formula needs the code of another indicator, for example: [I-1] / [I-2] * 100."))
    return Formula(frozenset(reader.codes), term)


def _tokens(text: str) -> list[tuple[str, str]]:
    found, position, text = [], 0, text.rstrip()
    while position < len(text):
        match = TOKEN.match(text, position)
        if match is None or match.lastgroup is None:
            raise _not_understood()
        found.append((match.lastgroup, match[match.lastgroup]))
        position = match.end()
    return found


def _not_understood() -> ValidationError:
    return ValidationError(
        _("Write codes in square brackets with + - * / between them, for example: [I-1] / [I-2] * 100.")
    )


class _Reader:
    """Reads sums of products of factors, the usual order of signs."""

    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self.left = tokens
        self.codes: set[str] = set()
        self.depth = 0

    def sum(self) -> Term:
        term = self._product()
        while self._next_is("+", "-"):
            sign, left, right = self._take()[1], term, self._product()
            term = _joined(sign, left, right)
        return term

    def _product(self) -> Term:
        term = self._factor()
        while self._next_is("*", "/"):
            sign, left, right = self._take()[1], term, self._factor()
            term = _joined(sign, left, right)
        return term

    def _factor(self) -> Term:
        kind, text = self._take()
        if kind == "number":
            number = Decimal(text)
            return lambda _values: number
        if kind == "code":
            self.codes.add(text)
            return lambda values: _known(values, text)
        if text == "(" and self.depth < DEEPEST:
            self.depth += 1
            term = self.sum()
            if not self._next_is(")"):
                raise _not_understood()
            self._take()
            return term
        raise _not_understood()

    def _next_is(self, *signs: str) -> bool:
        return bool(self.left) and self.left[0][0] == "sign" and self.left[0][1] in signs

    def _take(self) -> tuple[str, str]:
        if not self.left:
            raise _not_understood()
        first, *self.left = self.left
        return first


def _known(values: Values, code: str) -> Decimal:
    value = values.get(code)
    if value is None:
        english, italian = f"{code} has no value for this period.", f"{code} non ha un valore per questo periodo."
        raise FormulaMissingError(Sentence(english, italian))
    return value


def _joined(sign: str, left: Term, right: Term) -> Term:
    def joined(values: Values) -> Decimal:
        first, second = left(values), right(values)
        if sign == "/" and not second:
            raise FormulaMissingError(Sentence("Division by zero.", "Divisione per zero."))
        return Decimal(SIGNS[sign](first, second))

    return joined
