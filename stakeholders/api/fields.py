"""Fields of the stakeholders' API."""

from core.api.fields import CleanTextField


def optional_text(length: int, *, multiline: bool = False) -> CleanTextField:
    """Text that may be left out or empty."""
    return CleanTextField(max_length=length, multiline=multiline, required=False, allow_blank=True)
