import pytest
from django.utils import timezone

from core.access.roles import Role
from core.models import AuditEvent
from engagement.operations.hours import confirm_hours
from engagement.operations.safeguarding import raise_concern
from engagement.operations.volunteer_certificate import render_certificate
from engagement.operations.volunteer_register import render_register
from tests.factories.activities import make_hours, make_shift, make_signup, publish
from tests.factories.core import make_user
from tests.factories.engagement import make_public_partnership

HERE = "/s/borgo/api/v1/partnerships/orti/volunteering/"
CONCERNS = "/s/borgo/api/v1/concerns/"


@pytest.fixture
def orti(space):
    return make_public_partnership()


@pytest.fixture
def work(orti, coordinator):
    return publish(orti, coordinator, keeps_register=True, safeguarding_lead=coordinator)


@pytest.fixture
def volunteer(work, coordinator):
    return make_signup(make_shift(work, coordinator)).volunteer


@pytest.fixture
def api(coordinator, signed_in_as):
    return signed_in_as(coordinator)


def send(client, path, body, verb="post"):
    return getattr(client, verb)(path, body, content_type="application/json")


def test_file_of_a_volunteer_is_read_and_written(volunteer, api):
    assert [row["id"] for row in api.get(f"{HERE}people/").json()["results"]] == [str(volunteer.pk)]
    one = f"{HERE}people/{volunteer.pk}/"
    assert api.get(one).json()["name"] == volunteer.name
    assert send(api, one, {"check_outcome": "clear"}, "patch").status_code == 400
    known = {"check_outcome": "clear", "check_on": "2026-10-01", "trained_on": "2026-10-02"}
    assert send(api, one, known, "patch").json()["check_outcome"] == "clear"
    assert send(api, one, {"state": "former"}, "patch").status_code == 400


def test_register_takes_a_line_once_and_ends_it_once(volunteer, work, api):
    line = {
        "volunteer_id": str(volunteer.pk), "opportunity": work.number, "residence": "Borgo", "starts_on": "2026-10-01",
    }  # fmt: skip
    assert send(api, f"{HERE}register/", line).status_code == 400
    made = send(api, f"{HERE}register/", {**line, "born": "Borgo, 1.1.1980"})
    assert (made.status_code, made.json()["number"]) == (201, 1)
    assert send(api, f"{HERE}register/", {**line, "born": "Borgo, 1.1.1980"}).status_code == 409
    end = f"{HERE}register/{made.json()['id']}/end/"
    assert send(api, end, {"ends_on": "2000-01-01"}).status_code == 400
    today = timezone.localdate().isoformat()
    assert [send(api, end, {"ends_on": today}).status_code for _ in range(2)] == [200, 409]
    assert api.get(f"{HERE}register/").json()["results"][0]["ends_on"] == today


def test_certificate_and_register_are_carried_away(volunteer, work, api):
    certificates = f"{HERE}people/{volunteer.pk}/certificates/"
    assert send(api, certificates, {}).status_code == 409
    confirm_hours(entry=make_hours(volunteer, work))
    made = [send(api, certificates, {}) for _ in range(2)]
    assert [one.status_code for one in made] == [202, 202]
    assert AuditEvent.objects.filter(verb="volunteering.certified").count() == 1
    known = api.get(certificates).json()["results"]
    assert [(one["id"], one["hours"], one["is_made"]) for one in known] == [(made[0].json()["id"], "2.00", False)]
    assert api.get(f"{certificates}{known[0]['id']}/file/").status_code == 404
    render_certificate(certificate_id=known[0]["id"])
    assert api.get(f"{certificates}{known[0]['id']}/file/").content.startswith(b"%PDF")
    document = f"{HERE}register/document/"
    assert (api.get(document).json()["name"], api.get(f"{document}file/").status_code) == (None, 404)
    assert send(api, document, {}).status_code == 202
    render_register(partnership_id=work.partnership_id)
    assert api.get(document).json()["name"] == "orti-register.pdf"
    assert api.get(f"{document}file/").content.startswith(b"%PDF")
    assert api.get(f"{HERE}register/table/").content.decode().startswith("Organisation")


def test_worry_is_there_for_its_lead_alone(work, orti, api, signed_in_as):
    raise_concern(opportunity=work, text="A child cries", sent_from="10.0.0.0/24")
    found = api.get(CONCERNS).json()["results"][0]
    assert "words" not in found
    one = f"{CONCERNS}{found['id']}/"
    assert api.get(one).json()["words"] == "A child cries"
    other = signed_in_as(make_user("c2@borgo.example", role=Role.COORDINATOR, scope=orti.scope))
    assert other.get(CONCERNS).json()["results"] == []
    assert {other.get(one).status_code, send(other, f"{one}close/", {}).status_code} == {404}
    assert [send(api, f"{one}{step}/", {}).status_code for step in ("read", "close", "close")] == [200, 200, 409]


def test_who_only_reads_a_partnership_sees_no_volunteer(volunteer, orti, signed_in_as):
    partner = signed_in_as(make_user("p@borgo.example", role=Role.PARTNER_MEMBER, scope=orti.scope))
    own = f"people/{volunteer.pk}/"
    for path in ("people/", own, f"{own}certificates/", "register/", "register/document/", "register/table/"):
        assert partner.get(f"{HERE}{path}").status_code == 403
