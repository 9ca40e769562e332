"""Reading photos: those of a message one answers, and those everybody may see beside an answer."""

import uuid
from dataclasses import dataclass

from django.db.models import QuerySet

from core.access.viewer import Viewer
from core.access.visibility import Visibility
from core.queries.composed import Composed
from core.web.space import space_url
from engagement.models import Submission, SubmissionPhoto
from engagement.queries.submission import submissions_visible_to
from engagement.rules.submission import NO_MESSAGE
from partnerships.models import Partnership


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


def photos_shown_beside(partnership: Partnership) -> dict[uuid.UUID, list[ShownPhoto]]:
    """The public photos beside the answers of a public partnership, by theme; one query."""
    found: dict[uuid.UUID, list[ShownPhoto]] = {}
    for theme_id, photo_id, description in _shown(partnership=partnership):
        shown = ShownPhoto(space_url("public_photo", photo_id=photo_id), description)
        found.setdefault(theme_id, []).append(shown)
    return found


@Composed
def _shown(partnership: Partnership) -> QuerySet[SubmissionPhoto, tuple[uuid.UUID, uuid.UUID, str]]:
    rows = public_photos().filter(submission__partnership=partnership).order_by("submission__themes", "id")
    return rows.values_list("submission__themes", "pk", "description")
