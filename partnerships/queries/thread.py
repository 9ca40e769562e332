"""Reading threads: what was said, by whom, and who can be asked."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from core.access.viewer import Viewer
from core.models import User
from core.queries.viewer import viewer_for
from core.web.space import space_url
from partnerships.models import Comment, Meeting, Partnership, Representative, Task, Thread
from partnerships.queries.agreement import versions_visible_to
from partnerships.queries.meeting import meetings_visible_to
from partnerships.queries.representative import active_representatives
from partnerships.queries.task import tasks_visible_to
from partnerships.queries.welcome import viewer_for_representative
from partnerships.rules.thread import Author, partners_may_be_asked
from partnerships.threads import ThreadSubject, thread_subject

MOST_COMMENTS = 200


@dataclass(frozen=True)
class CommentRow:
    """A comment as a page shows it; ``text`` is empty when it was taken back."""

    id: uuid.UUID
    who: str
    asked: str
    text: str
    at: datetime
    is_withdrawn: bool
    is_own: bool


@dataclass(frozen=True)
class Asked:
    """Somebody who can be asked; ``key`` is "p:" or "u:" and an id."""

    key: str
    label: str
    email: str
    language: str
    name: str
    representative: Representative | None = None
    user: User | None = None


def find_task(viewer: Viewer, subject_id: uuid.UUID) -> ThreadSubject | None:
    """A task as something to talk about."""
    task: Task | None = tasks_visible_to(viewer).filter(pk=subject_id).first()
    if task is None:
        return None
    url = space_url("task_detail", slug=task.partnership.slug, number=task.number)
    return ThreadSubject("task", task.pk, task.title, url, task.visibility, task.partnership)


def find_agreement(viewer: Viewer, subject_id: uuid.UUID) -> ThreadSubject | None:
    """An agreement as something to talk about, for who may read one of its versions."""
    version = versions_visible_to(viewer).filter(agreement_id=subject_id).first()
    if version is None:
        return None
    agreement = version.agreement
    partnership = agreement.partnership
    url = space_url("agreement_detail", slug=partnership.slug, number=agreement.number)
    return ThreadSubject("agreement", agreement.pk, agreement.title, url, agreement.visibility, partnership)


def find_meeting(viewer: Viewer, subject_id: uuid.UUID) -> ThreadSubject | None:
    """A meeting as something to talk about."""
    meeting: Meeting | None = meetings_visible_to(viewer).filter(pk=subject_id).first()
    if meeting is None:
        return None
    url = space_url("meeting_detail", slug=meeting.partnership.slug, number=meeting.number)
    return ThreadSubject("meeting", meeting.pk, meeting.title, url, meeting.visibility, meeting.partnership)


def comments_on(subject: ThreadSubject) -> QuerySet[Comment]:
    """What was said about a thing, oldest first."""
    rows = Comment.objects.filter(thread__subject_kind=subject.kind, thread__subject_id=subject.subject_id)
    people = ("author_user", "author_person", "mentioned_person", "mentioned_user")
    return rows.select_related(*people).order_by("at", "id")


def comment_rows(subject: ThreadSubject, author: Author) -> list[CommentRow]:
    """The last 200 comments on a thing, oldest first."""
    newest = list(comments_on(subject).reverse()[:MOST_COMMENTS])
    return [
        CommentRow(
            id=comment.pk,
            who=name_of(comment.author_user, comment.author_person),
            asked=name_of(comment.mentioned_user, comment.mentioned_person, unknown=""),
            text=comment.text,
            at=comment.at,
            is_withdrawn=comment.withdrawn_at is not None,
            is_own=author.wrote(comment),
        )
        for comment in reversed(newest)
    ]


def name_of(user: User | None, person: object | None, *, unknown: str | None = None) -> str:
    """How a page names somebody known by account or as a person."""
    if user is None and person is None:
        return _("Somebody who left") if unknown is None else unknown
    return str(user or person)


def people_to_mention(subject: ThreadSubject, author: Author) -> list[Asked]:
    """Whom a comment can ask for an answer: coordination, and people of members who may see it and be written to."""
    found = [
        Asked(
            f"u:{user.pk}",
            _("%(name)s (coordination)") % {"name": user},
            user.email,
            user.language,
            str(user),
            user=user,
        )
        for user in _coordination(subject.partnership)
        if user.pk != author.user_id
    ]
    if not partners_may_be_asked(subject.level):
        return found
    seen: set[uuid.UUID] = set()
    for one in reachable_people(subject.partnership).exclude(_is(author)):
        if one.person_id not in seen:
            seen.add(one.person_id)
            label = f"{one.person.name} ({one.member.organisation.name})"
            key, person = f"p:{one.person_id}", one.person
            found.append(Asked(key, label, person.email, person.language, person.name, representative=one))
    return found


def reachable_people(partnership: Partnership) -> QuerySet[Representative]:
    """Those who speak for members of a partnership and may be written to."""
    people = active_representatives().filter(member__partnership=partnership)
    return people.exclude(person__email="").exclude(person__do_not_contact=True)


def subject_for_person(thread: Thread, person_id: uuid.UUID) -> ThreadSubject | None:
    """What a thread is about, as somebody who speaks for a member may see it; None when they no longer do."""
    people = active_representatives().filter(member__partnership=thread.partnership_id, person_id=person_id)
    representative = people.select_related("member__partnership", "person__user").first()
    if representative is None:
        return None
    return thread_subject(viewer_for_representative(representative), thread.subject_kind, thread.subject_id)


def may_see_subject(subject: ThreadSubject, asked: Asked) -> bool:
    """Whether somebody who is asked may see what the thread is about."""
    if asked.user is not None:
        viewer = viewer_for(asked.user)
    elif asked.representative is not None:
        viewer = viewer_for_representative(asked.representative)
    else:
        return False
    return thread_subject(viewer, subject.kind, subject.subject_id) is not None


def _coordination(partnership: Partnership) -> list[User]:
    leading = [partnership.coordinator, partnership.deputy]
    return [user for user in leading if user is not None and user.is_active]


def _is(author: Author) -> Q:
    if author.person_id is not None:
        return Q(person_id=author.person_id)
    return Q(person__user_id=author.user_id, person__user__isnull=False)
