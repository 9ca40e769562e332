import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from core.models import AuditEvent, StoredFile, Tenant
from core.operations import file as file_operations

SETTINGS = "/s/borgo/settings/"


def fields(space, **changed):
    values = {
        "name": space.name,
        "brand_colour": space.brand_colour,
        "default_language": "en",
        "time_zone": "Europe/Rome",
        "currency": "EUR",
        "smallest_count": 5,
    }
    return {**values, **changed}


def photo(place=True, image_format="JPEG"):
    picture = Image.new("RGB", (40, 20), "#0b6e4f")
    exif = Image.Exif()
    if place:
        exif[0x010F] = "Camera of Nora"
        exif.get_ifd(0x8825)[1] = "N"
    target = io.BytesIO()
    picture.save(target, image_format, exif=exif)
    return SimpleUploadedFile("logo.jpg", target.getvalue(), "image/jpeg")


def test_settings_are_changed_and_recorded(space, admin, signed_in_as):
    answer = signed_in_as(admin).post(SETTINGS, fields(space, name="Borgo Nuovo", currency="CHF"))
    assert answer.status_code == 302
    tenant = Tenant.objects.get(pk=space.pk)
    assert (tenant.name, tenant.currency) == ("Borgo Nuovo", "CHF")
    assert AuditEvent.objects.filter(verb="tenant.settings_changed", actor=admin).count() == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("brand_colour", "red"),
        ("time_zone", "Mars/Base"),
        ("currency", "XXX"),
        ("default_language", "fr"),
        ("name", ""),
        ("name", "a\x00b"),
        ("smallest_count", "4"),
        ("smallest_count", "11"),
    ],
)
def test_setting_that_cannot_be_is_refused_and_nothing_changes(space, admin, signed_in_as, field, value):
    answer = signed_in_as(admin).post(SETTINGS, fields(space, **{field: value}))
    assert answer.status_code == 422
    assert b"thing to put right" in answer.content
    assert Tenant.objects.get(pk=space.pk).name == "Borgo Insieme"


def test_coordinator_may_not_open_the_settings(space, coordinator, signed_in_as):
    assert signed_in_as(coordinator).get(SETTINGS).status_code == 403


def test_logo_is_made_anew_without_what_the_camera_wrote(space, admin, signed_in_as, client):
    upload = photo()
    assert b"Camera of Nora" in upload.read()
    upload.seek(0)
    assert signed_in_as(admin).post(SETTINGS, fields(space, logo=upload)).status_code == 302
    tenant = Tenant.objects.get(pk=space.pk)
    page = signed_in_as(admin).get(SETTINGS).content.decode()
    assert f"/p/borgo/logo/{tenant.logo_id}" in page
    answer = client.get(f"/p/borgo/logo/{tenant.logo_id}")
    assert answer.status_code == 200
    assert b"Camera of Nora" not in answer.content
    assert not Image.open(io.BytesIO(answer.content)).getexif()
    assert (answer.headers["Content-Type"], answer.headers["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
    assert answer.headers["Content-Security-Policy"] == "sandbox"


HOSTILE = {
    "drawing": (
        "logo.svg",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        "image/svg+xml",
    ),
    "drawing called a picture": ("logo.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/png"),
    "page": ("logo.png", b"<html><script>alert(1)</script>", "image/png"),
    "nothing": ("logo.png", b"", "image/png"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_logo_that_is_no_picture_is_refused_in_words(space, admin, signed_in_as, kind):
    name, content, content_type = HOSTILE[kind]
    upload = SimpleUploadedFile(name, content, content_type)
    answer = signed_in_as(admin).post(SETTINGS, fields(space, logo=upload))
    assert answer.status_code == 422
    assert b"field-error" in answer.content
    assert not StoredFile.objects.exists()
    assert Tenant.objects.get(pk=space.pk).logo_id is None


def test_logo_is_not_kept_when_another_answer_is_wrong(space, admin, signed_in_as):
    answer = signed_in_as(admin).post(SETTINGS, fields(space, logo=photo(), brand_colour="blueish"))
    assert answer.status_code == 422
    assert not StoredFile.objects.exists()
    assert not file_operations.default_storage.exists(str(space.pk))


def test_logo_is_refused_when_the_space_for_files_is_full(space, admin, signed_in_as, monkeypatch):
    monkeypatch.setattr(file_operations, "QUOTA_BYTES", 100)
    answer = signed_in_as(admin).post(SETTINGS, fields(space, logo=photo()))
    assert answer.status_code == 422
    assert b"is full" in answer.content


def test_full_tenant_stops_no_other(space, neighbour, admin, monkeypatch):
    from core.tenancy.context import tenant_scope
    from tests.core.conftest import outside_any_tenant

    monkeypatch.setattr(file_operations, "QUOTA_BYTES", 10)

    def store():
        known = {"name": "a", "content_type": "text/plain", "extension": ".txt", "purpose": "x", "by": None}
        return file_operations.store_bytes(content=b"1234567", **known)

    store()
    with pytest.raises(file_operations.QuotaFullError):
        store()

    def elsewhere():
        with tenant_scope(neighbour.pk):
            return store()

    stored = outside_any_tenant(elsewhere)
    assert stored.storage_key.startswith(f"{neighbour.pk}/")


def test_only_logos_are_served_as_logos_and_only_in_their_own_space(space, neighbour, admin, client):
    known = {"content": b"x", "name": "a", "content_type": "image/png", "extension": ".png", "by": admin}
    evidence = file_operations.store_bytes(purpose="evidence", **known)
    logo = file_operations.store_bytes(purpose="logo", **known)
    assert client.get(f"/p/borgo/logo/{evidence.pk}").status_code == 404
    assert client.get(f"/p/borgo/logo/{logo.pk}").status_code == 200
    assert client.get(f"/p/riverside/logo/{logo.pk}").status_code == 404


def test_colours_are_a_stylesheet_of_their_own_address(space, client):
    answer = client.get("/p/borgo/brand-b42318.css")
    assert answer.headers["Content-Type"].startswith("text/css")
    assert "immutable" in answer.headers["Cache-Control"]
    for odd in ("red", "B42318", "b42318;}body{", "../x"):
        assert client.get(f"/p/borgo/brand-{odd}.css").status_code == 404
