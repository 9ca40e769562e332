from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from core.models import AuditEvent, Job, OutboxMail, User
from core.tenancy.context import tenant_scope
from partnerships.models import Attendance, Meeting, Minutes, MinutesApproval, Partnership, Task
from partnerships.operations.agenda import write_action, write_notes
from partnerships.operations.attendance import note_presence
from partnerships.operations.decision import record_decision
from partnerships.operations.meeting import MeetingRefusedError, close_meeting
from partnerships.operations.minutes import (
    answer_minutes,
    approve_silent_minutes,
    archive_settled_meetings,
    circulate_minutes,
    close_minutes,
    render_agenda,
    render_minutes,
    write_erratum,
)
from partnerships.queries.minutes import minutes_text
from partnerships.rules.authority import LinkHolder
from partnerships.rules.minutes import hash_of_minutes
from stakeholders.models import Stakeholder
from tests.factories.meetings import call_meeting, hold_meeting, make_item
from tests.factories.partnerships import make_member, make_partner, make_partnership, make_person, make_representative


@pytest.fixture
def partnership(space):
    found = make_partnership()
    for name in ("Riva", "School"):
        make_representative(make_member(found, name), make_person(f"Person of {name}", f"{name.lower()}@x.example"))
    return found


@pytest.fixture
def meeting(partnership, admin):
    return hold_meeting(partnership, admin)


@pytest.fixture
def minutes(meeting, admin):
    """They went round in a full partnership, where a clock runs."""
    Partnership.objects.update(mode="full")
    return circulate_minutes(meeting=meeting, by=admin)


def answer(minutes, attendance, **said):
    holder = LinkHolder(person=attendance.person, link_id=attendance.pk)
    return answer_minutes(minutes=minutes, attendance=attendance, by=holder, **said)


def present(meeting):
    return list(Attendance.objects.filter(meeting=meeting).select_related("person").order_by("person__email"))


def test_minutes_tell_who_was_there_what_was_agreed_and_who_does_what(partnership, admin):
    meeting = call_meeting(partnership, admin)
    item = make_item(meeting, "The van")
    write_notes(item=item, by=admin, summary="It is shared on Saturdays.", state="done")
    member = partnership.members.first()
    write_action(meeting=meeting, item=item, by=admin, title="Buy a lock", member=member)
    record_decision(
        partnership=partnership, by=admin, title="Share the van", outcome="decided", meeting=meeting, item=item
    )
    text = minutes_text(meeting, language="en")
    assert "## 1. The van" in text
    assert "It is shared on Saturdays." in text
    assert "Share the van" in text
    assert "Buy a lock" in text
    assert "\n\n\n" not in text
    assert minutes_text(meeting, language="it").startswith("# Verbale: ")


def test_minutes_go_to_who_was_there(partnership, admin):
    away = make_member(partnership, "Away")
    make_representative(away, make_person("Ada", "ada@away.example"))
    meeting = hold_meeting(partnership, admin, absent=(away,))
    minutes = circulate_minutes(meeting=meeting, by=admin)
    assert sorted(OutboxMail.objects.filter(kind="minutes").values_list("to", flat=True)) == [
        "riva@x.example",
        "school@x.example",
    ]
    assert minutes.text_sha256 == hash_of_minutes(minutes.text)
    absent = Attendance.objects.get(member=away)
    with pytest.raises(MeetingRefusedError, match="who were there"):
        answer(minutes, absent)


def test_promises_are_mailed_to_their_owners_when_the_meeting_ends_and_once(partnership, admin, client):
    meeting = call_meeting(partnership, admin)
    riva, school = partnership.members.order_by("organisation__name")
    promise = {"due_on": timezone.localdate() + timedelta(days=9), "result_expected": "A lock"}
    for title, member in (("Buy a lock", riva), ("Paint the van", riva), ("Call the bus firm", school)):
        write_action(meeting=meeting, by=admin, title=title, member=member, **promise)
    write_action(meeting=meeting, by=admin, title="Dropped", member=riva, **promise)
    Task.objects.filter(title="Dropped").update(state="cancelled")
    Stakeholder.objects.filter(email="school@x.example").update(do_not_contact=True)
    people = {one.pk: "present" for one in Attendance.objects.all()}
    note_presence(meeting=meeting, presences=people, by=admin)
    assert not OutboxMail.objects.filter(kind="meeting_actions").exists()
    close_meeting(meeting=meeting, by=admin, now=meeting.ends_at)
    mail = OutboxMail.objects.get(kind="meeting_actions")
    assert mail.to == "riva@x.example"
    assert mail.subject == "From the meeting “Steering group”: 2 things for you"
    assert "Buy a lock" in mail.text
    assert "Dropped" not in mail.text
    path = "/l/borgo/task/" + mail.text.split("/l/borgo/task/")[1].split("/")[0] + "/"
    assert client.get(path).status_code == 200
    # What is written down later goes with the minutes, and nothing is said twice.
    write_action(meeting=meeting, by=admin, title="Sell the van", member=riva, **promise)
    circulate_minutes(meeting=meeting, by=admin)
    second = OutboxMail.objects.filter(kind="meeting_actions").exclude(pk=mail.pk).get()
    assert "Sell the van" in second.text
    assert "Buy a lock" not in second.text


def test_minutes_go_round_once(minutes, admin):
    with pytest.raises(MeetingRefusedError, match="nothing to send"):
        circulate_minutes(meeting=minutes.meeting, by=admin)


def test_last_approval_freezes(minutes, meeting):
    first, second = present(meeting)
    answer(minutes, first)
    minutes.refresh_from_db()
    assert minutes.frozen_at is None
    answer(minutes, second)
    minutes.refresh_from_db()
    assert minutes.frozen_at
    assert not minutes.with_silence
    assert Meeting.objects.get().state == "minutes_approved"
    assert Job.objects.filter(name="partnerships.render_minutes").count() == 1
    with pytest.raises(MeetingRefusedError, match="not open"):
        answer(minutes, first, comment="Too late")


def test_nobody_approves_for_another(minutes, meeting, admin):
    first, second = present(meeting)
    with pytest.raises(MeetingRefusedError, match="for themselves"):
        answer_minutes(minutes=minutes, attendance=first, by=LinkHolder(person=second.person, link_id=first.pk))
    with pytest.raises(MeetingRefusedError, match="for themselves"):
        answer_minutes(minutes=minutes, attendance=first, by=admin)


def test_comment_sends_a_new_text_round_and_the_old_one_is_answered_no_more(minutes, meeting, admin):
    first, second = present(meeting)
    answer(minutes, first)
    answer(minutes, second, comment="I said Sunday")
    again = circulate_minutes(meeting=meeting, by=admin, text="# Minutes\n\nSunday")
    assert (again.number, again.text) == (2, "# Minutes\n\nSunday\n")
    with pytest.raises(MeetingRefusedError, match="not open"):
        answer(minutes, first)
    with pytest.raises(MeetingRefusedError, match="not open"):
        answer(again, first, hash_seen=minutes.text_sha256)
    answer(again, first, hash_seen=again.text_sha256)
    answer(again, second)
    again.refresh_from_db()
    assert again.frozen_at


def test_silence_ends_after_the_last_day_and_is_kept_as_silence(minutes, meeting):
    answer(minutes, present(meeting)[0])
    assert approve_silent_minutes(today=minutes.approve_by) == 0
    late = minutes.approve_by + timedelta(days=1)
    assert approve_silent_minutes(today=late) == 1
    assert approve_silent_minutes(today=late) == 0
    minutes.refresh_from_db()
    assert minutes.frozen_at
    assert minutes.with_silence
    assert AuditEvent.objects.get(verb="minutes.frozen").changes["with_silence"] is True


def test_light_partnership_has_notes_that_somebody_closes_and_no_clock(minutes, meeting, partnership, admin):
    with pytest.raises(MeetingRefusedError, match="close by themselves"):
        close_minutes(minutes=minutes, by=admin)
    Partnership.objects.update(mode="light")
    first, second = present(meeting)
    answer(minutes, first, comment="I said Sunday")
    again = circulate_minutes(meeting=meeting, by=admin, text="Sunday")
    assert again.approve_by is None
    assert approve_silent_minutes(today=timezone.localdate() + timedelta(days=400)) == 0
    answer(again, second, comment="Monday")
    with pytest.raises(MeetingRefusedError, match="asks for a change"):
        close_minutes(minutes=again, by=admin)
    answer(again, second)
    closed = close_minutes(minutes=again, by=admin)
    assert (closed.frozen_at is None, closed.with_silence) == (False, True)
    assert Meeting.objects.get().state == "minutes_approved"
    with pytest.raises(MeetingRefusedError, match="not open"):
        close_minutes(minutes=again, by=admin)
    with pytest.raises(MeetingRefusedError, match="not open"):
        close_minutes(minutes=minutes, by=admin)


def test_comment_that_waits_stops_silence(minutes, meeting):
    answer(minutes, present(meeting)[0], comment="No")
    assert approve_silent_minutes(today=minutes.approve_by + timedelta(days=30)) == 0


def test_frozen_minutes_are_corrected_by_a_note_and_their_text_stays(minutes, admin):
    with pytest.raises(MeetingRefusedError, match="not approved yet"):
        write_erratum(minutes=minutes, text="It was Sunday", by=admin)
    approve_silent_minutes(today=minutes.approve_by + timedelta(days=1))
    erratum = write_erratum(minutes=minutes, text="It was Sunday", by=admin)
    minutes.refresh_from_db()
    assert minutes.text_sha256 == hash_of_minutes(minutes.text)
    assert "Sunday" not in minutes.text
    assert list(minutes.errata.all()) == [erratum]


def test_meeting_is_archived_a_month_after_approval_once_its_promises_are_settled(partnership, admin):
    meeting = call_meeting(partnership, admin)
    action = write_action(meeting=meeting, by=admin, title="Buy a lock", member=partnership.members.first())
    Attendance.objects.update(presence="present")
    Meeting.objects.update(state="minutes_draft")
    minutes = circulate_minutes(meeting=meeting, by=admin)
    month = timezone.localdate() + timedelta(days=30)
    assert archive_settled_meetings(today=month) == 0
    for attendance in present(meeting):
        answer(minutes, attendance)
    assert archive_settled_meetings(today=month) == 0
    Task.objects.filter(pk=action.task_id).update(state="done")
    assert archive_settled_meetings(today=month - timedelta(days=1)) == 0
    assert [archive_settled_meetings(today=month) for _again in range(2)] == [1, 0]
    assert Meeting.objects.get().state == "archived"
    assert AuditEvent.objects.filter(verb="meeting.archived").count() == 1
    assert write_erratum(minutes=minutes, text="It was Sunday", by=admin)


@pytest.mark.slow  # renders two documents
def test_documents_are_made_once_and_say_what_silence_was(minutes, admin):
    approve_silent_minutes(today=minutes.approve_by + timedelta(days=1))
    first = render_minutes(minutes_id=minutes.pk)
    assert first.pdf.content_type == "application/pdf"
    assert render_minutes(minutes_id=minutes.pk).pdf_id == first.pdf_id
    assert render_agenda(meeting_id=minutes.meeting_id).agenda_pdf.size_bytes > 1000


def test_fifty_approvals_at_once_have_one_effect_each(committed_space):
    with tenant_scope(committed_space.pk):
        admin = User.objects.first()
        partnership = make_partnership()
        for number in range(5):
            make_partner(make_member(partnership, f"Org {number}"), f"p{number}@x.example")
        meeting = hold_meeting(partnership, admin)
        minutes = circulate_minutes(meeting=meeting, by=admin)
        asked = present(meeting)

    def approve(attendance):
        try:
            with tenant_scope(committed_space.pk):
                answer(Minutes.objects.select_related("meeting").get(pk=minutes.pk), attendance)
        except MeetingRefusedError:
            return "refused"
        else:
            return "kept"
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as workers:
        said = list(workers.map(approve, [attendance for attendance in asked for _again in range(10)]))
    with tenant_scope(committed_space.pk):
        assert set(said) <= {"kept", "refused"}
        assert MinutesApproval.objects.count() == len(asked) == 5
        assert AuditEvent.objects.filter(verb="minutes.frozen").count() == 1
        assert Job.objects.filter(name="partnerships.render_minutes").count() == 1
        assert Minutes.objects.get().frozen_at <= timezone.now()
