"""Tables of engagement."""

from engagement.models.submission import Submission, SubmissionReply
from engagement.models.theme import Theme

__all__ = ["Submission", "SubmissionReply", "Theme"]
