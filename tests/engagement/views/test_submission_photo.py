"""Photos on pages: for those who answer, and for everybody only beside a published answer."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from engagement.models import Submission, SubmissionPhoto
from engagement.operations.submission_photo import review_photo
from engagement.rules.stamp import new_stamp
from tests.factories.engagement import file_under, make_public_partnership, make_submission, make_theme, send
from tests.factories.partnerships import make_member, make_partner
from tests.factories.pictures import picture

FORM = "/p/borgo/orti/feedback/"


@pytest.fixture
def orti(space):
    return make_public_partnership()


def filled(orti, name="park.jpg", content=None, **more):
    stamp = new_stamp(orti.pk, now=datetime.now(tz=UTC) - timedelta(minutes=1))
    photo = SimpleUploadedFile(name, content if content is not None else picture().read())
    given = {"category": "idea", "text": "A bench", "is_old_enough": "on", "consent": "on", "stamp": stamp}
    return {**given, "photo": photo, **more}


def test_photo_comes_with_the_message(orti, client):
    assert client.post(FORM, filled(orti, photo_may_be_shown="on")).status_code == 200
    assert SubmissionPhoto.objects.get().may_be_shown


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("park.svg", b"<svg onload='x'></svg>"),
        ("park.jpg", b"%PDF-1.7"),
        ("park.gif", b"GIF89a"),
        ("park.jpg.exe", None),
        ("park.jpg", b""),
        ("park.png", None),
    ],
)
def test_what_is_no_picture_by_content_and_name_is_refused_with_words(orti, client, name, content):
    answer = client.post(FORM, filled(orti, name, content))
    assert answer.status_code == 422
    assert b"A bench" in answer.content
    assert not Submission.objects.exists()


def test_form_with_another_error_asks_for_the_photo_again(orti, client):
    answer = client.post(FORM, filled(orti, consent=""))
    assert answer.status_code == 422
    assert b"choose the photo again" in answer.content


def test_photo_is_seen_by_those_who_answer_and_by_nobody_else(orti, client, coordinator, signed_in_as, in_neighbour):
    submission = make_submission(orti, photo=picture())
    photo = SubmissionPhoto.objects.get()
    path = f"/s/borgo/residents/{submission.pk}/photo/{photo.pk}/"
    answer = signed_in_as(coordinator).get(path)
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["Cache-Control"] == "private, no-store"
    assert "sandbox" in answer["Content-Security-Policy"]
    lead = make_partner(make_member(orti, "Riva", state="member"))
    assert signed_in_as(lead).get(path).status_code == 404
    assert client.get(path).status_code == 302
    assert client.get(f"/p/borgo/photo/{photo.pk}/").status_code == 404


def test_reviewed_photo_stands_beside_the_published_answer(orti, client, coordinator, signed_in_as):
    submission = make_submission(orti, photo=picture(), photo_may_be_shown=True)
    photo, theme = SubmissionPhoto.objects.get(), make_theme(orti, published_on="2026-11-01")
    file_under(theme, submission)
    browser = signed_in_as(coordinator)
    review = f"/s/borgo/residents/{submission.pk}/photo/{photo.pk}/review/"
    browser.post(review, {"review": "fit"})
    assert client.get(f"/p/borgo/photo/{photo.pk}/").status_code == 404
    browser.post(review, {"review": "fit", "description": "A dark path"})
    assert client.get(f"/p/borgo/photo/{photo.pk}/").status_code == 200
    html = client.get("/p/borgo/orti/").content.decode()
    assert f'src="/p/borgo/photo/{photo.pk}/" alt="A dark path"' in html


def test_who_sent_a_photo_takes_back_that_it_is_shown_or_deletes_it_with_the_code(orti, client, coordinator):
    code = send(orti, "A dark path", photo=picture(), photo_may_be_shown=True).code
    photo, theme = SubmissionPhoto.objects.get(), make_theme(orti, published_on="2026-11-01")
    file_under(theme, photo.submission)
    review_photo(photo=photo, review="fit", description="A dark path", by=coordinator)
    assert client.get(f"/p/borgo/photo/{photo.pk}/").status_code == 200
    assert "Do not show it any more" in client.post("/p/borgo/follow/", {"code": code}).content.decode()
    page = client.post("/p/borgo/follow/photo/", {"code": code, "hide": "1"}).content.decode()
    assert "Only those who answer see it." in page
    assert "Your photo is not shown any more." in page
    assert client.get(f"/p/borgo/photo/{photo.pk}/").status_code == 404
    photo.refresh_from_db()
    assert (photo.may_be_shown, photo.review) == (False, "staff")
    page = client.post("/p/borgo/follow/photo/", {"code": code, "delete": "1"}).content.decode()
    assert ("Your photo is deleted." in page, 'id="photo"' in page) == (True, False)
    assert not SubmissionPhoto.objects.exists()
    assert Submission.objects.get().text == "A dark path"


def test_public_page_that_is_not_there_sets_no_cookie_and_leads_to_what_is(orti, client):
    answer = client.get("/p/borgo/orti/nothing/?lang=it")
    assert (answer.status_code, answer.cookies.output()) == (404, "")
    assert 'href="/p/borgo/"' in answer.content.decode()
    assert "Questa pagina non c" in answer.content.decode()
