"""The early-warning signal of residents who wait too long (domain 11)."""

from collections.abc import Collection, Iterator
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.access.permissions import Permission
from core.web.space import space_url
from engagement.models import Submission
from engagement.rules.answering import share_in_words
from engagement.rules.signal import received_before, too_many_wait
from engagement.rules.submission import NO_MESSAGE, WAITING
from partnerships.early_signs import Facts, Found, SignalRule
from partnerships.models import Partnership
from partnerships.rules.signal import Challenge

QUARTER = timedelta(days=90)


def waiting_residents(partnerships: Collection[Partnership], *, today: date) -> Iterator[Found]:
    """Partnerships in which over a fifth of the messages due an answer in the last ninety days wait for it still.

    A message that waits longer than that counts until it is answered; one said twice counts once.
    """
    until = datetime.combine(received_before(today), time(), UTC)
    rows = Submission.objects.filter(
        Q(received_hour__gte=until - QUARTER) | Q(state__in=WAITING),
        partnership__in=partnerships,
        received_hour__lt=until,
        duplicate_of=None,
        wants_reply=True,
    ).exclude(state__in=NO_MESSAGE)
    counted = (
        rows.order_by()
        .values_list("partnership_id")
        .annotate(due=Count("id"), overdue=Count("id", filter=Q(state__in=WAITING)))
    )
    for key, due, overdue in counted:
        if too_many_wait(overdue=overdue, due=due):
            yield Found(key, {"overdue": overdue, "due": due, "percent": 100 * overdue // due})


def _words(facts: Facts, _name: str) -> str:
    share = share_in_words(int(facts["overdue"]), int(facts["due"]))
    return _("Residents wait longer than promised for an answer: %(share)s messages.") % {"share": share}


def _where(slug: str) -> str:
    return f"{space_url('inbox')}?partnership={slug}"


RESIDENTS_WAITING = SignalRule(
    "residents_waiting",
    Challenge.COMMUNICATION,
    10,
    gettext_lazy(
        "Of the messages whose answer was due in the last 90 days, or that still wait for it, over 20 per cent got "
        "none within ten working days."
    ),
    gettext_lazy("Answer those who wait longest, if only to say when you will know more."),
    _where,
    _words,
    waiting_residents,
    step_permission=Permission.ANSWER_RESIDENTS,
    measure=lambda facts: int(facts["percent"]),
    step=10,
)
