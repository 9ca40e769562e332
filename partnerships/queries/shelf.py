"""Reading the shelf: who sees which paper, and its versions."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.template.defaultfilters import filesizeformat

from core.access.viewer import Viewer, visible_records
from core.web.space import space_url
from partnerships.models import Partnership, ShelfDocument, ShelfVersion


@dataclass(frozen=True)
class ShelfRow:
    """A paper as the list shows it, by its newest version."""

    title: str
    url: str
    file_url: str
    level: str
    number: int
    at: datetime
    name: str
    size: str


def documents_visible_to(viewer: Viewer) -> QuerySet[ShelfDocument]:
    """The papers a viewer may see, by title."""
    seen = visible_records(viewer, scope="partnership__scope_id", chain=["visibility", "partnership__visibility"])
    rows = ShelfDocument.objects.filter(seen, put_away_at=None).select_related("partnership")
    return rows.order_by("title", "id")


def shelf_list(viewer: Viewer, partnership: Partnership, *, search: str = "") -> QuerySet[ShelfDocument]:
    """The shelf of a partnership with the newest version of each paper, narrowed by words in the title."""
    newest = ShelfVersion.objects.filter(document=OuterRef("pk")).order_by("-number")
    rows = documents_visible_to(viewer).filter(partnership=partnership)
    for word in search.split():
        rows = rows.filter(title__icontains=word)
    return rows.annotate(
        version_count=Count("versions"),
        newest_at=Subquery(newest.values("at")[:1]),
        newest_name=Subquery(newest.values("file__name")[:1]),
        newest_bytes=Subquery(newest.values("file__size_bytes")[:1]),
    )


def as_shelf_row(document: ShelfDocument) -> ShelfRow:
    """What a list shows of a paper of ``shelf_list``."""
    place = {"slug": document.partnership.slug, "shelf_document_id": document.pk}
    found: dict[str, object] = vars(document)
    number = int(str(found["version_count"]))
    return ShelfRow(
        title=document.title,
        url=space_url("shelf_detail", **place),
        file_url=space_url("shelf_file", **place, number=number),
        level=document.get_visibility_display(),
        number=number,
        at=document.newest_at,  # type: ignore[attr-defined]  # annotated by shelf_list
        name=str(found["newest_name"]),
        size=filesizeformat(int(str(found["newest_bytes"] or 0))),
    )


def versions_of(document: ShelfDocument) -> QuerySet[ShelfVersion]:
    """Every version of a paper, newest first."""
    return document.versions.select_related("file", "by").order_by("-number")
