"""What of the means an update of a partnership begins with, and the givers who are told."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from core.web.money import money
from funding.models import FundingSource
from partnerships.models import Partnership
from partnerships.updates import Period
from stakeholders.models import Stakeholder

SECURED = FundingSource.Status.SECURED


def secured_means(period: Period) -> list[str]:
    """What was promised for certain in the period, as far as the readers may know of it."""
    rows = FundingSource.objects.filter(
        partnership=period.partnership,
        visibility__gte=period.level,
        status=SECURED,
        decided_on__gt=period.since,
        decided_on__lte=period.today,
    )
    return [
        _("%(amount)s secured: %(name)s") % {"amount": money(row.amount_cents, row.currency), "name": row.name}
        for row in rows.order_by("decided_on", "id")
    ]


def givers(partnership: Partnership) -> QuerySet[Stakeholder]:
    """Who gives for certain: they are mailed what is told to funders."""
    given = FundingSource.objects.filter(partnership=partnership, status=SECURED)
    return Stakeholder.objects.filter(pk__in=given.values("giver_id"))
