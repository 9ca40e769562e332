import pytest

from core.access.roles import Role
from core.jobs.running import run_job
from core.models import Grant, Job
from core.rules.upload_content import UploadError
from stakeholders.models import Stakeholder, StakeholderImport
from stakeholders.operations.import_steps import (
    ImportStateError,
    begin_import,
    begin_import_of_rows,
    choose_columns,
    run_import,
    start_import,
)
from stakeholders.operations.stakeholder_import import ImportRefusedError
from stakeholders.queries.stakeholder_import import mapping_of
from stakeholders.rules.import_fields import ColumnMapping, MappingError
from tests.factories.core import make_user
from tests.factories.stakeholders import TAX_CODES, upload_of

GOOD = [f"{TAX_CODES[0]},Coro,Borgo", f"{TAX_CODES[1]},Banda,Colle"]
BAD = "90000110801,Bad,Borgo"


def checked(*rows, by):
    begun = begin_import(upload=upload_of(*rows), by=by)
    return choose_columns(record_id=begun.pk, mapping=mapping_of(begun), by=by)


def started(*rows, by, leave_out=False):
    return start_import(record_id=checked(*rows, by=by).pk, leave_out_bad_rows=leave_out, by=by)


def test_file_is_kept_and_its_columns_are_guessed(space, coordinator):
    begun = begin_import(upload=upload_of(*GOOD), by=coordinator)
    assert begun.state == "uploaded"
    assert begun.mapping["columns"] == {"Codice fiscale": "tax_code", "Denominazione": "name", "Comune": "place"}
    assert begun.file.purpose == "stakeholder_import"


def test_file_that_is_no_table_is_refused_and_not_kept(space, coordinator):
    upload = upload_of()
    upload.name = "enti.pdf"
    with pytest.raises(UploadError):
        begin_import(upload=upload, by=coordinator)
    assert not StakeholderImport.objects.exists()


def test_check_counts_and_stores_nothing(space, coordinator):
    found = checked(*GOOD, BAD, by=coordinator)
    assert (found.state, found.row_count, found.added_count, found.error_count) == ("checked", 3, 2, 1)
    assert found.errors[0]["row"] == 4
    assert found.errors[0]["column"] == "Codice fiscale"
    assert not Stakeholder.objects.exists()


def test_mapping_that_cannot_be_followed_leaves_the_import_as_it_was(space, coordinator):
    begun = begin_import(upload=upload_of(*GOOD), by=coordinator)
    with pytest.raises(MappingError):
        choose_columns(record_id=begun.pk, mapping=ColumnMapping({"Comune": "place"}), by=coordinator)
    begun.refresh_from_db()
    assert begun.state == "uploaded"


def test_bad_rows_are_left_out_only_on_purpose(space, coordinator):
    found = checked(*GOOD, BAD, by=coordinator)
    with pytest.raises(ImportRefusedError):
        start_import(record_id=found.pk, leave_out_bad_rows=False, by=coordinator)
    assert start_import(record_id=found.pk, leave_out_bad_rows=True, by=coordinator).state == "running"


def test_started_import_takes_no_other_step(space, coordinator):
    found = started(*GOOD, by=coordinator)
    with pytest.raises(ImportStateError):
        start_import(record_id=found.pk, leave_out_bad_rows=False, by=coordinator)
    with pytest.raises(ImportStateError):
        choose_columns(record_id=found.pk, mapping=mapping_of(found), by=coordinator)
    assert Job.objects.count() == 1


def test_worker_takes_the_file_over_and_a_second_run_does_nothing(space, coordinator):
    found = started(*GOOD, by=coordinator)
    assert run_job(space.pk, str(found.job_id))
    found.refresh_from_db()
    assert (found.state, found.added_count, found.job.state) == ("done", 2, "done")
    assert run_import(record_id=found.pk, on_progress=lambda done, total: None).added_count == 2
    assert Stakeholder.objects.count() == 2


def test_bad_rows_are_left_out_and_named_in_the_result(space, coordinator):
    found = started(*GOOD, BAD, by=coordinator, leave_out=True)
    run_job(space.pk, str(found.job_id))
    found.refresh_from_db()
    assert (found.state, found.added_count, found.error_count) == ("done", 2, 1)


def test_file_that_no_longer_fits_stores_nothing_and_says_why(space, coordinator):
    found = started(*GOOD, by=coordinator)
    StakeholderImport.objects.update(mapping={"columns": {"Codice fiscale": "email", "Denominazione": "name"}})
    run_job(space.pk, str(found.job_id))
    found.refresh_from_db()
    assert (found.state, found.added_count, found.error_count) == ("failed", 0, 2)
    assert "not an e-mail address" in found.errors[0]["reason"]
    assert not Stakeholder.objects.exists()


def test_import_of_somebody_who_may_no_longer_import_stores_nothing(space):
    gone = make_user("gone@borgo.example", role=Role.COORDINATOR)
    found = started(*GOOD, by=gone)
    Grant.objects.filter(user=gone).delete()
    run_import(record_id=found.pk, on_progress=lambda done, total: None)
    found.refresh_from_db()
    assert found.state == "failed"
    assert "may not import any more" in found.errors[0]["reason"]
    assert not Stakeholder.objects.exists()


def test_reasons_are_written_in_the_language_of_whoever_imports(space):
    giulia = make_user("giulia@borgo.example", role=Role.COORDINATOR, language="it")
    found = started(*GOOD, by=giulia)
    StakeholderImport.objects.update(mapping={"columns": {"Codice fiscale": "email", "Denominazione": "name"}})
    run_import(record_id=found.pk, on_progress=lambda done, total: None)
    found.refresh_from_db()
    assert "non è un indirizzo" in found.errors[0]["reason"]


def test_rows_of_the_api_become_a_file_that_reads_back_the_same(space, coordinator):
    begun = begin_import_of_rows(
        rows=[{"name": '=Coro;"x"', "place": "Forlì"}, {"name": "Banda"}], fields=["name", "place"], by=coordinator
    )
    choose_columns(record_id=begun.pk, mapping=mapping_of(begun), by=coordinator)
    found = start_import(record_id=begun.pk, leave_out_bad_rows=False, by=coordinator)
    run_job(space.pk, str(found.job_id))
    assert set(Stakeholder.objects.values_list("name", "place")) == {('=Coro;"x"', "Forlì"), ("Banda", "")}
