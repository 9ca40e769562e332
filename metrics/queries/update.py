"""What of the numbers an update of a partnership begins with."""

from django.utils.formats import number_format

from core.web.dates import day_words
from metrics.models import Measurement
from partnerships.updates import Period


def verified_values(period: Period) -> list[str]:
    """The values a second person verified in the period; what nobody checked is not told (R-U9)."""
    rows = Measurement.objects.filter(
        indicator__partnership=period.partnership,
        indicator__visibility__gte=period.level,
        state=Measurement.State.VERIFIED,
        value__isnull=False,
        verified_at__date__gt=period.since,
        verified_at__date__lte=period.today,
    )
    return [
        f"{row.indicator.name}: {number_format(row.value.normalize(), use_l10n=True)} ({day_words(row.period_ends_on)})"
        for row in rows.select_related("indicator").order_by("period_ends_on", "id")
        if row.value is not None
    ]
