import csv
import io
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from django.utils.html import escape

from core.access.visibility import Visibility
from core.models import Job, OutboxMail
from goals.models import Goal
from goals.operations.goal import change_goal
from goals.operations.milestone import add_milestone
from metrics.models import Indicator, Measurement
from reports.chapters import chapters
from reports.document import report_csv, report_html
from reports.models import ImpactReport
from reports.operations.report import (
    PeriodError,
    ReportNotPublishableError,
    publish_report,
    render_report,
    share_report,
)
from reports.rules.reading import Reader
from reports.rules.snapshot import snapshot_hash
from tests.core.documents.conformance import pdfua_problems
from tests.factories.breakdown import make_cut, make_parts
from tests.factories.funding import make_source
from tests.factories.reports import make_measured_partnership, make_report


@pytest.fixture
def partnership(space, coordinator):
    return make_measured_partnership(coordinator)


def test_frozen_numbers_are_the_databases(partnership):
    goal = make_report(partnership).snapshot["goals"][0]
    rows = Measurement.objects.order_by("period_ends_on")
    assert [row["numerator"] for row in goal["indicator"]["measurements"]] == [f"{row.numerator:.0f}" for row in rows]
    assert [row["id"] for row in goal["indicator"]["measurements"]] == [str(row.pk) for row in rows]
    assert Decimal(goal["target"]) == Goal.objects.get().target_value


def test_report_tells_the_goal_as_it_was_first_agreed_once_it_changed(partnership, coordinator):
    assert make_report(partnership).snapshot["goals"][0]["first"] is None
    goal = Goal.objects.get()
    before = goal.versions.get().fields["sentence_en"]
    change_goal(
        goal=goal,
        by=coordinator,
        today=timezone.localdate(),
        reason="Two schools left.",
        target_value=goal.target_value - 5,
    )
    told = report_html(make_report(partnership))
    assert "As first agreed on" in told
    assert escape(before) in told
    # Why it changed was written for the partners.
    assert "Two schools left." not in told


def test_later_changes_do_not_reach_a_frozen_report(partnership):
    report = make_report(partnership)
    before = report_html(report)
    Measurement.objects.update(numerator=1)
    Goal.objects.update(title_en="Something else")
    report = ImpactReport.objects.get(pk=report.pk)
    assert report_html(report) == before
    assert snapshot_hash(report.snapshot) == report.snapshot_sha256


def test_groups_are_frozen_as_they_may_be_told_and_small_ones_are_not_in_it(partnership):
    goal = Goal.objects.get()
    cut, value = make_cut(goal.indicator), Measurement.objects.get(numerator=81)
    make_parts(value, cut, (40, 80), (37, 83), (1, 9), None)
    report = make_report(partnership)
    (found,) = report.snapshot["goals"][0]["indicator"]["breakdowns"]
    assert [(group["count"], group["cases"]) for group in found["groups"]] == [
        (40, 80),
        (37, 83),
        (None, None),
        (None, None),
    ]
    page = report_html(report)
    assert "50 % (40 of 80)" in page.replace("\u00a0", " ")
    assert page.count("not shown</td>") == 2


def test_report_from_before_there_were_groups_still_opens(partnership):
    report = make_report(partnership)
    del report.snapshot["goals"][0]["indicator"]["breakdowns"]
    assert "Half a year" in report_html(report)


def test_report_says_how_sure_a_random_sample_is_and_of_an_open_link_nothing(partnership):
    for sample, is_told in (("random", True), ("open", False)):
        Indicator.objects.update(sample=sample)
        report = make_report(partnership)
        page = report_html(report).replace("\u00a0", " ")
        assert ("with 95 % certainty the share among all lies between" in page) is is_told
        assert ("(95 %: " in page) is is_told
        assert bool(report.snapshot["goals"][0]["indicator"]["sampled_it"]) is is_told
    # One frozen before samples were said still opens.
    for name in ("sample", "population", "sampled_en", "sampled_it", "compared_en", "compared_it"):
        del report.snapshot["goals"][0]["indicator"][name]
    assert "certainty" not in report_html(report)


def test_goal_kept_in_coordination_is_not_in_the_report(partnership):
    Goal.objects.update(visibility=Visibility.COORDINATION)
    assert make_report(partnership).snapshot["goals"] == []


def test_value_nobody_checked_is_marked_as_provisional(partnership, evaluator):
    report = make_report(partnership)
    assert "provisional" in report_html(report)
    Measurement.objects.update(state="verified", verified_by=evaluator)
    assert "provisional" not in report_html(make_report(partnership)).replace("Provisional values", "")


def test_missing_value_is_never_zero(partnership):
    Measurement.objects.filter(period_ends_on=date(2026, 6, 30)).update(
        value=None, numerator=None, denominator=None, missing_reason="Sheets were lost"
    )
    html = report_html(make_report(partnership))
    assert "Sheets were lost" in html


def test_period_that_ends_before_it_starts_is_refused(partnership):
    with pytest.raises(PeriodError):
        make_report(partnership, period_ends_on=date(2025, 1, 1))


def test_freezing_asks_for_the_document_by_name_and_id_only(partnership):
    report = make_report(partnership)
    job = Job.objects.get(name="reports.render_impact_report")
    assert job.arguments == {"report_id": str(report.pk)}


def test_document_is_accessible_and_rendered_once(partnership):
    report = make_report(partnership)
    first = render_report(report_id=report.pk)
    again = render_report(report_id=report.pk)
    assert first.pdf_id == again.pdf_id
    from core.operations.file import read_file

    assert pdfua_problems(read_file(first.pdf)) == []


def test_report_without_document_cannot_be_published(partnership, coordinator):
    with pytest.raises(ReportNotPublishableError, match="not ready"):
        publish_report(report=make_report(partnership), by=coordinator)


def test_full_partnership_without_agreement_in_force_cannot_publish(partnership, coordinator):
    partnership.mode = "full"
    partnership.save()
    report = with_document(make_report(partnership))
    with pytest.raises(ReportNotPublishableError, match="agreement"):
        publish_report(report=report, by=coordinator)


def test_newer_report_replaces_the_published_one_which_stays(partnership, coordinator):
    first = publish_report(report=with_document(make_report(partnership)), by=coordinator)
    publish_report(report=with_document(make_report(partnership)), by=coordinator)
    first.refresh_from_db()
    assert first.state == ImpactReport.State.SUPERSEDED
    assert first.visibility == Visibility.PUBLIC


def test_sharing_mails_one_link_for_ninety_days_at_most(partnership, coordinator):
    report = make_report(partnership)
    link, url = share_report(
        report=report, email="Funder@Example.org", label="F", days=900, language="en", by=coordinator
    )
    assert link.expires_at - timezone.now() < timedelta(days=91)
    mail = OutboxMail.objects.get(kind="report_share")
    assert url in mail.text
    assert link.token_hash not in url


def test_figures_as_csv_name_the_record_each_comes_from(partnership):
    content = report_csv(make_report(partnership)).decode("utf-8-sig")
    for measurement in Measurement.objects.all():
        assert str(measurement.pk) in content


def figures(report):
    rows = list(csv.DictReader(io.StringIO(report_csv(report).decode("utf-8-sig"))))
    return rows[:-1], rows[-1]


def test_all_figures_of_the_snapshot_are_in_the_csv_with_day_source_and_record(partnership, coordinator):
    goal = Goal.objects.get()
    goal.need_cents = 500_000
    goal.save()
    milestone = add_milestone(goal=goal, by=coordinator, title_en="Ten firms found", due_on=date(2026, 3, 31))
    grant = make_source(
        partnership, "Lottery", status="secured", amount_cents=123_456, visibility=Visibility.FUNDERS,
        decided_on=date(2026, 2, 1),
    )  # fmt: skip
    report = make_report(partnership)
    rows, proof = figures(report)
    assert list(proof.values())[:2] == ["sha256", report.snapshot_sha256]
    by_name = {row["Figure"]: row for row in rows}
    frozen = report.snapshot["frozen_on"]
    assert (by_name["Promises kept"]["Value"], by_name["Promises kept"]["Of"]) == ("0", "0")
    assert (by_name["Residents answered"]["From"], by_name["Residents answered"]["To"]) == ("2026-01-01", "2026-06-30")
    assert by_name["Needed for the goals"]["Value"] == "5000.00"
    secured = by_name["Secured in cash"]
    assert (secured["Value"], secured["Unit"], secured["To"]) == ("1234.56", "EUR", frozen)
    assert (by_name["Who gave"]["Value"], by_name["Who gave"]["Record"]) == ("1234.56", str(grant.pk))
    indicator = goal.indicator
    assert Decimal(by_name["Target"]["Value"]) == goal.target_value
    assert by_name["Baseline"]["To"] == indicator.baseline_on.isoformat()
    assert by_name["Baseline"]["Record"] == str(indicator.pk)
    reached = {row["Record"]: row["Value"] for row in rows if row["Figure"] == "Milestone reached on"}
    assert reached[str(milestone.pk)] == ""
    assert [row["Value"] for row in rows if row["Figure"] == "Value"] == ["60", "81"]
    assert [row["Figure"] for row in rows if not (row["To"] and row["Record"])] == []
    assert [row["Figure"] for row in rows if not row["Source"]] == []


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["register of funding", "register of promises"]),
        ("it", ["registro delle risorse", "registro delle promesse"]),
    ],
)
def test_figures_of_money_and_promises_carry_day_and_source_in_the_document(partnership, language, words):
    report = make_report(partnership, language=language)
    headlines = chapters(report.snapshot, Reader(language), brand="#0b6e4f")
    html = report_html(report)
    for word in words:
        assert word in html
    assert html.count(headlines["frozen_on"]) > 4


def with_document(report):
    """As if rendered, without waiting for WeasyPrint."""
    from core.operations.file import store_bytes

    report.pdf = store_bytes(
        content=b"%PDF", name="r.pdf", content_type="application/pdf", extension=".pdf", purpose="report", by=None
    )
    report.state = ImpactReport.State.READY
    report.save()
    return report
