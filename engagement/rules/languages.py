"""Further languages for texts that people write; the product itself speaks English and Italian."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf.locale import LANG_INFO

# By the number of speakers in Italy and Europe, by their ISO 639-1 codes.
OFFERED = (
    *("ar", "bn", "de", "el", "es", "fa", "fr", "hi", "hr", "hu", "nl", "pl", "pt", "ro", "ru"),
    *("sl", "sq", "sr", "sv", "ta", "tr", "uk", "ur", "vi", "zh-hans"),
)
# What Django's list has no name for.
_OWN_NAMES = {"bn": "বাংলা", "ta": "தமிழ்", "ur": "اردو"}
_RIGHT_TO_LEFT = {"ar", "fa", "ur"}


@dataclass(frozen=True)
class FurtherLanguage:
    """A language by its own name, and the way it is written."""

    code: str
    name: str
    direction: str


def further_language(code: str) -> FurtherLanguage:
    """A language of ``OFFERED``. Raises KeyError for another code."""
    if code not in OFFERED:
        raise KeyError(code)
    name = _OWN_NAMES.get(code) or str(LANG_INFO[code]["name_local"])
    return FurtherLanguage(code, name[:1].upper() + name[1:], "rtl" if code in _RIGHT_TO_LEFT else "ltr")


def codes_in(text: str) -> list[str]:
    """The codes of a setting, each once and in the usual order; unknown ones are left out."""
    chosen = set(text.split(","))
    return [code for code in OFFERED if code in chosen]


def as_setting(codes: Iterable[str]) -> str:
    """The setting of some codes."""
    return ",".join(codes_in(",".join(codes)))
