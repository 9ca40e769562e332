"""What residents' messages hold on a person: those that left the person's own address."""

from django.utils.translation import gettext_lazy as _

from engagement.models import ActivityRegistration, RegistrationNeed, Submission, SubmissionReply
from stakeholders.personal_data import Fate, Rows, register_holding, rows_holding


def register_own() -> None:
    """Name what is held here; answers first, which are found by the address on the message."""
    register_holding(
        rows_holding(
            "submission_replies",
            _("Answers to messages as a resident"),
            Rows(SubmissionReply, address=("submission__contact_email",)),
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
            shows=("received_hour", "category", "text", "place", "contact_email", "state"),
            fate=Fate.EMPTIED,
            empties={"text": "", "text_key": "", "place": "", "contact_email": ""},
            why=_("Address and words go; that a message came and was answered stays counted"),
        )
    )
    _register_activities()


def _register_activities() -> None:
    """What people need first, which is found by the address on their registration."""
    register_holding(
        rows_holding(
            "registration_needs",
            _("What they need to take part in activities"),
            Rows(RegistrationNeed, address=("registration__email",)),
            shows=("text",),
            fate=Fate.GOES,
            why="",
        )
    )
    register_holding(
        rows_holding(
            "registrations",
            _("Places at activities"),
            Rows(ActivityRegistration, address=("email",)),
            shows=("activity", "registered_hour", "name", "email", "phone", "people", "people_came", "state"),
            fate=Fate.EMPTIED,
            empties={"name": "", "email": "", "phone": ""},
            why=_("Name and contact go; how many came stays counted"),
        )
    )
