"""What a stakeholder's timeline tells of money and gifts."""

from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext as _

from core.access.viewer import Viewer
from core.web.money import money
from core.web.space import space_url
from funding.models import FundingSource
from funding.queries.source import sources_visible_to
from stakeholders.models import Stakeholder
from stakeholders.timeline import MOST_OF_A_SOURCE, TimelineItem

TONES = {FundingSource.Status.SECURED: "ok", FundingSource.Status.EXPECTED: "now", FundingSource.Status.LOST: "idle"}


def contribution_items(viewer: Viewer, stakeholder: Stakeholder) -> Sequence[TimelineItem]:
    """What it gave, is expected to give and did not, on the day that was decided."""
    rows = sources_visible_to(viewer).filter(giver=stakeholder).select_related("partnership")
    return [_item(source) for source in rows.order_by("-created_at", "-id")[:MOST_OF_A_SOURCE]]


def _item(source: FundingSource) -> TimelineItem:
    amount = money(source.amount_cents, source.currency)
    return TimelineItem(
        on=source.decided_on or timezone.localdate(source.created_at),
        kind="funding",
        title=_("%(amount)s for “%(partnership)s”") % {"amount": amount, "partnership": source.partnership.name},
        text=f"{source.name} · {source.get_kind_display()} · {source.get_status_display()}",
        url=space_url("funding_detail", slug=source.partnership.slug, source_id=source.pk),
        tone=TONES[FundingSource.Status(source.status)],
        icon="coins",
    )
