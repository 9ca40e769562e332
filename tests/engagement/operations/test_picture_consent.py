from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from core.models import AuditEvent, StoredFile
from engagement.models import PictureConsent, Post
from engagement.operations.picture_consent import (
    ConsentEndedError,
    due_consents,
    end_expired_consents,
    forget_ended_consents,
    withdraw_consent,
)
from engagement.operations.post import PostRefusedError
from engagement.operations.post_step import approve_post, review_post
from engagement.rules.post import Words
from stakeholders.operations.personal_data import erase_person
from stakeholders.personal_data import subject_of
from stakeholders.queries.personal_data import export_of
from tests.factories.engagement import make_public_partnership
from tests.factories.partnerships import make_person
from tests.factories.social import approved, make_channel, make_consent, make_post, photo, published, scheduled

State = Post.State


@pytest.fixture
def orti(space):
    return make_public_partnership(mode="full")


@pytest.fixture
def rests(orti, coordinator, admin):
    """``rests(make, consent)``: a post with a picture of somebody who agreed."""

    def post(make, consent, **fields):
        words = {"en": Words("Rosa sings", "A woman with a red scarf sings")}
        return make(
            orti,
            coordinator,
            admin,
            people_shown="consented",
            consents=[consent],
            upload=photo(),
            texts=words,
            **fields,
        )

    return post


def test_minor_is_shown_with_the_guardian_who_agreed(orti, coordinator):
    with pytest.raises(ValidationError) as refusal:
        make_consent(orti, coordinator, is_minor=True)
    assert set(refusal.value.message_dict) == {"guardian"}
    consent = make_consent(orti, coordinator, is_minor=True, guardian="Her mother, Ada")
    with pytest.raises(IntegrityError), transaction.atomic():
        PictureConsent.objects.filter(pk=consent.pk).update(guardian="")


def test_consent_of_a_day_to_come_or_that_ends_before_it_begins_is_refused(orti, coordinator):
    today = timezone.localdate()
    elsewhere = make_channel(make_public_partnership("altrove"), coordinator)
    for fields in (
        {"given_on": today + timedelta(days=1)}, {"expires_on": today - timedelta(days=90)}, {"who": " "},
        {"channel": elsewhere}, {"upload": SimpleUploadedFile("a.pdf", b"no pdf")},
    ):  # fmt: skip
        with pytest.raises(ValidationError):
            make_consent(orti, coordinator, **fields)
    assert not PictureConsent.objects.exists()


def test_history_names_nobody_who_is_shown(orti, coordinator):
    withdraw_consent(consent=make_consent(orti, coordinator), by=coordinator)
    events = AuditEvent.objects.filter(verb__startswith="picture_consent.")
    assert events.count() == 2
    assert not any("Rosa" in f"{event.subject_label}{event.changes}" for event in events)


def test_taking_a_consent_back_lets_go_of_every_post_that_rests_on_it(
    orti, coordinator, admin, rests, django_capture_on_commit_callbacks
):
    consent, other = make_consent(orti, coordinator), make_consent(orti, coordinator, who="Ugo")
    waiting, agreed, out = rests(scheduled, consent), rests(approved, consent), rests(published, consent)
    looked = rests(published, consent)
    review_post(post=looked, people_reached=5, by=coordinator)
    kept = rests(scheduled, other)
    files = [post.picture for post in (waiting, agreed, out, looked)]
    with django_capture_on_commit_callbacks(execute=True):
        found = withdraw_consent(consent=consent, by=coordinator)
    assert {post.pk for post in found} == {waiting.pk, agreed.pk, out.pk, looked.pk}
    for post in (waiting, agreed, out, looked, kept):
        post.refresh_from_db()
    assert [post.state for post in (waiting, agreed, out, looked)] == ["draft", "draft", "withdrawn", "withdrawn"]
    assert (waiting.approved_by, out.withdrawn_on) == (None, timezone.localdate())
    assert out.withdrawn_reason
    assert kept.state == State.SCHEDULED
    assert kept.picture is not None
    assert not StoredFile.objects.filter(pk__in=[one.pk for one in files]).exists()
    assert not any(default_storage.exists(one.storage_key) for one in files)
    with pytest.raises(PostRefusedError, match="taken back"):
        approve_post(post=waiting, by=admin)
    with pytest.raises(ConsentEndedError):
        withdraw_consent(consent=consent, by=coordinator)


def test_consent_that_is_over_ends_by_itself_once(orti, coordinator, rests):
    today = timezone.localdate()
    consent = make_consent(orti, coordinator, expires_on=today)
    out = rests(published, consent, planned_at=None)
    assert end_expired_consents(today=today) == 0
    assert end_expired_consents(today=today + timedelta(days=1)) == 1
    assert end_expired_consents(today=today + timedelta(days=1)) == 0
    out.refresh_from_db()
    assert out.state == State.WITHDRAWN


def test_name_and_paper_go_some_time_after_the_end(orti, coordinator, django_capture_on_commit_callbacks):
    paper = SimpleUploadedFile("form.jpg", photo().read())
    consent, going = make_consent(orti, coordinator, upload=paper), make_consent(orti, coordinator)
    today = timezone.localdate()
    withdraw_consent(consent=consent, by=coordinator)
    assert (due_consents(today - timedelta(days=1)), due_consents(today)) == (0, 1)
    with django_capture_on_commit_callbacks(execute=True):
        assert forget_ended_consents(today) == 1
    assert forget_ended_consents(today) == 0
    key = consent.evidence.storage_key
    consent.refresh_from_db()
    assert (consent.who, consent.evidence) == ("", None)
    assert not default_storage.exists(key)
    going.refresh_from_db()
    assert going.who


def test_person_is_handed_their_consent_and_erasing_lets_go_of_their_posts(orti, coordinator, admin, rests):
    rosa = make_person("Rosa Neri", "rosa@posta.example")
    consent = make_consent(orti, coordinator, who="Third from the left", email="Rosa@posta.example")
    out, waiting = rests(published, consent), rests(scheduled, consent)
    assert "Third from the left" in str(export_of(subject_of(rosa)))
    erase_person(person=rosa, by=admin)
    for row in (consent, out, waiting):
        row.refresh_from_db()
    assert (consent.who, consent.email, consent.ended_on) == ("", "", timezone.localdate())
    assert (out.state, out.picture, waiting.state, waiting.picture) == (State.WITHDRAWN, None, State.DRAFT, None)


def test_post_without_a_picture_of_them_is_let_go_of_too(orti, coordinator, admin):
    consent = make_consent(orti, coordinator)
    post = make_post(orti, coordinator, people_shown="consented", consents=[consent])
    approve_post(post=post, by=admin)
    withdraw_consent(consent=consent, by=coordinator)
    post.refresh_from_db()
    assert post.state == State.DRAFT
