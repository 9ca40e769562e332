import uuid
from datetime import date

import pytest

from core.access.roles import Role
from core.access.visibility import Visibility
from engagement.models import Theme
from goals.models import Goal, GoalSuggestion
from partnerships.models import Task
from tests.factories.core import make_user
from tests.factories.engagement import file_under, make_public_partnership, make_submission, make_theme
from tests.factories.goals import make_goal
from tests.factories.partnerships import make_partnership

LIST = "/s/borgo/partnerships/orti/said/"


@pytest.fixture
def orti(space):
    return make_public_partnership()


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_statements_for_one_and_three_rows(orti, coordinator, signed_in_as, statements, count):
    for number in range(count):
        task = Task.objects.create(partnership=orti, number=number + 1, title="Lamps")
        make_theme(orti, f"Theme {number}", task=task)
    browser = signed_in_as(coordinator)
    with statements() as found:
        answer = browser.get(LIST)
    assert answer.content.decode().count('scope="row"') == count
    assert len(found) == 4


def test_partner_reads_published_themes_and_no_drafts(orti, signed_in_as):
    draft, published = make_theme(orti, "DRAFT"), make_theme(orti, "Published", published_on=date(2026, 11, 1))
    browser = signed_in_as(make_user("p@borgo.example", role=Role.PARTNER_MEMBER, scope=orti.scope))
    html = browser.get(LIST).content
    assert b"Published" in html
    assert b"DRAFT" not in html
    assert browser.get(f"{LIST}{published.pk}/").status_code == 200
    assert browser.get(f"{LIST}{draft.pk}/").status_code == 404
    for action in ("new/", f"{published.pk}/edit/", f"{published.pk}/publish/", f"{published.pk}/unpublish/"):
        assert browser.post(f"{LIST}{action}", {"heard_en": "Mine"}).status_code == 403


def test_theme_of_another_partnership_or_space_is_the_same_404_as_none(orti, coordinator, signed_in_as, in_neighbour):
    elsewhere = make_theme(make_public_partnership("scuola"), "CANARY")
    foreign = in_neighbour(lambda: make_theme(make_public_partnership("orti"), "CANARY"))
    browser = signed_in_as(coordinator)
    assert b"CANARY" not in browser.get(LIST).content
    for one in (elsewhere.pk, foreign.pk, uuid.uuid4()):
        for action in ("", "edit/"):
            assert browser.get(f"{LIST}{one}/{action}").status_code == 404
        assert browser.post(f"{LIST}{one}/publish/").status_code == 404


def test_theme_is_written_changed_published_and_taken_off(orti, coordinator, signed_in_as):
    browser = signed_in_as(coordinator)
    browser.post(f"{LIST}new/", {"heard_en": "It is dark", "heard_it": "È buio", "outcome": "open"})
    theme = Theme.objects.get()
    assert browser.get(f"{LIST}{theme.pk}/").content.decode().count("<article") == 2
    changed = {"heard_en": "It is dark", "outcome": "done", "answer_en": "Lamps are up", "evidence": "Go and look"}
    assert browser.post(f"{LIST}{theme.pk}/edit/", changed).status_code == 302
    browser.post(f"{LIST}{theme.pk}/publish/")
    theme.refresh_from_db()
    assert (theme.outcome, theme.heard_it) == ("done", "")
    assert theme.published_on
    browser.post(f"{LIST}{theme.pk}/unpublish/")
    theme.refresh_from_db()
    assert theme.published_on is None


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"outcome": "open"}, b"in one language or both"),
        ({"heard_en": "Dark", "outcome": "done"}, b"Choose the task, decision or milestone"),
        ({"heard_en": "Dark", "outcome": "done", "task": str(uuid.uuid4())}, b"Choose another one"),
        ({"heard_en": "Dark", "outcome": "magic"}, b"valid choice"),
        ({"heard_en": "NUL \x00", "outcome": "open"}, b"cannot be stored"),
    ],
)
def test_unfit_theme_comes_back_and_nothing_is_saved(orti, coordinator, signed_in_as, given, words):
    answer = signed_in_as(coordinator).post(f"{LIST}new/", given)
    assert answer.status_code == 422
    assert words in answer.content
    assert not Theme.objects.exists()


def test_unfit_theme_tells_what_is_missing_instead_of_a_button(orti, coordinator, signed_in_as):
    theme = make_theme(orti, outcome="planned", answer_en="Soon")
    browser = signed_in_as(coordinator)
    html = browser.get(f"{LIST}{theme.pk}/").content.decode()
    assert "Say by which day." in html
    assert "/publish/" not in html
    assert b"Say by which day." in browser.post(f"{LIST}{theme.pk}/publish/", follow=True).content


def test_publishing_answers_whoever_waits(orti, coordinator, signed_in_as):
    theme = make_theme(orti, outcome="partly", answer_en="Two lamps")
    submission = make_submission(orti)
    file_under(theme, submission)
    signed_in_as(coordinator).post(f"{LIST}{theme.pk}/publish/")
    submission.refresh_from_db()
    assert submission.state == "answered"


def test_empty_list_says_what_belongs_there(space, coordinator, signed_in_as):
    make_partnership("orti", visibility=Visibility.PARTNERS)
    html = signed_in_as(coordinator).get(LIST).content
    assert b"No theme yet" in html
    assert b"There is no public page yet" in html


def test_goal_is_suggested_from_a_theme_and_leads_back_to_it(orti, coordinator, signed_in_as):
    theme = make_theme(orti, "Light in the park", published_on=date(2026, 11, 1))
    partner = signed_in_as(make_user("p@borgo.example", role=Role.PARTNER_MEMBER, scope=orti.scope))
    url = f"{LIST}{theme.pk}/"
    assert f'href="{url}suggest/"' in partner.get(url).content.decode()
    assert "Residents: “Light in the park”" in partner.get(f"{url}suggest/").content.decode()
    assert partner.post(f"{url}suggest/", {"text": ""}).status_code == 422
    sent = {"text": "Fewer falls in the dark", "heard_from": "Residents", "evidence_url": "https://evil.example/"}
    partner.post(f"{url}suggest/", sent)
    made = GoalSuggestion.objects.get()
    assert (made.goal, made.evidence_url, made.heard_from) == (None, url, "Residents")
    assert "Fewer falls in the dark" in partner.get(url).content.decode()
    desk = signed_in_as(coordinator)
    assert f'<a href="{url}">Residents</a>' in desk.get("/s/borgo/partnerships/orti/goals/").content.decode()
    api = f"/s/borgo/api/v1/themes/{theme.pk}/suggestions/"
    told = partner.post(api, {"text": "Lamps that work"}, content_type="application/json")
    assert (told.status_code, told.json()["evidence_url"]) == (201, url)
    assert told.json()["heard_from"] == "Residents: “Light in the park”"


def test_what_residents_say_changes_a_goal_there_is(orti, coordinator, signed_in_as):
    theme = make_theme(orti, "Light in the park", published_on=date(2026, 11, 1))
    goal = make_goal(orti, title_en="Safer evenings")
    hidden = make_goal(orti, title_en="CANARY", visibility=Visibility.COORDINATION)
    partner = signed_in_as(make_user("p@borgo.example", role=Role.PARTNER_MEMBER, scope=orti.scope))
    url = f"{LIST}{theme.pk}/"
    page = partner.get(f"{url}suggest/").content.decode()
    assert "Safer evenings" in page
    assert "CANARY" not in page
    sent = {"text": "Also for those who walk a dog", "about": "population", "heard_from": "Residents"}
    assert partner.post(f"{url}suggest/", {**sent, "goal": str(hidden.number)}).status_code == 422
    partner.post(f"{url}suggest/", {**sent, "goal": str(goal.number)})
    made = GoalSuggestion.objects.get()
    assert (made.goal, made.about, made.evidence_url) == (goal, "population", url)
    on_goal = signed_in_as(coordinator).get(f"/s/borgo/partnerships/orti/goals/{goal.number}/").content.decode()
    assert "Also for those who walk a dog" in on_goal
    api = f"/s/borgo/api/v1/themes/{theme.pk}/suggestions/"
    for number, status in ((goal.number, 201), (hidden.number, 404)):
        told = partner.post(api, {"text": "Later", "goal": number, "about": "end"}, content_type="application/json")
        assert told.status_code == status
    Goal.objects.filter(pk=goal.pk).update(state="achieved")
    told = partner.post(api, {"text": "Too late", "goal": goal.number}, content_type="application/json")
    assert told.status_code == 409


def test_words_of_a_draft_are_not_repeated_and_strangers_suggest_nothing(orti, coordinator, signed_in_as, in_neighbour):
    draft = make_theme(orti, "DRAFT words")
    page = signed_in_as(coordinator).get(f"{LIST}{draft.pk}/suggest/").content.decode()
    assert "A theme of residents" in page
    assert "DRAFT words" not in page
    partner = signed_in_as(make_user("p@borgo.example", role=Role.PARTNER_MEMBER, scope=orti.scope))
    foreign = in_neighbour(lambda: make_theme(make_public_partnership("orti"), "CANARY"))
    for theme in (draft, foreign):
        assert partner.get(f"{LIST}{theme.pk}/suggest/").status_code == 404
        api = f"/s/borgo/api/v1/themes/{theme.pk}/suggestions/"
        assert partner.post(api, {"text": "x"}, content_type="application/json").status_code == 404
    assert not GoalSuggestion.objects.exists()
