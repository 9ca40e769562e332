"""Tables of engagement."""

from engagement.models.submission import Submission, SubmissionReply
from engagement.models.survey import Survey, SurveyVersion
from engagement.models.survey_question import SurveyOption, SurveyQuestion
from engagement.models.survey_response import (
    SurveyAnswer,
    SurveyCoding,
    SurveyInvitation,
    SurveyResponse,
    SurveySubject,
)
from engagement.models.theme import Theme
from engagement.models.theme_need import ThemeNeed

__all__ = [
    "Submission",
    "SubmissionReply",
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
]
