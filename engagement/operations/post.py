"""Writing posts and changing them, with their texts, picture, people and partners."""

from collections.abc import Collection, Mapping
from datetime import date
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
from engagement.models import PictureConsent, Post, PostConsent, PostMention, PostText, SocialPlan
from engagement.personal_data import forget_file
from engagement.queries.post import facts_of, with_all
from engagement.queries.share import pages_to_share
from engagement.queries.social_plan import languages_offered
from engagement.rules.post import PostFacts, Words, can_change
from partnerships.models import Partnership, PartnershipMember
from partnerships.rules.severity import Finding

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
    record_post("written", post, by, {"state": post.state})
    return post


@transaction.atomic
def change_post(*, post: Post, by: User, **fields: Any) -> Post:
    """Change what is not out yet; other words, pictures, people or partners make an approved one a draft again.

    Beside its own fields: ``texts`` (``Words`` by language), ``upload`` (a picture, encoded anew without metadata) or
    ``remove_picture``, ``consents``, ``mentions`` (members, each with whether its logo is shown). What is left out
    stays. Raises PostRefusedError once it is out, ValidationError.
    """
    locked = locked_post(post)
    require(can_change(post_facts(locked)))
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
    record_post("changed", locked, by, {"state": locked.state})
    return locked


@transaction.atomic
def note_partners_consent(*, mention: PostMention, agreed_how: str, by: User) -> PostMention:
    """Write down who agreed for a partner to this post, when and how. Raises PostRefusedError once it is out."""
    locked = locked_post(mention.post)
    require(can_change(post_facts(locked)))
    mention.agreed_how = agreed_how
    mention.clean_fields(exclude={"tenant", "post", "member"})
    mention.save(update_fields=["agreed_how"])
    record_post("partner_agreed", locked, by)
    return mention


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
        save_some(post, "picture")
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


def post_facts(post: Post, *, today: date | None = None) -> PostFacts:
    """What the rules look at, as it is stored now."""
    plan = SocialPlan.objects.filter(partnership=post.partnership).first()
    return facts_of(with_all(post), plan=plan, today=today or timezone.localdate())


def save_some(post: Post, *names: str) -> None:
    """Store some columns, and that it changed."""
    post.save(update_fields=[*names, "changed_at"])


def require(verdict: Verdict) -> None:
    """Raise PostRefusedError with the reason of a verdict that says no."""
    if not verdict:
        raise PostRefusedError(verdict.reason)


def record_post(what: str, post: Post, by: User, changes: dict[str, Any] | None = None) -> None:
    """Write down in the history what was done to a post."""
    record(f"post.{what}", post, by=by, scope_id=post.partnership.scope_id, changes=changes)
