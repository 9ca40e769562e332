"""Reading a snapshot in one language: pure, so the same snapshot always gives the same words and numbers."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from babel.dates import format_date
from babel.numbers import format_currency, format_decimal

Facts = dict[str, Any]
PERCENT, MONEY = "percent", "money"


@dataclass(frozen=True)
class Reader:
    """Writes dates and numbers of a snapshot in ``en`` or ``it`` (R-R5)."""

    language: str

    @property
    def locale(self) -> str:
        """Day before month also in English, as on the pages."""
        return "en_GB" if self.language == "en" else "it_IT"

    def said(self, facts: Facts, name: str) -> str:
        """Bilingual content in this language, else in the other."""
        other = "it" if self.language == "en" else "en"
        return str(facts.get(f"{name}_{self.language}") or facts.get(f"{name}_{other}") or "")

    def day(self, iso: str | None) -> str:
        """A date as "30 June 2027"; an empty string for none."""
        return format_date(date.fromisoformat(iso), "d MMMM yyyy", locale=self.locale) if iso else ""

    def month(self, iso: str) -> str:
        """A date as "Jun 2027", for the axis of a chart."""
        return format_date(date.fromisoformat(iso), "MMM yy", locale=self.locale)

    def number(self, text: str | None, unit: str = "") -> str:
        """A value with its unit's sign; a dash where nothing was reported (missing is never zero, R-I6)."""
        if text is None:
            return "–"
        value = Decimal(text)
        if unit == PERCENT:
            return f"{format_decimal(value, '#,##0.#', locale=self.locale)} %"
        return format_decimal(value, "#,##0.##", locale=self.locale)

    def money(self, cents: int, currency: str) -> str:
        """Whole units of money."""
        pattern = "¤#,##0" if self.language == "en" else "#,##0 ¤"
        return format_currency(Decimal(cents) / 100, currency, pattern, locale=self.locale, currency_digits=False)


def latest_value(indicator: Facts) -> Facts | None:
    """The last measurement that has a value."""
    return next((row for row in reversed(indicator["measurements"]) if row["value"] is not None), None)


def progress_share(goal: Facts) -> Decimal | None:
    """(latest - baseline) / (target - baseline), not clipped; None when a part is missing (R-G4).

    A cumulative indicator counts the running total of its periods.
    """
    indicator = goal["indicator"]
    if not indicator or goal["target"] is None or indicator["baseline"] is None:
        return None
    current = current_value(indicator)
    baseline, target = Decimal(indicator["baseline"]), Decimal(goal["target"])
    return None if current is None or target == baseline else (current - baseline) / (target - baseline)


def current_value(indicator: Facts) -> Decimal | None:
    """Where the indicator stands: the latest value, or the total so far of a cumulative one."""
    values = [Decimal(row["value"]) for row in indicator["measurements"] if row["value"] is not None]
    if not values:
        return None
    return sum(values, Decimal(0)) if indicator["is_cumulative"] else values[-1]


def original_target(indicator: Facts) -> str | None:
    """The first target, when a later one replaced it (R-G3)."""
    replaced = [target for target in indicator["targets"] if target["replaced_on"]]
    return replaced[0]["value"] if replaced else None
