"""The choice of who may see a record."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.access.visibility import Visibility
from core.web.forms import ask_if_meant
from partnerships.rules.visibility import first_level, levels_within


class LevelField(forms.TypedChoiceField):
    """Who may see it, from ``floor`` to ``cap``; a form sent without a choice keeps what it showed at first."""

    def __init__(self, cap: int, *, floor: int = Visibility.COORDINATION, **kwargs: Any) -> None:
        choices = [(level.value, level.label) for level in levels_within(cap) if level >= floor]
        super().__init__(label=_("Who may see it"), coerce=int, choices=choices, **kwargs)

    def clean(self, value: Any) -> Any:
        """The level."""
        return super().clean(value or str(self.initial))


def add_level(form: forms.Form, cap: int, *, now: int | None = None, help_text: Any = "") -> None:
    """Let a form choose among the levels a partnership shown at ``cap`` allows; the partners' unless one is given.

    Where the record has one ``now``, a wider one is asked about again.
    """
    # A partnership may have been narrowed since the record got its level.
    shown = min(form.initial.pop("visibility", first_level(cap)), max(levels_within(cap)))
    form.fields["visibility"] = LevelField(cap, initial=int(shown), help_text=help_text)
    if now is not None:
        ask_if_meant(form, now=now)
