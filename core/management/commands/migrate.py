"""Django's migrate, with the same way of finding changes as our makemigrations."""

from django.core.management.commands.migrate import Command as DjangoCommand

from core.management.commands.makemigrations import FoldingAutodetector


class Command(DjangoCommand):
    """As Django's."""

    autodetector = FoldingAutodetector
