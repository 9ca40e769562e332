"""Tables of engagement."""

from engagement.models.submission import Submission, SubmissionReply
from engagement.models.theme import Theme
from engagement.models.theme_need import ThemeNeed

__all__ = ["Submission", "SubmissionReply", "Theme", "ThemeNeed"]
