"""Tables of engagement."""

from engagement.models.activity import ActivityAnswer, ActivityQuote, EngagementActivity, Level
from engagement.models.activity_registration import ActivityRegistration, CardCount, RegistrationNeed
from engagement.models.submission import Submission, SubmissionReply
from engagement.models.theme import Theme
from engagement.models.theme_need import ThemeNeed
from engagement.models.volunteer import (
    HoursEntry,
    RegisterEntry,
    SafeguardingConcern,
    Shift,
    Volunteer,
    VolunteerCertificate,
    VolunteerOpportunity,
    VolunteerSignup,
)

__all__ = [
    "ActivityAnswer",
    "ActivityQuote",
    "ActivityRegistration",
    "CardCount",
    "EngagementActivity",
    "HoursEntry",
    "Level",
    "RegisterEntry",
    "RegistrationNeed",
    "SafeguardingConcern",
    "Shift",
    "Submission",
    "SubmissionReply",
    "Theme",
    "ThemeNeed",
    "Volunteer",
    "VolunteerCertificate",
    "VolunteerOpportunity",
    "VolunteerSignup",
]
