from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone
from icalendar import Calendar

from core.models import AuditEvent, Job, OutboxMail, User
from core.queries.tenant import tenant_at_work
from core.tenancy.context import tenant_scope
from engagement.models import HoursEntry, RegisterEntry, SafeguardingConcern, Volunteer, VolunteerSignup
from engagement.operations.hours import confirm_hours, query_hours, reject_hours, report_hours
from engagement.operations.safeguarding import close_concern, raise_concern, read_concern
from engagement.operations.volunteer import (
    accept_signup,
    agree_as_guardian,
    cancel_signup,
    change_file,
    check_in_volunteer,
    confirm_signup,
    leave_volunteering,
    settle_signup,
)
from engagement.operations.volunteer_certificate import ask_for_certificate, render_certificate
from engagement.operations.volunteer_mail import remind_volunteers
from engagement.operations.volunteer_opportunity import (
    OpportunityRefusedError,
    add_shift,
    add_shifts,
    archive_work,
    cancel_shift,
    change_work,
    close_work,
    pause_work,
    publish_work,
)
from engagement.operations.volunteer_register import end_in_register, enter_in_register, render_register
from engagement.operations.volunteer_retention import forget_concerns, forget_volunteers
from engagement.queries.volunteer import concerns_for, total_of, words_of_concern
from tests.factories.activities import make_hours, make_shift, make_signup, make_work, publish
from tests.factories.engagement import make_public_partnership

State = VolunteerSignup.State
REFUSED = pytest.raises(OpportunityRefusedError)


@pytest.fixture
def partnership(space):
    return make_public_partnership()


@pytest.fixture
def work(partnership, coordinator):
    return publish(partnership, coordinator, min_age=14)


@pytest.fixture
def shift(work, coordinator):
    return make_shift(work, coordinator, capacity_min=1, capacity_max=2)


def test_work_is_published_insured_and_with_a_lead_where_people_at_risk_are_met(partnership, coordinator):
    uninsured = make_work(partnership, is_insured=False)
    with REFUSED:
        publish_work(opportunity=uninsured, by=coordinator)
    with REFUSED:
        add_shift(
            opportunity=uninsured, by=coordinator, starts_at=timezone.now(),
            ends_at=timezone.now() + timedelta(hours=1),
        )  # fmt: skip
    risky = make_work(partnership, contact_with_people_at_risk="regular")
    with REFUSED:
        publish_work(opportunity=risky, by=coordinator)
    change_work(opportunity=risky, by=coordinator, safeguarding_lead=coordinator)
    assert publish_work(opportunity=risky, by=coordinator).state == "published"
    with REFUSED:
        change_work(opportunity=risky, by=coordinator, is_insured=False)


def test_shift_is_repeated_at_the_same_hour_on_the_wall_and_all_or_none(work, coordinator):
    rome = ZoneInfo("Europe/Rome")
    begins = datetime(2027, 3, 23, 8, tzinfo=rome)
    given = {"opportunity": work, "by": coordinator, "starts_at": begins, "ends_at": begins + timedelta(hours=2)}
    shifts = add_shifts(**given, weeks=2)
    assert [one.starts_at.astimezone(rome).strftime("%d %H:%M") for one in shifts] == [
        "23 08:00",
        "30 08:00",
        "06 08:00",
    ]
    change_work(opportunity=work, by=coordinator, insured_until=date(2027, 4, 1))
    with REFUSED:
        add_shifts(**given, weeks=2)
    assert work.shifts.count() == 3


def test_work_is_paused_closed_and_put_away(work, coordinator):
    assert pause_work(opportunity=work, by=coordinator).state == "paused"
    with REFUSED:
        pause_work(opportunity=work, by=coordinator)
    assert publish_work(opportunity=work, by=coordinator).state == "published"
    with REFUSED:
        archive_work(opportunity=work, by=coordinator)
    close_work(opportunity=work, by=coordinator)
    with REFUSED:
        close_work(opportunity=work, by=coordinator)
    with REFUSED:
        change_work(opportunity=work, by=coordinator, title="Other")
    assert archive_work(opportunity=work, by=coordinator).state == "archived"


def test_host_of_another_partnership_is_refused(partnership):
    from tests.factories.partnerships import make_member

    with pytest.raises(ValidationError):
        make_work(partnership, host=make_member(make_public_partnership("altro"), "Elsewhere"))


def test_signing_up_twice_is_the_same_volunteer_and_says_nothing_of_it(shift):
    first = make_signup(shift, email="rosa@example.org", name="Rosa")
    second = make_signup(shift, email="rosa@example.org", name="Somebody else")
    assert first.volunteer_id == second.volunteer_id
    assert Volunteer.objects.get().name == "Rosa"
    assert OutboxMail.objects.filter(to="rosa@example.org").count() == 1
    assert not AuditEvent.objects.filter(subject_id=first.volunteer_id).exists()


def test_minor_comes_only_with_a_guardian_and_never_alone(shift, coordinator):
    for named in ({}, {"email": "teo@example.org", "guardian_name": "Teo", "guardian_email": "teo@example.org"}):
        with pytest.raises(ValidationError):
            make_signup(shift, is_minor=True, **named)
    signup = make_signup(shift, is_minor=True, guardian_name="Anna", guardian_email="anna@example.org")
    assert "named you as parent" in OutboxMail.objects.get(to="anna@example.org").text
    with REFUSED:
        accept_signup(signup=signup, by=coordinator)
    agree_as_guardian(volunteer=signup.volunteer)
    with REFUSED:
        accept_signup(signup=signup, by=coordinator)
    accept_signup(signup=make_signup(shift), by=coordinator)
    assert accept_signup(signup=signup, by=coordinator).state == State.ACCEPTED


def test_full_shift_has_a_waiting_list_that_moves(shift, coordinator):
    first, second, third = (make_signup(shift) for _number in range(3))
    for one in (first, second, third):
        accept_signup(signup=one, by=coordinator)
    third.refresh_from_db()
    assert third.state == State.WAITLISTED
    OutboxMail.objects.all().delete()
    cancel_signup(signup=first)
    third.refresh_from_db()
    assert third.state == State.ACCEPTED
    assert "We count on you" in OutboxMail.objects.get().subject
    with REFUSED:
        cancel_signup(signup=first)


def test_volunteer_confirms_comes_and_is_asked_for_hours(shift, coordinator):
    signup = make_signup(shift)
    with REFUSED:
        confirm_signup(signup=signup)
    accept_signup(signup=signup, by=coordinator)
    assert confirm_signup(signup=signup).state == confirm_signup(signup=signup).state == State.CONFIRMED
    assert check_in_volunteer(signup=signup, by=coordinator).state == State.CHECKED_IN
    assert Volunteer.objects.get().state == Volunteer.State.ACTIVE
    OutboxMail.objects.all().delete()
    settle_signup(signup=signup, was_there=True, by=coordinator)
    assert "How many hours" in OutboxMail.objects.get().subject


def test_check_in_refuses_a_team_with_one_adult_where_people_at_risk_are_met(partnership, coordinator):
    work = publish(
        partnership, coordinator, contact_with_people_at_risk="regular", safeguarding_lead=coordinator,
        check_policy="required",
    )  # fmt: skip
    shift = make_shift(work, coordinator)
    signup = make_signup(shift)
    with REFUSED:
        accept_signup(signup=signup, by=coordinator)
    for one in (signup, make_signup(shift)):
        change_file(volunteer=one.volunteer, by=coordinator, check_outcome="clear", check_on=timezone.localdate())
    accept_signup(signup=VolunteerSignup.objects.get(pk=signup.pk), by=coordinator)
    with REFUSED:
        check_in_volunteer(signup=signup, by=coordinator)
    other = VolunteerSignup.objects.exclude(pk=signup.pk).get()
    accept_signup(signup=other, by=coordinator)
    assert check_in_volunteer(signup=signup, by=coordinator).state == State.CHECKED_IN


def test_of_a_check_outcome_and_day_are_kept_together(shift, coordinator):
    volunteer = make_signup(shift).volunteer
    with pytest.raises(ValidationError):
        change_file(volunteer=volunteer, by=coordinator, check_outcome="clear", check_on=None)
    columns = {field.name for field in Volunteer._meta.get_fields()}
    assert not columns & {"certificate_file", "check_file", "check_document"}


def test_yes_says_where_and_brings_the_date_and_the_day_before_everybody_is_reminded_once(work, coordinator):
    shift = make_shift(work, coordinator, place="Library, door on the yard")
    coming, asking = make_signup(shift), make_signup(shift)
    OutboxMail.objects.all().delete()
    accept_signup(signup=coming, by=coordinator)
    told = OutboxMail.objects.get()
    assert ("Reading aloud" in told.text, "Library, door on the yard" in told.text) == (True, True)
    (event,) = Calendar.from_ical(told.calendar).walk("VEVENT")
    assert (event.start, event.end) == (shift.starts_at.replace(microsecond=0), shift.ends_at.replace(microsecond=0))
    day = timezone.localdate(shift.starts_at, ZoneInfo(tenant_at_work().time_zone))
    OutboxMail.objects.all().delete()
    assert remind_volunteers(today=day - timedelta(days=2)) == 0
    assert remind_volunteers(today=day - timedelta(days=1)) == 1
    assert remind_volunteers(today=day - timedelta(days=1)) == 0
    reminder = OutboxMail.objects.get()
    assert (reminder.to, reminder.subject.startswith("Tomorrow: ")) == (coming.volunteer.email, True)
    cancel_shift(shift=shift, reason="Storm", by=coordinator)
    assert (
        "METHOD:CANCEL" in OutboxMail.objects.get(to=coming.volunteer.email, subject__startswith="Called off").calendar
    )
    assert asking.state == State.APPLIED


def test_who_gave_a_shift_back_and_asks_again_hears_the_second_yes_too(shift, coordinator):
    signup = make_signup(shift, email="rosa@example.org")
    accept_signup(signup=signup, by=coordinator)
    cancel_signup(signup=signup)
    again = make_signup(shift, email="rosa@example.org")
    accept_signup(signup=again, by=coordinator)
    assert OutboxMail.objects.filter(to="rosa@example.org", subject__startswith="We count on you").count() == 2


def test_cancelled_shift_tells_everybody_once(shift, coordinator):
    make_signup(shift)
    OutboxMail.objects.all().delete()
    for _again in range(2):
        cancel_shift(shift=shift, reason="Storm", by=coordinator)
    assert OutboxMail.objects.count() == 1
    assert VolunteerSignup.objects.get().state == State.CANCELLED


def test_hours_are_confirmed_by_the_host_and_counted_then_alone(shift, work, coordinator):
    volunteer = make_signup(shift).volunteer
    entry = make_hours(volunteer, work)
    mail = OutboxMail.objects.get(kind="volunteer_hours")
    assert mail.to == work.supervisor.email
    assert total_of(volunteer).hours == 0
    assert confirm_hours(entry=entry).state == HoursEntry.State.VERIFIED
    confirm_hours(entry=entry)
    assert total_of(volunteer).hours == 2
    assert AuditEvent.objects.filter(verb="volunteering.hours_verified").count() == 1
    with REFUSED:
        reject_hours(entry=entry, by=coordinator)
    with REFUSED:
        query_hours(entry=entry, note="Why?")
    with REFUSED:
        make_hours(volunteer, work, corrects=entry)


def test_odd_hours_become_a_query_and_a_correction_is_a_new_entry(shift, work, coordinator):
    volunteer = make_signup(shift).volunteer
    long = make_hours(volunteer, work, hours=Decimal("12.5"))
    assert (long.state, long.question) == (HoursEntry.State.QUERIED, HoursEntry.Question.TOO_MANY)
    right = make_hours(volunteer, work, hours=Decimal("2.5"), corrects=long, begins=time(10))
    long.refresh_from_db()
    assert (long.state, long.hours) == (HoursEntry.State.REJECTED, Decimal("12.50"))
    assert (right.state, right.corrects_id) == (HoursEntry.State.SUBMITTED, long.pk)
    assert make_hours(volunteer, work, hours=Decimal(1), begins=time(11)).state == HoursEntry.State.QUERIED
    with pytest.raises(ValidationError):
        make_hours(volunteer, work, on=timezone.localdate() + timedelta(days=1))
    with pytest.raises(ValidationError):
        make_hours(volunteer, work, hours=Decimal(25))


def test_question_of_the_host_goes_to_the_volunteer(shift, work):
    volunteer = make_signup(shift).volunteer
    entry = make_hours(volunteer, work)
    with pytest.raises(ValidationError):
        query_hours(entry=entry, note=" ")
    query_hours(entry=entry, note="Both evenings?")
    assert "Both evenings?" in OutboxMail.objects.get(to=volunteer.email, subject__startswith="A question").text
    assert confirm_hours(entry=entry).state == HoursEntry.State.VERIFIED


@pytest.mark.slow  # renders a document
def test_certificate_is_made_once_of_confirmed_hours(shift, work):
    volunteer = make_signup(shift, name="Rosa Bianchi").volunteer
    with REFUSED:
        ask_for_certificate(volunteer=volunteer)
    confirm_hours(entry=make_hours(volunteer, work))
    certificate = ask_for_certificate(volunteer=volunteer)
    assert ask_for_certificate(volunteer=volunteer).pk == certificate.pk
    assert Job.objects.filter(name="engagement.render_certificate").count() == 1
    made = render_certificate(certificate_id=certificate.pk)
    assert render_certificate(certificate_id=certificate.pk).pdf_id == made.pdf_id
    assert (made.pdf.content_type, made.pdf.size_bytes > 1000) == ("application/pdf", True)


def test_leaving_gives_shifts_back_thanks_and_starts_the_clock(shift, work, coordinator):
    signup = make_signup(shift, name="Rosa")
    accept_signup(signup=signup, by=coordinator)
    confirm_hours(entry=make_hours(signup.volunteer, work))
    left = leave_volunteering(volunteer=signup.volunteer, exit_answer="More tea")
    leave_volunteering(volunteer=signup.volunteer)
    assert (left.state, left.exit_answer) == (Volunteer.State.FORMER, "More tea")
    signup.refresh_from_db()
    assert signup.state == State.CANCELLED
    assert OutboxMail.objects.filter(subject__startswith="Thank you from").count() == 1
    assert forget_volunteers(left.left_on - timedelta(days=1)) == 0
    assert forget_volunteers(left.left_on) == 1
    assert forget_volunteers(left.left_on) == 0
    left.refresh_from_db()
    assert (left.name, left.email, left.exit_answer) == ("", "", "")
    assert total_of(left).hours == 2
    assert not OutboxMail.objects.filter(kind__startswith="volunteer").exclude(to="").exists()


def test_concern_is_sealed_and_read_by_the_named_lead_alone(partnership, coordinator, admin):
    work = publish(partnership, coordinator, safeguarding_lead=coordinator)
    concern = raise_concern(opportunity=work, text="CANARY words", sent_from="10.0.0.0/24")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM engagement_safeguardingconcern t WHERE t::text ILIKE %s", ["%CANARY%"])
        assert cursor.fetchone()[0] == 0
    assert words_of_concern(concerns_for(coordinator).get()) == "CANARY words"
    assert not concerns_for(admin).exists()
    mail = OutboxMail.objects.get(kind="concern")
    assert mail.to == coordinator.email
    assert "CANARY" not in mail.text
    for step in (read_concern, close_concern):
        with REFUSED:
            step(concern=concern, by=admin)
    read_concern(concern=concern, by=coordinator)
    closed = close_concern(concern=concern, by=coordinator)
    with REFUSED:
        close_concern(concern=concern, by=coordinator)
    assert {event.actor_id for event in AuditEvent.objects.filter(verb__startswith="concern.")} == {None}
    assert forget_concerns(closed.closed_on) == 1
    assert not bytes(SafeguardingConcern.objects.get().sealed_words)


def test_concern_needs_somebody_named_and_words(partnership, coordinator, work):
    with REFUSED:
        raise_concern(opportunity=work, text="Words", sent_from="10.0.0.0/24")
    led = publish(partnership, coordinator, safeguarding_lead=coordinator)
    with pytest.raises(ValidationError):
        raise_concern(opportunity=led, text=" ", sent_from="10.0.1.0/24")


def enter(volunteer, work, by, **fields):
    given = {"starts_on": timezone.localdate(), "residence": "Borgo", "tax_code": "BNCRSO80A41D612X", **fields}
    return enter_in_register(volunteer=volunteer, opportunity=work, by=by, **given)


def test_register_is_numbered_complete_and_ended_once(partnership, coordinator):
    work = publish(partnership, coordinator, keeps_register=True)
    shift = make_shift(work, coordinator)
    first, second = make_signup(shift).volunteer, make_signup(shift).volunteer
    assert [enter(one, work, coordinator).number for one in (first, second)] == [1, 2]
    with REFUSED:
        enter(first, work, coordinator)
    with pytest.raises(ValidationError):
        enter(make_signup(shift).volunteer, work, coordinator, tax_code="", born="")
    entry = RegisterEntry.objects.get(number=1)
    with pytest.raises(ValidationError):
        end_in_register(entry=entry, ends_on=timezone.localdate() + timedelta(days=1), by=coordinator)
    end_in_register(entry=entry, ends_on=timezone.localdate(), by=coordinator)
    with REFUSED:
        end_in_register(entry=entry, ends_on=timezone.localdate(), by=coordinator)
    leave_volunteering(volunteer=first)
    forget_volunteers(timezone.localdate())
    assert RegisterEntry.objects.get(number=1).name


def test_register_is_kept_only_where_it_is_wanted(work, shift, coordinator):
    with REFUSED:
        enter(make_signup(shift).volunteer, work, coordinator)


@pytest.mark.slow  # renders a document
def test_register_is_made_as_a_document(partnership, coordinator):
    work = publish(partnership, coordinator, keeps_register=True)
    enter(make_signup(make_shift(work, coordinator)).volunteer, work, coordinator)
    assert render_register(partnership_id=partnership.pk).size_bytes > 1000


def test_work_is_full_with_as_many_as_it_wants_and_opens_again(partnership, coordinator):
    work = publish(partnership, coordinator, capacity=1)
    signup = make_signup(make_shift(work, coordinator))
    accept_signup(signup=signup, by=coordinator)
    work.refresh_from_db()
    assert work.state == "full"
    cancel_signup(signup=signup, by=coordinator)
    work.refresh_from_db()
    assert work.state == "published"
    told = OutboxMail.objects.get(dedup_key__contains=":taken_off:")
    assert "please do not come for it" in told.text
    assert "METHOD:CANCEL" in told.calendar
    other = make_signup(make_shift(work, coordinator))
    accept_signup(signup=other, by=coordinator)
    cancel_shift(shift=other.shift, reason="Storm", by=coordinator)
    work.refresh_from_db()
    assert work.state == "published"


def test_many_accepted_at_once_never_overfill_a_shift(committed_space):
    with tenant_scope(committed_space.pk):
        admin = User.objects.first()
        work = publish(make_public_partnership(), admin)
        shift = make_shift(work, admin, capacity_min=1, capacity_max=3)
        signups = [make_signup(shift) for _number in range(12)]

    def accept(signup):
        try:
            with tenant_scope(committed_space.pk):
                return accept_signup(signup=signup, by=admin).state
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as workers:
        said = list(workers.map(accept, signups))
    assert said.count(State.ACCEPTED) == 3
    assert said.count(State.WAITLISTED) == 9


def test_hours_of_a_confirmed_entry_are_never_overwritten(shift, work):
    volunteer = make_signup(shift).volunteer
    entry = report_hours(volunteer=volunteer, opportunity=work, on=timezone.localdate(), hours=Decimal(3), shift=shift)
    confirm_hours(entry=entry)
    entry.refresh_from_db()
    assert (entry.hours, entry.settled_on) == (Decimal("3.00"), timezone.localdate())
