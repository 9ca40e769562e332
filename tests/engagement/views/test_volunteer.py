import re
import uuid
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from core.access.roles import Role
from core.models import Grant, OutboxMail
from engagement.models import (
    HoursEntry,
    RegisterEntry,
    SafeguardingConcern,
    Shift,
    Volunteer,
    VolunteerOpportunity,
    VolunteerSignup,
)
from engagement.operations.hours import confirm_hours
from engagement.operations.safeguarding import raise_concern
from engagement.operations.volunteer import accept_signup
from engagement.operations.volunteer_certificate import ask_for_certificate
from engagement.operations.volunteer_opportunity import OpportunityRefusedError
from engagement.rules.stamp import new_stamp
from partnerships.models import PartnershipMember
from stakeholders.models import Stakeholder
from tests.factories.activities import make_hours, make_shift, make_signup, make_work, publish
from tests.factories.core import make_user
from tests.factories.engagement import make_public_partnership
from tests.factories.partnerships import make_member, make_person, make_representative

LIST = "/s/borgo/partnerships/orti/volunteering/"
PAGE = "/p/borgo/orti/volunteering/1/"
LINK = re.compile(r"http://[^/]+(/l/borgo/[\w-]+/[\w-]+/)")
State = VolunteerSignup.State


@pytest.fixture
def orti(space):
    return make_public_partnership()


@pytest.fixture
def work(orti, coordinator):
    return publish(orti, coordinator, min_age=14, safeguarding_lead=coordinator)


@pytest.fixture
def shift(work, coordinator):
    return make_shift(work, coordinator)


@pytest.fixture
def browser(coordinator, signed_in_as):
    """The coordinator at work."""
    return signed_in_as(coordinator)


@pytest.fixture
def filled(work, shift):
    """A form as a person sends it a minute after opening the page."""
    return {
        "shifts": [str(shift.pk)],
        "name": "Rosa",
        "email": "Rosa@Example.org",
        "is_old_enough": "on",
        "consent": "on",
        "stamp": new_stamp(work.pk, now=datetime.now(tz=UTC) - timedelta(minutes=1)),
    }


def newest_link(**found):
    return LINK.search(OutboxMail.objects.filter(**found).order_by("-created_at", "-pk")[0].text)[1]


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_statements_for_one_and_three_rows(orti, browser, statements, count):
    for _number in range(count):
        make_work(orti)
    with statements() as found:
        answer = browser.get(LIST)
    assert answer.content.decode().count('scope="row"') == count
    assert len(found) == 5


@pytest.mark.parametrize("count", [1, 3])
def test_roster_and_people_cost_the_same_statements_for_one_and_three(shift, browser, statements, count):
    for _number in range(count):
        make_signup(shift)
    with statements() as found:
        answer = browser.get(f"{LIST}1/roster/")
    assert answer.content.decode().count(">Take<") == count
    assert len(found) == 5
    with statements() as found:
        answer = browser.get(f"{LIST}people/")
    assert answer.content.decode().count('scope="row"') == count
    assert len(found) == 5


def test_work_is_offered_and_published_from_the_page(orti, browser):
    member = make_member(orti, "Library")
    speaker = make_person("Rosa Speaker", "rosa@library.example")
    make_representative(member, speaker)
    form = {
        "title": "Reading aloud", "purpose": "Stories", "host": str(member.pk), "supervisor": str(speaker.pk),
        "min_age": "18", "check_policy": "ask", "contact_with_people_at_risk": "none", "minor_hours_a_day": "4",
        "is_insured": "on",
    }  # fmt: skip
    assert browser.post(f"{LIST}new/", {**form, "host": str(uuid.uuid4())}).status_code == 422
    assert browser.post(f"{LIST}new/", {**form, "supervisor": str(uuid.uuid4())}).status_code == 422
    assert browser.post(f"{LIST}new/", form).status_code == 302
    browser.post(f"{LIST}1/publish/")
    page = {"day": "2027-06-01", "begins": "17:00", "ends": "19:00", "capacity_min": "2", "capacity_max": "1"}
    assert browser.post(f"{LIST}1/shifts/new/", page).status_code == 422
    assert browser.post(f"{LIST}1/shifts/new/", {**page, "capacity_max": "4"}).status_code == 302
    html = browser.get(f"{LIST}1/").content.decode()
    assert "0 of 4, at least 2" in html
    again = browser.post(f"{LIST}1/shifts/new/", {**page, "capacity_max": "4", "weeks": "7"}, follow=True)
    assert "8 shifts are there." in again.content.decode()
    assert PartnershipMember.objects.count() == 1
    assert Stakeholder.objects.filter(pk=speaker.pk).exists()


def test_partner_reads_what_is_published_and_no_person(orti, shift, signed_in_as):
    make_signup(shift)
    make_work(orti, title="DRAFT")
    browser = signed_in_as(make_user("p@borgo.example", role=Role.PARTNER_MEMBER, scope=orti.scope))
    html = browser.get(LIST).content
    assert b"Reading aloud" in html
    assert b"DRAFT" not in html
    assert browser.get(f"{LIST}1/").status_code == 200
    for page in ("1/roster/", "1/roster/table/download/", "people/", "register/", "register/table/download/"):
        assert browser.get(f"{LIST}{page}").status_code == 403
    assert browser.get(f"{LIST}people/{Volunteer.objects.get().pk}/").status_code == 403
    for action in ("1/edit/", "1/publish/", "1/pause/", "1/close/", "1/archive/", "1/shifts/new/"):
        assert browser.post(f"{LIST}{action}").status_code == 403


def test_signing_up_answering_coming_and_hours_without_any_password(work, filled, browser, client):
    assert b"I want to help" in client.get(PAGE).content
    answer = client.post(f"{PAGE}sign-up/", filled)
    assert b"Look into your mail" in answer.content
    signup = VolunteerSignup.objects.get()
    own = newest_link(to="rosa@example.org")
    assert client.get(own).status_code == 200
    browser.post(f"{LIST}1/roster/{signup.pk}/accept/")
    client.get(own)
    signup.refresh_from_db()
    assert signup.state == State.ACCEPTED
    client.post(own, {"confirm": str(signup.pk)})
    browser.post(f"{LIST}1/roster/{signup.pk}/in/")
    browser.post(f"{LIST}1/roster/{signup.pk}/attended/")
    signup.refresh_from_db()
    assert signup.state == State.ATTENDED
    refused = client.post(own, {"report": "1", "opportunity": str(work.pk), "on": "2020-01-01", "hours": "99"})
    assert refused.status_code == 422
    client.post(own, {"report": "1", "opportunity": str(work.pk), "on": str(timezone.localdate()), "hours": "2.5"})
    entry = HoursEntry.objects.get()
    host = newest_link(kind="volunteer_hours")
    assert b"Are these hours right?" in client.get(host).content
    assert client.head(host).status_code == 200
    entry.refresh_from_db()
    assert entry.state == HoursEntry.State.SUBMITTED
    assert b"Confirmed. Thank you." in client.post(host, {"confirm": "1"}).content
    entry.refresh_from_db()
    assert entry.state == HoursEntry.State.VERIFIED
    assert b"2.5 hours of yours are confirmed" in client.get(own).content
    client.post(own, {"leave": "1", "exit_answer": "More tea"})
    assert Volunteer.objects.get().state == Volunteer.State.FORMER


def test_host_asks_instead_and_staff_settle_from_the_page(shift, work, browser, client):
    volunteer = make_signup(shift).volunteer
    entry = make_hours(volunteer, work)
    host = newest_link(kind="volunteer_hours")
    assert client.post(host, {"ask": "1", "note": ""}).status_code == 422
    client.post(host, {"ask": "1", "note": "Both evenings?"})
    entry.refresh_from_db()
    assert (entry.state, entry.note) == (HoursEntry.State.QUERIED, "Both evenings?")
    assert b"Both evenings?" in browser.get(f"{LIST}1/").content
    browser.post(f"{LIST}1/hours/{entry.pk}/reject/")
    entry.refresh_from_db()
    assert entry.state == HoursEntry.State.REJECTED
    assert b"not counted" in client.get(host).content
    second = make_hours(volunteer, work)
    assert browser.post(f"{LIST}1/hours/{second.pk}/query/", {"note": "Why?"}).status_code == 302
    browser.post(f"{LIST}1/hours/{second.pk}/confirm/")
    second.refresh_from_db()
    assert second.state == HoursEntry.State.VERIFIED


def test_hours_that_wait_are_put_right_from_ones_own_page(shift, work, browser, client):
    signup = make_signup(shift)
    accept_signup(signup=signup, by=make_user("c3@borgo.example", role=Role.COORDINATOR))
    long = make_hours(signup.volunteer, work, hours=Decimal(13))
    others = make_hours(make_signup(shift).volunteer, work)
    own = newest_link(to=signup.volunteer.email)
    assert b"In the place of hours you wrote down before?" in client.get(own).content
    given = {"report": "1", "opportunity": str(work.pk), "on": str(timezone.localdate()), "hours": "3"}
    assert client.post(own, {**given, "corrects": str(others.pk)}).status_code == 422
    assert client.post(own, {**given, "corrects": str(long.pk)}).status_code == 200
    states = HoursEntry.objects.filter(volunteer=signup.volunteer).order_by("hours").values_list("hours", "state")
    assert [(str(hours), state) for hours, state in states] == [("3.00", "submitted"), ("13.00", "rejected")]
    confirm_hours(entry=HoursEntry.objects.get(corrects=long))
    assert b"In the place of hours" not in client.get(own).content


def test_signup_form_says_what_is_missing_and_loses_nothing(work, filled, client):
    wrongs = ({"shifts": []}, {"shifts": [str(uuid.uuid4())]}, {"email": "x"}, {"consent": ""}, {"is_minor": "on"})
    for wrong in wrongs:
        answer = client.post(f"{PAGE}sign-up/", {**filled, "name": "KEPT", **wrong})
        assert answer.status_code == 422
        assert b"KEPT" in answer.content
    assert not Volunteer.objects.exists()


def test_age_of_the_work_is_asked_and_a_full_shift_says_so_beforehand(work, shift, filled, client, coordinator):
    VolunteerOpportunity.objects.filter(pk=work.pk).update(min_age=16)
    shift.capacity_min = shift.capacity_max = 1
    shift.save()
    accept_signup(signup=make_signup(shift), by=coordinator)
    assert b"full: waiting list" in client.get(PAGE).content
    assert b"I am 16 or older" in client.get(f"{PAGE}sign-up/").content
    refused = client.post(f"{PAGE}sign-up/", {**filled, "is_old_enough": ""})
    assert (refused.status_code, b"Nobody younger is taken" in refused.content) == (422, True)


def test_guardian_agrees_with_one_button(work, filled, client):
    client.post(
        f"{PAGE}sign-up/",
        {**filled, "is_minor": "on", "guardian_name": "Anna", "guardian_email": "anna@example.org"},
    )
    path = newest_link(to="anna@example.org")
    assert b"Yes, I agree" in client.get(path).content
    assert Volunteer.objects.get().guardian_consent_on is None
    own, other = newest_link(to=filled["email"].lower()), {"guardian": "1", "guardian_name": "Ugo"}
    assert b"We wait for Anna to agree, and wrote to anna@example.org" in client.get(own).content
    refused = client.post(own, {**other, "guardian_email": filled["email"].upper()})
    assert (refused.status_code, b"another address than your own" in refused.content) == (422, True)
    assert b"We wait for Ugo" in client.post(own, {**other, "guardian_email": "Ugo@example.org"}).content
    # Whoever was asked first cannot agree any more.
    assert b"Yes, I agree" not in client.get(path).content
    path = newest_link(to="ugo@example.org")
    assert b"Thank you, you agreed" in client.post(path).content
    assert Volunteer.objects.get().guardian_consent_on == timezone.localdate()
    assert b"any more" in client.post(own, {**other, "guardian_email": "third@example.org"}).content


def test_one_volunteers_link_opens_nothing_of_another(shift, work, client):
    mine, theirs = make_signup(shift), make_signup(shift)
    confirm_hours(entry=make_hours(theirs.volunteer, work))
    certificate = ask_for_certificate(volunteer=theirs.volunteer)
    own = newest_link(to=mine.volunteer.email)
    assert client.post(own, {"cancel": str(theirs.pk)}).status_code == 404
    assert client.post(own, {"confirm": "x"}).status_code == 404
    assert client.get(f"{own}certificate/{certificate.pk}/").status_code == 404
    for path in ("volunteer/no/", "hours/no/", "guardian/no/", "volunteer/no/certificate/" + str(certificate.pk) + "/"):
        assert client.get(f"/l/borgo/{path}").status_code == 404
    assert client.get(own.replace("/volunteer/", "/hours/")).status_code == 404


def test_certificate_is_checked_by_its_code(shift, work, client, browser):
    volunteer = make_signup(shift, name="Rosa Bianchi").volunteer
    confirm_hours(entry=make_hours(volunteer, work))
    certificate = ask_for_certificate(volunteer=volunteer)
    answer = client.get(f"/verify/borgo/{certificate.code}/")
    assert answer.status_code == 200
    own = newest_link(to=volunteer.email)
    page = f"{LIST}people/{volunteer.pk}/"
    file = f"{page}certificates/{certificate.pk}/download/"
    type(certificate).objects.update(pdf=None)
    assert b"Being made" in client.get(own).content
    assert browser.get(file).status_code == 404
    assert browser.post(f"{page}certify/").status_code == 302
    assert b"Being made" in browser.get(page).content
    assert type(certificate).objects.count() == 1
    assert b"Rosa Bianchi" in answer.content
    assert b"2 hours" in answer.content
    assert client.get("/verify/riverside/" + certificate.code + "/").status_code == 404


def test_concern_goes_to_the_named_lead_and_exists_for_nobody_else(
    work, coordinator, admin, browser, signed_in_as, client
):
    stamp = new_stamp(work.pk, now=datetime.now(tz=UTC) - timedelta(minutes=1))
    assert client.post(f"{PAGE}concern/", {"stamp": stamp, "text": ""}).status_code == 422
    answer = client.post(f"{PAGE}concern/", {"stamp": stamp, "text": "CANARY words"})
    concern = SafeguardingConcern.objects.get()
    assert concern.code.encode() in answer.content
    page = f"/s/borgo/concerns/{concern.pk}/"
    assert b"CANARY words" in browser.get(page).content
    for stranger in (admin, make_user("c2@borgo.example", role=Role.COORDINATOR)):
        theirs = signed_in_as(stranger)
        assert concern.code.encode() not in theirs.get("/s/borgo/concerns/").content
        assert theirs.get(page).status_code == 404
        for action in ("read", "close"):
            assert theirs.post(f"{page}{action}/").status_code == 404
    browser.post(f"{page}read/")
    browser.post(f"{page}close/")
    concern.refresh_from_db()
    assert concern.state == SafeguardingConcern.State.CLOSED


def test_concern_page_is_not_there_without_a_lead(orti, coordinator, client):
    publish(orti, coordinator)
    assert client.get(f"{PAGE}concern/").status_code == 404
    raise_concern(opportunity=publish(orti, coordinator, safeguarding_lead=coordinator), text="x", sent_from="n")


def test_lead_without_a_role_is_told_nothing_and_coordination_names_another(orti, browser, client, coordinator):
    lead = make_user("lead@borgo.example", role=Role.COORDINATOR)
    work = publish(orti, coordinator, safeguarding_lead=lead)
    assert b"somebody's safety here" in client.get(PAGE).content
    assert b"Nobody hears worries" not in browser.get(f"{LIST}{work.number}/").content
    Grant.objects.filter(user=lead).delete()
    assert b"somebody's safety here" not in client.get(PAGE).content
    assert client.get(f"{PAGE}concern/").status_code == 404
    with pytest.raises(OpportunityRefusedError):
        raise_concern(opportunity=work, text="x", sent_from="n")
    assert b"Nobody hears worries" in browser.get(f"{LIST}{work.number}/").content


def test_public_pages_cost_few_statements_and_bytes(shift, client, statements, settings):
    for path, cost in ((PAGE, 4), (f"{PAGE}sign-up/", 3), (f"{PAGE}concern/", 3)):
        with statements() as found:
            answer = client.get(path)
        assert answer.status_code == 200
        assert len(found) == cost
        assert len(answer.content) < 30_000
        assert set(answer.cookies) <= {settings.CSRF_COOKIE_NAME}


def test_roster_and_register_are_tables_that_harm_no_spreadsheet(orti, coordinator, browser):
    work = publish(orti, coordinator, keeps_register=True)
    signup = make_signup(make_shift(work, coordinator), name="=CMD()")
    assert b"'=CMD()" in browser.get(f"{LIST}1/roster/table/download/").content
    accept_signup(signup=signup, by=coordinator)
    entry = f"{LIST}people/{signup.volunteer_id}/register/"
    bad = {"opportunity": str(work.pk), "residence": "Borgo", "starts_on": str(timezone.localdate())}
    assert browser.post(entry, bad).status_code == 422
    assert browser.post(entry, {**bad, "tax_code": "BNCRSO80A41D612X"}).status_code == 302
    assert b"'=CMD()" in browser.get(f"{LIST}register/table/download/").content
    line = RegisterEntry.objects.get()
    assert browser.post(f"{LIST}register/{line.pk}/end/", {"ends_on": "2999-01-01"}).status_code == 422
    browser.post(f"{LIST}register/{line.pk}/end/", {"ends_on": str(timezone.localdate())})
    line.refresh_from_db()
    assert line.ends_on == timezone.localdate()
    assert browser.get(f"{LIST}register/download/").status_code == 404
    assert browser.post(f"{LIST}register/make/").status_code == 302


def test_file_keeps_outcome_and_day_of_a_check(shift, browser):
    volunteer = make_signup(shift).volunteer
    page = f"{LIST}people/{volunteer.pk}/"
    assert browser.post(page, {"check_outcome": "clear", "state": "active"}).status_code == 422
    browser.post(page, {"check_outcome": "clear", "check_on": str(timezone.localdate()), "state": "active"})
    volunteer.refresh_from_db()
    assert (volunteer.check_outcome, volunteer.state) == ("clear", "active")


def test_neighbours_work_is_the_same_404_as_none(orti, browser, in_neighbour):
    in_neighbour(lambda: make_work(make_public_partnership("altro"), title="CANARY"))
    for slug, number in (("altro", 1), ("orti", 1), ("nobody", 9)):
        for page in ("", "edit/", "roster/", "shifts/new/"):
            assert browser.get(f"/s/borgo/partnerships/{slug}/volunteering/{number}/{page}").status_code == 404


def test_roster_begins_with_what_is_ahead_and_checks_nobody_in_before_the_day(shift, browser, coordinator):
    signup = make_signup(shift)
    accept_signup(signup=signup, by=coordinator)
    html = browser.get(f"{LIST}1/roster/").content.decode()
    assert ("Is here" in html, "Take off" in html, "that is over" in html) == (False, True, False)
    begun = timezone.now() - timedelta(days=3)
    Shift.objects.filter(pk=shift.pk).update(starts_at=begun, ends_at=begun + timedelta(hours=2))
    # Nobody said yet whether they were there.
    html = browser.get(f"{LIST}1/roster/").content.decode()
    assert ("Is here" in html, "that is over" in html) == (True, False)
    VolunteerSignup.objects.filter(pk=signup.pk).update(state=State.NO_SHOW)
    assert "1 shift that is over" in browser.get(f"{LIST}1/roster/").content.decode()
