"""What a resident does without an account: send, follow, take back.

No audit event is written here: it would hold the exact moment beside the message's id, which an anonymous message
must not have (PRI-04). The row itself, to the hour, is the record. There is no ``by`` for the same reason.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from engagement.models import Submission, SubmissionAddition, SubmissionPhoto
from engagement.operations.public_use import count_public_use, count_sending
from engagement.operations.resident_mail import forget_mails_about
from engagement.operations.submission_photo import keep_photo
from engagement.queries.public_settings import urgent_words
from engagement.queries.submission import submission_with_code
from engagement.rules import limits
from engagement.rules.notice import NOTICE_VERSION
from engagement.rules.reference_code import code_from, hash_of_code
from engagement.rules.submission import (
    DECIDED,
    TEXT_CHARACTERS,
    WAITING,
    can_add,
    can_receive_feedback,
    can_withdraw,
    hour_of,
    key_of_text,
)
from engagement.rules.urgency import sounds_urgent
from partnerships.models import Partnership, PartnershipMember

State = Submission.State


class FeedbackRefusedError(Exception):
    """The form takes no messages, or the message cannot be taken back; the text says why."""

    def __init__(self, reason: str | Promise) -> None:
        super().__init__(str(reason))


class UnknownCodeError(Exception):
    """No message of this space has the code."""


@dataclass(frozen=True)
class SentFeedback:
    """What the sender is told: the code exists here once and is never stored."""

    code: str
    is_urgent: bool


@transaction.atomic
def send_feedback(
    *,
    partnership: Partnership,
    category: str,
    text: str,
    language: str,
    nonce: str,
    sent_from: str,
    place: str = "",
    contact_email: str = "",
    wants_reply: bool = True,
    channel: str = Submission.Channel.WEB,
    about_member: PartnershipMember | None = None,
    photo: BinaryIO | None = None,
    photo_may_be_shown: bool = False,
    has_guardian: bool = False,
    now: datetime | None = None,
) -> SentFeedback:
    """Keep a message without address, browser or exact time.

    The code is made from ``nonce`` and the message, so sending the same page twice keeps one message and shows the
    same code. The same words within a day are held as a duplicate of the first, without saying so. ``sent_from`` is
    a network prefix, used for counting only. ``has_guardian`` says that a parent of somebody under 14 agrees.
    ``about_member`` is the member a complaint is about. A photo is encoded
    anew and seen by those who answer. Raises FeedbackRefusedError when the partnership has ended, TooOftenError,
    ValidationError, UploadError.
    """
    now = now or timezone.now()
    if not (verdict := can_receive_feedback(partnership)):
        raise FeedbackRefusedError(verdict.reason)
    count_sending("feedback", partnership.pk, sent_from=sent_from, now=now)
    code = _code_for(nonce, str(partnership.pk), category, text, place, contact_email)
    first = same_message(partnership, text, about_member=about_member, now=now)
    submission = Submission(
        partnership=partnership,
        category=category,
        text=text,
        place=place,
        language=language,
        contact_email=contact_email,
        wants_reply=wants_reply,
        channel=channel,
        about_member=about_member,
        has_guardian=has_guardian,
        notice_version=NOTICE_VERSION,
        consented_hour=hour_of(now),
        received_hour=hour_of(now),
        code_hash=hash_of_code(code),
        text_key=key_of_text(text),
        duplicate_of=first,
        state=State.SPAM if first and first.state == State.SPAM else State.RECEIVED,
        is_urgent=sounds_urgent(text, urgent_words(language)),
    )
    check_submission(submission)
    Submission.objects.bulk_create([submission], ignore_conflicts=True)
    # The same page sent twice is there already, with its photo.
    if photo is not None and Submission.objects.filter(pk=submission.pk).exists():
        keep_photo(submission, photo, may_be_shown=photo_may_be_shown)
    return SentFeedback(code, submission.is_urgent)


def check_submission(submission: Submission) -> None:
    """Raises ValidationError for a message that cannot be kept."""
    submission.clean_fields(exclude={"partnership", "duplicate_of", "about_member", "assigned_to", "tenant"})
    # Django leaves the length of text columns to forms.
    MaxLengthValidator(TEXT_CHARACTERS)(submission.text)
    member = submission.about_member
    if member is not None and member.partnership_id != submission.partnership_id:
        raise ValidationError({"about_member": _("This organisation is not in the partnership.")})


def follow_feedback(*, code: str, asked_from: str, now: datetime | None = None) -> Submission:
    """The message of a code. Raises TooOftenError, UnknownCodeError.

    Not atomic by itself: a refusal must not take back the count of the look-up.
    """
    now = now or timezone.now()
    count_public_use(f"feedback:code-from:{asked_from}", limits.LOOKING_UP_FROM_ONE_NETWORK, now=now)
    count_public_use("feedback:code", limits.LOOKING_UP_IN_ONE_SPACE, now=now)
    found = submission_with_code(code)
    if found is None:
        raise UnknownCodeError
    return found


def add_to_feedback(*, code: str, text: str, asked_from: str, now: datetime | None = None) -> Submission:
    """Add words to a message with its code; what stood there stays as it was. The same words twice are kept once.

    Raises TooOftenError, UnknownCodeError, ValidationError, and FeedbackRefusedError when the message is closed.
    """
    now = now or timezone.now()
    return _add(follow_feedback(code=code, asked_from=asked_from, now=now), text, now=now)


@transaction.atomic
def _add(found: Submission, text: str, *, now: datetime) -> Submission:
    submission = Submission.objects.select_for_update(of=("self",)).get(pk=found.pk)
    MaxLengthValidator(TEXT_CHARACTERS)(text)
    before = list(submission.additions.order_by("added_hour", "id").values_list("text", flat=True))
    if text in before:
        return found
    if not (verdict := can_add(submission, added=len(before))):
        raise FeedbackRefusedError(verdict.reason)
    SubmissionAddition.objects.create(submission=submission, text=text, added_hour=hour_of(now))
    if sounds_urgent(text, urgent_words(submission.language)):
        _flag_for_today(submission)
    return found


def _flag_for_today(submission: Submission) -> None:
    """Have it read the same day (R-E6), with the message it is joined with; what was answered waits again."""
    locked = submission
    if submission.duplicate_of_id:
        locked = Submission.objects.select_for_update(of=("self",)).get(pk=submission.duplicate_of_id)
    locked.is_urgent = True
    if locked.state in DECIDED or locked.state == State.REFERRED:
        locked.state = State.TRIAGED
    locked.save(update_fields=["is_urgent", "state"])


def withdraw_feedback(*, code: str, asked_from: str, now: datetime | None = None) -> Submission:
    """Take a message back: text, additions, photos, place, address, answers and mails go; category and state stay.

    Raises TooOftenError, UnknownCodeError, FeedbackRefusedError when it was taken back before.
    """
    return _withdraw(follow_feedback(code=code, asked_from=asked_from, now=now))


@transaction.atomic
def _withdraw(found: Submission) -> Submission:
    submission = Submission.objects.select_for_update().get(pk=found.pk)
    if not (verdict := can_withdraw(submission)):
        raise FeedbackRefusedError(verdict.reason)
    forget_mails_about([submission])
    for rows in (submission.replies, submission.additions, submission.photos, submission.theme_links):
        rows.all().delete()
    _let_another_stand_for(submission)
    submission.text = submission.text_key = submission.place = submission.contact_email = ""
    submission.passed_to = ""
    submission.duplicate_of = submission.about_member = submission.assigned_to = None
    submission.is_urgent, submission.state = False, State.WITHDRAWN
    submission.save()
    return submission


def forget_contact_with_code(*, code: str, asked_from: str, now: datetime | None = None) -> Submission:
    """As ``forget_contact``, for whoever holds the code. Raises TooOftenError, UnknownCodeError."""
    submission = follow_feedback(code=code, asked_from=asked_from, now=now)
    forget_contact(submission=submission)
    submission.contact_email = ""
    return submission


def hide_photo_with_code(*, code: str, asked_from: str, now: datetime | None = None) -> Submission:
    """Take back that a photo may be shown: from now on only those who answer see it. Twice changes nothing.

    Raises TooOftenError, UnknownCodeError.
    """
    submission = follow_feedback(code=code, asked_from=asked_from, now=now)
    submission.photos.filter(may_be_shown=True).update(may_be_shown=False, review=SubmissionPhoto.Review.STAFF)
    return submission


def delete_photo_with_code(*, code: str, asked_from: str, now: datetime | None = None) -> Submission:
    """Delete the photo of a message; its words stay. Twice changes nothing. Raises TooOftenError, UnknownCodeError."""
    submission = follow_feedback(code=code, asked_from=asked_from, now=now)
    submission.photos.all().delete()
    return submission


@transaction.atomic
def forget_contact(*, submission: Submission) -> None:
    """Remove the address somebody left, and the mails written to it; the message stays. Twice changes nothing."""
    locked = Submission.objects.select_for_update().get(pk=submission.pk)
    forget_mails_about([locked])
    locked.contact_email = ""
    locked.save(update_fields=["contact_email"])


def _code_for(*parts: str) -> str:
    return code_from(salted_hmac("telaio.feedback.code", "\x1f".join(parts), algorithm="sha256").digest())


def same_message(
    partnership: Partnership, text: str, *, about_member: PartnershipMember | None, now: datetime
) -> Submission | None:
    """The message of the last day with the same words about the same, unless it was answered.

    Whoever says again what was answered deserves an answer of their own.
    """
    return (
        Submission.objects.filter(
            partnership=partnership,
            text_key=key_of_text(text),
            duplicate_of=None,
            about_member=about_member,
            received_hour__gte=hour_of(now - limits.SAME_MESSAGE_WITHIN),
            state__in=[*WAITING, State.SPAM],
        )
        .order_by("received_hour", "id")
        .first()
    )


def _let_another_stand_for(submission: Submission) -> None:
    """Others who said the same are still heard when the first one takes it back."""
    others = list(submission.duplicates.order_by("received_hour", "id"))
    if others:
        Submission.objects.filter(pk=others[0].pk).update(duplicate_of=None)
        Submission.objects.filter(pk__in=[other.pk for other in others[1:]]).update(duplicate_of=others[0])
