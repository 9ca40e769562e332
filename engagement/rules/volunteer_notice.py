"""The privacy notice of signing up as a volunteer: which version a person agreed to is kept with them."""

# Count up when the words in templates/engagement/volunteer_notice.html change their meaning.
VOLUNTEER_NOTICE_VERSION = 1
VOLUNTEER = "volunteer"
# Two years after the end (R-D6); the register of the law is kept beside it.
VOLUNTEER_DAYS = 730
# What a file is emptied to.
NOTHING_KNOWN: dict[str, str | None] = {
    "name": "", "email": "", "phone": "", "language": "", "guardian_name": "", "guardian_email": "",
    "guardian_consent_on": None,
    "check_outcome": "", "check_on": None, "trained_on": None, "agreed_on": None, "exit_answer": "",
}  # fmt: skip


def volunteer_days_of(retention: dict[str, int]) -> int:
    """For how many days after somebody left their file is kept."""
    return int(retention.get(VOLUNTEER, VOLUNTEER_DAYS))
