"""Forms for answering residents."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.forms import BoundField
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from core.models import User
from core.web.forms import NOT_FOUND, DateInput, KitForm, TextField
from engagement.models import Submission, SubmissionReply, Theme, WhyNot
from engagement.queries.submission import InboxWish
from engagement.rules.settling import Settled
from engagement.rules.submission import TEXT_CHARACTERS, TOLD_BY
from partnerships.models import Partnership, PartnershipMember

State = Submission.State

REPLY_CHARACTERS: int = SubmissionReply._meta.get_field("text").max_length or 4000


class InboxFilters(KitForm):
    """What the inbox is narrowed by; a value that is not offered narrows nothing."""

    search = TextField(label=_("Words"), max_length=100, required=False)
    partnership = forms.ChoiceField(label=_("Partnership"), required=False)
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("All that are open")), *Submission.State.choices, ("all", _("All messages"))],
    )
    category = forms.ChoiceField(
        label=_("About"), required=False, choices=[("", _("Anything")), *Submission.Category.choices]
    )
    who = forms.ChoiceField(
        label=_("In whose hands"),
        required=False,
        choices=[("", _("Anybody's")), ("me", _("Mine")), ("nobody", _("Nobody's yet"))],
    )
    theme = forms.ChoiceField(
        label=_("Theme"), required=False, choices=[("", _("With or without")), ("none", _("In no theme yet"))]
    )
    channel = forms.ChoiceField(
        label=_("How it came"), required=False, choices=[("", _("In any way")), *Submission.Channel.choices]
    )
    urgent = forms.ChoiceField(
        label=_("Urgency"),
        required=False,
        choices=[("", _("Urgent or not")), ("1", _("Urgent only")), ("late", _("Answer overdue"))],
    )

    def __init__(
        self, *args: Any, partnerships: Sequence[Partnership], theme: Theme | None = None, **kwargs: Any
    ) -> None:
        """``theme`` is the one asked for, which stands in the list beside what is always there."""
        super().__init__(*args, **kwargs)
        if theme is not None:
            self.fields["theme"].choices = [*self.fields["theme"].choices, (str(theme.pk), str(theme))]  # type: ignore[attr-defined]  # a ChoiceField
        offered = [(partnership.slug, partnership.name) for partnership in partnerships]
        self.fields["partnership"].choices = [("", _("All partnerships")), *offered]  # type: ignore[attr-defined]  # a ChoiceField

    @property
    def wish(self) -> InboxWish:
        """What is asked for, without what is not offered."""
        self.is_valid()
        chosen = {name: str(self.cleaned_data.get(name, "")) for name in self.fields}
        urgency = chosen.pop("urgent")
        return InboxWish(**chosen, is_urgent=urgency == "1", is_late=urgency == "late")

    @property
    def first_fields(self) -> list[BoundField]:
        """What most people narrow by."""
        return [self[name] for name in ("search", "state", "who")]

    @property
    def more_fields(self) -> list[BoundField]:
        """The rest, folded away."""
        return [self[name] for name in ("partnership", "category", "theme", "channel", "urgent")]


class ReplyForm(KitForm):
    """An answer to one person, and what becomes of their message."""

    text = TextField(
        label=_("Your answer"),
        max_length=REPLY_CHARACTERS,
        multiline=True,
        help_text=_("Plain words, no names of other people. The person reads it with the code."),
        error_messages={"required": _("Write the answer")},
    )
    state = forms.ChoiceField(
        label=_("What becomes of it"),
        required=False,
        choices=[
            (State.ANSWERED, _("It is answered")),
            (State.PLANNED, _("It will be done")),
            (State.NOT_POSSIBLE, _("It is not possible")),
            (State.REDIRECTED, _("It is not ours: passed on")),
            (State.DONE, _("It was done")),
        ],
    )
    why_not = forms.ChoiceField(
        label=_("Why it is not possible"),
        required=False,
        choices=[("", _("No reason needed")), *WhyNot.choices],
        help_text=_("Needed for “not possible”. The person reads it too."),
    )
    passed_to = TextField(
        label=_("Passed on to"),
        max_length=160,
        required=False,
        help_text=_("Needed for “passed on”: an office, with its telephone or address."),
    )

    @property
    def settled(self) -> Settled:
        """What a valid form says became of it."""
        given = self.cleaned_data
        state = given["state"] or State.ANSWERED
        return Settled(
            state,
            why_not=given["why_not"] if state == State.NOT_POSSIBLE else "",
            passed_to=given["passed_to"] if state == State.REDIRECTED else "",
        )


class AssignForm(KitForm):
    """Into whose hands a message goes."""

    to = forms.ModelChoiceField(
        label=_("In whose hands"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("Nobody's"),
        error_messages={"invalid_choice": NOT_FOUND},
    )

    def __init__(self, *args: Any, handlers: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = handlers  # type: ignore[attr-defined]  # a ModelChoiceField


class MergeForm(KitForm):
    """With which message one is joined."""

    into = forms.ModelChoiceField(
        label=_("Join with"),
        queryset=Submission.objects.none(),
        empty_label=_("Choose a message"),
        error_messages={"invalid_choice": NOT_FOUND, "required": _("Choose a message")},
        help_text=_("Each sender gets the answer."),
    )

    def __init__(self, *args: Any, others: QuerySet[Submission], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["into"]
        field.queryset = others  # type: ignore[attr-defined]  # a ModelChoiceField
        field.label_from_instance = _in_a_line  # type: ignore[attr-defined]  # a ModelChoiceField


class ReferForm(KitForm):
    """To whom something urgent was taken."""

    to = TextField(
        label=_("Taken at once to"),
        max_length=160,
        help_text=_("The police, social services, a helpline. The person does not read this."),
        error_messages={"required": _("Say to whom you took it.")},
    )


class AboutForm(KitForm):
    """Which member a complaint is about."""

    member = forms.ModelChoiceField(
        label=_("A complaint about"),
        queryset=PartnershipMember.objects.none(),
        required=False,
        empty_label=_("None of the partners"),
        error_messages={"invalid_choice": NOT_FOUND},
        help_text=_("From then on nobody of that organisation sees this message."),
    )

    def __init__(self, *args: Any, members: QuerySet[PartnershipMember], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member"].queryset = members  # type: ignore[attr-defined]  # a ModelChoiceField


class ModerationForm(KitForm):
    """Why something is no message."""

    reason = forms.ChoiceField(
        label=_("Why it is no message"),
        choices=[("", _("Choose a reason")), *Submission.Moderation.choices],
        error_messages={"required": _("Choose a reason"), "invalid_choice": _("Choose a reason")},
    )


class ToldForm(KitForm):
    """A message that came by telephone, on paper or at a meeting."""

    channel = forms.ChoiceField(
        label=_("How it was told"),
        choices=[(one.value, one.label) for one in TOLD_BY],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say how it was told.")},
    )
    told_on = forms.DateField(label=_("When"), widget=DateInput())
    category = forms.ChoiceField(label=_("What it is about"), choices=Submission.Category.choices)
    text = TextField(
        label=_("What was said"),
        max_length=TEXT_CHARACTERS,
        multiline=True,
        help_text=_("As the person said it, without names."),
        error_messages={"required": _("Write what was said")},
    )
    place = TextField(label=_("Where"), max_length=120, required=False)
    language = forms.ChoiceField(label=_("Language of the answer"))
    contact_email = forms.EmailField(
        label=_("Their e-mail, if they want the answer sent"),
        required=False,
        help_text=_("Only if they agree that we write to it."),
    )
    no_reply = forms.BooleanField(label=_("They need no answer"), required=False)
    about_member = forms.ModelChoiceField(
        label=_("A complaint about"),
        queryset=PartnershipMember.objects.none(),
        required=False,
        empty_label=_("None of the partners"),
        error_messages={"invalid_choice": NOT_FOUND},
    )
    was_told = forms.BooleanField(
        label=_("They are 14 or older, know how their words are used and agree"),
        error_messages={"required": _("Read them the notice first, and ask whether they agree")},
    )

    def __init__(
        self,
        *args: Any,
        members: QuerySet[PartnershipMember],
        languages: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["about_member"].queryset = members  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["language"].choices = languages  # type: ignore[attr-defined]  # a ChoiceField

    @property
    def told(self) -> dict[str, Any]:
        """What the operation takes."""
        given = dict(self.cleaned_data)
        given.pop("was_told")
        wants_none = given.pop("no_reply")
        return {**given, "wants_reply": not wants_none}


def _in_a_line(submission: Submission) -> str:
    day = date_format(submission.received_hour, "SHORT_DATE_FORMAT")
    return f"{day} · {Truncator(submission.text).chars(60)}"


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
