"""Registration of funding."""

from django.apps import AppConfig


class FundingConfig(AppConfig):
    """The funding rung of the ladder."""

    name = "funding"
