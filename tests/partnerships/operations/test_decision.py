from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from core.access.visibility import Visibility
from core.models import AuditEvent
from partnerships.models import Attendance, Decision, DecisionPosition, PartnershipMap, PartnershipMember
from partnerships.operations.decision import (
    DecisionRefusedError,
    bring_decisions_into_force,
    change_decision,
    note_communicated,
    record_decision,
    review_decision,
    revoke_decision,
    show_decision_to,
    take_decision,
)
from partnerships.operations.minutes import circulate_minutes
from partnerships.queries.decision import members_present
from partnerships.queries.decision_audience import affected_by, audience_rows
from partnerships.queries.decision_due import decision_due_items
from partnerships.queries.meeting import attendances_of
from partnerships.queries.minutes import minutes_text
from partnerships.rules.decision import Audience, Stand
from stakeholders.models import MapEntry, Stakeholder, StakeholderMap
from tests.factories.meetings import call_meeting, hold_meeting, make_meeting
from tests.factories.partnerships import (
    make_agreement,
    make_member,
    make_organisation,
    make_partnership,
    make_person,
    make_representative,
)

TODAY = date(2026, 5, 10)


@pytest.fixture
def partnership(space):
    return make_partnership(mode="full")


@pytest.fixture
def members(partnership):
    return [make_member(partnership, name) for name in ("Riva", "School", "Tenants")]


def decide(partnership, admin, title="Share the van", **fields):
    fields = {"outcome": "decided", "today": TODAY, **fields}
    return record_decision(partnership=partnership, by=admin, title=title, **fields)


def agree_on_quorum(partnership, percent, methods=(), by_subject=None):
    version = make_agreement(partnership)
    version.methods_by_subject = by_subject or {}
    version.quorum_percent, version.decision_methods = percent, list(methods)
    version.state, version.valid_from = "in_force", date(2026, 1, 1)
    version.save()


def test_decisions_are_counted_by_year(partnership, admin):
    labels = [decide(partnership, admin, decided_on=day).label for day in (TODAY, TODAY, date(2025, 12, 31))]
    assert labels == ["2026/1", "2026/2", "2025/1"]


def test_decision_is_in_force_at_once_or_from_its_day(partnership, admin):
    assert decide(partnership, admin).state == "in_force"
    later = decide(partnership, admin, effective_from=date(2026, 6, 1))
    assert later.state == "decided"
    assert bring_decisions_into_force(today=date(2026, 5, 31)) == 0
    assert bring_decisions_into_force(today=date(2026, 6, 1)) == 1
    later.refresh_from_db()
    assert later.state == "in_force"


def test_too_few_there_make_a_recommendation(partnership, members, admin):
    agree_on_quorum(partnership, 60)
    for member in members:
        make_representative(member, make_person(member.organisation.name, f"{member.pk}@x.example"))
    meeting = hold_meeting(partnership, admin, absent=tuple(members[1:]))
    found = decide(partnership, admin, meeting=meeting)
    assert found.state == "recommended"
    assert (found.present_count, found.entitled_count, found.quorum_percent) == (1, 3, 60)


def test_outside_a_meeting_who_takes_a_position_takes_part(partnership, members, admin):
    agree_on_quorum(partnership, 60)
    positions = {members[0].pk: Stand(5), members[1].pk: Stand(1, "Too dear"), members[2].pk: Stand(None)}
    found = decide(partnership, admin, positions=positions)
    assert (found.state, found.present_count) == ("in_force", 2)
    dissent = DecisionPosition.objects.get(decision=found, position=1)
    assert dissent.note == "Too dear"


def test_method_the_agreement_does_not_allow_is_refused_in_full_mode(partnership, members, admin):
    agree_on_quorum(partnership, None, ["consent"])
    with pytest.raises(DecisionRefusedError, match="Allowed: Consent"):
        decide(partnership, admin, method="majority")
    assert not Decision.objects.exists()
    partnership.mode = "light"
    partnership.save()
    assert decide(partnership, admin, method="majority").state == "in_force"


def test_each_subject_is_decided_as_the_agreement_says_for_it(partnership, members, admin):
    agree_on_quorum(partnership, None, ["consent"], by_subject={"members": ["consensus"], "money": []})
    with pytest.raises(DecisionRefusedError, match="Say what it is about"):
        decide(partnership, admin, method="consent")
    with pytest.raises(DecisionRefusedError, match="Allowed: Consensus"):
        decide(partnership, admin, method="consent", subject="members")
    assert decide(partnership, admin, method="consensus", subject="members").state == "in_force"
    with pytest.raises(DecisionRefusedError, match="Allowed: Consent"):
        decide(partnership, admin, method="consensus", subject="money")
    assert decide(partnership, admin, method="consent", about="review").state == "in_force"


def test_what_concerns_residents_is_told_or_explained_but_a_rejection_need_not(partnership, admin):
    with pytest.raises(DecisionRefusedError, match="residents"):
        decide(partnership, admin, affects_residents=True)
    assert decide(partnership, admin, affects_residents=True, outcome="rejected").state == "rejected"
    assert decide(partnership, admin, affects_residents=True, public_note="The van drives on Saturdays").label


def test_full_partnership_whose_agreement_limits_methods_says_how_it_decided(partnership, members, admin):
    assert decide(partnership, admin).method == ""
    agree_on_quorum(partnership, None, methods=["consent"])
    with pytest.raises(DecisionRefusedError, match="Say how it was decided") as refusal:
        decide(partnership, admin)
    assert [finding.code for finding in refusal.value.findings] == ["R-C8"]
    assert decide(partnership, admin, outcome="deferred").state == "deferred"
    partnership.mode = "light"
    partnership.save()
    assert decide(partnership, admin).state == "in_force"


def test_coordination_is_reminded_before_a_decision_is_to_be_looked_at_again(partnership, coordinator, admin):
    partnership.coordinator = coordinator
    partnership.save()
    decision = decide(partnership, admin, review_on=TODAY + timedelta(days=60))
    decide(partnership, admin, title="Rejected", outcome="rejected", review_on=TODAY)
    decide(partnership, admin, title="Far off", review_on=TODAY + timedelta(days=91))
    (item,) = decision_due_items(today=TODAY)
    assert (item.item_id, item.person_id, item.step) == (decision.pk, coordinator.pk, "review_60")
    assert item.url.endswith("/decisions/2026/1/")
    assert [one.step for one in decision_due_items(today=TODAY + timedelta(days=40))] == ["review_30", "review_60"]
    review_decision(decision=decision, by=admin, review_on=TODAY + timedelta(days=300))
    assert [one.title for one in decision_due_items(today=TODAY + timedelta(days=40))] == ["Far off"]


def test_decision_taken_is_neither_edited_nor_taken_again(partnership, admin):
    found = decide(partnership, admin, outcome="")
    change_decision(decision=found, by=admin, title="Share both vans")
    taken = take_decision(decision=found, outcome="decided", by=admin, today=TODAY)
    assert (taken.title, taken.decided_on) == ("Share both vans", TODAY)
    with pytest.raises(DecisionRefusedError, match="never edited"):
        change_decision(decision=found, by=admin, title="Sell the vans")
    with pytest.raises(DecisionRefusedError, match="never edited"):
        take_decision(decision=found, outcome="rejected", by=admin)


def test_another_decision_takes_its_place_once_it_is_decided(partnership, admin):
    first = decide(partnership, admin)
    proposal = decide(partnership, admin, "Sell the van", outcome="", supersedes=first)
    first.refresh_from_db()
    assert first.state == "in_force"
    take_decision(decision=proposal, outcome="decided", by=admin, today=TODAY)
    first.refresh_from_db()
    assert first.state == "superseded"
    with pytest.raises(DecisionRefusedError, match="counts"):
        decide(partnership, admin, supersedes=first)


def test_recommendation_takes_nobodys_place(partnership, members, admin):
    first = decide(partnership, admin)
    agree_on_quorum(partnership, 60)
    assert decide(partnership, admin, "Sell it", supersedes=first).state == "recommended"
    first.refresh_from_db()
    assert first.state == "in_force"


def test_review_keeps_and_revoking_ends(partnership, admin):
    found = decide(partnership, admin, review_on=TODAY)
    kept = review_decision(decision=found, by=admin, review_on=date(2027, 5, 10))
    assert (kept.state, kept.review_on) == ("reviewed", date(2027, 5, 10))
    assert note_communicated(decision=found, by=admin, on=TODAY).communicated_on == TODAY
    assert revoke_decision(decision=found, by=admin).state == "revoked"
    with pytest.raises(DecisionRefusedError):
        review_decision(decision=found, by=admin)


def test_proposal_was_told_to_nobody(partnership, admin):
    with pytest.raises(DecisionRefusedError, match="not decided"):
        note_communicated(decision=decide(partnership, admin, outcome=""), by=admin, on=TODAY)


def test_stranger_and_a_sixth_position_are_refused(partnership, members, admin):
    stranger = make_member(make_partnership("other"), "Stranger")
    with pytest.raises(DecisionRefusedError, match="not in the partnership"):
        decide(partnership, admin, positions={stranger.pk: Stand(5)})
    with pytest.raises(DecisionRefusedError, match="five positions"):
        decide(partnership, admin, positions={members[0].pk: Stand(6)})


def test_decision_of_a_meeting_is_written_before_its_minutes_go_round(partnership, members, admin):
    make_representative(members[0])
    meeting = hold_meeting(partnership, admin)
    decide(partnership, admin, meeting=meeting)
    circulate_minutes(meeting=meeting, by=admin)
    with pytest.raises(DecisionRefusedError, match="Notes"):
        decide(partnership, admin, meeting=meeting)


def test_picture_of_who_was_there_heard_or_missing_is_kept(partnership, members, admin):
    riva, school, tenants = members
    Stakeholder.objects.filter(pk=riva.organisation_id).update(sector="local_business")
    Stakeholder.objects.filter(pk=school.organisation_id).update(sector="education")
    PartnershipMember.objects.filter(pk=tenants.pk).update(seat="community")
    families, person = make_organisation("Families of the valley"), make_person("Rosa", "rosa@x.example")
    found = StakeholderMap.objects.create(title="Map", issue="Transport")
    for one in (families, person):
        MapEntry.objects.create(map=found, stakeholder=one, ring=MapEntry.Ring.LIVING_IT)
    PartnershipMap.objects.create(partnership=partnership, map=found)
    make_representative(riva)
    meeting = hold_meeting(partnership, admin)
    voices = decide(partnership, admin, meeting=meeting, positions={school.pk: Stand(4)}).voices
    assert voices["sectors"][:2] == [["local_business", "present"], ["education", "heard"]]
    assert voices["affected"] == [["Tenants", "missing"], ["Families of the valley", "missing"]]
    assert "Rosa" not in str(voices)


def test_decision_is_not_shown_more_widely_than_its_partnership(partnership, admin):
    with pytest.raises(ValidationError, match="that widely"):
        decide(partnership, admin, visibility=Visibility.FUNDERS)
    decision = decide(partnership, admin)
    with pytest.raises(ValidationError, match="that widely"):
        show_decision_to(decision=decision, visibility=Visibility.PUBLIC, by=admin)
    assert Decision.objects.get().visibility == Visibility.PARTNERS


def test_decision_of_a_meeting_for_few_is_for_few_unless_said(partnership, members, admin):
    make_representative(members[0])
    meeting = call_meeting(partnership, admin, visibility=Visibility.COORDINATION)
    assert decide(partnership, admin, meeting=meeting).visibility == Visibility.COORDINATION
    assert decide(partnership, admin, meeting=meeting, visibility=Visibility.PARTNERS).visibility == Visibility.PARTNERS


def test_words_stay_while_who_sees_a_taken_decision_changes(partnership, admin):
    decision = decide(partnership, admin)
    shown = show_decision_to(decision=decision, visibility=Visibility.COORDINATION, by=admin)
    # It was never told to everybody, so nothing was withdrawn.
    assert (shown.visibility, shown.withdrawn_on, shown.state) == (Visibility.COORDINATION, None, "in_force")
    assert AuditEvent.objects.get(verb="decision.shown_to").changes == {"visibility": ["2", "1"]}


def test_who_speaks_for_two_members_represents_both(space, admin):
    partnership = make_partnership("two")
    first, second = (make_member(partnership, name, state="member") for name in ("Baker", "Choir"))
    make_member(partnership, "Away", state="member")
    person = make_representative(first)
    make_representative(second, person)
    meeting = make_meeting(partnership)
    place = Attendance.objects.create(meeting=meeting, person=person, member=first, presence="present")
    Attendance.objects.create(meeting=meeting, person=make_person("Guest", "g@x.example"), presence="present")
    assert members_present(meeting) == {first.pk, second.pk}
    assert {one.person.name: one.also_for for one in attendances_of(meeting)} == {person.name: ["Choir"], "Guest": []}
    assert "Anna Riva (Baker, Choir)" in minutes_text(place.meeting, language="en")


def test_decision_says_whom_it_affects_and_who_was_told(partnership, admin):
    decision = record_decision(
        partnership=partnership, by=admin, title="Share", outcome="decided", method="consent", affects="The drivers"
    )
    told = note_communicated(decision=decision, by=admin, on=date(2026, 11, 2), to="The drivers, by letter")
    assert (told.affects, told.communicated_to) == ("The drivers", "The drivers, by letter")


def test_decision_names_sectors_and_groups_it_affects_and_keeps_whose_voice_was_missing(partnership, members, admin):
    school = members[1].organisation
    choir = make_organisation("Youth choir")
    with pytest.raises(DecisionRefusedError, match="on a map"):
        decide(partnership, admin, affected=Audience(groups=frozenset([choir.pk])))
    with pytest.raises(DecisionRefusedError):
        decide(partnership, admin, affected=Audience(sectors=frozenset(["pirates"])))
    assert not Decision.objects.exists()
    found = StakeholderMap.objects.create(title="Map", issue="Music")
    MapEntry.objects.create(map=found, stakeholder=choir)
    PartnershipMap.objects.create(partnership=partnership, map=found)
    named = Audience(frozenset(["faith"]), frozenset([school.pk, choir.pk]))
    decision = decide(partnership, admin, positions={members[1].pk: Stand(5)}, affected=named)
    assert decision.voices["affected"] == [["School", "heard"], ["Youth choir", "missing"]]
    assert ["faith", "missing"] in decision.voices["sectors"]
    with pytest.raises(DecisionRefusedError, match="still to come"):
        note_communicated(decision=decision, by=admin, on=date(2026, 5, 11), told=named, today=TODAY)
    first = Audience(frozenset(["faith"]), frozenset([school.pk]))
    note_communicated(decision=decision, by=admin, on=date(2026, 5, 9), told=first, today=TODAY)
    note_communicated(decision=decision, by=admin, on=TODAY, told=named, today=TODAY)
    rows = [(row.name, row.is_affected, row.told_on.day, row.standing) for row in audience_rows(decision)]
    assert rows == [("Faith", True, 9, "missing"), ("School", True, 9, "heard"), ("Youth choir", True, 10, "missing")]


def test_proposal_changes_whom_it_affects(partnership, members, admin):
    decision = decide(partnership, admin, outcome="", affected=Audience(frozenset(["faith", "media"])))
    change_decision(decision=decision, by=admin, title="Share two vans")
    assert affected_by(decision) == Audience(frozenset(["faith", "media"]))
    change_decision(decision=decision, by=admin, affected=Audience(groups=frozenset([members[0].organisation_id])))
    assert affected_by(decision) == Audience(groups=frozenset([members[0].organisation_id]))
