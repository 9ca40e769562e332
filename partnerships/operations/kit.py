"""Starting a partnership from a kit, bringing in what a newer version has, and making a kit of a partnership."""

import dataclasses
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from core.models import User
from core.operations.audit import record
from partnerships.kit_sections import registered_kit_sections
from partnerships.kits.kit import ChosenKit
from partnerships.models import Partnership, SavedKit
from partnerships.operations.partnership import start_partnership
from partnerships.queries.kit import chosen_kit
from partnerships.queries.partnership import free_slug
from partnerships.rules.kit import first_mode, only_new

OWN = "own-"


class NoKitError(Exception):
    """The partnership was made of no kit, or its kit is not there any more."""


@transaction.atomic
def start_partnership_from_kit(
    *,
    kit: ChosenKit,
    name: str,
    by: User | None,
    purpose: str = "",
    territory: str = "",
    starts_on: date | None = None,
    ends_on: date | None = None,
    slug: str = "",
    mode: str = "",
) -> Partnership:
    """A new partnership with the kit's drafts in it, never promises (R-P1); it remembers kit and version (R-P2).

    It is light unless ``mode`` says otherwise, or a kit of the space's own was made of a full one. Texts are written
    in the space's language. Raises ValidationError as ``start_partnership``.
    """
    partnership = start_partnership(
        name=name,
        slug=slug or free_slug(name),
        by=by,
        purpose=purpose,
        territory=territory,
        starts_on=starts_on,
        ends_on=ends_on,
        mode=mode or first_mode(is_own=kit.is_own, is_light=kit.is_light),
        template_code=kit.code,
        template_version=kit.version,
        template_snapshot=dict(kit.content),
    )
    for section in registered_kit_sections():
        section.apply(partnership, kit, by)
    return partnership


@transaction.atomic
def bring_in_new(*, partnership: Partnership, by: User) -> int:
    """Add the drafts the kit has gained since this partnership was made of it; returns how many items that were.

    What stands already is left as it is. Raises NoKitError.
    """
    locked = Partnership.objects.select_for_update().get(pk=partnership.pk)
    kit = chosen_kit(locked.template_code) if locked.template_code else None
    if kit is None:
        raise NoKitError
    new = only_new(locked.template_snapshot, kit.content)
    for section in registered_kit_sections():
        if section.code in new and not section.is_whole:
            section.apply(locked, dataclasses.replace(kit, content=new), by)
    before, locked.template_version = locked.template_version, kit.version
    locked.template_snapshot = dict(kit.content)
    locked.save(update_fields=["template_version", "template_snapshot"])
    changes = {"version": [before, kit.version]}
    record("partnership.kit_renewed", locked, by=by, scope_id=locked.scope_id, changes=changes)
    return sum(map(len, new.values()))


@transaction.atomic
def save_kit(
    *,
    partnership: Partnership,
    by: User,
    name_en: str = "",
    name_it: str = "",
    sentence_en: str = "",
    sentence_it: str = "",
    code: str = "",
) -> SavedKit:
    """Make a kit of a partnership: a new one, or the next version of the space's own kit ``code`` (R-P3).

    Takes what each section keeps: roles, tasks, needs, clauses, goals, indicators, risks, results, activities, rhythm
    and papers; no people, no values, no dates but relative ones. Raises ValidationError without a name and where there
    is nothing to keep, NoKitError for a code the space has no kit under.
    """
    rows = SavedKit.objects.select_for_update()
    list(rows.order_by("id").values_list("pk", flat=True))
    if code and not rows.filter(code=code).exists():
        raise NoKitError
    content = {section.code: list(section.capture(partnership)) for section in registered_kit_sections()}
    if not any(content.values()):
        raise ValidationError(_("There is nothing in this partnership yet that a kit could keep."))
    version = rows.filter(code=code).aggregate(last=Max("version"))["last"] or 0
    kit = SavedKit(
        code=code or _free_code(),
        version=version + 1,
        name_en=name_en,
        name_it=name_it,
        sentence_en=sentence_en,
        sentence_it=sentence_it,
        is_light=partnership.mode == Partnership.Mode.LIGHT,
        content={section: items for section, items in content.items() if items},
        made_from=partnership,
        saved_by=by,
    )
    kit.full_clean()
    kit.save()
    record("kit.saved", kit, by=by, scope_id=partnership.scope_id, changes={"code": kit.code, "version": kit.version})
    return kit


@transaction.atomic
def retire_kit(*, code: str, by: User, is_retired: bool = True) -> None:
    """Offer one of the space's own kits no longer, or again; partnerships made of it keep what they have.

    Raises NoKitError.
    """
    rows = SavedKit.objects.select_for_update().filter(code=code)
    newest = rows.order_by("-version").first()
    if newest is None:
        raise NoKitError
    rows.update(is_retired=is_retired)
    record("kit.retired" if is_retired else "kit.offered", newest, by=by, changes={"code": code})


def _free_code() -> str:
    taken = SavedKit.objects.filter(code__startswith=OWN).values_list("code", flat=True)
    numbers = [int(code.removeprefix(OWN)) for code in taken if code.removeprefix(OWN).isdigit()]
    return f"{OWN}{max(numbers, default=0) + 1}"
