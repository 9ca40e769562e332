"""Reading residents' messages: only where the viewer answers them."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone
from django.utils.text import Truncator

from core.access.viewer import Viewer, visible_records
from core.web.space import space_url
from engagement.models import Submission, SubmissionAddition, SubmissionPhoto, SubmissionReply, Theme
from engagement.queries.handler import answerers_of, without_complaints_about_own
from engagement.queries.theme import MESSAGES_IN_THEME, SHOWN, scopes_answering
from engagement.rules.likeness import most_alike
from engagement.rules.reference_code import hash_of_code
from engagement.rules.submission import (
    OPEN_STATES,
    SETTLED,
    STATE_TONES,
    WAITING,
    answer_due_on,
    hour_of,
    is_answer_late,
    is_for_today,
    last_day_overdue,
)
from partnerships.models import Partnership, PartnershipMember
from stakeholders.models import Stakeholder

EXCERPT_CHARACTERS = 72
MOST_COMPARED, MOST_ALIKE = 200, 3


@dataclass(frozen=True)
class SubmissionRow:
    """A message as the inbox lists it. No address stands in it."""

    id: uuid.UUID
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
    is_for_today: bool
    is_late: bool
    has_news: bool
    handler: str
    repeats: int


@dataclass(frozen=True)
class InboxWish:
    """What the inbox is narrowed to; empty narrows nothing, an empty ``state`` means all that are open."""

    partnership: str = ""
    state: str = ""
    category: str = ""
    channel: str = ""
    theme: str = ""
    who: str = ""
    search: str = ""
    is_urgent: bool = False
    is_late: bool = False


def submissions_visible_to(viewer: Viewer) -> QuerySet[Submission]:
    """The messages of the partnerships in which the viewer answers residents, and those they were given.

    Never a complaint about an organisation they belong to (R-E8). Newest first.
    """
    if viewer.user is None:
        return Submission.objects.none()
    inside = visible_records(viewer, scope="partnership__scope_id", chain=["partnership__visibility"])
    answering = scopes_answering(viewer, "partnership__scope_id")
    mine = (answering | Q(assigned_to=viewer.user)) if answering else Q()
    rows = Submission.objects.filter(inside & mine).select_related("partnership")
    return without_complaints_about_own(rows, viewer.user).order_by("-received_hour", "id")


def submissions_sorted_by(viewer: Viewer) -> QuerySet[Submission]:
    """Of the visible ones those the viewer may sort, and not only answer because they were given them."""
    return submissions_visible_to(viewer).filter(scopes_answering(viewer, "partnership__scope_id"))


def submissions_in_inbox(viewer: Viewer, wish: InboxWish) -> QuerySet[Submission]:
    """The viewer's messages, each said once; what is urgent and waits comes first."""
    rows = _narrowed(submissions_visible_to(viewer).filter(duplicate_of=None), viewer, wish)
    theirs = Q(submission=OuterRef("pk")) | Q(submission__duplicate_of=OuterRef("pk"))
    unread = SubmissionAddition.objects.filter(theirs, read_on=None)
    rows = rows.annotate(repeats=Count("duplicates", distinct=True), has_news=Exists(unread))
    for_today = Q(is_urgent=True, state__in=[one for one in WAITING if one != Submission.State.REFERRED])
    rows = rows.annotate(is_waiting_urgently=for_today).select_related("assigned_to")
    return rows.order_by("-is_waiting_urgently", "-received_hour", "id")


def _narrowed(rows: QuerySet[Submission], viewer: Viewer, wish: InboxWish) -> QuerySet[Submission]:
    exactly: dict[str, object] = {
        "partnership__slug": wish.partnership,
        "category": wish.category,
        "channel": wish.channel,
        "is_urgent": wish.is_urgent,
    }
    rows = rows.filter(**{name: value for name, value in exactly.items() if value})
    if wish.state != "all":
        rows = rows.filter(state__in=[wish.state] if wish.state else OPEN_STATES)
    if wish.theme == "none":
        rows = rows.filter(theme_links=None)
    elif wish.theme:
        rows = rows.filter(theme_links__theme__pk=wish.theme)
    if wish.who:
        rows = rows.filter(assigned_to=viewer.user if wish.who == "me" else None)
    if wish.is_late:
        overdue = last_day_overdue(timezone.localdate())
        rows = rows.filter(wants_reply=True, state__in=WAITING, received_hour__date__lte=overdue)
    if wish.search:
        words = Q(text__icontains=wish.search) | Q(place__icontains=wish.search)
        rows = rows.filter(words | Exists(_added_with(wish.search)))
    return rows


def _added_with(words: str) -> QuerySet[SubmissionAddition]:
    return SubmissionAddition.objects.filter(submission=OuterRef("pk"), text__icontains=words)


def is_a_complaint_without_handler(viewer: Viewer) -> bool:
    """Whether a complaint waits that nobody who answers may read, because all belong to whom it is about (R-E8).

    Told to who could name somebody else; nothing of the complaint is told. One query where nothing is kept from them.
    """
    if viewer.user is None:
        return False
    answering = scopes_answering(viewer, "partnership__scope_id")
    rows = Submission.objects.filter(answering, about_member__isnull=False, state__in=WAITING, assigned_to=None)
    hidden = rows.exclude(pk__in=without_complaints_about_own(rows, viewer.user).values("pk"))
    hidden = hidden.select_related("partnership", "about_member")
    return any(not answerers_of(one).exists() for one in hidden.order_by("pk"))


def partnerships_answered_by(viewer: Viewer) -> QuerySet[Partnership]:
    """The partnerships whose residents the viewer answers, by name."""
    visible = visible_records(viewer, scope="scope_id", chain=["visibility"])
    return Partnership.objects.filter(visible & scopes_answering(viewer, "scope_id")).order_by("name", "id")


def submission_of(viewer: Viewer, submission_id: uuid.UUID) -> QuerySet[Submission]:
    """One visible message, for ``get_object_or_404``."""
    return _in_full(submissions_visible_to(viewer), submission_id)


def submission_to_sort(viewer: Viewer, submission_id: uuid.UUID) -> QuerySet[Submission]:
    """One message the viewer may sort, for ``get_object_or_404``."""
    return _in_full(submissions_sorted_by(viewer), submission_id)


def _in_full(rows: QuerySet[Submission], submission_id: uuid.UUID) -> QuerySet[Submission]:
    rows = rows.filter(pk=submission_id)
    rows = rows.select_related("partnership", "about_member__organisation", "assigned_to", "duplicate_of")
    return rows.annotate(repeats=Count("duplicates"))


def submissions_to_join(viewer: Viewer, submission: Submission) -> QuerySet[Submission]:
    """The open messages of the same partnership that one may be joined with, newest first."""
    rows = submissions_sorted_by(viewer).filter(partnership=submission.partnership_id, duplicate_of=None)
    rows = rows.filter(state__in=OPEN_STATES, about_member=submission.about_member_id)
    return rows.exclude(pk=submission.pk)


def submissions_alike(viewer: Viewer, submission: Submission) -> list[Submission]:
    """Of those a message may be joined with the few that seem to say the same, the likest first; one query."""
    rows = submissions_to_join(viewer, submission).select_related(None).only("text", "received_hour")
    newest = list(rows[:MOST_COMPARED])
    found = {one.pk: one for one in newest}
    return [found[key] for key in most_alike(submission.text, [(one.pk, one.text) for one in newest], most=MOST_ALIKE)]


def urgent_since(now: datetime) -> QuerySet[Submission]:
    """Messages that speak of danger since a day, written or added to in an hour that is over, and taken up by nobody.

    ``newest_hour`` is the hour of the newest words.
    """
    waiting = [state for state in WAITING if state != Submission.State.REFERRED]
    rows = Submission.objects.filter(is_urgent=True, state__in=waiting, duplicate_of=None)
    added = Coalesce(Max("additions__added_hour"), F("received_hour"))
    rows = rows.annotate(newest_hour=Greatest("received_hour", added))
    return rows.filter(newest_hour__gte=now - timedelta(days=1), newest_hour__lt=hour_of(now)).order_by("id")


def next_to_answer(viewer: Viewer, submission: Submission) -> Submission | None:
    """Whose turn it is after a message: what is urgent, then who waits longest; one query."""
    rows = submissions_visible_to(viewer).filter(duplicate_of=None, state__in=WAITING).exclude(pk=submission.pk)
    rows = rows.exclude(state=Submission.State.REFERRED)
    return rows.order_by("-is_urgent", "received_hour", "id").first()


def joined_with(viewer: Viewer, submission: Submission) -> QuerySet[Submission]:
    """The messages that are answered with one, oldest first: what each says more is read on its own page."""
    unread = SubmissionAddition.objects.filter(submission=OuterRef("pk"), read_on=None)
    photos = SubmissionPhoto.objects.filter(submission=OuterRef("pk"))
    rows = submissions_visible_to(viewer).filter(duplicate_of=submission).exclude(state=Submission.State.WITHDRAWN)
    return rows.annotate(has_news=Exists(unread), has_photo=Exists(photos)).order_by("received_hour", "id")


def additions_to(submission: Submission) -> QuerySet[SubmissionAddition]:
    """What the person added with the code, oldest first."""
    return submission.additions.order_by("added_hour", "id")


def themes_of(submission: Submission, *, published: bool = False) -> QuerySet[Theme]:
    """The themes a message is in, of those everybody may read or of all, with how many messages speak of each."""
    rows = submission.themes.select_related(*SHOWN).annotate(voices=MESSAGES_IN_THEME)
    return (rows.filter(published_on__isnull=False) if published else rows).order_by("created_at", "id")


def members_named(partnership: Partnership | OuterRef) -> QuerySet[PartnershipMember]:
    """The organisations and groups that stand on the public page, which a complaint may be about, by name."""
    rows = PartnershipMember.objects.filter(
        partnership=partnership,
        state__in=[PartnershipMember.State.MEMBER, PartnershipMember.State.ON_NOTICE],
        organisation__kind__in=[Stakeholder.Kind.ORGANISATION, Stakeholder.Kind.GROUP],
    )
    return rows.select_related("organisation").order_by("organisation__sort_name", "id")


def replies_to(submission: Submission) -> QuerySet[SubmissionReply]:
    """What was answered, oldest first."""
    return submission.replies.select_related("by").order_by("at", "id")


def settled_by_day(last_day: date) -> QuerySet[Submission]:
    """Messages settled by a day to which nothing was said since, and nothing is left to read."""
    said_since = SubmissionReply.objects.filter(submission=OuterRef("pk"), at__date__gt=last_day)
    added = SubmissionAddition.objects.filter(submission=OuterRef("pk"))
    open_additions = added.filter(Q(read_on=None) | Q(added_hour__date__gt=last_day))
    rows = Submission.objects.filter(state__in=SETTLED, duplicate_of=None, answered_on__lte=last_day)
    return rows.filter(~Exists(said_since), ~Exists(open_additions))


def submission_with_code(typed: str) -> Submission | None:
    """The message a typed code belongs to, in the tenant at work; one query for any text."""
    rows = Submission.objects.filter(code_hash=hash_of_code(typed))
    return rows.select_related("partnership", "duplicate_of", "about_member__organisation").first()


def as_row(submission: Submission, *, today: date) -> SubmissionRow:
    """What the inbox shows of a message of ``submissions_in_inbox``."""
    received_on = timezone.localdate(submission.received_hour)
    return SubmissionRow(
        id=submission.pk,
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
        is_for_today=is_for_today(submission),
        is_late=is_answer_late(submission, today=today),
        has_news=submission.has_news,  # type: ignore[attr-defined]  # annotated by submissions_in_inbox
        handler=str(submission.assigned_to or ""),
        repeats=submission.repeats,  # type: ignore[attr-defined]  # annotated by submissions_in_inbox
    )
