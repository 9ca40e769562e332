"""Keeping photos of residents, and looking at them before anybody else does."""

from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.models import User
from core.operations.audit import record
from engagement.models import Submission, SubmissionPhoto
from engagement.rules.photo import CONTENT_TYPE, kept_photo

Review = SubmissionPhoto.Review


def keep_photo(submission: Submission, source: BinaryIO, *, may_be_shown: bool) -> SubmissionPhoto:
    """Keep a photo with a message, seen only by those who answer. Part of the sending; raises UploadError."""
    return SubmissionPhoto.objects.create(
        submission=submission, content=kept_photo(source), content_type=CONTENT_TYPE, may_be_shown=may_be_shown
    )


@transaction.atomic
def review_photo(*, photo: SubmissionPhoto, review: str, by: User, description: str = "") -> SubmissionPhoto:
    """Say who may see a photo. For everybody it needs the sender's leave and words for those who do not see it.

    Raises ValidationError by field.
    """
    rows = SubmissionPhoto.objects.select_for_update(of=("self",)).select_related("submission__partnership")
    locked = rows.defer("content").get(pk=photo.pk)
    if review == Review.FIT and not locked.may_be_shown:
        raise ValidationError({"review": _("The sender did not allow that it is shown.")})
    if review == Review.FIT and not description.strip():
        raise ValidationError({"description": _("Say in a sentence what the photo shows.")})
    locked.review, locked.description, locked.reviewed_by = review, description.strip(), by
    locked.clean_fields(exclude={"tenant", "submission", "content", "reviewed_by"})
    locked.save(update_fields=["review", "description", "reviewed_by"])
    submission = locked.submission
    changes = {"review": str(review)}
    record("submission.photo_reviewed", submission, by=by, scope_id=submission.partnership.scope_id, changes=changes)
    return locked
