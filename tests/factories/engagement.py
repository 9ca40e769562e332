"""The smallest valid message and theme, sent and written like people do."""

import itertools
import uuid
from datetime import datetime

from django.utils import timezone

from core.access.visibility import Visibility
from core.models import User
from engagement.models import Submission, SubmissionTheme, Theme
from engagement.operations.feedback import SentFeedback, send_feedback
from engagement.operations.public_use import count_sending
from engagement.rules.limits import SENDING_FROM_ONE_NETWORK
from engagement.rules.reference_code import hash_of_code
from partnerships.models import Partnership
from tests.factories.partnerships import make_partnership

_numbers = itertools.count(1)


def make_public_partnership(slug: str = "orti", **fields: object) -> Partnership:
    """A partnership everybody may see."""
    return make_partnership(slug, visibility=Visibility.PUBLIC, **fields)


def send(partnership: Partnership, text: str = "", *, now: datetime | None = None, **fields: object) -> SentFeedback:
    """A message sent from a network of its own; what the sender is told."""
    number = next(_numbers)
    given = {
        "category": "idea",
        "language": "en",
        "nonce": f"nonce-{number}",
        "sent_from": f"10.{number // 250}.{number % 250}.0/24",
    }
    return send_feedback(
        partnership=partnership, text=text or f"Message number {number}", now=now, **{**given, **fields}
    )


def use_up(kind: str, sent_from: str = "127.0.0.0/24") -> None:
    """So many forms of a kind sent from a network, that of the tests' browser, that it may send no more now."""
    for _number in range(SENDING_FROM_ONE_NETWORK.most):
        count_sending(kind, uuid.UUID(int=0), sent_from=sent_from, now=timezone.now())


def make_submission(partnership: Partnership, text: str = "", **fields: object) -> Submission:
    """The message as it is stored."""
    return Submission.objects.get(code_hash=hash_of_code(send(partnership, text, **fields).code))


def make_theme(
    partnership: Partnership, heard: str = "The park is dark", *, by: User | None = None, **fields: object
) -> Theme:
    """A draft without an answer."""
    return Theme.objects.create(partnership=partnership, heard_en=heard, **fields)


def file_under(theme: Theme, *submissions: Submission) -> None:
    """Messages in a theme, whatever their state."""
    SubmissionTheme.objects.bulk_create([SubmissionTheme(submission=one, theme=theme) for one in submissions])
