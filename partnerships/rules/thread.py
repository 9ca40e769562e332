"""What may be said in a thread, and taken back."""

import uuid
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from core.access.visibility import Visibility
from core.rules.membership import ALLOWED, Verdict
from partnerships.models import Comment


@dataclass(frozen=True)
class Author:
    """Who speaks in a thread: an account, or a person with a link."""

    user_id: uuid.UUID | int | None = None
    person_id: uuid.UUID | None = None

    def wrote(self, comment: Comment) -> bool:
        """Whether a comment is theirs."""
        if self.user_id is not None and comment.author_user_id == self.user_id:
            return True
        return self.person_id is not None and comment.author_person_id == self.person_id


def can_withdraw_comment(comment: Comment, author: Author) -> Verdict:
    """Everybody takes back their own words, once."""
    if not author.wrote(comment):
        return Verdict(False, _("Only who wrote it can take it back."))
    if comment.withdrawn_at is not None:
        return Verdict(False, _("It was taken back already."))
    return ALLOWED


def partners_may_be_asked(level: int) -> bool:
    """Whether people of members may be asked in a thread: only when they may see what it is about."""
    return level >= Visibility.PARTNERS
