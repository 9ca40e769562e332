import pytest
from django.utils import timezone

from core.jobs.running import run_job
from core.models import AuditEvent
from core.queries.viewer import viewer_for
from stakeholders.models import Affiliation, ContactPoint, ImportChange, Stakeholder, StakeholderTag, Tag
from stakeholders.operations import import_undo
from stakeholders.operations.import_steps import begin_import, choose_columns, start_import
from stakeholders.operations.import_undo import ImportNotUndoableError, ask_to_undo, is_being_undone, undo_import
from stakeholders.operations.interaction import log_interaction
from stakeholders.operations.merge import merge_stakeholders
from stakeholders.operations.stakeholder import change_stakeholder
from stakeholders.queries.import_undo import kept_after_undo
from stakeholders.queries.stakeholder import ids_found
from stakeholders.queries.stakeholder_import import mapping_of
from tests.factories.stakeholders import make_stakeholder, upload_of

HEADER = "Nome,Cognome,Organizzazione,Email,E-mail 2 - Value,Tags"
ROWS = ["Anna,Neri,Coro,anna@coro.it,neri@coro.it,Musica", "Bruno,Bianchi,Banda,,,"]


def imported(*rows, by, header=HEADER, **options):
    begun = begin_import(upload=upload_of(*rows, header=header), by=by)
    choose_columns(record_id=begun.pk, mapping=mapping_of(begun), by=by)
    found = start_import(record_id=begun.pk, leave_out_bad_rows=False, by=by, **options)
    run_job(found.tenant_id, str(found.job_id))
    found.refresh_from_db()
    assert found.state == "done", found.errors
    return found


def test_everything_an_import_brought_goes_again(space, coordinator):
    make_stakeholder("Orti")
    found = imported(*ROWS, by=coordinator)
    assert ImportChange.objects.filter(stakeholder_import=found).count() == 4
    undone = undo_import(record_id=found.pk, by=coordinator)
    assert (undone.removed, undone.kept) == (4, 0)
    assert list(Stakeholder.objects.values_list("name", flat=True)) == ["Orti"]
    for model in (Affiliation, ContactPoint, StakeholderTag, Tag, ImportChange):
        assert not model.objects.exists()
    found.refresh_from_db()
    assert (found.state, found.undone_at is not None) == ("undone", True)
    assert AuditEvent.objects.get(verb="stakeholders.import_undone").changes == {"removed": 4, "kept": 0, "emptied": 0}


def test_who_was_worked_with_since_stays_with_the_organisation_and_is_named(space, coordinator):
    found = imported(*ROWS, by=coordinator)
    anna = Stakeholder.objects.get(name="Anna Neri")
    change_stakeholder(stakeholder=anna, by=coordinator, phone="0461 1234")
    undone = undo_import(record_id=found.pk, by=coordinator)
    assert (undone.removed, undone.kept) == (2, 2)
    assert Affiliation.objects.get().person == anna
    assert [(row.name, row.reason) for row in kept_after_undo(viewer_for(coordinator), found)] == [
        ("Anna Neri", "It was changed since."),
        ("Coro", "Somebody who stays belongs to it."),
    ]


def test_organisation_with_a_talk_stays_and_its_untouched_person_goes(space, coordinator):
    found = imported(*ROWS, by=coordinator)
    coro = Stakeholder.objects.get(name="Coro")
    log_interaction(
        stakeholder=coro, by=coordinator, kind="call", held_on=timezone.localdate(), summary="Said hello", person=None
    )
    undone = undo_import(record_id=found.pk, by=coordinator)
    assert (undone.removed, undone.kept) == (3, 1)
    assert list(Stakeholder.objects.all()) == [coro]
    assert kept_after_undo(viewer_for(coordinator), found)[0].reason == "A talk with it was written down."


def test_merged_one_stays(space, coordinator):
    found = imported("Coro,Borgo", header="Denominazione,Comune", by=coordinator)
    merge_stakeholders(
        kept=make_stakeholder("Coro Alpino"), absorbed=Stakeholder.objects.get(name="Coro"), by=coordinator
    )
    assert undo_import(record_id=found.pk, by=coordinator).kept == 1


def test_filled_in_fields_are_emptied_unless_changed_since(space, coordinator):
    coro, banda = make_stakeholder("Coro", place="Borgo"), make_stakeholder("Banda", place="Borgo")
    header = "Denominazione,Comune,Email,Telefono,Tags,Non contattare"
    rows = ["Coro,Borgo,info@coro.it,0461 1,Musica,sì", "Banda,Borgo,info@banda.it,0461 2,,no"]
    found = imported(*rows, header=header, by=coordinator, updates_known=True)
    assert (found.updated_count, found.added_count) == (2, 0)
    assert list(Stakeholder.objects.filter(do_not_contact=True)) == [coro]
    change_stakeholder(stakeholder=banda, by=coordinator, email="new@banda.it")
    undone = undo_import(record_id=found.pk, by=coordinator)
    assert (undone.removed, undone.emptied) == (0, 4)
    coro.refresh_from_db()
    banda.refresh_from_db()
    assert (coro.email, coro.phone, banda.email, banda.phone) == ("", "", "new@banda.it", "")
    assert not coro.do_not_contact
    assert ids_found(["info"]) == []
    assert not StakeholderTag.objects.exists()
    assert [(row.name, row.fields) for row in kept_after_undo(viewer_for(coordinator), found)] == [("Banda", "E-mail")]


def test_place_given_to_a_known_person_goes_with_the_new_organisation(space, coordinator):
    anna = make_stakeholder("Anna Neri", kind="person", email="anna@x.it")
    found = imported("Anna,Neri,Coro,anna@x.it,,", by=coordinator)
    assert Affiliation.objects.get().person == anna
    undo_import(record_id=found.pk, by=coordinator)
    assert list(Stakeholder.objects.all()) == [anna]
    assert not Affiliation.objects.exists()


def test_import_is_undone_once_and_only_when_done(space, coordinator):
    begun = begin_import(upload=upload_of(*ROWS, header=HEADER), by=coordinator)
    with pytest.raises(ImportNotUndoableError):
        undo_import(record_id=begun.pk, by=coordinator)
    found = imported(*ROWS, by=coordinator)
    undo_import(record_id=found.pk, by=coordinator)
    with pytest.raises(ImportNotUndoableError):
        undo_import(record_id=found.pk, by=coordinator)


def test_file_can_be_brought_again_after_undoing(space, coordinator):
    undo_import(record_id=imported(*ROWS, by=coordinator).pk, by=coordinator)
    assert imported(*ROWS, by=coordinator).added_count == 4


def test_large_import_is_left_to_a_worker_and_asked_for_once(space, coordinator, monkeypatch):
    monkeypatch.setattr(import_undo, "UNDONE_AT_ONCE", 1)
    found = imported(*ROWS, by=coordinator)
    assert ask_to_undo(record_id=found.pk, by=coordinator) is None
    with pytest.raises(ImportNotUndoableError):
        ask_to_undo(record_id=found.pk, by=coordinator)
    found.refresh_from_db()
    assert is_being_undone(found)
    run_job(found.tenant_id, str(found.job_id))
    found.refresh_from_db()
    assert (found.state, Stakeholder.objects.count()) == ("undone", 0)
    assert AuditEvent.objects.get(verb="stakeholders.import_undone").actor == coordinator
