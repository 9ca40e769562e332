import contextlib

import pytest
from django.db import IntegrityError, transaction

from core.models import AccessLink, AuditEvent
from core.tenancy.models import TenantForeignKey
from partnerships.models import PartnershipMember, Representative
from stakeholders.models import (
    Affiliation,
    ContactPoint,
    DuplicatePair,
    ImportChange,
    InfluenceLink,
    NotDuplicate,
    Stakeholder,
    StakeholderMerge,
    StakeholderTag,
)
from stakeholders.operations.merge import MergeRefusedError, merge_stakeholders, say_not_duplicate, undo_merge
from stakeholders.operations.repointing import keys_to
from stakeholders.operations.stakeholder import change_stakeholder
from stakeholders.operations.tag import tag_stakeholder
from stakeholders.queries.stakeholder import ids_found
from tests.architecture.everything import fingerprint, make_everything, tenant_models
from tests.factories.partnerships import make_partnership
from tests.factories.stakeholders import TAX_CODES, make_person, make_stakeholder

# What a merge itself writes, and what tells that it was undone.
WRITTEN_BY_MERGING = {StakeholderMerge._meta.label, AuditEvent._meta.label}


def rows_before(tenant):
    return {table: value for table, value in fingerprint(tenant.pk).items() if table not in WRITTEN_BY_MERGING}


@pytest.fixture
def two(space, admin):
    """A row of every table for one stakeholder, and the same again for a second one."""
    first = make_everything(admin, label="Aurora")["stakeholders.Stakeholder"]
    second = make_stakeholder("Aurora bis", email="bis@aurora.example", phone="055 123456")
    for model in tenant_models():
        _copy_for(model, first, second)
    Stakeholder.objects.filter(pk__in=[first.pk, second.pk]).update(merged_into=None)
    StakeholderMerge.objects.all().delete()
    first.refresh_from_db()
    return first, second


def _copy_for(model, first, second):
    """A second row that differs only in whom it points to: merging has to fold it."""
    keys = [f for f in model._meta.local_fields if isinstance(f, TenantForeignKey) and f.related_model is Stakeholder]
    if not keys or model is Stakeholder:
        return
    for row in model.objects.filter(**{keys[0].attname: first.pk}).order_by("pk")[:1]:
        values = {
            f.attname: getattr(row, f.attname)
            for f in model._meta.local_fields
            if not f.primary_key and not f.generated
        }
        moved = {key.attname: second.pk for key in keys if values[key.attname] == first.pk}
        with contextlib.suppress(IntegrityError), transaction.atomic():
            model.objects.create(**(values | moved))


def test_undoing_restores_every_row_of_every_table(two, space, admin):
    kept, absorbed = two
    before = rows_before(space)
    merge = merge_stakeholders(kept=kept, absorbed=absorbed, by=admin)
    assert {step["what"] for step in merge.before["steps"]} == {"move", "change", "take_out", "add"}
    changed = {table for table, value in rows_before(space).items() if value != before[table]}
    assert {"stakeholders.Stakeholder", "partnerships.PartnershipMember", "stakeholders.Interaction"} <= changed
    undo_merge(merge=merge, by=admin)
    after = rows_before(space)
    assert {table for table in before if before[table] != after[table]} == set()


def test_nothing_of_any_table_points_to_the_absorbed_one_any_more(two, admin):
    kept, absorbed = two
    merge_stakeholders(kept=kept, absorbed=absorbed, by=admin)
    left = {
        f"{model._meta.label}.{key.name}"
        for model, key in keys_to(Stakeholder)
        if model._base_manager.filter(**{key.attname: absorbed.pk}).exists()
    }
    assert left == set()


def test_history_of_imports_and_merges_stays_with_the_record_it_was_about(two, admin):
    kept, absorbed = two
    merge_stakeholders(kept=kept, absorbed=absorbed, by=admin)
    assert ImportChange.objects.filter(stakeholder=absorbed).exists()


def test_every_key_to_a_stakeholder_is_walked(db):
    walked = {(model, key.name) for model, key in keys_to(Stakeholder)}
    there = {
        (model, field.name)
        for model in tenant_models()
        for field in model._meta.local_fields
        if isinstance(field, TenantForeignKey) and field.related_model is Stakeholder
    }
    assert {(model, name) for model, name in there - walked if model not in (StakeholderMerge, ImportChange)} == set()
    assert len(walked) > 25


def test_two_memberships_of_one_partnership_are_folded_into_the_richer(space, admin):
    kept, absorbed = make_stakeholder("Aurora"), make_stakeholder("Aurora bis")
    partnership = make_partnership()
    poorer = PartnershipMember.objects.create(partnership=partnership, organisation=kept)
    richer = PartnershipMember.objects.create(
        partnership=partnership, organisation=absorbed, state="member", role="Host"
    )
    Representative.objects.create(member=richer, person=make_person(of=absorbed), can_commit=True)
    Representative.objects.create(member=richer, person=make_person("Bea", of=absorbed))
    Representative.objects.create(member=poorer, person=make_person("Carla", of=kept))
    before = rows_before(space)
    merge = merge_stakeholders(kept=kept, absorbed=absorbed, by=admin)
    member = PartnershipMember.objects.get(organisation=kept)
    assert (member.pk, member.state, member.representatives.count()) == (richer.pk, "member", 3)
    assert Affiliation.objects.filter(organisation=kept).count() == 3
    undo_merge(merge=merge, by=admin)
    assert rows_before(space) == before


def test_what_tells_of_the_two_alone_is_taken_out(space, admin):
    kept, absorbed = make_stakeholder("Aurora"), make_stakeholder("Aurora bis")
    InfluenceLink.objects.create(source=kept, target=absorbed, kind="funds")
    NotDuplicate.objects.create(first=kept, second=absorbed)
    DuplicatePair.objects.create(first=kept, second=absorbed, strength=1)
    merge_stakeholders(kept=kept, absorbed=absorbed, by=admin)
    assert not InfluenceLink.objects.exists()
    assert not NotDuplicate.objects.exists()
    assert not DuplicatePair.objects.exists()


def test_values_are_chosen_and_what_was_not_chosen_is_kept_beside(space, admin):
    kept = make_stakeholder("Circolo Aurora", email="a@aurora.example", place="Borgo", languages=["ar"])
    absorbed = make_stakeholder(
        "A.P.S. Aurora", email="b@aurora.example", phone="055 123456", tax_code=TAX_CODES[0], languages=["fr"],
        status="in_dialogue", do_not_contact=True,
    )  # fmt: skip
    merge_stakeholders(kept=kept, absorbed=absorbed, by=admin, choices={"email": "absorbed"})
    kept.refresh_from_db()
    assert (kept.name, kept.email, kept.phone, kept.tax_code) == (
        "Circolo Aurora",
        "b@aurora.example",
        "055 123456",
        TAX_CODES[0],
    )
    assert (kept.aliases, kept.languages, kept.status) == ("A.P.S. Aurora", ["ar", "fr"], "in_dialogue")
    assert kept.do_not_contact
    assert list(ContactPoint.objects.values_list("value", flat=True)) == ["a@aurora.example"]


def test_absorbed_one_is_found_nowhere_and_the_kept_one_by_its_name(space, admin):
    kept, absorbed = make_stakeholder("Circolo Aurora"), make_stakeholder("Zenit", tax_code=TAX_CODES[0])
    merge_stakeholders(kept=kept, absorbed=absorbed, by=admin)
    assert ids_found(["zenit"]) == [kept.pk]
    absorbed.refresh_from_db()
    assert (absorbed.tax_code, absorbed.search_text, absorbed.merged_into_id) == ("", "", kept.pk)


def test_mailed_links_of_the_absorbed_person_go_on_working(space, admin):
    from datetime import timedelta

    from core.operations.link import make_link

    kept, absorbed = make_person("Anna Neri"), make_person("A. Neri")
    link, _token = make_link(purpose="task", subject_id=absorbed.pk, lasts=timedelta(days=1), by=admin)
    merge = merge_stakeholders(kept=kept, absorbed=absorbed, by=admin)
    assert AccessLink.objects.get(pk=link.pk).subject_id == kept.pk
    undo_merge(merge=merge, by=admin)
    assert AccessLink.objects.get(pk=link.pk).subject_id == absorbed.pk


def test_what_came_since_and_what_was_changed_since_stays(space, admin):
    kept, absorbed = make_stakeholder("Aurora", place="Borgo"), make_stakeholder("Aurora bis", phone="055 123456")
    merge = merge_stakeholders(kept=kept, absorbed=absorbed, by=admin)
    tag_stakeholder(stakeholder=kept, name="new", by=admin)
    change_stakeholder(stakeholder=kept, phone="055 999999", by=admin)
    undo_merge(merge=merge, by=admin)
    kept.refresh_from_db()
    assert (kept.phone, StakeholderTag.objects.get().stakeholder_id) == ("055 999999", kept.pk)


@pytest.mark.parametrize("which", ["same", "kinds", "merged", "erased"])
def test_what_cannot_be_one_is_refused(space, admin, which):
    from django.utils import timezone

    kept, absorbed = make_stakeholder("Aurora"), make_stakeholder("Aurora bis")
    if which == "same":
        absorbed = kept
    if which == "kinds":
        absorbed = make_person()
    if which == "merged":
        merge_stakeholders(kept=make_stakeholder("Other"), absorbed=absorbed, by=admin)
    if which == "erased":
        Stakeholder.objects.filter(pk=absorbed.pk).update(erased_at=timezone.now())
    count = StakeholderMerge.objects.count()
    with pytest.raises(MergeRefusedError):
        merge_stakeholders(kept=kept, absorbed=absorbed, by=admin)
    assert StakeholderMerge.objects.count() == count


def test_merges_are_undone_the_latest_first_and_once(space, admin):
    first, second, third = (make_stakeholder(name) for name in ("Aurora", "Aurora bis", "Aurora ter"))
    before = rows_before(space)
    one = merge_stakeholders(kept=second, absorbed=third, by=admin)
    other = merge_stakeholders(kept=first, absorbed=second, by=admin)
    third.refresh_from_db()
    assert third.merged_into_id == first.pk
    with pytest.raises(MergeRefusedError):
        undo_merge(merge=one, by=admin)
    undo_merge(merge=other, by=admin)
    undo_merge(merge=one, by=admin)
    assert rows_before(space) == before
    with pytest.raises(MergeRefusedError):
        undo_merge(merge=one, by=admin)


def test_merge_whose_code_was_taken_meanwhile_is_not_undone_by_halves(space, admin):
    kept, absorbed = make_stakeholder("Aurora"), make_stakeholder("Aurora bis", tax_code=TAX_CODES[0])
    merge = merge_stakeholders(kept=kept, absorbed=absorbed, by=admin)
    change_stakeholder(stakeholder=kept, tax_code="", by=admin)
    make_stakeholder("Somebody", tax_code=TAX_CODES[0])
    before = rows_before(space)
    with pytest.raises(MergeRefusedError):
        undo_merge(merge=merge, by=admin)
    assert rows_before(space) == before


def test_both_histories_tell(space, admin):
    kept, absorbed = make_stakeholder("Aurora"), make_stakeholder("Aurora bis")
    undo_merge(merge=merge_stakeholders(kept=kept, absorbed=absorbed, by=admin), by=admin)
    verbs = AuditEvent.objects.filter(
        verb__in=["stakeholder.merged", "stakeholder.absorbed", "stakeholder.merge_undone"]
    )
    verbs = verbs.order_by("subject_label", "at")
    assert list(verbs.values_list("subject_id", "verb")) == [
        (kept.pk, "stakeholder.merged"),
        (kept.pk, "stakeholder.merge_undone"),
        (absorbed.pk, "stakeholder.absorbed"),
        (absorbed.pk, "stakeholder.merge_undone"),
    ]


def test_pair_said_two_is_noted_once_in_one_order(space, admin):
    first, second = make_stakeholder("Aurora"), make_stakeholder("Aurora bis")
    assert say_not_duplicate(first=second, second=first, by=admin) == say_not_duplicate(
        first=first, second=second, by=admin
    )
    assert NotDuplicate.objects.get().first_id == min(first.pk, second.pk)
