"""Tables of engagement."""

from engagement.models.activity import ActivityAnswer, ActivityQuote, EngagementActivity, Level
from engagement.models.activity_registration import ActivityRegistration, CardCount, RegistrationNeed
from engagement.models.answer_template import AnswerTemplate
from engagement.models.loop_figure import LoopFigure
from engagement.models.picture_consent import PictureConsent
from engagement.models.post import Post, PostConsent, PostMention, PostReach, PostText
from engagement.models.public_settings import PublicSettings
from engagement.models.public_text import PublicPhrase, PublicText
from engagement.models.social_plan import SocialChannel, SocialPlan, SocialPlanGoal
from engagement.models.submission import Submission, SubmissionReply
from engagement.models.submission_addition import SubmissionAddition
from engagement.models.submission_photo import SubmissionPhoto
from engagement.models.submission_theme import SubmissionTheme
from engagement.models.survey import Survey, SurveyVersion
from engagement.models.survey_question import SurveyOption, SurveyQuestion
from engagement.models.survey_response import (
    SurveyAnswer,
    SurveyCoding,
    SurveyInvitation,
    SurveyResponse,
    SurveySubject,
)
from engagement.models.theme import Theme, WhyNot
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
    "AnswerTemplate",
    "CardCount",
    "EngagementActivity",
    "HoursEntry",
    "Level",
    "LoopFigure",
    "PictureConsent",
    "Post",
    "PostConsent",
    "PostMention",
    "PostReach",
    "PostText",
    "PublicPhrase",
    "PublicSettings",
    "PublicText",
    "RegisterEntry",
    "RegistrationNeed",
    "SafeguardingConcern",
    "Shift",
    "SocialChannel",
    "SocialPlan",
    "SocialPlanGoal",
    "Submission",
    "SubmissionAddition",
    "SubmissionPhoto",
    "SubmissionReply",
    "SubmissionTheme",
    "Survey",
    "SurveyAnswer",
    "SurveyCoding",
    "SurveyInvitation",
    "SurveyOption",
    "SurveyQuestion",
    "SurveyResponse",
    "SurveySubject",
    "SurveyVersion",
    "Theme",
    "ThemeNeed",
    "Volunteer",
    "VolunteerCertificate",
    "VolunteerOpportunity",
    "VolunteerSignup",
    "WhyNot",
]
