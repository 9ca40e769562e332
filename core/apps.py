"""Registration of core: system checks and the grants that follow each migration."""

from django.apps import AppConfig
from django.core import checks
from django.db.models.signals import post_migrate


class CoreConfig(AppConfig):
    """The lowest rung of the ladder."""

    name = "core"
    verbose_name = "Telaio"

    def ready(self) -> None:
        """Hook the wall check and the grants into Django's own events."""
        from core.tenancy.grants import grant_rights
        from core.tenancy.models import check_walls

        checks.register(check_walls, checks.Tags.models)
        post_migrate.connect(grant_rights, sender=self, dispatch_uid="telaio-grants")
