"""Leaving well, handing over, and the welcome pack."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from core.access.visibility import Visibility
from core.models import AuditEvent, OutboxMail
from funding.models import FundingSource
from goals.models import DeliverableRole
from goals.operations.deliverable import plan_deliverable
from partnerships.models import (
    Attendance,
    ExitStep,
    Partnership,
    PartnershipMember,
    Representative,
    ResourceNeed,
    ShelfDocument,
    WorryContact,
)
from partnerships.operations.decision import record_decision
from partnerships.operations.handover import HandoverRefusedError, hand_over
from partnerships.operations.notes_link import make_notes_link
from partnerships.operations.worry import name_contacts
from partnerships.queries.due import Step
from partnerships.queries.exit import exit_rows
from partnerships.queries.exit_due import exit_due_items
from partnerships.queries.representative import active_representatives
from partnerships.queries.worry import contacts_that_serve
from stakeholders.models import Asset, Stakeholder
from tests.factories.goals import make_goal
from tests.factories.meetings import make_meeting
from tests.factories.partnerships import (
    make_agreement,
    make_commitment,
    make_member,
    make_partner,
    make_partnership,
    make_person,
    make_representative,
    make_task,
)

HERE = "/s/borgo/partnerships/own/"
State = PartnershipMember.State


@pytest.fixture
def partnership(space):
    return make_partnership("own", mode=Partnership.Mode.FULL, purpose="Work for everybody who leaves school")


@pytest.fixture
def school(partnership):
    return make_member(partnership, "Scuola", state=State.ON_NOTICE)


@pytest.fixture
def browser(coordinator, signed_in_as):
    return signed_in_as(coordinator)


@pytest.fixture
def anna(school):
    make_representative(school, make_person("Anna Neri", "anna@scuola.example"))
    return Representative.objects.get()


def at(member, rest=""):
    return f"{HERE}members/{member.pk}/{rest}"


def settle(browser, member, kind, note="", *, settled="1"):
    return browser.post(at(member, "exit/"), {"kind": kind, "settled": settled, "note": note}, follow=True)


def test_member_leaves_a_full_partnership_once_everything_is_settled(school, browser):
    task = make_task(school.partnership, "Open the hall", member=school, state="accepted")
    move = {"to": "former", "reason": ""}
    assert "Settle what is open first" in browser.post(at(school, "move/"), move).content.decode()
    assert "Open the hall" in browser.get(at(school, "exit/")).content.decode()
    assert "Something is still open here" in settle(browser, school, "tasks").content.decode()
    task.state = "cancelled"
    task.save()
    for kind in ExitStep.Kind:
        settle(browser, school, kind.value, "Ask earlier who has the keys")
    assert ExitStep.objects.filter(settled_on__isnull=False).count() == 7
    browser.post(at(school, "move/"), move)
    school.refresh_from_db()
    assert school.state == State.FORMER
    assert AuditEvent.objects.filter(verb="member.exit_settled").count() == 7


def test_light_partnership_is_only_told(school, browser):
    Partnership.objects.update(mode="light")
    browser.post(at(school, "move/"), {"to": "former", "reason": ""})
    school.refresh_from_db()
    assert school.state == State.FORMER


def test_who_leaves_is_not_forgotten(partnership, coordinator, browser):
    partnership.coordinator = coordinator
    partnership.save()
    version = make_agreement(partnership)
    version.state, version.notice_days = "in_force", 60
    version.save()
    firm = make_member(partnership, "Officine", state=State.MEMBER)
    today = timezone.localdate()
    proposed = today + timedelta(days=60)
    assert f'value="{proposed}"' in browser.get(at(firm, "move/")).content.decode()
    past = {"to": "on_notice", "leaves_on": str(today - timedelta(days=1))}
    refused = browser.post(at(firm, "move/"), past)
    assert (refused.status_code, b"Choose today or a day to come." in refused.content) == (422, True)
    move = f"/s/borgo/api/v1/partnerships/own/members/{firm.pk}/move/"
    assert "leaves_on" in browser.post(move, past, content_type="application/json").json()["errors"]
    moved = browser.post(move, {"to": "on_notice"}, content_type="application/json").json()
    assert (moved["state"], moved["leaves_on"]) == ("on_notice", str(proposed))
    assert "7 points open" in browser.get(at(firm)).content.decode()
    assert "7 points of the checklist for leaving are open" in browser.get(at(firm, "move/")).content.decode()

    def reminders(day):
        return [(item.step, item.person_id, item.title) for item in exit_due_items(today=day)]

    assert reminders(proposed - timedelta(days=31)) == []
    assert reminders(proposed - timedelta(days=30)) == [(Step.EXIT, coordinator.pk, "Officine leaves: the checklist")]
    assert reminders(proposed + timedelta(days=1)) == [
        (Step.EXIT_LATE, coordinator.pk, "Officine leaves: the checklist")
    ]
    assert "leaves_on" not in browser.get(at(firm, "move/")).content.decode()
    browser.post(at(firm, "move/"), {"to": "member"})
    assert reminders(proposed) == []
    PartnershipMember.objects.filter(pk=firm.pk).update(state=State.EXCLUDED)
    assert reminders(today) == [(Step.EXIT, coordinator.pk, "Officine leaves: the checklist")]
    ExitStep.objects.bulk_create(ExitStep(member=firm, kind=kind, settled_on=today) for kind in ExitStep.Kind)
    assert reminders(today) == []


def test_who_leaves_reads_its_own_checklist_and_settles_nothing(partnership, school, browser, signed_in_as):
    make_task(partnership, "Open the hall", member=school, state="accepted")
    own = signed_in_as(make_partner(school, "lea@scuola.example"))
    other = signed_in_as(make_partner(make_member(partnership, "Officine", state=State.MEMBER), "ugo@officine.example"))
    api = f"/s/borgo/api/v1/partnerships/own/members/{school.pk}/exit/"
    assert at(school, "exit/") in own.get(at(school)).content.decode()
    page = own.get(at(school, "exit/")).content.decode()
    assert ("Open the hall" in page, "It is settled" in page) == (True, False)
    assert own.get(api).status_code == 200
    assert settle(own, school, "money", "Paid").status_code == 403
    assert own.post(api, {"kind": "money", "settled": True}, content_type="application/json").status_code == 403
    assert other.get(at(school, "exit/")).status_code == other.get(api).status_code == 403
    assert at(school, "exit/") not in other.get(at(school)).content.decode()
    PartnershipMember.objects.update(state=State.MEMBER)
    assert own.get(at(school, "exit/")).status_code == 403


def test_lesson_needs_words_and_a_point_can_be_opened_again(school, browser):
    assert "what was learned" in settle(browser, school, "lesson", "  ").content.decode()
    settle(browser, school, "money", "Paid back")
    settle(browser, school, "money", settled="0")
    assert ExitStep.objects.get().settled_on is None
    assert settle(browser, school, "everything").status_code == 422
    assert ExitStep.objects.count() == 1


def test_point_is_closed_with_a_note_by_somebody_on_a_day(school, browser, coordinator):
    refused = settle(browser, school, "equipment")
    assert refused.status_code == 422
    assert "Write in a few words how it was settled." in refused.content.decode()
    api = f"/s/borgo/api/v1/partnerships/own/members/{school.pk}/exit/"
    assert browser.post(api, {"kind": "data", "settled": True}, content_type="application/json").status_code == 409
    page = settle(browser, school, "equipment", "Two keys came back").content.decode()
    assert "Two keys came back" in page
    assert str(coordinator) in page
    step = ExitStep.objects.get()
    assert (step.settled_by, step.settled_on) == (coordinator, timezone.localdate())
    row = next(one for one in browser.get(api).json()["results"] if one["kind"] == "equipment")
    assert row["settled_by"] == str(coordinator)
    # Three volunteers need no note.
    Partnership.objects.update(mode="light")
    assert settle(browser, school, "money").status_code == 200
    assert ExitStep.objects.filter(settled_on__isnull=False).count() == 2


def test_refused_note_stays_in_its_field(school, browser):
    make_task(school.partnership, "Open the hall", member=school, state="accepted")
    Partnership.objects.update(mode="light")
    page = settle(browser, school, "lesson", " ").content.decode()
    assert 'aria-describedby="error-lesson"' in page
    page = settle(browser, school, "tasks", "All given away").content.decode()
    assert "Something is still open here" in page


def test_each_point_shows_what_is_really_open(school, anna, browser, coordinator, space):
    own, organisation = school.partnership, school.organisation
    Partnership.objects.update(visibility=Visibility.PUBLIC)
    own.refresh_from_db()
    make_commitment(school, "Lend the van on Saturdays")
    make_commitment(school, "Print the leaflet", state="kept", kept_on=timezone.localdate())
    van = Asset.objects.create(owner=organisation, kind="equipment", title="A projector")
    skill = Asset.objects.create(owner=organisation, kind="skill", title="Teaching")
    for title, asset in (("Something to show films", van), ("Somebody to teach", skill)):
        ResourceNeed.objects.create(partnership=own, kind=asset.kind, title=title, state="met", met_by=asset)
    for kind, name in (("grant", "School fund"), ("in_kind", "Paper")):
        FundingSource.objects.create(
            partnership=own, kind=kind, name=name, giver=organisation, amount_cents=100_00, currency="EUR",
            valued_by="Price list",
        )  # fmt: skip
    account = make_partner(school, "lead@scuola.example")
    ShelfDocument.objects.create(partnership=own, title="List of families", created_by=account)
    ShelfDocument.objects.create(partnership=own, title="Statute", created_by=coordinator)
    other = make_member(own, "Comune")
    make_commitment(other, "Open the town hall")
    rows = {row.kind: [hold.text for hold in row.holds] for row in exit_rows(school)}
    assert rows["tasks"] == ["Open promise: Lend the van on Saturdays"]
    assert rows["money"] == ["School fund (expected)"]
    assert sorted(rows["equipment"]) == ["A projector, lent for: Something to show films", "Paper (expected)"]
    assert rows["logo"] == ["The public page names it among the members until the day it has left."]
    assert rows["data"] == ["On the shelf: List of families"]
    assert rows["people"] == ["2 people still speak for it."]
    page = browser.get(at(school, "exit/")).content.decode()
    assert "/promises/1/" in page
    assert "Open the town hall" not in page


# People turned to with a worry


@pytest.fixture
def contacts(school, coordinator):
    """Two people to turn to, the first of the school, which leaves."""
    comune = make_member(school.partnership, "Comune", state=State.MEMBER)
    users = [make_partner(school, "lead@scuola.example"), make_partner(comune, "lead@comune.example")]
    chosen = Representative.objects.filter(person__user__in=users)
    name_contacts(partnership=school.partnership, representatives=[one.pk for one in chosen], by=coordinator)
    return list(chosen.order_by("person__email"))


def test_two_people_to_turn_to_remain_when_one_leaves(school, contacts, browser, coordinator):
    giver = next(one for one in contacts if one.member_id == school.pk)
    page = settle(browser, school, "people", "All were told").content.decode()
    assert "Something is still open here" in page
    assert "Name somebody of another organisation" in page
    ended = browser.post(at(school, f"people/{giver.pk}/end/"), follow=True).content.decode()
    assert "Name somebody else for that first" in ended
    api = f"/s/borgo/api/v1/partnerships/own/members/{school.pk}/people/{giver.pk}/end/"
    assert browser.post(api).status_code == 409
    # Somebody new cannot sign in yet, so nothing goes over.
    sent = {"to": "", "name": "Bice Verdi", "email": "bice@scuola.example", "language": "it"}
    refused = browser.post(at(school, f"people/{giver.pk}/handover/"), sent)
    assert (refused.status_code, b"Name somebody else" in refused.content) == (422, True)
    assert not Stakeholder.objects.filter(email="bice@scuola.example").exists()
    make_partner(school, "second@scuola.example")
    second = Representative.objects.get(person__email="second@scuola.example")
    assert (
        b"turn to with a worry: <strong>1</strong>" in browser.get(at(school, f"people/{giver.pk}/handover/")).content
    )
    browser.post(at(school, f"people/{giver.pk}/handover/"), {"to": str(second.pk), "language": "it"})
    assert {one.person_id for one in contacts_that_serve(school.partnership)} == {
        second.person_id, next(one.person_id for one in contacts if one != giver),
    }  # fmt: skip


def test_light_partnership_is_told_and_loses_its_contact(school, contacts, browser):
    Partnership.objects.update(mode="light")
    giver = next(one for one in contacts if one.member_id == school.pk)
    browser.post(at(school, f"people/{giver.pk}/end/"))
    assert WorryContact.objects.filter(member=school, until=None).count() == 0
    assert settle(browser, school, "people", "Told").status_code == 200


def test_result_and_goal_it_answers_for_keep_it(school, browser):
    plan_deliverable(partnership=school.partnership, by=None, title="Forty placements", parts={school.pk: {"A", "R"}})
    make_goal(school.partnership, title_en="Fewer leave school", owner_member=school)
    page = browser.get(at(school, "exit/")).content.decode()
    assert "Forty placements" in page
    assert "Fewer leave school" in page


def test_member_that_stays_has_nothing_to_settle(partnership, browser):
    member = make_member(partnership, "Officine", state=State.MEMBER)
    assert "not leaving" in settle(browser, member, "money").content.decode()
    assert not ExitStep.objects.exists()
    api = f"/s/borgo/api/v1/partnerships/own/members/{member.pk}/exit/"
    answer = browser.post(api, {"kind": "money", "settled": True}, content_type="application/json")
    assert answer.status_code == 409


def test_api_settles_with_the_same_rules(school, browser):
    api = f"/s/borgo/api/v1/partnerships/own/members/{school.pk}/exit/"
    sent = {"kind": "money", "settled": True, "note": "Paid"}
    rows = browser.post(api, sent, content_type="application/json").json()["results"]
    assert next(row for row in rows if row["kind"] == "money")["note"] == "Paid"
    assert len(browser.get(api).json()["results"]) == 7


def test_everything_goes_over_to_somebody_new_in_one_step(school, anna, browser):
    task = make_task(school.partnership, "Open the hall", member=school, person=anna.person, state="accepted")
    done = make_task(school.partnership, "Count chairs", member=school, person=anna.person, state="done")
    goal = make_goal(school.partnership, owner_member=school, owner_person=anna.person)
    plan_deliverable(
        partnership=school.partnership, by=None, title="Placements", parts={school.pk: {"A", "R"}},
        people={school.pk: anna.person_id},
    )  # fmt: skip
    page = browser.get(at(school, f"people/{anna.pk}/handover/")).content.decode()
    assert "Open tasks: <strong>1</strong>" in page
    sent = {"to": "", "name": "Bice Verdi", "email": "bice@scuola.example", "language": "it"}
    answer = browser.post(at(school, f"people/{anna.pk}/handover/"), sent)
    assert answer.headers["Location"] == at(school)
    bice = active_representatives().get(member=school)
    assert (bice.person.name, bice.can_commit) == ("Bice Verdi", True)
    for held in (task, done, goal):
        held.refresh_from_db()
    assert (task.person, goal.owner_person) == (bice.person, bice.person)
    assert done.person == anna.person
    assert set(DeliverableRole.objects.values_list("person", flat=True)) == {bice.person_id}
    mail = OutboxMail.objects.get(kind="welcome")
    assert mail.to == "bice@scuola.example"
    assert "Work for everybody who leaves school" in mail.text
    assert "Open the hall" in mail.text
    assert "Anna Neri" in mail.text


def test_meetings_go_over_with_the_chair_an_invitation_and_the_minutes_being_written(client, school, anna, coordinator):
    coming = make_meeting(school.partnership, state="scheduled", chair=anna.person, chair_member=school)
    over = make_meeting(school.partnership, state="minutes_approved", chair=anna.person, chair_member=school)
    for meeting in (coming, over):
        Attendance.objects.create(meeting=meeting, person=anna.person, member=school, answer="yes")
    past = make_meeting(school.partnership, state="minutes_draft", note_taker=anna.person)
    Attendance.objects.create(meeting=past, person=anna.person, member=school, answer="yes")
    gone = make_notes_link(meeting=past, person=anna.person, by=coordinator)[1]
    bice = hand_over(giver=anna, by=coordinator, name="Bice Verdi", email="bice@scuola.example").person
    past.refresh_from_db()
    assert past.note_taker == bice
    assert [mail.to for mail in OutboxMail.objects.filter(kind="meeting_notes")] == ["bice@scuola.example"]
    assert client.get(gone).status_code == 410
    coming.refresh_from_db()
    over.refresh_from_db()
    assert (coming.chair, over.chair) == (bice, anna.person)
    assert Attendance.objects.get(meeting=coming).person == bice
    assert Attendance.objects.get(meeting=coming).answer == "invited"
    assert Attendance.objects.get(meeting=over).person == anna.person
    assert [mail.to for mail in OutboxMail.objects.filter(kind="meeting")] == ["bice@scuola.example"]


def test_welcome_pack_tells_what_was_decided_in_the_last_year_and_counts(school, coordinator, signed_in_as):
    today = timezone.localdate()
    for title, days, outcome in (("Share the van", 20, "decided"), ("Too old", 400, "decided"), ("No", 20, "rejected")):
        record_decision(
            partnership=school.partnership, by=coordinator, title=title, text=title, outcome=outcome,
            method="consent", decided_on=today - timedelta(days=days),
        )  # fmt: skip
    page = signed_in_as(make_partner(school, "lead@scuola.example")).get(f"{HERE}welcome/").content.decode()
    assert "Share the van" in page
    assert "Too old" not in page
    assert ">No<" not in page


def test_colleague_takes_over_and_keeps_the_right_to_commit(school, anna, browser):
    colleague = make_representative(school, make_person("Ugo Blu", "ugo@scuola.example"), can_commit=False)
    chosen = Representative.objects.get(person=colleague)
    browser.post(at(school, f"people/{anna.pk}/handover/"), {"to": str(chosen.pk), "language": "en"})
    assert active_representatives().get(member=school).person == colleague
    assert active_representatives().get(member=school).can_commit


def test_nobody_and_oneself_are_no_taker_and_nothing_moves(school, anna, browser, coordinator):
    sent = {"to": "", "name": "", "email": "", "language": "en"}
    assert browser.post(at(school, f"people/{anna.pk}/handover/"), sent).status_code == 422
    with pytest.raises(HandoverRefusedError, match="another person"):
        hand_over(giver=anna, by=coordinator, name="Anna", email="ANNA@scuola.example")
    assert active_representatives().get(member=school) == anna
    assert not OutboxMail.objects.filter(kind="welcome").exists()


def test_colleague_of_another_member_takes_nothing(school, anna, coordinator):
    other = make_member(school.partnership, "Officine", state=State.MEMBER)
    make_representative(other, make_person("Eva Rosa", "eva@officine.example"))
    with pytest.raises(HandoverRefusedError, match="does not speak"):
        hand_over(giver=anna, by=coordinator, colleague=Representative.objects.get(member=other))


def test_welcome_page_tells_a_partner_what_a_partner_may_see(school, browser, signed_in_as):
    make_task(school.partnership, "Open the hall", member=school, state="accepted")
    make_commitment(school, "Lend the van")
    make_commitment(school, "Bring the keys", state="kept", kept_on=timezone.localdate())
    Partnership.objects.update(starts_on=date(2025, 2, 1))
    others = make_member(school.partnership, "Others", joined_on=date(2025, 3, 1), left_on=timezone.localdate())
    make_commitment(others, "Theirs alone")
    partner = signed_in_as(make_partner(school, "lead@scuola.example"))
    page = partner.get(f"{HERE}welcome/").content.decode()
    assert ["Lend the van" in page, "Bring the keys" in page, "Theirs alone" in page] == [True, False, False]
    assert "Work for everybody who leaves school" in page
    began, joined, left = (page.index(words) for words in ("The partnership began", "Others joined", "Others left"))
    assert page.index("How it came to be") < began < joined < left
    assert "Open the hall" in page
    assert browser.get(f"{HERE}welcome/").status_code == 200


def test_welcome_pack_is_mailed_to_one_person_and_not_to_who_wants_no_mail(school, anna, browser):
    make_representative(school, make_person("Ugo Blu", "ugo@scuola.example"))
    browser.post(at(school, f"people/{anna.pk}/welcome/"))
    assert [mail.to for mail in OutboxMail.objects.filter(kind="welcome")] == ["anna@scuola.example"]
    anna.person.do_not_contact = True
    anna.person.save()
    browser.post(at(school, f"people/{anna.pk}/welcome/"))
    assert OutboxMail.objects.filter(kind="welcome").count() == 1
