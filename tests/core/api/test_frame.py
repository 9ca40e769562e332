"""What every address of the API does alike: doors, problems, tokens, bounds."""

import json
from datetime import timedelta

import pytest
from drf_spectacular.generators import SchemaGenerator

from core.access.permissions import Permission
from core.access.roles import Role
from core.models import AccessScope, ApiToken, Grant
from core.operations.membership import end_membership
from core.operations.token import make_token, revoke_token
from tests.conftest import TenantClient
from tests.factories.core import make_user

THING = "/s/borgo/try/thing/"


@pytest.fixture(autouse=True)
def addresses(settings):
    settings.ROOT_URLCONF = "tests.core.web.addresses"


@pytest.fixture
def treasurer(space):
    return make_user("treasurer@borgo.example", "Tea Rossi", role=Role.TREASURER)


def bearer(user, *permissions):
    wanted = permissions or (Permission.SEE_FUNDING, Permission.EDIT_FUNDING)
    token, text = make_token(name="t", permissions=wanted, lasts=timedelta(days=1), by=user)
    return token, {"headers": {"Authorization": f"Bearer {text}"}}


def send(client, body, method="post", path=THING, **more):
    text = body if isinstance(body, str | bytes) else json.dumps(body)
    return getattr(client, method)(path, text, content_type=more.pop("content_type", "application/json"), **more)


def is_problem(answer, status):
    assert answer.status_code == status, answer.content
    assert answer.headers["Content-Type"] == "application/problem+json"
    body = answer.json()
    assert body["status"] == status
    assert body["type"]
    assert body["title"]
    assert "X-Content-Type-Options" in answer.headers
    return body


# --- Doors ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["get", "post"])
def test_view_that_forgot_its_permissions_lets_nobody_in(space, admin, signed_in_as, client, method):
    """LoginRequiredMiddleware does not cover DRF; the default permission does."""
    is_problem(getattr(client, method)("/s/borgo/try/forgot/"), 401)
    is_problem(getattr(signed_in_as(admin), method)("/s/borgo/try/forgot/"), 403)


def test_default_permission_is_nobody(settings):
    assert settings.REST_FRAMEWORK["DEFAULT_PERMISSION_CLASSES"] == ["core.api.permissions.DenyAll"]


def test_nobody_and_a_false_token_are_asked_to_sign_in(space, client):
    assert is_problem(client.get(THING), 401)["type"] == "not_authenticated"
    answer = client.get(THING, headers={"Authorization": "Bearer tlo_wrong"})
    assert is_problem(answer, 401)["type"] == "authentication_failed"
    assert answer.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize("header", ["Bearer", "Bearer ", "Basic dTpw", "Bearer a b c", "tlo_x", "Bearer \u00e9"])
def test_odd_authorization_headers_are_no_way_in(space, client, header):
    assert client.get(THING, headers={"Authorization": header}).status_code == 401


def test_member_without_the_permission_is_refused(space, evaluator, signed_in_as):
    is_problem(signed_in_as(evaluator).get(THING), 403)


def test_person_without_a_place_here_finds_nothing(space, signed_in_as):
    is_problem(signed_in_as(make_user("outsider@elsewhere.example")).get(THING), 404)


def test_unknown_space_is_a_problem_that_is_not_there(space, treasurer, signed_in_as):
    assert signed_in_as(treasurer).get("/s/nowhere/try/thing/").status_code == 404


# --- Tokens --------------------------------------------------------------------------------------------------------


def test_token_does_what_it_was_made_for_and_no_more(space, treasurer, client):
    _token, reading = bearer(treasurer, Permission.SEE_FUNDING)
    assert client.get(THING, **reading).status_code == 200
    is_problem(send(client, {}, **reading), 403)
    me = client.get("/s/borgo/api/v1/me/", **reading).json()
    assert me["permissions"] == ["funding.see"]


def test_token_never_does_more_than_its_owner_may_now(space, treasurer, client):
    _token, both = bearer(treasurer)
    assert send(client, {}, **both).status_code == 201
    Grant.objects.filter(user=treasurer).update(role=Role.EVALUATOR)
    is_problem(send(client, {}, **both), 403)


def test_token_of_somebody_who_left_is_dead_at_the_next_request(space, admin, treasurer, client):
    _token, both = bearer(treasurer)
    assert client.get(THING, **both).status_code == 200
    end_membership(user=treasurer, by=admin)
    is_problem(client.get(THING, **both), 401)


def test_revoked_token_is_dead_at_the_next_request(space, treasurer, client):
    token, both = bearer(treasurer)
    revoke_token(token=token, by=treasurer)
    is_problem(client.get(THING, **both), 401)


def test_token_of_one_space_is_unknown_in_another(space, neighbour, treasurer, client):
    _token, both = bearer(treasurer)
    is_problem(client.get("/s/riverside/try/thing/", **both), 401)


def test_token_opens_no_page(space, admin, client):
    _token, both = bearer(admin, Permission.ADMINISTER_SPACE)
    assert client.get("/s/borgo/settings/", **both).status_code == 302


def test_permission_that_no_longer_exists_allows_nothing(space, treasurer, client):
    token, both = bearer(treasurer)
    ApiToken.objects.filter(pk=token.pk).update(permissions=["funding.see", "moon.paint"])
    assert client.get("/s/borgo/api/v1/me/", **both).json()["permissions"] == ["funding.see"]


def test_use_of_a_token_is_noted(space, treasurer, client):
    token, both = bearer(treasurer)
    client.get(THING, **both)
    token.refresh_from_db()
    assert token.last_used_on is not None


# --- Sessions ------------------------------------------------------------------------------------------------------


class StrictClient(TenantClient):
    def __init__(self):
        super().__init__(enforce_csrf_checks=True)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_session_needs_the_form_token_on_every_unsafe_verb(space, treasurer, method):
    browser = StrictClient()
    browser.force_login(treasurer, backend="core.web.backend.SignInBackend")
    is_problem(send(browser, {}, method), 403)
    assert not AccessScope.objects.filter(kind="partnership").exists()


def test_session_with_the_form_token_may_write(space, treasurer):
    browser = StrictClient()
    browser.force_login(treasurer, backend="core.web.backend.SignInBackend")
    page = browser.get("/s/borgo/settings/tokens/").content.decode()
    token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    assert send(browser, {}, headers={"X-CSRFToken": token}).status_code == 201


def test_token_needs_no_form_token(space, treasurer):
    _token, both = bearer(treasurer)
    assert send(StrictClient(), {}, **both).status_code == 201


# --- Problems ------------------------------------------------------------------------------------------------------


def test_state_that_does_not_allow_it_is_409_with_the_reason_and_nothing_written(space, treasurer, client):
    _token, both = bearer(treasurer)
    assert is_problem(send(client, {"conflict": 1}, **both), 409)["detail"] == "This is closed."
    assert not AccessScope.objects.filter(kind="partnership").exists()


def test_verb_that_is_not_offered_is_405(space, treasurer, client):
    _token, both = bearer(treasurer)
    is_problem(client.delete(THING, **both), 405)


def test_other_form_than_json_is_406(space, treasurer, client):
    _token, both = bearer(treasurer)
    answer = client.get(THING, headers={**both["headers"], "Accept": "text/csv"})
    assert is_problem(answer, 406)["title"] == "This address answers in JSON"


@pytest.mark.parametrize("content_type", ["text/plain", "application/xml", "multipart/form-data; boundary=x", ""])
def test_body_that_is_not_json_is_415(space, treasurer, client, content_type):
    _token, both = bearer(treasurer)
    is_problem(send(client, "x", content_type=content_type, **both), 415)


DEEP = "[" * 21 + "]" * 21
VERY_DEEP = "[" * 100_000


@pytest.mark.parametrize("body", ["{", "NaN", '{"a": Infinity}', b"\xff\xfe", DEEP, VERY_DEEP, '{"a": 1} x'])
def test_body_that_cannot_be_read_is_400(space, treasurer, client, body):
    _token, both = bearer(treasurer)
    is_problem(send(client, body, **both), 400)


def test_body_of_twenty_levels_is_read(space, treasurer, client):
    _token, both = bearer(treasurer)
    assert send(client, "[" * 20 + "]" * 20, **both).status_code == 201


@pytest.mark.parametrize("page", ["0", "-1", "x", "1e9", "99999999999999999999", "2001", "", "१"])
def test_page_that_is_no_number_in_bounds_is_400(space, treasurer, client, page):
    _token, both = bearer(treasurer)
    assert "page" in is_problem(client.get(THING, {"page": page}, **both), 400)["errors"]


def test_page_behind_the_last_one_is_404(space, treasurer, client):
    _token, both = bearer(treasurer)
    is_problem(client.get(THING, {"page": "2"}, **both), 404)


@pytest.mark.parametrize("size", ["100000", "-1", "x", "0"])
def test_page_size_has_an_upper_bound(space, treasurer, client, size):
    _token, both = bearer(treasurer)
    assert client.get(THING, {"page_size": size}, **both).status_code == 200


def test_write_into_another_tenant_is_404_and_an_alert(space, neighbour, treasurer, client, caplog):
    _token, both = bearer(treasurer)
    is_problem(send(client, {}, "put", **both), 404)
    assert "wall_refused" in caplog.text


def test_problem_speaks_the_callers_language(space, client):
    titles = {
        language: client.get(THING, headers={"Cookie": f"telaio_language={language}"}).json()["title"]
        for language in ("en", "it")
    }
    assert titles["en"] == "Sign in or send a token"


# --- Who am I, and the schema --------------------------------------------------------------------------------------


def test_caller_learns_who_it_is_here(space, evaluator, signed_in_as):
    me = signed_in_as(evaluator).get("/s/borgo/api/v1/me/").json()
    assert me["email"] == evaluator.email
    assert me["space"] == "borgo"
    assert me["roles"] == ["evaluator"]
    assert "measurement.verify" in me["permissions"]
    assert "space.administer" not in me["permissions"]


@pytest.mark.parametrize("path", ["/api/schema/", "/s/borgo/api/v1/schema/"])
def test_schema_is_for_everybody(space, settings, path):
    settings.ROOT_URLCONF = "config.urls"
    answer = TenantClient().get(path, headers={"Accept": "application/vnd.oai.openapi+json"})
    assert answer.status_code == 200
    assert json.loads(answer.content)["openapi"].startswith("3.1")


def test_schema_is_composed_once_in_each_language(space, settings, monkeypatch):
    settings.ROOT_URLCONF = "config.urls"
    json_please = {"Accept": "application/vnd.oai.openapi+json"}
    english, italian = (
        TenantClient().get(f"/api/schema/?lang={language}", headers=json_please) for language in ("en", "it")
    )
    assert (english.headers["Content-Language"], italian.headers["Content-Language"]) == ("en", "it")
    assert english.content != italian.content
    monkeypatch.setattr(SchemaGenerator, "get_schema", None)
    for path in ("/api/schema/?lang=en&version=9", "/s/borgo/api/v1/schema/?lang=xx-%0D%0A", "/api/schema/?lang=en-GB"):
        again = TenantClient().get(path, headers={**json_please, "Accept-Language": "en"})
        assert again.content == english.content


def test_schema_declares_the_problems_of_every_operation(space, settings):
    settings.ROOT_URLCONF = "config.urls"
    answer = TenantClient().get("/api/schema/", headers={"Accept": "application/vnd.oai.openapi+json"})
    operations = [
        (path, verb, operation)
        for path, verbs in json.loads(answer.content)["paths"].items()
        for verb, operation in verbs.items()
        if verb in {"get", "post", "put", "patch", "delete"} and "schema" not in path
    ]
    assert operations
    for path, verb, operation in operations:
        needed = {"401", "403", "404"} | ({"400", "409", "415"} if verb in {"post", "put", "patch"} else set())
        assert needed <= set(operation["responses"]), (verb, path)
        problem = operation["responses"]["404"]["content"]
        assert "application/problem+json" in problem


def test_schema_names_no_tenant_in_any_body(space, settings):
    settings.ROOT_URLCONF = "config.urls"
    answer = TenantClient().get("/api/schema/", headers={"Accept": "application/vnd.oai.openapi+json"})
    schemas = json.loads(answer.content)["components"]["schemas"]
    assert not [name for name, shape in schemas.items() if {"tenant", "tenant_id"} & set(shape.get("properties", {}))]
