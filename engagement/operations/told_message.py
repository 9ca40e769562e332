"""Keeping what residents say by telephone, on paper or at a meeting, entered by somebody who works here."""

import secrets
from datetime import date, datetime, time

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.models import User
from core.operations.audit import record
from engagement.models import Submission
from engagement.operations.feedback import FeedbackRefusedError, SentFeedback, check_submission
from engagement.operations.public_phrase import check_language
from engagement.queries.public_settings import urgent_words
from engagement.rules.limits import OLDEST_TOLD
from engagement.rules.notice import NOTICE_VERSION
from engagement.rules.reference_code import CODE_BYTES, code_from, hash_of_code
from engagement.rules.submission import TOLD_BY, can_receive_feedback, hour_of, key_of_text
from engagement.rules.urgency import sounds_urgent
from partnerships.models import Partnership, PartnershipMember


@transaction.atomic
def enter_told_message(
    *,
    partnership: Partnership,
    channel: str,
    category: str,
    text: str,
    language: str,
    told_on: date,
    by: User,
    place: str = "",
    contact_email: str = "",
    wants_reply: bool = True,
    about_member: PartnershipMember | None = None,
    today: date | None = None,
) -> SentFeedback:
    """Keep a message as it was told; the code is for whoever told it. It counts from the day it was told.

    The history says that a message was entered in the partnership, not which. Raises FeedbackRefusedError when the
    partnership has ended, ValidationError.
    """
    check_language(language)
    today = today or timezone.localdate()
    if not (verdict := can_receive_feedback(partnership)):
        raise FeedbackRefusedError(verdict.reason)
    if channel not in TOLD_BY:
        raise ValidationError({"channel": _("Say how it was told.")})
    if not today - OLDEST_TOLD <= told_on <= today:
        raise ValidationError({"told_on": _("Choose a day of the last twelve months, not one to come.")})
    code = code_from(secrets.token_bytes(CODE_BYTES))
    noon = hour_of(timezone.make_aware(datetime.combine(told_on, time(12))))
    submission = Submission(
        partnership=partnership,
        channel=channel,
        category=category,
        text=text,
        language=language,
        place=place,
        contact_email=contact_email.lower(),
        wants_reply=wants_reply,
        about_member=about_member,
        notice_version=NOTICE_VERSION,
        consented_hour=noon,
        received_hour=noon,
        code_hash=hash_of_code(code),
        text_key=key_of_text(text),
        is_urgent=sounds_urgent(text, urgent_words(language)),
    )
    check_submission(submission)
    submission.save()
    record(
        "partnership.message_entered", partnership, by=by, scope_id=partnership.scope_id, changes={"channel": channel}
    )
    return SentFeedback(code, submission.is_urgent)
