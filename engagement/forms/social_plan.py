"""Forms of the social media plan: five fields on top, the rest folded away; and of its channels."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from core.models import User
from core.web.forms import NOT_FOUND, DateInput, KitForm, TextField
from engagement.models import SocialChannel, SocialPlan
from engagement.rules.social_plan import STARTERS
from goals.models import Goal
from partnerships.models import PartnershipMember

FIRST = ("objectives", "audiences", "languages", "rhythm", "image_rule")
FOLDS: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (_("Voice and subjects"), ("voice", "pillars")),
    (_("Who approves, accessibility, credits"), ("approval_path", "accessibility", "credit_rule")),
    (_("Comments, and when something goes wrong"), ("moderation", "crisis_steps")),
    (_("Goals, measures and the next look at the plan"), ("goals", "measures", "review_on")),
)
WORDS = (
    *("objectives", "audiences", "rhythm", "image_rule", "voice", "pillars", "approval_path", "accessibility"),
    *("credit_rule", "moderation", "crisis_steps", "measures"),
)


def _block(label: Any, **more: Any) -> TextField:
    return TextField(label=label, max_length=1000, multiline=True, required=False, **more)


class SocialPlanForm(KitForm):
    """How the partnership speaks on social media. A new plan begins with our words, to be changed."""

    objectives = TextField(label=_("What we want to reach"), max_length=2000, multiline=True, required=False)
    audiences = TextField(label=_("Whom we speak to"), max_length=300, required=False)
    languages = forms.MultipleChoiceField(
        label=_("Languages we write in"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one language."), "invalid_choice": NOT_FOUND},
    )
    rhythm = TextField(label=_("How often"), max_length=200, required=False)
    image_rule = _block(_("People in pictures"))
    voice = _block(_("How we sound"))
    pillars = _block(_("What we speak of"))
    approval_path = _block(_("Who reads and approves"))
    accessibility = _block(_("So that everybody can read it"))
    credit_rule = _block(_("How partners and funders are named"))
    moderation = _block(_("What we do with comments"))
    crisis_steps = _block(_("When something goes wrong"))
    goals = forms.ModelMultipleChoiceField(
        label=_("Goals it serves"),
        queryset=Goal.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"invalid_choice": NOT_FOUND, "invalid_pk_value": NOT_FOUND},
    )
    measures = _block(_("How we see whether we are read"), help_text=_("Reach is not impact: it feeds no indicator."))
    review_on = forms.DateField(
        label=_("Read it through again on"),
        required=False,
        widget=DateInput(),
        help_text=_("Empty: in a year. Coordination is reminded, and the next meeting finds it on its agenda."),
    )

    def __init__(
        self,
        *args: Any,
        plan: SocialPlan | None,
        languages: Sequence[tuple[str, str]],
        goals: QuerySet[Goal],
        is_light: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.is_light = is_light
        self.fields["languages"].choices = languages  # type: ignore[attr-defined]  # a MultipleChoiceField
        self.fields["goals"].queryset = goals  # type: ignore[attr-defined]  # a ModelMultipleChoiceField
        if plan is None:
            self.initial.update(STARTERS, languages=[languages[0][0]])
        else:
            self.initial.update({name: getattr(plan, name) for name in (*WORDS, "review_on")})
            self.initial["languages"] = plan.language_codes
            self.initial["goals"] = [link.goal_id for link in plan.goal_links.order_by("id")]

    def clean(self) -> dict[str, Any]:
        """Languages as they are stored."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        cleaned["languages"] = " ".join(cleaned.get("languages", []))
        return cleaned

    def first_fields(self) -> list[BoundField]:
        """What three volunteers need."""
        return [self[name] for name in FIRST]

    def folds(self) -> list[tuple[Any, list[BoundField], bool]]:
        """The rest: title, fields, and whether it is open: in a full partnership, and where something is wrong."""
        return [
            (title, [self[name] for name in names], not self.is_light or any(name in self.errors for name in names))
            for title, names in FOLDS
        ]


class PlanReviewForm(KitForm):
    """What somebody found who read the plan through."""

    note = _block(_("What we found, and what we changed"))


class ChannelForm(KitForm):
    """A place where posts appear."""

    kind = forms.ChoiceField(label=_("Kind of channel"), choices=SocialChannel.Kind.choices)
    name = TextField(label=_("Name"), max_length=80, help_text=_("For example: Facebook page of the library"))
    url = forms.URLField(label=_("Address"), max_length=300, required=False, assume_scheme="https")
    owner = forms.ModelChoiceField(
        label=_("The organisation it belongs to"),
        queryset=PartnershipMember.objects.none(),
        required=False,
        empty_label=_("The partnership itself"),
        error_messages={"invalid_choice": NOT_FOUND},
    )
    publisher = forms.ModelChoiceField(
        label=_("Who publishes there"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("Coordination"),
        error_messages={"invalid_choice": NOT_FOUND},
        help_text=_("Reminded of each post, and may write down that it is out."),
    )
    is_used = forms.BooleanField(label=_("In use"), required=False, initial=True)

    def __init__(self, *args: Any, members: QuerySet[PartnershipMember], people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = members  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["publisher"].queryset = people  # type: ignore[attr-defined]  # a ModelChoiceField
