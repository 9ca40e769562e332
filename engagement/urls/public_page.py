"""Addresses of the pages everybody may read."""

from django.urls import path

from engagement.views import public_goal, public_page

public_urlpatterns = [
    path("", public_page.public_space, name="public_space"),
    path("<slug:slug>/", public_page.public_page, name="public_page"),
    path("<slug:slug>/goals/<int:number>/", public_goal.public_goal, name="public_goal"),
]
