"""Fields of the API's serializers."""

from typing import Any

from rest_framework import serializers
from rest_framework.exceptions import ValidationError

from core.rules.text import TextError, clean_text


class MeantIn(serializers.Serializer[Any]):
    """For changing a record that has a level: ``is_meant`` confirms a wider ``visibility`` than it has now."""

    is_meant = serializers.BooleanField(required=False)


class CleanTextField(serializers.CharField):
    """Text as it is stored and shown; what cannot be is refused (INP-02)."""

    def __init__(self, *, multiline: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.multiline = multiline

    def to_internal_value(self, data: Any) -> str:
        """The text, normalised."""
        text = super().to_internal_value(data)
        try:
            return clean_text(text, max_length=self.max_length or 200, multiline=self.multiline)
        except TextError as error:
            raise ValidationError(str(error)) from error
