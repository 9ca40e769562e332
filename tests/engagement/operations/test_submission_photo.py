"""Photos: nothing but the picture is kept, and nobody else sees it before it was looked at (FIL-02, R-E10)."""

import io

import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from core.models import AuditEvent, StoredFile
from core.rules.upload_content import UploadError
from engagement.models import Submission, SubmissionPhoto
from engagement.operations.submission_photo import review_photo
from engagement.operations.theme import publish_theme
from engagement.queries.submission_photo import public_photos
from tests.factories.engagement import file_under, make_public_partnership, make_submission, make_theme, send
from tests.factories.pictures import picture


@pytest.fixture
def orti(space):
    return make_public_partnership()


@pytest.fixture
def photo(orti):
    make_submission(orti, photo=picture(), photo_may_be_shown=True)
    return SubmissionPhoto.objects.get()


def test_only_the_picture_is_kept_small_and_without_a_file_or_an_exact_time(orti):
    make_submission(orti, photo=picture((3000, 2000)))
    photo = SubmissionPhoto.objects.get()
    with Image.open(io.BytesIO(bytes(photo.content))) as kept:
        assert (kept.format, max(kept.size), dict(kept.getexif())) == ("JPEG", 1600, {})
    assert b"CANARY" not in bytes(photo.content)
    assert photo.pk.version == 4
    assert not StoredFile.objects.exists()
    assert not AuditEvent.objects.filter(verb="file.stored").exists()


def test_what_is_no_picture_keeps_neither_photo_nor_message(orti):
    with pytest.raises(UploadError):
        send(orti, "Hello", photo=io.BytesIO(b"\xff\xd8\xff nothing"))
    assert not Submission.objects.exists()


def test_the_same_page_sent_twice_keeps_one_photo(orti):
    for _ in range(2):
        send(orti, "Hello", nonce="n", photo=picture())
    assert SubmissionPhoto.objects.count() == 1


def test_photo_for_everybody_needs_leave_and_words(orti, photo, coordinator):
    with pytest.raises(ValidationError, match="sentence"):
        review_photo(photo=photo, review="fit", by=coordinator)
    SubmissionPhoto.objects.update(may_be_shown=False)
    with pytest.raises(ValidationError, match="did not allow"):
        review_photo(photo=photo, review="fit", description="A bench", by=coordinator)


def test_photo_is_public_only_reviewed_and_in_a_published_theme(orti, photo, coordinator):
    theme = make_theme(orti)
    file_under(theme, photo.submission)
    assert not public_photos().exists()
    review_photo(photo=photo, review="fit", description="A bench", by=coordinator)
    assert not public_photos().exists()
    publish_theme(theme=theme, by=coordinator)
    assert public_photos().get() == photo
    review_photo(photo=photo, review="staff", by=coordinator)
    assert not public_photos().exists()
