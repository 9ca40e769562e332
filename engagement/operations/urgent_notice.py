"""A mail on the same day to those who answer residents when somebody writes of danger (R-E6).

Written by the hour's round and never in the moment itself: the mail must not tell when somebody wrote (PRI-04).
"""

import uuid
from collections.abc import Iterable
from datetime import datetime

from core.models import User
from core.operations.mail import write_mail
from core.queries.tenant import tenant_at_work
from core.web.space import absolute, space_url
from engagement.queries.due import Readers
from engagement.queries.submission import urgent_since
from stakeholders.models import Stakeholder

KIND = "resident_urgent"


def has_urgent_news(*, now: datetime) -> bool:
    """Whether somebody wrote of danger in the hours that are over and nobody has taken it up; one query."""
    return urgent_since(now).exists()


def write_urgent_notices(*, now: datetime) -> int:
    """Tell whoever has such a message in hand, else coordination, once for each hour; returns how many mails are new.

    Of a complaint never people of the member it is about (R-E8). No words of residents are told.
    """
    waiting = list(urgent_since(now).select_related("partnership", "about_member", "assigned_to").defer("text"))
    if not waiting:
        return 0
    readers = Readers(waiting)
    wanted = {(key, one.partnership, one.newest_hour) for one in waiting for key in readers.of(one)}  # type: ignore[attr-defined]  # annotated by urgent_since
    people = {person.pk: person for person in _people({key for key, _partnership, _hour in wanted})}
    mails = [
        write_mail(
            to=people[key].email,
            kind=KIND,
            dedup_key=f"{KIND}:{key}:{partnership.pk}:{hour:%Y%m%d%H}",
            language=people[key].language or tenant_at_work().default_language,
            template=KIND,
            context={
                "name": people[key].name or people[key].email,
                "partnership": partnership,
                "url": absolute(f"{space_url('inbox')}?urgent=1"),
            },
        )
        for key, partnership, hour in sorted(wanted, key=lambda one: (str(one[0]), one[2]))
        if key in people
    ]
    return sum(mail is not None for mail in mails)


def _people(keys: set[uuid.UUID]) -> Iterable[Stakeholder | User]:
    yield from Stakeholder.objects.filter(pk__in=keys, do_not_contact=False).exclude(email="")
    yield from User.objects.filter(pk__in=keys, is_active=True)
