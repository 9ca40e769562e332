import html
import re

import pytest

from core.access.roles import Role
from core.models import AuditEvent
from core.operations.audit import record
from core.operations.membership import grant_role
from core.queries.tenant import root_scope
from tests.factories.core import make_user
from tests.factories.partnerships import make_partnership, make_task

# Savepoint, tenant set and reset by the test client and by the middleware.
FRAME = 4
HISTORY = "/s/borgo/settings/history/"


@pytest.mark.parametrize("count", [1, 3])
def test_history_costs_the_same_queries_for_one_and_three_events(
    space, admin, coordinator, *, signed_in_as, django_assert_num_queries, count
):
    for _number in range(count):
        record("role.granted", root_scope(), by=admin, changes={"user": str(coordinator.pk), "role": "coordinator"})
    browser = signed_in_as(coordinator)
    browser.get(HISTORY)
    with django_assert_num_queries(FRAME + 6):
        assert browser.get(HISTORY).status_code == 200


def test_events_are_sentences_with_names(space, admin, coordinator, signed_in_as):
    person = make_user("nora@borgo.example", "Nora Verdi")
    grant_role(user=person, role=Role.EVALUATOR, scope=root_scope(), by=admin)
    page = signed_in_as(coordinator).get(HISTORY).content.decode()
    assert "Gave Nora Verdi the role “Evaluator”" in page
    assert "Admin Borgo Insieme" in page


def test_verb_without_a_sentence_still_says_what_it_was_about(space, coordinator, signed_in_as):
    record("moon.painted", root_scope(), by=None, actor_label="worker")
    page = signed_in_as(coordinator).get(HISTORY).content.decode()
    assert "moon.painted" in page or "moon" in page
    assert "Telaio" in page


def test_person_who_was_erased_is_somebody_who_left(space, coordinator, signed_in_as):
    person = make_user("gone@borgo.example", "Gone Person")
    record("tenant.settings_changed", root_scope(), by=person)
    from core.models import User

    User.objects.filter(pk=person.pk)._raw_delete("default")
    page = signed_in_as(coordinator).get(HISTORY).content.decode()
    assert "Somebody who left" in page


def lines_of(answer):
    found = re.findall(
        r'<th class="t-main" scope="row">(.*?)[<\n]*(?:<details|</th>)', answer.content.decode(), re.DOTALL
    )
    return [html.unescape(line).strip() for line in found]


def test_history_is_filtered_by_person_and_by_kind(space, admin, coordinator, signed_in_as):
    record("tenant.settings_changed", root_scope(), by=coordinator)
    record("token.made", root_scope(), by=admin)
    browser = signed_in_as(coordinator)

    def shown(**query):
        return set(lines_of(browser.get(HISTORY, query)))

    assert shown(who=coordinator.pk) == {"Changed the settings of the space"}
    assert "Changed the settings of the space" not in shown(about="token")
    assert shown(about="measurement") == set()
    assert b"Nothing matches" in browser.get(HISTORY, {"about": "measurement"}).content


@pytest.mark.parametrize("query", [{"who": "x"}, {"who": "1 OR 1=1"}, {"about": "../x"}, {"about": "%"}])
def test_filter_that_is_not_offered_shows_all_and_says_so(space, coordinator, signed_in_as, query):
    answer = signed_in_as(coordinator).get(HISTORY, query)
    assert answer.status_code == 200
    assert len(lines_of(answer)) == AuditEvent.objects.count()
    assert b"field-error" in answer.content


def test_history_is_downloaded_as_csv(space, coordinator, signed_in_as):
    answer = signed_in_as(coordinator).get(HISTORY, {"format": "csv"})
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in answer.headers["Content-Disposition"]
    assert "Created this space" in answer.content.decode()


def test_htmx_gets_the_rows_and_nothing_around_them(space, coordinator, signed_in_as):
    answer = signed_in_as(coordinator).get(HISTORY, headers={"HX-Request": "true"})
    assert b"<html" not in answer.content
    assert "HX-Request" in answer.headers["Vary"]


def test_evaluator_does_not_read_the_history(space, evaluator, signed_in_as):
    assert signed_in_as(evaluator).get(HISTORY).status_code == 403


@pytest.fixture
def two_coordinated(space, admin):
    """A coordinator of one partnership, and one of another, each of whom did something there."""
    one, other = make_partnership("one"), make_partnership("other")
    mine = make_user("mine@borgo.example", "Mina Mine", role=Role.COORDINATOR, scope=one.scope)
    theirs = make_user("theirs@borgo.example", "Tea Theirs", role=Role.COORDINATOR, scope=other.scope)
    record("task.proposed", make_task(one, title="Paint the gate"), by=mine, scope_id=one.scope_id)
    record("task.proposed", make_task(other, title="Mend the roof"), by=theirs, scope_id=other.scope_id)
    record("tenant.settings_changed", root_scope(), by=admin)
    return mine


@pytest.mark.parametrize("query", [{}, {"format": "csv"}])
def test_coordinator_of_one_partnership_reads_its_history_alone(two_coordinated, coordinator, signed_in_as, query):
    page = signed_in_as(two_coordinated).get(HISTORY, query).content.decode()
    assert "Paint the gate" in page
    for elsewhere in ("Mend the roof", "Tea Theirs", "theirs@", "Changed the settings of the space"):
        assert elsewhere not in page
    everything = signed_in_as(coordinator).get(HISTORY, query).content.decode()
    for shown in ("Paint the gate", "Mend the roof", "Changed the settings of the space"):
        assert shown in everything


def test_words_of_people_stand_in_the_history_as_words(space, admin, coordinator, signed_in_as):
    from core.models import User

    User.objects.filter(pk=admin.pk).update(name="<script>alert(1)</script>")
    page = signed_in_as(coordinator).get(HISTORY).content
    assert b"<script>alert" not in page
    assert b"&lt;script&gt;alert" in page
