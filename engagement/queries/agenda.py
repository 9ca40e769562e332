"""What residents' themes offer for a meeting's agenda."""

from collections.abc import Iterator
from datetime import date

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from core.web.space import space_url
from engagement.models import Theme
from partnerships.agenda import Suggestion
from partnerships.models import Meeting

MOST_OFFERED = 10
OPEN = (Theme.Outcome.OPEN, Theme.Outcome.UNDECIDED)


def themes_without_answer(meeting: Meeting, today: date) -> Iterator[Suggestion]:
    """Themes of residents that nobody decided about."""
    rows = Theme.objects.filter(partnership=meeting.partnership_id, outcome__in=OPEN)
    for theme in rows.order_by("created_at", "id")[:MOST_OFFERED]:
        since = date_format(localtime(theme.created_at), "SHORT_DATE_FORMAT")
        yield Suggestion(
            code=f"theme:{theme.pk}",
            title=str(theme)[:200],
            why=_("Residents wait for an answer since %(day)s") % {"day": since},
            url=space_url("theme_detail", slug=meeting.partnership.slug, theme_id=theme.pk),
        )
