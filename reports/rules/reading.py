"""Reading a snapshot in one language: pure, so the same snapshot always gives the same words and numbers."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from babel.dates import format_date
from babel.numbers import format_currency

from metrics.rules.breakdown import ShownPart, part_words
from metrics.rules.figure import Figures
from stakeholders.rules.representation_hiding import Showing

Facts = dict[str, Any]


@dataclass(frozen=True)
class Reader:
    """Writes dates and numbers of a snapshot in ``en`` or ``it`` (R-R5)."""

    language: str
    currency: str = "EUR"

    @property
    def locale(self) -> str:
        """Day before month also in English, as on the pages."""
        return "en_GB" if self.language == "en" else "it_IT"

    def said(self, facts: Facts, name: str) -> str:
        """Bilingual content in this language, else in the other."""
        other = "it" if self.language == "en" else "en"
        return str(facts.get(f"{name}_{self.language}") or facts.get(f"{name}_{other}") or "")

    def source(self, indicator: Facts) -> str:
        """Where an indicator's figures come from; what was frozen before it had two languages has it in one."""
        return self.said(indicator, "source") or str(indicator.get("source", ""))

    def day(self, iso: str | None) -> str:
        """A date as "30 June 2027"; an empty string for none."""
        return format_date(date.fromisoformat(iso), "d MMMM yyyy", locale=self.locale) if iso else ""

    def month(self, iso: str) -> str:
        """A date as "Jun 2027", for the axis of a chart."""
        return format_date(date.fromisoformat(iso), "MMM yy", locale=self.locale)

    def value(self, indicator: Facts, facts: Facts, *, in_table: bool = False) -> str:
        """A point or measurement with its unit; a percentage of few cases as "x of n" (domain 14.2)."""
        return self.figures(indicator).words(
            decimal(facts["value"]),
            self.language,
            numerator=decimal(facts["numerator"]),
            denominator=decimal(facts["denominator"]),
            in_table=in_table,
        )

    def amount(self, indicator: Facts, text: str | None) -> str:
        """A target or baseline with its unit."""
        return self.figures(indicator).words(decimal(text), self.language)

    def figures(self, indicator: Facts) -> Figures:
        """How an indicator's values are written."""
        return Figures(indicator["unit"], indicator["unit_label_en"], indicator["unit_label_it"], self.currency)

    def part(self, indicator: Facts, breakdown: Facts, group: Facts) -> str:
        """What may be told of a group, in the language at work."""
        part = ShownPart(Showing(group["showing"]), group["count"], group["cases"])
        return part_words(part, self.figures(indicator), smallest=breakdown["smallest"], language=self.language)

    def money(self, cents: int, currency: str) -> str:
        """Whole units of money."""
        pattern = "¤#,##0" if self.language == "en" else "#,##0 ¤"
        return format_currency(Decimal(cents) / 100, currency, pattern, locale=self.locale, currency_digits=False)


def decimal(text: str | None) -> Decimal | None:
    """A number of the snapshot."""
    return None if text is None else Decimal(text)


def latest_point(indicator: Facts) -> Facts | None:
    """The last period that has a value."""
    return next((point for point in reversed(indicator["points"]) if point["value"] is not None), None)


def original_target(indicator: Facts) -> str | None:
    """The first target, when a later one replaced it (R-G3)."""
    replaced = [target for target in indicator["targets"] if target["replaced_on"]]
    return replaced[0]["value"] if replaced else None
