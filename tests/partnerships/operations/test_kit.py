from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from partnerships import kit_sections
from partnerships.kit_sections import KitSection, register_kit_section
from partnerships.kits.registry import KITS
from partnerships.models import Agreement, Partnership, Task
from partnerships.operations.kit import start_partnership_from_kit
from partnerships.operations.partnership import start_partnership

NAMED = [kit for kit in KITS.values() if kit.code]


@pytest.mark.parametrize("kit", NAMED, ids=lambda kit: kit.code)
def test_kit_brings_drafts_only_and_is_remembered(space, admin, kit):
    starts_on = timezone.localdate() + timedelta(days=20)
    made = start_partnership_from_kit(
        kit=kit,
        name="Scuola e lavoro",
        purpose="Students find a way.",
        territory="Borgo",
        starts_on=starts_on,
        by=admin,
    )
    assert (made.template_code, made.template_version, made.mode, made.slug) == (kit.code, 1, "full", "scuola-e-lavoro")
    tasks = Task.objects.filter(partnership=made)
    assert set(tasks.values_list("state", "member", "person")) == {("proposed", None, None)}
    assert set(tasks.values_list("template_key", flat=True)) == {task.code for task in kit.tasks}
    assert tasks.get(template_key="C-T9").due_on == starts_on + timedelta(days=365)
    assert tasks.get(template_key="C-T1").due_on is None
    version = Agreement.objects.get(partnership=made).versions.get()
    assert version.state == "drafting"
    assert "Students find a way." in version.text
    assert "Borgo" in version.text


def test_texts_are_in_the_spaces_language(space, admin):
    space.default_language = "it"
    space.save()
    made = start_partnership_from_kit(kit=KITS["BS"], name="Scuola", by=admin)
    assert Task.objects.get(partnership=made, template_key="C-T4").title == "Firmare l'accordo"
    version = Agreement.objects.get(partnership=made).versions.get()
    assert (version.language, "## 1. Le parti" in version.text) == ("it", True)


def test_from_scratch_brings_nothing_and_is_light(space, admin):
    made = start_partnership_from_kit(kit=KITS[""], name="Orti", by=admin)
    assert (made.mode, made.template_code) == ("light", "")
    assert not Task.objects.exists()
    assert not Agreement.objects.exists()


def test_same_name_twice_gets_another_short_name(space, admin):
    slugs = [start_partnership_from_kit(kit=KITS[""], name="Orti", by=admin).slug for _number in range(3)]
    assert slugs == ["orti", "orti-2", "orti-3"]


def test_short_name_that_is_a_page_is_refused(space, admin):
    with pytest.raises(ValidationError, match="meaning of its own"):
        start_partnership(name="New", slug="new", by=admin)
    assert start_partnership_from_kit(kit=KITS[""], name="New", by=admin).slug == "new-2"


def test_end_before_start_leaves_nothing_behind(space, admin):
    with pytest.raises(ValidationError):
        start_partnership_from_kit(
            kit=KITS["BS"], name="Scuola", starts_on=date(2026, 5, 1), ends_on=date(2026, 4, 1), by=admin
        )
    assert not Partnership.objects.exists()


def test_section_of_another_app_is_applied_in_its_order(space, admin, monkeypatch):
    monkeypatch.setattr(kit_sections, "_sections", {})
    applied = []
    register_kit_section(
        KitSection("late", "Late", 90, lambda partnership, kit, by: applied.append(("late", kit.code, by)))
    )
    register_kit_section(
        KitSection("goals", "Goals", 20, lambda partnership, kit, by: applied.append(("goals", kit.code, by)))
    )
    start_partnership_from_kit(kit=KITS["CU"], name="Dati", by=admin)
    assert applied == [("goals", "CU", admin), ("late", "CU", admin)]


@pytest.mark.parametrize("kit", list(KITS.values()), ids=lambda kit: kit.code or "light")
def test_every_word_of_a_kit_exists_in_both_languages(kit):
    for part in (*kit.roles, *kit.tasks, *kit.clauses, kit):
        for name in ("name", "title", "text", "sentence"):
            if hasattr(part, f"{name}_en"):
                assert getattr(part, f"{name}_en").strip()
                assert getattr(part, f"{name}_it").strip()
    assert len({task.code for task in kit.tasks}) == len(kit.tasks)
