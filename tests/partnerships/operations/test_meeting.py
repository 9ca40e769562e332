from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from ical.calendar_stream import IcsCalendarStream

from core.access.visibility import Visibility
from core.models import AuditEvent, Job, OutboxMail
from partnerships.models import AgendaItem, Attendance, Meeting, Representative, Task
from partnerships.operations.agenda import (
    ActionIncompleteError,
    change_item,
    move_item,
    put_suggestion_aside,
    remove_item,
    take_suggestion,
    write_action,
    write_notes,
)
from partnerships.operations.attendance import (
    answer_invitation,
    confirm_heard,
    declare_interest,
    invite_people,
    note_presence,
    uninvite,
    write_heard,
)
from partnerships.operations.meeting import (
    MeetingRefusedError,
    cancel_meeting,
    change_meeting,
    close_meeting,
    plan_next_meeting,
    schedule_meeting,
    send_agenda,
    start_series,
)
from partnerships.operations.meeting_link import MeetingLinkGoneError, open_meeting_link
from partnerships.rules.authority import LinkHolder
from tests.factories.meetings import AHEAD, call_meeting, hold_meeting, invite_all, make_item, make_meeting
from tests.factories.partnerships import (
    make_member,
    make_partner,
    make_partnership,
    make_person,
    make_representative,
    make_task,
)

SOON = datetime(2099, 6, 3, 9, tzinfo=UTC)


@pytest.fixture
def partnership(space):
    return make_partnership(mode="full")


@pytest.fixture
def member(partnership):
    return make_member(partnership)


@pytest.fixture
def person(member):
    return make_representative(member)


def calendars(**filters):
    mails = OutboxMail.objects.filter(kind="meeting", **filters).order_by("created_at", "id")
    return [IcsCalendarStream.calendar_from_ics(mail.calendar) for mail in mails]


def token_of(mail):
    return mail.text.split("/l/borgo/meeting/")[1].split("/")[0]


def test_meetings_are_counted_within_the_partnership(partnership, admin):
    assert [make_meeting(partnership).number, make_meeting(partnership).number] == [1, 2]
    assert make_meeting(make_partnership("other")).number == 1


def test_meeting_that_ends_before_it_begins_is_refused(partnership):
    with pytest.raises(ValidationError):
        make_meeting(partnership, ends_at=AHEAD)


def test_nobody_is_mailed_before_the_invitations_leave(partnership, person, admin):
    meeting = make_meeting(partnership)
    invite_all(meeting)
    assert not OutboxMail.objects.exists()
    schedule_meeting(meeting=meeting, by=admin)
    mail = OutboxMail.objects.get()
    assert mail.to == person.email
    with pytest.raises(MeetingRefusedError, match="left already"):
        schedule_meeting(meeting=meeting, by=admin)


def test_meeting_without_guests_is_not_called(partnership, admin):
    with pytest.raises(MeetingRefusedError, match="whom to invite"):
        schedule_meeting(meeting=make_meeting(partnership), by=admin)


def test_who_has_no_address_or_wants_no_mail_gets_none(partnership, member, admin):
    make_representative(member, make_person("Ivo", ""))
    make_representative(member, make_person("Ada", "ada@riva.example", do_not_contact=True))
    meeting = call_meeting(partnership, admin)
    assert Attendance.objects.filter(meeting=meeting).count() == 2
    assert not OutboxMail.objects.exists()


def test_another_time_is_the_same_entry_with_a_higher_sequence_and_cancelling_takes_it_back(partnership, person, admin):
    meeting = call_meeting(partnership, admin)
    change_meeting(meeting=meeting, by=admin, starts_at=SOON, ends_at=SOON + timedelta(hours=1))
    # What is not about time or place tells nobody.
    change_meeting(meeting=meeting, by=admin, accessibility="No steps")
    cancel_meeting(meeting=meeting, reason="Flood", by=admin)
    found = calendars()
    assert [one.method for one in found] == ["REQUEST", "REQUEST", "CANCEL"]
    events = [one.events[0] for one in found]
    assert [event.sequence for event in events] == [0, 1, 2]
    assert len({event.uid for event in events}) == 1
    assert (events[1].dtstart, events[1].dtend) == (SOON, SOON + timedelta(hours=1))
    assert [guest.uri for guest in events[0].attendees] == [f"mailto:{person.email}"]
    assert events[0].organizer.uri.startswith("mailto:")
    assert "Flood" in OutboxMail.objects.order_by("-created_at").first().text


def test_calendar_entry_names_only_the_guest_it_goes_to(partnership, person, member, admin):
    make_representative(member, make_person("Ivo Brandano", "ivo@riva.example"))
    call_meeting(partnership, admin)
    assert sorted(len(one.events[0].attendees) for one in calendars()) == [1, 1]


def test_late_change_of_a_draft_tells_nobody(partnership, person, admin):
    meeting = make_meeting(partnership)
    invite_all(meeting)
    changed = change_meeting(meeting=meeting, by=admin, title="Other")
    cancelled = cancel_meeting(meeting=changed, reason="Not needed", by=admin)
    assert changed.sequence == 0
    assert cancelled.state == "cancelled"
    assert not OutboxMail.objects.exists()


def test_cancelled_meeting_is_not_changed_and_needs_a_reason(partnership, person, admin):
    meeting = call_meeting(partnership, admin)
    with pytest.raises(MeetingRefusedError, match="reason"):
        cancel_meeting(meeting=meeting, reason=" ", by=admin)
    cancel_meeting(meeting=meeting, reason="Flood", by=admin)
    with pytest.raises(MeetingRefusedError):
        change_meeting(meeting=meeting, by=admin, title="Other")


def test_later_guest_is_mailed_at_once_and_who_is_taken_off_loses_the_link(partnership, person, member, admin):
    meeting = call_meeting(partnership, admin)
    late = make_representative(member, make_person("Ivo", "ivo@riva.example"))
    invite_all(meeting)
    mail = OutboxMail.objects.get(to=late.email)
    assert open_meeting_link(token_of(mail), purpose="meeting")[0].person == late
    uninvite(attendance=Attendance.objects.get(person=late), by=admin)
    with pytest.raises(MeetingLinkGoneError):
        open_meeting_link(token_of(mail), purpose="meeting")
    assert [one.method for one in calendars(to=late.email)] == ["REQUEST", "CANCEL"]


def test_speaker_of_another_partnership_is_not_invited(partnership, person):
    stranger = make_member(make_partnership("other"), "Stranger")
    make_representative(stranger, make_person("Sam", "sam@stranger.example"))
    with pytest.raises(MeetingRefusedError, match="does not speak"):
        invite_people(
            meeting=make_meeting(partnership), speakers=Representative.objects.filter(member=stranger), by=None
        )


def test_any_person_is_invited_as_a_guest_and_answers_by_link(partnership, person, admin):
    meeting = call_meeting(partnership, admin)
    guest = make_person("Ada", "ada@town.example")
    (place,) = invite_people(meeting=meeting, speakers=[], guests=[guest, guest, person], by=admin)
    assert (place.person, place.member) == (guest, None)
    attendance, holder = open_meeting_link(token_of(OutboxMail.objects.get(to=guest.email)), purpose="meeting")
    assert answer_invitation(attendance=attendance, answer="yes", by=holder).answer == "yes"


@pytest.mark.parametrize("gone", [{"kind": "organisation"}, {"erased_at": SOON}])
def test_only_a_person_of_the_register_is_a_guest(partnership, gone):
    guest = make_person("Ada", "ada@town.example", **gone)
    with pytest.raises(MeetingRefusedError, match="person of the register"):
        invite_people(meeting=make_meeting(partnership), speakers=[], guests=[guest], by=None)
    assert not Attendance.objects.exists()


def test_meeting_that_has_begun_is_held_from_the_first_person_there(partnership, person, admin):
    meeting = call_meeting(partnership, admin)
    here = {Attendance.objects.get().pk: "present"}
    assert note_presence(meeting=meeting, presences=here, by=admin, now=AHEAD - timedelta(hours=1)).state == "scheduled"
    absent = dict.fromkeys(here, "absent")
    assert note_presence(meeting=meeting, presences=absent, by=admin, now=AHEAD).state == "scheduled"
    assert note_presence(meeting=meeting, presences=here, by=admin, now=AHEAD).state == "held"
    mails = OutboxMail.objects.count()
    (walk_in,) = invite_people(meeting=meeting, speakers=[], guests=[make_person("Ada", "ada@x.example")], by=admin)
    assert OutboxMail.objects.count() == mails
    note_presence(meeting=meeting, presences={walk_in.pk: "present"}, by=admin)
    write_notes(item=make_item(meeting), by=admin, summary="Agreed")
    for refused in (
        lambda: cancel_meeting(meeting=meeting, reason="Flood", by=admin),
        lambda: change_meeting(meeting=meeting, by=admin, title="Other"),
    ):
        with pytest.raises(MeetingRefusedError, match="over"):
            refused()
    assert close_meeting(meeting=meeting, by=admin, now=AHEAD).state == "minutes_draft"


def test_meeting_is_not_shown_more_widely_than_its_partnership(partnership, admin):
    with pytest.raises(ValidationError, match="that widely"):
        make_meeting(partnership, visibility=Visibility.PUBLIC)
    meeting = make_meeting(partnership)
    assert meeting.visibility == Visibility.PARTNERS
    with pytest.raises(ValidationError, match="that widely"):
        change_meeting(meeting=meeting, by=admin, visibility=Visibility.SEALED)
    assert make_meeting(make_partnership("x", visibility=Visibility.COORDINATION)).visibility == Visibility.COORDINATION


def test_guest_answers_by_link_for_nobody_else(partnership, person, member, admin):
    make_representative(member, make_person("Ivo", "ivo@riva.example"))
    call_meeting(partnership, admin)
    attendance, holder = open_meeting_link(token_of(OutboxMail.objects.get(to=person.email)), purpose="meeting")
    answered = answer_invitation(attendance=attendance, answer="yes", by=holder, access_needs="A ramp")
    assert (answered.answer, answered.access_needs) == ("yes", "A ramp")
    other = Attendance.objects.exclude(pk=attendance.pk).get()
    with pytest.raises(MeetingRefusedError, match="for themselves"):
        answer_invitation(attendance=other, answer="yes", by=holder)
    with pytest.raises(MeetingRefusedError, match="for themselves"):
        answer_invitation(attendance=other, answer="yes", by=admin)
    event = AuditEvent.objects.get(verb="meeting.answered")
    assert event.actor_label == "link"
    assert "ramp" not in str(event.changes)


def test_answer_after_the_meeting_or_without_a_word_is_refused(partnership, person, admin):
    meeting = call_meeting(partnership, admin)
    attendance = Attendance.objects.get(meeting=meeting)
    holder = LinkHolder(person=person, link_id=attendance.pk)
    with pytest.raises(MeetingRefusedError, match="yes, no or maybe"):
        answer_invitation(attendance=attendance, answer="invited", by=holder)
    cancel_meeting(meeting=meeting, reason="Flood", by=admin)
    with pytest.raises(MeetingRefusedError, match="over"):
        answer_invitation(attendance=attendance, answer="yes", by=holder)


def test_agenda_goes_out_with_the_items_and_a_document(partnership, person, admin):
    meeting = call_meeting(partnership, admin)
    make_item(meeting, "The budget", minutes_planned=30)
    sent = send_agenda(meeting=meeting, by=admin)
    assert sent.state == "agenda_sent"
    assert "1. The budget (To discuss, 30 min)" in OutboxMail.objects.order_by("-created_at").first().text
    assert Job.objects.filter(name="partnerships.render_agenda").count() == 1


def test_agenda_longer_than_the_meeting_is_refused_whatever_the_reason(partnership, person, admin):
    meeting = call_meeting(partnership, admin)
    make_item(meeting, minutes_planned=91)
    with pytest.raises(MeetingRefusedError, match="1 minute more"):
        send_agenda(meeting=meeting, by=admin, reason="We talk fast")


def test_agenda_that_went_round_never_grows_longer_than_its_meeting(partnership, person, admin):
    meeting = call_meeting(partnership, admin)
    item = make_item(meeting, minutes_planned=80)
    send_agenda(meeting=meeting, by=admin)
    with pytest.raises(MeetingRefusedError, match="5 minutes more"):
        make_item(meeting, minutes_planned=15)
    with pytest.raises(MeetingRefusedError, match="1 minute more"):
        change_item(item=item, by=admin, minutes_planned=91)
    with pytest.raises(MeetingRefusedError, match="20 minutes more"):
        change_meeting(meeting=meeting, by=admin, ends_at=meeting.starts_at + timedelta(minutes=60))
    assert list(AgendaItem.objects.values_list("minutes_planned", flat=True)) == [80]
    make_item(meeting, minutes_planned=10)
    AgendaItem.objects.filter(pk=item.pk).update(minutes_planned=100)
    # One that was too long before becomes shorter step by step.
    assert change_item(item=item, by=admin, minutes_planned=90).minutes_planned == 90


def test_late_agenda_needs_a_reason_in_full_mode_and_none_in_light(partnership, person, admin):
    meeting = call_meeting(partnership, admin)
    make_item(meeting)
    day_before = (AHEAD - timedelta(days=1)).date()
    with pytest.raises(MeetingRefusedError, match="five working days"):
        send_agenda(meeting=meeting, by=admin, today=day_before)
    sent = send_agenda(meeting=meeting, by=admin, today=day_before, reason="The school closes")
    assert sent.late_reason == "The school closes"
    partnership.mode = "light"
    partnership.save()
    assert send_agenda(meeting=meeting, by=admin, today=day_before).late_reason == ""


def test_agenda_needs_a_meeting_that_was_called(partnership, admin):
    with pytest.raises(MeetingRefusedError, match="Call the meeting"):
        send_agenda(meeting=make_meeting(partnership), by=admin)


def test_series_makes_the_next_meeting_with_the_same_guests(partnership, person, admin):
    series = start_series(
        partnership=partnership, by=admin, title="Table", purpose="Cases", rhythm="six_weeks", length_minutes=60,
        first_at=AHEAD,
    )  # fmt: skip
    first = Meeting.objects.get(series=series)
    invite_all(first)
    following = plan_next_meeting(series=series, by=admin)
    assert following.starts_at == AHEAD + timedelta(weeks=6)
    assert following.length_minutes == 60
    assert Attendance.objects.get(meeting=following).person == person
    with pytest.raises(ValidationError):
        start_series(partnership=partnership, by=admin, title="Table", purpose="Again")


def test_items_move_and_stay_at_the_ends(partnership, admin):
    meeting = make_meeting(partnership)
    first, second = make_item(meeting, "A"), make_item(meeting, "B")
    move_item(item=second, up=True, by=admin)
    move_item(item=second, up=True, by=admin)
    assert list(AgendaItem.objects.order_by("position").values_list("title", flat=True)) == ["B", "A"]
    remove_item(item=first, by=admin)
    assert AgendaItem.objects.count() == 1


def test_item_with_notes_is_not_removed(partnership, person, admin):
    meeting = call_meeting(partnership, admin)
    item = make_item(meeting)
    write_notes(item=item, by=admin, summary="Agreed", state="done")
    item.refresh_from_db()
    with pytest.raises(MeetingRefusedError, match="Park it"):
        remove_item(item=item, by=admin)


def test_item_owner_is_of_the_partnership(partnership, admin):
    stranger = make_member(make_partnership("other"), "Stranger")
    item = make_item(make_meeting(partnership))
    with pytest.raises(ValidationError):
        change_item(item=item, by=admin, owner_member=stranger)


def test_suggestion_is_taken_over_once_or_put_aside(partnership, admin):
    task = make_task(partnership, "Find a room", state="accepted", due_on=date(2026, 5, 1))
    late = make_task(partnership, "Ask the bank", state="accepted", due_on=date(2026, 5, 2))
    meeting, today = make_meeting(partnership), date(2026, 5, 10)
    item = take_suggestion(meeting=meeting, code=f"task:{task.pk}", by=admin, today=today)
    assert (item.title, item.task) == ("Find a room", task)
    with pytest.raises(MeetingRefusedError):
        take_suggestion(meeting=meeting, code=f"task:{task.pk}", by=admin, today=today)
    put_suggestion_aside(meeting=meeting, code=f"task:{late.pk}", by=admin)
    with pytest.raises(MeetingRefusedError):
        take_suggestion(meeting=meeting, code=f"task:{late.pk}", by=admin, today=today)


def test_unfinished_item_is_carried_to_the_next_meeting(partnership, person, admin):
    meeting = call_meeting(partnership, admin)
    item = make_item(meeting, "Bus times", desired_outcome="A timetable")
    done = make_item(meeting, "Room")
    write_notes(item=done, by=admin, summary="", state="done")
    following = make_meeting(partnership, starts_at=SOON)
    carried = take_suggestion(meeting=following, code=f"item:{item.pk}", by=admin)
    assert (carried.carried_from, carried.desired_outcome) == (item, "A timetable")
    with pytest.raises(MeetingRefusedError):
        take_suggestion(meeting=following, code=f"item:{done.pk}", by=admin)


def test_promise_in_a_meeting_is_a_task_at_once(partnership, person, member, admin):
    meeting = call_meeting(partnership, admin)
    item = make_item(meeting)
    action = write_action(
        meeting=meeting, item=item, by=admin, title="Bring keys", member=member, due_on=date(2099, 6, 1),
        result_expected="Keys on the table",
    )  # fmt: skip
    assert Task.objects.get() == action.task
    assert (action.task.state, action.task.member) == ("proposed", member)


def test_promise_needs_owner_day_and_result_in_full_mode_and_an_owner_in_light(partnership, person, member, admin):
    meeting = call_meeting(partnership, admin)
    with pytest.raises(ActionIncompleteError) as refused:
        write_action(meeting=meeting, by=admin, title="Bring keys")
    assert set(refused.value.fields) == {"who", "due_on", "result_expected"}
    partnership.mode = "light"
    partnership.save()
    with pytest.raises(ActionIncompleteError) as refused:
        write_action(meeting=meeting, by=admin, title="Bring keys")
    assert set(refused.value.fields) == {"who"}
    assert write_action(meeting=meeting, by=admin, title="Bring keys", member=member).task.member == member


def test_notes_wait_for_the_invitation(partnership, admin):
    meeting = make_meeting(partnership)
    with pytest.raises(MeetingRefusedError, match="Notes are taken"):
        write_notes(item=make_item(meeting), by=admin, summary="Agreed")


def test_meeting_ends_with_who_was_silent_absent_and_who_said_no_excused(partnership, person, member, admin):
    make_representative(member, make_person("Ivo", "ivo@riva.example"))
    make_representative(member, make_person("Ada", "ada@riva.example"))
    meeting = call_meeting(partnership, admin)
    here, away, silent = Attendance.objects.filter(meeting=meeting).order_by("person__email").reverse()
    Attendance.objects.filter(pk=away.pk).update(answer="no")
    begun = AHEAD + timedelta(hours=1)
    with pytest.raises(MeetingRefusedError, match="who is here"):
        close_meeting(meeting=meeting, by=admin, now=begun)
    note_presence(meeting=meeting, presences={here.pk: "present"}, by=admin)
    with pytest.raises(MeetingRefusedError, match="not begun"):
        close_meeting(meeting=meeting, by=admin, now=AHEAD - timedelta(hours=1))
    assert close_meeting(meeting=meeting, by=admin, now=begun).state == "minutes_draft"
    found = dict(Attendance.objects.values_list("pk", "presence"))
    assert found == {here.pk: "present", away.pk: "apologies", silent.pk: "absent"}


def test_interest_is_declared_once_for_an_item_and_only_of_this_meeting(partnership, person, admin):
    meeting = call_meeting(partnership, admin)
    attendance, item = Attendance.objects.get(), make_item(meeting)
    declare_interest(attendance=attendance, item=item, handling="left_room", by=admin)
    found = declare_interest(attendance=attendance, item=item, handling="none", by=admin)
    assert (attendance.conflicts.count(), found.handling) == (1, "none")
    with pytest.raises(MeetingRefusedError):
        declare_interest(attendance=attendance, item=make_item(make_meeting(partnership)), handling="none", by=admin)


def test_what_was_heard_is_confirmed_by_the_organisation_that_said_it(partnership, person, member, admin):
    other = make_partner(make_member(partnership, "School"), "school@school.example")
    meeting = hold_meeting(partnership, admin)
    heard = write_heard(meeting=meeting, member=member, text="They need a van", by=admin)
    with pytest.raises(MeetingRefusedError, match="Only the organisation"):
        confirm_heard(heard=heard, by=other)
    holder = LinkHolder(person=person, link_id=meeting.pk)
    assert confirm_heard(heard=heard, by=holder).confirmed_at
    with pytest.raises(MeetingRefusedError, match="already"):
        confirm_heard(heard=heard, by=holder)
    again = write_heard(meeting=meeting, member=member, text="They need two vans", by=admin)
    corrected = confirm_heard(heard=again, by=holder, correction="One van")
    assert (corrected.confirmed_at, corrected.correction) == (None, "One van")
