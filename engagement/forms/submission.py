"""Forms for answering residents."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.web.forms import NOT_FOUND, KitForm, TextField
from engagement.models import Submission, SubmissionReply, Theme
from partnerships.models import Partnership

REPLY_CHARACTERS: int = SubmissionReply._meta.get_field("text").max_length or 4000


class InboxFilters(KitForm):
    """What the inbox is narrowed by; a value that is not offered narrows nothing."""

    partnership = forms.ChoiceField(label=_("Partnership"), required=False)
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("All that are open")), *Submission.State.choices, ("all", _("All messages"))],
    )
    urgent = forms.ChoiceField(
        label=_("Urgency"), required=False, choices=[("", _("Urgent or not")), ("1", _("Urgent only"))]
    )

    def __init__(self, *args: Any, partnerships: QuerySet[Partnership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(partnership.slug, partnership.name) for partnership in partnerships]
        self.fields["partnership"].choices = [("", _("All partnerships")), *offered]  # type: ignore[attr-defined]  # a ChoiceField

    def chosen(self, name: str) -> str:
        """A field's value, or nothing."""
        return str(self.cleaned_data.get(name, "")) if self.is_valid() or name in self.cleaned_data else ""


class ReplyForm(KitForm):
    """An answer to one person."""

    text = TextField(
        label=_("Your answer"),
        max_length=REPLY_CHARACTERS,
        multiline=True,
        help_text=_("Plain words, no names of other people. The person reads it with the code."),
        error_messages={"required": _("Write the answer")},
    )


class FileForm(KitForm):
    """Where a message belongs: a theme, or a new one in the words of what was heard."""

    theme = forms.ModelChoiceField(
        label=_("Theme"),
        queryset=Theme.objects.none(),
        required=False,
        empty_label=_("A new theme"),
        error_messages={"invalid_choice": NOT_FOUND},
    )
    heard = TextField(
        label=_("What we heard, for a new theme"),
        max_length=300,
        required=False,
        help_text=_("A neutral sentence, without names, that fits what several people say."),
    )

    def __init__(self, *args: Any, themes: QuerySet[Theme], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["theme"].queryset = themes  # type: ignore[attr-defined]  # a ModelChoiceField

    def clean(self) -> dict[str, Any]:
        """One of the two is needed."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and cleaned.get("theme") is None and not cleaned.get("heard"):
            self.add_error("heard", _("Choose a theme, or write what we heard"))
        return cleaned
