"""The form for reviewing a goal."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.web.forms import DateInput, TextField
from goals.forms.version import RestsOnForm
from goals.models import GoalReview
from partnerships.models import Decision

LONGEST = 1000


class ReviewForm(RestsOnForm):
    """What came of it, why, and what follows; a choice is enough, the rest explains it."""

    reviewed_on = forms.DateField(label=_("Reviewed on"), widget=DateInput())
    progress = TextField(label=_("How far have we come?"), max_length=LONGEST, multiline=True, required=False)
    cause = TextField(
        label=_("Why is it so?"),
        max_length=LONGEST,
        multiline=True,
        required=False,
        help_text=_("What helped, what was in the way. Needed when something changes."),
    )
    feedback = TextField(
        label=_("What did residents and partners say that you took into account?"),
        max_length=LONGEST,
        multiline=True,
        required=False,
    )
    choice = forms.ChoiceField(label=_("What follows?"), choices=GoalReview.Choice.choices, widget=forms.RadioSelect)
    next_review_on = forms.DateField(
        label=_("Next review"),
        required=False,
        widget=DateInput(),
        help_text=_("When nothing is written here, by the rhythm of the goal: every six months as a rule."),
    )

    def __init__(self, *args: Any, decisions: Iterable[Decision], **kwargs: Any) -> None:
        super().__init__(*args, decisions=decisions, **kwargs)
        self.order_fields(["reviewed_on", "progress", "cause", "feedback", "choice", "decision", "next_review_on"])
