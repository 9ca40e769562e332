"""The days of a kit's drafts follow the start of the partnership; what people agreed on stays."""

from datetime import date, timedelta

import pytest

from core.rules.workdays import workdays_after
from partnerships.kit_sections import built_in
from partnerships.kits.registry import KITS
from partnerships.models import Partnership, Task
from partnerships.operations.kit import save_kit, start_partnership_from_kit
from partnerships.operations.partnership import change_partnership, move_partnership
from partnerships.operations.task import change_task
from partnerships.queries.kit import kit_parts
from partnerships.rules.kit import day_of

TODAY = date(2026, 6, 15)
START, LATER = workdays_after(TODAY, 100), workdays_after(TODAY, 130)


@pytest.fixture(autouse=True)
def on_a_monday(time_machine):
    time_machine.move_to("2026-06-15")


def due(partnership, code):
    return Task.objects.get(partnership=partnership, template_key=code).due_on


@pytest.fixture
def made(space, admin):
    return start_partnership_from_kit(kit=built_in(KITS["BS"]), name="Scuola", by=admin)


def test_drafts_get_their_days_once_the_start_is_known_and_move_with_it(made, admin):
    assert set(made.tasks.values_list("due_on", flat=True)) == {None}
    change_partnership(partnership=made, by=admin, starts_on=START)
    assert (due(made, "C-T4"), due(made, "C-T1")) == (START, day_of(START, -60))
    first_round = Task.objects.get(template_key="BS-T7")
    assert (first_round.starts_on, first_round.due_on) == (day_of(START, 70), day_of(START, 160))
    change_partnership(partnership=made, by=admin, starts_on=LATER)
    assert (due(made, "C-T4"), due(made, "C-T1")) == (LATER, day_of(LATER, -60))
    change_partnership(partnership=made, by=admin, starts_on=TODAY + timedelta(days=10))
    assert due(made, "C-T1") is None


def test_day_somebody_wrote_and_what_is_promised_stay(made, member_of, admin):
    change_partnership(partnership=made, by=admin, starts_on=START)
    own, asked = (Task.objects.get(template_key=code) for code in ("C-T5", "C-T6"))
    written = START + timedelta(days=33)
    change_task(task=own, by=admin, title=own.title, due_on=written)
    change_task(task=asked, by=admin, title=asked.title, member=member_of(made), due_on=asked.due_on)
    before = asked.due_on
    change_partnership(partnership=made, by=admin, starts_on=LATER)
    assert (due(made, "C-T5"), due(made, "C-T6")) == (written, before)


@pytest.fixture
def member_of():
    from tests.factories.partnerships import make_member

    return make_member


def test_partnership_that_becomes_active_begins_that_day(made, admin):
    Partnership.objects.filter(pk=made.pk).update(state=Partnership.State.FORMING)
    moved = move_partnership(partnership=made, to="active", by=admin, reason="Everybody agreed on it in the square.")
    assert moved.starts_on == TODAY
    assert due(made, "C-T7") == day_of(TODAY, 90)


def test_kit_made_of_it_counts_the_same_days_and_speaks_both_languages(made, admin):
    made = change_partnership(partnership=made, by=admin, starts_on=START)
    saved = save_kit(partnership=made, name_en="Ours", by=admin)
    kept = {item["code"]: item for item in saved.content["tasks"]}
    brought = {item["code"]: item for item in made.template_snapshot["tasks"]}
    assert {code: item["due"] for code, item in kept.items()} == {code: item["due"] for code, item in brought.items()}
    assert kept["BS-T7"]["starts"] == 70
    assert (kept["C-T4"]["title_en"], kept["C-T4"]["title_it"]) == ("Sign the agreement", "Firmare l'accordo")


def test_kit_shows_its_days_counted_from_the_start_and_who_answers():
    tasks = next(part for part in kit_parts(built_in(KITS["BS"]).content) if part.code == "tasks")
    told = {line.title: line.text for line in tasks.lines}
    assert told["First placement round"] == (
        "between 70 days after the start and 160 days after the start · answers for it: School coordinator"
    )
    assert told["Sign the agreement"].startswith("on the day it starts")
