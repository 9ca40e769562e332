import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from core.jobs.registry import JobContext, registered_job
from core.models import AccessLink, AuditEvent, Job, OutboxMail, User
from core.operations.rate import TooOftenError
from core.tenancy.context import tenant_scope
from engagement.models import ActivityRegistration, EngagementActivity, RegistrationNeed
from engagement.operations.activity import (
    answer_activity,
    change_activity,
    close_activity,
    hold_activity,
    publish_summary,
)
from engagement.operations.activity_mail import is_still_wanted
from engagement.operations.activity_registration import (
    Registered,
    RegistrationRefusedError,
    accept_place,
    cancel_registration,
    forget_registered,
)
from engagement.operations.waiting_list import move_waiting_list
from engagement.queries.activity_registration import door_figures, room_in
from engagement.rules.limits import SENDING_FROM_ONE_NETWORK
from tests.factories.activities import announce, begin, come, make_registration, plan
from tests.factories.engagement import make_public_partnership, make_theme

State = ActivityRegistration.State


@pytest.fixture
def activity(space, coordinator):
    return announce(make_public_partnership(), coordinator, capacity=3)


def states(activity):
    return list(activity.registrations.order_by("position").values_list("state", flat=True))


def test_place_is_kept_and_confirmed_by_one_mail_with_a_link(activity):
    told = come(activity, name="Rosa", email="rosa@example.org", people=2)
    assert (told.state, told.by_mail, told.manage_url, told.code) == (State.GOING, True, "", "")
    mail = OutboxMail.objects.get()
    assert mail.to == "rosa@example.org"
    assert "You have a place" in mail.subject
    assert "/l/borgo/activity/" in mail.text
    assert "BEGIN:VEVENT" in mail.calendar
    registration = activity.registrations.get()
    assert registration.registered_hour.minute == 0
    assert not AuditEvent.objects.filter(subject_id=registration.pk).exists()


def test_without_mail_link_and_code_are_told_once_on_the_page(activity):
    told = come(activity, email="", phone="055 123")
    assert told.manage_url.startswith("http")
    assert len(told.code) == 7
    assert OutboxMail.objects.count() == 0
    assert told.code.replace("-", "") not in str(activity.registrations.values())


def test_who_cannot_be_reached_and_wrong_numbers_are_refused(activity):
    for wrong in ({"email": "", "phone": ""}, {"people": 0}, {"people": 11}, {"name": "x" * 121}):
        with pytest.raises(ValidationError):
            come(activity, **wrong)
    assert not activity.registrations.exists()


def test_same_page_makes_one_registration_and_one_mail(activity):
    first = come(activity, email="rosa@example.org", nonce="page")
    assert come(activity, email="rosa@example.org", nonce="page") == first
    come(activity, email="", phone="055", nonce="phone")
    come(activity, email="", phone="055", nonce="phone")
    assert activity.registrations.count() == 2
    assert OutboxMail.objects.count() == 1


def test_known_address_is_told_what_a_newcomer_is_told_and_mailed_once_a_day(activity):
    EngagementActivity.objects.filter(pk=activity.pk).update(capacity=1)
    come(activity, email="rosa@example.org")
    said = [come(activity, email=email) for email in ("rosa@example.org", "new@example.org", "rosa@example.org")]
    assert said == [Registered("waiting", by_mail=True)] * 3
    assert list(activity.registrations.order_by("position").values_list("email", "state")) == [
        ("rosa@example.org", "going"),
        ("new@example.org", "waiting"),
    ]
    to_rosa = OutboxMail.objects.filter(to="rosa@example.org")
    assert to_rosa.count() == 2
    assert all(is_still_wanted(mail) for mail in to_rosa)


def test_only_announced_ones_before_they_begin_take_registrations(activity, coordinator):
    partnership = activity.partnership
    for closed in (
        plan(partnership),
        begin(announce(partnership, coordinator)),
        announce(partnership, coordinator, takes_registrations=False),
    ):
        with pytest.raises(RegistrationRefusedError):
            come(closed)


def test_limit_of_one_network_holds(activity):
    EngagementActivity.objects.filter(pk=activity.pk).update(capacity=None)
    for _number in range(SENDING_FROM_ONE_NETWORK.most):
        come(activity, sent_from="192.0.2.0/24")
    with pytest.raises(TooOftenError):
        come(activity, sent_from="192.0.2.0/24")


def test_who_comes_late_waits_and_is_offered_the_place_that_gets_free(activity):
    first = make_registration(activity, people=3)
    come(activity)
    come(activity)
    assert states(activity) == [State.GOING, State.WAITING, State.WAITING]
    OutboxMail.objects.all().delete()
    cancel_registration(registration=first)
    assert states(activity) == [State.CANCELLED, State.OFFERED, State.OFFERED]
    mails = OutboxMail.objects.order_by("to")
    assert ["A place is free" in mail.subject for mail in mails] == [True, True]
    job = Job.objects.get(name="engagement.move_waiting_list")
    assert job.arguments == {"activity_id": str(activity.pk)}
    assert job.run_after == activity.registrations.filter(state=State.OFFERED)[0].offered_until


def test_offer_is_taken_in_time_and_lapses_to_the_next_after_it(activity):
    first = make_registration(activity, people=3)
    second = make_registration(activity, people=3)
    third = make_registration(activity, people=3)
    cancel_registration(registration=first)
    second.refresh_from_db()
    late = second.offered_until + timedelta(minutes=1)
    with pytest.raises(RegistrationRefusedError):
        accept_place(registration=second, now=late)
    with pytest.raises(RegistrationRefusedError):
        accept_place(registration=third)
    move_waiting_list(activity=activity, now=late)
    assert states(activity) == [State.CANCELLED, State.LAPSED, State.OFFERED]
    accepted = accept_place(registration=third, now=late)
    assert accept_place(registration=third, now=late).state == accepted.state == State.GOING
    assert move_waiting_list(activity=activity, now=late + timedelta(days=9)) == 0


def test_job_that_runs_when_the_offer_ends_gives_the_place_on(activity, space):
    first = make_registration(activity, people=3)
    second, _third = make_registration(activity), make_registration(activity, people=3)
    cancel_registration(registration=first)
    ActivityRegistration.objects.filter(pk=second.pk).update(offered_until=timezone.now() - timedelta(minutes=1))
    job = Job.objects.get(name="engagement.move_waiting_list")
    registered_job(job.name).function(JobContext(job), **job.arguments)
    assert states(activity) == [State.CANCELLED, State.LAPSED, State.OFFERED]


def test_more_room_is_given_out_at_once(activity, coordinator):
    come(activity, people=3)
    come(activity, people=2)
    change_activity(activity=activity, by=coordinator, capacity=5)
    assert states(activity) == [State.GOING, State.OFFERED]


def test_nobody_new_takes_the_place_of_those_who_wait(activity):
    come(activity, people=2)
    come(activity, people=2)
    come(activity, people=1)
    assert states(activity) == [State.GOING, State.WAITING, State.WAITING]


def test_cancelling_empties_name_contact_needs_and_mails_at_once(activity):
    registration = make_registration(
        activity, name="Rosa", email="rosa@example.org", phone="055", access_needs="A place in front"
    )
    assert RegistrationNeed.objects.get().text == "A place in front"
    cancelled = cancel_registration(registration=registration)
    assert (cancelled.name, cancelled.email, cancelled.phone) == ("", "", "")
    assert not RegistrationNeed.objects.exists()
    mail = OutboxMail.objects.get()
    assert (mail.to, mail.text, mail.state) == ("", "", OutboxMail.State.DROPPED)
    with pytest.raises(RegistrationRefusedError):
        cancel_registration(registration=registration)


def test_cancelled_address_may_register_again(activity):
    cancel_registration(registration=make_registration(activity, email="rosa@example.org"))
    come(activity, email="rosa@example.org")
    assert states(activity) == [State.CANCELLED, State.GOING]
    assert OutboxMail.objects.filter(to="rosa@example.org").count() == 1


def test_nobody_cancels_after_it_began(activity):
    registration = make_registration(activity)
    begin(activity)
    with pytest.raises(RegistrationRefusedError):
        cancel_registration(registration=registration)


def test_mail_that_became_untrue_does_not_leave(activity):
    registration = make_registration(activity)
    mail = OutboxMail.objects.get()
    assert is_still_wanted(mail)
    ActivityRegistration.objects.filter(pk=registration.pk).update(state=State.LAPSED)
    assert not is_still_wanted(mail)


def test_links_are_stored_as_hashes_and_live_a_week_longer_than_the_day(activity):
    come(activity)
    link = AccessLink.objects.get(purpose="activity_registration")
    assert len(link.token_hash) == 64
    assert link.expires_at == pytest.approx(activity.ends_at + timedelta(days=7), abs=timedelta(minutes=1))


def test_figures_count_people(activity):
    come(activity, people=2)
    come(activity, people=2)
    assert (door_figures(activity).expected, door_figures(activity).waiting) == (2, 2)
    assert room_in(activity).free == 1


def test_forty_who_register_at_once_never_overbook(committed_space):
    with tenant_scope(committed_space.pk):
        admin = User.objects.first()
        partnership = make_public_partnership()
        activity = announce(partnership, admin, capacity=7)

    def try_once(number):
        try:
            with tenant_scope(committed_space.pk):
                return come(
                    activity,
                    name=f"Person {number}",
                    email=f"p{number}@example.org",
                    nonce=f"n{number}",
                    people=1 + number % 2,
                    sent_from=f"198.51.{number}.0/24",
                ).state
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as workers:
        told = list(workers.map(try_once, range(40)))
    with tenant_scope(committed_space.pk):
        rows = ActivityRegistration.objects.filter(activity=activity)
        going = sum(row.people for row in rows if row.state == State.GOING)
        assert going <= 7
        assert going >= 6
        assert len(told) == rows.count() == 40
        assert sorted(rows.values_list("position", flat=True)) == list(range(1, 41))
        holder = rows.filter(state=State.GOING).order_by("position")[0]

    def cancel_once(_number):
        try:
            with tenant_scope(committed_space.pk):
                cancel_registration(registration=holder)
        except RegistrationRefusedError:
            return "refused"
        else:
            return "done"
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as workers:
        said = list(workers.map(cancel_once, range(10)))
    with tenant_scope(committed_space.pk):
        assert said.count("done") == 1
        taken = sum(row.people for row in rows.all() if row.state in {State.GOING, State.OFFERED})
        assert taken <= 7


def test_who_had_a_place_is_told_once_what_became_of_it_and_takes_the_contact_back(activity, coordinator, client):
    rosa = make_registration(activity, name="Rosa", email="rosa@example.org")
    earlier = make_registration(activity, name="Ugo", email="ugo@example.org")
    make_registration(activity, name="Ada", email="ada@example.org", people=3)
    # Agreed to an earlier notice, which promised no such mail.
    ActivityRegistration.objects.filter(pk=earlier.pk).update(notice_version=1)
    with pytest.raises(RegistrationRefusedError):
        forget_registered(registration=rosa)
    held = hold_activity(activity=begin(activity), head_count=2, by=coordinator)
    publish_summary(activity=held, summary="People want light", names_checked=True, by=coordinator)
    answer = make_theme(held.partnership, outcome="partly", answer_en="Two lamps", published_on="2026-11-01")
    answer_activity(activity=held, theme=answer, by=coordinator)
    close_activity(activity=held, by=coordinator)
    mail = OutboxMail.objects.get(subject__startswith="What became of it")
    assert (mail.to, is_still_wanted(mail)) == ("rosa@example.org", True)
    assert f"/p/borgo/orti/activities/{held.number}/" in mail.text
    assert "code for the door" not in mail.text
    link = re.search(r"(/l/borgo/activity/\S+)", mail.text)[1]
    assert b"Delete my name and contact" in client.get(link).content
    assert b"Your name and contact are deleted." in client.post(link, {"forget": "1"}).content
    rosa.refresh_from_db()
    assert (rosa.name, rosa.email, rosa.state) == ("", "", State.GOING)
    mail.refresh_from_db()
    assert (mail.to, mail.text, is_still_wanted(mail)) == ("", "", False)
