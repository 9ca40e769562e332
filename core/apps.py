"""Registration of core: system checks and the grants that follow each migration."""

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.core import checks
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    """The lowest rung of the ladder."""

    name = "core"
    verbose_name = "Telaio"

    def ready(self) -> None:
        """Add the navigation entry; hook wall check, grants and session keys into Django's own events."""
        from core.access.permissions import Permission
        from core.jobs.daily import register_daily
        from core.operations import retention
        from core.queries.retention import register_keeping
        from core.tenancy.grants import grant_rights
        from core.tenancy.models import check_walls
        from core.web.navigation import Entry, register_entry
        from core.web.session_key import note_roles

        register_entry(
            Entry(_("Settings"), "space_settings", "settings", order=70, permission=Permission.ADMINISTER_SPACE)
        )
        register_daily(retention.run_retention)
        for keeping in retention.own_keepings():
            register_keeping(keeping)
        user_logged_in.connect(note_roles, dispatch_uid="telaio-session-key")
        checks.register(check_walls, checks.Tags.models)
        post_migrate.connect(grant_rights, sender=self, dispatch_uid="telaio-grants")
