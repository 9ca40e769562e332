"""Putting mails into outboxes and sending them: ``python -m bench.inside.mails write|send|bare PREFIX COUNT``."""

import smtplib
import sys
from email.message import EmailMessage
from typing import Any

from bench.inside import Clock, start, tell

TEXT = "Good morning,\n\nthree things are due this week.\n\n" + "A line about one of them, with its link.\n" * 12


def tenants(prefix: str) -> list[int]:
    from core.models import Tenant

    return list(Tenant.objects.filter(slug__startswith=f"{prefix}-").order_by("pk").values_list("pk", flat=True))


def write(prefix: str, count: int) -> dict[str, Any]:
    """``count`` waiting mails, spread over the tenants."""
    from django.utils import timezone

    from core.models import OutboxMail
    from core.tenancy.context import tenant_scope
    from core.tenancy.keys import new_id

    places = tenants(prefix)
    for turn, tenant_id in enumerate(places):
        with tenant_scope(tenant_id):
            OutboxMail.objects.bulk_create(
                OutboxMail(
                    to=f"person{number}@t{tenant_id}.example",
                    subject=f"Reminder {tenant_id}/{number}",
                    text=TEXT,
                    kind="bench",
                    dedup_key=f"bench:{new_id()}",
                    message_id=f"<{new_id()}@bench.example>",
                    bulk=True,
                    send_after=timezone.now(),
                )
                for number in range(turn, count, len(places))
            )
    return {"written": count}


def send(prefix: str, _count: int) -> dict[str, Any]:
    """Empty the outboxes as a worker does."""
    from core.operations.delivery import deliver_due

    sent = 0
    with Clock() as clock:
        places = tenants(prefix)
        while found := sum(deliver_due(tenant_id) for tenant_id in places):
            sent += found
    return {"sent": sent, "seconds": clock.seconds}


def bare(_prefix: str, count: int) -> dict[str, Any]:
    """The same mails from no outbox at all: one connection for fifty."""
    from django.conf import settings

    host, port = settings.MAILERS["bulk"]["OPTIONS"]["host"], settings.MAILERS["bulk"]["OPTIONS"]["port"]
    with Clock() as clock:
        for first in range(0, count, 50):
            with smtplib.SMTP(host, port, timeout=15) as connection:
                for number in range(first, min(first + 50, count)):
                    message = EmailMessage()
                    message["From"], message["To"] = "telaio@bench.example", f"person{number}@t.example"
                    message["Subject"], message["Message-ID"] = f"Reminder {number}", f"<bare-{number}@bench.example>"
                    message.set_content(TEXT)
                    connection.send_message(message)
    return {"sent": count, "seconds": clock.seconds}


if __name__ == "__main__":
    start()
    tell({"write": write, "send": send, "bare": bare}[sys.argv[1]](sys.argv[2], int(sys.argv[3])))
