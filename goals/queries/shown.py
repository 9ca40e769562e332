"""Records about goals whose level is chosen on a page of its own."""

import uuid

from core.access.viewer import Viewer
from core.access.visibility import Visibility
from core.web.space import space_url
from goals.queries.deliverable import deliverables_visible_to
from goals.queries.trend_review import trend_reviews_visible_to
from partnerships.shown import ShownRecord


def find_deliverable(viewer: Viewer, record_id: uuid.UUID) -> ShownRecord | None:
    """A deliverable; the members that play a part in it can always see it."""
    found = deliverables_visible_to(viewer).filter(pk=record_id).first()
    if found is None:
        return None
    url = space_url("deliverable_detail", slug=found.partnership.slug, number=found.number)
    return ShownRecord("deliverable", found, found.title, url, found.partnership, Visibility.PARTNERS)


def find_trend_review(viewer: Viewer, record_id: uuid.UUID) -> ShownRecord | None:
    """A trend review; its goal's or indicator's own level caps it as well."""
    review = trend_reviews_visible_to(viewer).filter(pk=record_id).first()
    if review is None:
        return None
    url = space_url("trend_review_detail", slug=review.partnership.slug, number=review.number)
    return ShownRecord("trend_review", review, str(review.subject), url, review.partnership)
