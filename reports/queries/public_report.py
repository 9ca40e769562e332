"""The reports everybody may read, for a partnership's public page."""

from django.db.models import QuerySet
from django.utils import timezone

from core.access.visibility import Visibility
from core.web.space import space_url
from engagement.panels import PublicReport
from partnerships.models import Partnership
from reports.models import ImpactReport

MOST = 20


def published_reports(partnership: Partnership) -> list[PublicReport]:
    """Published and public ones of a public partnership; of a replaced one its successor stands here."""
    rows: QuerySet[ImpactReport] = ImpactReport.objects.filter(
        partnership=partnership,
        partnership__visibility=Visibility.PUBLIC,
        visibility=Visibility.PUBLIC,
        state=ImpactReport.State.PUBLISHED,
        published_at__isnull=False,
    )
    columns = ("title", "number", "published_at")
    return [
        PublicReport(
            title, space_url("report_public", slug=partnership.slug, number=number), timezone.localdate(published_at)
        )
        for title, number, published_at in rows.order_by("-published_at", "id").values_list(*columns)[:MOST]
        if published_at is not None
    ]
