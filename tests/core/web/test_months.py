"""Django takes the names of months from the same catalogue as the pages' words: no word of ours may replace one."""

from datetime import date

from django.utils import translation
from django.utils.formats import date_format

ITALIAN = [
    "gennaio",
    "febbraio",
    "marzo",
    "aprile",
    "maggio",
    "giugno",
    "luglio",
    "agosto",
    "settembre",
    "ottobre",
    "novembre",
    "dicembre",
]


def test_every_month_is_itself_in_italian():
    with translation.override("it"):
        written = [date_format(date(2026, month, 2), "j F Y").lower() for month in range(1, 13)]
    assert written == [f"2 {name} 2026" for name in ITALIAN]
