"""Reading photos: those of a message one answers, and those everybody may see beside an answer."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from core.access.viewer import Viewer
from core.access.visibility import Visibility
from core.web.space import space_url
from engagement.models import Submission, SubmissionPhoto, Theme
from engagement.queries.submission import submissions_visible_to
from engagement.rules.submission import NO_MESSAGE


@dataclass(frozen=True)
class ShownPhoto:
    """A photo beside an answer, with what it shows."""

    url: str
    description: str


def photos_of(submission: Submission) -> QuerySet[SubmissionPhoto]:
    """The photos of a message, without their bytes."""
    return submission.photos.defer("content").order_by("id")


def photo_for(viewer: Viewer, submission_id: uuid.UUID, photo_id: uuid.UUID) -> QuerySet[SubmissionPhoto]:
    """One photo of a message the viewer may read, for ``get_object_or_404``."""
    seen = submissions_visible_to(viewer).filter(pk=submission_id).order_by().values("pk")
    return SubmissionPhoto.objects.filter(pk=photo_id, submission__in=seen).select_related("submission")


def public_photos() -> QuerySet[SubmissionPhoto]:
    """Photos that were looked at, whose senders agreed, in published themes of public partnerships."""
    return (
        SubmissionPhoto.objects.filter(
            review=SubmissionPhoto.Review.FIT,
            may_be_shown=True,
            submission__partnership__visibility=Visibility.PUBLIC,
            submission__themes__published_on__isnull=False,
        )
        .exclude(submission__state__in=NO_MESSAGE)
        .distinct()
    )


def photos_shown_in(themes: Iterable[Theme]) -> dict[uuid.UUID, list[ShownPhoto]]:
    """The public photos of some published themes, by theme; one query."""
    keys = [theme.pk for theme in themes]
    if not keys:
        return {}
    rows = public_photos().filter(submission__themes__in=keys).order_by("submission__themes", "id")
    found: dict[uuid.UUID, list[ShownPhoto]] = {}
    for theme_id, photo_id, description in rows.values_list("submission__themes", "pk", "description"):
        if theme_id in keys:
            shown = ShownPhoto(space_url("public_photo", photo_id=photo_id), description)
            found.setdefault(theme_id, []).append(shown)
    return found
