import json
import uuid

import pytest

from core.jobs.running import run_job
from core.models import Job
from stakeholders.models import Stakeholder, StakeholderImport
from tests.factories.stakeholders import TAX_CODES

API = "/s/borgo/api/v1/stakeholder-imports/"


@pytest.fixture
def browser(coordinator, signed_in_as):
    return signed_in_as(coordinator)


def send(browser, body):
    return browser.post(API, json.dumps(body), content_type="application/json")


def test_rows_are_taken_over_by_a_worker_and_the_result_can_be_asked_for(space, browser):
    answer = send(browser, {"rows": [{"name": "Coro", "tax_code": TAX_CODES[0]}, {"name": "Banda", "place": "Colle"}]})
    assert answer.status_code == 202
    assert answer.json()["state"] == "running"
    assert not Stakeholder.objects.exists()
    run_job(space.pk, str(Job.objects.get().pk))
    result = browser.get(f"{API}{answer.json()['id']}/").json()
    assert (result["state"], result["added_count"], result["errors"]) == ("done", 2, [])
    assert browser.get(API).json()["count"] == 1


def test_rows_are_shown_to_whom_they_say_only_when_asked(space, browser):
    rows = [{"name": "Coro", "visibility": "public", "territories": "Borgo, Colle"}]
    first = send(browser, {"rows": rows}).json()
    assert first["shown_counts"] == {"4": 1}
    rows = [{"name": "Banda", "visibility": "funders", "do_not_contact": "perhaps"}]
    assert "neither yes nor no" in send(browser, {"rows": rows}).json()["detail"]
    rows[0]["do_not_contact"] = "no"
    send(browser, {"rows": rows, "takes_levels": True})
    for job in Job.objects.order_by("id"):
        run_job(space.pk, str(job.pk))
    levels = Stakeholder.objects.order_by("name").values_list("name", "visibility", "territories")
    assert list(levels) == [("Banda", 3, []), ("Coro", 1, ["Borgo", "Colle"])]


def test_bad_row_is_a_conflict_that_names_it_and_leaves_nothing(space, browser):
    rows = [{"name": "Coro"}, {"name": "Bad", "tax_code": "90000110801"}]
    answer = send(browser, {"rows": rows})
    assert answer.status_code == 409
    assert "3, tax_code" in answer.json()["detail"]
    assert not StakeholderImport.objects.exists()
    assert send(browser, {"rows": rows, "leave_out_bad_rows": True}).status_code == 202


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"rows": []},
        {"rows": [{"tenant_id": "1", "name": "A"}]},
        {"rows": [{"place": "Borgo"}]},
        {"rows": "x"},
        {"rows": [{"name": "A"}] * 1_001},
    ],
)
def test_body_that_cannot_be_right_is_refused(space, browser, body):
    assert send(browser, body).status_code == 400
    assert not StakeholderImport.objects.exists()


def test_random_id_is_not_found(space, browser):
    assert browser.get(f"{API}{uuid.uuid4()}/").status_code == 404


def test_reading_role_may_not_import(space, evaluator, signed_in_as):
    reader = signed_in_as(evaluator)
    assert reader.get(API).status_code == 403
    assert send(reader, {"rows": [{"name": "A"}]}).status_code == 403
