"""Addresses of early-warning signals."""

from django.urls import path

from partnerships.api import signal as signal_api
from partnerships.urls.here import HERE
from partnerships.views import signal

SIGNALS = f"{HERE}signals/"
ONE = f"{SIGNALS}<uuid:signal_id>/"

space_urlpatterns = [
    path(SIGNALS, signal.signals, name="signal_list"),
    path(f"{SIGNALS}look/", signal.signals_look, name="signals_look"),
    path(f"{ONE}step/", signal.signal_step, name="signal_step"),
]

api_urlpatterns = [
    path(SIGNALS, signal_api.SignalList.as_view(), name="api_signal_list"),
    path(f"{SIGNALS}look/", signal_api.SignalLook.as_view(), name="api_signals_look"),
    path(f"{ONE}step/", signal_api.SignalStep.as_view(), name="api_signal_step"),
]
