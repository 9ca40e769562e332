"""Read back by a strict reader nobody here wrote."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from ical.calendar_stream import IcsCalendarStream

from core.documents.calendar import CalendarEntry, CalendarMethod, Guest, calendar_text

STAMP = datetime(2026, 5, 2, 12, tzinfo=UTC)
ROME = timezone(timedelta(hours=2))


def meeting(**more):
    values = {"uid": "m1@telaio", "title": "Regìa; prima, riunione", "stamp": STAMP}
    moments = {"starts": datetime(2026, 6, 1, 9, tzinfo=ROME), "ends": datetime(2026, 6, 1, 11, tzinfo=ROME)}
    return CalendarEntry(**{**values, **moments, **more})


def read(text):
    return IcsCalendarStream.calendar_from_ics(text)


def test_an_invitation_keeps_every_word_for_another_reader():
    chair = Guest('Anna "A." Riva', "anna@riva.example")
    entry = meeting(
        description="Ordine:\n1. " + "è" * 90, place="Sala; 2", organiser=chair, guests=(chair,), sequence=3
    )
    text = calendar_text([entry], method=CalendarMethod.REQUEST)
    found = read(text)
    event = found.events[0]
    assert found.method == "REQUEST"
    assert (event.summary, event.description, event.location) == (entry.title, entry.description, entry.place)
    assert (event.uid, event.sequence, event.dtstart) == ("m1@telaio", 3, datetime(2026, 6, 1, 7, tzinfo=UTC))
    assert event.organizer.common_name == "Anna 'A.' Riva"
    assert [guest.uri for guest in event.attendees] == ["mailto:anna@riva.example"]
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))


def test_a_cancelled_meeting_says_so():
    text = calendar_text([meeting(is_cancelled=True)], method=CalendarMethod.CANCEL)
    assert read(text).events[0].status == "CANCELLED"
    assert read(text).method == "CANCEL"


def test_a_day_is_a_whole_day():
    text = calendar_text([meeting(starts=date(2026, 6, 1), ends=date(2026, 6, 2))], method=CalendarMethod.PUBLISH)
    assert read(text).events[0].dtstart == date(2026, 6, 1)


def test_line_breaks_in_a_name_start_no_property():
    text = calendar_text([meeting(title="x\r\nATTENDEE:mailto:evil@x.example")], method=CalendarMethod.PUBLISH)
    assert read(text).events[0].attendees == []


@pytest.mark.parametrize("starts", [datetime(2026, 6, 1, 12, tzinfo=ROME), datetime(2027, 1, 1, tzinfo=ROME)])
def test_an_entry_that_ends_before_it_starts_is_refused(starts):
    with pytest.raises(ValueError, match="ends before"):
        calendar_text([meeting(starts=starts)], method=CalendarMethod.PUBLISH)
