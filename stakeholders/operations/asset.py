"""Writing down what a stakeholder can bring."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from core.models import User
from core.operations.audit import changed_fields, record
from core.operations.levels import require_meant
from stakeholders.models import Asset, Stakeholder
from stakeholders.operations.stakeholder import refresh_search_text
from stakeholders.rules.asset import STARTERS
from stakeholders.rules.stakeholder import search_text

MOST_OF_ONE = 200
# Words of ours; what people wrote stays out of history.
CODED = ("kind", "offered", "visibility")


class AssetInUseError(Exception):
    """Somebody counts on it, so it is not removed; the message says what to do."""


@transaction.atomic
def add_asset(*, owner: Stakeholder, by: User | None, **fields: Any) -> Asset:
    """Something more a stakeholder can bring. Raises ValidationError, among others for the 201st."""
    locked = Stakeholder.objects.select_for_update().get(pk=owner.pk)
    if Asset.objects.filter(owner=locked).count() >= MOST_OF_ONE:
        raise ValidationError(_("Two hundred things are enough. Remove what nobody asks for first."))
    asset = Asset(owner=locked)
    _write(asset, fields)
    record("asset.added", asset, by=by, changes={name: str(getattr(asset, name)) for name in CODED})
    return asset


def add_starter(*, owner: Stakeholder, code: str, by: User | None) -> Asset:
    """Write down, as not asked yet, what organisations of its sector usually bring. Raises ValidationError."""
    starter = next((one for one in STARTERS.get(owner.sector, ()) if one.code == code), None)
    if starter is None:
        raise ValidationError(_("Choose one from the list."))
    return add_asset(owner=owner, by=by, kind=starter.kind, title=str(starter.title))


@transaction.atomic
def change_asset(*, asset: Asset, by: User | None, **fields: Any) -> Asset:
    """Change what is known of it. Raises ValidationError."""
    locked = Asset.objects.select_for_update().get(pk=asset.pk)
    require_meant(locked, fields)
    before = {name: getattr(locked, name) for name in CODED}
    _write(locked, fields)
    changes = changed_fields(Asset(**before), {name: getattr(locked, name) for name in CODED})
    record("asset.changed", locked, by=by, changes=changes)
    return locked


@transaction.atomic
def verify_asset(*, asset: Asset, by: User | None, today: date | None = None) -> Asset:
    """Note that somebody asked today and it is still so."""
    locked: Asset = Asset.objects.select_for_update().get(pk=asset.pk)
    locked.verified_on = today or timezone.localdate()
    locked.save(update_fields=["verified_on"])
    record("asset.verified", locked, by=by)
    return locked


@transaction.atomic
def remove_asset(*, asset: Asset, by: User | None) -> None:
    """Take it out. Raises AssetInUseError while a need of a partnership is met by it."""
    locked = Asset.objects.select_for_update().get(pk=asset.pk)
    owner = locked.owner
    record("asset.removed", locked, by=by, changes={"kind": locked.kind})
    try:
        locked.delete()
    except ProtectedError as error:
        raise AssetInUseError(
            _(
                "A partnership counts on it. Say there first that the need is open again, "
                "or here that it is not offered any more."
            )
        ) from error
    refresh_search_text(owner)


def _write(asset: Asset, fields: dict[str, Any]) -> None:
    for name, value in fields.items():
        setattr(asset, name, value)
    asset.search_text = search_text([asset.title, asset.description])
    asset.full_clean()
    asset.save()
    refresh_search_text(asset.owner)
