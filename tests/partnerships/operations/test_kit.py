from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from partnerships import kit_sections
from partnerships.kit_sections import KitSection, built_in, register_kit_section
from partnerships.kits.registry import KITS
from partnerships.models import Agreement, Partnership, ResourceNeed, Task
from partnerships.operations.kit import NoKitError, bring_in_new, retire_kit, save_kit, start_partnership_from_kit
from partnerships.operations.partnership import start_partnership
from partnerships.queries.agreement_text import text_of
from partnerships.queries.kit import available_kits, chosen_kit
from partnerships.rules.kit import day_of

NAMED = [kit for kit in KITS.values() if kit.code]


@pytest.mark.parametrize("kit", NAMED, ids=lambda kit: kit.code)
def test_kit_brings_drafts_only_and_is_remembered(space, admin, kit):
    starts_on = timezone.localdate() + timedelta(days=20)
    made = start_partnership_from_kit(
        kit=built_in(kit),
        name="Scuola e lavoro",
        purpose="Students find a way.",
        territory="Borgo",
        starts_on=starts_on,
        by=admin,
    )
    assert (made.template_code, made.template_version, made.mode, made.slug) == (
        kit.code,
        kit.version,
        "light",
        "scuola-e-lavoro",
    )
    tasks = Task.objects.filter(partnership=made)
    assert set(tasks.values_list("state", "member", "person")) == {("proposed", None, None)}
    assert set(tasks.values_list("template_key", flat=True)) == {task.code for task in kit.tasks}
    assert tasks.get(template_key="C-T9").due_on == day_of(starts_on, 365)
    assert tasks.get(template_key="C-T1").due_on is None
    version = Agreement.objects.get(partnership=made).versions.get()
    assert version.state == "drafting"
    assert "In Borgo we work together in “Scuola e lavoro”. Students find a way." in text_of(version)


def test_texts_are_in_the_spaces_language(space, admin):
    space.default_language = "it"
    space.save()
    made = start_partnership_from_kit(kit=built_in(KITS["BS"]), name="Scuola", by=admin)
    assert Task.objects.get(partnership=made, template_key="C-T4").title == "Firmare l'accordo"
    version = Agreement.objects.get(partnership=made).versions.get()
    assert (version.language, "## 1. Le parti" in text_of(version)) == ("it", True)


def test_from_scratch_brings_nothing_and_is_light(space, admin):
    made = start_partnership_from_kit(kit=built_in(KITS[""]), name="Orti", by=admin)
    assert (made.mode, made.template_code) == ("light", "")
    assert not Task.objects.exists()
    assert not Agreement.objects.exists()


def test_same_name_twice_gets_another_short_name(space, admin):
    slugs = [start_partnership_from_kit(kit=built_in(KITS[""]), name="Orti", by=admin).slug for _number in range(3)]
    assert slugs == ["orti", "orti-2", "orti-3"]


def test_short_name_that_is_a_page_is_refused(space, admin):
    with pytest.raises(ValidationError, match="meaning of its own"):
        start_partnership(name="New", slug="new", by=admin)
    assert start_partnership_from_kit(kit=built_in(KITS[""]), name="New", by=admin).slug == "new-2"


def test_end_before_start_leaves_nothing_behind(space, admin):
    with pytest.raises(ValidationError):
        start_partnership_from_kit(
            kit=built_in(KITS["BS"]), name="Scuola", starts_on=date(2026, 5, 1), ends_on=date(2026, 4, 1), by=admin
        )
    assert not Partnership.objects.exists()


def test_section_of_another_app_is_applied_in_its_order(space, admin, monkeypatch):
    monkeypatch.setattr(kit_sections, "_sections", {})
    applied = []

    def section(code, order):
        return KitSection(
            code, code, order, lambda kit: [], lambda _made, kit, by: applied.append((code, kit.code, by))
        )

    register_kit_section(section("late", 90))
    register_kit_section(section("goals", 20))
    start_partnership_from_kit(kit=built_in(KITS["CU"]), name="Dati", by=admin)
    assert applied == [("goals", "CU", admin), ("late", "CU", admin)]


@pytest.mark.parametrize("kit", list(KITS.values()), ids=lambda kit: kit.code or "light")
def test_every_word_of_a_kit_exists_in_both_languages(kit):
    for part in (*kit.roles, *kit.members, *kit.needs, *kit.tasks, *kit.clauses, *kit.notes, kit):
        for name in ("name", "title", "text", "sentence", "duties"):
            if hasattr(part, f"{name}_en"):
                words = [getattr(part, f"{name}_{language}").strip() for language in ("en", "it")]
                assert all(words) or (name == "text" and not any(words))
    for parts in (kit.roles, kit.members, kit.needs, kit.tasks, kit.notes):
        assert len({part.code for part in parts}) == len(parts)


@pytest.mark.parametrize("kit", NAMED, ids=lambda kit: kit.code)
def test_who_does_a_kits_task_is_one_of_its_roles_or_a_word_for_all(kit):
    words = {"all partners", "community seat", "partner representatives", "all representatives", "steering group",
             "volunteers", "municipality"}  # fmt: skip
    known = {role.code for role in kit.roles} | words
    for task in kit.tasks:
        assert {task.accountable, *task.responsible, *task.consulted} <= known
        assert task.accountable


@pytest.mark.parametrize("kit", NAMED, ids=lambda kit: kit.code)
def test_kit_looks_for_the_people_affected_and_says_what_is_needed(space, admin, kit):
    assert sum(member.is_centre for member in kit.members) == 1
    made = start_partnership_from_kit(kit=built_in(kit), name="Scuola", by=admin)
    needs = ResourceNeed.objects.filter(partnership=made)
    assert set(needs.values_list("template_key", "state")) == {(need.code, "open") for need in kit.needs}


def _older(partnership):
    """As if the partnership had been made of an older version, without one task, one need and with another clause."""
    content = dict(partnership.template_snapshot)
    content["tasks"] = [item for item in content["tasks"] if item["code"] != "BS-T12"]
    content["needs"] = [item for item in content["needs"] if item["code"] != "BS-N1"]
    content["agreement"] = content["agreement"][1:]
    partnership.template_snapshot, partnership.template_version = content, 1
    partnership.save()
    Task.objects.filter(template_key="BS-T12").delete()
    ResourceNeed.objects.filter(template_key="BS-N1").delete()


def test_what_a_newer_version_gained_is_added_once_and_the_rest_stays(space, admin):
    made = start_partnership_from_kit(kit=built_in(KITS["BS"]), name="Scuola", by=admin)
    _older(made)
    Task.objects.filter(template_key="C-T4").update(title="Our own words")
    assert bring_in_new(partnership=made, by=admin) == 3
    made.refresh_from_db()
    assert made.template_version == KITS["BS"].version
    assert Task.objects.filter(template_key="BS-T12").count() == 1
    assert ResourceNeed.objects.filter(template_key="BS-N1").count() == 1
    assert Task.objects.get(template_key="C-T4").title == "Our own words"
    assert Agreement.objects.count() == 1
    assert bring_in_new(partnership=made, by=admin) == 0


def test_nothing_is_brought_into_a_partnership_from_scratch(space, admin):
    made = start_partnership_from_kit(kit=built_in(KITS[""]), name="Orti", by=admin)
    with pytest.raises(NoKitError):
        bring_in_new(partnership=made, by=admin)


def test_own_kit_carries_a_partnerships_work_and_no_people(space, admin):
    starts_on = timezone.localdate() + timedelta(days=200)
    first = start_partnership_from_kit(
        kit=built_in(KITS["BS"]),
        name="Scuola e lavoro",
        territory="Borgo",
        purpose="A way.",
        starts_on=starts_on,
        by=admin,
    )
    kit = save_kit(partnership=first, name_it="Il nostro", by=admin)
    assert (kit.code, kit.version, kit.is_light) == ("own-1", 1, True)
    second = start_partnership_from_kit(
        kit=chosen_kit("own-1"), name="Altra", territory="Valle", starts_on=starts_on, by=admin
    )
    for model, name in ((Task, "title"), (ResourceNeed, "title")):
        of = {
            made: set(model.objects.filter(partnership=made).values_list(name, flat=True)) for made in (first, second)
        }
        assert of[first] == of[second]
    due = {made: dict(Task.objects.filter(partnership=made).values_list("title", "due_on")) for made in (first, second)}
    assert {title: day for title, day in due[first].items() if day} == {
        t: d for t, d in due[second].items() if due[first][t]
    }
    texts = [Agreement.objects.get(partnership=made).versions.get().text for made in (first, second)]
    assert (
        texts[0]
        .replace("Scuola e lavoro", "Altra")
        .replace("Borgo", "Valle")
        .replace("A way.", "(purpose still to be written)")
        == texts[1]
    )


def test_partnership_of_a_kit_is_light_unless_asked_or_made_of_a_full_one(space, admin):
    strict = start_partnership_from_kit(kit=built_in(KITS["BS"]), name="Scuola", mode="full", by=admin)
    assert strict.mode == "full"
    save_kit(partnership=strict, name_it="Il nostro", by=admin)
    assert start_partnership_from_kit(kit=chosen_kit("own-1"), name="Altra", by=admin).mode == "full"
    assert start_partnership_from_kit(kit=chosen_kit("own-1"), name="Terza", mode="light", by=admin).mode == "light"


def test_saving_again_makes_the_next_version_of_an_own_kit(space, admin):
    made = start_partnership_from_kit(kit=built_in(KITS[""]), name="Orti", by=admin)
    save_kit(partnership=made, name_en="Ours", by=admin)
    assert save_kit(partnership=made, name_en="Ours", by=admin, code="own-1").version == 2
    assert save_kit(partnership=made, name_en="Another", by=admin).code == "own-2"
    with pytest.raises(NoKitError):
        save_kit(partnership=made, name_en="Ours", by=admin, code="own-9")
    with pytest.raises(ValidationError):
        save_kit(partnership=made, by=admin)


def test_retired_kit_is_not_offered_and_comes_back(space, admin):
    made = start_partnership_from_kit(kit=built_in(KITS[""]), name="Orti", by=admin)
    save_kit(partnership=made, name_en="Ours", by=admin)
    retire_kit(code="own-1", by=admin)
    assert "own-1" not in {kit.code for kit in available_kits()}
    assert chosen_kit("own-1") is not None
    retire_kit(code="own-1", by=admin, is_retired=False)
    assert "own-1" in {kit.code for kit in available_kits()}
    with pytest.raises(NoKitError):
        retire_kit(code="own-7", by=admin)
