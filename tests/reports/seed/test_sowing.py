"""Rows for measurements look as if the operations had written them."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command

from core.models import Grant, Tenant
from core.tenancy.context import tenant_scope
from metrics.models import GroupValue, Indicator, Measurement
from metrics.queries.breakdown import breakdowns_of
from metrics.rules.breakdown import Part, parts_note
from metrics.rules.sentence import NOTHING
from partnerships.models import Representative, Task
from reports.seed.plan import Amounts, Plan, PlanError, planned, shared_out
from reports.seed.register import HUNG, RARE_ALIAS, RARE_OFFER, STAKEHOLDERS
from reports.seed.sowing import AlreadySownError, sow
from stakeholders.models import Assessment, Asset, MapEntry, Stakeholder, Tag
from stakeholders.operations.stakeholder import words_of_stakeholder
from stakeholders.rules.stakeholder import SEARCHED_FIELDS, search_text, sort_name
from stakeholders.rules.tag import tag_key

TODAY = date(2026, 5, 4)
TOTALS = Amounts(stakeholders=120, partnerships=4, members=3, tasks=60, indicators=4, periods=5)


def make_plan(**fields) -> Plan:
    return planned(TOTALS, **{"tenants": 2, "big": 80, "today": TODAY, **fields})


def rows_of(slug: str) -> list[tuple]:
    with tenant_scope(Tenant.objects.get(slug=slug).pk):
        return list(Stakeholder.objects.order_by("id").values_list("name", "place", "tax_code", "email", "status"))


def test_totals_are_shared_out_without_a_rest():
    assert shared_out(10, [1, 1, 1]) == [3, 3, 4]
    assert sum(shared_out(1_000_003, [10_000, *[990] * 1_000])) == 1_000_003


def test_plan_gives_the_first_tenant_what_the_big_one_gets():
    plan = make_plan()
    assert [amounts.stakeholders for amounts in plan.tenants] == [80, 40]
    assert [amounts.tasks for amounts in plan.tenants] == [40, 20]


def test_plan_of_one_tenant_has_everything():
    plan = planned(TOTALS, tenants=1, today=TODAY)
    assert plan.tenants == (TOTALS,)


@pytest.mark.parametrize("fields", [{"tenants": 0}, {"big": 121}, {"big": -1}])
def test_plan_that_does_not_add_up_is_refused(fields):
    with pytest.raises(PlanError):
        make_plan(**fields)


def test_normalised_columns_are_those_of_the_rules(db):
    sow(make_plan())
    with tenant_scope(Tenant.objects.get(slug="scale-1").pk):
        found = list(Stakeholder.objects.order_by("id"))
        assert len(found) == 80
        assert {row.kind for row in found} == {"organisation", "group", "person"}
        for row in found:
            assert row.sort_name == sort_name(row.name)
            assert row.search_text == search_text(getattr(row, name) for name in SEARCHED_FIELDS)


def test_a_register_is_found_by_all_that_hangs_on_it(db):
    sow(planned(Amounts(stakeholders=130, partnerships=1, members=3), tenants=1, today=TODAY, with_register=True))
    with tenant_scope(Tenant.objects.get(slug="scale-1").pk):
        found = list(Stakeholder.objects.order_by("id"))
        assert [row.search_text for row in found] == [words_of_stakeholder(row) for row in found]
        assert Stakeholder.objects.filter(aliases=RARE_ALIAS).count() == 12
        assert Asset.objects.filter(title=RARE_OFFER).count() == 19
        assert {tag.key for tag in Tag.objects.order_by("id")} == {
            tag_key(tag.name) for tag in Tag.objects.order_by("id")
        }
        assert MapEntry.objects.count() == 50
        assert Assessment.objects.count() == 200


def test_what_hangs_on_a_register_passes_the_checks_of_a_form(db):
    sow(planned(Amounts(stakeholders=130, partnerships=1, members=3), tenants=1, today=TODAY, with_register=True))
    with tenant_scope(Tenant.objects.get(slug="scale-1").pk):
        # History is written by the application only and passes no form.
        for sowing in (STAKEHOLDERS, *HUNG[1:]):
            rows = list(sowing.model._default_manager.order_by("id"))
            assert rows
            unset = [field.name for field in sowing.model._meta.concrete_fields if field.null]
            for row in rows[:5]:
                row.full_clean(exclude=unset)


def test_sown_rows_pass_the_checks_of_a_form(db):
    from stakeholders.rules.tax_code import checked_tax_code

    sow(planned(Amounts(stakeholders=300, tasks=10), tenants=1, today=TODAY))
    with tenant_scope(Tenant.objects.get(slug="scale-1").pk):
        for row in [*Stakeholder.objects.order_by("id")[:10], *Task.objects.order_by("id")[:10]]:
            row.full_clean()
        for code in Stakeholder.objects.exclude(tax_code="").order_by("id").values_list("tax_code", flat=True):
            assert checked_tax_code(code).value == code


def test_values_are_broken_down_by_as_many_groups_as_asked(db):
    sow(planned(Amounts(stakeholders=20, indicators=3, periods=5, groups=12), tenants=1, today=TODAY))
    with tenant_scope(Tenant.objects.get(slug="scale-1").pk):
        assert GroupValue.objects.count() == 3 * 5 * 12
        for row in Measurement.objects.order_by("id"):
            parts = [Part(one.count) for one in GroupValue.objects.filter(measurement=row, group__cut__kind="age")]
            assert parts_note(parts, row) == NOTHING
        sheets = breakdowns_of(Indicator.objects.order_by("id")[0])
        assert [len(sheet.periods) for sheet in sheets] == [5, 5, 5]


def test_each_tenant_gets_its_own_rows(db):
    sow(make_plan())
    with tenant_scope(Tenant.objects.get(slug="scale-2").pk):
        assert Stakeholder.objects.count() == 40
        assert Task.objects.count() == 20
        assert Grant.objects.filter(role="coordinator").count() == 1
        assert Representative.objects.count() == 6
        assert Measurement.objects.exclude(value=None).exists()
        assert Task.objects.filter(state="accepted", due_on__range=(date(2026, 5, 3), date(2026, 5, 11))).exists()


def test_the_same_plan_gives_the_same_rows(db):
    sow(make_plan())
    sow(make_plan(slug_prefix="again"))
    assert [row[:3] for row in rows_of("scale-1")] == [row[:3] for row in rows_of("again-1")]


def test_another_seed_gives_other_names(db):
    sow(make_plan())
    sow(make_plan(slug_prefix="other", seed=2))
    assert rows_of("scale-1") != rows_of("other-1")


def test_sowing_twice_is_refused(db):
    sow(make_plan())
    with pytest.raises(AlreadySownError):
        sow(make_plan())


def test_command_tells_how_many_rows_it_wrote(db, capsys):
    call_command("seed_scale", tenants=2, stakeholders=20, tasks=10, indicators=2, periods=3, members=1)
    assert "rows in 2 spaces" in capsys.readouterr().out
    with pytest.raises(CommandError):
        call_command("seed_scale", tenants=2, stakeholders=20)
