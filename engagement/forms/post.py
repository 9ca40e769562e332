"""Forms of posts: words on top, pictures, people and partners folded away; and of their steps."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.forms import BoundField
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.web.forms import NOT_FOUND, DateInput, KitForm, TextField
from engagement.models import PictureConsent, Post, PostReach, SocialChannel
from engagement.queries.picture_consent import named
from engagement.queries.post import words_of
from engagement.rules.post import FIGURES, Words
from engagement.rules.social_channel import FACTS
from goals.models import Goal
from partnerships.forms.meeting import TimeInput
from partnerships.models import PartnershipMember
from partnerships.rules.meeting import EARLIEST

ON_TOP = ("channel", "day", "at")
PICTURE = ("upload", "remove_picture")
PEOPLE = ("people_shown", "consents")
REST = ("shared", "link", "goal", "named", "logos")
MOST_FIGURE = 1_000_000_000
USUAL_TIME = time(10)
_NOT_THERE = {"invalid_choice": NOT_FOUND, "invalid_pk_value": NOT_FOUND}


class ConsentsField(forms.ModelMultipleChoiceField[PictureConsent]):
    """Consents by who is shown."""

    def label_from_instance(self, obj: PictureConsent) -> str:
        """Who, in words."""
        return named(obj)


class ChannelField(forms.ModelChoiceField[SocialChannel]):
    """Channels by name, with how long a post may be there."""

    def label_from_instance(self, obj: SocialChannel) -> str:
        """The name, and the limit where there is one."""
        if most := FACTS[obj.kind].most:
            return _("%(name)s (up to %(most)d characters)") % {"name": obj.name, "most": most}
        return obj.name


class PostForm(KitForm):
    """What is told, where and when; text and description of the picture in each language of the plan."""

    title = TextField(label=_("What it is about"), max_length=120, help_text=_("For you: nobody reads it outside."))
    channel = ChannelField(
        label=_("Channel"), queryset=SocialChannel.objects.none(), required=False, empty_label=_("Not decided yet"),
        error_messages=_NOT_THERE,
    )  # fmt: skip
    day = forms.DateField(label=_("Day"), required=False, widget=DateInput())
    at = forms.TimeField(label=_("Time"), required=False, widget=TimeInput())
    people_shown = forms.ChoiceField(
        label=_("Can somebody be recognised in text or picture?"), choices=Post.People.choices, required=False
    )
    consents = ConsentsField(
        label=_("Who can be recognised"), queryset=PictureConsent.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple, error_messages=_NOT_THERE,
        help_text=_("Each person needs a consent; write it down first, under “Consents”."),
    )  # fmt: skip
    upload = forms.FileField(
        label=_("Picture"), required=False,
        help_text=_("JPEG, PNG or WebP. Place and camera are taken out of it."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )  # fmt: skip
    remove_picture = forms.BooleanField(label=_("Delete the picture"), required=False)
    shared = forms.ChoiceField(
        label=_("Public page it leads to"), required=False, error_messages={"invalid_choice": NOT_FOUND}
    )
    link = forms.URLField(label=_("Or another address"), max_length=300, required=False, assume_scheme="https")
    goal = forms.ModelChoiceField(
        label=_("Goal it serves"), queryset=Goal.objects.none(), required=False, empty_label=_("No goal"),
        error_messages=_NOT_THERE,
    )  # fmt: skip
    named = forms.ModelMultipleChoiceField(
        label=_("Partners it names"), queryset=PartnershipMember.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple, error_messages=_NOT_THERE,
    )  # fmt: skip
    logos = forms.ModelMultipleChoiceField(
        label=_("Partners whose logo it shows"), queryset=PartnershipMember.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple, error_messages=_NOT_THERE,
    )  # fmt: skip

    def __init__(
        self,
        *args: Any,
        post: Post | None,
        languages: Sequence[tuple[str, str]],
        pages: Sequence[tuple[str, str]],
        choices: Mapping[str, QuerySet[Any]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.languages = languages
        for name, queryset in choices.items():
            self.fields[name].queryset = queryset  # type: ignore[attr-defined]  # fields of models
        self.fields["shared"].choices = [("", _("No public page")), *pages]  # type: ignore[attr-defined]  # a ChoiceField
        for code, name in languages:
            self.fields[f"text_{code}"] = TextField(
                label=_("Text: %(language)s") % {"language": name}, max_length=5000, multiline=True, required=False,
                widget=forms.Textarea(attrs={"rows": 6, "lang": code}),
            )  # fmt: skip
            self.fields[f"alt_{code}"] = TextField(
                label=_("What the picture shows: %(language)s") % {"language": name}, max_length=500, required=False,
                help_text=_("For those who do not see it. Needed before it is approved."),
            )  # fmt: skip
        self.has_picture = bool(post and post.picture_id)
        if not self.has_picture:
            del self.fields["remove_picture"]
        if post is not None:
            self.initial.update(_initial(post))

    def clean(self) -> dict[str, Any]:
        """As ``change_post`` takes it: a moment, words by language, partners with their logos."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        day, at = cleaned.pop("day", None), cleaned.pop("at", None)
        cleaned["planned_at"] = timezone.make_aware(datetime.combine(day, at or USUAL_TIME)) if day else None
        if at and not day and "day" not in self.errors:
            self.add_error("day", _("Give the day as well."))
        if cleaned["planned_at"] and cleaned["planned_at"] < EARLIEST:
            self.add_error("day", _("That is too long ago."))
        cleaned["texts"] = {
            code: Words(cleaned.pop(f"text_{code}", ""), cleaned.pop(f"alt_{code}", ""))
            for code, _name in self.languages
        }
        logos = set(cleaned.pop("logos", []))
        cleaned["mentions"] = {member: member in logos for member in {*cleaned.pop("named", []), *logos}}
        return cleaned

    def first_fields(self) -> list[BoundField]:
        """What every post needs."""
        texts = [f"text_{code}" for code, _name in self.languages]
        return [self[name] for name in ("title", *texts, *ON_TOP)]

    def folds(self) -> list[tuple[Any, list[BoundField], bool]]:
        """The rest: title, fields, and whether it is open because something in it is to be put right."""
        alts = [f"alt_{code}" for code, _name in self.languages]
        pictures = [name for name in PICTURE if name in self.fields]
        folds = (
            (_("People who can be recognised"), PEOPLE, not self.initial.get("people_shown")),
            (_("Picture"), (*pictures, *alts), self.has_picture),
            (_("Where it leads, goal, partners"), REST, False),
        )
        return [
            (title, [self[name] for name in names], is_open or any(name in self.errors for name in names))
            for title, names, is_open in folds
        ]


def _initial(post: Post) -> dict[str, Any]:
    """What a post of ``whole_posts`` holds."""
    found: dict[str, Any] = {
        name: getattr(post, name) for name in ("title", "channel", "people_shown", "shared", "link", "goal")
    }
    for code, words in words_of(post).items():
        found |= {f"text_{code}": words.text, f"alt_{code}": words.alt}
    if post.planned_at:
        planned = timezone.localtime(post.planned_at)
        found |= {"day": planned.date(), "at": planned.time()}
    mentions = post.all_mentions  # type: ignore[attr-defined]  # prefetched
    found["consents"] = [link.consent_id for link in post.all_consents]  # type: ignore[attr-defined]  # prefetched
    found["named"] = [mention.member_id for mention in mentions]
    found["logos"] = [mention.member_id for mention in mentions if mention.shows_logo]
    return found


class PostFilterForm(KitForm):
    """Which posts the list shows."""

    state = forms.ChoiceField(label=_("State"), required=False)
    channel = forms.ModelChoiceField(
        label=_("Channel"), queryset=SocialChannel.objects.none(), required=False, empty_label=_("All")
    )

    def __init__(self, *args: Any, channels: QuerySet[SocialChannel], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = [("", _("All")), *Post.State.choices]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["channel"].queryset = channels  # type: ignore[attr-defined]  # a ModelChoiceField


class PublishForm(KitForm):
    """That somebody published it, when and where it is found."""

    link = forms.URLField(
        label=_("Address of the post on the channel"),
        max_length=300,
        required=False,
        assume_scheme="https",
        help_text=_("Open the post there and copy the address. Not needed where posts have none."),
    )
    published_on = forms.DateField(label=_("Published on"), widget=DateInput())


def _figure(label: Any, **more: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=MOST_FIGURE, required=False, **more)


class ReachForm(KitForm):
    """How far it went; communication, never impact."""

    people_reached = _figure(_("People reached"), help_text=_("Empty if you did not look."))
    reactions = _figure(_("Reactions"))
    comments = _figure(_("Comments"))
    shares = _figure(_("Times shared"))
    clicks = _figure(_("Clicks on the link"))
    read_on = forms.DateField(label=_("Looked up on"), widget=DateInput())
    learned = TextField(label=_("What we learned"), max_length=500, multiline=True, required=False)

    def __init__(self, *args: Any, reach: PostReach | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["read_on"] = timezone.localdate()
        if reach is not None:
            self.initial.update({name: getattr(reach, name) for name in (*FIGURES, "read_on", "learned")})


class ReasonForm(KitForm):
    """Why a post is taken back."""

    reason = TextField(label=_("Why"), max_length=300, error_messages={"required": _("Say why.")})


class PartnerAgreedForm(KitForm):
    """Who agreed for a partner."""

    agreed_how = TextField(
        label=_("Who agreed, when and how"),
        max_length=200,
        help_text=_("For example: Anna Riva, by mail on 3 May."),
        error_messages={"required": _("Say who agreed.")},
    )
