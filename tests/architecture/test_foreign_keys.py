"""Foreign keys go down the ladder; written as strings, they are out of import-linter's sight."""

from django.apps import apps
from django.conf import settings
from django.db.models import ForeignKey, ManyToManyField

RUNG = {name: height for height, name in enumerate(settings.LADDER)}


def relations() -> list[tuple[str, str, str]]:
    """Every foreign key and many-to-many of ours: whose it is, its name, whose table it points at."""
    return [
        (model._meta.app_label, str(field), field.related_model._meta.app_label)
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label in RUNG
        for field in model._meta.get_fields()
        if isinstance(field, ForeignKey | ManyToManyField)
    ]


def test_the_list_of_relations_is_not_empty() -> None:
    assert any(target == "partnerships" for _label, _field, target in relations())


def test_foreign_keys_go_down_the_ladder() -> None:
    upward = [field for label, field, target in relations() if RUNG.get(target, -1) > RUNG[label]]

    assert upward == []


def test_foreign_keys_stay_inside_the_product_or_point_at_packages_below_it() -> None:
    outside = {(field, target) for _label, field, target in relations() if target not in RUNG}

    assert outside == set()
