from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from core.models import AccessLink, AuditEvent
from stakeholders.models import AuditCount, ReferenceProfile, RepresentationAudit
from stakeholders.operations.representation import (
    AuditStateError,
    change_representation_action,
    close_representation_audit,
    count_by_hand,
    delete_representation_audit,
    open_representation_audit,
)
from stakeholders.operations.representation_profile import (
    ProfileInUseError,
    change_reference_profile,
    remove_reference_profile,
)
from stakeholders.operations.representation_round import hand_out_slips
from stakeholders.queries.representation import actions_due, categories_of
from stakeholders.rules.representation import OF_ORGANISATIONS, Dimension
from stakeholders.rules.representation_profile import Category
from tests.factories.representation import make_audit, make_counted, make_profile


def today():
    return timezone.localdate()


def close(audit, admin, **facts):
    given = {"missing_voices": "The young.", "action": "Two seats", "action_on": today() + timedelta(days=30)}
    return close_representation_audit(audit=audit, by=admin, **given | facts)


@pytest.mark.parametrize("dimension", sorted(set(Dimension) - OF_ORGANISATIONS - {Dimension.NEIGHBOURHOOD}))
def test_what_only_people_themselves_can_say_is_neither_known_from_a_role_nor_typed_in_from_names(
    space, admin, dimension
):
    profile = make_profile(dimension)
    with pytest.raises(ValidationError) as refusal:
        make_audit(profile, method="known_role")
    assert list(refusal.value.message_dict) == ["method"]
    audit = make_audit(profile)
    counts = {group.pk: 6 for group in categories_of(profile)}
    with pytest.raises(ValidationError) as refusal:
        count_by_hand(audit=audit, counts=counts, not_stated=0, by=admin)
    assert list(refusal.value.message_dict) == ["from_cards"]
    assert not AuditCount.objects.exclude(count=0).exists()
    count_by_hand(audit=audit, counts=counts, not_stated=0, by=admin, from_cards=True)
    assert AuditCount.objects.filter(count=6).count() == 3


def test_day_to_come_is_refused(space):
    with pytest.raises(ValidationError) as refusal:
        make_audit(audited_on=today() + timedelta(days=1))
    assert list(refusal.value.message_dict) == ["audited_on"]


def test_second_view_of_the_same_people_on_the_same_day_is_refused(space):
    coarse = make_profile(area="District")
    make_audit()
    with pytest.raises(ValidationError) as refusal:
        make_audit(coarse, body="steering GROUP")
    assert list(refusal.value.message_dict) == ["body"]
    assert make_audit(coarse, audited_on=today() - timedelta(days=1))


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"missing_voices": " "}, "missing_voices"),
        ({"action": ""}, "action"),
        ({"action_on": None}, "action_on"),
        ({"action_on": date(2026, 1, 1)}, "action_on"),
    ],
)
def test_audit_stays_open_without_sentence_action_and_day(space, admin, facts, field):
    audit = make_counted(0, 14, 10)
    with pytest.raises(ValidationError) as refusal:
        close(audit, admin, **facts)
    assert list(refusal.value.message_dict) == [field]
    audit.refresh_from_db()
    assert audit.closed_on is None


def test_audit_without_counts_or_with_people_answering_is_not_closed(space, admin):
    audit = make_audit()
    with pytest.raises(AuditStateError):
        close(audit, admin)
    hand_out_slips(audit=audit, number=5, ends_on=today(), by=admin)
    with pytest.raises(AuditStateError):
        close(audit, admin)


def test_closed_audit_keeps_what_it_says(space, admin):
    audit = close(make_counted(0, 14, 10), admin)
    with pytest.raises(AuditStateError):
        count_by_hand(audit=audit, counts={}, not_stated=0, by=admin, from_cards=True)
    with pytest.raises(AuditStateError):
        close(audit, admin)
    with pytest.raises(AuditStateError):
        delete_representation_audit(audit=audit, by=admin)
    with pytest.raises(AuditStateError):
        hand_out_slips(audit=audit, number=5, ends_on=today(), by=admin)
    assert list(AuditCount.objects.order_by("count").values_list("count", flat=True)) == [0, 10, 14]


def test_action_of_a_closed_audit_is_moved_and_the_day_of_before_is_remembered(space, admin):
    audit = make_counted(0, 14, 10)
    new = today() + timedelta(days=90)
    with pytest.raises(AuditStateError):
        change_representation_action(audit=audit, action="Two seats", action_on=new, by=admin)
    closed = close(audit, admin)
    with pytest.raises(ValidationError):
        change_representation_action(audit=audit, action="", action_on=new, by=admin)
    change_representation_action(audit=audit, action="Three seats", action_on=new, by=admin)
    event = AuditEvent.objects.get(verb="representation.action_changed")
    assert event.changes == {"action_on": [str(closed.action_on), str(new)]}


@pytest.mark.parametrize("counts", [{"other": 3}, {"own": -1}, {"own": 10_000_000}])
def test_counts_that_cannot_be_are_refused_and_nothing_is_kept(space, admin, counts):
    audit = make_audit()
    groups = {"own": categories_of(audit.profile)[0].pk, "other": audit.pk}
    with pytest.raises(ValidationError):
        count_by_hand(
            audit=audit,
            counts={groups[name]: count for name, count in counts.items()},
            not_stated=0,
            by=admin,
            from_cards=True,
        )
    assert not AuditCount.objects.exclude(count=0).exists()


def test_history_tells_what_was_done_and_no_count(space, admin):
    audit = make_audit()
    groups = categories_of(audit.profile)
    count_by_hand(audit=audit, counts={groups[0].pk: 4321}, not_stated=8765, by=admin, from_cards=True)
    close(audit, admin, action="Ask Ugo")
    events = AuditEvent.objects.filter(verb__startswith="representation").order_by("at", "id")
    assert [event.verb for event in events] == [
        "representation.opened",
        "representation.counted",
        "representation.closed",
    ]
    told = str([(event.changes, event.subject_label) for event in events])
    for secret in ("4321", "8765", "Ugo"):
        assert secret not in told


def test_deleting_takes_counts_and_slips_along(space, admin):
    audit = make_audit()
    hand_out_slips(audit=audit, number=5, ends_on=today(), by=admin)
    delete_representation_audit(audit=audit, by=admin)
    assert not RepresentationAudit.objects.exists()
    assert not AuditCount.objects.exists()
    assert not AccessLink.objects.exists()
    remove_reference_profile(profile=audit.profile, by=admin)
    assert not ReferenceProfile.objects.exists()


def test_figures_an_audit_compares_with_stay(space, admin):
    profile = make_audit().profile
    with pytest.raises(ProfileInUseError):
        change_reference_profile(profile=profile, categories=[Category("A", 1), Category("B", 1)], by=admin)
    with pytest.raises(ProfileInUseError):
        remove_reference_profile(profile=profile, by=admin)
    assert len(categories_of(profile)) == 3


def test_action_is_due_on_its_day_and_no_longer_when_the_body_was_looked_at_again(space, admin, viewer):
    past = today() - timedelta(days=60)
    audit = make_counted(0, 14, 10, audited_on=past)
    close(audit, admin, action_on=today(), today=past)
    eyes = viewer(admin)
    assert not actions_due(eyes, today=today() - timedelta(days=1)).exists()
    assert list(actions_due(eyes, today=today())) == [audit]
    other = make_profile("language")
    make_audit(other)
    assert actions_due(eyes, today=today()).exists()
    open_representation_audit(
        profile=audit.profile, body="Steering group", audited_on=today(), method=audit.method, by=admin
    )
    assert not actions_due(eyes, today=today()).exists()
