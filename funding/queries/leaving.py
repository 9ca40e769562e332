"""What a leaving organisation gives, for the checklist of leaving."""

from django.utils.translation import gettext as _

from core.web.space import space_url
from funding.models import FundingSource
from partnerships.exits import Hold
from partnerships.models import PartnershipMember

Kind, Status = FundingSource.Kind, FundingSource.Status


def money_given(member: PartnershipMember) -> list[Hold]:
    """The money an organisation gives or is expected to give; amounts stay on the page of the means."""
    return [hold for source, hold in _given(member) if source.kind != Kind.IN_KIND]


def things_given(member: PartnershipMember) -> list[Hold]:
    """What an organisation gives in kind or is expected to give."""
    return [hold for source, hold in _given(member) if source.kind == Kind.IN_KIND]


def _given(member: PartnershipMember) -> list[tuple[FundingSource, Hold]]:
    rows = FundingSource.objects.filter(partnership=member.partnership_id, giver=member.organisation_id)
    rows = rows.exclude(status=Status.LOST).order_by("name", "id")
    url = space_url("funding_list", slug=member.partnership.slug)
    words = _("%(name)s (%(status)s)")
    return [
        (source, Hold(words % {"name": source.name, "status": source.get_status_display().lower()}, url))
        for source in rows[:50]
    ]
