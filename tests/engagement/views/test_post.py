from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from ical.calendar_stream import IcsCalendarStream

from core.access.roles import Role
from core.access.visibility import Visibility
from engagement.models import Post, SocialPlan
from engagement.operations.post_step import withdraw_post
from engagement.rules.post import Words
from partnerships.models import Partnership
from tests.factories.core import make_user
from tests.factories.engagement import make_public_partnership
from tests.factories.partnerships import make_member, make_partner
from tests.factories.social import (
    LINK,
    approved,
    make_channel,
    make_consent,
    make_plan,
    make_post,
    mention_of,
    photo,
    published,
    scheduled,
)

HERE = "/s/borgo/partnerships/orti/social/"
ONE = f"{HERE}1/"
State = Post.State


@pytest.fixture
def orti(space):
    return make_public_partnership(mode="full", purpose="Gardens for all")


@pytest.fixture
def browser(coordinator, signed_in_as):
    """The coordinator at work."""
    return signed_in_as(coordinator)


@pytest.fixture
def partner(orti):
    """Somebody who takes part, for a member."""
    return make_partner(make_member(orti))


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_statements_for_one_and_three_rows(orti, coordinator, browser, statements, count):
    for _number in range(count):
        make_post(orti, coordinator)
    with statements() as found:
        answer = browser.get(HERE)
    assert answer.content.decode().count('scope="row"') == count
    assert len(found) == 6


def test_list_shows_what_is_asked_for_and_what_is_for_today(orti, coordinator, admin, browser):
    channel = make_channel(orti, coordinator, name="Library page")
    make_post(orti, coordinator, title="DRAFT", channel=channel)
    post = scheduled(orti, coordinator, admin, title="Today", planned_at=timezone.now() + timedelta(seconds=5))
    Post.objects.filter(pk=post.pk).update(planned_at=timezone.now() - timedelta(hours=3))
    html = browser.get(HERE).content.decode()
    assert "To publish today" in html
    assert "its time has passed" in html
    only = browser.get(HERE, {"state": "draft", "channel": str(channel.pk)}).content.decode()
    assert "DRAFT" in only.split('id="results"')[1]
    assert "Today<" not in only.split('id="results"')[1]
    assert "No post is like that" in browser.get(HERE, {"state": "idea"}).content.decode()
    for bad in ({"state": "<script>"}, {"channel": "1"}, {"page": "x"}):
        assert browser.get(HERE, bad).status_code == 400


def test_partner_reads_what_was_approved_and_the_neighbour_nothing(
    orti, coordinator, admin, partner, signed_in_as, in_neighbour
):
    approved(orti, coordinator, admin, title="Told")
    make_post(orti, coordinator, title="DRAFT")
    browser = signed_in_as(partner)
    html = browser.get(HERE).content
    assert b"Told" in html
    assert b"DRAFT" not in html
    assert (browser.get(ONE).status_code, browser.get(f"{HERE}2/").status_code) == (200, 404)
    for action in ("edit", "approve", "schedule", "publish", "review", "withdraw"):
        assert browser.post(f"{ONE}{action}/", {}).status_code == 403
    assert browser.get(f"{HERE}consents/").status_code == 403
    # Somebody of another partnership sees none of it, public as this one is.
    other = make_public_partnership("altrove")
    outsider = signed_in_as(make_user("o@borgo.example", role=Role.PARTNER_MEMBER, scope=other.scope))
    assert b"Told" not in outsider.get(HERE).content
    assert outsider.get(ONE).status_code == 404
    assert b"Told" not in outsider.get(f"{HERE}calendar/").content
    assert b"Told" not in outsider.get(f"{HERE}calendar/download/").content
    in_neighbour(lambda: make_public_partnership("lontano"))
    for page in ("", "plan/", "calendar/", "calendar/download/", "1/", "1/picture/"):
        assert browser.get(f"/s/borgo/partnerships/lontano/social/{page}").status_code == 404


def test_whoever_publishes_on_the_channel_says_that_it_is_out_and_nothing_else(
    orti, coordinator, admin, partner, signed_in_as
):
    post = scheduled(orti, coordinator, admin, channel=make_channel(orti, coordinator, publisher=partner))
    browser = signed_in_as(partner)
    assert b"It is published" in browser.get(ONE).content
    assert browser.post(f"{ONE}withdraw/", {"reason": "x"}).status_code == 403
    today = timezone.localdate().isoformat()
    assert browser.post(f"{ONE}publish/", {"published_on": today}).status_code == 422
    assert browser.post(f"{ONE}publish/", {"link": LINK, "published_on": today})["Location"] == ONE
    reached = {"people_reached": "120", "read_on": today, "learned": "<b>Mornings</b>"}
    assert browser.post(f"{ONE}review/", {**reached, "clicks": "-1"}).status_code == 422
    browser.post(f"{ONE}review/", reached)
    html = browser.get(ONE).content.decode()
    assert "120" in html
    assert "Reach is not impact" in html
    assert "&lt;b&gt;Mornings" in html
    withdraw_post(post=post, reason="A wrong day", by=coordinator)
    assert b"It is taken down" in browser.get(ONE).content
    browser.post(f"{ONE}taken-down/")
    post.refresh_from_db()
    assert post.taken_down_on == timezone.localdate()


def test_post_is_written_and_keeps_what_was_typed_when_refused(orti, coordinator, browser):
    make_plan(orti, coordinator, languages="it en")
    channel, member, consent = make_channel(orti, coordinator), make_member(orti), make_consent(orti, coordinator)
    sent = {
        "title": "Open day", "text_it": "Venite", "text_en": "Come <b>all</b>", "alt_en": "A hall", "alt_it": "Una sala",
        "channel": str(channel.pk), "day": "2027-06-01", "at": "18:30", "people_shown": "consented",
        "consents": [str(consent.pk)], "named": [str(member.pk)], "logos": [str(member.pk)], "shared": "page",
    }  # fmt: skip
    bad = browser.post(f"{HERE}new/", {**sent, "link": "no address", "text_it": "Venite tutti"})
    assert bad.status_code == 422
    assert b"Venite tutti" in bad.content
    no_picture = browser.post(f"{HERE}new/", {**sent, "upload": photo("a.gif")})
    assert no_picture.status_code == 422
    assert not Post.objects.exists()
    assert browser.post(f"{HERE}new/", {**sent, "upload": photo()})["Location"] == ONE
    post = Post.objects.get()
    assert timezone.localtime(post.planned_at, ZoneInfo("Europe/Rome")).strftime("%H:%M") == "18:30"
    html = browser.get(ONE).content.decode()
    assert "Come &lt;b&gt;all&lt;/b&gt;" in html
    assert "A logo needs its owner" in html
    assert "Rosa with the scarf" in html
    form = browser.get(f"{ONE}edit/").content.decode()
    assert 'value="18:30"' in form
    assert form.count("checked") == 3
    browser.post(f"{ONE}partners/{mention_of(post).pk}/", {"agreed_how": "Anna, by mail"})
    assert "Anna, by mail" in browser.get(ONE).content.decode()
    picture = browser.get(f"{ONE}picture/")
    assert picture.headers["Content-Type"] == "image/jpeg"
    assert "sandbox" in picture.headers["Content-Security-Policy"]
    assert b"CANARY" not in picture.content
    browser.post(f"{ONE}edit/", {**sent, "remove_picture": "on"})
    assert browser.get(f"{ONE}picture/").status_code == 404


def test_own_words_wait_for_somebody_else_and_changed_ones_again(orti, coordinator, admin, browser, signed_in_as):
    make_post(orti, coordinator)
    html = browser.get(ONE).content.decode()
    assert "Somebody else has to read and approve what you wrote." in html
    assert "Approve it" not in html
    assert "Approve it" in signed_in_as(admin).get(ONE).content.decode()
    assert b"Somebody else" in browser.post(f"{ONE}approve/", follow=True).content
    signed_in_as(admin).post(f"{ONE}approve/")
    browser.post(f"{ONE}schedule/")
    assert Post.objects.get().state == State.SCHEDULED
    sent = {"title": "Open day", "text_en": "Come to the big open day", "people_shown": "nobody"}
    assert b"approved again" in browser.post(f"{ONE}edit/", sent, follow=True).content
    assert Post.objects.get().state == State.DRAFT


def test_light_partnership_asks_why_nobody_else_could_read_it(orti, coordinator, browser):
    Partnership.objects.filter(pk=orti.pk).update(mode=Partnership.Mode.LIGHT)
    make_post(orti, coordinator)
    assert 'name="reason"' in browser.get(ONE).content.decode()
    browser.post(f"{ONE}approve/", {"reason": ""})
    assert Post.objects.get().state == State.DRAFT
    browser.post(f"{ONE}approve/", {"reason": "On leave"})
    assert "alone: On leave" in browser.get(ONE).content.decode()


def test_words_are_copied_and_shared_by_plain_links_and_the_card_is_shown(orti, coordinator, browser, client):
    channel = make_channel(orti, coordinator, kind="x", url="https://x.com/orti")
    make_post(orti, coordinator, channel=channel, shared="page", texts={"en": Words("Come & see")})
    html = browser.get(ONE).content.decode()
    page = "http%3A%2F%2Flocalhost%3A8000%2Fp%2Fborgo%2Forti%2F"
    assert "Nothing is posted by itself" in html
    assert f"https://x.com/intent/post?text=Come%20%26%20see&amp;url={page}" in html
    assert "mailto:?subject=Open%20day&amp;body=Come%20%26%20see" in html
    assert 'data-copy="whole-en"' in html
    assert "Gardens for all" in html
    assert "18 characters" not in html
    assert "10 characters; the channel takes 280" in html
    assert '<script src="http' not in html
    public = client.get("/p/borgo/orti/").content.decode()
    assert '<meta name="description" property="og:description" content="Gardens for all">' in public
    Partnership.objects.filter(pk=orti.pk).update(visibility=Visibility.PARTNERS)
    gone = browser.get(ONE).content.decode()
    assert "not public any more" in gone
    assert page not in gone


def test_month_shows_posts_on_their_days_and_the_file_is_a_calendar(orti, coordinator, browser):
    planned = timezone.make_aware(timezone.datetime(2027, 2, 14, 9), ZoneInfo("Europe/Rome"))
    make_post(orti, coordinator, title="Valentine; \n & more"[:9], planned_at=planned)
    html = browser.get(f"{HERE}calendar/", {"month": "2027-02"}).content.decode()
    assert html.count("<time ") == 28
    assert "Valentine" in html.split('datetime="2027-02-14"')[1].split("<time ")[0]
    assert "?month=2027-01" in html
    assert "?month=2027-03" in html
    assert "Nothing is planned" in browser.get(f"{HERE}calendar/", {"month": "2027-04"}).content.decode()
    for bad in ("2027-13", "x", "1e9", "0001-01", "9999-12"):
        assert browser.get(f"{HERE}calendar/", {"month": bad}).status_code == 400
    for path in (f"{HERE}calendar/download/", "/s/borgo/partnerships/orti/tasks/calendar/download/"):
        (event,) = IcsCalendarStream.calendar_from_ics(browser.get(path).content.decode()).events
        assert event.summary.startswith("Post: Valentine (Page ")
        assert event.dtstart == planned


def test_plan_begins_with_our_words_in_the_readers_language(orti, browser, coordinator):
    form = browser.get(f"{HERE}plan/edit/").content.decode()
    assert "Nobody who can be recognised without a written consent" in form
    coordinator.language = "it"
    coordinator.save()
    italian = browser.get(f"{HERE}plan/edit/", headers={"Accept-Language": "it"}).content.decode()
    assert "Nobody who can be recognised" not in italian
    assert browser.post(f"{HERE}plan/edit/", {"objectives": "Be read"}).status_code == 422
    sent = {"objectives": "Be <i>read</i>", "languages": ["it", "en"], "review_on": "2020-01-01"}
    assert browser.post(f"{HERE}plan/edit/", sent)["Location"] == f"{HERE}plan/"
    page = browser.get(f"{HERE}plan/").content.decode()
    assert "Be &lt;i&gt;read" in page
    assert "/partnerships/orti/communication/" in page
    browser.post(f"{HERE}plan/review/", {"note": "Fine"})
    assert SocialPlan.objects.get().reviewed_on == timezone.localdate()


def test_light_partnership_sees_five_fields_and_the_rest_folded_away(orti, browser):
    folded = {}
    for mode in ("light", "full"):
        Partnership.objects.filter(pk=orti.pk).update(mode=mode)
        html = browser.get(f"{HERE}plan/edit/").content.decode()
        folded[mode] = html.count('<details class="fold">'), html.count('<details class="fold" open>')
    assert folded == {"light": (4, 0), "full": (0, 4)}


def test_channels_are_added_changed_and_kept_once_used(orti, coordinator, browser):
    new = {"kind": "mastodon", "name": "Orti", "url": "https://social.example/@orti", "is_used": "on"}
    browser.post(f"{HERE}channels/new/", new)
    assert b"already" in browser.post(f"{HERE}channels/new/", new).content
    channel = orti.social_channels.get()
    browser.post(f"{HERE}channels/{channel.pk}/edit/", {**new, "name": "Garden"})
    make_post(orti, coordinator, channel=channel)
    kept = browser.post(f"{HERE}channels/{channel.pk}/remove/", follow=True).content.decode()
    assert "is not used any more" in kept
    assert "Garden" in kept


def test_consents_are_written_down_read_by_editors_alone_and_taken_back(orti, coordinator, browser):
    sent = {"who": "Lia, on the swing", "is_minor": "on", "given_on": "2026-01-10", "how": "signed"}
    assert browser.post(f"{HERE}consents/new/", sent).status_code == 422
    sent |= {"guardian": "Ada, her mother", "upload": photo("form.jpg")}
    browser.post(f"{HERE}consents/new/", sent)
    consent = orti.picture_consents.get()
    html = browser.get(f"{HERE}consents/").content.decode()
    assert "Lia, on the swing" in html
    assert "Ada, her mother" in html
    paper = browser.get(f"{HERE}consents/{consent.pk}/download/")
    assert paper.headers["Content-Disposition"].startswith("attachment")
    answer = browser.post(f"{HERE}consents/{consent.pk}/withdraw/", follow=True)
    assert b"No post rested on it" in answer.content
    again = browser.post(f"{HERE}consents/{consent.pk}/withdraw/", follow=True)
    assert b"holds no more" in again.content


@pytest.mark.parametrize("count", [1, 3])
def test_consents_cost_the_same_statements_for_one_and_three_rows(orti, coordinator, browser, statements, count):
    for _number in range(count):
        make_consent(orti, coordinator)
    with statements() as found:
        browser.get(f"{HERE}consents/")
    assert len(found) == 4


def test_one_post_costs_the_same_with_one_and_three_partners_and_consents(orti, coordinator, browser, statements):
    costs = []
    for count in (1, 3):
        members = {make_member(orti, f"Org {count} {number}"): False for number in range(count)}
        consents = [make_consent(orti, coordinator) for _number in range(count)]
        post = make_post(orti, coordinator, mentions=members, consents=consents, people_shown="consented")
        with statements() as found:
            browser.get(f"{HERE}{post.number}/")
        costs.append(len(found))
    assert costs == [11, 11]


def test_hostile_input_is_refused_or_shown_as_typed(orti, coordinator, browser):
    for bad in ({"title": "a\x00b"}, {"title": "x" * 121}, {"title": "x", "text_en": "x" * 5001},
                {"title": "x", "day": "1500-01-01"}, {"title": "x", "at": "10:00"}):  # fmt: skip
        assert browser.post(f"{HERE}new/", bad).status_code == 422
    browser.post(f"{HERE}new/", {"title": "<script>{{x}}</script>"})
    assert b"&lt;script&gt;{{x}}&lt;/script&gt;" in browser.get(HERE).content


def test_out_again_is_refused_at_the_page(orti, coordinator, admin, browser):
    published(orti, coordinator, admin)
    sent = {"title": "Other", "text_en": "Other", "people_shown": "nobody"}
    answer = browser.post(f"{ONE}edit/", sent)
    assert answer.status_code == 422
    assert b"Withdraw it, and write a new one" in answer.content
