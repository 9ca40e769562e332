"""What residents' messages hold on a person: those that left the person's own address."""

from django.utils.translation import gettext_lazy as _

from engagement.models import Submission, SubmissionAddition, SubmissionPhoto, SubmissionReply
from stakeholders.personal_data import Fate, Rows, register_holding, rows_holding


def register_own() -> None:
    """Name what is held here; the message last, by whose address the rest is found."""
    of_message = ("submission__contact_email",)
    register_holding(
        rows_holding(
            "submission_additions",
            _("What was added to messages as a resident"),
            Rows(SubmissionAddition, address=of_message),
            shows=("added_hour", "text"),
            fate=Fate.GOES,
            why="",
        )
    )
    register_holding(
        rows_holding(
            "submission_photos",
            _("Photos sent with messages as a resident"),
            Rows(SubmissionPhoto, address=of_message),
            shows=("content_type", "description"),
            fate=Fate.GOES,
            why="",
        )
    )
    register_holding(
        rows_holding(
            "submission_replies",
            _("Answers to messages as a resident"),
            Rows(SubmissionReply, address=of_message),
            shows=("at", "text"),
            fate=Fate.EMPTIED,
            empties={"text": ""},
            why=_("That they were answered stays counted"),
        )
    )
    register_holding(
        rows_holding(
            "submissions",
            _("Messages as a resident"),
            Rows(Submission, address=("contact_email",)),
            shows=("received_hour", "category", "text", "place", "contact_email", "state", "passed_to"),
            fate=Fate.EMPTIED,
            empties={"text": "", "text_key": "", "place": "", "contact_email": "", "passed_to": ""},
            why=_("Address and words go; that a message came and was answered stays counted"),
        )
    )
