import io
import re
from datetime import timedelta

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from core.models import AuditEvent, StoredFile
from core.operations.file import read_file
from engagement.models import Post, PostReach
from engagement.operations.post import PostRefusedError, change_post, note_partners_consent, write_post
from engagement.operations.post_step import (
    approve_post,
    publish_post,
    review_post,
    schedule_post,
    take_post_down,
    withdraw_post,
)
from engagement.queries.post import mention_facts, with_all
from engagement.rules.post import Words
from metrics.models import Indicator, Measurement
from partnerships.models import Partnership
from tests.conftest import REPOSITORY
from tests.factories.core import make_user
from tests.factories.engagement import make_public_partnership
from tests.factories.goals import make_goal
from tests.factories.partnerships import make_member
from tests.factories.social import (
    LINK,
    approved,
    in_force,
    make_channel,
    make_consent,
    make_post,
    mention_of,
    photo,
    published,
    scheduled,
)

State = Post.State
# Whoever reads how far posts went, and whoever measures.
REACH = re.compile(r"PostReach|people_reached|\breach_(?:of|by_channel)\b|posts?__reach")
MEASURING = re.compile(r"\b(?:record_measurement|define_indicator|Measurement)\b")


@pytest.fixture
def orti(space):
    return make_public_partnership(mode="full")


@pytest.fixture
def reader(admin):
    """Somebody who did not write it."""
    return admin


def test_title_alone_is_an_idea_and_words_make_it_a_draft(orti, coordinator):
    post = write_post(partnership=orti, title="Thank the helpers", by=coordinator)
    assert (post.number, post.state) == (1, State.IDEA)
    assert change_post(post=post, by=coordinator, texts={"it": Words("Grazie")}).state == State.DRAFT
    assert make_post(orti, coordinator).number == 2


def test_whole_life_is_walked_and_each_step_recorded(orti, coordinator, reader):
    post = scheduled(orti, coordinator, reader)
    assert (post.state, post.approved_by) == (State.SCHEDULED, reader)
    post = publish_post(post=post, link=LINK, by=coordinator)
    assert (post.state, post.published_on, post.published_link) == (State.PUBLISHED, timezone.localdate(), LINK)
    reach = review_post(post=post, people_reached=120, clicks=0, learned="Mornings work", by=coordinator)
    assert (reach.people_reached, reach.reactions, reach.clicks) == (120, None, 0)
    review_post(post=post, people_reached=150, by=coordinator)
    assert PostReach.objects.get().people_reached == 150
    post.refresh_from_db()
    assert post.state == State.REVIEWED
    verbs = AuditEvent.objects.filter(verb__startswith="post.").order_by("id").values_list("verb", flat=True)
    assert [verb.removeprefix("post.") for verb in verbs] == [
        "written", "approved", "scheduled", "published", "reviewed", "reviewed",
    ]  # fmt: skip


def test_whoever_wrote_it_does_not_approve_it(orti, coordinator, reader):
    post = make_post(orti, coordinator)
    with pytest.raises(PostRefusedError, match="Somebody else"):
        approve_post(post=post, reason="No time", by=coordinator)
    # Whoever rewrites it is its writer.
    change_post(post=post, by=reader, texts={"en": Words("Come all")})
    with pytest.raises(PostRefusedError):
        approve_post(post=post, by=reader)
    assert approve_post(post=post, by=coordinator)[0].approved_by == coordinator


def test_three_volunteers_approve_their_own_words_with_a_reason(orti, coordinator):
    Partnership.objects.filter(pk=orti.pk).update(mode=Partnership.Mode.LIGHT)
    post = make_post(orti, coordinator)
    with pytest.raises(PostRefusedError, match="Say why"):
        approve_post(post=post, by=coordinator)
    post, findings = approve_post(post=post, reason="Both are on leave", by=coordinator)
    assert (post.state, post.approved_alone_because) == (State.APPROVED, "Both are on leave")
    assert [finding.code for finding in findings] == ["R-M1"]


@pytest.mark.parametrize(
    "change",
    [
        {"texts": {"en": Words("Other words")}},
        {"texts": {"it": Words("Venite")}},
        {"people_shown": ""},
        {"link": "https://elsewhere.example/"},
        {"shared": "page"},
    ],
)
def test_other_content_after_approval_is_a_draft_again(orti, coordinator, reader, change):
    post = scheduled(orti, coordinator, reader)
    changed = change_post(post=post, by=coordinator, **change)
    assert (changed.state, changed.approved_by) == (State.DRAFT, None)


def test_picture_consent_partner_and_channel_are_content_too(orti, coordinator, reader):
    member, consent = make_member(orti), make_consent(orti, coordinator)
    changes = [
        {"upload": photo()}, {"consents": [consent]}, {"mentions": {member: False}},
        {"channel": make_channel(orti, coordinator)},
    ]  # fmt: skip
    for change in changes:
        post = approved(orti, coordinator, reader)
        assert change_post(post=post, by=coordinator, **change).state == State.DRAFT


def test_another_time_goal_or_title_stays_approved_and_no_time_is_not_scheduled(orti, coordinator, reader):
    post = scheduled(orti, coordinator, reader)
    later = timezone.now() + timedelta(days=9)
    kept = change_post(post=post, by=coordinator, planned_at=later, goal=make_goal(orti), title="Open door")
    assert (kept.state, kept.planned_at, kept.approved_by) == (State.SCHEDULED, later, reader)
    assert change_post(post=post, by=coordinator, texts={"en": Words("Come to the open day")}).state == State.SCHEDULED
    assert change_post(post=post, by=coordinator, planned_at=None).state == State.APPROVED


def test_what_is_out_is_not_reworded(orti, coordinator, reader):
    post = published(orti, coordinator, reader)
    with pytest.raises(PostRefusedError, match="Withdraw it"):
        change_post(post=post, by=coordinator, title="Other")


def test_picture_is_encoded_anew_and_the_one_before_is_gone(orti, coordinator, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        post = make_post(orti, coordinator, upload=photo())
        first = post.picture
        changed = change_post(post=post, by=coordinator, upload=photo())
    with Image.open(io.BytesIO(read_file(changed.picture))) as kept:
        assert (kept.format, dict(kept.getexif())) == ("JPEG", {})
    assert not StoredFile.objects.filter(pk=first.pk).exists()
    assert not default_storage.exists(first.storage_key)
    for bad in (SimpleUploadedFile("a.jpg", b"<svg/>"), SimpleUploadedFile("a.pdf", b"%PDF-1.7")):
        with pytest.raises(ValidationError) as refusal:
            change_post(post=post, by=coordinator, upload=bad)
        assert "upload" in refusal.value.message_dict


def test_picture_without_description_is_not_approved(orti, coordinator, reader):
    post = make_post(orti, coordinator, upload=photo())
    with pytest.raises(PostRefusedError, match="do not see it"):
        approve_post(post=post, by=reader)
    change_post(post=post, by=coordinator, texts={"en": Words("Come", "A green hall")})
    assert approve_post(post=post, by=reader)[0].state == State.APPROVED


def test_consent_has_to_hold_on_the_day_it_goes_out(orti, coordinator, reader):
    today = timezone.localdate()
    consent = make_consent(orti, coordinator, expires_on=today + timedelta(days=3))
    post = approved(orti, coordinator, reader, people_shown="consented", consents=[consent])
    change_post(post=post, by=coordinator, planned_at=timezone.now() + timedelta(days=6))
    with pytest.raises(PostRefusedError, match="that long"):
        schedule_post(post=post, by=coordinator)
    change_post(post=post, by=coordinator, planned_at=timezone.now() + timedelta(days=2))
    assert schedule_post(post=post, by=coordinator).state == State.SCHEDULED


def test_publishing_needs_approval_an_address_and_a_day_that_was(orti, coordinator, reader):
    draft = make_post(orti, coordinator)
    with pytest.raises(PostRefusedError, match="approved"):
        publish_post(post=draft, link=LINK, by=coordinator)
    post = approved(orti, coordinator, reader)
    with pytest.raises(PostRefusedError, match="address"):
        publish_post(post=post, by=coordinator)
    with pytest.raises(PostRefusedError, match="to come"):
        publish_post(post=post, link=LINK, published_on=timezone.localdate() + timedelta(days=1), by=coordinator)
    with pytest.raises(ValidationError):
        publish_post(post=post, link="javascript:alert(1)", by=coordinator)
    with pytest.raises(PostRefusedError):
        review_post(post=post, people_reached=1, by=coordinator)


def test_withdrawn_post_that_was_out_is_to_be_taken_down_once(orti, coordinator, reader):
    idea = write_post(partnership=orti, title="Never mind", by=coordinator)
    gone = withdraw_post(post=idea, reason="Not now", by=coordinator)
    with pytest.raises(PostRefusedError, match="not on the channel"):
        take_post_down(post=gone, by=coordinator)
    with pytest.raises(PostRefusedError):
        withdraw_post(post=gone, reason="Again", by=coordinator)
    out = published(orti, coordinator, reader)
    with pytest.raises(ValidationError):
        withdraw_post(post=out, reason=" ", by=coordinator)
    out = withdraw_post(post=out, reason="A wrong day", by=coordinator)
    assert take_post_down(post=out, by=coordinator).taken_down_on == timezone.localdate()
    with pytest.raises(PostRefusedError):
        take_post_down(post=out, by=coordinator)


def test_records_of_elsewhere_are_refused(orti, coordinator):
    other = make_public_partnership("altrove")
    foreign = [
        {"channel": make_channel(other, coordinator)}, {"goal": make_goal(other)}, {"shared": "goal-99"},
        {"consents": [make_consent(other, coordinator)]}, {"mentions": {make_member(other): False}},
        {"texts": {"xx": Words("?")}},
    ]  # fmt: skip
    for fields in foreign:
        with pytest.raises(ValidationError):
            write_post(partnership=orti, title="x", by=coordinator, **fields)
    assert not Post.objects.exists()


@pytest.mark.parametrize(
    ("agreement", "expected"),
    [
        (None, "no_agreement"),
        ({"signs": True}, "yes"),
        ({"signs": False}, "not_signed"),
        ({"signs": True, "clause": False}, "no_clause"),
        ({"signs": True, "clause": False, "is_composed": False}, "unread"),
    ],
)
def test_partners_agreed_as_clause_25_of_the_agreement_in_force_says(orti, coordinator, agreement, expected):
    member = make_member(orti)
    if agreement is not None:
        in_force(orti, *([member] if agreement.pop("signs") else []), **agreement)
    post = with_all(make_post(orti, coordinator, mentions={member: False}))
    assert [fact.consented for fact in mention_facts(post, today=timezone.localdate())] == [expected]


def test_without_agreement_in_force_a_name_is_only_advised_against_and_a_logo_asks(orti, coordinator, reader):
    member = make_member(orti)
    post, findings = approve_post(post=make_post(orti, coordinator, mentions={member: False}), by=reader)
    assert [finding.code for finding in findings] == ["clause 25 without agreement"]
    change_post(post=post, by=coordinator, mentions={member: True})
    with pytest.raises(PostRefusedError, match="logo"):
        approve_post(post=post, by=reader)
    note_partners_consent(mention=mention_of(post), agreed_how="Anna, by mail on 3 May", by=coordinator)
    assert approve_post(post=post, by=reader)[1] == []


def test_reach_leads_to_no_indicator(orti, coordinator, reader):
    """R-M3: no key, no writing, and no module that measures or reports knows of it."""
    before = Indicator.objects.count(), Measurement.objects.count()
    review_post(post=published(orti, coordinator, reader), people_reached=10_000, by=coordinator)
    assert (Indicator.objects.count(), Measurement.objects.count()) == before
    related = {field.related_model for field in PostReach._meta.get_fields() if field.is_relation}
    related |= {field.related_model for field in Post._meta.get_fields() if field.is_relation}
    assert not related & set(apps.get_app_config("metrics").get_models())
    naming, measuring = set(), set()
    for app in ("core", "stakeholders", "partnerships", "metrics", "goals", "engagement", "funding", "reports"):
        for path in (REPOSITORY / app).rglob("*.py"):
            source = path.read_text()
            if "migrations" not in path.parts and REACH.search(source):
                naming.add(str(path.relative_to(REPOSITORY)))
            if MEASURING.search(source):
                measuring.add(str(path.relative_to(REPOSITORY)))
    assert naming == {
        "engagement/api/post.py", "engagement/forms/post.py", "engagement/models/__init__.py",
        "engagement/models/post.py", "engagement/operations/post_step.py", "engagement/queries/post.py",
        "engagement/queries/post_sheet.py", "engagement/queries/social_plan.py", "engagement/rules/post.py",
        "engagement/views/post_step.py", "engagement/views/social_plan.py", "reports/demo/social.py",
    }  # fmt: skip
    assert not naming & measuring
    assert len(measuring) > 20


def test_nothing_is_posted_by_itself(orti, coordinator, reader, django_capture_on_commit_callbacks):
    """R-M4: no step leaves a job or a mail behind."""
    from core.models import Job, OutboxMail

    with django_capture_on_commit_callbacks(execute=True):
        published(orti, coordinator, make_user("second@borgo.example", "Second"))
    assert not Job.objects.exists()
    assert not OutboxMail.objects.exists()
