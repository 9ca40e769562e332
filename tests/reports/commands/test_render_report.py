"""A report's document made by hand."""

import hashlib
import json
import uuid
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from reports.models import ImpactReport
from tests.core.conftest import outside_any_tenant
from tests.core.documents.conformance import pdfua_problems
from tests.factories.reports import make_measured_partnership, make_report


def run(*arguments):
    out = StringIO()
    outside_any_tenant(lambda: call_command("render_report", *arguments, stdout=out))
    return out.getvalue()


def test_document_is_made_once_and_its_place_told(space, coordinator):
    report = make_report(make_measured_partnership(coordinator))
    path = Path(run(str(report.pk)).strip())
    assert pdfua_problems(path.read_bytes()) == []
    told = json.loads(run(str(report.pk), "--json"))
    assert (told["path"], told["tenant"], told["state"]) == (str(path), "borgo", ImpactReport.State.READY)
    assert told["pdf_sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert told["bytes"] == path.stat().st_size
    assert told["snapshot_sha256"] == report.snapshot_sha256


def test_report_that_is_nowhere_is_an_error_and_makes_nothing(space, coordinator):
    report = make_report(make_measured_partnership(coordinator))
    with pytest.raises(CommandError, match="There is no report"):
        run(str(uuid.uuid4()))
    report.refresh_from_db()
    assert report.pdf_id is None


def test_document_that_cannot_be_made_is_an_error_in_words(space, coordinator, monkeypatch):
    from core.operations import file

    monkeypatch.setattr(file, "QUOTA_BYTES", 1)
    with pytest.raises(CommandError, match="could not be made"):
        run(str(make_report(make_measured_partnership(coordinator)).pk))
