"""PRI-12: what a line of the log says, and what it never does."""

import io
import json
import logging

import pytest
import structlog
from django.db import IntegrityError, transaction

from core.models import User
from core.web.logs import formatter

SECRET = "Kq7fZ2mWn4xYt8Lp3sVb"


@pytest.fixture
def written():
    """The lines the product would write in production."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(formatter(as_json=True))
    root = logging.getLogger()
    root.addHandler(handler)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    root.removeHandler(handler)


def texts_of(lines):
    return json.dumps(lines)


@pytest.mark.parametrize("address", [f"/l/borgo/task/{SECRET}/", f"/l/borgo/nothing/{SECRET}/", f"/nowhere/{SECRET}/"])
def test_refused_address_is_written_without_its_path(space, client, written, address):
    assert client.post(address, {"token": SECRET}).status_code >= 400
    refused = [line for line in written() if line["logger"].startswith("django.")]
    assert [(line["event"], line["status"]) for line in refused] == [("answer", 404)]
    assert SECRET not in texts_of(written())


def test_request_without_form_token_is_written_without_its_path(space, written):
    from tests.conftest import TenantClient

    client = TenantClient(enforce_csrf_checks=True)
    assert client.post(f"/p/borgo/{SECRET}/feedback/", {}).status_code in {403, 404}
    assert client.post("/accounts/login/?next=" + SECRET, {}).status_code == 403
    assert any(line["logger"] == "django.security.csrf" for line in written())
    assert SECRET not in texts_of(written())


def test_error_of_the_server_is_written_with_type_and_place_and_without_its_text(space, client, written, settings):
    settings.ROOT_URLCONF = "tests.core.web.addresses"
    client.raise_request_exception = False
    assert client.get("/p/borgo/try/raises/").status_code == 500
    line = next(line for line in written() if line["logger"] == "django.request")
    assert (line["event"], line["status"]) == ("answer", 500)
    assert line["exception"].startswith("ZeroDivisionError\n")
    assert "tests/core/web/addresses.py:" in line["exception"]
    assert "site-packages" not in line["exception"]
    assert "try/raises" not in texts_of(written())


def refused_by_database():
    with transaction.atomic():
        User.objects.create_user(f"{SECRET.lower()}@example.org", "x")


def test_values_of_a_row_the_database_refused_are_not_written(space, written):
    refused_by_database()
    log, celery = structlog.get_logger("telaio.jobs"), logging.getLogger("celery.app.trace")
    try:
        refused_by_database()
    except IntegrityError as error:
        refusal = error
        log.exception("job_failed", job="x")
        celery.exception("Task %(name)s failed: %(exc)s", {"name": "x", "exc": error})
    assert SECRET.lower() in str(refusal)
    ours, celerys = written()
    assert ours["event"] == "job_failed"
    assert celerys["event"] == "Task %(name)s failed: %(exc)s"
    for line in (ours, celerys):
        assert "django.db.utils.IntegrityError" in line["exception"]
        assert "psycopg.errors.UniqueViolation" in line["exception"]
        assert "refused_by_database" in line["exception"]
        assert SECRET.lower() not in texts_of([line])
