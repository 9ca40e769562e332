from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from core.access.visibility import Visibility
from engagement.models import Submission
from goals.models import Goal
from partnerships.models import Decision, PartnershipMember, Task
from stakeholders.models import Stakeholder
from tests.engagement.conftest import masked
from tests.factories.engagement import make_public_partnership, make_submission, make_theme
from tests.factories.partnerships import make_partnership

PAGE = "/p/borgo/orti/"


@pytest.fixture
def orti(space):
    return make_public_partnership(
        name="Orti di quartiere", purpose="Three gardens", about_en="We are neighbours", about_it="Siamo vicini"
    )


def join(partnership, name, state="member", kind="organisation", **fields):
    organisation = Stakeholder.objects.create(name=name, kind=kind, sort_name=name.lower(), search_text=name.lower())
    return PartnershipMember.objects.create(partnership=partnership, organisation=organisation, state=state, **fields)


def goal(partnership, title, *, visibility=Visibility.PUBLIC, state="active", number=1):
    return Goal.objects.create(
        partnership=partnership, number=number, title_en=title, visibility=visibility, state=state
    )


@pytest.mark.parametrize("count", [1, 3])
def test_page_costs_twelve_statements_and_sets_no_cookie(orti, client, statements, count):
    for number in range(count):
        join(orti, f"Member {number}")
        goal(orti, f"Goal {number}", number=number + 1)
        task = Task.objects.create(partnership=orti, number=number + 1, title="Lamps", state="done")
        make_theme(orti, f"Theme {number}", published_on=date(2026, 11, 1), task=task)
        make_submission(orti)
        Decision.objects.create(
            partnership=orti, year=2026, number=number + 1, title="Lamps", public_note="x", visibility=4,
            state="in_force",
        )  # fmt: skip
    with statements() as found:
        answer = client.get(PAGE)
    assert len(found) == 12
    assert not answer.cookies
    assert answer.content.count(b"<script") == 2
    assert answer.content.count(b'<script type="application/ld+json"') == 1


def test_page_tells_who_why_and_what_shall_change(orti, client):
    join(orti, "Comune di Borgo")
    goal(orti, "More green")
    html = client.get(PAGE).content.decode()
    for words in ("Orti di quartiere", "Three gardens", "We are neighbours", "Comune di Borgo", "More green"):
        assert words in html
    assert "Siamo vicini" in client.get(f"{PAGE}?lang=it").content.decode()


def test_page_never_shows_what_is_not_public(orti, client, coordinator, signed_in_as):
    for number, visibility in enumerate([level for level in Visibility if level != Visibility.PUBLIC], start=1):
        goal(orti, f"CANARY {visibility}", visibility=visibility, number=number)
    goal(orti, "CANARY draft", state="draft", number=8)
    make_theme(orti, "CANARY theme")
    make_submission(orti, "CANARY message", place="CANARY place", contact_email="canary@example.org")
    for state in ("invited", "interested", "joining", "former", "suspended", "excluded"):
        join(orti, f"CANARY {state}", state=state)
    join(orti, "CANARY person", kind="person")
    task = Task.objects.create(partnership=orti, number=1, title="CANARY task", state="done")
    make_theme(orti, "Lamps", outcome="done", answer_en="They are up", task=task, published_on=date(2026, 11, 1))
    for browser in (client, signed_in_as(coordinator)):
        assert "canary" not in browser.get(PAGE).content.decode().lower()
    assert b"a finished task" in client.get(PAGE).content


def test_neighbours_canaries_never_show(orti, client, in_neighbour):
    def canary():
        other = make_public_partnership("orti", name="CANARY", purpose="CANARY")
        join(other, "CANARY")
        goal(other, "CANARY")
        make_theme(other, "CANARY", published_on=date(2026, 11, 1))
        make_submission(other, "CANARY")

    in_neighbour(canary)
    for path in (PAGE, "/p/borgo/"):
        assert b"CANARY" not in client.get(path).content


@pytest.mark.parametrize("visibility", [level for level in Visibility if level != Visibility.PUBLIC])
def test_partnership_that_is_not_public_is_the_same_404_as_none(space, client, visibility):
    make_partnership("orti", visibility=visibility)
    kept, none = client.get(PAGE), client.get("/p/borgo/nothing/")
    assert kept.status_code == none.status_code == 404
    assert masked(kept) == masked(none)


def test_negative_and_open_answers_are_published_like_the_others(orti, client):
    make_theme(orti, "No water", outcome="not_possible", answer_en="Too dear", published_on=date(2026, 11, 1))
    make_theme(orti, "A list", outcome="open", published_on=date(2026, 11, 2))
    html = client.get(PAGE).content.decode()
    for words in (
        "No water",
        "Not possible",
        "Too dear",
        "A list",
        "Not answered yet",
        "Themes with an answer: 1 of 2",
    ):
        assert words in " ".join(html.split())


@pytest.mark.parametrize(
    ("waits", "words"),
    [
        ([], "0 of 1."),
        ([2, 9, 4], "3 of 4, after 2, 4 and 9 days."),
        ([1, 2, 3, 4, 30], "5 of 6, half of them within 3 days, the slowest after 30."),
    ],
)
def test_page_tells_how_quickly_people_are_answered_without_inventing_a_median(orti, client, waits, words):
    received = datetime(2026, 11, 1, 10, tzinfo=UTC)
    now = received.replace(hour=9)
    for days in waits:
        submission = make_submission(orti, now=now)
        Submission.objects.filter(pk=submission.pk).update(
            answered_on=date(2026, 11, 1) + timedelta(days=days), state="answered"
        )
    make_submission(orti, now=now)
    spam, gone = make_submission(orti, now=now), make_submission(orti, now=now)
    Submission.objects.filter(pk=spam.pk).update(state="spam")
    Submission.objects.filter(pk=gone.pk).update(state="withdrawn")

    with time_machine.travel(datetime(2026, 12, 1, 12, tzinfo=UTC)):
        html = " ".join(client.get(PAGE).content.decode().split())
    assert f"Messages answered in the last twelve months: {words}" in html


def test_user_text_is_escaped(orti, client):
    make_theme(
        orti,
        "<img src=x onerror=alert(1)>",
        outcome="partly",
        answer_en="<script>x</script>",
        published_on=date(2026, 11, 1),
    )
    html = client.get(PAGE).content.decode()
    assert "<img src=x" not in html
    assert "<script>" not in html


def test_ended_partnership_is_read_but_takes_no_messages(orti, client):
    orti.state = "closed"
    orti.save()
    answer = client.get(PAGE)
    assert answer.status_code == 200
    assert b"/feedback/" not in answer.content


def test_space_lists_its_public_partnerships_only(orti, client, statements):
    make_partnership("kept", name="CANARY")
    with statements() as found:
        answer = client.get("/p/borgo/")
    assert len(found) == 2
    assert b"Orti di quartiere" in answer.content
    assert b"CANARY" not in answer.content
    assert not answer.cookies
