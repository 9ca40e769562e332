"""The signals partnerships know by themselves, each on both sides of its threshold."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.utils import timezone

from core.access.visibility import Visibility
from core.models import AccessLink
from core.operations.audit import record
from partnerships.models import (
    Attendance,
    Decision,
    Meeting,
    Minutes,
    Partnership,
    PartnershipMember,
    ResourceNeed,
    Update,
)
from partnerships.queries.signal_resource import CLAIMED_TWICE, assets_claimed_twice
from partnerships.queries.signal_rules import (
    OWN,
    absent_members,
    ending_agreements,
    late_minutes,
    quiet_members,
    rhythm_missed,
    unheard_people,
    without_deputy,
)
from stakeholders.operations.asset import add_asset
from tests.factories.core import make_user
from tests.factories.meetings import make_meeting
from tests.factories.partnerships import (
    make_agreement,
    make_member,
    make_partner,
    make_partnership,
    make_person,
    make_representative,
)
from tests.factories.stakeholders import make_stakeholder

TODAY = date(2026, 11, 27)


@pytest.fixture
def partnership(space):
    return make_partnership("own")


@pytest.fixture
def member(partnership):
    return make_member(partnership, "Scuola", state="member", joined_on=date(2026, 1, 1))


def days_ago(days):
    return datetime.combine(TODAY - timedelta(days=days), time(15), UTC)


def held(partnership, days, *, sent=None, state="minutes_draft", visibility=Visibility.PARTNERS):
    """A meeting so many days ago; its minutes went round ``sent`` days ago."""
    meeting = make_meeting(partnership, starts_at=days_ago(days), visibility=visibility)
    Meeting.objects.filter(pk=meeting.pk).update(state=state)
    if sent is not None:
        Minutes.objects.create(
            meeting=meeting, number=1, text="We met.", circulated_at=days_ago(sent), approve_by=TODAY
        )
    return meeting


def attended(meeting, person, member, presence):
    Attendance.objects.create(meeting=meeting, person=person, member=member, presence=presence)


def facts(found):
    return [one.facts for one in found]


def test_rhythm_is_missed_after_one_and_a_half_of_it(partnership):
    Partnership.objects.filter(pk=partnership.pk).update(state="active", rhythm="monthly")
    update = Update.objects.create(
        partnership=partnership, number=1, title="News", state="published", published_on=TODAY - timedelta(days=45)
    )
    assert facts(rhythm_missed([partnership], today=TODAY)) == []
    assert facts(rhythm_missed([partnership], today=TODAY + timedelta(days=1))) == [{"days": 46}]
    Update.objects.filter(pk=update.pk).update(published_on=TODAY)
    assert facts(rhythm_missed([partnership], today=TODAY + timedelta(days=1))) == []


def test_minutes_are_told_of_when_two_of_the_last_four_were_late(partnership):
    held(partnership, 40, sent=10)
    held(partnership, 80, sent=79)
    assert facts(late_minutes([partnership], today=TODAY)) == []
    held(partnership, 60)
    assert facts(late_minutes([partnership], today=TODAY)) == [{"late": 2, "of": 3}]
    for days in (9, 8, 7):
        held(partnership, days, sent=days - 1)
    assert facts(late_minutes([partnership], today=TODAY)) == []


def test_minutes_of_meetings_partners_do_not_see_are_not_told_of(partnership):
    for days in (40, 60):
        held(partnership, days, visibility=Visibility.COORDINATION)
    assert facts(late_minutes([partnership], today=TODAY)) == []


def test_member_is_missed_after_three_meetings_in_a_row(partnership, member):
    anna, other = make_representative(member), make_member(partnership, "Officine")
    for days in (50, 40):
        attended(held(partnership, days), anna, member, "apologies")
    # To a meeting it was not asked to it could not come.
    held(partnership, 35)
    assert facts(absent_members([partnership], today=TODAY)) == []
    newest = held(partnership, 30)
    attended(newest, anna, member, "absent")
    (found,) = absent_members([partnership], today=TODAY)
    assert (found.facts, found.about_id) == ({"meetings": 3}, member.pk)
    attended(newest, make_representative(other, make_person("Bo", "bo@officine.example")), other, "present")
    carla = make_representative(member, make_person("Carla Neri", "carla@scuola.example"))
    attended(newest, carla, member, "present")
    assert facts(absent_members([partnership], today=TODAY)) == []


def test_who_left_is_not_missed(partnership, member):
    anna = make_representative(member)
    for days in (50, 40, 30):
        attended(held(partnership, days), anna, member, "absent")
    PartnershipMember.objects.filter(pk=member.pk).update(state="former")
    assert facts(absent_members([partnership], today=TODAY)) == []


def test_member_is_quiet_after_sixty_days_without_a_word(partnership, member):
    today = timezone.localdate()
    user = make_partner(member)
    user.last_login = timezone.now() - timedelta(days=59)
    user.save()
    assert facts(quiet_members([partnership], today=today)) == []
    (found,) = quiet_members([partnership], today=today + timedelta(days=1))
    assert (found.facts, found.about_id) == ({"days": 60}, member.pk)


def test_a_link_used_a_meeting_or_an_act_is_a_word(partnership, member):
    today = timezone.localdate()
    anna = make_representative(member)
    later = today + timedelta(days=70)
    assert len(list(quiet_members([partnership], today=later))) == 1
    link = AccessLink.objects.create(
        purpose="task",
        subject_id=anna.pk,
        token_hash="a" * 64,
        person_id=anna.pk,
        expires_at=timezone.now() + timedelta(days=9),
        last_used_at=timezone.now() + timedelta(days=30),
    )
    assert facts(quiet_members([partnership], today=later)) == []
    link.delete()
    meeting = make_meeting(partnership, starts_at=timezone.now() + timedelta(days=20))
    attended(meeting, anna, member, "absent")
    assert len(list(quiet_members([partnership], today=later))) == 1
    Attendance.objects.update(presence="present")
    assert facts(quiet_members([partnership], today=later)) == []


def test_what_an_account_did_is_a_word(partnership, member, coordinator):
    today = timezone.localdate()
    user = make_partner(member)
    assert facts(quiet_members([partnership], today=today)) == [{"days": (today - date(2026, 1, 1)).days}]
    record("task.updated", partnership, by=coordinator)
    assert len(list(quiet_members([partnership], today=today))) == 1
    record("task.updated", partnership, by=user)
    assert facts(quiet_members([partnership], today=today)) == []


def test_agreement_is_told_of_within_ninety_days_of_its_end(partnership):
    version = make_agreement(partnership)
    version.state, version.valid_from = "in_force", TODAY - timedelta(days=300)
    for days, told in ((91, False), (90, True), (0, True), (-90, True), (-91, False)):
        version.valid_to = TODAY + timedelta(days=days)
        version.save()
        found = list(ending_agreements([partnership], today=TODAY))
        assert bool(found) is told, days
    version.valid_to, version.renewal = TODAY + timedelta(days=9), "tacit"
    version.save()
    assert facts(ending_agreements([partnership], today=TODAY)) == []


def test_ended_agreement_with_a_version_in_force_is_not_told_of(partnership):
    version = make_agreement(partnership)
    version.state, version.valid_to = "expired", TODAY - timedelta(days=3)
    version.save()
    (found,) = ending_agreements([partnership], today=TODAY)
    assert found.facts == {"days": -3, "on": "2026-11-24"}
    version.agreement.versions.create(number=2, text="We go on.", state="in_force")
    assert facts(ending_agreements([partnership], today=TODAY)) == []


def test_agreement_only_coordination_sees_is_told_to_coordination(partnership):
    version = make_agreement(partnership)
    version.state, version.valid_to = "in_force", TODAY
    version.save()
    version.agreement.visibility = Visibility.COORDINATION
    version.agreement.save()
    assert [one.visibility for one in ending_agreements([partnership], today=TODAY)] == [Visibility.COORDINATION]


def test_coordinator_without_a_deputy_who_can_sign_in(partnership, coordinator):
    assert facts(without_deputy([partnership], today=TODAY)) == []
    Partnership.objects.update(coordinator=coordinator)
    assert facts(without_deputy([partnership], today=TODAY)) == [{}]
    deputy = make_user("deputy@borgo.example", "Dora Vice")
    Partnership.objects.update(deputy=deputy)
    assert facts(without_deputy([partnership], today=TODAY)) == []
    deputy.is_active = False
    deputy.save()
    assert facts(without_deputy([partnership], today=TODAY)) == [{}]


@pytest.mark.parametrize("count", [1, 3])
def test_rules_ask_the_same_for_one_and_three(space, coordinator, count, django_assert_num_queries):
    partnerships = []
    for number in range(count):
        partnership = make_partnership(f"p{number}", coordinator=coordinator)
        member = make_member(partnership, f"School {number}", state="member", joined_on=date(2026, 1, 1))
        anna = make_representative(member, make_person(f"Anna {number}", f"anna{number}@scuola.example"))
        for days in (50, 40, 30):
            attended(held(partnership, days), anna, member, "absent")
        Partnership.objects.filter(pk=partnership.pk).update(state="active", rhythm="weekly")
        version = make_agreement(partnership)
        version.state, version.valid_to = "in_force", TODAY
        version.save()
        partnerships.append(partnership)
    with django_assert_num_queries(RULE_QUERIES):
        found = [one for rule in OWN for one in rule.find(partnerships, today=TODAY + timedelta(days=30))]
    assert len(found) == count * 6


RULE_QUERIES = 11


def decided(partnership, number, standing, *, days=10, state="in_force"):
    voices = {"sectors": [], "affected": [["Residents of Via Po", standing]]} if standing else {}
    Decision.objects.create(
        partnership=partnership, year=2026, number=number, title=f"Decision {number}", state=state, voices=voices,
        decided_on=TODAY - timedelta(days=days),
    )  # fmt: skip


def test_people_affected_are_unheard_at_fewer_than_one_in_four_of_four_decisions(partnership):
    for number in range(1, 4):
        decided(partnership, number, "missing")
    decided(partnership, 11, "missing", days=400)
    decided(partnership, 12, "missing", state="proposed")
    decided(partnership, 13, "")
    assert list(unheard_people([partnership], today=TODAY)) == []
    decided(partnership, 4, "missing")
    [found] = unheard_people([partnership], today=TODAY)
    assert found.facts == {"heard": 0, "decisions": 4, "missed": 4}
    rule = next(rule for rule in OWN if rule.code == "people_affected_unheard")
    assert rule.sentence(found.facts, "") == "People affected were there or heard at 0 of the last 4 decisions."
    decided(partnership, 5, "heard")
    assert list(unheard_people([partnership], today=TODAY))
    decided(partnership, 6, "present")
    assert list(unheard_people([partnership], today=TODAY)) == []


def test_one_thing_for_two_needs_is_found_on_the_days_they_share(partnership):
    owner = make_stakeholder("Coop")
    van = add_asset(owner=owner, by=None, kind="equipment", title="Van")
    talk = add_asset(owner=owner, by=None, kind="knowledge_data", title="Talk")

    def need(first, last, met_by=van, where=partnership):
        return ResourceNeed.objects.create(
            partnership=where, kind="equipment", title="x", state="met", met_by=met_by,
            needed_from=TODAY + timedelta(days=first), needed_until=TODAY + timedelta(days=last),
        )  # fmt: skip

    need(0, 5)
    need(6, 9)
    need(0, 9, met_by=talk)
    need(0, 9, met_by=talk)
    need(0, 9, where=make_partnership("other"))
    assert list(assets_claimed_twice([partnership], today=TODAY)) == []
    need(5, 6)
    (found,) = assets_claimed_twice([partnership], today=TODAY)
    assert (found.facts, found.about_id) == ({"from": "2026-12-02", "times": 2}, van.pk)
    assert list(assets_claimed_twice([partnership], today=TODAY + timedelta(days=7))) == []
    assert "“Van” is to meet two needs" in CLAIMED_TWICE.sentence(found.facts, "Van")
