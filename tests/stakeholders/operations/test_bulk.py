from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from core.access.visibility import Visibility
from core.models import AuditEvent
from stakeholders.models import Stakeholder, StakeholderTag, Tag
from stakeholders.operations import bulk
from stakeholders.operations.asset import add_asset
from stakeholders.operations.bulk import BulkRefusedError, change_many, undo_bulk
from stakeholders.operations.tag import tag_stakeholder, untag_stakeholder
from stakeholders.queries.stakeholder import ids_found
from tests.factories.stakeholders import make_stakeholder


@pytest.fixture
def three(space):
    return [make_stakeholder(name) for name in ("Coro", "Banda", "Teatro")]


def ids(rows):
    return [row.pk for row in rows]


def undone(done, by, **more):
    return undo_bulk(event=AuditEvent.objects.get(pk=done.event_id), by=by, **more)


def test_tag_is_put_on_those_without_it_and_taken_back_from_these_alone(three, admin):
    tag_stakeholder(stakeholder=three[0], name="Scuola", by=admin)
    done = change_many(ids=ids(three), do="tag", tag="scuòla", by=admin)
    assert (done.changed, done.left_out, Tag.objects.count(), StakeholderTag.objects.count()) == (2, 1, 1, 3)
    assert undone(done, admin) == 2
    assert StakeholderTag.objects.get().stakeholder_id == three[0].pk
    assert AuditEvent.objects.filter(verb="stakeholder.tagged", subject_id=three[1].pk).exists()


def test_tag_is_taken_off_and_put_back(three, admin):
    change_many(ids=ids(three), do="tag", tag="Scuola", by=admin)
    done = change_many(ids=ids(three[:2]), do="untag", tag="scuola", by=admin)
    assert (done.changed, StakeholderTag.objects.count()) == (2, 1)
    undone(done, admin)
    assert StakeholderTag.objects.count() == 3


def test_owner_is_given_and_each_gets_the_old_one_back(three, admin, coordinator):
    Stakeholder.objects.filter(pk=three[0].pk).update(relationship_owner=coordinator)
    done = change_many(ids=ids(three), do="owner", owner=admin, by=admin)
    assert done.changed == 3
    undone(done, admin)
    owners = dict(Stakeholder.objects.values_list("pk", "relationship_owner"))
    assert [owners[row.pk] for row in three] == [coordinator.pk, None, None]


def test_those_a_state_does_not_follow_for_stay(three, admin):
    Stakeholder.objects.filter(pk=three[0].pk).update(status="dormant", ask_again_on=date(2026, 1, 1))
    Stakeholder.objects.filter(pk=three[1].pk).update(status="partner")
    done = change_many(ids=ids(three), do="move", status="approached", by=admin)
    assert (done.changed, done.left_out) == (2, 1)
    assert undone(done, admin) == 2
    rows = dict(Stakeholder.objects.values_list("name", "status"))
    assert rows == {"Coro": "dormant", "Banda": "partner", "Teatro": "identified"}
    assert Stakeholder.objects.get(name="Coro").ask_again_on == date(2026, 1, 1)


def test_many_are_shown_to_more_only_when_meant_and_searched_by_what_these_may_know(three, admin):
    add_asset(owner=three[0], by=admin, kind="equipment", title="Van", visibility=Visibility.PARTNERS)
    Stakeholder.objects.filter(pk=three[1].pk).update(visibility=Visibility.PUBLIC)
    with pytest.raises(ValidationError, match="More people would see it"):
        change_many(ids=ids(three), do="show", level=4, by=admin)
    assert ids_found(["van"]) == [three[0].pk]
    done = change_many(ids=ids(three), do="show", level=4, is_meant=True, by=admin)
    assert (done.changed, done.left_out, ids_found(["van"])) == (2, 1, [])
    assert undone(done, admin) == 2
    assert (sorted(Stakeholder.objects.values_list("visibility", flat=True)), ids_found(["van"])) == (
        [1, 1, 4],
        [three[0].pk],
    )


def test_what_was_changed_since_is_not_taken_back(three, admin):
    done = change_many(ids=ids(three), do="move", status="approached", by=admin)
    Stakeholder.objects.filter(pk=three[0].pk).update(status="in_dialogue")
    assert undone(done, admin) == 2
    assert Stakeholder.objects.get(pk=three[0].pk).status == "in_dialogue"


@pytest.mark.parametrize("case", ["twice", "late", "other", "no bulk"])
def test_what_cannot_be_taken_back_is_refused(three, admin, coordinator, case):
    done = change_many(ids=ids(three), do="tag", tag="a", by=admin)
    by, more = admin, {}
    if case == "twice":
        undone(done, admin)
    if case == "late":
        more = {"now": timezone.now() + timedelta(hours=2)}
    if case == "other":
        by = coordinator
    event = AuditEvent.objects.get(pk=done.event_id)
    if case == "no bulk":
        event = AuditEvent.objects.filter(verb="stakeholder.tagged").first()
    with pytest.raises(BulkRefusedError):
        undo_bulk(event=event, by=by, **more)


def test_too_many_at_once_are_refused(three, admin, monkeypatch):
    monkeypatch.setattr(bulk, "MOST_AT_ONCE", 2)
    with pytest.raises(BulkRefusedError, match="At most 2"):
        change_many(ids=ids(three), do="tag", tag="a", by=admin)


@pytest.mark.parametrize("name", ["", "★★", "x" * 41])
def test_what_is_no_word_is_no_tag(three, admin, name):
    with pytest.raises(ValidationError):
        tag_stakeholder(stakeholder=three[0], name=name, by=admin)


def test_tag_nothing_carries_is_forgotten(three, admin):
    tag = tag_stakeholder(stakeholder=three[0], name="Scuola", by=admin)
    untag_stakeholder(stakeholder=three[0], tag=tag, by=admin)
    assert not Tag.objects.exists()
