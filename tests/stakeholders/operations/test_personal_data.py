"""Handing over what is held on a person, erasing them, and erasing again after a restore."""

import json
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.files.storage import default_storage
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from core.access.roles import Role
from core.models import AuditEvent, Erasure, Grant, Membership, OutboxMail, StoredFile
from core.operations.erasure_list import read_list
from metrics.models import Measurement
from metrics.operations.measurement import verify_measurement
from partnerships.models import Representative, Signature, Task
from reports.queries.snapshot import take_snapshot
from stakeholders.document import person_html
from stakeholders.models import (
    Affiliation,
    Assessment,
    Asset,
    ContactPoint,
    Interaction,
    MapEntry,
    MapRater,
    MapRound,
    PersonExport,
    Stakeholder,
    StakeholderImport,
    StakeholderMap,
)
from stakeholders.operations.asset import add_asset
from stakeholders.operations.import_steps import begin_import, choose_columns, run_import, start_import
from stakeholders.operations.interaction import log_interaction
from stakeholders.operations.merge import merge_stakeholders
from stakeholders.operations.personal_data import (
    ErasureRefusedError,
    ask_for_document,
    erase_person,
    export_person,
    forget_old_exports,
    render_person_export,
    replay_erasures,
)
from stakeholders.operations.stakeholder import change_stakeholder
from stakeholders.personal_data import subject_of
from stakeholders.queries.personal_data import plan_of
from stakeholders.queries.stakeholder_import import mapping_of
from tests.core.documents.conformance import pdfua_problems
from tests.factories.core import make_user
from tests.factories.goals import make_adopted_goal
from tests.factories.metrics import Q1, make_measurement
from tests.factories.partnerships import make_agreement, make_member, make_partnership, make_task
from tests.factories.stakeholders import make_person, make_stakeholder, upload_of

TODAY = date(2026, 11, 20)
ANNA = {"email": "anna@neri.example", "phone": "+39 0532 112233"}


@pytest.fixture
def anna(space):
    return make_person("Anna Neri", of=make_stakeholder("Circolo Aurora"), **ANNA)


def rows_of(export, code):
    return next((part["rows"] for part in export["holdings"] if part["code"] == code), [])


def assessed(person, *, by, reason):
    board = StakeholderMap.objects.create(title="Work", issue="Work")
    return Assessment.objects.create(
        entry=MapEntry.objects.create(map=board, stakeholder=person, ring=1),
        round=MapRound.objects.create(map=board, number=1, opened_on=TODAY),
        rater=MapRater.objects.create(map=board, user=by),
        rated_on=TODAY,
        power=4,
        reason=reason,
    )


def test_export_holds_what_others_think_and_masks_who_thinks_it(anna, admin, coordinator):
    bruno = make_person("Bruno Pane", email="bruno@pane.example")
    assessed(anna, by=coordinator, reason="Listens. Bruno Pane (bruno@pane.example) trusts her, Giulia Ferri too.")
    log_interaction(stakeholder=anna, by=coordinator, kind="call", held_on=TODAY, summary="Anna said yes.", today=TODAY)
    export = export_person(person=anna, by=admin)
    (said,) = rows_of(export, "assessments")
    assert said["reason"] == "Listens. another person (another person) trusts her, another person too."
    assert said["power"] == 4
    assert rows_of(export, "talks")[0]["by"] == "another person"
    text = json.dumps(export)
    assert ANNA["email"] in text
    assert not any(word in text for word in ("Bruno", "Giulia", bruno.email, str(bruno.pk)))
    assert AuditEvent.objects.filter(verb="person.exported", actor=admin, subject_id=anna.pk).count() == 1


def test_links_that_open_something_are_not_handed_over(anna, admin):
    OutboxMail.objects.create(
        to=ANNA["email"], subject="Sign", text="Here: http://x.example/l/borgo/agreement/S3CRET-token/\nBye", kind="x",
        dedup_key="1", message_id="1", send_after=timezone.now(),
    )  # fmt: skip
    export = export_person(person=anna, by=admin)
    assert rows_of(export, "mails")[0]["text"] == "Here: a link\nBye"
    assert "S3CRET" not in json.dumps(export)


def test_two_exports_of_the_same_data_have_the_same_check_sum(anna, admin):
    from stakeholders.queries.personal_data import export_of

    first, second = export_of(subject_of(anna)), export_of(subject_of(anna))
    assert first["snapshot"] == second["snapshot"]
    change_stakeholder(stakeholder=anna, by=admin, description="Plays the horn")
    assert export_of(subject_of(anna))["snapshot"] != first["snapshot"]


def test_statistics_are_the_same_before_and_after(anna, admin, coordinator):
    partnership = make_partnership(territory="Borgo", purpose="Work known")
    goal = make_adopted_goal(partnership, coordinator)
    account = make_user("anna@neri.example", "Anna Neri", role=Role.EVALUATOR)
    Stakeholder.objects.filter(pk=anna.pk).update(user=account)
    member = make_member(partnership, "Forno", state="member")
    Representative.objects.create(member=member, person=anna)
    done = make_task(partnership, state="done", person=anna, member=member, due_on=TODAY)
    Task.objects.filter(pk=done.pk).update(finished_on=TODAY)
    value = make_measurement(goal.indicator, period=Q1, numerator=Decimal(60), denominator=Decimal(180), by=coordinator)
    verify_measurement(measurement=value, by=account)

    def figures():
        snapshot = take_snapshot(
            partnership, starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31), summary="", not_working=""
        )
        tasks = list(Task.objects.order_by("pk").values_list("state", "due_on", "finished_on", "member"))
        values = list(Measurement.objects.order_by("pk").values_list("state", "numerator", "verified_by"))
        return snapshot, tasks, values

    before = figures()
    assert before[2][0][0] == "verified"
    anna.refresh_from_db()
    erase_person(person=anna, by=admin)
    assert figures() == before
    done.refresh_from_db()
    assert str(done.person) == "Erased person"
    assert str(Measurement.objects.get().verified_by) == "Erased person"
    assert not Representative.objects.exists()


def test_tombstone_says_nothing_and_is_in_no_list(anna, admin, coordinator, viewer):
    from stakeholders.queries.stakeholder import stakeholders_visible_to

    ContactPoint.objects.create(stakeholder=anna, kind="phone", value="333")
    said = assessed(anna, by=coordinator, reason="Kind")
    log_interaction(stakeholder=anna, by=admin, kind="call", held_on=TODAY, summary="Well", today=TODAY)
    erasure = erase_person(person=anna, by=admin)
    anna.refresh_from_db()
    assert (anna.name, anna.email, anna.phone, anna.search_text) == ("Erased person", "", "", "")
    assert anna.erased_at is not None
    assert anna not in stakeholders_visible_to(viewer(admin))
    assert not ContactPoint.objects.exists()
    assert not Affiliation.objects.exists()
    talk = Interaction.objects.get()
    assert (talk.summary, talk.held_on) == ("", TODAY)
    said.refresh_from_db()
    assert (said.reason, said.power) == ("", 4)
    assert erasure.counts["talks"] == 1


def test_name_is_cut_out_of_what_was_written_of_others(anna, admin):
    firm = make_stakeholder("Officine", description="Ask ANNA  NERI or anna@neri.example first. Anna knows.")
    bearer = make_stakeholder("Fondazione Anna Neri")
    plan = plan_of(subject_of(anna))
    assert [one.words for one in plan.mentions] == [firm.description]
    assert [count for kept, count in plan.kept_words if kept.table == "stakeholders.Stakeholder"] == [1]
    erase_person(person=anna, by=admin)
    firm.refresh_from_db()
    bearer.refresh_from_db()
    assert firm.description == "Ask Erased person or Erased person first. Anna knows."
    assert bearer.name == "Fondazione Anna Neri"


def test_name_two_people_have_is_left_in_texts(anna, admin):
    make_person("Anna  Néri", email="other@neri.example")
    firm = make_stakeholder("Officine", description="Anna Neri, anna@neri.example")
    assert plan_of(subject_of(anna)).namesakes
    erase_person(person=anna, by=admin)
    firm.refresh_from_db()
    assert firm.description == "Anna Neri, Erased person"


def test_address_an_organisation_has_too_stays_its(anna, admin):
    club = Stakeholder.objects.get(name="Circolo Aurora")
    change_stakeholder(stakeholder=club, by=admin, email="Anna@Neri.example")
    OutboxMail.objects.create(
        to="anna@neri.example", subject="Hello", text="Dear club", kind="x", dedup_key="1", message_id="1",
        send_after=timezone.now(),
    )  # fmt: skip
    assert plan_of(subject_of(anna)).shared == ["anna@neri.example"]
    erase_person(person=anna, by=admin)
    club.refresh_from_db()
    assert club.email.lower() == "anna@neri.example"
    assert OutboxMail.objects.get().text == "Dear club"


def test_mail_not_sent_yet_never_leaves_and_sent_ones_lose_their_words(anna, admin):
    for number, state in enumerate(("waiting", "sent")):
        OutboxMail.objects.create(
            to="Anna@neri.example", subject="Hello", text="Dear Anna", kind="x", dedup_key=str(number),
            message_id="1", send_after=timezone.now(), state=state,
        )  # fmt: skip
    erase_person(person=anna, by=admin)
    assert list(OutboxMail.objects.order_by("dedup_key").values_list("to", "text", "state")) == [
        ("", "", "dropped"),
        ("", "", "sent"),
    ]


def test_history_forgets_names_and_keeps_that_something_was_done(anna, admin):
    change_stakeholder(stakeholder=anna, by=admin, sector="faith")
    erase_person(person=anna, by=admin)
    told = AuditEvent.objects.filter(subject_id=anna.pk).order_by("at", "id")
    assert {"stakeholder.added", "stakeholder.changed", "person.erased"} <= set(told.values_list("verb", flat=True))
    assert set(told.exclude(verb="person.erased").values_list("subject_label", flat=True)) == {""}
    assert told.get(verb="stakeholder.changed").changes == {}
    assert told.get(verb="person.erased").subject_label == "Erased person"


def test_history_has_no_door_without_an_erasure(anna):
    with pytest.raises(ProgrammingError, match="no erasure"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT forget_person_in_audit(%s, %s, %s)", [anna.pk, [anna.pk], ["%"]])


def test_erasures_can_be_neither_changed_nor_removed(anna, admin):
    erase_person(person=anna, by=admin)
    for change in (lambda: Erasure.objects.update(counts={}), lambda: Erasure.objects.all().delete()):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            change()


def test_signature_in_force_keeps_its_name_by_law(anna, admin):
    version = make_agreement(make_partnership())
    known = {"version": version, "person": anna, "name": "Anna Neri", "capacity": "Chair"}
    signed = Signature.objects.create(
        member=make_member(version.agreement.partnership, "Forno"), state="signed", **known
    )
    asked = Signature.objects.create(
        member=make_member(version.agreement.partnership, "Banda"), state="requested", **known
    )
    plan = plan_of(subject_of(anna))
    assert [(one.holding.code, one.count) for one in plan.kept] == [("signatures", 1)]
    assert plan.kept_words == []
    erase_person(person=anna, by=admin)
    signed.refresh_from_db()
    asked.refresh_from_db()
    assert (signed.name, signed.capacity, asked.name, asked.capacity) == ("Anna Neri", "Chair", "", "")


def test_thing_a_partnership_counts_on_stays_without_words(anna, admin):
    from partnerships.models import ResourceNeed

    van = add_asset(owner=anna, by=admin, kind="equipment", title="Anna's van", description="Red")
    add_asset(owner=anna, by=admin, kind="skill", title="Accounts")
    need = ResourceNeed.objects.create(
        partnership=make_partnership(), kind="equipment", title="A van", state="met", met_by=van
    )
    erase_person(person=anna, by=admin)
    need.refresh_from_db()
    assert need.state == "met"
    assert list(Asset.objects.values_list("title", "description")) == [("Erased person", "")]


def test_records_merged_into_the_person_go_with_them(anna, admin):
    twin = make_person("Annina Neri", email="annina@neri.example")
    merge_stakeholders(kept=anna, absorbed=twin, by=admin)
    anna.refresh_from_db()
    erase_person(person=anna, by=admin)
    twin.refresh_from_db()
    assert (twin.name, twin.email) == ("Erased person", "")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM stakeholders_stakeholdermerge")
        assert cursor.fetchone() == (0,)


def test_file_of_an_import_they_came_with_goes(space, admin, django_capture_on_commit_callbacks):
    upload = upload_of("02000330205,Anna Neri,Borgo", "80000440158,Banda,Borgo")
    begun = begin_import(upload=upload, by=admin)
    choose_columns(record_id=begun.pk, mapping=mapping_of(begun), by=admin)
    start_import(record_id=begun.pk, leave_out_bad_rows=False, by=admin)
    run_import(record_id=begun.pk, on_progress=lambda *_: None)
    anna = Stakeholder.objects.get(name="Anna Neri")
    Stakeholder.objects.filter(pk=anna.pk).update(kind="person")
    key = StoredFile.objects.get(pk=begun.file_id).storage_key
    with django_capture_on_commit_callbacks(execute=True):
        erase_person(person=anna, by=admin)
    assert not default_storage.exists(key)
    assert StoredFile.objects.get(pk=begun.file_id).size_bytes == 0
    assert StakeholderImport.objects.get().state == "done"
    assert Stakeholder.objects.filter(name="Banda").exists()


def test_account_ends_with_roles_and_place(anna, admin):
    account = make_user("anna@neri.example", "Anna Neri", role=Role.COORDINATOR)
    Stakeholder.objects.filter(pk=anna.pk).update(user=account)
    anna.refresh_from_db()
    erase_person(person=anna, by=admin)
    assert not Grant.objects.filter(user=account).exists()
    assert not Membership.objects.filter(user=account).exists()
    account.refresh_from_db()
    assert account.email == f"{account.pk}@erased.invalid"


def test_who_may_not_be_erased_is_refused_in_words(anna, admin, coordinator):
    club = Stakeholder.objects.get(name="Circolo Aurora")
    with pytest.raises(ErasureRefusedError, match="Only people"):
        erase_person(person=club, by=admin)
    me = make_person("Admin Borgo", user=admin)
    with pytest.raises(ErasureRefusedError, match="your own account"):
        erase_person(person=me, by=admin)
    with pytest.raises(ErasureRefusedError, match="another administrator first"):
        erase_person(person=me, by=None)
    with pytest.raises(ErasureRefusedError, match="above yours"):
        erase_person(person=me, by=coordinator)
    twin = make_person("Annina Neri")
    merge_stakeholders(kept=anna, absorbed=twin, by=admin)
    with pytest.raises(ErasureRefusedError, match="merged"):
        erase_person(person=twin, by=admin)
    assert not Erasure.objects.exists()


def test_erasing_twice_is_once(anna, admin):
    first = erase_person(person=anna, by=admin)
    assert erase_person(person=anna, by=admin) == first
    assert AuditEvent.objects.filter(verb="person.erased").count() == 1


def test_erasure_is_written_outside_the_database_by_id_alone(anna, admin, settings, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        erase_person(person=anna, by=admin)
    (line,) = read_list(settings.ERASURE_LIST)
    assert (line.tenant_id, line.person_id) == (anna.tenant_id, anna.pk)
    assert "neri" not in settings.ERASURE_LIST.read_text().lower()


def test_who_stands_there_again_after_a_restore_is_erased_again(anna, space):
    bruno = make_person("Bruno Pane")
    unknown = Stakeholder(name="nobody").pk
    assert replay_erasures(person_ids=[anna.pk, unknown]) == (1, [])
    assert replay_erasures(person_ids=[anna.pk, unknown]) == (0, [])
    anna.refresh_from_db()
    bruno.refresh_from_db()
    assert (anna.name, bruno.name) == ("Erased person", "Bruno Pane")
    assert AuditEvent.objects.get(verb="person.erased").actor_label == "restore"


def test_neighbours_person_is_out_of_reach(space, neighbour, admin, anna):
    from core.tenancy.context import tenant_scope
    from tests.core.conftest import outside_any_tenant

    def over_there():
        with tenant_scope(neighbour.pk):
            return replay_erasures(person_ids=[anna.pk])

    assert outside_any_tenant(over_there) == (0, [])
    anna.refresh_from_db()
    assert anna.name == "Anna Neri"


@pytest.mark.slow  # renders a document in a process of its own
@pytest.mark.parametrize(
    ("language", "title"), [("en", "What we hold on you"), ("it", "Che cosa conserviamo su di te")]
)
def test_document_is_made_once_is_accessible_and_goes_with_the_person(
    anna, admin, coordinator, language, title, django_capture_on_commit_callbacks
):
    assessed(anna, by=coordinator, reason="Listens to everybody")
    export = ask_for_document(person=anna, language=language, by=admin)
    made = render_person_export(export_id=export.pk)
    assert render_person_export(export_id=export.pk).file_id == made.file_id
    with default_storage.open(made.file.storage_key) as source:
        pdf = source.read()
    assert pdfua_problems(pdf) == []
    text = person_html(subject_of(anna), language)
    assert title in text
    assert "Listens to everybody" in text
    assert "Giulia" not in text
    with django_capture_on_commit_callbacks(execute=True):
        erase_person(person=anna, by=admin)
    assert not PersonExport.objects.exists()
    assert not default_storage.exists(made.file.storage_key)
    assert render_person_export(export_id=export.pk) is None


def test_documents_go_after_thirty_days(anna, admin):
    export = ask_for_document(person=anna, language="en", by=admin)
    today = timezone.localdate()
    assert forget_old_exports(today=today + timedelta(days=29)) == 0
    assert forget_old_exports(today=today + timedelta(days=30)) == 1
    assert not PersonExport.objects.filter(pk=export.pk).exists()
