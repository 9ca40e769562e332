from datetime import timedelta

import pytest
from django.utils import timezone

from core.models import AccessLink, AuditEvent, OutboxMail
from partnerships.models import Representative, Task, TaskUpdate
from partnerships.operations.task_link import make_task_link
from tests.factories.partnerships import make_member, make_partnership, make_person, make_representative, make_task


@pytest.fixture
def member(space):
    return make_member(make_partnership("own"))


@pytest.fixture
def person(member):
    return make_representative(member)


@pytest.fixture
def task(member, person):
    return make_task(member.partnership, "Find a room", member=member, person=person)


@pytest.fixture
def path(task, person):
    return make_task_link(task=task, person=person)[1]


def everything():
    return (
        list(Task.objects.values().order_by("id")),
        list(AccessLink.objects.values().order_by("id")),
        TaskUpdate.objects.count(),
        AuditEvent.objects.count(),
        OutboxMail.objects.count(),
    )


@pytest.mark.parametrize("page", ["", "pass/"])
def test_opening_changes_nothing(client, path, page):
    before = everything()
    for method in (client.get, client.head, client.options):
        method(f"{path}{page}")
    assert client.get(f"{path}{page}").status_code == 200
    assert everything() == before


@pytest.mark.parametrize("page", ["renew/", "other/00000000-0000-7000-8000-000000000000/"])
def test_what_acts_refuses_to_be_opened(client, path, page):
    assert client.get(f"{path}{page}").status_code == 405


def test_page_is_kept_from_robots_caches_and_referrers(client, path):
    answer = client.get(path)
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert answer["Cache-Control"] == "no-store"
    assert answer["Referrer-Policy"] in {"no-referrer", "strict-origin"}


def test_three_taps_accept_and_the_page_says_what_was_stored(client, path):
    assert b"We accept it" in client.get(path).content
    answer = client.post(path, {"state": "accepted"})
    assert answer.status_code == 200
    assert b"This is what we stored" in answer.content
    assert Task.objects.get().state == "accepted"
    assert AuditEvent.objects.get(verb="task.updated").actor_label == "link"


def test_everything_the_page_offers_is_stored(client, task, path):
    Task.objects.update(state="accepted")
    fields = {
        "state": "blocked",
        "note": "No key",
        "progress_percent": "25",
        "due_on": "2099-01-01",
        "blocked_needs": "Comune",
    }
    client.post(path, fields)
    task.refresh_from_db()
    assert (task.state, task.progress_percent, str(task.due_on)) == ("blocked", 25, "2099-01-01")
    assert (task.blocked_reason, task.blocked_needs) == ("No key", "Comune")


def test_incomplete_answer_comes_back(client, path):
    assert client.post(path, {"state": "declined"}).status_code == 422
    assert client.post(path, {}).status_code == 422
    assert Task.objects.get().state == "proposed"


def test_state_that_is_not_offered_is_not_taken(client, path):
    assert client.post(path, {"state": "cancelled"}).status_code == 422
    assert client.post(path, {"state": "done"}).status_code == 422


def test_who_may_not_commit_is_told_to_pass_it_on(client, member, task):
    staff = make_representative(member, make_person("Bruno", "bruno@riva.example"), can_commit=False)
    page = client.get(make_task_link(task=task, person=staff)[1]).content.decode()
    assert "We accept it" not in page
    assert "Anna Riva" in page


def test_unknown_link_is_not_found(client, space):
    assert client.get("/l/borgo/task/never-there/").status_code == 404


def test_link_does_not_work_in_the_neighbours_space(client, path):
    assert client.get(path.replace("/borgo/", "/riverside/")).status_code == 404


def test_link_opens_neither_a_signature_nor_an_invitation(client, path):
    token = path.rstrip("/").rpartition("/")[2]
    assert client.get(f"/l/borgo/agreement/{token}/").status_code == 404
    assert client.get(f"/l/borgo/invitation/{token}/").status_code in {404, 410}


def test_expired_link_offers_a_new_one_and_tells_nothing(client, path, person):
    AccessLink.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    answer = client.get(path)
    assert answer.status_code == 410
    assert b"Mail me a new link" in answer.content
    assert b"Find a room" not in answer.content
    assert client.post(path, {"state": "accepted"}).status_code == 410
    sent = client.post(f"{path}renew/", {"email": "eve@else.example"})
    assert OutboxMail.objects.get().to == person.email
    unknown = client.post("/l/borgo/task/never-there/renew/")
    assert b"Look into your mail" in unknown.content
    assert b"Look into your mail" in sent.content
    assert (sent.status_code, unknown.status_code) == (200, 200)


def test_renewing_too_often_answers_the_same_and_mails_no_more(client, path):
    AccessLink.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    answers = {client.post(f"{path}renew/").status_code for _number in range(5)}
    assert answers == {200}
    assert OutboxMail.objects.count() == 3


def test_not_me_passes_it_to_a_colleague_and_the_link_ends(client, member, path):
    make_representative(member, make_person("Bruno", "bruno@riva.example"))
    colleague = Representative.objects.get(person__name="Bruno")
    assert b"Bruno" in client.get(f"{path}pass/").content
    assert client.post(f"{path}pass/", {"colleague": str(colleague.pk)}).status_code == 200
    assert client.get(path).status_code == 410
    assert OutboxMail.objects.get().to == "bruno@riva.example"


def test_nobody_to_pass_it_to_is_said(client, path):
    assert b"Nobody else of your organisation" in client.get(f"{path}pass/").content


def test_other_open_task_is_offered_and_opens_with_a_link_of_its_own(client, member, person, path):
    other = make_task(member.partnership, "Bring chairs", member=member, person=person)
    answer = client.post(path, {"state": "accepted"})
    assert b"Bring chairs" in answer.content
    onward = client.post(f"{path}other/{other.pk}/")
    assert onward.status_code == 302
    assert b"Bring chairs" in client.get(onward["Location"]).content


def test_other_persons_task_is_neither_offered_nor_opened(client, member, path):
    bruno = make_representative(member, make_person("Bruno", "bruno@riva.example"))
    other = make_task(member.partnership, "Bring chairs", member=member, person=bruno)
    assert b"Bring chairs" not in client.post(path, {"state": "accepted"}).content
    assert client.post(f"{path}other/{other.pk}/").status_code == 404
