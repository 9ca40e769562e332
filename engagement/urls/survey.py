"""Addresses of surveys."""

from django.urls import path

from engagement.views import survey, survey_answer, survey_question

_ONE = "partnerships/<slug:slug>/surveys/<int:number>/"
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
]

public_urlpatterns = [
    path("survey-worker.js", survey_answer.survey_worker, name="survey_worker"),
    path("<slug:slug>/surveys/<int:number>/", survey_answer.survey_answer, name="survey_answer"),
    path("<slug:slug>/surveys/<int:number>/try/<str:token>/", survey_answer.survey_try, name="survey_try"),
]

link_urlpatterns = [
    path("survey/<str:token>/", survey_answer.survey_invited, name="survey_invited"),
    path("survey/no/<str:token>/", survey_answer.survey_declined, name="survey_declined"),
]
