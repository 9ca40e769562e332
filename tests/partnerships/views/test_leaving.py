"""Leaving well, handing over, and the welcome pack."""

from datetime import timedelta

import pytest
from django.utils import timezone

from core.models import AuditEvent, OutboxMail
from goals.models import DeliverableRole
from goals.operations.deliverable import plan_deliverable
from partnerships.models import Attendance, ExitStep, Partnership, PartnershipMember, Representative
from partnerships.operations.decision import record_decision
from partnerships.operations.handover import HandoverRefusedError, hand_over
from partnerships.queries.representative import active_representatives
from tests.factories.goals import make_goal
from tests.factories.meetings import make_meeting
from tests.factories.partnerships import (
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


def test_lesson_needs_words_and_a_point_can_be_opened_again(school, browser):
    assert "what was learned" in settle(browser, school, "lesson", "  ").content.decode()
    settle(browser, school, "money", "Paid back")
    settle(browser, school, "money", settled="0")
    assert ExitStep.objects.get().settled_on is None
    assert settle(browser, school, "everything").status_code == 200
    assert ExitStep.objects.count() == 1


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


def test_partner_settles_nothing(school, signed_in_as):
    partner = signed_in_as(make_partner(school, "lead@scuola.example"))
    assert partner.get(at(school, "exit/")).status_code == 403
    assert partner.post(at(school, "exit/"), {"kind": "money", "settled": "1"}).status_code == 403


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


def test_meetings_to_come_go_over_with_the_chair_and_an_invitation(school, anna, coordinator):
    coming = make_meeting(school.partnership, state="scheduled", chair=anna.person, chair_member=school)
    over = make_meeting(school.partnership, state="minutes_approved", chair=anna.person, chair_member=school)
    for meeting in (coming, over):
        Attendance.objects.create(meeting=meeting, person=anna.person, member=school, answer="yes")
    bice = hand_over(giver=anna, by=coordinator, name="Bice Verdi", email="bice@scuola.example").person
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
    make_commitment(make_member(school.partnership, "Others"), "Theirs alone")
    partner = signed_in_as(make_partner(school, "lead@scuola.example"))
    page = partner.get(f"{HERE}welcome/").content.decode()
    assert ["Lend the van" in page, "Bring the keys" in page, "Theirs alone" in page] == [True, False, False]
    assert "Work for everybody who leaves school" in page
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
