"""The floor's addresses."""

from django.urls import path

from bench.floor import views

urlpatterns = [
    path("s/<int:tenant>/", views.dashboard, name="dashboard"),
    path("s/<int:tenant>/entries/", views.entries, name="entries"),
    path("s/<int:tenant>/entries/<int:pk>/", views.detail, name="detail"),
    path("s/<int:tenant>/entries/<int:pk>/change/", views.change, name="change"),
    path("s/<int:tenant>/message/", views.message, name="message"),
]
