import uuid

import pytest

from core.access.roles import Role
from engagement.models import Submission, Theme
from tests.engagement.conftest import masked
from tests.factories.core import make_user
from tests.factories.engagement import make_public_partnership, make_submission, make_theme

INBOX = "/s/borgo/residents/"


@pytest.fixture
def orti(space):
    return make_public_partnership(name="Orti")


@pytest.mark.parametrize("count", [1, 3])
def test_inbox_costs_the_same_statements_for_one_and_three_rows(orti, coordinator, signed_in_as, statements, count):
    for number in range(count):
        make_submission(make_public_partnership(f"p-{number}"))
    browser = signed_in_as(coordinator)
    with statements() as found:
        answer = browser.get(INBOX)
    assert answer.content.decode().count('scope="row"') == count
    assert len(found) == 5


@pytest.mark.parametrize("count", [1, 3])
def test_detail_costs_the_same_statements_for_one_and_three_replies(orti, coordinator, signed_in_as, statements, count):
    submission = make_submission(orti)
    for number in range(count):
        submission.replies.create(text=f"Reply {number}", by=make_user(f"c{number}@borgo.example"))
    browser = signed_in_as(coordinator)
    with statements() as found:
        answer = browser.get(f"{INBOX}{submission.pk}/")
    assert answer.status_code == 200
    assert len(found) == 14


def test_inbox_says_each_message_once_and_leaves_out_what_is_none(orti, coordinator, signed_in_as):
    make_submission(orti, "The same words")
    make_submission(orti, "the same words")
    make_submission(orti, "Buy pills")
    Submission.objects.filter(text="Buy pills").update(state="spam")
    html = signed_in_as(coordinator).get(INBOX).content.decode()
    assert html.count("same words") == 1
    assert "said by 1 more" in html
    assert "Buy pills" not in html


def test_inbox_is_narrowed_by_partnership_state_and_urgency_and_ignores_nonsense(orti, coordinator, signed_in_as):
    make_submission(orti, "Garden words")
    make_submission(make_public_partnership("scuola"), "School violence")
    browser = signed_in_as(coordinator)
    assert b"School" not in browser.get(f"{INBOX}?partnership=orti").content.split(b"results")[-1]
    assert b"Garden words" not in browser.get(f"{INBOX}?urgent=1").content
    assert b"No message matches" in browser.get(f"{INBOX}?state=answered").content
    assert browser.get(f"{INBOX}?state=%00&partnership=nowhere&urgent=7").status_code == 200
    assert browser.get(f"{INBOX}?page=1e9").status_code == 400


def test_no_address_stands_in_the_inbox(orti, coordinator, signed_in_as):
    submission = make_submission(orti, contact_email="anna@example.org")
    browser = signed_in_as(coordinator)
    assert b"anna@example.org" not in browser.get(INBOX).content
    assert b"anna@example.org" in browser.get(f"{INBOX}{submission.pk}/").content


@pytest.mark.parametrize("role", [Role.PARTNER_LEAD, Role.PARTNER_MEMBER, Role.EVALUATOR, Role.TREASURER, Role.FUNDER])
def test_people_who_do_not_answer_residents_read_nothing(orti, signed_in_as, role):
    submission = make_submission(orti, "CANARY")
    browser = signed_in_as(make_user("p@borgo.example", role=role, scope=orti.scope))
    expected = 403 if role == Role.FUNDER else 404
    assert b"CANARY" not in browser.get(INBOX).content
    assert browser.get(f"{INBOX}{submission.pk}/").status_code == expected
    assert browser.post(f"{INBOX}{submission.pk}/reply/", {"text": "Hello"}).status_code == expected
    assert browser.post(f"{INBOX}{submission.pk}/read/").status_code == 403


def test_coordinator_of_one_partnership_gets_the_same_404_for_others_and_for_none(orti, signed_in_as, in_neighbour):
    elsewhere = make_submission(make_public_partnership("scuola"), "CANARY")
    foreign = in_neighbour(lambda: make_submission(make_public_partnership("orti"), "CANARY"))
    browser = signed_in_as(make_user("c@borgo.example", role=Role.COORDINATOR, scope=orti.scope))
    assert b"CANARY" not in browser.get(f"{INBOX}?state=all").content
    bodies = {masked(browser.get(f"{INBOX}{one}/")) for one in (elsewhere.pk, foreign.pk, uuid.uuid4())}
    assert len(bodies) == 1
    for action in ("read", "reply", "theme", "close", "spam", "reopen", "join", "take-out", "give", "refer", "about"):
        for one in (elsewhere.pk, foreign.pk, uuid.uuid4()):
            assert browser.post(f"{INBOX}{one}/{action}/", {"text": "x"}).status_code == 404


def test_opening_a_message_changes_nothing(orti, coordinator, signed_in_as):
    submission = make_submission(orti)
    signed_in_as(coordinator).get(f"{INBOX}{submission.pk}/")
    submission.refresh_from_db()
    assert submission.state == "received"


def test_message_goes_through_its_life(orti, coordinator, signed_in_as):
    submission = make_submission(orti)
    browser = signed_in_as(coordinator)
    for action, given, state in (
        ("read", {}, "acknowledged"),
        ("reply", {"text": "Thank you"}, "answered"),
        ("close", {}, "loop_closed"),
        ("reopen", {}, "triaged"),
        ("spam", {"reason": "advertising"}, "spam"),
    ):
        assert browser.get(f"{INBOX}{submission.pk}/{action}/").status_code == 405
        assert browser.post(f"{INBOX}{submission.pk}/{action}/", given).status_code == 302
        submission.refresh_from_db()
        assert submission.state == state


def test_refused_act_is_told_and_changes_nothing(orti, coordinator, signed_in_as):
    submission = make_submission(orti)
    browser = signed_in_as(coordinator)
    answer = browser.post(f"{INBOX}{submission.pk}/close/", follow=True)
    assert b"Answer first" in answer.content
    submission.refresh_from_db()
    assert submission.state == "received"


@pytest.mark.parametrize("text", ["", "x" * 4001, "NUL \x00"])
def test_unfit_answer_comes_back_with_what_was_typed(orti, coordinator, signed_in_as, text):
    submission = make_submission(orti)
    answer = signed_in_as(coordinator).post(f"{INBOX}{submission.pk}/reply/", {"text": text})
    assert answer.status_code == 422
    assert not submission.replies.exists()


def test_message_is_put_into_an_old_and_into_a_new_theme(orti, coordinator, signed_in_as):
    first, second, theme = make_submission(orti), make_submission(orti), make_theme(orti)
    browser = signed_in_as(coordinator)
    browser.post(f"{INBOX}{first.pk}/theme/", {"theme": theme.pk})
    browser.post(f"{INBOX}{second.pk}/theme/", {"heard": "A new sentence"})
    first.refresh_from_db()
    second.refresh_from_db()
    assert first.themes.get() == theme
    assert second.themes.get() == Theme.objects.get(heard_en="A new sentence")


@pytest.mark.parametrize("given", [{}, {"theme": str(uuid.uuid4())}, {"theme": "elsewhere"}])
def test_theme_that_is_none_or_elsewhere_is_refused(orti, coordinator, signed_in_as, given):
    submission = make_submission(orti)
    if given.get("theme") == "elsewhere":
        given = {"theme": make_theme(make_public_partnership("scuola")).pk}
    assert signed_in_as(coordinator).post(f"{INBOX}{submission.pk}/theme/", given).status_code == 422
    submission.refresh_from_db()
    assert not submission.themes.exists()
