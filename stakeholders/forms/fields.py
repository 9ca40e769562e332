"""Fields of several values that people fill in simply."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _

from core.rules.text import TextError, clean_text

# The languages spoken most in Italian and British towns; the record takes any code of ISO 639.
SPOKEN = (
    "it", "en", "ar", "bn", "de", "es", "fr", "hi", "pa", "pl", "pt", "ro", "ru", "sq", "tr", "uk", "ur", "zh",
)  # fmt: skip
_NAMED_HERE = {
    "sq": gettext_lazy("Albanian"),
    "zh": gettext_lazy("Chinese"),
    "ur": gettext_lazy("Urdu"),
    "pa": gettext_lazy("Punjabi"),
}


def language_name(code: str) -> str:
    """A language in the reader's own; its code where there is no name for it."""
    if code in _NAMED_HERE:
        return str(_NAMED_HERE[code])
    try:
        return str(get_language_info(code)["name_translated"]).capitalize()
    except KeyError:
        return code


def language_choices() -> list[tuple[str, str]]:
    """The languages offered, by name."""
    return sorted(((code, language_name(code)) for code in SPOKEN), key=lambda choice: choice[1].casefold())


class LinesField(forms.CharField):
    """Several short texts, one a line; empty lines and repetitions are left out."""

    def __init__(self, *, most: int, line_length: int, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 3}))
        super().__init__(**kwargs)
        self.most, self.line_length = most, line_length

    def prepare_value(self, value: Any) -> Any:
        """As the box shows it."""
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        """The lines; raises ValidationError for one too long and for too many."""
        try:
            lines = [clean_text(line, max_length=self.line_length) for line in str(value or "").splitlines()]
        except TextError as error:
            raise ValidationError(str(error)) from error
        kept = list(dict.fromkeys(filter(None, lines)))
        if len(kept) > self.most:
            raise ValidationError(_("At most %(most)s lines.") % {"most": self.most})
        return kept


class ChecksField(forms.MultipleChoiceField):
    """Several of a few choices, as boxes to tick."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.CheckboxSelectMultiple(attrs={"class": "columns"}))
        super().__init__(required=False, **kwargs)


class LanguagesField(ChecksField):
    """Languages; one that is not offered and stands on the record stays."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=language_choices, **kwargs)
