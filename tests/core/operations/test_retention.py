"""Data goes when its time is over, not a day before; what is held stays (PRI-10)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import ProgrammingError, transaction

from core.models import AuditEvent, OutboxMail, Tenant
from core.operations.retention import change_retention, run_retention
from core.queries.retention import due_classes, registered_keepings
from core.queries.tenant import remember_tenant

TODAY = date(2026, 11, 20)


def an_act(at: datetime, verb: str = "thing.done") -> AuditEvent:
    event = AuditEvent(verb=verb, subject_type="thing")
    # The app may not change an act, so its moment is set as it is written.
    field = AuditEvent._meta.get_field("at")
    field.auto_now_add, event.at = False, at
    try:
        event.save(force_insert=True)
    finally:
        field.auto_now_add = True
    return event


def a_mail(day: date, key: str, **fields) -> OutboxMail:
    mail = OutboxMail.objects.create(
        to="a@b.example", subject="Hello", text="Dear", kind="x", dedup_key=key, message_id="1",
        send_after=datetime(2026, 1, 1, tzinfo=UTC), **{"state": "sent", **fields},
    )  # fmt: skip
    OutboxMail.objects.filter(pk=mail.pk).update(created_at=datetime(day.year, day.month, day.day, 9, tzinfo=UTC))
    return mail


def due(code: str, **given) -> int:
    return next(one.count for one in due_classes(today=TODAY, **given) if one.keeping.code == code)


def test_exactly_the_mails_whose_time_is_over_are_emptied(space):
    a_mail(TODAY - timedelta(days=365), "old")
    a_mail(TODAY - timedelta(days=364), "young")
    a_mail(TODAY - timedelta(days=900), "waiting", state="waiting")
    assert due("mail") == 1
    assert run_retention(today=TODAY) == {"mail": 1}
    assert list(OutboxMail.objects.exclude(to="").order_by("dedup_key").values_list("dedup_key", flat=True)) == [
        "waiting",
        "young",
    ]
    assert (due("mail"), run_retention(today=TODAY)) == (0, {})


def test_run_is_written_down_with_counts_and_nothing_when_nothing_went(space):
    run_retention(today=TODAY)
    assert not AuditEvent.objects.filter(verb="retention.run").exists()
    a_mail(date(2020, 1, 1), "old")
    run_retention(today=TODAY)
    assert AuditEvent.objects.get(verb="retention.run").changes == {"today": "2026-11-20", "mail": 1}


def test_history_goes_after_its_days_and_no_other_spaces_does(space, neighbour):
    from core.tenancy.context import tenant_scope
    from tests.core.conftest import outside_any_tenant

    old = datetime(2024, 1, 1, tzinfo=UTC)

    def there():
        with tenant_scope(neighbour.pk):
            return an_act(old).pk

    theirs = outside_any_tenant(there)
    an_act(old)
    kept = an_act(datetime(2026, 11, 1, tzinfo=UTC), "kept.done")
    assert due("audit") == 1
    assert run_retention(today=TODAY) == {"audit": 1}
    assert AuditEvent.objects.filter(pk=kept.pk).exists()

    def still_there():
        with tenant_scope(neighbour.pk):
            return AuditEvent.objects.filter(pk=theirs).exists()

    assert outside_any_tenant(still_there)


def test_history_keeps_six_months_whatever_it_is_asked(space):
    run_retention(today=date(2099, 1, 1))
    assert AuditEvent.objects.exists()
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        AuditEvent.objects.all().delete()


def test_class_on_hold_loses_nothing(space, admin):
    a_mail(date(2020, 1, 1), "old")
    change_retention(days={}, holds=["mail"], by=admin)
    assert due("mail") == 0
    assert run_retention(today=TODAY) == {}
    change_retention(days={}, holds=[], by=admin)
    assert run_retention(today=TODAY) == {"mail": 1}


def test_days_are_changed_within_the_law_and_recorded(space, admin):
    change_retention(days={"audit": 200, "mail": 40}, holds=[], by=admin)
    tenant = Tenant.objects.get(pk=space.pk)
    assert (tenant.retention_days["audit"], tenant.retention_days["mail"]) == (200, 40)
    assert tenant.retention_days["conflict"] == 730
    assert "retention_days" in AuditEvent.objects.get(verb="retention.changed").changes


@pytest.mark.parametrize(
    ("days", "holds"),
    [({"audit": 182}, []), ({"agreement": 3652}, []), ({"mail": 8000}, []), ({"weather": 90}, []), ({}, ["weather"])],
)
def test_what_the_law_forbids_and_nobody_knows_is_refused(space, admin, days, holds):
    with pytest.raises(ValidationError):
        change_retention(days=days, holds=holds, by=admin)
    assert Tenant.objects.get(pk=space.pk).retention_days == space.retention_days


def test_shorter_days_written_by_hand_do_not_go_below_the_law(space):
    Tenant.objects.filter(pk=space.pk).update(retention_days={"audit": 1})
    remember_tenant(None)
    assert next(one.days for one in due_classes(today=TODAY) if one.keeping.code == "audit") == 183


def test_each_class_says_what_it_is_and_its_default_is_allowed():
    codes = [keeping.code for keeping in registered_keepings()]
    of_residents = {"resident_contact", "activity_contact", "survey_files", "survey_invitation", "survey_words"}
    of_volunteers = {"volunteer", "concern"}
    others = {"audit", "mail", "assessment", "import_file", "agreement", "worry", "picture_consent"}
    assert of_residents | of_volunteers | others == set(codes)
    for keeping in registered_keepings():
        assert keeping.least_days <= keeping.default_days <= keeping.most_days, keeping.code
        assert all(map(str, (keeping.label, keeping.clock, keeping.effect)))
