"""What fills the gaps of a clause: each app registers the words it knows, in the language of the version."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from partnerships.models import AgreementVersion


@dataclass(frozen=True)
class TextSlot:
    """A gap ``{code}`` and who knows what stands there.

    ``words(version, language)`` gives markdown in that language, empty while nothing is known yet.
    """

    code: str
    label: str | Promise
    words: Callable[[AgreementVersion, str], str]


_slots: dict[str, TextSlot] = {}


def register_text_slot(slot: TextSlot) -> None:
    """Add a slot; called from ``AppConfig.ready``. The same code again replaces it."""
    _slots[slot.code] = slot


def registered_text_slots() -> dict[str, TextSlot]:
    """All slots by code."""
    return dict(_slots)
