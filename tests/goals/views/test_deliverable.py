"""Who does what: the grid, one result, and the same in the API."""

from datetime import timedelta

import pytest
from django.utils import timezone

from core.access.roles import Role
from core.access.visibility import Visibility
from core.models import AuditEvent
from goals.models import Deliverable, DeliverableRole
from goals.operations.deliverable import DeliverableRefusedError, plan_deliverable, set_deliverable_tasks
from goals.queries.text_slot import roles_in_words
from partnerships.models import Partnership
from stakeholders.operations.strength import note_strength
from tests.factories.core import make_user
from tests.factories.goals import make_goal
from tests.factories.partnerships import make_agreement, make_member, make_partner, make_partnership, make_task

HERE = "/s/borgo/partnerships/own/roles/"
API = "/s/borgo/api/v1/partnerships/own/deliverables/"
# Eight statements of the page, and seven that enter and leave the tenant.
LIST_QUERIES = 15


@pytest.fixture
def partnership(space):
    return make_partnership("own", mode=Partnership.Mode.FULL)


@pytest.fixture
def school(partnership):
    return make_member(partnership, "Scuola", state="member")


@pytest.fixture
def firm(partnership):
    return make_member(partnership, "Officine", state="member")


@pytest.fixture
def browser(coordinator, signed_in_as):
    return signed_in_as(coordinator)


def plan(partnership, school, title="Forty placements", **more):
    return plan_deliverable(partnership=partnership, by=None, title=title, parts={school.pk: {"A", "R"}}, **more)


def sent(school, firm, **more):
    return {"title": "Forty placements", "due_on": "", "goal": "", f"part-{school.pk}": "AR", **more}


def test_result_is_written_with_who_answers_and_who_does_it(partnership, school, firm, browser):
    answer = browser.post(f"{HERE}new/", sent(school, firm, **{f"part-{firm.pk}": "C"}))
    assert answer.headers["Location"] == f"{HERE}1/"
    assert set(DeliverableRole.objects.values_list("member", "part")) == {
        (school.pk, "A"), (school.pk, "R"), (firm.pk, "C"),
    }  # fmt: skip
    page = browser.get(HERE).content.decode()
    assert "A/R" in page
    assert "No part yet: Officine" in page
    assert "answers for it" in browser.get(f"{HERE}1/").content.decode()
    assert AuditEvent.objects.filter(verb="deliverable.planned").exists()


@pytest.mark.parametrize(("mode", "status"), [("full", 422), ("light", 302)])
def test_nobody_answering_stops_a_full_partnership_and_warns_a_light_one(
    partnership, school, firm, browser, mode, status
):
    Partnership.objects.update(mode=mode)
    answer = browser.post(f"{HERE}new/", sent(school, firm, **{f"part-{school.pk}": "R"}))
    assert answer.status_code == status
    assert Deliverable.objects.exists() == (status == 302)
    if status == 422:
        assert "Choose exactly one organisation that answers" in answer.content.decode()


def test_two_who_answer_are_shown_where_they_were_chosen(partnership, school, firm, browser):
    answer = browser.post(f"{HERE}new/", sent(school, firm, **{f"part-{firm.pk}": "A"}))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert all(f'aria-describedby="id_part-{one.pk}_error"' in page for one in (school, firm))


def test_two_who_answer_are_refused_in_any_mode(partnership, school, firm):
    Partnership.objects.update(mode="light")
    partnership.refresh_from_db()
    with pytest.raises(DeliverableRefusedError, match="not two"):
        plan_deliverable(partnership=partnership, by=None, title="x", parts={school.pk: {"A", "R"}, firm.pk: {"A"}})


def test_member_of_another_partnership_and_a_stranger_to_the_member_are_refused(partnership, school):
    other = make_member(make_partnership("other"), "Altri", state="member")
    with pytest.raises(DeliverableRefusedError, match="not in the partnership"):
        plan_deliverable(partnership=partnership, by=None, title="x", parts={other.pk: {"A", "R"}})
    make_partner(other, "lea@altri.example")
    person = other.representatives.get().person
    with pytest.raises(DeliverableRefusedError, match="does not speak"):
        plan(partnership, school, people={school.pk: person.pk})


def test_who_plays_a_part_is_chosen_among_its_people_and_kept(partnership, school, firm, browser):
    make_partner(school, "lea@scuola.example")
    make_partner(firm, "ugo@officine.example")
    lea, ugo = (member.representatives.get().person for member in (school, firm))
    page = browser.get(f"{HERE}new/").content.decode()
    assert f'name="who-{school.pk}"' in page
    browser.post(f"{HERE}new/", sent(school, firm, **{f"who-{school.pk}": str(lea.pk)}))
    stranger = {f"part-{school.pk}": "AR", f"who-{school.pk}": str(ugo.pk)}
    assert browser.post(f"{HERE}1/edit/", sent(school, firm, **stranger)).status_code == 422
    shown = browser.get(f"{HERE}1/edit/").content.decode()
    assert f'<option value="{lea.pk}" selected>' in shown
    # A light partnership does not ask, and loses nothing by that.
    Partnership.objects.update(mode="light")
    assert "who-" not in browser.get(f"{HERE}1/edit/").content.decode()
    browser.post(f"{HERE}1/edit/", sent(school, firm, title="Fifty placements"))
    assert set(DeliverableRole.objects.values_list("person", flat=True)) == {lea.pk}
    Partnership.objects.update(mode="full")
    browser.post(f"{HERE}1/edit/", sent(school, firm, **{f"who-{school.pk}": ""}))
    assert set(DeliverableRole.objects.values_list("person", flat=True)) == {None}


def test_grid_is_read_by_organisation_too(partnership, school, firm, browser):
    plan(partnership, school)
    page = browser.get(f"{HERE}?by=organisation").content.decode()
    assert "Accountable, Responsible" in page
    assert "No part yet." in page


def test_goal_out_of_sight_is_not_named_to_a_partner(partnership, school, signed_in_as):
    goal = make_goal(partnership, title_en="Secret aim", visibility=Visibility.COORDINATION)
    plan(partnership, school, goal=goal)
    partner = signed_in_as(make_partner(school, "lead@scuola.example"))
    for address in (HERE, f"{HERE}1/", API, f"{API}1/"):
        page = partner.get(address).content.decode()
        assert "Forty placements" in page
        assert "Secret aim" not in page
    assert partner.get(f"{API}1/").json()["goal"] is None
    assert partner.get(f"{HERE}1/edit/").status_code == 403
    assert partner.post(API, {"title": "x"}, content_type="application/json").status_code == 403


def test_result_of_coordination_is_not_there_for_a_partner(partnership, school, signed_in_as):
    plan(partnership, school, visibility=Visibility.COORDINATION)
    partner = signed_in_as(make_partner(school, "lead@scuola.example"))
    assert "Forty placements" not in partner.get(HERE).content.decode()
    assert partner.get(f"{HERE}1/").status_code == 404


def test_candidates_are_members_with_the_skill_with_reasons(partnership, school, firm, browser, admin):
    plan(partnership, school)
    note_strength(owner=firm.organisation, by=admin, skill="legal", willing="lead", hours_month=4)
    note_strength(owner=make_member(make_partnership("other"), "Altri").organisation, by=admin, skill="legal")
    page = browser.get(f"{HERE}1/?skill=legal").content.decode()
    assert "Would lead · 4 hours a month free" in page
    assert "Altri" not in page
    assert "No member has this skill" in browser.get(f"{HERE}1/?skill=design").content.decode()
    found = browser.get(f"{API}1/candidates/?skill=legal").json()["results"]
    assert [one["name"] for one in found] == ["Officine"]
    assert browser.get(f"{API}1/candidates/?skill=magic").status_code == 400


def test_candidates_have_free_what_they_did_not_promise_already(partnership, school, firm, browser, admin):
    plan(partnership, school)
    note_strength(owner=firm.organisation, by=admin, skill="legal", hours_month=10)
    note_strength(owner=firm.organisation, by=admin, skill="design", hours_month=20)
    soon, later = (timezone.localdate() + timedelta(days=days) for days in (5, 90))
    make_task(partnership, "Contract", member=firm, state="accepted", due_on=soon, effort_hours=15)
    make_task(partnership, "Far off", member=firm, state="accepted", due_on=later, effort_hours=40)
    page = browser.get(f"{HERE}1/?skill=legal").content.decode()
    # Of thirty hours for everything fifteen are left, of which ten are for this.
    assert "10 hours a month free" in page
    make_task(partnership, "Leaflet", member=firm, state="accepted", due_on=soon, effort_hours=9)
    assert "6 hours a month free" in browser.get(f"{HERE}1/?skill=legal").content.decode()
    make_task(partnership, "Poster", member=firm, state="accepted", due_on=soon, effort_hours=9)
    found = browser.get(f"{API}1/candidates/?skill=legal").json()["results"]
    assert "no hours free" in found[0]["reasons"]


def test_more_hours_promised_than_stated_are_told_to_coordination_alone(
    partnership, school, firm, browser, admin, signed_in_as
):
    plan(partnership, school)
    note_strength(owner=school.organisation, by=admin, skill="teaching", hours_month=10)
    note_strength(owner=firm.organisation, by=admin, skill="legal", hours_month=10)
    soon, far = timezone.localdate() + timedelta(days=20), timezone.localdate() + timedelta(days=60)
    make_task(partnership, member=school, state="accepted", due_on=soon, effort_hours=11)
    make_task(partnership, member=firm, state="accepted", due_on=soon, effort_hours=10)
    make_task(partnership, member=firm, state="accepted", due_on=far, effort_hours=90)
    make_task(partnership, member=firm, due_on=soon, effort_hours=90)
    page = browser.get(HERE).content.decode()
    assert "Scuola has 11 hours of work due within a month" in page
    assert "Officine has" not in page
    partner = signed_in_as(make_partner(school, "lead@scuola.example"))
    assert "of work due within a month" not in partner.get(HERE).content.decode()


def test_agreement_names_who_answers_and_who_does(partnership, school, firm):
    version = make_agreement(partnership)
    assert roles_in_words(version, "en") == ""
    parts = {school.pk: {"A"}, firm.pk: {"R", "I"}}
    plan_deliverable(partnership=partnership, by=None, title="Forty placements", parts=parts)
    plan(partnership, school, "Secret", visibility=Visibility.COORDINATION)
    assert roles_in_words(version, "en") == (
        "- **Officine**: carries out Forty placements; is told about Forty placements\n"
        "- **Scuola**: answers for Forty placements"
    )


def test_task_belongs_to_one_result_and_moves_with_the_choice(partnership, school, browser):
    first, second = plan(partnership, school), plan(partnership, school, "Report")
    task = make_task(partnership)
    browser.post(f"{HERE}1/tasks/", {"task": str(task.pk)})
    browser.post(f"{HERE}2/tasks/", {"task": str(task.pk)})
    assert not first.task_links.exists()
    assert second.task_links.get().task == task
    browser.post(f"{HERE}2/remove/")
    assert not Deliverable.objects.filter(title="Report").exists()
    task.refresh_from_db()


def test_api_offers_the_same_with_the_same_rules(partnership, school, firm, browser):
    roles = [{"member_id": str(school.pk), "part": part} for part in "AR"]
    wanted = {"title": "Report", "roles": roles, "goal": None}
    made = browser.post(API, wanted, content_type="application/json")
    assert made.status_code == 201
    assert {role["part"] for role in made.json()["roles"]} == {"A", "R"}
    refused = browser.patch(f"{API}1/", {"roles": roles[1:]}, content_type="application/json")
    assert refused.status_code == 409
    assert browser.patch(f"{API}1/", {"title": "Two"}, content_type="application/json").json()["title"] == "Two"
    assert DeliverableRole.objects.count() == 2
    assert browser.patch(f"{API}1/", {"goal": 9}, content_type="application/json").status_code == 400
    assert browser.delete(f"{API}1/").status_code == 204


@pytest.mark.parametrize("count", [1, 3])
def test_grid_costs_the_same_queries_for_one_and_three_rows(
    partnership, school, browser, django_assert_num_queries, count
):
    note_strength(owner=school.organisation, by=None, skill="legal", hours_month=4)
    for number in range(count):
        goal = make_goal(partnership, title_en=f"Goal {number}")
        plan(partnership, make_member(partnership, f"Member {number}", state="member"), f"Result {number}", goal=goal)
    browser.get(HERE)
    with django_assert_num_queries(LIST_QUERIES):
        browser.get(HERE)


def test_viewer_of_nothing_sees_nothing(partnership, school, signed_in_as):
    plan(partnership, school)
    stranger = make_user("x@borgo.example", role=Role.PARTNER_LEAD, scope=make_partnership("other").scope)
    assert signed_in_as(stranger).get(HERE).status_code == 404


def test_who_answers_for_the_result_confirms_what_another_did(partnership, school, firm, admin, signed_in_as):
    deliverable = plan(partnership, school)
    task = make_task(partnership, "Contract", member=firm, state="done", needs_evidence=True)
    lead, worker = make_partner(school, "lead@scuola.example"), make_partner(firm, "lead@officine.example")
    page, api = "/s/borgo/partnerships/own/tasks/1/", "/s/borgo/api/v1/partnerships/own/tasks/1/confirmation/"
    assert signed_in_as(lead).post(api).status_code == 409
    set_deliverable_tasks(deliverable=deliverable, tasks=[task], by=admin)
    assert f"{page}confirm/" not in signed_in_as(worker).get(page).content.decode()
    assert signed_in_as(worker).post(api).status_code == 409
    assert f"{page}confirm/" in signed_in_as(lead).get(page).content.decode()
    signed_in_as(lead).post(f"{page}confirm/")
    task.refresh_from_db()
    assert task.confirmed_on == timezone.localdate()
    staff = make_partner(school, "staff@scuola.example", can_commit=False)
    assert signed_in_as(staff).post(api).status_code == 403
