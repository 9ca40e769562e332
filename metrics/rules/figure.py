"""A value in words, by unit and language (R-R5), with percentages only where they are honest (domain 14.2)."""

from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from metrics.models import Indicator
from metrics.rules.sentence import Sentence, said
from metrics.rules.statistics.shares import FEWEST_FOR_PERCENT, ShareForm, decimals_for, share_form

Unit = Indicator.Unit
NBSP = "\u00a0"
NOT_REPORTED = Sentence("not reported", "non rilevato")
ADDITIVE = (Unit.COUNT, Unit.MONEY, Unit.HOURS)
WHOLE = (Unit.COUNT, Unit.UNIQUE_PEOPLE)
YES_NO = (("no", "yes"), ("no", "sì"))
SYMBOLS = {"EUR": "€", "GBP": "£", "USD": "$", "CHF": "CHF"}


def number_words(value: Decimal, language: str, *, decimals: int = 2) -> str:
    """``1,234.5`` in English, ``1.234,5`` in Italian; at most so many decimals, without trailing zeros."""
    rounded = value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    if not rounded:
        return "0"
    text = f"{rounded:,f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    text = text.replace("-", "\u2212")
    return text.translate(str.maketrans(",.", ".,")) if language == "it" else text


def percent_words(value: Decimal, language: str, *, decimals: int = 1) -> str:
    """``22 %``; see ``decimals_for`` about decimals. A stated figure without cases (a target) keeps one."""
    return f"{number_words(value, language, decimals=decimals)}{NBSP}%"


def share_words(numerator: Decimal, denominator: Decimal, language: str) -> str:
    """``3 of 7``, ``3 su 7``."""
    joint = "su" if language == "it" else "of"
    return f"{number_words(numerator, language)} {joint} {number_words(denominator, language)}"


def money_words(value: Decimal, language: str, currency: str) -> str:
    """Whole units: ``€1,200`` in English, ``1.200 €`` in Italian (domain 14.10)."""
    number = number_words(value, language, decimals=0)
    symbol = SYMBOLS.get(currency, currency)
    if language == "it":
        return f"{number}{NBSP}{symbol}"
    return f"{symbol}{number}" if len(symbol) == 1 else f"{symbol}{NBSP}{number}"


@dataclass(frozen=True)
class Figures:
    """How the values of one indicator are written. ``label_*`` names what is counted ("families").

    ``percent_decimals`` is for percentages without cases of their own: expected values, differences, axes.
    """

    unit: str
    label_en: str = ""
    label_it: str = ""
    currency: str = "EUR"
    percent_decimals: int = 1

    def words(
        self,
        value: Decimal | None,
        language: str,
        *,
        numerator: Decimal | None = None,
        denominator: Decimal | None = None,
        in_table: bool = False,
    ) -> str:
        """A value; None is "not reported". A percentage of fewer than 20 cases is "x of n" (domain 14.2)."""
        if value is None:
            return NOT_REPORTED.in_language(language)
        if self.unit in {Unit.PERCENT, Unit.RATE}:
            return self._quotient(value, language, numerator, denominator, in_table=in_table)
        if self.unit == Unit.MONEY:
            return money_words(value, language, self.currency)
        if self.unit == Unit.YES_NO:
            return YES_NO[language == "it"][bool(value)]
        text = number_words(value, language)
        label = self._label(value, language)
        return f"{text}{NBSP}{label}" if label and not in_table else text

    def _quotient(
        self, value: Decimal, language: str, numerator: Decimal | None, denominator: Decimal | None, *, in_table: bool
    ) -> str:
        if self.unit == Unit.RATE:
            return _rate(value, numerator, denominator, language, in_table=in_table)
        if numerator is None or denominator is None:
            return percent_words(value, language, decimals=self.percent_decimals)
        return _percentage(value, numerator, denominator, language, in_table=in_table)

    def bare(self, value: Decimal, language: str) -> str:
        """A value without what is counted, where the sentence names it already."""
        unit = self.unit if self.unit in {Unit.PERCENT, Unit.MONEY} else Unit.MEAN
        return replace(self, unit=unit, label_en="", label_it="").words(value, language)

    def said(
        self, value: Decimal | None, *, numerator: Decimal | None = None, denominator: Decimal | None = None
    ) -> Sentence:
        """A value in both languages."""
        return said(lambda language: self.words(value, language, numerator=numerator, denominator=denominator))

    def axis(self, language: str) -> "AxisFormat":
        """How an axis of a chart writes its numbers."""
        return AxisFormat(self, language)

    def difference(self, value: Decimal, language: str) -> str:
        """How far two values are apart: percentages differ by points."""
        if self.unit == Unit.PERCENT:
            number = number_words(value, language, decimals=self.percent_decimals)
            one = number == "1"
            points = ("punto" if one else "punti") if language == "it" else ("point" if one else "points")
            return f"{number}{NBSP}{points}"
        return self.words(value, language)

    def _label(self, value: Decimal, language: str) -> str:
        own = self.label_it or self.label_en if language == "it" else self.label_en or self.label_it
        if own:
            return own
        if self.unit == Unit.HOURS:
            one = value == 1
            return ("ora" if one else "ore") if language == "it" else ("hour" if one else "hours")
        return ""


@dataclass(frozen=True)
class AxisFormat:
    """A number of an axis in its unit, without what is counted."""

    figures: Figures
    language: str

    def __call__(self, value: Decimal) -> str:
        """The number."""
        return self.figures.bare(value, self.language)


def figures_of(indicator: Indicator, *, currency: str = "EUR") -> Figures:
    """How an indicator's values are written."""
    return Figures(indicator.unit, indicator.unit_label_en, indicator.unit_label_it, currency)


def _rate(
    value: Decimal, numerator: Decimal | None, denominator: Decimal | None, language: str, *, in_table: bool
) -> str:
    per = "per 1.000" if language == "it" else "per 1,000"
    rate = f"{number_words(value, language, decimals=1)} {per}"
    if not in_table or numerator is None or denominator is None:
        return rate
    return f"{rate} ({share_words(numerator, denominator, language)})"


def _percentage(value: Decimal, numerator: Decimal, denominator: Decimal, language: str, *, in_table: bool) -> str:
    percent = percent_words(value, language, decimals=decimals_for(denominator))
    share, form = share_words(numerator, denominator, language), share_form(denominator, in_table=in_table)
    if form is ShareForm.PERCENT:
        return percent
    if form is ShareForm.PARTS:
        return share
    return f"{percent} ({share})" if denominator >= FEWEST_FOR_PERCENT else f"{share} ({percent})"
