"""Addresses of thank-yous."""

from django.urls import path

from partnerships.api import recognition as recognition_api
from partnerships.urls.here import HERE
from partnerships.views import channels, recognition

THANKS = f"{HERE}thanks/"
ONE = f"{THANKS}<uuid:recognition_id>/"

space_urlpatterns = [
    path(THANKS, recognition.recognitions, name="thanks_list"),
    path(f"{THANKS}new/", recognition.thanks_new, name="thanks_new"),
    path(f"{THANKS}dismiss/", recognition.thanks_dismiss, name="thanks_dismiss"),
    path(f"{ONE}step/", recognition.thanks_step, name="thanks_step"),
    path(f"{ONE}consent/", recognition.thanks_consent, name="thanks_consent"),
    path(f"{HERE}channels/", channels.channels, name="partnership_channels"),
]

link_urlpatterns = [
    path("thanks/<str:token>/", recognition.thanks_link, name="thanks_link"),
    path("thanks/<str:token>/renew/", recognition.thanks_link_renew, name="thanks_link_renew"),
]

api_urlpatterns = [
    path(THANKS, recognition_api.RecognitionList.as_view(), name="api_thanks_list"),
    path(f"{ONE}step/", recognition_api.RecognitionStep.as_view(), name="api_thanks_step"),
]
