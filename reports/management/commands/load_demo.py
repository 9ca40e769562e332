"""Bring the demo's two spaces into an empty database."""

from argparse import ArgumentParser

from django.conf import settings
from django.core.management.base import BaseCommand

from reports.demo.loading import load_demo


class Command(BaseCommand):
    """Safe to run twice: what is there stays."""

    help = "Bring the demo's two spaces into an empty database."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--quiet", action="store_true")

    def handle(self, **options: object) -> None:
        entries = load_demo(settings.DATA_DIR)
        if not options["quiet"]:
            self.stdout.write(f"{len(entries)} ways in are ready.")
