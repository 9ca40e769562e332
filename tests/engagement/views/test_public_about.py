"""Contact, privacy, accessibility, calendar, feed, card, other sites and further languages of the public pages."""

import json
import re
from datetime import date, timedelta
from xml.etree import ElementTree as ET

import pytest
from django.utils import timezone
from ical.calendar_stream import IcsCalendarStream

from core.access.visibility import Visibility
from engagement.models import PublicText, Submission
from engagement.operations.public_settings import change_public_settings
from engagement.rules.languages import further_language
from engagement.rules.stamp import new_stamp
from goals.models import Milestone
from reports.models import ImpactReport
from tests.factories.engagement import make_public_partnership, make_submission, make_theme
from tests.factories.goals import make_goal
from tests.factories.partnerships import make_partnership

PAGE = "/p/borgo/orti/"
SETTINGS = "/s/borgo/settings/public/"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def orti(space):
    return make_public_partnership(name="Orti </script>", purpose="Three gardens")


def milestone(partnership, title, days, *, visibility=Visibility.PUBLIC):
    goal = make_goal(partnership, title_en="More green", visibility=visibility)
    goal.state = "active"
    goal.save()
    day = timezone.localdate() + timedelta(days=days)
    return Milestone.objects.create(goal=goal, title_en=title, due_on=day, first_due_on=day)


@pytest.mark.parametrize("page", ["contact", "privacy", "accessibility"])
@pytest.mark.parametrize("language", ["en", "it"])
def test_pages_of_the_space_set_no_cookie_and_cost_one_statement_beside_the_space(
    orti, client, statements, page, language
):
    with statements() as found:
        answer = client.get(f"/p/borgo/about/{page}/?lang={language}")
    assert answer.status_code == 200
    assert len(found) <= 3
    assert not answer.cookies
    assert f'<html lang="{language}"' in answer.content.decode()


def test_what_the_space_set_stands_on_its_pages(orti, client, admin, signed_in_as):
    given = {
        "emergency_numbers": "0544 123 456 the municipal police",
        "telephone": "0544 000",
        "joint_controllers": "Borgo and Riva decide together",
        "accessibility_limits": "Maps have no words",
        "extra_languages": ["ar", "ro"],
    }
    assert signed_in_as(admin).post(SETTINGS, given).status_code == 302
    assert 'href="tel:0544123456"' in client.get("/p/borgo/about/contact/").content.decode()
    assert "Borgo and Riva" in client.get("/p/borgo/about/privacy/").content.decode()
    assert "Maps have no words" in client.get("/p/borgo/about/accessibility/").content.decode()
    assert "0544 123 456" in client.get(f"{PAGE}feedback/").content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"emergency_numbers": "call us"},
        {"emergency_numbers": "javascript:alert(1) x"},
        {"embed_hosts": "https://a.example/path"},
        {"embed_hosts": "*"},
        {"embed_hosts": "a.example; script-src *"},
        {"extra_languages": ["xx"]},
    ],
)
def test_unfit_settings_come_back(orti, admin, signed_in_as, wrong):
    assert signed_in_as(admin).post(SETTINGS, wrong).status_code == 422


def test_settings_are_for_administrators(orti, coordinator, signed_in_as):
    assert signed_in_as(coordinator).get(SETTINGS).status_code == 403


def test_calendar_tells_public_milestones_and_nothing_else(orti, client):
    milestone(orti, "25 trees planted", 10)
    milestone(orti, "CANARY inner", 11, visibility=Visibility.PARTNERS)
    html = client.get(f"{PAGE}calendar/").content.decode()
    answer = client.get(f"{PAGE}calendar.ics")
    events = IcsCalendarStream.calendar_from_ics(answer.content.decode()).events
    assert "25 trees planted" in html
    assert [event.summary for event in events] == ["25 trees planted"]
    assert answer["Content-Type"].startswith("text/calendar")
    assert b"\r\n" in answer.content
    assert "CANARY" not in html + answer.content.decode()


def test_feed_is_read_as_atom_and_holds_answers_and_no_message(orti, client):
    make_theme(
        orti, "The <park> is dark", outcome="partly", answer_en="Two lamps & more", published_on=date(2026, 11, 1)
    )
    make_theme(orti, "CANARY draft")
    make_submission(orti, "CANARY message")
    root = ET.fromstring(client.get(f"{PAGE}feed.xml").content)
    entries = root.findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}title") for entry in entries] == ["The <park> is dark"]
    assert "Two lamps & more" in (entries[0].findtext(f"{ATOM}summary") or "")
    assert root.findtext(f"{ATOM}updated")


def test_linked_data_is_one_object_that_cannot_end_its_element(orti, client):
    html = client.get(PAGE).content.decode()
    told = json.loads(re.search(r'<script type="application/ld\+json"[^>]*>(.*?)</script>', html, re.DOTALL)[1])
    assert (told["@type"], told["name"]) == ("Organization", "Orti </script>")
    assert re.search(r'property="og:title" content="Orti &lt;/script&gt;"', html)


@pytest.mark.parametrize("path", ["calendar/", "calendar.ics", "feed.xml", "embed/form/", "embed/figures/", "in/ar/"])
def test_nothing_is_there_of_a_partnership_that_is_not_public(space, admin, client, path):
    make_partnership("orti", visibility=Visibility.PARTNERS)
    change_public_settings(by=admin, embed_hosts="www.comune.example", extra_languages="ar")
    assert client.get(f"{PAGE}{path}").status_code == 404


def test_published_reports_are_listed_and_others_are_not(orti, client, admin):
    def report(number, title, **fields):
        given = {"state": "published", "visibility": Visibility.PUBLIC, "published_at": timezone.now(), **fields}
        ImpactReport.objects.create(
            partnership=orti, number=number, title=title, language="en", period_starts_on=date(2026, 1, 1),
            period_ends_on=date(2026, 6, 30), snapshot={}, snapshot_sha256="0" * 64, code=f"AAAA-{number}", **given,
        )  # fmt: skip

    report(1, "First half of 2026")
    report(2, "CANARY inner", visibility=Visibility.PARTNERS)
    report(3, "CANARY draft", state="frozen", published_at=None)
    html = client.get(PAGE).content.decode()
    assert f'href="{PAGE}reports/1/"' in html
    assert "CANARY" not in html


class TestOtherSites:
    """The form and the figures inside another site's page."""

    FORM, FIGURES = f"{PAGE}embed/form/", f"{PAGE}embed/figures/"

    @pytest.fixture
    def allowed(self, orti, admin):
        change_public_settings(by=admin, embed_hosts="www.comune.example\nnews.example")
        return orti

    def test_without_an_allowed_site_nothing_is_there(self, orti, client):
        assert client.get(self.FORM).status_code == client.get(self.FIGURES).status_code == 404

    def test_what_to_put_into_the_other_site_is_shown_as_text(self, allowed, coordinator, signed_in_as):
        html = signed_in_as(coordinator).get("/s/borgo/partnerships/orti/residents/share/").content.decode()
        assert html.count("&lt;iframe src=&quot;") == 2
        assert "<iframe" not in html

    @pytest.mark.parametrize("path", [FORM, FIGURES])
    def test_only_allowed_sites_may_frame_it_and_no_cookie_is_set(self, allowed, client, path):
        answer = client.get(path)
        policy = answer["Content-Security-Policy"]
        assert "frame-ancestors https://www.comune.example https://news.example" in policy
        assert "script-src 'self' 'nonce-" in policy or "script-src 'self'" in policy
        assert "X-Frame-Options" not in answer
        assert not answer.cookies

    def test_every_other_page_stays_unframed(self, allowed, client):
        for path in (PAGE, f"{PAGE}feedback/", f"{PAGE}calendar/", "/p/borgo/about/contact/"):
            answer = client.get(path)
            assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
            assert answer["X-Frame-Options"] == "DENY"

    def test_message_is_sent_without_a_token_from_our_own_origin_only(self, allowed):
        from tests.conftest import TenantClient

        browser = TenantClient(enforce_csrf_checks=True)
        opened = timezone.now() - timedelta(minutes=1)
        given = {"category": "idea", "text": "A bench", "is_old_enough": "on", "consent": "on"}
        given["stamp"] = new_stamp(allowed.pk, now=opened)
        assert browser.post(self.FORM, given, headers={"Origin": "https://evil.example"}).status_code == 403
        sent = browser.post(self.FORM, given, headers={"Origin": "http://testserver"})
        assert sent.status_code == 200
        # The other site may not show any other page of ours.
        assert sent.content.count(b"<a ") == 2  # past the header, and to follow the message in a new window
        assert b'/p/borgo/follow/" target="_blank"' in sent.content
        assert Submission.objects.count() == 1
        assert browser.post(f"{PAGE}feedback/", given).status_code == 403


def test_further_language_is_written_read_and_says_where_a_machine_helped(orti, client, admin, signed_in_as):
    change_public_settings(by=admin, extra_languages="ar,ro")
    browser = signed_in_as(admin)
    path = "/s/borgo/partnerships/orti/languages/"
    assert further_language("ar").name in browser.get(path).content.decode()
    given = {"title": "حدائق", "about": "ثلاث حدائق", "is_machine_helped": "on"}
    assert browser.post(f"{path}ar/", given).status_code == 302
    assert browser.post(f"{path}ar/", {"title": ""}).status_code == 422
    assert browser.get(f"{path}xx/").status_code == 404
    assert f'href="{PAGE}in/ar/"' in client.get(PAGE).content.decode()
    html = client.get(f"{PAGE}in/ar/").content.decode()
    assert '<div lang="ar" dir="rtl"' in html
    assert "A machine helped" in html
    assert client.get(f"{PAGE}in/ro/").status_code == 404
    browser.post(f"{path}ar/remove/")
    assert not PublicText.objects.exists()


def test_invitation_shows_a_code_for_the_form(orti, coordinator, signed_in_as, client):
    html = signed_in_as(coordinator).get("/s/borgo/partnerships/orti/residents/share/").content.decode()
    assert "<svg" in html
    assert "/p/borgo/orti/feedback/" in html
    assert 'action="?via=qr"' in client.get(f"{PAGE}feedback/?via=qr").content.decode()
