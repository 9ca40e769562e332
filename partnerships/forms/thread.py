"""Saying something, and whom to ask."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.web.forms import KitForm, TextField
from partnerships.queries.thread import Asked


class CommentForm(KitForm):
    """A comment, and at most one person who is asked for an answer."""

    text = TextField(label=_("Your words"), multiline=True, max_length=2000)
    ask = forms.ChoiceField(
        label=_("Ask one person"), required=False, help_text=_("Only this person gets a mail, with a way to answer.")
    )

    def __init__(self, *args: Any, people: Sequence[Asked], **kwargs: Any) -> None:
        super().__init__(*args, **{"prefix": "talk", **kwargs})
        field: Any = self.fields["ask"]
        field.choices = [("", _("Nobody: everybody here can read it")), *((one.key, one.label) for one in people)]


class CommentLinkForm(KitForm):
    """An answer by link; who asked is told by mail unless the tick is taken off."""

    text = TextField(label=_("Your answer"), multiline=True, max_length=2000)
    tell = forms.BooleanField(required=False, initial=True)

    def __init__(self, *args: Any, asker: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if asker:
            self.fields["tell"].label = _("Tell %(name)s by mail") % {"name": asker}
        else:
            del self.fields["tell"]
