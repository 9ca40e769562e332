"""Reading residents' messages: only where the viewer answers them."""

import uuid
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.text import Truncator

from core.access.viewer import Viewer, visible_records
from core.web.space import space_url
from engagement.models import Submission, SubmissionReply
from engagement.queries.theme import scopes_answering
from engagement.rules.reference_code import hash_of_code
from engagement.rules.submission import OPEN_STATES, STATE_TONES, answer_due_on, is_answer_late
from partnerships.models import Partnership

EXCERPT_CHARACTERS = 72


@dataclass(frozen=True)
class SubmissionRow:
    """A message as the inbox lists it. No address stands in it."""

    excerpt: str
    url: str
    category: str
    partnership: str
    place: str
    received_on: date
    answer_due_on: date
    tone: str
    state_label: str
    is_urgent: bool
    is_late: bool
    repeats: int


def submissions_visible_to(viewer: Viewer) -> QuerySet[Submission]:
    """All messages of the partnerships in which the viewer answers residents, newest first."""
    inside = visible_records(viewer, scope="partnership__scope_id", chain=["partnership__visibility"])
    answering = scopes_answering(viewer, "partnership__scope_id")
    rows = Submission.objects.filter(inside & answering).select_related("partnership")
    return rows.order_by("-received_hour", "id")


def submissions_in_inbox(
    viewer: Viewer, *, partnership: str = "", state: str = "", urgent: bool = False
) -> QuerySet[Submission]:
    """The viewer's messages, each said once, urgent and unread ones first; ``state`` "" means all that are open."""
    rows = submissions_visible_to(viewer).filter(duplicate_of=None).annotate(repeats=Count("duplicates"))
    if partnership:
        rows = rows.filter(partnership__slug=partnership)
    if state != "all":
        rows = rows.filter(state__in=[state] if state else OPEN_STATES)
    if urgent:
        rows = rows.filter(is_urgent=True)
    waiting = Q(state__in=[Submission.State.RECEIVED, Submission.State.READ])
    return rows.annotate(is_waiting_urgently=Q(is_urgent=True) & waiting).order_by(
        "-is_waiting_urgently", "-received_hour", "id"
    )


def partnerships_answered_by(viewer: Viewer) -> QuerySet[Partnership]:
    """The partnerships whose residents the viewer answers, by name."""
    visible = visible_records(viewer, scope="scope_id", chain=["visibility"])
    return Partnership.objects.filter(visible & scopes_answering(viewer, "scope_id")).order_by("name", "id")


def submission_of(viewer: Viewer, submission_id: uuid.UUID) -> QuerySet[Submission]:
    """One visible message with its theme, for ``get_object_or_404``."""
    rows = submissions_visible_to(viewer).filter(pk=submission_id).select_related("partnership", "theme")
    return rows.annotate(repeats=Count("duplicates"))


def replies_to(submission: Submission) -> QuerySet[SubmissionReply]:
    """What was answered, oldest first."""
    return submission.replies.select_related("by").order_by("at", "id")


def submission_with_code(typed: str) -> Submission | None:
    """The message a typed code belongs to, in the tenant at work; one query for any text."""
    return Submission.objects.filter(code_hash=hash_of_code(typed)).select_related("partnership", "theme").first()


def as_row(submission: Submission, *, today: date) -> SubmissionRow:
    """What the inbox shows of a message of ``submissions_in_inbox``."""
    received_on = timezone.localdate(submission.received_hour)
    return SubmissionRow(
        excerpt=Truncator(submission.text).chars(EXCERPT_CHARACTERS),
        url=space_url("submission_detail", submission_id=submission.pk),
        category=submission.get_category_display(),
        partnership=submission.partnership.name,
        place=submission.place,
        received_on=received_on,
        answer_due_on=answer_due_on(received_on),
        tone=STATE_TONES[submission.state],
        state_label=submission.get_state_display(),
        is_urgent=submission.is_urgent,
        is_late=is_answer_late(submission, today=today),
        repeats=submission.repeats,  # type: ignore[attr-defined]  # annotated by submissions_in_inbox
    )
