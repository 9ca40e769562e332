"""The page of one message: what was said, what became of it, and all that can be done now."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from core.access.permissions import Permission
from core.rules.bilingual import spoken
from core.web.access import SpaceRequest
from core.web.forms import KitForm
from engagement.forms.submission import (
    AboutForm,
    AssignForm,
    FileForm,
    MergeForm,
    ModerationForm,
    ReferForm,
    ReplyForm,
)
from engagement.forms.submission_photo import PhotoReviewForm
from engagement.models import Submission, SubmissionPhoto
from engagement.queries.answer_template import template_chosen, templates_of_space
from engagement.queries.handler import handlers_of
from engagement.queries.public_phrase import base_language
from engagement.queries.submission import (
    additions_to,
    joined_with,
    members_named,
    next_to_answer,
    replies_to,
    submissions_alike,
    submissions_to_join,
    themes_of,
)
from engagement.queries.submission_photo import photos_of
from engagement.queries.theme import themes_to_put_into
from engagement.rules.languages import OFFERED, further_language
from engagement.rules.submission import (
    STATE_TONES,
    answer_due_on,
    can_mark_spam,
    can_move,
    can_reopen,
    can_reply,
    closes_by_itself_on,
    is_answer_late,
    is_for_today,
)

State = Submission.State
MOST_JOINED = 50


def submission_page(
    request: SpaceRequest, submission: Submission, *, status: int = 200, **forms: KitForm
) -> HttpResponse:
    """The page; ``forms`` are those that come back with something to put right, by their name on the page."""
    received_on, today = timezone.localdate(submission.received_hour), timezone.localdate()
    may_sort = request.viewer.can(Permission.ANSWER_RESIDENTS, submission.partnership.scope_id)
    additions, replies, verdict = list(additions_to(submission)), list(replies_to(submission)), can_reply(submission)
    last_said = max([*(timezone.localdate(one.at) for one in replies), submission.answered_on or received_on])
    context = {
        "submission": submission,
        "received_on": received_on,
        "due_on": answer_due_on(received_on),
        "is_late": is_answer_late(submission, today=today),
        "is_for_today": is_for_today(submission),
        "tone": STATE_TONES[submission.state],
        "closes_on": closes_by_itself_on(submission.state, last_said),
        "reads": further_language(submission.language).name if submission.language in OFFERED else "",
        "replies": replies,
        "joined": _joined(request, submission),
        "additions": additions,
        "photos": [
            (photo, PhotoReviewForm(initial=_reviewed(photo), auto_id=f"{photo.pk}_%s"))
            for photo in photos_of(submission)
        ],
        "themes": list(themes_of(submission)),
        "can_reply": verdict,
        "reply_form": forms.pop("reply_form", None) or _reply_form(request, submission),
        "may_sort": may_sort,
        "next": next_to_answer(request.viewer, submission),
    }
    if verdict:
        context["templates"] = list(templates_of_space())
    if may_sort:
        has_news = any(addition.read_on is None for addition in additions)
        context |= _sorting(request, submission, has_news=has_news, forms=forms)
    return render(request, "engagement/submission_detail.html", context, status=status)


def _joined(request: SpaceRequest, submission: Submission) -> list[Submission]:
    """Those answered with it; no query where there are none."""
    repeats = submission.repeats  # type: ignore[attr-defined]  # annotated by submission_of
    return list(joined_with(request.viewer, submission)[:MOST_JOINED]) if repeats else []


def _reviewed(photo: SubmissionPhoto) -> dict[str, str]:
    return {"review": photo.review, "description": photo.description}


def _reply_form(request: SpaceRequest, submission: Submission) -> ReplyForm:
    """An empty answer, or one that begins with a sentence of the space in the language of the message."""
    initial: dict[str, Any] = {}
    if found := template_chosen(request.GET.get("begin", "")):
        initial["text"] = spoken(found, "text", base_language(submission.language))
    return ReplyForm(initial=initial, auto_id="reply_%s")


def _sorting(
    request: SpaceRequest, submission: Submission, *, has_news: bool, forms: dict[str, KitForm]
) -> dict[str, Any]:
    """What only those who answer residents may do."""
    can_spam = can_mark_spam(submission)
    sorting: dict[str, Any] = {
        "can_read": submission.state == State.RECEIVED or has_news,
        "can_close": can_move(submission, State.CLOSED) if submission.state != State.RECEIVED else False,
        "can_refer": submission.is_urgent and can_move(submission, State.REFERRED),
        "can_mark_spam": can_spam,
        "can_reopen": can_reopen(submission),
    }
    if can_spam:
        members, to = members_named(submission.partnership), {"to": submission.assigned_to_id}
        fresh = {
            "file_form": FileForm(themes=themes_to_put_into(submission.partnership), auto_id="file_%s"),
            "assign_form": AssignForm(handlers=handlers_of(submission), initial=to, auto_id="assign_%s"),
            "merge_form": MergeForm(others=submissions_to_join(request.viewer, submission)[:50], auto_id="merge_%s"),
            "refer_form": ReferForm(auto_id="refer_%s"),
            "about_form": AboutForm(
                members=members, initial={"member": submission.about_member_id}, auto_id="about_%s"
            ),
            "spam_form": ModerationForm(auto_id="spam_%s"),
        }
        alike = [] if submission.duplicate_of_id else submissions_alike(request.viewer, submission)
        sorting |= {**fresh, **forms, "alike": alike}
    return sorting
