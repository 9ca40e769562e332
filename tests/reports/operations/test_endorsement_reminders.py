"""Who has not said where it stands is reminded, and answers without a password."""

import re
from datetime import date, timedelta

import pytest

from core.models import OutboxMail
from goals.models import Endorsement
from goals.operations.endorsement import answer_endorsement
from goals.operations.goal import move_goal
from partnerships.rules.authority import LinkHolder
from reports.operations.digest import write_digests
from reports.operations.partner_page import mail_partner_page
from tests.factories.goals import ASKED, make_asked, make_complete_goal
from tests.factories.partnerships import make_member, make_partnership, make_person, make_representative

ANSWER_BY = date(2026, 1, 26)


@pytest.fixture
def person(space):
    return make_person()


@pytest.fixture
def place(person, coordinator):
    partnership = make_partnership()
    member = make_member(partnership, state="member")
    make_representative(member, person)
    goal = make_complete_goal(partnership)
    move_goal(goal=goal, to="proposed", by=coordinator, today=ASKED)
    make_asked(goal, coordinator)
    OutboxMail.objects.all().delete()
    return Endorsement.objects.get(member=member)


def link_in(text):
    return re.search(r"http://[^/]+(/l/borgo/goal/\S+)", text)[1]


def test_silent_member_is_in_the_digest_with_a_link_of_its_own(place, client):
    assert write_digests(today=ASKED) == 1
    mail = OutboxMail.objects.get(kind="digest")
    assert "Good placements" in mail.text
    assert "where do you stand? Asked until 26 January 2026" in mail.text
    assert client.get(link_in(mail.text)).status_code == 200


def test_who_answered_and_whose_time_is_long_over_is_not_reminded(place, person, coordinator):
    assert write_digests(today=ANSWER_BY + timedelta(days=29)) == 0
    answer_endorsement(endorsement=place, position=4, comment="", by=LinkHolder(person, place.pk))
    assert write_digests(today=ANSWER_BY) == 0


def test_colleague_without_the_right_to_commit_is_not_asked(place):
    make_representative(place.member, make_person("Ugo", "ugo@riva.example"), can_commit=False)
    write_digests(today=ANSWER_BY)
    assert [mail.to for mail in OutboxMail.objects.filter(kind="digest")] == ["anna@riva.example"]


def test_late_answer_is_asked_for_once_a_week(place):
    late = ANSWER_BY + timedelta(days=1)
    assert [write_digests(today=late + timedelta(days=days)) for days in (0, 1, 7)] == [1, 0, 1]
    assert "the date 26 January 2026 has passed" in OutboxMail.objects.filter(kind="digest").first().text


def test_partners_page_asks_until_it_is_answered(place, person, client):
    mail = mail_partner_page(person=person, by=None)
    page = re.search(r"http://[^/]+(/\S+)", mail.text)[1]
    shown = client.get(page).content.decode()
    assert "Goals: where do you stand?" in shown
    (address,) = re.findall(r'action="([^"]+stand[^"]+)"', shown)
    answer = client.post(address)
    assert answer.status_code == 302
    assert client.post(answer.url, {"position": "5", "comment": ""}).status_code == 200
    assert "Goals: where do you stand?" not in client.get(page).content.decode()
