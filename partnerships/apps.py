"""Registration of partnerships."""

from django.apps import AppConfig


class PartnershipsConfig(AppConfig):
    """The partnerships rung of the ladder."""

    name = "partnerships"
