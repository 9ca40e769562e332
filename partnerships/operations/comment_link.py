"""E-mailed links with which one person who was asked in a thread answers without a password."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from core.models import AccessLink
from core.operations.audit import record
from core.operations.link import LinkExpiredError, link_to_renew, make_link, open_link
from core.operations.mail import write_mail
from core.queries.tenant import tenant_at_work
from core.web.space import absolute
from partnerships.models import Comment
from partnerships.queries.thread import Asked, name_of, reachable_people, subject_for_person
from partnerships.threads import ThreadSubject
from stakeholders.models import Stakeholder

COMMENT_LINK = "comment"
LASTS = timedelta(days=30)


class CommentLinkGoneError(Exception):
    """The link worked once: its time is over, the words were taken back, or the person has no part any more."""


@dataclass(frozen=True)
class AskedByLink:
    """What a link opens: the comment that asks, what it is about, and who answers."""

    comment: Comment
    subject: ThreadSubject
    person: Stakeholder


def mail_question(*, comment: Comment, subject: ThreadSubject, asked: Asked) -> None:
    """Write to the one person asked: to who speaks for a member with a link, to an account with the page's address."""
    url = absolute(_link_path(comment, asked)) if asked.representative else absolute(f"{subject.url}#talk")
    write_mail(
        to=asked.email,
        kind="comment",
        dedup_key=f"comment:{comment.pk}:{timezone.now().timestamp()}",
        language=asked.language or tenant_at_work().default_language,
        template="comment",
        context={
            "name": asked.name,
            "author": name_of(comment.author_user, comment.author_person),
            "title": subject.title,
            "text": comment.text,
            "partnership": subject.partnership,
            "url": url,
            "days": LASTS.days,
            "by_link": asked.representative is not None,
        },
    )


def open_comment_link(token: str) -> AskedByLink:
    """What a link is about; changes nothing (AUT-19). Raises LinkUnknownError or CommentLinkGoneError."""
    try:
        link = open_link(token, purpose=COMMENT_LINK)
    except LinkExpiredError as error:
        raise CommentLinkGoneError from error
    if (found := _behind(link)) is None:
        raise CommentLinkGoneError
    return found


@transaction.atomic
def renew_comment_link(*, token: str) -> None:
    """Mail a new link to the address of an expired one, at most three times an hour.

    Says nothing of what it did, so an outsider learns nothing; raises TooOftenError above the limit.
    """
    if old := link_to_renew(token, purpose=COMMENT_LINK):
        _mail_new_one(old)


def _mail_new_one(old: AccessLink) -> None:
    found = _behind(old)
    if found is None:
        return
    people = reachable_people(found.subject.partnership).filter(person=found.person)
    one = people.filter(person__email=old.recipient_email).first()
    # Who changed address, left, or does not want to be written to gets nothing.
    if one is None:
        return
    asked = Asked(f"p:{one.person_id}", "", one.person.email, one.person.language, one.person.name, representative=one)
    mail_question(comment=found.comment, subject=found.subject, asked=asked)
    scope_id = found.subject.partnership.scope_id
    changes = {"link": str(old.pk)}
    record("comment.link_renewed", found.comment, by=None, actor_label="link", scope_id=scope_id, changes=changes)


def _behind(link: AccessLink) -> AskedByLink | None:
    rows = Comment.objects.select_related("thread__partnership", "author_user", "author_person")
    comment = rows.filter(pk=link.subject_id, withdrawn_at=None).first()
    person = Stakeholder.objects.filter(pk=link.person_id or link.pk).first()
    if comment is None or person is None:
        return None
    subject = subject_for_person(comment.thread, person.pk)
    return AskedByLink(comment, subject, person) if subject else None


def _link_path(comment: Comment, asked: Asked) -> str:
    link_person = asked.representative.person_id if asked.representative else None
    _link, token = make_link(
        purpose=COMMENT_LINK,
        subject_id=comment.pk,
        lasts=LASTS,
        by=comment.author_user,
        recipient_email=asked.email,
        person_id=link_person,
    )
    return reverse("comment_link", kwargs={"tenant": tenant_at_work().slug, "token": token})
