"""Writing posts, agreeing on them, and writing down that people published them and how far they went (R-M1 to R-M4)."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from core.access.visibility import Visibility
from core.models import StoredFile, User
from core.operations.audit import record
from core.operations.file import store_upload
from core.rules.membership import Verdict
from core.rules.upload import FileKind
from core.rules.upload_content import UploadError
from engagement.models import (
    PictureConsent,
    Post,
    PostConsent,
    PostMention,
    PostReach,
    PostText,
    SocialPlan,
)
from engagement.personal_data import forget_file
from engagement.queries.post import facts_of, with_all
from engagement.queries.share import pages_to_share
from engagement.queries.social_plan import languages_offered
from engagement.rules.post import (
    FIGURES,
    PostFacts,
    Words,
    approving_findings,
    can_approve,
    can_change,
    can_publish,
    can_review,
    can_schedule,
    can_withdraw,
    is_on_channel_still,
    needs_reason,
    own_approval_finding,
)
from partnerships.models import Partnership, PartnershipMember
from partnerships.rules.severity import Finding, blocking

State = Post.State
PURPOSE = "post_picture"
PICTURES = frozenset({FileKind.IMAGE})


class PostRefusedError(Exception):
    """The post cannot go there; the message says why, ``findings`` each rule that stops it."""

    def __init__(self, reason: str | Promise, findings: list[Finding] | None = None) -> None:
        super().__init__(str(reason))
        self.findings = findings or []


@transaction.atomic
def write_post(*, partnership: Partnership, by: User, **fields: Any) -> Post:
    """A post with the next number of the partnership: an idea, or with words in any language a draft.

    Fields as for ``change_post``. Raises ValidationError.
    """
    Partnership.objects.select_for_update().get(pk=partnership.pk)
    newest = Post.objects.filter(partnership=partnership).aggregate(newest=Max("number"))["newest"] or 0
    post = Post(partnership=partnership, number=newest + 1, written_by=by)
    _set_plain(post, fields)
    post.save()
    _set_related(post, fields, by=by)
    _become_draft(post)
    post.save()
    _record("written", post, by, {"state": post.state})
    return post


@transaction.atomic
def change_post(*, post: Post, by: User, **fields: Any) -> Post:
    """Change what is not out yet; other words, pictures, people or partners make an approved one a draft again.

    Beside its own fields: ``texts`` (``Words`` by language), ``upload`` (a picture, encoded anew without metadata) or
    ``remove_picture``, ``consents``, ``mentions`` (members, each with whether its logo is shown). What is left out
    stays. Raises PostRefusedError once it is out, ValidationError.
    """
    locked = locked_post(post)
    _require(can_change(_facts(locked)))
    said, whole = _said(locked), _whole(locked)
    _set_plain(locked, fields)
    _set_related(locked, fields, by=by)
    if _said(locked) != said:
        locked.written_by = by
    if locked.state == State.IDEA:
        _become_draft(locked)
    elif _whole(locked) != whole:
        _void_approval(locked)
    elif locked.state == State.SCHEDULED and locked.planned_at is None:
        locked.state = State.APPROVED
    locked.save()
    _record("changed", locked, by, {"state": locked.state})
    return locked


@transaction.atomic
def approve_post(*, post: Post, by: User, reason: str = "", today: date | None = None) -> tuple[Post, list[Finding]]:
    """Agree that a draft is told; returns what its rules only warn of.

    Whoever wrote it is refused (R-M1); in a light partnership they say why nobody else could read it. Raises
    PostRefusedError for that and for what protects people: consents, guardians, the description of the picture.
    """
    locked, today = locked_post(post), today or timezone.localdate()
    facts, is_own = _facts(locked, today=today), locked.written_by_id == by.pk
    _require(can_approve(facts))
    findings = own_approval_finding(is_own=is_own) + approving_findings(facts, on=day_of(facts, today))
    _require_none(findings, locked)
    if needs_reason(locked.partnership.mode, is_own=is_own) and not reason.strip():
        raise PostRefusedError(_("Say why nobody else could read it."))
    locked.state, locked.approved_by = State.APPROVED, by
    locked.approved_alone_because = reason.strip() if is_own else ""
    locked.clean_fields(exclude={"tenant", "partnership", "channel", "goal", "picture"})
    _save(locked, "state", "approved_by", "approved_alone_because")
    _record("approved", locked, by, {"warned": [finding.code for finding in findings]})
    return locked, findings


@transaction.atomic
def schedule_post(*, post: Post, by: User, now: datetime | None = None) -> Post:
    """Put an approved post on its day: whoever publishes is reminded. Nothing is sent (R-M4).

    Raises PostRefusedError without channel or time to come, and when a consent does not hold until then.
    """
    locked, now = locked_post(post), now or timezone.now()
    facts = _facts(locked)
    _require(can_schedule(facts, now=now))
    _require_none(approving_findings(facts, on=day_of(facts, timezone.localdate(now))), locked)
    locked.state = State.SCHEDULED
    _save(locked, "state")
    _record("scheduled", locked, by)
    return locked


@transaction.atomic
def publish_post(*, post: Post, by: User, link: str = "", published_on: date | None = None) -> Post:
    """Write down that somebody published it, and where it is found. Nothing is sent (R-M4).

    Raises PostRefusedError for what was not approved, without an address where posts have one, for a day to come, and
    when a consent does not hold any more; ValidationError.
    """
    locked, today = locked_post(post), timezone.localdate()
    day = published_on or today
    facts = _facts(locked, today=today)
    _require(can_publish(facts, link=link))
    if day > today:
        raise PostRefusedError(_("That day is still to come."))
    _require_none(approving_findings(facts, on=day), locked)
    locked.state, locked.published_on, locked.published_link = State.PUBLISHED, day, link
    locked.clean_fields(exclude={"tenant", "partnership", "channel", "goal", "picture"})
    _save(locked, "state", "published_on", "published_link")
    _record("published", locked, by)
    return locked


@transaction.atomic
def review_post(
    *, post: Post, by: User, learned: str = "", read_on: date | None = None, **figures: int | None
) -> PostReach:
    """Write down how far it went and what was learned; again, it is replaced. An empty figure was not looked up.

    It is communication, never impact: it is handed on to no indicator (R-M3). Raises PostRefusedError before it is
    published, ValidationError.
    """
    locked = locked_post(post)
    _require(can_review(_facts(locked)))
    reach = PostReach.objects.filter(post=locked).first() or PostReach(post=locked)
    reach.read_on, reach.learned = read_on or timezone.localdate(), learned
    for name in FIGURES:
        setattr(reach, name, figures.get(name))
    reach.full_clean(exclude={"post"})
    reach.save()
    locked.state = State.REVIEWED
    _save(locked, "state")
    _record("reviewed", locked, by)
    return reach


@transaction.atomic
def withdraw_post(*, post: Post, reason: str, by: User, today: date | None = None) -> Post:
    """Take a post back. One that was out stays listed until somebody says that it is taken down (R-M4).

    Raises PostRefusedError the second time, ValidationError without a reason.
    """
    locked = locked_post(post)
    _require(can_withdraw(_facts(locked)))
    if not reason.strip():
        raise ValidationError({"reason": _("Say why.")})
    locked.state, locked.withdrawn_on, locked.withdrawn_reason = State.WITHDRAWN, today or timezone.localdate(), reason
    locked.clean_fields(exclude={"tenant", "partnership", "channel", "goal", "picture"})
    _save(locked, "state", "withdrawn_on", "withdrawn_reason")
    _record("withdrawn", locked, by)
    return locked


@transaction.atomic
def take_post_down(*, post: Post, by: User, today: date | None = None) -> Post:
    """Write down that a withdrawn post is on its channel no more. Raises PostRefusedError where none is waited for."""
    locked = locked_post(post)
    if not is_on_channel_still(locked):
        raise PostRefusedError(_("It is not on the channel."))
    locked.taken_down_on = today or timezone.localdate()
    _save(locked, "taken_down_on")
    _record("taken_down", locked, by)
    return locked


@transaction.atomic
def note_partners_consent(*, mention: PostMention, agreed_how: str, by: User) -> PostMention:
    """Write down who agreed for a partner to this post, when and how. Raises PostRefusedError once it is out."""
    locked = locked_post(mention.post)
    _require(can_change(_facts(locked)))
    mention.agreed_how = agreed_how
    mention.clean_fields(exclude={"tenant", "post", "member"})
    mention.save(update_fields=["agreed_how"])
    _record("partner_agreed", locked, by)
    return mention


def day_of(facts: PostFacts, today: date) -> date:
    """The day consents have to hold on: the planned one, never before today."""
    return max(timezone.localdate(facts.planned_at), today) if facts.planned_at else today


def locked_post(post: Post) -> Post:
    """The post for one step at a time; part of a transaction."""
    rows = Post.objects.select_for_update(of=("self",)).select_related("partnership", "channel", "goal", "picture")
    found: Post = rows.get(pk=post.pk)
    return found


def _set_plain(post: Post, fields: Mapping[str, Any]) -> None:
    for name in ("title", "channel", "planned_at", "goal", "shared", "link", "people_shown"):
        if name in fields:
            setattr(post, name, fields[name])
    for name in ("channel", "goal"):
        found = getattr(post, name)
        if found is not None and found.partnership_id != post.partnership_id:
            raise ValidationError({name: _("This is not in the list any more. Choose another one.")})
    if fields.get("shared") and fields["shared"] not in {card.key for card in pages_to_share(post.partnership)}:
        raise ValidationError({"shared": _("This is not in the list any more. Choose another one.")})
    post.clean_fields(exclude={"tenant", "partnership", "channel", "goal", "picture"})


def _set_related(post: Post, fields: Mapping[str, Any], *, by: User) -> None:
    if "texts" in fields:
        _set_texts(post, fields["texts"])
    if "consents" in fields:
        _set_consents(post, fields["consents"])
    if "mentions" in fields:
        _set_mentions(post, fields["mentions"])
    upload: UploadedFile[Any] | None = fields.get("upload")
    if upload is not None:
        forget_picture(post)
        post.picture = _kept(upload, post, by=by)
    elif fields.get("remove_picture"):
        forget_picture(post)


def forget_picture(post: Post) -> None:
    """Delete a post's picture, if it has one."""
    stored, post.picture = post.picture, None
    if stored is not None:
        _save(post, "picture")
        forget_file(stored)


def _set_texts(post: Post, texts: Mapping[str, Words]) -> None:
    if set(texts) - dict(languages_offered()).keys():
        raise ValidationError({"texts": _("This is not in the list any more. Choose another one.")})
    for code, words in texts.items():
        text = PostText.objects.filter(post=post, language_code=code).first()
        if not words.text.strip() and not words.alt.strip():
            if text is not None:
                text.delete()
            continue
        text = text or PostText(post=post, language_code=code)
        text.text, text.alt = words.text, words.alt
        text.clean_fields(exclude={"tenant", "post"})
        text.save()


def _set_consents(post: Post, consents: Collection[PictureConsent]) -> None:
    if any(consent.partnership_id != post.partnership_id for consent in consents):
        raise ValidationError({"consents": _("This is not in the list any more. Choose another one.")})
    wanted = {consent.pk for consent in consents}
    PostConsent.objects.filter(post=post).exclude(consent__in=wanted).delete()
    known = set(PostConsent.objects.filter(post=post).values_list("consent_id", flat=True))
    PostConsent.objects.bulk_create(PostConsent(post=post, consent_id=key) for key in wanted - known)


def _set_mentions(post: Post, mentions: Mapping[PartnershipMember, bool]) -> None:
    if any(member.partnership_id != post.partnership_id for member in mentions):
        raise ValidationError({"mentions": _("This organisation is not in the partnership.")})
    PostMention.objects.filter(post=post).exclude(member__in=list(mentions)).delete()
    known = {mention.member_id: mention for mention in PostMention.objects.filter(post=post)}
    for member, shows_logo in mentions.items():
        mention = known.get(member.pk) or PostMention(post=post, member=member)
        mention.shows_logo = shows_logo
        mention.save()


def _kept(upload: UploadedFile[Any], post: Post, *, by: User) -> StoredFile:
    try:
        return store_upload(
            upload=upload,
            purpose=PURPOSE,
            allowed=PICTURES,
            by=by,
            scope_id=post.partnership.scope_id,
            visibility=Visibility.PARTNERS,
        )
    except UploadError as error:
        raise ValidationError({"upload": str(error)}) from error


def _said(post: Post) -> object:
    """What somebody wrote: words and picture."""
    texts = PostText.objects.filter(post=post).order_by("language_code")
    return post.picture_id, list(texts.values_list("language_code", "text", "alt"))


def _whole(post: Post) -> object:
    """Everything an approval is about; when it is told and which goal it serves is not."""
    consents = PostConsent.objects.filter(post=post).values_list("consent_id", flat=True)
    mentions = PostMention.objects.filter(post=post).values_list("member_id", "shows_logo")
    plain = post.people_shown, post.shared, post.link, post.channel_id
    return _said(post), plain, set(consents), set(mentions)


def _become_draft(post: Post) -> None:
    if PostText.objects.filter(post=post).exclude(text="").exists():
        post.state = State.DRAFT


def _void_approval(post: Post) -> None:
    post.state, post.approved_by, post.approved_alone_because = State.DRAFT, None, ""


def _facts(post: Post, *, today: date | None = None) -> PostFacts:
    plan = SocialPlan.objects.filter(partnership=post.partnership).first()
    return facts_of(with_all(post), plan=plan, today=today or timezone.localdate())


def _save(post: Post, *names: str) -> None:
    post.save(update_fields=[*names, "changed_at"])


def _require(verdict: Verdict) -> None:
    if not verdict:
        raise PostRefusedError(verdict.reason)


def _require_none(findings: list[Finding], post: Post) -> None:
    if stopping := blocking(findings, post.partnership.mode):
        raise PostRefusedError(" ".join(str(finding.message) for finding in stopping), stopping)


def _record(what: str, post: Post, by: User, changes: dict[str, Any] | None = None) -> None:
    record(f"post.{what}", post, by=by, scope_id=post.partnership.scope_id, changes=changes)
