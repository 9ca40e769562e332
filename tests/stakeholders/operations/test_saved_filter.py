import pytest
from django.core.exceptions import ValidationError

from stakeholders.models import SavedFilter
from stakeholders.operations.saved_filter import NotYoursError, change_filter, delete_filter, save_filter
from stakeholders.queries.register import choices_for, filters_seen_by
from stakeholders.rules.register import Narrowing

SCHOOLS = Narrowing(query="scuola", sector="education")


def test_filter_is_saved_as_an_address_and_offered_to_its_owner_alone(space, admin, coordinator, viewer):
    saved = save_filter(name="Schools", narrowing=SCHOOLS, by=admin)
    assert saved.query == "q=scuola&sector=education"
    assert [row.is_current for row in choices_for(viewer(admin), SCHOOLS).saved] == [True]
    assert choices_for(viewer(coordinator), SCHOOLS).saved == []
    change_filter(saved=saved, by=admin, name="All schools", is_shared=True)
    assert [(row.name, row.is_own) for row in choices_for(viewer(coordinator), Narrowing()).saved] == [
        ("All schools", False)
    ]


def test_only_the_owner_changes_and_deletes_it(space, admin, coordinator, viewer):
    saved = save_filter(name="Schools", narrowing=SCHOOLS, by=admin, is_shared=True)
    with pytest.raises(NotYoursError):
        change_filter(saved=saved, by=coordinator, name="Mine", is_shared=False)
    with pytest.raises(NotYoursError):
        delete_filter(saved=saved, by=coordinator)
    delete_filter(saved=saved, by=admin)
    assert not filters_seen_by(viewer(admin)).exists()


def test_nothing_and_the_same_name_twice_are_refused(space, admin):
    with pytest.raises(ValidationError):
        save_filter(name="All", narrowing=Narrowing(), by=admin)
    save_filter(name="Schools", narrowing=SCHOOLS, by=admin)
    with pytest.raises(ValidationError, match="under this name already"):
        save_filter(name="Schools", narrowing=SCHOOLS, by=admin)
    assert SavedFilter.objects.count() == 1
