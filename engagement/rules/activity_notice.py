"""The privacy notice of registering for an activity: which version a person agreed to is kept with their place."""

from engagement.rules.notice import CONTACT_DAYS

# Count up when the words in templates/engagement/activity_notice.html change their meaning.
ACTIVITY_NOTICE_VERSION = 2
# Who agreed to this version or a later one is written to once about what became of the activity.
TELLS_WHAT_BECAME = 2
ACTIVITY_CONTACT = "activity_contact"


def activity_contact_days_of(retention: dict[str, int]) -> int:
    """For how many days after the loop is closed names and contacts are kept."""
    return int(retention.get(ACTIVITY_CONTACT, CONTACT_DAYS))
