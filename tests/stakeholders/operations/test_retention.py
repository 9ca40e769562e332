"""Assessments go two years after the last contact; files of imports after their days (R-D6, R-S7)."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.files.storage import default_storage

from core.models import StoredFile
from core.operations.retention import run_retention
from stakeholders.models import (
    Assessment,
    Interaction,
    MapEntry,
    MapRater,
    MapRound,
    StakeholderImport,
    StakeholderMap,
)
from stakeholders.operations.import_steps import begin_import
from tests.factories.stakeholders import TAX_CODES, make_person, make_stakeholder, upload_of

RATED = date(2024, 1, 10)
DUE = RATED + timedelta(days=730)


@pytest.fixture
def said(space, admin):
    board = StakeholderMap.objects.create(title="Work", issue="Work")
    return Assessment.objects.create(
        entry=MapEntry.objects.create(map=board, stakeholder=make_person("Anna Neri"), ring=1),
        round=MapRound.objects.create(map=board, number=1, opened_on=RATED),
        rater=MapRater.objects.create(map=board, user=admin),
        rated_on=RATED,
        reason="Listens",
    )


@pytest.mark.parametrize(("today", "left"), [(DUE - timedelta(days=1), 1), (DUE, 0)])
def test_assessment_goes_on_its_day(said, today, left):
    run_retention(today=today)
    assert Assessment.objects.count() == left
    assert MapEntry.objects.count() == 1


@pytest.mark.parametrize("column", ["stakeholder", "person"])
def test_talk_with_the_person_puts_it_off(said, column):
    person = said.entry.stakeholder
    given = {"stakeholder": make_stakeholder("Circolo"), column: person}
    Interaction.objects.create(kind="call", held_on=RATED + timedelta(days=30), summary="Well", **given)
    run_retention(today=DUE + timedelta(days=29))
    assert Assessment.objects.exists()
    run_retention(today=DUE + timedelta(days=30))
    assert not Assessment.objects.exists()


def test_file_of_a_finished_import_is_emptied_and_of_an_open_one_stays(
    space, admin, django_capture_on_commit_callbacks
):
    begun, other = (begin_import(upload=upload_of(f"{code},Ente,Borgo"), by=admin) for code in TAX_CODES[:2])
    StakeholderImport.objects.filter(pk=begun.pk).update(state="done")
    day = begun.created_at.astimezone(ZoneInfo(space.time_zone)).date()
    with django_capture_on_commit_callbacks(execute=True):
        assert "import_file" not in run_retention(today=day + timedelta(days=179))
        assert run_retention(today=day + timedelta(days=180)) == {"import_file": 1}
    assert not default_storage.exists(begun.file.storage_key)
    assert default_storage.exists(other.file.storage_key)
    assert StoredFile.objects.get(pk=begun.file_id).size_bytes == 0
