"""Putting tags on stakeholders and taking them off."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.models import User
from core.operations.audit import record
from stakeholders.models import Stakeholder, StakeholderTag, Tag
from stakeholders.rules.tag import LONGEST_TAG, tag_key

MOST_TAGS = 500


@transaction.atomic
def tag_stakeholder(*, stakeholder: Stakeholder, name: str, by: User | None) -> Tag:
    """Put a tag on a stakeholder; a word nobody used yet becomes a tag. Raises ValidationError."""
    tag = tag_named(name)
    _link, is_new = StakeholderTag.objects.get_or_create(stakeholder=stakeholder, tag=tag)
    if is_new:
        record("stakeholder.tagged", stakeholder, by=by, changes={"tag": str(tag.pk)})
    return tag


@transaction.atomic
def untag_stakeholder(*, stakeholder: Stakeholder, tag: Tag, by: User | None) -> None:
    """Take a tag off; one nothing carries any more is gone."""
    taken, _rows = StakeholderTag.objects.filter(stakeholder=stakeholder, tag=tag).delete()
    if taken:
        record("stakeholder.untagged", stakeholder, by=by, changes={"tag": str(tag.pk)})
    forget_unused(tag)


def tag_named(name: str) -> Tag:
    """The tag of a word, made if it is new. Raises ValidationError for signs only and for too many tags."""
    name, key = " ".join(name.split()), tag_key(name)
    if not key or len(name) > LONGEST_TAG:
        raise ValidationError({"tag": _("Write a word of at most 40 letters.")})
    if found := Tag.objects.filter(key=key).first():
        return found
    if Tag.objects.count() >= MOST_TAGS:
        raise ValidationError({"tag": _("This space has 500 tags already. Use one of them.")})
    made, _is_new = Tag.objects.get_or_create(key=key, defaults={"name": name})
    return made


def forget_unused(tag: Tag) -> None:
    """Drop a tag that is on nothing."""
    if not StakeholderTag.objects.filter(tag=tag).exists():
        Tag.objects.filter(pk=tag.pk).delete()
