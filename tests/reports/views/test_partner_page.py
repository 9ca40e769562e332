"""Everything asked of a partner on one page, by an e-mailed link."""

import re
from datetime import date, timedelta

import pytest

from core.access.roles import Role
from core.models import AccessLink, OutboxMail
from metrics.models import Measurement
from partnerships.models import Attendance, Meeting, MinutesApproval, Partnership, Representative, Signature, Task
from partnerships.operations.accession import ask_to_accede
from partnerships.operations.agreement import share_agreement_for_review
from partnerships.operations.agreement_signing import open_agreement_for_signing
from partnerships.operations.attendance import write_heard
from partnerships.operations.minutes import circulate_minutes
from partnerships.operations.representative import end_representation
from partnerships.operations.signature import accept_agreement
from partnerships.queries.due import due_items
from partnerships.rules.authority import LinkHolder
from reports.operations.digest import choose_rhythm
from reports.operations.partner_page import mail_partner_page, write_partner_pages
from tests.factories.activities import make_hours, make_shift, make_signup, publish
from tests.factories.core import make_user
from tests.factories.meetings import hold_meeting, make_meeting
from tests.factories.metrics import Q1, make_indicator, make_measurement
from tests.factories.partnerships import (
    make_agreement,
    make_commitment,
    make_member,
    make_partnership,
    make_person,
    make_representative,
    make_task,
)

TODAY = date(2026, 7, 3)
# Eighteen of the page, and seven that enter and leave the tenant.
PAGE_QUERIES = 27


@pytest.fixture(autouse=True)
def at_work(time_machine):
    time_machine.move_to("2026-07-03 10:00", tick=False)


@pytest.fixture
def member(space):
    return make_member(make_partnership("own", state=Partnership.State.ACTIVE), state="member")


@pytest.fixture
def anna(member):
    return make_representative(member, make_person("Anna Riva", "anna@riva.example"))


@pytest.fixture
def page(anna):
    mail = mail_partner_page(person=anna, by=None)
    return re.search(r"http://[^/]+(/\S+)", mail.text)[1]


def asked(client, page):
    return client.get(page).content.decode()


def links_of(page_text):
    return re.findall(r'action="([^"]+/open/[^"]+)"', page_text)


def open_only(client, page):
    (address,) = links_of(asked(client, page))
    return client.post(address)


def test_page_shows_what_is_asked_of_the_organisation_whoever_was_named(client, member, anna, page):
    colleague = make_representative(member, make_person("Ugo Blu", "ugo@riva.example"))
    make_task(member.partnership, "Open the hall", member=member, person=colleague, state="accepted")
    make_task(member.partnership, "Sign the lease", member=member)
    make_task(member.partnership, "Count chairs", member=member, state="done")
    make_task(member.partnership, "Not ours", member=make_member(member.partnership, "Altri"), state="accepted")
    text = asked(client, page)
    assert "Open the hall" in text
    assert text.index("Sign the lease") < text.index("Open the hall")
    assert "Count chairs" not in text
    assert "Not ours" not in text
    assert "Officine Riva" in text


def test_who_may_not_commit_is_asked_no_question(client, member):
    staff = make_representative(member, make_person("Ugo Blu", "ugo@riva.example"), can_commit=False)
    make_task(member.partnership, "Sign the lease", member=member)
    make_task(member.partnership, "Open the hall", member=member, state="accepted")
    page = re.search(r"http://[^/]+(/\S+)", mail_partner_page(person=staff, by=None).text)[1]
    text = asked(client, page)
    assert "Sign the lease" not in text
    assert "Open the hall" in text


def test_task_is_done_from_the_page_and_leads_back(client, member, anna, page):
    task = make_task(member.partnership, "Open the hall", member=member, state="accepted")
    there = open_only(client, page).headers["Location"]
    assert page in client.get(there).content.decode()
    answer = client.post(there, {"state": "done"})
    assert page in answer.content.decode()
    task.refresh_from_db()
    assert task.state == Task.State.DONE
    assert "Nothing is asked of you today" in asked(client, page)


def test_agreement_is_read_and_signed_from_the_page(client, member, anna, page):
    version = make_agreement(member.partnership)
    open_agreement_for_signing(version=version, members=[member], by=None)
    there = open_only(client, page).headers["Location"]
    assert "We meet on Mondays" in client.get(there).content.decode()
    assert Signature.objects.get().state == Signature.State.REQUESTED


def test_meeting_is_answered_and_minutes_are_approved_from_the_page(client, member, anna, page, admin):
    meeting = make_meeting(member.partnership, title="Steering group", state="scheduled")
    asked_to = Attendance.objects.create(meeting=meeting, person=anna, member=member)
    there = open_only(client, page).headers["Location"]
    client.post(there, {"answer": "yes"})
    asked_to.refresh_from_db()
    assert asked_to.answer == "yes"
    assert "Steering group" not in asked(client, page)
    Attendance.objects.update(presence="present")
    Meeting.objects.update(state="minutes_draft")
    meeting.refresh_from_db()
    minutes = circulate_minutes(meeting=meeting, text="# Minutes", by=admin)
    assert "Minutes to approve" in asked(client, page)
    there = open_only(client, page).headers["Location"]
    client.post(there, {"comment": "", "hash_seen": minutes.text_sha256})
    assert MinutesApproval.objects.get().answer == "approved"
    assert "Nothing is asked of you today" in asked(client, page)


def test_promise_made_elsewhere_is_kept_from_the_page(client, member, anna, page):
    make_commitment(member, "Lend the van")
    assert "Lend the van" in asked(client, page)
    there = open_only(client, page).headers["Location"]
    assert "Lend the van" in client.get(there).content.decode()


def test_number_is_given_with_the_last_one_shown_and_waits_for_a_second_person(client, member, anna, page):
    indicator = make_indicator(member.partnership)
    make_measurement(indicator, 12, period=Q1, member=member)
    assert "Last time: 12" in asked(client, page)
    there = open_only(client, page).headers["Location"]
    assert "Last time: 12" in client.get(there).content.decode()
    assert client.post(there, {}).status_code == 422
    assert client.post(there, {"value": "-"}).status_code == 422
    client.post(there, {"value": "15"})
    given = Measurement.objects.get(value=15)
    assert (given.member, given.entered_by_person, given.state) == (member, anna, "submitted")
    assert (given.period_starts_on, given.period_ends_on) == (date(2026, 4, 1), date(2026, 6, 30))
    assert client.get(there).status_code == 404


def test_hours_of_volunteers_are_confirmed_from_the_page(client, member, anna, page, admin):
    work = publish(member.partnership, admin, host=member, supervisor=anna)
    volunteer = make_signup(make_shift(work, admin)).volunteer
    hours = make_hours(volunteer, work)
    make_hours(volunteer, publish(member.partnership, admin, title="Elsewhere"))
    shown = asked(client, page)
    assert ("Hours to confirm" in shown, "Elsewhere" in shown) == (True, False)
    there = open_only(client, page).headers["Location"]
    client.post(there, {"confirm": "1"})
    hours.refresh_from_db()
    assert hours.state == "verified"
    assert "Hours to confirm" not in asked(client, page)


def test_opening_changes_nothing_and_what_acts_refuses_to_be_opened(client, member, anna, page):
    make_task(member.partnership, "Open the hall", member=member, state="accepted")
    before = AccessLink.objects.count()
    address = links_of(asked(client, page))[0]
    assert client.get(address).status_code == 405
    assert client.get(f"{page}renew/").status_code == 405
    assert AccessLink.objects.count() == before


def test_what_is_not_asked_of_the_person_is_not_opened(client, member, anna, page):
    foreign = make_task(member.partnership, "Not ours", member=make_member(member.partnership, "Altri"))
    kinds = ("task", "answer", "signature", "draft", "heard", "value", "meeting", "minutes", "promise", "everything")
    for kind in kinds:
        assert client.post(f"{page}open/{kind}/{foreign.pk}/").status_code == 404
    assert client.get(f"{page}value/{foreign.pk}/").status_code == 404
    assert client.get(f"{page}heard/{foreign.pk}/").status_code == 404


def test_later_partner_is_asked_to_accede_here_and_in_the_reminders(client, member, anna, page, admin):
    other = make_member(member.partnership, "Altri")
    version = make_agreement(member.partnership)
    speaker = make_representative(other, make_person("Eva Rosa", "eva@altri.example"))
    opened = open_agreement_for_signing(version=version, members=[other], by=admin)
    accept_agreement(
        signature=Signature.objects.get(), by=LinkHolder(person=speaker, link_id=speaker.pk), name="Eva Rosa",
        capacity="President", hash_seen=opened.text_sha256,
    )  # fmt: skip
    assert "To read and sign" not in asked(client, page)
    ask_to_accede(version=version, member=member, by=admin)
    text = asked(client, page)
    assert "you join what the others signed" in text
    assert client.get(open_only(client, page).url).status_code == 200
    items = due_items(today=TODAY, within=timedelta(days=7))
    assert [(item.step, item.person_id) for item in items] == [("sign", anna.pk)]


def test_draft_to_remark_on_is_opened_from_here(client, member, anna, page, admin):
    version = make_agreement(member.partnership)
    assert "Drafts to remark on" not in asked(client, page)
    share_agreement_for_review(version=version, by=admin)
    make_agreement(make_partnership("other"), text="## Other")
    assert "Drafts to remark on" in asked(client, page)
    answer = client.get(open_only(client, page).url)
    assert (answer.status_code, "We meet on Mondays" in answer.content.decode()) == (200, True)


def test_what_was_heard_is_confirmed_from_here(client, member, anna, page, admin):
    meeting = hold_meeting(member.partnership, admin)
    other = make_member(member.partnership, "Altri")
    first, second = (
        write_heard(meeting=meeting, member=member, text=text, by=admin)
        for text in ("A van is needed", "Not on Mondays")
    )
    write_heard(meeting=meeting, member=other, text="Theirs alone", by=admin)
    text = asked(client, page)
    assert "What we heard from you" in text
    ways = [f"{page}heard/{heard.pk}/" for heard in (first, second)]
    assert [client.post(way).url for way in links_of(text)[:2]] == [f"{way}?back={page.split('/')[-2]}" for way in ways]
    assert "A van is needed" in client.get(ways[0]).content.decode()
    client.post(ways[0])
    client.post(ways[1], {"correction": "Mondays only in spring"})
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.confirmed_at is not None, second.correction) == (True, "Mondays only in spring")
    assert client.get(ways[0]).status_code == 404
    assert "What we heard from you" not in asked(client, page)


def test_link_ends_with_speaking_for_the_organisation_and_with_its_time(client, member, anna, page, time_machine):
    time_machine.move_to("2026-08-30 10:00", tick=False)
    assert client.get(page).status_code == 410
    OutboxMail.objects.all().delete()
    client.post(f"{page}renew/")
    new = re.search(r"http://[^/]+(/\S+)", OutboxMail.objects.get().text)[1]
    assert client.get(new).status_code == 200
    end_representation(representative=Representative.objects.get(), by=None, today=TODAY)
    assert client.get(new).status_code == 410
    assert client.post(f"{new}renew/").status_code == 200
    assert OutboxMail.objects.count() == 1


def test_who_speaks_for_nobody_has_a_page_of_what_is_asked_of_them(client, member, admin, signed_in_as):
    watcher = make_person("Mara Monitor", "mara@monitor.example")
    assert mail_partner_page(person=watcher, by=None) is None
    meeting = make_meeting(member.partnership, note_taker=watcher, state="scheduled")
    Attendance.objects.create(meeting=meeting, person=watcher)
    make_task(member.partnership, "Watch the crossing", person=watcher, state="accepted")
    assert write_partner_pages(today=TODAY) == 1
    mail = OutboxMail.objects.get(to="mara@monitor.example")
    assert "asked something of you" in mail.text
    page = re.search(r"http://[^/]+(/\S+)", mail.text)[1]
    text = asked(client, page)
    assert [title in text for title in ("Minutes to take", "Watch the crossing", "Say whether you come")] == [True] * 3
    (notes,) = [way for way in links_of(text) if "/open/notes/" in way]
    assert client.get(client.post(notes).headers["Location"]).status_code == 200
    user = make_user("mara@monitor.example", role=Role.FUNDER, scope=member.partnership.scope)
    browser = signed_in_as(user)
    assert 'action="/s/borgo/asked/"' in browser.get("/s/borgo/").content.decode()
    assert "Watch the crossing" in asked(client, browser.post("/s/borgo/asked/").headers["Location"])
    assert signed_in_as(admin).post("/s/borgo/asked/").headers["Location"] == "/s/borgo/"
    Meeting.objects.update(state="minutes_approved")
    Task.objects.all().delete()
    assert client.get(page).status_code == 410


@pytest.mark.parametrize("page", ["/l/borgo/partner/nothing/", "/l/borgo/partner/nothing/value/00000000-0000-7000-8000-000000000000/"])  # fmt: skip
def test_unknown_link_is_nowhere(space, client, page):
    assert client.get(page).status_code == 404


def test_monthly_mail_goes_once_to_who_is_asked_something_and_wants_it(member, anna):
    make_task(member.partnership, "Open the hall", member=member, state="accepted")
    idle = make_member(member.partnership, "Altri")
    make_representative(idle, make_person("Eva Rosa", "eva@altri.example"))
    never = make_representative(member, make_person("Ugo Blu", "ugo@riva.example"))
    choose_rhythm(person=never, rhythm="never")
    assert write_partner_pages(today=TODAY) == 1
    assert write_partner_pages(today=TODAY + timedelta(days=1)) == 0
    mail = OutboxMail.objects.get()
    assert (mail.to, mail.bulk) == ("anna@riva.example", True)
    assert mail.unsubscribe_url in mail.text
    assert write_partner_pages(today=date(2026, 8, 3)) == 1
    assert write_partner_pages(today=date(2026, 9, 8)) == 0


def test_coordinator_mails_the_page_to_one_person_any_time(member, anna, coordinator, signed_in_as):
    make_representative(member, make_person("Ugo Blu", "ugo@riva.example"))
    representative = Representative.objects.get(person=anna)
    browser = signed_in_as(coordinator)
    address = f"/s/borgo/partnerships/own/members/{member.pk}/people/{representative.pk}/page/"
    assert browser.post(address).status_code == 302
    assert [mail.to for mail in OutboxMail.objects.all()] == ["anna@riva.example"]
    anna.do_not_contact = True
    anna.save()
    browser.post(address)
    assert OutboxMail.objects.count() == 1


@pytest.mark.parametrize("count", [1, 3])
def test_page_costs_the_same_queries_for_one_and_three_tasks(
    client, member, anna, page, count, django_assert_num_queries
):
    for number in range(count):
        make_task(member.partnership, f"Task {number}", member=member, state="accepted")
    client.get(page)
    with django_assert_num_queries(PAGE_QUERIES):
        client.get(page)
