"""Photos of residents: for those who answer, and beside published answers for everybody."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.access.permissions import Permission
from core.web.access import SpaceRequest, public, requires
from core.web.downloads import picture_answer
from core.web.space import space_url
from engagement.forms.submission_photo import PhotoReviewForm
from engagement.models import SubmissionPhoto
from engagement.operations.submission_photo import review_photo
from engagement.queries.submission_photo import photo_for, public_photos


@requires(Permission.SEE_PARTNERSHIP)
@require_safe
def submission_photo(request: SpaceRequest, submission_id: uuid.UUID, photo_id: uuid.UUID) -> HttpResponse:
    """A photo of a message, for those who answer it."""
    return _picture(get_object_or_404(photo_for(request.viewer, submission_id, photo_id)), "private, no-store")


@public
@require_safe
def public_photo(request: SpaceRequest, photo_id: uuid.UUID) -> HttpResponse:
    """A photo beside a published answer; asked anew each time, so that what is taken back is gone."""
    return _picture(get_object_or_404(public_photos(), pk=photo_id), "no-cache")


@requires(Permission.ANSWER_RESIDENTS)
@require_POST
def photo_review(request: SpaceRequest, submission_id: uuid.UUID, photo_id: uuid.UUID) -> HttpResponse:
    """Say who may see a photo."""
    photo = get_object_or_404(photo_for(request.viewer, submission_id, photo_id).defer("content"))
    form = PhotoReviewForm(request.POST)
    if form.is_valid():
        try:
            review_photo(photo=photo, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            messages.warning(request, " ".join(error.messages))
        else:
            messages.success(request, _("Saved."))
    else:
        messages.warning(request, _("Choose who may see it, and say what it shows."))
    return redirect(space_url("submission_detail", submission_id=submission_id))


def _picture(photo: SubmissionPhoto, cache: str) -> HttpResponse:
    return picture_answer(photo.content, photo.content_type, cache=cache)
