"""What givers offered in kind or pledged as sponsors, as lines of the ledger."""

from django.db.models import Case, F, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from core.web.space import space_url
from funding.models import FundingSource
from funding.queries.source import sources_seen_by
from partnerships.ledger import NOTHING, LedgerSource

Kind, Status = FundingSource.Kind, FundingSource.Status


def offered_gifts() -> QuerySet[FundingSource]:
    """In-kind gifts and sponsorships of a named giver; grants and events are applied for, not promised."""
    return FundingSource.objects.filter(kind__in=[Kind.IN_KIND, Kind.SPONSORSHIP], giver__isnull=False)


def _url(slug: str, key: str) -> str:
    return space_url("funding_detail", slug=slug, source_id=key)


# Kept on the day it was secured; one that was promised for no day is a line, and counts in no share.
GIFTS = LedgerSource(
    code="gifts",
    origins={Kind.IN_KIND.value: _("In-kind offer"), Kind.SPONSORSHIP.value: _("Sponsor's pledge")},
    rows=offered_gifts,
    seen=sources_seen_by,
    columns={
        "id": F("pk"),
        "key": F("pk"),
        "partnership": F("partnership_id"),
        "slug": F("partnership__slug"),
        "partnership_name": F("partnership__name"),
        "organisation": F("giver_id"),
        "who": F("giver__name"),
        "title": F("name"),
        "origin": F("kind"),
        "reference": NOTHING,
        "due_on": F("due_on"),
        "first_agreed_on": F("first_due_on"),
        "kept_on": Case(When(status=Status.SECURED, then=F("decided_on"))),
        "is_released": Case(When(status=Status.LOST, then=Value(True)), default=Value(False)),
        "evidence": F("evidence"),
    },
    url=_url,
)
