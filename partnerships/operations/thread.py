"""Saying something in a thread, asking one person in it, and taking it back."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.models import User
from core.operations.audit import record
from core.operations.rate import count_use_of
from partnerships.models import Comment, Thread
from partnerships.operations.comment_link import mail_question
from partnerships.queries.thread import Asked, may_see_subject, people_to_mention
from partnerships.rules.thread import Author, can_withdraw_comment
from partnerships.threads import ThreadSubject
from stakeholders.models import Stakeholder

COMMENTS_PER_HOUR = 60
QUESTIONS_PER_DAY = 30


class CommentRefusedError(Exception):
    """Nothing was said or taken back; the message says why."""


@transaction.atomic
def write_comment(
    *, subject: ThreadSubject, text: str, by: User | None = None, person: Stakeholder | None = None, ask: str = ""
) -> Comment:
    """Say something about a thing one may see, as an account or as a person with a link.

    ``ask`` is the key of one of ``people_to_mention``: that one person gets one mail, nobody else any. Raises
    CommentRefusedError for empty words and for somebody who cannot be asked, TooOftenError above 60 comments an hour
    or 30 questions a day.
    """
    if not text.strip():
        raise CommentRefusedError(_("Write something first."))
    author = Author(user_id=by.pk if by else None, person_id=person.pk if person else None)
    key = f"u{by.pk}" if by else f"p{author.person_id}"
    count_use_of(f"comment:{key}", limit=COMMENTS_PER_HOUR, per=timedelta(hours=1))
    asked = _asked(subject, author, ask)
    thread, _created = Thread.objects.get_or_create(
        subject_kind=subject.kind, subject_id=subject.subject_id, defaults={"partnership": subject.partnership}
    )
    comment = Comment.objects.create(
        thread=thread,
        author_user=by,
        author_person=person,
        text=text.strip(),
        mentioned_user=asked.user if asked else None,
        mentioned_person=asked.representative.person if asked and asked.representative else None,
    )
    label = "" if by else "link"
    record("comment.written", comment, by=by, actor_label=label, scope_id=subject.partnership.scope_id)
    if asked:
        count_use_of(f"comment-question:{key}", limit=QUESTIONS_PER_DAY, per=timedelta(days=1))
        mail_question(comment=comment, subject=subject, asked=asked)
    return comment


@transaction.atomic
def withdraw_comment(*, comment: Comment, by: User | None = None, person: Stakeholder | None = None) -> Comment:
    """Take one's own words back: the text is gone, that something stood there stays. Raises CommentRefusedError."""
    locked: Comment = Comment.objects.select_for_update().get(pk=comment.pk)
    author = Author(user_id=by.pk if by else None, person_id=person.pk if person else None)
    if not (verdict := can_withdraw_comment(locked, author)):
        raise CommentRefusedError(str(verdict.reason))
    locked.text, locked.withdrawn_at = "", timezone.now()
    locked.save(update_fields=["text", "withdrawn_at"])
    scope_id = locked.thread.partnership.scope_id
    record("comment.withdrawn", locked, by=by, actor_label="" if by else "link", scope_id=scope_id)
    return locked


def _asked(subject: ThreadSubject, author: Author, key: str) -> Asked | None:
    if not key:
        return None
    asked = next((one for one in people_to_mention(subject, author) if one.key == key), None)
    if asked is None or not may_see_subject(subject, asked):
        raise CommentRefusedError(_("This person cannot be asked here."))
    return asked
