"""Setting what a space says and allows on its public pages."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.models import AccessScope, User
from core.operations.audit import changed_fields, record
from engagement.models import PublicSettings
from engagement.rules.embedding import HostUnreadableError, hosts_in
from engagement.rules.emergency import NumberUnreadableError, numbers_in


@transaction.atomic
def change_public_settings(*, by: User, **fields: Any) -> PublicSettings:
    """Change some of the settings. Raises ValidationError by field for a number or a site that cannot be read."""
    # Two administrators at once meet here, not at the first row.
    root = AccessScope.objects.select_for_update().get(kind=AccessScope.Kind.TENANT)
    found = PublicSettings.objects.first() or PublicSettings()
    changes = changed_fields(found, fields)
    for name, value in fields.items():
        setattr(found, name, value)
    _check(found)
    found.full_clean()
    found.save()
    record("tenant.public_settings_changed", root, by=by, changes={"fields": sorted(changes)})
    return found


def _check(settings: PublicSettings) -> None:
    try:
        numbers_in(settings.emergency_numbers)
    except NumberUnreadableError as error:
        said = _("Write a number and then whom it reaches, one on each line. This line cannot be read: %(line)s")
        raise ValidationError({"emergency_numbers": said % {"line": error}}) from error
    try:
        hosts_in(settings.embed_hosts)
    except HostUnreadableError as error:
        said = _("Write only the name of a site, one on each line. This line cannot be read: %(line)s")
        raise ValidationError({"embed_hosts": said % {"line": error}}) from error
