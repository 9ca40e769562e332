import pytest
from django.core.exceptions import ValidationError

from stakeholders.models import ImportProfile, StakeholderImport
from stakeholders.operations.import_profile import delete_profile, rename_profile, save_profile
from stakeholders.operations.import_steps import begin_import, choose_columns
from stakeholders.rules.import_fields import ColumnMapping
from tests.factories.stakeholders import upload_of

HEADER = "Chi,Dove,Come"
MAPPING = ColumnMapping({"Chi": "name", "Dove": "place"}, {"sector": "nonprofit"})


def kept(by, name="From the region"):
    begun = begin_import(upload=upload_of("Coro,Borgo,x", header=HEADER), by=by)
    return choose_columns(record_id=begun.pk, mapping=MAPPING, by=by, profile_name=name)


def test_next_file_with_the_same_headers_is_matched_like_the_first(space, coordinator):
    kept(coordinator)
    begun = begin_import(upload=upload_of("Banda,Colle,y", header="CHI,dove,Come"), by=coordinator)
    assert begun.mapping == {"columns": {"CHI": "name", "dove": "place"}, "defaults": {"sector": "nonprofit"}}
    other = begin_import(upload=upload_of("Banda,Colle", header="Chi,Dove"), by=coordinator)
    assert other.mapping["columns"] == {}


def test_name_taken_leaves_the_import_as_it_was(space, coordinator):
    kept(coordinator)
    with pytest.raises(ValidationError, match="profile with this name"):
        kept(coordinator)
    assert set(StakeholderImport.objects.values_list("state", flat=True)) == {"uploaded", "checked"}
    assert ImportProfile.objects.count() == 1


def test_profile_is_renamed_and_deleted(space, coordinator):
    kept(coordinator)
    profile = ImportProfile.objects.get()
    rename_profile(profile=profile, name="  The   region ", by=coordinator)
    assert ImportProfile.objects.get().name == "The region"
    with pytest.raises(ValidationError):
        rename_profile(profile=profile, name=" ", by=coordinator)
    delete_profile(profile=ImportProfile.objects.get(), by=coordinator)
    assert not ImportProfile.objects.exists()


def test_there_are_at_most_a_hundred(space, coordinator):
    ImportProfile.objects.bulk_create(ImportProfile(name=f"p{number}", mapping={}) for number in range(100))
    with pytest.raises(ValidationError, match="100 profiles"):
        save_profile(name="one more", mapping={}, header=[], by=coordinator)
