"""Sorting messages on the page, entering told ones, and what the resident reads of it with the code."""

from datetime import timedelta

import pytest
from django.utils import timezone

from core.access.roles import Role
from engagement.models import AnswerTemplate, Submission
from engagement.operations.submission import read_submission
from engagement.operations.triage import assign_submission
from tests.factories.core import make_user
from tests.factories.engagement import file_under, make_public_partnership, make_submission, make_theme, send
from tests.factories.partnerships import make_member, make_partner
from tests.factories.pictures import picture

INBOX = "/s/borgo/residents/"
FOLLOW = "/p/borgo/follow/"
ENTER = "/s/borgo/partnerships/orti/residents/enter/"


@pytest.fixture
def orti(space):
    return make_public_partnership(name="Orti")


@pytest.fixture
def browser(coordinator, signed_in_as):
    return signed_in_as(coordinator)


def test_messages_are_joined_and_taken_apart(orti, browser):
    first, second = make_submission(orti, "First words"), make_submission(orti, "Second words")
    assert "First words" in browser.get(f"{INBOX}{second.pk}/").content.decode()
    assert browser.post(f"{INBOX}{second.pk}/join/", {"into": first.pk}).status_code == 302
    assert "said by 1 more" in browser.get(INBOX).content.decode()
    assert str(first.pk) in browser.get(f"{INBOX}{second.pk}/").content.decode()
    assert f'href="{INBOX}{second.pk}/"' in browser.get(f"{INBOX}{first.pk}/").content.decode()
    browser.post(f"{INBOX}{second.pk}/take-out/")
    assert "Second words" in browser.get(INBOX).content.decode()


def test_what_is_added_to_a_joined_message_is_heard_with_the_first(orti, browser, client):
    first, sent = make_submission(orti, "First words"), send(orti, "Second words", photo=picture())
    second = Submission.objects.get(text="Second words")
    browser.post(f"{INBOX}{second.pk}/join/", {"into": first.pk})
    shown = client.post(f"{FOLLOW}add/", {"code": sent.code, "text": "It burns: fire in the shed"}).content.decode()
    assert "If somebody is in danger now, call" in shown
    assert 'href="tel:112"' in shown
    listed = browser.get(INBOX).content.decode()
    assert "Something added" in listed
    assert "Urgent: today" in listed
    page = browser.get(f"{INBOX}{first.pk}/").content.decode()
    assert "Something added" in page
    assert "with a photo" in page
    assert "fire in the shed" in browser.get(f"{INBOX}{second.pk}/").content.decode()
    browser.post(f"{INBOX}{second.pk}/read/")
    assert "Something added" not in browser.get(INBOX).content.decode()


def test_what_was_done_in_sorting_is_undone_from_the_words_that_say_so(orti, browser):
    first, second = make_submission(orti, "First words"), make_submission(orti, "Second words")
    for action, given, undo in (
        ("join", {"into": first.pk}, "take-out"),
        ("spam", {"reason": "nonsense"}, "reopen"),
    ):
        html = browser.post(f"{INBOX}{second.pk}/{action}/", given, follow=True).content.decode()
        assert f'method="post" action="{INBOX}{second.pk}/{undo}/"' in html
        assert browser.post(f"{INBOX}{second.pk}/{undo}/").status_code == 302
        assert Submission.objects.get(pk=second.pk).state == "triaged"
    html = browser.post(f"{INBOX}{first.pk}/theme/", {"heard": "Words"}, follow=True).content.decode()
    theme = first.themes.get()
    assert f'action="{INBOX}{first.pk}/theme/{theme.pk}/remove/"' in html


@pytest.mark.parametrize(
    ("action", "given"),
    [("join", {"into": "x"}), ("give", {"to": "x"}), ("about", {"member": "x"}), ("spam", {}), ("refer", {"to": ""})],
)
def test_unfit_sorting_comes_back_and_changes_nothing(orti, browser, action, given):
    submission = make_submission(orti, "There is violence")
    assert browser.post(f"{INBOX}{submission.pk}/{action}/", given).status_code == 422
    assert Submission.objects.get().state == "received"


def test_partner_who_was_given_a_message_answers_it_without_seeing_the_address(orti, coordinator, signed_in_as):
    lead = make_partner(make_member(orti, "Riva", state="member"))
    submission = make_submission(orti, "A bench", contact_email="anna@example.org")
    assign_submission(submission=submission, to=lead, by=coordinator)
    browser = signed_in_as(lead)
    assert "A bench" in browser.get(INBOX).content.decode()
    html = browser.get(f"{INBOX}{submission.pk}/").content.decode()
    assert "anna@example.org" not in html
    assert "/join/" not in html
    assert browser.post(f"{INBOX}{submission.pk}/close/").status_code == 403
    assert browser.post(f"{INBOX}{submission.pk}/reply/", {"text": "It comes"}).status_code == 302
    assert Submission.objects.get().state == "answered"


def test_complaint_is_out_of_sight_for_its_people_on_pages_and_in_the_api(orti, coordinator, signed_in_as):
    member = make_member(orti, "Riva", state="member")
    theirs = make_partner(member)
    from core.operations.membership import grant_role

    grant_role(user=theirs, role=Role.COORDINATOR, scope=orti.scope, by=None)
    complaint = make_submission(orti, "CANARY complaint", about_member=member)
    browser = signed_in_as(theirs)
    for path in (f"{INBOX}?state=all", f"{INBOX}?search=CANARY", "/s/borgo/api/v1/submissions/"):
        assert b"CANARY complaint" not in browser.get(path).content
    for path in (f"{INBOX}{complaint.pk}/", f"/s/borgo/api/v1/submissions/{complaint.pk}/"):
        assert browser.get(path).status_code == 404
    assert b"CANARY complaint" in signed_in_as(coordinator).get(f"{INBOX}{complaint.pk}/").content


def test_naming_ones_own_organisation_leads_back_to_the_inbox(orti, signed_in_as):
    member = make_member(orti, "Riva", state="member")
    theirs = make_partner(member)
    from core.operations.membership import grant_role

    grant_role(user=theirs, role=Role.COORDINATOR, scope=orti.scope, by=None)
    submission = make_submission(orti)
    answer = signed_in_as(theirs).post(f"{INBOX}{submission.pk}/about/", {"member": member.pk})
    assert answer["Location"] == INBOX


def test_inbox_is_searched_and_narrowed(orti, coordinator, browser):
    mine, other = make_submission(orti, "The red bench"), make_submission(orti, "The blue door", category="problem")
    file_under(make_theme(orti), other)
    assign_submission(submission=mine, to=coordinator, by=coordinator)

    def found(query):
        html = browser.get(f"{INBOX}?{query}").content.decode()
        return {words for words in ("red bench", "blue door") if words in html}

    assert found("search=RED") == {"red bench"}
    assert found("category=problem") == {"blue door"}
    assert found("who=me") == {"red bench"}
    assert found("who=nobody") == {"blue door"}
    assert found("theme=none") == {"red bench"}
    assert found("channel=phone") == set()
    assert found("search=%00") == {"red bench", "blue door"}


def test_what_is_urgent_comes_first_and_says_today(orti, browser):
    urgent = make_submission(orti, "There is violence")
    make_submission(orti, "Later words")
    html = browser.get(INBOX).content.decode()
    assert html.index("violence") < html.index("Later words")
    assert "Urgent: today" in html
    browser.post(f"{INBOX}{urgent.pk}/refer/", {"to": "The police"})
    assert "Urgent: today" not in browser.get(INBOX).content.decode()


def test_answer_begins_with_a_sentence_in_the_language_of_the_message(orti, browser):
    one = AnswerTemplate.objects.create(name="Thanks", text_en="Thank you so much", text_it="Grazie mille")
    submission = make_submission(orti, language="it")
    html = browser.get(f"{INBOX}{submission.pk}/?begin={one.pk}").content.decode()
    assert "Grazie mille</textarea>" in html
    assert browser.get(f"{INBOX}{submission.pk}/?begin=nonsense").status_code == 200


def test_sentences_are_written_worded_anew_and_removed(orti, browser):
    path = f"{INBOX}sentences/"
    assert browser.post(f"{path}new/", {"name": "Thanks"}).status_code == 422
    assert browser.post(f"{path}new/", {"name": "Thanks", "text_en": "Thank you"}).status_code == 302
    assert browser.post(f"{path}new/", {"name": "Thanks", "text_en": "Again"}).status_code == 422
    one = AnswerTemplate.objects.get()
    browser.post(f"{path}{one.pk}/", {"name": "Thanks", "text_en": "Many thanks"})
    assert "Many thanks" in browser.get(path).content.decode()
    browser.post(f"{path}{one.pk}/remove/")
    assert not AnswerTemplate.objects.exists()


def test_told_message_is_entered_and_its_code_shown_once(orti, browser):
    given = {
        "channel": "paper_entered",
        "told_on": timezone.localdate().isoformat(),
        "category": "idea",
        "text": "A bench",
        "language": "it",
    }
    assert browser.post(ENTER, given).status_code == 422
    answer = browser.post(ENTER, {**given, "was_told": "on"})
    assert answer.status_code == 200
    assert "Give this code to the person" in answer.content.decode()
    assert Submission.objects.get().channel == "paper_entered"
    future = browser.post(ENTER, {**given, "was_told": "on", "told_on": "2099-01-01"})
    assert future.status_code == 422


def test_told_message_needs_the_right_to_answer(orti, signed_in_as):
    lead = make_partner(make_member(orti, "Riva", state="member"))
    assert signed_in_as(lead).get(ENTER).status_code == 403


def test_resident_reads_the_steps_the_reason_and_what_was_added(orti, client, coordinator, browser):
    sent = send(orti, "A bench")
    submission = Submission.objects.get()
    html = client.post(FOLLOW, {"code": sent.code}).content.decode()
    assert 'aria-current="step">Received' in html
    assert "You have an answer by" in html
    Submission.objects.update(received_hour=timezone.now() - timedelta(days=30))
    assert "and are late" in client.post(FOLLOW, {"code": sent.code}).content.decode()
    read_submission(submission=submission, by=coordinator)
    added = client.post(f"{FOLLOW}add/", {"code": sent.code, "text": "By the <b>fountain</b>"})
    assert added.status_code == 200
    assert "By the &lt;b&gt;fountain&lt;/b&gt;" in added.content.decode()
    assert "not read yet" in added.content.decode()
    assert "Something added" in browser.get(INBOX).content.decode()
    given = {"text": "The law forbids it", "state": "not_possible", "why_not": "law"}
    assert browser.post(f"{INBOX}{submission.pk}/reply/", given).status_code == 302
    html = client.post(FOLLOW, {"code": sent.code}).content.decode()
    assert 'aria-current="step">Not possible' in html
    assert "The law does not allow it" in html
    assert "and are late" not in html


def test_reply_without_its_reason_comes_back_with_the_words(orti, browser):
    submission = make_submission(orti)
    answer = browser.post(f"{INBOX}{submission.pk}/reply/", {"text": "Sorry, no", "state": "not_possible"})
    assert answer.status_code == 422
    assert "Sorry, no" in answer.content.decode()
    assert "Say why it is not possible." in answer.content.decode()


@pytest.mark.parametrize("text", ["", "x" * 2001, "NUL \x00"])
def test_unfit_addition_stays_on_the_page_of_the_message(orti, client, text):
    sent = send(orti, "A bench")
    answer = client.post(f"{FOLLOW}add/", {"code": sent.code, "text": text})
    assert answer.status_code == 422
    assert "A bench" in answer.content.decode()
    assert client.get(f"{FOLLOW}add/").status_code == 405


def test_joined_message_shows_where_the_other_one_stands(orti, client, browser):
    sent, first = send(orti, "Second words"), make_submission(orti, "First words")
    second = Submission.objects.get(text="Second words")
    browser.post(f"{INBOX}{second.pk}/join/", {"into": first.pk})
    html = client.post(FOLLOW, {"code": sent.code}).content.decode()
    assert "each of you gets the answer" in html
    assert "First words" not in html


def test_detail_of_a_message_costs_the_same_for_one_and_for_many_neighbours(orti, browser, statements):
    submission = make_submission(orti)
    counts = []
    for number in range(2):
        with statements() as found:
            browser.get(f"{INBOX}{submission.pk}/")
        counts.append(len(found))
        make_submission(orti)
        make_theme(orti, f"Theme {number}")
        make_user(f"u{number}@borgo.example", role=Role.EVALUATOR)
    assert counts == [14, 14]


def test_many_messages_are_sorted_in_one_step_and_what_cannot_be_moved_stays(orti, browser):
    robots = [make_submission(orti, f"Buy pills {number}") for number in range(3)]
    kept = make_submission(orti, "A bench")
    nothing = browser.post(INBOX, {"do": "read"})
    assert (nothing.status_code, b"Tick the messages first." in nothing.content) == (422, True)
    page = browser.post(INBOX, {"do": "set_aside", "id": [one.pk for one in robots], "reason": ""})
    assert page.status_code == 422
    assert page.content.decode().count(" checked") == 3
    narrowed = f"{INBOX}?search=pills"
    shown = browser.get(narrowed).content.decode()
    assert shown.count('name="shown"') == 3
    given = {"do": "set_aside", "everything": "on", "shown": [one.pk for one in robots], "reason": "advertising"}
    html = browser.post(narrowed, given, follow=True).content.decode()
    assert "Done with 3 messages." in html
    assert set(Submission.objects.exclude(pk=kept.pk).values_list("state", "moderation")) == {("spam", "advertising")}
    html = browser.post(INBOX, {"do": "read", "id": [kept.pk, robots[0].pk]}, follow=True).content.decode()
    assert "Done with 1 message. 1 stays as it was" in html
    browser.post(f"{INBOX}?state=spam", {"do": "reopen", "id": [robots[0].pk]})
    assert Submission.objects.get(pk=robots[0].pk).state == "triaged"
    assert browser.post(INBOX, {"do": "read", "id": "x"}).status_code == 400


def test_many_messages_are_joined_filed_and_given(orti, browser, coordinator):
    first, second, third = (make_submission(orti, f"{word} words") for word in ("First", "Second", "Third"))
    theme = make_theme(orti)
    browser.post(INBOX, {"do": "join", "id": [second.pk, third.pk]})
    (joined,) = Submission.objects.exclude(duplicate_of=None)
    other = ({second.pk, third.pk} - {joined.pk}).pop()
    assert joined.duplicate_of_id == other
    browser.post(INBOX, {"do": "file", "id": [first.pk, other], "theme": theme.pk})
    assert theme.submissions.count() == 3
    html = browser.get(f"{INBOX}?theme={theme.pk}&state=all").content.decode()
    assert ("First words" in html, "The park is dark" in html) == (True, True)
    assert (
        f"{INBOX}?theme={theme.pk}&amp;state=all"
        in browser.get(f"/s/borgo/partnerships/orti/said/{theme.pk}/").content.decode()
    )
    browser.post(INBOX, {"do": "give", "id": [first.pk], "to": coordinator.pk})
    assert Submission.objects.get(pk=first.pk).assigned_to == coordinator
    assert b"Choose a theme." in browser.post(INBOX, {"do": "file", "id": [first.pk]}).content


def test_what_is_out_of_sight_is_not_sorted_with_others(orti, signed_in_as):
    lead = make_partner(make_member(orti, "Riva", state="member"))
    submission = make_submission(orti, "A bench")
    assert signed_in_as(lead).post(INBOX, {"do": "read", "id": [submission.pk]}).status_code == 422
    assert Submission.objects.get().state == "received"


def test_messages_that_seem_to_say_the_same_are_offered_and_the_next_one_is_at_hand(orti, browser):
    bench = make_submission(orti, "They took the bench away in front of the pharmacy")
    lamp = make_submission(orti, "The lamp at the slipway is dark")
    again = make_submission(orti, "No bench near the pharmacy any more, my mother cannot stand")
    page = browser.get(f"{INBOX}{again.pk}/").content.decode()
    assert f'name="into" value="{bench.pk}"' in page
    assert f'name="into" value="{lamp.pk}"' not in page
    assert 'data-key="n"' in page
    browser.post(f"{INBOX}{again.pk}/join/", {"into": bench.pk})
    assert Submission.objects.get(pk=again.pk).duplicate_of == bench


def test_inbox_shows_those_whose_answer_is_overdue(orti, browser):
    make_submission(orti, "Waits for long", now=timezone.now() - timedelta(days=20))
    make_submission(orti, "Came today")
    html = browser.get(f"{INBOX}?urgent=late").content.decode()
    assert ("Waits for long" in html, "Came today" in html) == (True, False)
