"""TEN-11: what is found, listed, exported and mailed in our space holds nothing of the neighbour's."""

from datetime import timedelta

from django.utils import timezone

from core.jobs.daily import run_daily
from core.models import Job, OutboxMail
from tests.architecture.everything import CANARY, fingerprint
from tests.architecture.matrix import addresses_of, content_of, sent, without_log
from tests.factories.core import make_user

# The beginning of what must not be found: what was asked for stands in the answer itself.
SEARCH = CANARY[:9]
ASKED = f"q={SEARCH}&search={SEARCH}"


def test_searches_and_exports_find_nothing_of_the_neighbours(foreign, own, admin_browser):
    found, exported = [], 0
    with without_log():
        for route, path in addresses_of(own, foreign.tokens):
            answer = sent(admin_browser, "get", f"{path}?{ASKED}&format=csv")
            shown = content_of(answer)
            if answer.headers.get("Content-Type", "").startswith("text/csv"):
                exported += 1
                shown += content_of(sent(admin_browser, "get", f"{path}?{ASKED}"))
            if CANARY.encode() in shown:
                found.append(route.pattern)
    assert found == []
    assert exported > 20


def test_daily_work_mails_nothing_of_the_neighbours(foreign, own, space, neighbour):
    make_user("writer@borgo.example", role="coordinator")
    before, today = fingerprint(neighbour.pk), timezone.localdate()
    for days in (0, 8):
        run_daily(space.pk, today + timedelta(days=days))
    mails = [f"{mail.subject} {mail.text} {mail.html}" for mail in OutboxMail.objects.all()]
    assert any("Ours" in mail for mail in mails)
    assert not any(CANARY in mail for mail in mails)
    assert not Job.objects.filter(arguments__icontains=CANARY).exists()
    assert fingerprint(neighbour.pk) == before
