"""What reminders and reports hold on a person, and why a frozen report keeps a name."""

from django.utils.translation import gettext_lazy as _

from reports.models import Delivery, ReminderPreference, ReportReply
from stakeholders.personal_data import (
    Fate,
    KeptWords,
    Rows,
    register_holding,
    register_kept_words,
    rows_holding,
)


def register_own() -> None:
    """Name what is held here and what keeps a name."""
    for holding in (
        rows_holding(
            "reminder_choices", _("How often to be reminded"),
            Rows(ReminderPreference, person=("person",), account=("user",)),
            shows=("rhythm",), fate=Fate.GOES, why="",
        ),
        rows_holding(
            "reminders", _("Reminders received"), Rows(Delivery, person=("person",), account=("user",)),
            shows=("item_id", "due_on", "step", "sent_on"), fate=Fate.GOES, why="",
        ),
        rows_holding(
            "report_replies", _("Replies to reports"), Rows(ReportReply, address=("contact_email",)),
            shows=("received_hour", "text", "contact_email"), fate=Fate.EMPTIED,
            empties={"text": "", "contact_email": ""}, why=_("That somebody replied stays counted"),
        ),
    ):  # fmt: skip
        register_holding(holding)
    register_kept_words(
        KeptWords(
            "reports.ImpactReport", ("title", "summary", "not_working", "snapshot"), _("Frozen reports that name them"),
            _("A report is proved by the check sum of what it says; freeze a new one without the name"),
        )
    )  # fmt: skip
