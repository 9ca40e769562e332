"""Removing what was kept long enough, and deciding how long that is (R-D6, PRI-10)."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.models import AuditEvent, OutboxMail, Tenant, User
from core.operations.audit import changed_fields, record
from core.queries.retention import registered_keepings
from core.queries.tenant import remember_tenant, root_scope, tenant_at_work
from core.rules.retention import Keeping, is_held, last_day_of

WAITING = [OutboxMail.State.WAITING]


@transaction.atomic
def run_retention(*, today: date) -> dict[str, int]:
    """Remove what is due in the tenant at work; history keeps how many of each class. Safe to run twice."""
    tenant = Tenant.objects.get(pk=tenant_at_work().pk)
    gone: dict[str, int] = {}
    for keeping in registered_keepings():
        if is_held(keeping, tenant.retention_holds):
            continue
        if count := keeping.forget(last_day_of(keeping, tenant.retention_days, today=today)):
            gone[keeping.code] = count
    if gone:
        record("retention.run", root_scope(), by=None, changes={"today": str(today), **gone})
    return gone


@transaction.atomic
def change_retention(*, days: Mapping[str, int], holds: Sequence[str], by: User) -> Tenant:
    """Decide how long each class is kept, and which are held for now.

    Raises ValidationError by class for what the law does not allow, and for a class nobody knows.
    """
    known = {keeping.code: keeping for keeping in registered_keepings()}
    faults: dict[str, Any] = {}
    for code, count in days.items():
        keeping = known.get(code)
        if keeping is None:
            faults[code] = [_("There is no such class.")]
        elif not keeping.least_days <= count <= keeping.most_days:
            faults[code] = [
                _("Between %(least)s and %(most)s days.") % {"least": keeping.least_days, "most": keeping.most_days}
            ]
    if faults or not set(holds) <= known.keys():
        raise ValidationError(faults or _("There is no such class."))
    tenant: Tenant = Tenant.objects.select_for_update().get(pk=tenant_at_work().pk)
    wanted = {
        "retention_days": {**tenant.retention_days, **days},
        "retention_holds": [code for code in known if code in holds],
    }
    changes = changed_fields(tenant, wanted)
    for name, value in wanted.items():
        setattr(tenant, name, value)
    tenant.save(update_fields=[*wanted])
    if changes:
        record("retention.changed", root_scope(), by=by, changes=changes)
    remember_tenant(tenant)
    return tenant


def end_of(day: date) -> datetime:
    """The moment a day ends where the space is."""
    return datetime.combine(day + timedelta(days=1), time(), ZoneInfo(tenant_at_work().time_zone)).astimezone(UTC)


def due_audit(last_day: date) -> int:
    """How many acts in history are this old."""
    return AuditEvent.objects.filter(at__lt=end_of(last_day)).count()


def forget_audit(last_day: date) -> int:
    """Remove old acts from history through the one door there is, which keeps six months whatever it is asked."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT forget_old_audit(%s)", [end_of(last_day)])
        (gone,) = cursor.fetchone()
    return int(gone)


def due_mails(last_day: date) -> int:
    """How many mails of this age still say something."""
    return _old_mails(last_day).count()


def forget_mails(last_day: date) -> int:
    """Empty address and text of old mails; the row stays, so that the same mail is not written twice."""
    return _old_mails(last_day).update(to="", subject="", text="", html="", unsubscribe_url="")


def _old_mails(last_day: date) -> QuerySet[OutboxMail]:
    return OutboxMail.objects.exclude(state__in=WAITING).exclude(to="").filter(created_at__lt=end_of(last_day))


def own_keepings() -> list[Keeping]:
    """What core itself keeps for a time."""
    return [
        Keeping(
            code="audit",
            label=gettext_lazy("History of who did what"),
            clock=gettext_lazy("Counted from the act"),
            effect=gettext_lazy("Then the act is removed from history"),
            default_days=730,
            least_days=183,
            due=due_audit,
            forget=forget_audit,
            why_least=gettext_lazy("At least six months: what administrators did must stay provable."),
        ),
        Keeping(
            code="mail",
            label=gettext_lazy("Mails we sent"),
            clock=gettext_lazy("Counted from the day a mail was written"),
            effect=gettext_lazy("Then address and text are emptied"),
            default_days=365,
            least_days=30,
            due=due_mails,
            forget=forget_mails,
        ),
    ]
