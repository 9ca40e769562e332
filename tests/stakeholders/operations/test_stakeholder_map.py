from datetime import date

import pytest
from django.core.exceptions import ValidationError

from core.models import AccessLink, AuditEvent, OutboxMail
from core.operations.link import LinkUnknownError
from stakeholders.models import Assessment, InfluenceLink, MapEntry, MapRater, MapRound
from stakeholders.operations import stakeholder_map as map_operations
from stakeholders.operations.assessment import NotYoursToRateError, assess
from stakeholders.operations.influence_link import add_relation, end_relation, remove_relation
from stakeholders.operations.rater_link import RatingLinkGoneError, open_rating_link, send_rating_link
from stakeholders.operations.stakeholder_map import (
    MapRefusedError,
    add_rater,
    change_map,
    close_round,
    open_round,
    put_on_map,
    remove_rater,
    set_ring,
    start_map,
    take_off_map,
)
from tests.factories.stakeholders import make_person, make_stakeholder

TODAY = date(2026, 11, 27)


@pytest.fixture
def orchard(space, admin):
    return start_map(title="Orchard", issue="Who decides about the orchard?", by=admin, today=TODAY)


@pytest.fixture
def entry(orchard, admin):
    put_on_map(found=orchard, stakeholders=[make_stakeholder()], by=admin, ring=1)
    return MapEntry.objects.get()


@pytest.fixture
def rater(orchard):
    return MapRater.objects.get(map=orchard)


def test_new_map_has_an_open_round_and_its_maker_rates(orchard, admin, rater):
    assert MapRound.objects.get().closed_on is None
    assert rater.user == admin
    with pytest.raises(ValidationError):
        start_map(title="", issue="x", by=admin)


def test_stakeholder_is_on_a_map_once_and_two_hundred_are_enough(orchard, entry, admin, monkeypatch):
    assert put_on_map(found=orchard, stakeholders=[entry.stakeholder], by=admin) == 0
    monkeypatch.setattr(map_operations, "MOST_ENTRIES", 1)
    with pytest.raises(MapRefusedError):
        put_on_map(found=orchard, stakeholders=[make_stakeholder("Other")], by=admin)


def test_scores_are_kept_once_a_day_and_no_word_of_them_reaches_history(entry, rater, admin):
    assess(entry=entry, rater=rater, by=admin, today=TODAY, power=4)
    assess(entry=entry, rater=rater, by=admin, today=TODAY, power=5, reason="Signs the permits")
    assert Assessment.objects.get().power == 5
    assert "permits" not in str(list(AuditEvent.objects.values_list("changes", flat=True)))


@pytest.mark.parametrize("scores", [{}, {"power": 5}, {"power": 6, "reason": "x"}])
def test_scores_that_cannot_be_are_refused(entry, rater, admin, scores):
    with pytest.raises(ValidationError):
        assess(entry=entry, rater=rater, by=admin, today=TODAY, **scores)
    assert not Assessment.objects.exists()


def test_rater_of_another_map_and_a_closed_round_are_refused(orchard, entry, rater, admin, coordinator):
    other = start_map(title="Other", issue="Other", by=coordinator)
    with pytest.raises(NotYoursToRateError):
        assess(entry=entry, rater=MapRater.objects.get(map=other), by=coordinator, power=4)
    second = add_rater(found=orchard, by=admin, user=coordinator)
    for one in (rater, second):
        assess(entry=entry, rater=one, by=admin, today=TODAY, power=4)
    close_round(found=orchard, by=admin, today=TODAY)
    with pytest.raises(NotYoursToRateError):
        assess(entry=entry, rater=rater, by=admin, today=TODAY, power=3)
    with pytest.raises(MapRefusedError):
        close_round(found=orchard, by=admin)


def test_round_needs_two_raters_and_ring_one_and_the_next_has_the_next_number(
    orchard, entry, rater, admin, coordinator
):
    second = add_rater(found=orchard, by=admin, user=coordinator)
    assess(entry=entry, rater=rater, by=admin, today=TODAY, power=4)
    with pytest.raises(MapRefusedError):
        close_round(found=orchard, by=admin)
    assess(entry=entry, rater=second, by=coordinator, today=TODAY, power=4)
    set_ring(entry=entry, ring=3, by=admin)
    with pytest.raises(MapRefusedError):
        close_round(found=orchard, by=admin)
    set_ring(entry=entry, ring=1, by=admin)
    with pytest.raises(MapRefusedError):
        open_round(found=orchard, by=admin)
    close_round(found=orchard, by=admin)
    assert open_round(found=orchard, by=admin).number == 2


def test_ring_there_is_none_of_is_refused(entry, admin):
    with pytest.raises(ValidationError):
        set_ring(entry=entry, ring=9, by=admin)


def test_who_is_taken_off_is_gone_with_what_was_said_there(entry, rater, admin):
    assess(entry=entry, rater=rater, by=admin, today=TODAY, power=4)
    take_off_map(entry=entry, by=admin)
    assert not Assessment.objects.exists()
    assert not MapEntry.objects.exists()


def test_rater_who_said_something_stays_and_one_who_did_not_can_go(orchard, entry, rater, admin, coordinator):
    second = add_rater(found=orchard, by=admin, user=coordinator)
    assert add_rater(found=orchard, by=admin, user=coordinator) == second
    remove_rater(rater=second, by=admin)
    assess(entry=entry, rater=rater, by=admin, today=TODAY, power=4)
    with pytest.raises(MapRefusedError):
        remove_rater(rater=rater, by=admin)


def test_forty_raters_are_enough_and_who_cannot_be_reached_is_not_asked(orchard, admin, coordinator, monkeypatch):
    for person in (make_person("Anna"), make_person("Bruno", email="b@x.example", do_not_contact=True)):
        with pytest.raises(MapRefusedError):
            add_rater(found=orchard, by=admin, person=person)
    with pytest.raises(ValidationError):
        add_rater(found=orchard, by=admin)
    monkeypatch.setattr(map_operations, "MOST_RATERS", 1)
    with pytest.raises(MapRefusedError):
        add_rater(found=orchard, by=admin, user=coordinator)


def test_map_is_put_away_and_taken_out_again(orchard, admin):
    assert change_map(found=orchard, by=admin, is_archived=True).is_archived
    assert not change_map(found=orchard, by=admin, is_archived=False).is_archived


def test_link_is_mailed_opens_for_its_rater_and_ends_with_the_next_one(orchard, admin):
    anna = make_person("Anna Neri", email="anna@borgo.example")
    rater = add_rater(found=orchard, by=admin, person=anna)
    token = send_rating_link(rater=rater, by=admin).rstrip("/").rpartition("/")[2]
    assert open_rating_link(token) == rater
    assert OutboxMail.objects.get(kind="rating_link").to == "anna@borgo.example"
    assert not AccessLink.objects.filter(uses__gt=0).exists()
    send_rating_link(rater=rater, by=admin)
    with pytest.raises(RatingLinkGoneError):
        open_rating_link(token)
    with pytest.raises(LinkUnknownError):
        open_rating_link("nonsense")


def test_link_is_not_mailed_to_an_account_nor_without_an_open_round(orchard, rater, admin):
    with pytest.raises(MapRefusedError):
        send_rating_link(rater=rater, by=admin)
    anna = add_rater(found=orchard, by=admin, person=make_person("Anna", email="anna@borgo.example"))
    MapRound.objects.update(closed_on=TODAY)
    with pytest.raises(MapRefusedError):
        send_rating_link(rater=anna, by=admin)


def test_relation_is_written_once_ended_and_written_anew(space, admin):
    first, second = make_stakeholder("Council"), make_stakeholder("Club")
    relation = add_relation(source=first, target=second, by=admin, kind="funds", since=date(2026, 1, 1))
    with pytest.raises(ValidationError):
        add_relation(source=first, target=second, by=admin, kind="funds")
    with pytest.raises(ValidationError):
        add_relation(source=first, target=first, by=admin, kind="funds")
    with pytest.raises(ValidationError):
        end_relation(relation=relation, by=admin, until=date(2025, 1, 1))
    assert end_relation(relation=relation, by=admin, until=TODAY).until == TODAY
    again = add_relation(source=first, target=second, by=admin, kind="funds")
    remove_relation(relation=again, by=admin)
    assert InfluenceLink.objects.get() == relation
