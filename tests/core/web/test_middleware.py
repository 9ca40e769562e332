import re

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.db.utils import ProgrammingError

from core.access.roles import Role
from core.models import AccessScope
from core.tenancy.context import TenantMismatchError, TenantNotSetError, tenant_scope
from tests.core.conftest import outside_any_tenant
from tests.factories.core import make_user

HTMX = {"headers": {"HX-Request": "true"}}


@pytest.fixture(autouse=True)
def addresses(settings):
    settings.ROOT_URLCONF = "tests.core.web.addresses"


@pytest.fixture
def quiet(client):
    """A browser that gets error pages instead of tracebacks."""
    client.raise_request_exception = False
    return client


def scopes():
    return AccessScope.objects.filter(kind="partnership").count()


def test_write_of_a_good_answer_stays(space, client):
    assert client.get("/p/borgo/try/writes/").status_code == 200
    assert scopes() == 1


@pytest.mark.parametrize("what", ["raises", "answers-500"])
def test_error_of_the_server_leaves_nothing_written(space, quiet, what):
    assert quiet.get(f"/p/borgo/try/{what}/").status_code == 500
    assert scopes() == 0


def test_error_page_tells_nothing_of_the_inside(space, quiet):
    page = quiet.get("/p/borgo/try/raises/").content.decode()
    for word in ("ZeroDivision", "Traceback", "/work", "core/", "SELECT", "Django"):
        assert word not in page


@pytest.mark.parametrize("field", ["body", "query", "header", "cookie"])
def test_tenant_named_anywhere_but_in_the_path_changes_nothing(space, neighbour, client, field):
    named = {"tenant_id": str(neighbour.pk), "tenant": "riverside"}
    client.cookies.load(named if field == "cookie" else {})
    extra = {"headers": {"Tenant-Id": str(neighbour.pk), "X-Tenant": "riverside"}} if field == "header" else {}
    query = named if field == "query" else None
    answer = client.post("/p/borgo/try/writes/", named if field == "body" else {}, query_params=query, **extra)
    assert answer.status_code == 200
    assert scopes() == 1


def test_write_into_another_tenant_is_a_page_that_is_not_there_and_an_alert(space, neighbour, quiet, caplog):
    answer = quiet.get("/p/borgo/try/writes-elsewhere/")
    assert answer.status_code == 404
    assert b"<h1>This page is not here</h1>" in answer.content
    assert "wall_refused" in caplog.text

    def theirs():
        with tenant_scope(neighbour.pk):
            return scopes()

    assert outside_any_tenant(theirs) == 0


def masked(answer):
    """The page without its own address, its form token and its script nonce."""
    own = rb"writes-elsewhere|nothing-here|csrfmiddlewaretoken. value=.\w+|nonce=.[\w-]+"
    return re.sub(own, b"", answer.content)


def test_refused_write_looks_like_any_missing_page(space, neighbour, quiet):
    refused = quiet.get("/p/borgo/try/writes-elsewhere/")
    missing = quiet.get("/p/borgo/try/nothing-here/")
    assert masked(refused) == masked(missing)


def test_entering_another_tenant_within_a_request_raises(space, neighbour, client):
    with pytest.raises(TenantMismatchError):
        client.get("/p/borgo/try/enters-another/")


def test_question_outside_any_tenant_raises_and_is_never_an_empty_answer(space, client):
    def ask():
        with pytest.raises(ProgrammingError) as refusal, transaction.atomic():
            client.get("/try/direct/")
        return refusal.value.__cause__.sqlstate

    assert outside_any_tenant(ask) == "42501"


def test_answer_that_streams_after_its_tenant_ended_raises_instead_of_being_empty(space, client):
    answer = client.get("/p/borgo/try/streams-late/")

    def read():
        return b"".join(answer.streaming_content)

    with pytest.raises((TenantNotSetError, ProgrammingError)):
        outside_any_tenant(read)


def test_answer_that_streams_inside_its_tenant_is_complete(space, neighbour, client):
    for _number in range(3):
        AccessScope.objects.create(kind="partnership")
    answer = client.get("/p/borgo/try/streams-within/")
    text = outside_any_tenant(lambda: b"".join(answer.streaming_content)).decode()
    assert len(text) == 4 * 36
    assert "riverside" not in text


@pytest.mark.parametrize("path", ["no-door", "no-door-class"])
def test_view_that_declares_no_door_is_refused(space, client, path):
    with pytest.raises(ImproperlyConfigured, match="declares no door"):
        client.get(f"/s/borgo/try/{path}/")


def test_unknown_space_is_not_there(space, client):
    for path in ("/s/nowhere/", "/p/nowhere/try/writes/", "/l/nowhere/invitation/x/", "/s/nowhere/api/v1/me/"):
        assert client.get(path).status_code == 404


def test_closed_space_is_not_there(space, client):
    type(space).objects.filter(pk=space.pk).update(is_active=False)
    assert client.get("/p/borgo/try/writes/").status_code == 404


def test_stranger_is_sent_to_sign_in_and_back(space, client):
    answer = client.get("/s/borgo/try/members/?q=1")
    assert (answer.status_code, answer.headers["Location"]) == (
        302,
        "/accounts/login/?next=%2Fs%2Fborgo%2Ftry%2Fmembers%2F%3Fq%3D1",
    )


def test_form_sent_signed_out_leads_back_to_the_page_it_stood_on(space, client):
    answer = client.post("/s/borgo/try/members/", headers={"Referer": "http://testserver/s/borgo/settings/?x=1"})
    assert answer.headers["Location"] == "/accounts/login/?next=%2Fs%2Fborgo%2Fsettings%2F"
    elsewhere = client.post("/s/borgo/try/members/", headers={"Referer": "https://evil.example/x"})
    assert elsewhere.headers["Location"] == "/accounts/login/"


def test_htmx_call_signed_out_moves_the_whole_page(space, client):
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/s/borgo/settings/"}
    answer = client.get("/s/borgo/try/members/", headers=headers)
    assert answer.headers["HX-Redirect"] == "/accounts/login/?next=%2Fs%2Fborgo%2Fsettings%2F"
    assert b"<form" not in answer.content


def test_person_without_a_place_here_finds_nothing(space, signed_in_as):
    browser = signed_in_as(make_user("outsider@elsewhere.example"))
    assert browser.get("/s/borgo/try/members/").status_code == 404
    assert browser.get("/s/borgo/try/funding/").status_code == 404
    assert browser.get("/try/signed-in/").status_code == 200


def test_member_without_the_permission_is_told_so(space, signed_in_as, evaluator):
    browser = signed_in_as(evaluator)
    assert browser.get("/s/borgo/try/members/").status_code == 200
    assert browser.get("/s/borgo/try/funding/").status_code == 403


def test_person_of_two_spaces_sees_each_only_in_its_own_address(space, neighbour, admin, signed_in_as):
    """TEN-13: an open tab of one space never acts on the other."""
    from core.operations.membership import grant_role
    from core.queries.tenant import root_scope

    def join():
        with tenant_scope(neighbour.pk):
            grant_role(user=admin, role=Role.EVALUATOR, scope=root_scope(), by=None)

    outside_any_tenant(join)
    browser = signed_in_as(admin)
    assert browser.get("/s/borgo/settings/people/").status_code == 200
    assert browser.get("/s/riverside/settings/people/").status_code == 403
    page = browser.get("/s/borgo/settings/people/").content.decode()
    assert "admin@riverside.example" not in page
    assert "/s/riverside/" in page


def test_first_page_offers_the_spaces_of_a_person_with_two(space, neighbour, admin, signed_in_as):
    from core.models import Membership

    Membership.objects.create(tenant=neighbour, user=admin)
    page = signed_in_as(admin).get("/")
    assert page.status_code == 200
    assert b"/s/borgo/" in page.content
    assert b"/s/riverside/" in page.content
    Membership.objects.filter(tenant=neighbour, user=admin).update(is_active=False)
    assert signed_in_as(admin).get("/").headers["Location"] == "/s/borgo/"


LANGUAGES = [
    # own language, cookie, browser, path, expected
    ("it", "en", "en", "/s/borgo/settings/", "it"),
    ("", "it", "en", "/s/borgo/settings/", "it"),
    ("", "", "it", "/s/borgo/settings/", "en"),
    ("it", "", "en", "/accounts/", "it"),
    ("it", "", "en", "/p/borgo/try/writes/", "en"),
    ("", "it", "en", "/p/borgo/try/writes/", "it"),
    ("", "", "it-CH,it;q=0.9", "/p/borgo/try/writes/", "it"),
    ("", "", "fr", "/p/borgo/try/writes/", "en"),
    ("", "xx", "", "/p/borgo/try/writes/", "en"),
]


@pytest.mark.parametrize(("own", "cookie", "browser_language", "path", "expected"), LANGUAGES)
def test_language_is_the_persons_then_the_cookies_then_the_browsers_then_the_spaces(
    space, admin, *, signed_in_as, settings, own, cookie, browser_language, path, expected
):
    type(admin).objects.filter(pk=admin.pk).update(language=own)
    browser = signed_in_as(admin)
    if cookie:
        browser.cookies[settings.LANGUAGE_COOKIE_NAME] = cookie
    headers = {"Accept-Language": browser_language} if browser_language else {}
    assert browser.get(path, headers=headers).headers["Content-Language"] == expected


def test_public_page_asks_for_nobody_who_may_be_signed_in(space, signed_in_as, admin, django_assert_max_num_queries):
    browser = signed_in_as(admin)
    # The tenant, and entering it.
    with django_assert_max_num_queries(8) as counted:
        browser.get("/p/borgo/brand-0b6e4f.css")
    assert not any(
        "core_user" in query["sql"] or "django_session" in query["sql"] for query in counted.captured_queries
    )


PRIVATE = {"Cache-Control": "no-store", "Cross-Origin-Resource-Policy": "same-origin", "X-Frame-Options": "DENY"}


@pytest.mark.parametrize(
    "path", ["/", "/s/borgo/settings/", "/s/borgo/nothing/", "/p/borgo/try/answers-500/", "/accounts/login/"]
)
def test_every_answer_is_private_and_carries_the_policy(space, admin, signed_in_as, path):
    answer = signed_in_as(admin).get(path)
    for name, value in PRIVATE.items():
        assert answer.headers[name].split(",")[0] == value or value in answer.headers[name], (path, name)
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "base-uri 'none'" in policy
    assert "unsafe" not in policy


def test_pages_behind_a_mailed_link_are_not_indexed_and_keep_their_token(space, client):
    answer = client.get("/l/borgo/invitation/guess/")
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert answer.headers["Referrer-Policy"] == "strict-origin"
    assert "no-store" in answer.headers["Cache-Control"]
