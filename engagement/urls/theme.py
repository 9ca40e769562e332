"""Addresses of themes and of what became of them."""

from django.urls import path

from engagement.api import loop as loop_api
from engagement.api import theme as theme_api
from engagement.api import theme_goal as theme_goal_api
from engagement.api import theme_need as theme_need_api
from engagement.views import loop, theme, theme_goal, theme_need

space_urlpatterns = [
    path("partnerships/<slug:slug>/said/", theme.themes, name="theme_list"),
    path("partnerships/<slug:slug>/said/new/", theme.theme_new, name="theme_new"),
    path("partnerships/<slug:slug>/said/figures/", loop.loop, name="loop"),
    path("partnerships/<slug:slug>/said/figures/record/", loop.loop_measure, name="loop_measure"),
    path("partnerships/<slug:slug>/said/<uuid:theme_id>/", theme.theme_detail, name="theme_detail"),
    path("partnerships/<slug:slug>/said/<uuid:theme_id>/edit/", theme.theme_edit, name="theme_edit"),
    path("partnerships/<slug:slug>/said/<uuid:theme_id>/publish/", theme.theme_publish, name="theme_publish"),
    path("partnerships/<slug:slug>/said/<uuid:theme_id>/unpublish/", theme.theme_unpublish, name="theme_unpublish"),
    path("partnerships/<slug:slug>/said/<uuid:theme_id>/needs/", theme_need.theme_needs, name="theme_needs"),
    path("partnerships/<slug:slug>/said/<uuid:theme_id>/suggest/", theme_goal.theme_suggest, name="theme_suggest"),
]

api_urlpatterns = [
    path("partnerships/<slug:slug>/said/figures/", loop_api.Loop.as_view(), name="api_loop"),
    path("themes/", theme_api.ThemeList.as_view(), name="api_theme_list"),
    path("themes/<uuid:theme_id>/", theme_api.ThemeDetail.as_view(), name="api_theme_detail"),
    path("themes/<uuid:theme_id>/publish/", theme_api.ThemePublish.as_view(), name="api_theme_publish"),
    path("themes/<uuid:theme_id>/unpublish/", theme_api.ThemeUnpublish.as_view(), name="api_theme_unpublish"),
    path(
        "submissions/<uuid:submission_id>/themes/",
        theme_api.SubmissionThemes.as_view(),
        name="api_submission_themes",
    ),
    path(
        "submissions/<uuid:submission_id>/themes/<uuid:theme_id>/",
        theme_api.SubmissionThemeDetail.as_view(),
        name="api_submission_theme",
    ),
    path("themes/<uuid:theme_id>/needs/", theme_need_api.ThemeNeeds.as_view(), name="api_theme_needs"),
    path("themes/<uuid:theme_id>/suggestions/", theme_goal_api.ThemeGoal.as_view(), name="api_theme_goal"),
]
