"""Dates in words, in either language and whatever the page's language is."""

from datetime import date

MONTHS = {
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
    "it": (
        "gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno",
        "luglio", "agosto", "settembre", "ottobre", "novembre", "dicembre",
    ),
}  # fmt: skip
# Days whose Italian name begins with a vowel: "l'8 giugno", "l'11 giugno".
VOWEL_DAYS = (8, 11)


def date_words(day: date, language: str) -> str:
    """``30 June 2027`` or ``30 giugno 2027``; the first of a month is ``1°`` in Italian."""
    number = "1°" if language == "it" and day.day == 1 else str(day.day)
    return f"{number} {MONTHS[language][day.month - 1]} {day.year}"


def by_date_it(day: date) -> str:
    """``entro il 30 giugno 2027``, ``entro l'8 giugno 2027``."""
    return f"entro {"l'" if day.day in VOWEL_DAYS else 'il '}{date_words(day, 'it')}"


def until_date_it(day: date) -> str:
    """``fino al 30 giugno 2027``, ``fino all'8 giugno 2027``."""
    return f"fino {"all'" if day.day in VOWEL_DAYS else 'al '}{date_words(day, 'it')}"


def at_date_it(day: date) -> str:
    """``al 30 giugno 2027``, ``all'8 giugno 2027``."""
    return until_date_it(day).removeprefix("fino ")


def month_words(day: date, language: str) -> str:
    """``March 2026`` or ``marzo 2026``."""
    return f"{MONTHS[language][day.month - 1]} {day.year}"


def month_label(day: date, language: str) -> str:
    """The month as an axis shows it: ``Mar 26`` or ``mar 26``."""
    return f"{MONTHS[language][day.month - 1][:3]} {day.year % 100:02d}"
