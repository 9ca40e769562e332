"""Addresses of surveys."""

from django.urls import path

from engagement.api import survey as survey_api
from engagement.api import survey_answers as answers_api
from engagement.api import survey_file as file_api
from engagement.views import (
    survey,
    survey_answer,
    survey_exchange,
    survey_paper,
    survey_question,
    survey_result,
    survey_review,
)

_ONE = "partnerships/<slug:slug>/surveys/<int:number>/"
_API = "surveys/<uuid:survey_id>/"
_QUESTION = f"{_ONE}questions/<uuid:survey_question_id>/"

space_urlpatterns = [
    path("partnerships/<slug:slug>/surveys/", survey.surveys, name="survey_list"),
    path("partnerships/<slug:slug>/surveys/new/", survey.survey_new, name="survey_new"),
    path(_ONE, survey.survey_detail, name="survey_detail"),
    path(f"{_ONE}edit/", survey.survey_edit, name="survey_edit"),
    path(f"{_ONE}step/", survey.survey_step, name="survey_step"),
    path(f"{_ONE}copy/", survey.survey_copy, name="survey_copy"),
    path(f"{_ONE}version/", survey.survey_version, name="survey_version"),
    path(f"{_ONE}invite/", survey.survey_invite, name="survey_invite"),
    path(f"{_ONE}questions/", survey_question.survey_builder, name="survey_builder"),
    path(f"{_ONE}preview/", survey_question.survey_preview, name="survey_preview"),
    path(f"{_ONE}questions/new/", survey_question.survey_question_new, name="survey_question_new"),
    path(f"{_QUESTION}edit/", survey_question.survey_question_edit, name="survey_question_edit"),
    path(f"{_QUESTION}move/", survey_question.survey_question_move, name="survey_question_move"),
    path(f"{_QUESTION}remove/", survey_question.survey_question_remove, name="survey_question_remove"),
    path(f"{_QUESTION}restore/", survey_question.survey_question_restore, name="survey_question_restore"),
    path(f"{_QUESTION}copy/", survey_question.survey_question_copy, name="survey_question_copy"),
    path(f"{_QUESTION}feed/", survey_result.survey_feed, name="survey_feed"),
    path(f"{_QUESTION}feed/choose/", survey_result.survey_feed_choose, name="survey_feed_choose"),
    path(f"{_ONE}results/", survey_result.survey_results, name="survey_results"),
    path(f"{_ONE}results.csv", survey_result.survey_results_table, name="survey_results_table"),
    path(f"{_ONE}learned/", survey_result.survey_learned, name="survey_learned"),
    path(f"{_ONE}review/", survey_review.survey_review, name="survey_review"),
    path(
        f"{_ONE}review/<uuid:survey_response_id>/", survey_review.survey_response_review, name="survey_response_review"
    ),
    path(f"{_ONE}words/", survey_review.survey_words, name="survey_words"),
    path(f"{_ONE}words/<uuid:survey_answer_id>/", survey_review.survey_answer_read, name="survey_answer_read"),
    path(f"{_ONE}paper.pdf", survey_paper.survey_paper, name="survey_paper"),
    path(f"{_ONE}key-in/", survey_paper.survey_key_in, name="survey_key_in"),
    path(f"{_ONE}assist/", survey_paper.survey_assist, name="survey_assist"),
    path(f"{_ONE}xlsform.xlsx", survey_exchange.survey_xlsform, name="survey_xlsform"),
    path(f"{_ONE}answers.<str:file_format>", survey_exchange.survey_answers, name="survey_answers"),
    path(f"{_ONE}answers/import/", survey_exchange.survey_answers_import, name="survey_answers_import"),
    path(f"{_ONE}answers/import/<uuid:file_id>/", survey_exchange.survey_answers_check, name="survey_answers_check"),
    path("partnerships/<slug:slug>/surveys/import/", survey_exchange.survey_import, name="survey_import"),
    path(
        "partnerships/<slug:slug>/surveys/import/<uuid:file_id>/",
        survey_exchange.survey_import_check,
        name="survey_import_check",
    ),
]

api_urlpatterns = [
    path("surveys/", survey_api.SurveyList.as_view(), name="api_survey_list"),
    path("surveys/<uuid:survey_id>/", survey_api.SurveyDetail.as_view(), name="api_survey_detail"),
    path("surveys/<uuid:survey_id>/step/", survey_api.SurveyStep.as_view(), name="api_survey_step"),
    path("surveys/<uuid:survey_id>/questions/", survey_api.SurveyQuestions.as_view(), name="api_survey_questions"),
    path("surveys/<uuid:survey_id>/results/", survey_api.SurveyResults.as_view(), name="api_survey_results"),
    path("surveys/import/", answers_api.SurveyFormFile.as_view(), name="api_survey_import"),
    path(f"{_API}copy/", answers_api.SurveyCopy.as_view(), name="api_survey_copy"),
    path(f"{_API}versions/", answers_api.SurveyVersions.as_view(), name="api_survey_versions"),
    path(f"{_API}invitations/", answers_api.SurveyInvitations.as_view(), name="api_survey_invitations"),
    path(f"{_API}invitations/reminder/", answers_api.SurveyReminder.as_view(), name="api_survey_reminder"),
    path(f"{_API}answers/", answers_api.SurveyAnswersEntered.as_view(), name="api_survey_answers"),
    path(f"{_API}answers/import/", answers_api.SurveyAnswersFile.as_view(), name="api_survey_answers_import"),
    path(f"{_API}answers/csv/", file_api.SurveyAnswersCsv.as_view(), name="api_survey_answers_csv"),
    path(f"{_API}answers/xlsx/", file_api.SurveyAnswersXlsx.as_view(), name="api_survey_answers_xlsx"),
    path(f"{_API}xlsform/", file_api.SurveyXlsform.as_view(), name="api_survey_xlsform"),
    path(f"{_API}paper/", file_api.SurveyPaper.as_view(), name="api_survey_paper"),
    path(f"{_API}review/", answers_api.SurveyReview.as_view(), name="api_survey_review"),
    path(
        f"{_API}review/<uuid:survey_response_id>/",
        answers_api.SurveyResponseReview.as_view(),
        name="api_survey_response_review",
    ),
    path(f"{_API}words/", answers_api.SurveyWords.as_view(), name="api_survey_words"),
    path(f"{_API}words/<uuid:survey_answer_id>/", answers_api.SurveyWordsRead.as_view(), name="api_survey_words_read"),
    path(
        f"{_API}questions/<uuid:survey_question_id>/subjects/",
        answers_api.SurveySubjects.as_view(),
        name="api_survey_subjects",
    ),
    path(f"{_API}questions/<uuid:survey_question_id>/feed/", answers_api.SurveyFeed.as_view(), name="api_survey_feed"),
]

public_urlpatterns = [
    path("<slug:slug>/surveys/<int:number>/", survey_answer.survey_answer, name="survey_answer"),
    path(
        "<slug:slug>/surveys/<int:number>/results/", survey_result.survey_results_public, name="survey_results_public"
    ),
    path("<slug:slug>/surveys/<int:number>/try/<str:token>/", survey_answer.survey_try, name="survey_try"),
]

link_urlpatterns = [
    path("survey/<str:token>/", survey_answer.survey_invited, name="survey_invited"),
    path("survey/no/<str:token>/", survey_answer.survey_declined, name="survey_declined"),
]
