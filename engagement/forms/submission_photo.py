"""The form of looking at a photo."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.web.forms import KitForm, TextField
from engagement.models import SubmissionPhoto

Review = SubmissionPhoto.Review


class PhotoReviewForm(KitForm):
    """Who may see a photo, and what it shows for those who do not see it."""

    review = forms.ChoiceField(
        label=_("Who may see it"),
        choices=[(Review.STAFF.value, Review.STAFF.label), (Review.FIT.value, Review.FIT.label)],
        help_text=_("For everybody only without faces, number plates, names or homes."),
    )
    description = TextField(label=_("What it shows"), max_length=200, required=False)
