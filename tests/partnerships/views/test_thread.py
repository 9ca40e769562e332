"""Talking about a task, a goal, an agreement, a meeting."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from core.access.visibility import Visibility
from core.models import AccessLink, AuditEvent, OutboxMail
from core.operations.rate import TooOftenError
from partnerships.models import Comment, Representative, Thread
from partnerships.operations.thread import COMMENTS_PER_HOUR, CommentRefusedError, write_comment
from partnerships.queries.thread import find_task, people_to_mention
from partnerships.rules.thread import Author
from tests.factories.goals import make_goal
from tests.factories.meetings import make_meeting
from tests.factories.partnerships import (
    make_agreement,
    make_member,
    make_partner,
    make_partnership,
    make_person,
    make_representative,
    make_task,
)

HTMX = {"headers": {"HX-Request": "true"}}


@pytest.fixture
def partnership(coordinator):
    return make_partnership("own", coordinator=coordinator)


@pytest.fixture
def member(partnership):
    return make_member(partnership, "Scuola", state="member")


@pytest.fixture
def task(member):
    return make_task(member.partnership, "Open the hall", member=member)


@pytest.fixture
def anna(member):
    return make_representative(member, make_person("Anna Neri", "anna@scuola.example"))


@pytest.fixture
def browser(coordinator, signed_in_as):
    return signed_in_as(coordinator)


def talk(subject, kind="task"):
    return f"/s/borgo/partnerships/own/talk/{kind}/{subject.pk}/"


def say(browser, task, text, ask=""):
    return browser.post(talk(task), {"talk-text": text, "talk-ask": ask})


def mailed_link():
    return re.search(r"/\w/borgo/comment/[\w-]+/", OutboxMail.objects.latest("id").text)[0]


def test_comment_is_read_by_everybody_who_sees_the_task_and_mails_nobody(task, anna, member, browser, signed_in_as):
    answer = say(browser, task, "Who has the keys?")
    assert answer.headers["Location"].endswith("/tasks/1/#talk")
    partner = signed_in_as(make_partner(member))
    assert "Who has the keys?" in partner.get(talk(task)).content.decode()
    assert not OutboxMail.objects.exists()
    assert AuditEvent.objects.get(verb="comment.written").subject_label == "task"


def test_empty_thread_is_folded_and_one_with_words_is_open(task, browser):
    folded = browser.get(talk(task), **HTMX).content.decode()
    assert "<details>" in folded
    assert "<html" not in folded
    answer = browser.post(talk(task), {"talk-text": "Hello", "talk-ask": ""}, **HTMX).content.decode()
    assert "<details open>" in answer
    assert "Hello" in answer
    assert browser.post(talk(task), {"talk-text": " "}).status_code == 422
    assert 'hx-get="' + talk(task) in browser.get("/s/borgo/partnerships/own/tasks/1/").content.decode()


def test_thread_stands_on_goals_agreements_and_meetings_too(partnership, browser):
    goal = make_goal(partnership)
    agreement = make_agreement(partnership).agreement
    meeting = make_meeting(partnership)
    for subject, kind, page in (
        (goal, "goal", "goals/1/"),
        (agreement, "agreement", "agreements/1/"),
        (meeting, "meeting", "meetings/1/"),
    ):
        assert browser.get(talk(subject, kind)).status_code == 200
        assert talk(subject, kind) in browser.get(f"/s/borgo/partnerships/own/{page}").content.decode()
    assert browser.get(talk(goal, "planet")).status_code == 404


def test_what_a_partner_may_not_see_cannot_be_talked_about(task, member, browser, signed_in_as):
    task.visibility = Visibility.COORDINATION
    task.save()
    say(browser, task, "Between us")
    partner = signed_in_as(make_partner(member))
    assert partner.get(talk(task)).status_code == 404
    assert say(partner, task, "Me too").status_code == 404
    assert partner.get(f"/s/borgo/api/v1/partnerships/own/talk/task/{task.pk}/").status_code == 404
    assert Comment.objects.count() == 1


def test_asking_one_person_writes_one_mail_and_they_answer_by_link(task, anna, member, browser, client, coordinator):
    make_representative(member, make_person("Ugo Blu", "ugo@scuola.example"))
    say(browser, task, "Can you bring the keys?", f"p:{anna.pk}")
    mail = OutboxMail.objects.get()
    assert mail.to == "anna@scuola.example"
    assert "Can you bring the keys?" in mail.text
    path = mailed_link()
    assert "Can you bring the keys?" in client.get(path).content.decode()
    assert Comment.objects.count() == 1
    assert "Thank you" in client.post(path, {"text": "Yes, at nine", "tell": "on"}).content.decode()
    answer = Comment.objects.latest("id")
    assert (answer.author_person, answer.author_user, answer.mentioned_user) == (anna, None, coordinator)
    assert OutboxMail.objects.latest("id").to == coordinator.email
    client.post(path, {"text": "And the lamp"})
    assert OutboxMail.objects.count() == 2
    assert client.post(path, {"text": ""}).status_code == 422


def test_expired_link_offers_a_new_one_to_the_same_address(task, anna, browser, client):
    say(browser, task, "Keys?", f"p:{anna.pk}")
    path = mailed_link()
    AccessLink.objects.update(expires_at=AccessLink.objects.get().created_at - timedelta(days=1))
    assert client.get(path).status_code == 410
    assert client.post(path, {"text": "Late"}).status_code == 410
    client.post(f"{path}renew/")
    assert OutboxMail.objects.count() == 2
    assert client.get(mailed_link()).status_code == 200
    Representative.objects.update(until="2020-01-01")
    assert client.get(mailed_link()).status_code == 410
    client.post(f"{path}renew/")
    assert OutboxMail.objects.count() == 2
    assert client.get(reverse("comment_link", kwargs={"tenant": "borgo", "token": "x" * 32})).status_code == 404


def test_who_cannot_see_it_or_be_written_to_cannot_be_asked(task, anna, member, coordinator, viewer):
    silent = make_representative(member, make_person("Ugo Blu", "ugo@scuola.example", do_not_contact=True))
    subject = find_task(viewer(coordinator), task.pk)
    assert [one.key for one in people_to_mention(subject, Author(user_id=coordinator.pk))] == [f"p:{anna.pk}"]
    for key in (f"p:{silent.pk}", f"u:{coordinator.pk}", "p:nobody"):
        with pytest.raises(CommentRefusedError):
            write_comment(subject=subject, text="Hello", by=coordinator, ask=key)
    task.visibility = Visibility.COORDINATION
    task.save()
    subject = find_task(viewer(coordinator), task.pk)
    assert people_to_mention(subject, Author(user_id=coordinator.pk)) == []
    assert not OutboxMail.objects.exists()


def test_own_words_are_taken_back_and_leave_a_tombstone(task, member, browser, signed_in_as):
    say(browser, task, "A secret slipped out")
    comment = Comment.objects.get()
    partner = signed_in_as(make_partner(member))
    partner.post(f"{talk(task)}{comment.pk}/withdraw/")
    comment.refresh_from_db()
    assert comment.withdrawn_at is None
    browser.post(f"{talk(task)}{comment.pk}/withdraw/")
    page = partner.get(talk(task)).content.decode()
    assert "Taken back" in page
    assert "secret" not in page
    assert Comment.objects.get().text == ""


def test_too_much_is_refused(task, coordinator, viewer):
    subject = find_task(viewer(coordinator), task.pk)
    for _number in range(COMMENTS_PER_HOUR):
        write_comment(subject=subject, text="Again", by=coordinator)
    with pytest.raises(TooOftenError):
        write_comment(subject=subject, text="Again", by=coordinator)
    assert Thread.objects.count() == 1


def test_api_speaks_with_the_same_rules(task, anna, member, browser, signed_in_as):
    address = f"/s/borgo/api/v1/partnerships/own/talk/task/{task.pk}/"
    sent = {"text": "By machine", "ask_person_id": str(anna.pk)}
    made = browser.post(address, sent, content_type="application/json")
    assert (made.status_code, made.json()["author"]) == (201, "Giulia Ferri")
    assert OutboxMail.objects.count() == 1
    refused = browser.post(address, {**sent, "ask_person_id": str(task.pk)}, content_type="application/json")
    assert refused.status_code == 409
    assert [row["text"] for row in browser.get(address).json()["results"]] == ["By machine"]
    partner = signed_in_as(make_partner(member))
    assert partner.delete(f"{address}{made.json()['id']}/").status_code == 409
    assert browser.delete(f"{address}{made.json()['id']}/").status_code == 204
